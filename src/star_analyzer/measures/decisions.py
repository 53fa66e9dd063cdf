"""What was decided: choice, reason, alternative, trade-off, validation, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.evidence import Evidence
from star_analyzer.report import Sentence
from star_analyzer.sections import Decision, Decisions, Part, Span
from star_analyzer.spans import claims, mentions

_REACH = 1
"""Sentences on either side of a choice in which its reason, alternative, trade-off or validation is looked for."""
_NOT_THE_WORK = frozenset({Part.OTHER, Part.REFLECTION})


def decisions(evidence: Evidence, sentences: Sequence[Sentence]) -> Decisions:
    """Measure the decisions. What belongs to a choice stands in its sentence or next to it."""
    choices = tuple(c for c in mentions(evidence, "decision.choice") if sentences[c.sentence - 1].part not in _NOT_THE_WORK)
    reasons = claims(evidence, "reason")
    alternatives = claims(evidence, "alternative")
    tradeoffs = claims(evidence, "tradeoff")
    validations = claims(evidence, "validation")
    return Decisions.model_construct(
        choices=choices,
        reasons=reasons,
        alternatives=alternatives,
        tradeoffs=tradeoffs,
        validations=validations,
        linked=_linked(choices, (reasons, alternatives, tradeoffs, validations)),
    )


def _linked(choices: Sequence[Span], facets: Sequence[Sequence[Span]]) -> tuple[Decision, ...]:
    """One decision for every sentence with a choice or a named alternative, with what stands nearest to it."""
    _, alternatives, *_ = facets
    places: dict[int, Span | None] = {a.sentence: None for a in alternatives}
    for choice in reversed(choices):
        places[choice.sentence] = choice
    found: list[Decision] = []
    for number in sorted(places):
        reason, alternative, tradeoff, validation = (_nearest(facet, number) for facet in facets)
        if found and reason is None and alternative is None and tradeoff is None:
            continue  # a second choice of which nothing more is told
        found.append(Decision(choice=places[number], reason=reason, alternative=alternative, tradeoff=tradeoff, validation=validation))
    return tuple(found)


def _nearest(spans: Sequence[Span], number: int) -> Span | None:
    near = [s for s in spans if abs(s.sentence - number) <= _REACH]
    best = min(near, key=lambda s: (abs(s.sentence - number), s.sentence), default=None)
    return None if best is None else Span(sentence=best.sentence, start=best.start, end=best.end)
