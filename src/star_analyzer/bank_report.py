"""The report on a bank of stories: frozen pydantic models, ready for JSON, the only thing that its renderers read.

Stories are named by their number, from 1. Offsets of a `Quote` are characters of the text of that story's report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from pydantic import Field

from star_analyzer.finding import Severity
from star_analyzer.report import Report
from star_analyzer.sections import Model, Part

BANK_SCHEMA_VERSION: Final = "1.0"
FITS: Final = 0.45
"""Fit from which a story can be told to a prompt. A core trait that is shown for certain reaches it alone."""


CARD_CODES: Final = ("BK401", "BK402", "BK403", "BK404")
"""Findings about the card of a story."""


class Quote(Model):
    """Some words of a story."""

    story: int = Field(ge=1)
    sentence: int = Field(ge=1, description="Number of the sentence in which they begin.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class FieldCheck(Model):
    """One of the seven fields of a story's card."""

    name: str
    label: str
    value: str = Field(description="As written; empty if there is none.")
    status: Literal["empty", "vague", "told", "partly", "not_told"] = Field(
        description="`vague`: says too little to be of use. `told`, `partly`, `not_told`: whether the telling says it too."
    )
    why: str = Field(description="What was compared and found, in a sentence.")
    evidence: tuple[Quote, ...] = Field(description="Where the telling says it.")


class Bullet(Quote):
    """One line of the spine: words of the answer itself."""

    part: Part


class BankStoryReport(Model):
    """One story of the bank."""

    number: int = Field(ge=1)
    title: str
    path: str | None = Field(description="The file, if it was read from one.")
    tags: tuple[str, ...] = Field(description="Categories that the candidate means it for.")
    meant_for: tuple[str, ...] = Field(description="Ids of the prompts that the candidate means it for.")
    fields: tuple[FieldCheck, ...]
    spine: tuple[Bullet, ...] = Field(description="The story in a few lines of its own words, in the order S, T, A, R, lesson.")
    best_for: tuple[str, ...] = Field(description="Ids of the prompts for which it is the best story.")
    second_for: tuple[str, ...] = Field(description="Ids of the prompts for which it is the second story.")
    report: Report

    def quote(self, words: Quote) -> str:
        """The words of the telling."""
        return self.report.text[words.start : words.end]


Strength = Literal["strong", "fair", "weak"]


class CategoryStory(Model):
    """How strongly a story shows a category."""

    story: int
    probability: float = Field(ge=0, le=1)
    strength: Strength
    evidence: tuple[Quote, ...]


class Category(Model):
    """One of the seven kinds of story that interviewers ask for."""

    name: str
    status: Literal["covered", "weak", "gap"] = Field(description="`weak`: the only stories for it show it weakly.")
    stories: tuple[CategoryStory, ...] = Field(description="The stories that show it, the strongest first.")
    meant: tuple[int, ...] = Field(description="Stories that are tagged with it and do not show it.")


class Fit(Model):
    """How well a story answers a prompt."""

    story: int
    fit: float = Field(ge=0, le=1)
    shows: tuple[str, ...] = Field(description="What the prompt asks for and the story shows, in plain words.")
    lacks: tuple[str, ...] = Field(description="What would make it a better answer to the prompt.")
    evidence: tuple[Quote, ...]


class PromptRow(Model):
    """A prompt of the matrix."""

    id: str
    group: str
    text: str
    best: int | None = Field(description="The story to tell. Each prompt has one of its own as far as stories fit; null: none fits.")
    second: int | None = Field(description="The story to tell when the best one has been told.")
    fits: tuple[Fit, ...] = Field(description="Of every story, in their order.")


