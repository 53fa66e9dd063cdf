"""What kind of story it is, and whether it is one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from star_analyzer.evidence import ANSWERS, Evidence
from star_analyzer.report import Sentence
from star_analyzer.sections import Category, Part, Span, Story
from star_analyzer.spans import CERTAIN, mentions, numbers, sentence_span

_TRACES = {
    "metric": frozenset({"quantified", "baseline"}), "data": frozenset({"constraint:data_quality", "constraint:labels"}),
    "tradeoff": frozenset({"tradeoff"}), "deployment": frozenset({"monitoring"}),
}  # fmt: skip
"""Claims of single sentences that speak for a kind of story, whatever the answer as a whole looks like."""
_SURE = 0.75
"""Probability from which a category that was asked for is taken as told without such a claim."""
_REACH = 0.05
"""Odds of a category, against those of the clearest one, from which it counts as told when it was asked for."""
_LEAST_EVENT = 0.3
"""Share of sentences told in the past from which something that happened is told."""


def story(evidence: Evidence, told: Sequence[Sentence]) -> Story:
    """Measure the story."""
    habits, hypotheticals = mentions(evidence, "story.habit"), mentions(evidence, "story.hypothetical")
    kind = _kind(evidence, told, habits, hypotheticals)
    asked = tuple(k.removeprefix("ask.") for k in evidence.asked)
    categories = tuple(
        Category(name=t.name, probability=t.probability, evidence=tuple(sentence_span(evidence, k + 1) for k in t.sentences))
        for t in evidence.topics
        if kind == "event"
    )
    admits = mentions(evidence, "story.admits")
    return Story.model_construct(
        categories=categories,
        kind=kind,
        habits=habits,
        hypotheticals=hypotheticals,
        admits_failure=admits,
        deflects=mentions(evidence, "story.deflects"),
        asked=asked,
        fits=_fits(evidence, asked, categories, kind, admits=bool(admits)),
    )


def _kind(
    evidence: Evidence, told: Sequence[Sentence], habits: Sequence[Span], hypotheticals: Sequence[Span]
) -> Literal["event", "habit", "hypothetical", "none"]:
    parts = {s.part for s in told}
    inside = Part.ACTION in parts or Part.RESULT in parts
    count = len(told) or 1
    unreal = {"habit": len(numbers(habits)), "hypothetical": len(numbers(hypotheticals))}
    worst: Literal["habit", "hypothetical"] = "hypothetical" if unreal["hypothetical"] > unreal["habit"] else "habit"
    if unreal[worst] > 0 and evidence.story < _LEAST_EVENT:
        return worst
    if inside and evidence.story > 0:
        return "event"
    return worst if unreal[worst] >= max(1, count // 4) else "none"


def _fits(
    evidence: Evidence, asked: Sequence[str], categories: Sequence[Category], kind: str, *, admits: bool
) -> Literal["yes", "no", "unknown"]:
    """Whether the story is of a wanted kind: `yes` and `no` only where that is clear.

    The question itself speaks for what it asks for, so a trace of it is found in any answer: even chances are no yes.
    """
    wanted = [a for a in asked if a in ANSWERS]
    if not wanted:
        return "unknown"
    if kind != "event":
        return "no"
    names = frozenset[str]().union(*(ANSWERS[a] for a in wanted))
    best = max((c.probability for c in categories if c.name in names), default=0.0)
    clearest = max((c.probability for c in categories), default=0.0)
    traced = any(_TRACES.get(a, frozenset()) & set(evidence.made) for a in wanted) or (admits and "failure" in wanted)
    near = _odds(best) >= _REACH * _odds(clearest)
    if near and best >= (CERTAIN if traced else _SURE):
        return "yes"
    return "unknown" if traced or best == clearest or (near and best >= CERTAIN) else "no"


def _odds(probability: float) -> float:
    return probability / max(1e-3, 1 - probability)
