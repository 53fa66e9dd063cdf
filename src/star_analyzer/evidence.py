"""What the language side found in an answer: plain frozen data, the last thing before the measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PARTS = ("situation", "task", "action", "result", "reflection", "other")
"""The parts in the order in which weights and probabilities stand."""


class FeatureEvidence(NamedTuple):
    """A named reason for or against parts: a cue of the lexicons or a fact of grammar or context.

    `start` and `end` are character offsets into the answer, or None where the reason is the whole
    sentence or its surroundings. `weights` are natural-log odds, in the order of `PARTS`.
    """

    name: str
    start: int | None
    end: int | None
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    """One sentence (in run-on text: one clause) with its part and the reasons."""

    start: int
    end: int
    words: int
    part: int
    """Place of the part in `PARTS`."""
    probabilities: tuple[float, ...]
    """Calibrated probability of every part, in the order of `PARTS`; they add up to 1."""
    section: str | None
    """The part announced by a section label above the sentence, if the answer has labels."""
    features: tuple[FeatureEvidence, ...]
    """What told most between the part and the runner-up, the strongest first."""
    order: tuple[float, ...]
    """What the neighbouring sentences' parts add to each part (weights of the steps on the best path)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the measures read."""

    text: str
    sentences: tuple[SentenceEvidence, ...]
    labels: tuple[tuple[int, int], ...]
    """Spans of section labels such as "Situation:"; they are not content."""
    english: float
    """Share of the words that are common English function words; prose has about 0.4 to 0.6."""
    foreign: float
    """Share of the letters that are not Latin."""
    code: float
    """Share of the non-space characters that are marks of source code; 0 if there are fewer than 20."""
    prose: float
    """Share of the non-space characters that are letters, digits or ordinary punctuation of prose."""
    story: float
    """Share of the sentences with a past-tense clause told by or about somebody."""
    pipeline: str
    """Name and version of the spaCy pipeline."""
