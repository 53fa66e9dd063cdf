"""From units with their facts to a part for each.

Text without punctuation is read twice: cut where sentences probably end, and cut finer, where one may end too. A sentence that is
missed hides a part, and a clause by itself says less than its sentence; the two readings err in different places. What both
make of the words is averaged, and a sentence is cut in two only where its pieces get different parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from star_analyzer.evidence import PARTS
from star_analyzer.nlp.chain import Decision, PartWeights, decode, weigh
from star_analyzer.nlp.context import in_context
from star_analyzer.nlp.facts import UnitFacts
from star_analyzer.nlp.units import Unit

LEAST_RESULT = 0.02
"""Probability of Result that a sentence told first needs to count as the result of an answer without another."""
_SITUATION, _RESULT, _OTHER = (PARTS.index(part) for part in ("situation", "result", "other"))


class Reading(NamedTuple):
    """Units with what is known of each."""

    units: list[Unit]
    facts: list[UnitFacts]

    @property
    def features(self) -> list[list[str]]:
        """The names of every unit's features, those of its neighbours and its place among them."""
        return in_context(self.facts, [(u.segment.section, u.labelled) for u in self.units])


class Decided(NamedTuple):
    """A unit with its part."""

    unit: Unit
    decision: Decision


def decide(weights: PartWeights, reading: Reading) -> list[Decided]:
    """The parts of one reading."""
    features = reading.features
    found = decode(weights, [weigh(weights, names).emission for names in features])
    return [Decided(unit, decision) for unit, decision in zip(reading.units, with_summary_as_result(found, features), strict=True)]


def decide_twice(weights: PartWeights, coarse: Reading, fine: Reading) -> list[Decided]:
    """The parts of run-on text, from two readings of which the second one has all cuts of the first and more."""
    out: list[Decided] = []
    pieces = decide(weights, fine)
    at = 0
    for unit, decision in decide(weights, coarse):
        inside: list[Decided] = []
        while at < len(pieces) and (not inside or pieces[at].unit.start < unit.end):
            inside.append(Decided(pieces[at].unit, _average(decision, pieces[at].decision)))
            at += 1
        for _, group in groupby(inside, key=lambda piece: piece.decision.part):
            out.append(_joined(list(group), unit))
    return out


def _average(one: Decision, other: Decision) -> Decision:
    return _decision([(a + b) / 2 for a, b in zip(one.posterior, other.posterior, strict=True)])


def _decision(posterior: Sequence[float]) -> Decision:
    return Decision(max(range(len(posterior)), key=posterior.__getitem__), tuple(posterior))


def _joined(pieces: list[Decided], whole: Unit) -> Decided:
    """Neighbouring pieces of one part as one unit; all of a sentence are the sentence."""
    first, last = pieces[0].unit, pieces[-1].unit
    lengths = [piece.unit.end - piece.unit.start for piece in pieces]
    total = sum(lengths)
    columns = zip(*(piece.decision.posterior for piece in pieces), strict=True)
    decision = _decision([sum(p * n for p, n in zip(column, lengths, strict=True)) / total for column in columns])
    if (first.start, last.end) == (whole.start, whole.end):
        return Decided(whole, decision)
    tokens = tuple(token for piece in pieces for token in piece.unit.tokens)
    words = tuple(word for piece in pieces for word in piece.unit.words)
    return Decided(Unit(first.start, last.end, tokens, words, whole.segment, first.labelled), decision)


def facts_of(units: Sequence[Unit], known: Sequence[Reading], look: Callable[[Unit], UnitFacts]) -> list[UnitFacts]:
    """The facts of some units; `look` finds those of units that no reading has."""
    facts = {(unit.start, unit.end): own for reading in known for unit, own in zip(reading.units, reading.facts, strict=True)}
    return [facts.get((unit.start, unit.end)) or look(unit) for unit in units]


def with_summary_as_result(decisions: list[Decision], features: Sequence[Sequence[str]]) -> list[Decision]:
    """What is told first and sounds like a result is the Result when nothing later is (docs/labels.md).

    The chain cannot know that: it sees each sentence with its neighbours only, and "X fell by a third"
    at the start is far more often the problem than the outcome.
    """
    if len(decisions) < 3 or any(d.part == _RESULT for d in decisions):
        return decisions
    out = list(decisions)
    for at, decision in enumerate(decisions):
        if decision.part not in (_SITUATION, _OTHER):
            break
        told = any(name.startswith("cue:result.") for name in features[at])
        if decision.part == _SITUATION and told and decision.posterior[_RESULT] >= LEAST_RESULT:
            posterior = list(decision.posterior)
            posterior[_RESULT], posterior[_SITUATION] = posterior[_SITUATION], posterior[_RESULT]
            out[at] = Decision(_RESULT, tuple(posterior))
    return out
