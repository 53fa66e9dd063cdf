"""What came of it: numbers with meaning, before and after, vague claims, kinds of result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from star_analyzer.evidence import RESULT_KINDS, Evidence, QuantityEvidence, SentenceEvidence
from star_analyzer.report import Sentence
from star_analyzer.sections import Change, Implausible, Outcomes, Part, Quantity, ResultKind
from star_analyzer.spans import claims, mentions, numbered, numbers

_MEASURES = frozenset({"percent", "percentage_points", "money", "time", "ratio", "rate", "metric", "count", "size"})
_UP_TO_ONE = frozenset(
    (
        "auc",
        "roc auc",
        "auroc",
        "pr auc",
        "f1",
        "f1 score",
        "f score",
        "precision",
        "recall",
        "accuracy",
        "ndcg",
        "map",
        "mrr",
        "iou",
        "dice",
    )
)
"""Model metrics that cannot be above 1, or 100%."""
_WORDS = frozenset({"precision", "recall", "accuracy", "dice"})  # the others are abbreviations
_MOVES = re.compile(
    r"(?P<falls>drop(?:s|ped|ping)?|fall(?:s|ing|en)?|fell|decreas\w+|reduc\w+|cut(?:s|ting)?|lower(?:s|ed|ing)?|shr[aiu]nk\w*|"
    r"declin\w+|down)|gr[eo]w\w*|rose|rise[ns]?|rising|rais\w+|increas\w+|climb\w*|jump\w*|gain\w*|improv\w+|up"
)
"""Words for going down, and for going up."""
_LOOK_BACK = 60  # characters before a number in which its verb stands


def outcomes(evidence: Evidence, sentences: Sequence[Sentence]) -> Outcomes:
    """Measure the outcome. A number measures it where its sentence does, by the claim `quantified`."""
    measured = claims(evidence, "quantified")
    inside = numbers(measured)
    vague = mentions(evidence, "outcome.vague")
    quantities: list[Quantity] = []
    changes: list[Change] = []
    for number, s in numbered(evidence):
        part = sentences[number - 1].part
        quantities += [
            Quantity.model_construct(
                sentence=number,
                start=q.start,
                end=q.end,
                value=q.value,
                unit=q.unit,
                kind=q.kind,
                metric=q.metric,
                part=part,
                outcome=q.kind in _MEASURES and number in inside,
            )
            for q in s.quantities
        ]
        changes += [
            Change.model_construct(
                sentence=number,
                start=c.start,
                end=c.end,
                before=c.before,
                after=c.after,
                ratio=None if c.ratio is None else round(c.ratio, 3),
                unit=c.unit,
                part=part,
                direction=_direction(c.before, c.after, c.ratio),
            )
            for c in s.changes
        ]
    vague_in_outcome = tuple(v for v in vague if sentences[v.sentence - 1].part in (Part.RESULT, Part.REFLECTION))
    return Outcomes.model_construct(
        quantities=tuple(quantities),
        changes=tuple(changes),
        measured=measured,
        baseline=claims(evidence, "baseline"),
        vague=vague_in_outcome,
        vague_only=evidence.vague,
        kinds=tuple(
            ResultKind.model_construct(kind=kind, evidence=found) for kind in RESULT_KINDS if (found := claims(evidence, f"result:{kind}"))
        ),
        implausible=tuple(found for number, s in numbered(evidence) for found in _implausible(evidence.text, number, s)),
    )


def _direction(before: float | None, after: float | None, ratio: float | None) -> Literal["up", "down", "unknown"]:
    if before is not None and after is not None:
        return "up" if after > before else "down" if after < before else "unknown"
    return "unknown" if ratio is None or ratio == 1 else "up" if ratio > 1 else "down"


def _implausible(text: str, number: int, sentence: SentenceEvidence) -> Iterator[Implausible]:
    for q in sentence.quantities:
        why = _why_impossible(q, text[max(sentence.start, q.start - _LOOK_BACK) : q.start].lower())
        if why:
            yield Implausible(sentence=number, start=q.start, end=q.end, why=why)


def _why_impossible(quantity: QuantityEvidence, before: str) -> str | None:
    value = abs(quantity.value)
    share = quantity.metric in _UP_TO_ONE
    name = quantity.metric if quantity.metric in _WORDS else quantity.metric.upper()
    if quantity.kind == "percent" and share and value > 100 and "by" not in before.split()[-3:]:
        return f"{name} cannot be more than 100%"
    if quantity.kind == "metric" and share and 1 < value < 1.5:
        return f"{name} cannot be more than 1"
    nearest = before.split()[-6:]
    moves = [move for word in nearest if (move := _MOVES.fullmatch(word.strip(",;:()")))]
    falls = bool(moves) and moves[-1]["falls"] is not None
    if quantity.kind == "percent" and value > 100 and falls and "from" not in nearest and "to" not in nearest[-2:]:
        return "nothing can fall by more than 100%"
    return None