def by_group(rows: Iterable[PromptRow]) -> dict[str, list[PromptRow]]:
    """The prompts of every group, in the order in which the groups come first."""
    found: dict[str, list[PromptRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found


class QuotePair(Model):
    """Words of two stories that are alike, side by side."""

    left: Quote
    right: Quote


class Likeness(Model):
    """Two stories that are alike in some way."""

    kind: Literal["opening", "connectives", "rhythm", "phrases", "lesson", "twin"]
    stories: tuple[int, int]
    score: float = Field(ge=0, le=1)
    threshold: float = Field(ge=0, le=1, description="The score from which they count as alike.")
    shared: tuple[str, ...] = Field(description="What they share, in plain words.")
    evidence: tuple[QuotePair, ...]


class BankFinding(Model):
    """Something worth telling about the bank."""

    code: str = Field(description="Stable, never reused.")
    name: str
    severity: Severity
    message: str
    suggestion: str
    stories: tuple[int, ...] = Field(description="The stories that it is about; none: the bank as a whole.")
    evidence: tuple[QuotePair, ...]
    explanation: dict[str, float | int | str] = Field(description="The values compared and the thresholds.")


def about_card(found: Iterable[BankFinding], number: int) -> list[BankFinding]:
    """The findings that are about the card of one story."""
    return [f for f in found if f.code in CARD_CODES and f.stories == (number,)]


class Exercise(Model):
    """One step of the practice plan."""

    minutes: int
    kind: Literal["mend", "write", "replace", "trim", "add", "reword", "card", "tell"]
    story: int | None
    task: str = Field(description="What to do.")
    why: str
    code: str | None = Field(description="The finding that it comes from, of the bank or of the story.")


class StoryPoint(Model):
    """A story at one time, as a history file keeps it."""

    title: str
    text: str = Field(description="Fingerprint of the telling.")
    score: int | None = Field(description="Null where the telling could not be read as an answer.")
    seconds: float
    findings: int = Field(description="Findings that ask for a change, of severity error and warning.")


class HistoryPoint(Model):
    """The bank at one time: a line of a history file."""

    schema_version: Literal["1.0"] = BANK_SCHEMA_VERSION
    when: str = Field(description="Date and time, ISO 8601.")
    package: str
    covered: tuple[str, ...] = Field(description="Categories covered.")
    prompts: int = Field(description="Prompts with a story.")
    stories: tuple[StoryPoint, ...]


class StoryTrend(Model):
    """How a story has changed: its scores, the oldest first; null where it was not in the bank or could not be read."""

    title: str
    scores: tuple[int | None, ...]
    seconds: tuple[float | None, ...]


class Trend(Model):
    """How the bank has changed over the runs of a history file; the last place is this run."""

    when: tuple[str, ...]
    covered: tuple[int, ...] = Field(description="How many categories were covered.")
    prompts: tuple[int, ...] = Field(description="How many prompts had a story.")
    stories: tuple[StoryTrend, ...] = Field(description="The stories of this run.")


class BankReport(Model):
    """The whole review of a bank of stories."""

    schema_version: Literal["1.0"] = BANK_SCHEMA_VERSION
    package: str = Field(description="Version of star_analyzer.")
    unread: tuple[str, ...] = Field(description="Files that could not be read: what seems to be missing may stand there.")
    stories: tuple[BankStoryReport, ...]
    categories: tuple[Category, ...]
    prompts: tuple[PromptRow, ...]
    likenesses: tuple[Likeness, ...] = Field(description="Stories that are alike, whether or not a finding comes of it.")
    findings: tuple[BankFinding, ...]
    plan: tuple[Exercise, ...]
    trend: Trend | None = Field(description="Null without a history.")

    @property
    def gaps(self) -> tuple[str, ...]:
        """Categories that no story shows."""
        return tuple(c.name for c in self.categories if c.status == "gap")

    def story(self, number: int) -> BankStoryReport:
        """The story of a number."""
        return self.stories[number - 1]

    def quote(self, words: Quote) -> str:
        """The words of a story."""
        return self.story(words.story).quote(words)

    def to_html(self, *, title: str | None = None) -> str:
        """The review as one self-contained HTML page with a heat map of prompts and stories."""
        from star_analyzer.render.bank_html import bank_html

        return bank_html(self, title=title)

    def to_markdown(self, *, title: str | None = None) -> str:
        """The review as Markdown."""
        from star_analyzer.render.bank_markdown import bank_markdown

        return bank_markdown(self, title=title)


__all__ = [
    "BANK_SCHEMA_VERSION",
    "BankFinding",
    "BankReport",
    "BankStoryReport",
    "Bullet",
    "Category",
    "CategoryStory",
    "Exercise",
    "FieldCheck",
    "Fit",
    "HistoryPoint",
    "Likeness",
    "PromptRow",
    "Quote",
    "QuotePair",
    "StoryPoint",
    "StoryTrend",
    "Trend",
]
