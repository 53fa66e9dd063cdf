"""What a rule is, and the list of all of them.

A rule is a function with a docstring in five sections: *What it checks*, *Why it matters*, *Flagged*,
*Better*, *Source*. The docstring is the rule's only documentation: the rules page, the command line
and the tests (which analyse *Flagged* and *Better*) all read it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from star_analyzer.evidence import Evidence
from star_analyzer.profiles import Profile
from star_analyzer.report import Finding, Sentence, Severity, Structure
from star_analyzer.sections import (
    Constraints,
    Decisions,
    Delivery,
    Facts,
    Language,
    Outcomes,
    Ownership,
    Part,
    Signals,
    Span,
    Story,
)

SECTIONS = ("What it checks", "Why it matters", "Flagged", "Better", "Source")


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """What rules may read."""

    evidence: Evidence
    sentences: Sequence[Sentence]
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
    profile: Profile

    def quote(self, span: Sentence | Span, most: int = 60) -> str:
        """The words of a span, shortened at a word for use inside a message."""
        words = " ".join(self.evidence.text[span.start : span.end].split())
        return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule says; code, name and severity come from the rule."""

    message: str
    suggestion: str
    explanation: dict[str, float | int | str]
    span: tuple[int, int] | None = None
    part: Part | None = None
    follow_up: str | None = None
    """What an interviewer would probably ask next."""
    cues: tuple[str, ...] = ()


Check = Callable[[Sections], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its identity and documentation."""

    code: str
    name: str
    severity: Severity
    since: str
    helps: int
    """How much mending it helps the answer, from 0 (never a next step) to 10."""
    praise: bool
    check: Check
    docs: dict[str, str]

    def findings(self, sections: Sections) -> Iterator[Finding]:
        """Run the check."""
        text = sections.evidence.text
        for draft in self.check(sections):
            start, end = draft.span or (None, None)
            yield Finding(
                code=self.code,
                name=self.name,
                severity=self.severity,
                praise=self.praise,
                part=draft.part,
                message=draft.message,
                suggestion=draft.suggestion,
                follow_up=draft.follow_up,
                start=start,
                end=end,
                quote=text[start:end] if draft.span else None,
                explanation=draft.explanation,
                cues=draft.cues,
            )


RULES: dict[str, Rule] = {}


def rule(
    *, code: str, name: str, severity: Severity, since: str, helps: int = 0, praise: bool = False, into: dict[str, Rule] = RULES
) -> Callable[[Check], Check]:
    """Register a check under a stable code. Raises `ValueError` for a code used twice or a docstring without its sections."""

    def register(check: Check) -> Check:
        docs = _sections(inspect.getdoc(check) or "")
        missing = [s for s in SECTIONS if not docs.get(s)]
        if missing:
            raise ValueError(f"{code}: the docstring lacks {', '.join(missing)}")
        if code in into:
            raise ValueError(f"{code} is used twice")
        into[code] = Rule(code, name, severity, since, helps, praise, check, docs)
        return check

    return register


def _sections(doc: str) -> dict[str, str]:
    pieces = re.split(rf"(?m)^({'|'.join(SECTIONS)}):\s*$", doc)
    return {title: inspect.cleandoc(body).strip() for title, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def findings(sections: Sections) -> tuple[Finding, ...]:
    """Everything that the rules find, in the order of severity and code."""
    return in_order(f for r in RULES.values() for f in r.findings(sections))


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of severity, code and place."""
    order = list(Severity)
    return tuple(sorted(found, key=lambda f: (order.index(f.severity), f.code, f.start or 0)))


def next_steps(found: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """The findings whose mending would help most, each rule once."""
    best: dict[str, Finding] = {}
    for finding in found:
        if RULES[finding.code].helps > 0 and not finding.praise:
            best.setdefault(finding.code, finding)
    return tuple(sorted(best.values(), key=lambda f: (-RULES[f.code].helps, f.code))[:most])
