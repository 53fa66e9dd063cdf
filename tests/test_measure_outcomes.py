"""What came of it: numbers, changes, vague claims, kinds of result, and numbers that cannot be true."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from building import Moved, Number, Said, evidence, told, words

from star_analyzer import Report
from star_analyzer.evidence import RESULT_KINDS, Evidence
from star_analyzer.measures.outcomes import outcomes
from star_analyzer.sections import Outcomes, Part

Analyze = Callable[[str], Report]


def measured(found: Evidence) -> Outcomes:
    """The outcomes of some evidence."""
    return outcomes(found, told(found))


# ---- numbers


@pytest.mark.parametrize("kind", ["percent", "percentage_points", "money", "time", "ratio", "rate", "metric", "count", "size"])
def test_a_measure_in_a_measured_sentence_is_an_outcome(kind: str) -> None:
    """A number that can measure something measures the outcome where its sentence does."""
    found = evidence(Said("It fell by 20.", part="result", quantities=[Number("20", 20, kind)], claims={"quantified": 0.9}))
    assert [q.outcome for q in measured(found).quantities] == [True]


@pytest.mark.parametrize("kind", ["date", "people", "ordinal", "label", "always"])
def test_what_measures_nothing_is_no_outcome(kind: str) -> None:
    """Dates, sizes of teams, version numbers and "24/7" are listed but never an outcome."""
    found = evidence(Said("It fell in 2020.", part="result", quantities=[Number("2020", 2020, kind)], claims={"quantified": 0.9}))
    assert [(q.kind, q.outcome) for q in measured(found).quantities] == [(kind, False)]


def test_a_number_elsewhere_is_no_outcome() -> None:
    """A number in a sentence that does not measure the outcome is none, whatever its kind."""
    found = evidence(
        Said("We had 300 orders.", part="situation", quantities=[Number("300", 300, "count", "order")], claims={"quantified": 0.4}),
        Said("It fell by 20%.", part="result", quantities=[Number("20%", 20, "percent", "%", "recall")], claims={"quantified": 0.8}),
    )
    got = measured(found)
    assert [(q.sentence, q.part, q.outcome) for q in got.quantities] == [(1, Part.SITUATION, False), (2, Part.RESULT, True)]
    assert [(q.value, q.unit, q.kind, q.metric) for q in got.quantities] == [(300, "order", "count", ""), (20, "%", "percent", "recall")]
    assert words(found, got.quantities) == ["300", "20%"]
    assert [c.sentence for c in got.measured] == [2]


def test_the_likeliest_sentence_measures_where_only_the_answer_is_certain() -> None:
    """Where the answer as a whole is measured, the number of the likeliest sentence is the outcome."""
    said = [
        Said("It took 300 days.", quantities=[Number("300", 300, "time")], claims={"quantified": 0.2}),
        Said("It took 20 days.", quantities=[Number("20", 20, "time")], claims={"quantified": 0.4}),
    ]
    assert [q.outcome for q in measured(evidence(*said)).quantities] == [False, False]
    assert [q.outcome for q in measured(evidence(*said, made=("quantified",))).quantities] == [False, True]


# ---- changes


@pytest.mark.parametrize(
    ("before", "after", "ratio", "direction"),
    [
        (20, 7, None, "down"),
        (7, 20, None, "up"),
        (7, 7, None, "unknown"),
        (0, 0.5, None, "up"),
        (None, None, 0.5, "down"),
        (None, None, 3, "up"),
        (None, None, 1.5, "up"),
        (None, None, 1, "unknown"),
        (None, 7, None, "unknown"),
        (20, None, None, "unknown"),
        (20, 7, 3, "down"),
    ],
)
def test_direction(before: float | None, after: float | None, ratio: float | None, direction: str) -> None:
    """The direction follows from before and after, or else from the ratio."""
    found = evidence(Said("It went from A to B.", part="result", changes=[Moved("from A to B", before, after, ratio)]))
    (change,) = measured(found).changes
    assert change.direction == direction
    assert (change.before, change.after, change.ratio) == (before, after, ratio)
    assert (change.sentence, change.part) == (1, Part.RESULT)
    assert words(found, [change]) == ["from A to B"]


def test_a_ratio_is_rounded() -> None:
    """A ratio has three places."""
    assert measured(evidence(Said("A third.", changes=[Moved("A third", ratio=1 / 3)]))).changes[0].ratio == 0.333


# ---- claims and vague words


def test_vague_words_count_in_the_outcome_only() -> None:
    """What went well is vague in Result and Reflection; in a Situation it claims no success of the speaker's."""
    parts = ("situation", "task", "action", "result", "reflection", "other")
    found = evidence(*(Said("It went well.", part=p, mentions=[("outcome.vague", "went well")]) for p in parts))
    assert [v.sentence for v in measured(found).vague] == [4, 5]


@pytest.mark.parametrize("vague", [True, False])
def test_vague_only_is_that_of_the_whole_answer(vague: bool) -> None:
    """Whether the outcome is told only in vague words is decided over the whole answer."""
    assert measured(evidence("It went well.", vague=vague)).vague_only is vague


def test_kinds_of_result_are_listed_in_a_fixed_order() -> None:
    """Only kinds that are shown are listed, each with its sentences, in the order of `RESULT_KINDS`."""
    found = evidence(
        Said("It is used.", claims={"result:adoption": 0.9, "result:business": 0.4}),
        Said("It pays.", claims={"result:business": 0.9, "result:adoption": 0.6}),
        Said("It runs.", claims={"result:reliability": 0.3}),
    )
    got = measured(found).kinds
    assert [(k.kind, [e.sentence for e in k.evidence]) for k in got] == [("business", [2]), ("adoption", [1, 2])]
    every = evidence(Said("All.", claims={f"result:{k}": 0.9 for k in reversed(RESULT_KINDS)}))
    assert tuple(k.kind for k in measured(every).kinds) == RESULT_KINDS


