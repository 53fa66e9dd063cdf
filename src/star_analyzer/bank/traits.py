"""What a story shows, under the names that prompts ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from star_analyzer.evidence import CATEGORIES, CONSTRAINTS, RESULT_KINDS
from star_analyzer.report import Finding, Report
from star_analyzer.sections import Span, category_words

_LIMIT = {"quantified": 1.0, "stated": 0.8}
_LEVEL = {"yes": 1.0, "partly": 0.5}
_OWN = {"own": 1.0, "shared": 0.5}
_SIGNALS = ("framing", "data", "tradeoffs", "execution", "after_launch")
_MEANT, _MEANT_AND_SHOWN = 0.75, 0.95
"""Strength of a category that the candidate means the story for: that it is not seen in the telling may be our mistake."""
_MOST_EVIDENCE = 2
"""Sentences that stand for a trait."""

MEANINGS: Mapping[str, str] = {
    **{f"category:{name}": f"a story of {category_words(name)}" for name in CATEGORIES},
    **{f"limit:{name}": f"the limit “{name.replace('_', ' ')}”" for name in CONSTRAINTS},
    **{f"result:{name}": f"a result for {name.replace('_', ' ')}" for name in RESULT_KINDS},
    "says:role": "what was yours",
    "says:quantified": "a number for the result",
    "says:baseline": "how it was before",
    "says:reason": "why you decided so",
    "says:alternative": "what else you considered",
    "says:tradeoff": "what you gave up for what",
    "says:validation": "how you checked it",
    "says:monitoring": "who watched it after launch",
    "says:collaboration": "who else took part",
    "says:lesson": "what you learned",
    "says:failure": "that something was your mistake",
    "own": "most steps told with “I”",
    "signal:framing": "how you framed the problem",
    "signal:data": "what the data hid",
    "signal:tradeoffs": "how you weighed it",
    "signal:execution": "the steps, one by one",
    "signal:after_launch": "what happened after launch",
}
"""Every trait that a prompt may ask for, in plain words."""


class Trait(NamedTuple):
    """How strongly a story shows something, from 0 to 1, and the spans that show it."""

    strength: float
    evidence: tuple[Span, ...]


NOT_SHOWN = Trait(0.0, ())


def traits(report: Report, tags: Collection[str] = ()) -> dict[str, Trait]:
    """What the story shows; what it does not is left out. `tags`: categories that the candidate means it for."""
    if not report.reliable:
        return {}
    found = {name: trait for name, trait in _found(report) if trait.strength > 0}
    for tag in tags:
        name = f"category:{tag}"
        shown = found.get(name)
        found[name] = Trait(_MEANT, ()) if shown is None else Trait(max(shown.strength, _MEANT_AND_SHOWN), shown.evidence)
    return found


def too_short(report: Report) -> Finding | None:
    """The finding that a story is over before it can be judged, if it is."""
    return next((f for f in report.findings if f.code == "DL101"), None)


def _sure(strength: float, evidence: Sequence[Span]) -> float:
    """A strength by how surely it is told, and how often: what is said in passing is not what a story is about."""
    best = max((getattr(span, "probability", 1.0) for span in evidence), default=0.5)
    return strength * (0.7 + 0.2 * best + 0.1 * (len(evidence) > 1))


def _found(report: Report) -> Iterator[tuple[str, Trait]]:
    for category in report.story.categories:
        # what is listed has passed its threshold: the probability says how far
        yield f"category:{category.name}", Trait(0.5 + 0.5 * category.probability, category.evidence[:_MOST_EVIDENCE])
    for item in report.constraints.items:
        yield f"limit:{item.name}", Trait(_sure(_LIMIT.get(item.status, 0.0), item.evidence), _best(item.evidence))
    for kind in report.outcomes.kinds:
        yield f"result:{kind.kind}", Trait(_sure(1.0, kind.evidence), _best(kind.evidence))
    told = report.decisions
    said: tuple[tuple[str, bool, Sequence[Span]], ...] = (
        ("role", report.facts.role_clear, report.ownership.role),
        ("quantified", report.facts.result_quantified, report.outcomes.measured),
        ("baseline", report.facts.baseline_given, report.outcomes.baseline),
        ("reason", report.facts.decision_reason, told.reasons),
        ("alternative", report.facts.alternatives, told.alternatives),
        ("tradeoff", report.facts.tradeoff, told.tradeoffs),
        ("validation", report.facts.validation, told.validations),
        ("monitoring", report.facts.monitoring, ()),
        ("collaboration", report.facts.collaboration, report.ownership.collaboration),
        ("lesson", report.facts.reflection, ()),
        ("failure", bool(report.story.admits_failure), report.story.admits_failure),
    )
    for name, holds, spans in said:
        yield f"says:{name}", Trait(_sure(1.0, spans) if holds else 0.0, _best(spans))
    yield "own", Trait(_OWN.get(report.ownership.verdict, 0.0), ())
    for name in _SIGNALS:
        signal = getattr(report.signals, name)
        yield f"signal:{name}", Trait(_LEVEL.get(signal.level, 0.0), signal.evidence[:_MOST_EVIDENCE])


def _best(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The likeliest of some claims, or the first of some spans."""
    return tuple(sorted(spans, key=lambda span: -getattr(span, "probability", 0.0))[:_MOST_EVIDENCE])
