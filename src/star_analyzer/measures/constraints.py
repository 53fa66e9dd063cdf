"""Limits and forces on the work: stated, with a number, denied, or absent."""

from __future__ import annotations

import re
from typing import Literal

from star_analyzer.evidence import CONSTRAINTS, Evidence
from star_analyzer.profiles import Profile
from star_analyzer.sections import Claim, Constraint, Constraints
from star_analyzer.spans import claims

_NUMBERS: dict[str, frozenset[str]] = {
    "latency": frozenset({"time"}),
    "cost": frozenset({"money", "percent", "ratio"}),
    "labels": frozenset({"count", "percent"}),
    "data_quality": frozenset({"count", "percent", "ratio"}),
    "drift": frozenset({"percent", "metric", "percentage_points"}),
    "scale": frozenset({"count", "rate", "size"}),
    "reliability": frozenset({"count", "percent", "rate", "time"}),
    "deadline": frozenset({"time", "date"}),
    "resources": frozenset({"people", "money", "count"}),
}
"""Kinds of quantity that put a number on a constraint in the same sentence."""
_DENIED = re.compile(
    r"(?i)\b(?:(?:was|were|is)n['’]t|was not|were not|is not|never|no|hardly)\s+(?:really\s+|even\s+|such\s+|much of\s+)?(?:an?\s+|the\s+)?"
    r"(?:\w+\s+)?(?:concern|issue|problem|constraint|worry|limit|factor|priority)\b|\bdidn['’]t (?:matter|care)\b"
)


def constraints(evidence: Evidence, profile: Profile) -> Constraints:
    """Measure every constraint."""
    items = tuple(_constraint(name, evidence, profile) for name in CONSTRAINTS)
    return Constraints.model_construct(items=items, missing=tuple(c.name for c in items if c.matters and c.status == "absent"))


def _constraint(name: str, evidence: Evidence, profile: Profile) -> Constraint:
    found = claims(evidence, f"constraint:{name}")
    return Constraint.model_construct(name=name, status=_status(name, found, evidence), matters=name in profile.constraints, evidence=found)


def _status(name: str, found: tuple[Claim, ...], evidence: Evidence) -> Literal["quantified", "stated", "negated", "absent"]:
    if not found:
        return "absent"
    if all(_DENIED.search(evidence.text, c.start, c.end) for c in found):
        return "negated"
    kinds = {q.kind for c in found for q in evidence.sentences[c.sentence - 1].quantities}
    return "quantified" if kinds & _NUMBERS.get(name, frozenset()) else "stated"
