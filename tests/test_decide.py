"""Parts from one reading of a text, and from two of run-on text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from star_analyzer import Analyzer
from star_analyzer.evidence import PARTS
from star_analyzer.nlp.chain import PartWeights
from star_analyzer.nlp.decide import Reading, decide, decide_twice, facts_of
from star_analyzer.nlp.facts import UnitFacts
from star_analyzer.nlp.run_on import cuts, cuts_twice
from star_analyzer.nlp.segments import Segment
from star_analyzer.nlp.units import Unit

N = len(PARTS)
S, T, A, R = range(4)
SPOKEN = (
    "so last year i was working in a small bakery in the old town and we threw away a lot of bread my boss asked me to find out why so i "
    "wrote down what was left for three weeks then i called the shops and i told them to order before noon in the end we threw away half "
    "as much i learned that you should count before you cut"
)


def row(part: int, weight: float) -> tuple[float, ...]:
    """Weight for one part only."""
    return tuple(weight if k == part else 0.0 for k in range(N))


NONE = (0.0,) * N
WEIGHTS = PartWeights("1", 1.0, {"s": row(S, 6), "a": row(A, 6), "r": row(R, 6), "maybe-a": row(A, 0.5)}, NONE, NONE, (NONE,) * N)


def reading(*units: tuple[int, int, str]) -> Reading:
    """Units of characters with a feature each."""
    segment = Segment(0, 100, run_on=True)
    found = [Unit(start, end, tuple(range(start, end)), tuple(range(start, end)), segment, False) for start, end, _ in units]
    return Reading(found, [UnitFacts({name: None}, (), (), {}) for *_, name in units])


def shown(found: Sequence[Any]) -> list[tuple[int, int, int]]:
    """Places and parts."""
    return [(d.unit.start, d.unit.end, d.decision.part) for d in found]


def test_a_sentence_with_two_parts_is_cut() -> None:
    """Its pieces say different things, and surely."""
    coarse, fine = reading((0, 20, "maybe-a"), (21, 30, "r")), reading((0, 9, "s"), (10, 20, "a"), (21, 30, "r"))
    assert shown(decide_twice(WEIGHTS, coarse, fine)) == [(0, 9, S), (10, 20, A), (21, 30, R)]


def test_a_sentence_with_one_part_stays_whole() -> None:
    """However often it could be cut."""
    coarse, fine = reading((0, 30, "a")), reading((0, 9, "a"), (10, 20, "maybe-a"), (21, 30, "a"))
    (found,) = decide_twice(WEIGHTS, coarse, fine)
    assert (found.unit, found.decision.part) == (coarse.units[0], A)


def test_pieces_of_one_part_are_joined_but_not_across_sentences() -> None:
    """Two pieces beside each other are one unit with the tokens of both; a sentence end stays one."""
    coarse, fine = reading((0, 30, "maybe-a"), (31, 40, "a")), reading((0, 9, "s"), (10, 20, "a"), (21, 30, "a"), (31, 40, "a"))
    found = decide_twice(WEIGHTS, coarse, fine)
    assert shown(found) == [(0, 9, S), (10, 30, A), (31, 40, A)]
    assert found[1].unit.tokens == (*range(10, 20), *range(21, 30))


def test_the_whole_counts_as_much_as_the_piece() -> None:
    """A sentence that is sure of its part keeps it against a piece that is not."""
    coarse, fine = reading((0, 20, "r")), reading((0, 9, "r"), (10, 20, "maybe-a"))
    assert shown(decide_twice(WEIGHTS, coarse, fine)) == [(0, 20, R)]


def test_probabilities_are_those_of_both() -> None:
    """The mean of the two readings, weighed by length where pieces are joined."""
    coarse, fine = reading((0, 30, "a")), reading((0, 10, "a"), (10, 30, "maybe-a"))
    (found,) = decide_twice(WEIGHTS, coarse, fine)
    (whole,) = decide(WEIGHTS, coarse)
    first, second = decide(WEIGHTS, fine)
    for k in range(N):
        mean = (whole.decision.posterior[k] + (first.decision.posterior[k] + 2 * second.decision.posterior[k]) / 3) / 2
        assert found.decision.posterior[k] == pytest.approx(mean)
    assert sum(found.decision.posterior) == pytest.approx(1)


def test_facts_are_looked_up_once() -> None:
    """Only for units that no reading has."""
    coarse, fine = reading((0, 30, "maybe-a"), (31, 40, "a")), reading((0, 9, "s"), (10, 20, "a"), (21, 30, "a"), (31, 40, "a"))
    looked: list[tuple[int, int]] = []

    def look(unit: Unit) -> UnitFacts:
        looked.append((unit.start, unit.end))
        return UnitFacts({"new": None}, (), (), {})

    facts = facts_of([unit for unit, _ in decide_twice(WEIGHTS, coarse, fine)], (coarse, fine), look)
    assert [next(iter(f.features)) for f in facts] == ["s", "new", "a"]
    assert looked == [(10, 30)]


VOCABULARY = (
    "i we then my boss asked called the shop was late and learned to fell by half because it found old logs nobody knew why set both clocks "
    "server sunday counts twice errors dropped from twelve percent in june told them about a new rota they agreed after week "
).split()
WORDS = st.permutations(VOCABULARY).flatmap(lambda words: st.integers(1, len(words)).map(lambda n: words[:n]))
"""No word twice: what is said twice is a repair, and no part of a sentence where it stands at an end."""


@settings(max_examples=40)
@given(WORDS)
def test_finer_cuts_have_all_the_others(read: Callable[[str], Any], words: list[str]) -> None:
    """Whatever the weights; in order, and leaving pieces of some words."""
    seen = read(" ".join(words)).view
    places = list(range(len(seen.lower)))
    for weights in ({"always": 0.0}, {"always": -1.0}, {"always": -1.0, "before:i": 2.0, "after:um": -3.0}, {"always": -9.0}):
        likely, found = cuts_twice(seen, places, weights)
        assert likely == cuts(seen, places, weights)
        assert set(likely) <= set(found)
        assert found == sorted(set(found))
        assert all(b - a >= 3 for a, b in pairwise([0, *found, len(places)]) if not {a, b} <= {0, *likely, len(places)})


@settings(max_examples=40)
@given(WORDS)
def test_speech_is_covered_once(analyzer: Analyzer, words: list[str]) -> None:
    """Every word stands in exactly one sentence, in order, and sentences do not overlap."""
    report = analyzer.analyze(" ".join(["so", *words]))
    assert " ".join(report.text[s.start : s.end] for s in report.sentences).split() == report.text.split()
    assert all(a.end <= b.start for a, b in pairwise(report.sentences))


def test_speech_is_read_twice_and_typed_text_once(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text with full stops costs nothing more."""
    from star_analyzer.nlp import parts

    calls: list[int] = []

    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return decide_twice(*arguments)

    monkeypatch.setattr(parts, "decide_twice", counted)
    analyzer.analyze(
        "Our bakery threw away bread. My boss asked me to find out why. I wrote down what was left. We threw away half as much."
    )
    assert calls == []
    report = analyzer.analyze(SPOKEN)
    assert calls == [1]
    assert [s.part.value for s in report.sentences][-1] == "reflection"
    assert {"situation", "action", "result"} <= {s.part.value for s in report.sentences}
