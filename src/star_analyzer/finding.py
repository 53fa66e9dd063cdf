"""A finding: something worth telling the speaker, with the reason."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from star_analyzer.sections import Model, Part


class Severity(StrEnum):
    """How much a finding matters. `ERROR`: the report cannot be relied on, or the answer lacks its core."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def failing(level: str) -> frozenset[Severity]:
    """The severities that fail a run from a level on; none for "never"."""
    every = tuple(Severity)
    return frozenset() if level == "never" else frozenset(every[: every.index(Severity(level)) + 1])


class Finding(Model):
    """Something worth telling the speaker, with the reason."""

    code: str = Field(description="Stable, never reused.")
    name: str
    severity: Severity
    praise: bool = Field(description="Something that works, said so that it is kept.")
    part: Part | None = Field(description="The part of the answer it is about, or null for the whole answer.")
    message: str
    suggestion: str
    follow_up: str | None = Field(description="What an interviewer would probably ask next because of it.")
    start: int | None = Field(description="Offset of the words it is about, or null for something absent.")
    end: int | None
    quote: str | None
    explanation: dict[str, float | int | str] = Field(description="The values compared and the thresholds.")
    cues: tuple[str, ...] = Field(description="Ids of the cues and features that it rests on.")
