"""The report: frozen pydantic models, ready for JSON, versioned by `schema_version`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from star_analyzer.comparison import Comparison, compare
from star_analyzer.finding import Finding, Severity
from star_analyzer.sections import (
    Constraints,
    Decisions,
    Delivery,
    Facts,
    Language,
    Model,
    Outcomes,
    Ownership,
    Part,
    Signals,
    Span,
    Story,
    Verdict,
)

SCHEMA_VERSION: Final = "1.2"


class Cue(Model):
    """A reason for the part of a sentence: what was seen, where, and what it weighs."""

    name: str = Field(description="Name in the weight table, e.g. 'cue:task.assigned' or 'main:i+past'.")
    meaning: str = Field(description="The same in plain words.")
    start: int | None = Field(description="Offset of its first character, or null when it is about the whole sentence.")
    end: int | None = Field(description="Offset behind its last character, or null.")
    weight: float = Field(description="What it adds to the chosen part, in natural-log odds.")
    weight_for_runner_up: float = Field(description="What it adds to the runner-up.")


class Sentence(Model):
    """One sentence of the answer; in text without punctuation, one clause."""

    number: int = Field(ge=1, description="Place in the answer, from 1.")
    start: int = Field(ge=0, description="Offset of the first character in the text given.")
    end: int = Field(ge=0, description="Offset behind the last character: text[start:end] is the sentence.")
    words: int = Field(ge=0)
    seconds: float = Field(ge=0, description="Time it takes to say, at the report's speaking rate.")
    part: Part
    confidence: float = Field(ge=0, le=1, description="Calibrated probability of the part; 0 in a report that is not reliable.")
    runner_up: Part
    margin: float = Field(description="Probability of the part less that of the runner-up; below 0 where the flow of the answer decided.")
    section: Part | None = Field(description="Part named by the section label above it, if the answer has labels.")
    order_weight: float = Field(
        description="What the parts of the neighbouring sentences add to the part, less what they add to the runner-up."
    )
    cues: tuple[Cue, ...] = Field(description="Reasons, the strongest first.")


class Share(Model):
    """How much of the answer a part takes."""

    words: int = Field(ge=0)
    share: float = Field(ge=0, le=1, description="Of all words of the answer's sentences.")
    seconds: float = Field(ge=0)


class Shares(Model):
    """The share of every part."""

    situation: Share
    task: Share
    action: Share
    result: Share
    reflection: Share
    other: Share


class Balance(Model):
    """One stretch of the answer against its target."""

    parts: tuple[Part, ...]
    share: float
    target: float
    low: float
    high: float
    verdict: Literal["under", "within", "over"]


class Structure(Model):
    """How the answer is built."""

    words: int
    seconds: float
    words_per_minute: float = Field(description="The speaking rate: as measured, or as assumed for all times.")
    measured: bool = Field(description="Whether times are those of a transcript; otherwise they follow from the speaking rate.")
    shares: Shares
    setup: Balance = Field(description="Situation and Task, target 20%.")
    action: Balance = Field(description="Action, target 60%.")
    outcome: Balance = Field(description="Result and Reflection, target 20%.")
    missing: tuple[Part, ...] = Field(description="Parts of which no sentence was found.")
    order: tuple[Part, ...] = Field(description="Parts in the order told, neighbours of one part taken together, Other left out.")


class Provenance(Model):
    """What made the report. The same provenance and input give the same bytes."""

    package: str
    lexicons: str = Field(description="Hash over all lexicons and weights in force.")
    pipeline: str
    spacy: str


class Report(Model):
    """The whole analysis of one answer."""

    schema_version: Literal["1.2"] = SCHEMA_VERSION
    text: str = Field(description="The answer as given; all offsets point into it.")
    question: str | None
    reliable: bool = Field(description="False where the text cannot be read as an answer: a finding says why, and all parts are Other.")
    sentences: tuple[Sentence, ...]
    structure: Structure
    ownership: Ownership
    outcomes: Outcomes
    constraints: Constraints
    decisions: Decisions
    signals: Signals
    language: Language
    delivery: Delivery
    story: Story
    facts: Facts
    verdict: Verdict
    next_steps: tuple[Finding, ...] = Field(description="The few findings that would help most, the most helpful first.")
    findings: tuple[Finding, ...]
    provenance: Provenance

    def quote(self, item: Sentence | Cue | Finding | Span) -> str | None:
        """The words of the answer that a sentence, cue, finding or other span is about."""
        return None if item.start is None or item.end is None else self.text[item.start : item.end]

    def compare(self, newer: Report) -> Comparison:
        """What changed from this report to a newer one of the same story: score, times, shares, facts and findings."""
        return compare(self, newer)

    def to_html(self, *, title: str | None = None, score: bool = True) -> str:
        """The report as one self-contained HTML page; `score` shows the verdict's score."""
        from star_analyzer.render.html import report_html

        return report_html(self, title=title, score=score)

    def to_markdown(self, *, title: str | None = None, score: bool = True) -> str:
        """The report as Markdown, to be pasted into a review; `score` shows the verdict's score."""
        from star_analyzer.render.markdown import report_markdown

        return report_markdown(self, title=title, score=score)

    def _repr_html_(self) -> str:
        """The page in a frame, for notebooks."""
        from star_analyzer.render.html import notebook_html

        return notebook_html(self)


__all__ = [
    "SCHEMA_VERSION",
    "Balance",
    "Comparison",
    "Cue",
    "Finding",
    "Part",
    "Provenance",
    "Report",
    "Sentence",
    "Severity",
    "Share",
    "Shares",
    "Structure",
]
