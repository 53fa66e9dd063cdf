"""What the language side found in an answer: plain frozen data, the last thing before the measures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from star_analyzer.timing import Clock, Timing

LEAST_TIMED = 0.8
"""Share of the sentences that must have times for an answer's times to count as measured."""

PARTS = ("situation", "task", "action", "result", "reflection", "other")
"""The parts in the order in which weights and probabilities stand."""


PART_FAMILIES = frozenset({*PARTS, "discourse"})
"""First words of the kinds of cue that tell something about parts; the others tell what is said (`nlp/claims.py`)."""

CONSTRAINTS = (
    "latency", "cost", "labels", "data_quality", "drift", "privacy", "fairness", "interpretability", "maintainability", "scale",
    "reliability", "deadline", "resources",
)  # fmt: skip
"""Limits and forces on the work (docs/labels.md)."""

RESULT_KINDS = ("business", "model_quality", "reliability", "time_or_cost", "adoption")
"""What a result can show."""

CLAIMS = (
    "role", "quantified", "baseline", "reason", "alternative", "tradeoff", "validation", "monitoring", "collaboration", "lesson",
    *(f"constraint:{name}" for name in CONSTRAINTS),
    *(f"result:{name}" for name in RESULT_KINDS),
)  # fmt: skip
"""What a single sentence can claim, in the order in which weights stand."""

CATEGORIES = ("improved_metric", "bad_data", "accuracy_vs_latency", "deployment", "influence", "failure", "ambiguity")
"""What interviewers ask stories for."""

TOPICS = (*(f"category:{name}" for name in CATEGORIES), "vague")
"""What only an answer as a whole can be said to be, in the order in which weights stand, behind `CLAIMS`. `vague`: the
outcome is claimed only in words that cannot be checked."""


ANSWERS: Mapping[str, tuple[str, ...]] = {
    "failure": ("failure",), "conflict": ("influence",), "influence": ("influence",), "ambiguity": ("ambiguity",),
    "metric": ("improved_metric",), "data": ("bad_data",), "tradeoff": ("accuracy_vs_latency", "ambiguity"), "deployment": ("deployment",),
}  # fmt: skip
"""What a question asks for, and the categories of stories that answer it. Other questions take any story."""


class FeatureEvidence(NamedTuple):
    """A named reason for or against parts: a cue of the lexicons or a fact of grammar or context.

    `start` and `end` are character offsets into the answer, or None where the reason is the whole
    sentence or its surroundings. `weights` are natural-log odds, in the order of `PARTS`.
    """

    name: str
    start: int | None
    end: int | None
    weights: tuple[float, ...]


class Mention(NamedTuple):
    """A cue of the lexicons that tells something about what is said, not about the part. Offsets are characters."""

    cue: str
    kind: str
    start: int
    end: int


class ClaimEvidence(NamedTuple):
    """A claim that a sentence may make (one of `CLAIMS`), its probability, and what spoke for it, the strongest first.

    A reason is the name of a feature, its weight in natural-log odds, and its characters (None: the whole sentence).
    """

    name: str
    probability: float
    reasons: tuple[tuple[str, float, int | None, int | None], ...]


class Deed(NamedTuple):
    """A verb with its doer."""

    start: int
    end: int
    """The verb; offsets are characters."""
    doer: Literal["i", "we", "other", "passive", "implied", "thing"]
    """`implied`: no subject is said, as in "Shipped it"; `thing`: what acts is not a person."""
    who: tuple[int, int] | None
    """Characters of the subject, if there is one."""
    verb: str
    """Dictionary form, with its particle."""
    finished: bool
    """Past or perfect, and not negated: something that was done."""
    action: bool
    """Whether the verb says that somebody does something, not only is, has or wants it."""


class QuantityEvidence(NamedTuple):
    """A number with its meaning (`nlp/quantities.py`). Offsets are characters."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    metric: str


class ChangeEvidence(NamedTuple):
    """A before and an after, or their ratio (`nlp/changes.py`). Offsets are characters."""

    start: int
    end: int
    before: float | None
    after: float | None
    ratio: float | None
    unit: str


class TopicEvidence(NamedTuple):
    """A category that the answer serves, with its probability and the places of the sentences that spoke for it most."""

    name: str
    probability: float
    sentences: tuple[int, ...]


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
    mentions: tuple[Mention, ...] = ()
    claims: tuple[ClaimEvidence, ...] = ()
    """Claims that the sentence makes; none where it only lists things."""
    deeds: tuple[Deed, ...] = ()
    quantities: tuple[QuantityEvidence, ...] = ()
    changes: tuple[ChangeEvidence, ...] = ()
    listed: bool = False
    """Whether the sentence only lists things, with nobody doing anything about them."""


@dataclass(frozen=True)
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
    made: tuple[str, ...] = ()
    """Claims that the answer as a whole makes, by the thresholds of the claim weights."""
    topics: tuple[TopicEvidence, ...] = ()
    """Categories that the answer serves."""
    vague: bool = False
    """Whether the outcome is claimed only in words that cannot be checked."""
    known_acronyms: frozenset[str] = frozenset()
    """Acronyms that every audience knows, folded."""
    asked: tuple[str, ...] = ()
    """Kinds of the cues found in the question ("ask.failure")."""
    timings: tuple[Timing, ...] = ()
    """When its words were said, as given."""

    @cached_property
    def clock(self) -> Clock | None:
        """Tells the time of every word; None where that is known of too few to measure anything."""
        clock = Clock(self.timings)
        timed = sum(clock.covers(s.start, s.end) for s in self.sentences)
        return clock if timed and timed >= LEAST_TIMED * len(self.sentences) else None

    def known_to(self, glossary: Collection[str]) -> frozenset[str]:
        """Acronyms that need no explanation for readers who also know a glossary, folded."""
        return self.known_acronyms.union(term.casefold() for term in glossary) if glossary else self.known_acronyms

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that begins at a character or is the last to begin before it; 0 before the first."""
        return bisect_right(self._starts, offset)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def mentions(self) -> Mapping[str, tuple[tuple[int, Mention], ...]]:
        """The mentions of every kind, each with the number of its sentence, in text order."""
        found: dict[str, list[tuple[int, Mention]]] = {}
        for number, sentence in enumerate(self.sentences, 1):
            for mention in sentence.mentions:
                found.setdefault(mention.kind, []).append((number, mention))
        return {kind: tuple(pairs) for kind, pairs in found.items()}

    @cached_property
    def claims(self) -> Mapping[str, tuple[tuple[int, ClaimEvidence], ...]]:
        """The claims of every name, each with the number of its sentence, in text order."""
        found: dict[str, list[tuple[int, ClaimEvidence]]] = {}
        for number, sentence in enumerate(self.sentences, 1):
            for claim in sentence.claims:
                found.setdefault(claim.name, []).append((number, claim))
        return {name: tuple(pairs) for name, pairs in found.items()}