def test_baseline_is_a_claim() -> None:
    """Sentences that tell before and after are those that claim it."""
    found = evidence(Said("It was 20.", claims={"baseline": 0.3}), Said("From 20 to 7.", claims={"baseline": 0.9}))
    assert [c.sentence for c in measured(found).baseline] == [2]


# ---- numbers that cannot be true


def implausible(text: str, *quantities: Number) -> list[tuple[str, str]]:
    """Words and reasons of the impossible numbers of one sentence."""
    found = evidence(Said(text, part="result", quantities=quantities))
    got = measured(found).implausible
    return [(found.text[i.start : i.end], i.why) for i in got]


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("Recall rose to 120%.", Number("120%", 120, "percent", "%", "recall"), "recall cannot be more than 100%"),
        ("Recall rose to 101%.", Number("101%", 101, "percent", "%", "recall"), "recall cannot be more than 100%"),
        ("Recall went by our target at 120%.", Number("120%", 120, "percent", "%", "recall"), "recall cannot be more than 100%"),
        ("We reached an AUC of 130%.", Number("130%", 130, "percent", "%", "auc"), "AUC cannot be more than 100%"),
        ("The AUC was 1.2.", Number("1.2", 1.2, "metric", "", "auc"), "AUC cannot be more than 1"),
        ("Precision was 1.05.", Number("1.05", 1.05, "metric", "", "precision"), "precision cannot be more than 1"),
        ("Recall was 1.49.", Number("1.49", 1.49, "metric", "", "recall"), "recall cannot be more than 1"),
        ("Waste fell by 101%.", Number("101%", 101, "percent", "%"), "nothing can fall by more than 100%"),
        ("Waste fell, thanks to our work, 150%.", Number("150%", 150, "percent", "%"), "nothing can fall by more than 100%"),
        ("Waste fell by 150%.", Number("150%", 150, "percent", "%"), "nothing can fall by more than 100%"),
        ("We cut the costs by 120%.", Number("120%", 120, "percent", "%"), "nothing can fall by more than 100%"),
        ("Sales grew, and waste dropped by 200%.", Number("200%", 200, "percent", "%"), "nothing can fall by more than 100%"),
        ("A reduction of about 300% came.", Number("300%", 300, "percent", "%"), "nothing can fall by more than 100%"),
    ],
)
def test_impossible_numbers(text: str, number: Number, why: str) -> None:
    """A share above the whole, and a fall by more than there was, are named with the reason."""
    assert implausible(text, number) == [(number.words, why)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Recall rose to 100%.", Number("100%", 100, "percent", "%", "recall")),
        ("Recall improved by 120%.", Number("120%", 120, "percent", "%", "recall")),
        ("Recall improved by more than 120%.", Number("120%", 120, "percent", "%", "recall")),
        ("The AUC was 0.91.", Number("0.91", 0.91, "metric", "", "auc")),
        ("The AUC was 1.", Number("1", 1, "metric", "", "auc")),
        ("The RMSE was 1.2.", Number("1.2", 1.2, "metric", "", "rmse")),
        ("Precision was 1.5.", Number("1.5", 1.5, "metric", "", "precision")),
        ("Load fell to almost 120%.", Number("120%", 120, "percent", "%")),
        ("Costs fell and so our sales made another 150%.", Number("150%", 150, "percent", "%")),
        ("Precision was 87.", Number("87", 87, "metric", "", "precision")),
        ("Waste fell by 100%.", Number("100%", 100, "percent", "%")),
        ("Waste fell from 150% to 90%.", Number("150%", 150, "percent", "%")),
        ("Load fell to 120%.", Number("120%", 120, "percent", "%")),
        ("Sales grew by 150%.", Number("150%", 150, "percent", "%")),
        ("Costs fell, and revenue grew by 150%.", Number("150%", 150, "percent", "%")),
        ("Costs fell and sales were up 150%.", Number("150%", 150, "percent", "%")),
        ("Downloads went up by 150%.", Number("150%", 150, "percent", "%")),
        ("The fallback handled 150%.", Number("150%", 150, "percent", "%")),
        ("Waste fell by 150 euros.", Number("150 euros", 150, "money", "euro")),
    ],
)
def test_possible_numbers(text: str, number: Number) -> None:
    """Growth has no limit, and what only stands near a word for falling did not fall."""
    assert implausible(text, number) == []


def test_an_impossible_number_knows_its_sentence() -> None:
    """The words before it are looked for in its own sentence only."""
    number = Number("150%", 150, "percent", "%")
    found = evidence("So waste fell", Said("150% more came.", quantities=[number]), Said("Waste fell by 150%.", quantities=[number]))
    assert [i.sentence for i in measured(found).implausible] == [3]


def test_a_plain_result(analyze: Analyze) -> None:
    """A plain measured result has its number, its change and its claim; the numbers of the setup are none."""
    report = analyze(
        "Last spring our bakery had 12 ovens and threw away a fifth of its bread. My task was to halve that by June 2021. "
        "I wrote down what was left every evening for three weeks. As a result, waste fell from 20% to 7%."
    )
    came = report.outcomes
    assert [report.quote(q) for q in came.quantities if q.outcome] == ["20%", "7%"]
    assert [(c.before, c.after, c.direction) for c in came.changes if c.part is Part.RESULT] == [(20, 7, "down")]
    assert [c.sentence for c in came.measured] == [4]
    assert not came.vague_only
    assert came.implausible == ()
