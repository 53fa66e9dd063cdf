"""What a check of files found: frozen pydantic models, the only thing that the formats of `render/` read."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from star_analyzer.report import Finding, Report, Severity
from star_analyzer.sections import Model

CHECK_SCHEMA_VERSION: Final = "1.0"


class RuleInfo(Model):
    """A rule as `star-analyzer rules` lists it. The texts come from the rule's docstring."""

    code: str
    name: str
    severity: Severity
    praise: bool
    since: str = Field(description="Version of the package that brought it.")
    what: str = Field(description="What it checks.")
    why: str = Field(description="Why it matters.")
    flagged: str = Field(description="An answer that it flags; of praise, one that it is silent about.")
    better: str = Field(description="The same answer, mended; of praise, one that it praises.")
    source: str


class Place(Model):
    """Words of a file. Lines and columns count from 1, columns in characters (Unicode code points) of the line."""

    line: int = Field(ge=1)
    column: int = Field(ge=1)
    end_line: int = Field(ge=1)
    end_column: int = Field(ge=1, description="The column behind the last character.")
    offset: int = Field(ge=0, description="Of the first character, in characters from the beginning of the file's text.")
    length: int = Field(ge=0, description="In characters.")


class Located(Model):
    """A finding with its place in the file."""

    finding: Finding
    place: Place = Field(description="Where the words are; for something absent, the first sentence of the answer, with length 0.")
    fingerprint: str = Field(description="Stays the same when text is moved; two equal findings of a run have different ones.")
    fails: bool = Field(description="Whether it is severe enough to fail the check.")


class CheckedAnswer(Model):
    """One answer of a file."""

    path: str = Field(description="The file, relative to the folder of the run where it is inside of it, with forward slashes.")
    title: str | None = Field(description="Its heading, if it has one.")
    number: int = Field(ge=1, description="Place among the answers of the file, from 1.")
    of: int = Field(ge=1, description="How many answers the file has.")
    place: Place
    report: Report
    findings: tuple[Located, ...] = Field(description="What was found, in text order, without what is suppressed or in the baseline.")
    suppressed: int = Field(ge=0, description="Findings left out because a comment in the text says so.")
    known: int = Field(ge=0, description="Findings left out because they are in the baseline.")


class Failure(Model):
    """A file, or an answer of it, that could not be analysed."""

    path: str
    line: int | None = Field(description="The line at which reading it failed, if it is about one line.")
    message: str

    @property
    def where(self) -> str:
        """Path and line as editors read them."""
        return f"{self.path}:{self.line}" if self.line else self.path


class CheckResult(Model):
    """Everything that a check found, and all rules."""

    schema_version: Literal["1.0"] = CHECK_SCHEMA_VERSION
    package: str = Field(description="Version of star_analyzer.")
    fail_on: Literal["error", "warning", "info", "never"] = Field(description="The severity from which a finding fails the check.")
    answers: tuple[CheckedAnswer, ...]
    failures: tuple[Failure, ...]
    rules: tuple[RuleInfo, ...] = Field(description="All rules, by code.")

    @property
    def exit_code(self) -> int:
        """0: clean; 1: findings that fail the check; 2: something could not be analysed."""
        if self.failures:
            return 2
        return int(any(f.fails for a in self.answers for f in a.findings))


__all__ = ["CHECK_SCHEMA_VERSION", "CheckResult", "CheckedAnswer", "Failure", "Located", "Place", "RuleInfo"]
