"""Before and after: what is told as a change, and what only looks like one."""

from __future__ import annotations

import math
import timeit
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.nlp.changes import Change, changes
from star_analyzer.nlp.quantities import quantities

Pair = tuple[float, float, str]


def read(text: str) -> list[Change]:
    """The changes of a whole text."""
    return changes(text, 0, len(text), quantities(text, 0, len(text)))


def pairs(text: str) -> list[Pair]:
    """The changes of a whole text that have a before and an after."""
    return [(pytest.approx(c.before), pytest.approx(c.after), c.unit) for c in read(text) if c.before is not None]


def ratios(text: str) -> list[float]:
    """The changes of a whole text of which only the ratio is told."""
    return [pytest.approx(c.ratio, abs=1e-6) for c in read(text) if c.before is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # software
        ("Test coverage went from 78% to 86%.", (78, 86, "%")),
        ("We cut p99 latency from 1.2 seconds to 300 ms.", (1200, 300, "millisecond")),
        ("deploys went from one release a month to three a day", (1 / 30.4375, 3, "release per day")),
        ("from 12 open tickets in the old system to 4", (12, 4, "ticket")),
        ("The image shrank from 2 GB to 300 MB.", (2000, 300, "megabyte")),
        ("incidents dropped from twelve to four a week", (12, 4, "per week")),
        ("the build went from like forty minutes to maybe five", (40, 5, "minute")),
        ("we went from nineteen services to two", (19, 2, "service")),
        ("Crash-free sessions climbed from 98.1 to 99.7 percent.", (98.1, 99.7, "%")),
        ("mean time to recovery had gone from 41 minutes to 3", (41, 3, "minute")),
        # models
        ("AUC rose from 0.62 to 0.71.", (0.62, 0.71, "auc")),
        ("auc went from point six two to point seven one", (0.62, 0.71, "auc")),
        ("recall from 71% all the way up to 90%", (71, 90, "%")),
        ("RMSE dropped from 4.2 to 3.1 on the holdout", (4.2, 3.1, "rmse")),
        ("false positives fell from 120 a day to 30 a day", (120, 30, "false positive per day")),
        # shop, hospital, school, finance
        ("Waste fell from 20 kg to 5 kg.", (20, 5, "kilogram")),
        ("sales went from two lakh to three lakh rupees", (200_000, 300_000, "rupee")),
        ("we went from shipping once a month to twice a week", (7 / 30.4375, 2, "time per week")),
        ("average basket from $40 to $52", (40, 52, "dollar")),
        ("went from twenty percent to seven percent", (20, 7, "%")),
        ("precision went from 61 to 74 percent", (61, 74, "%")),
        ("and accuracy rose from 70 to about 81 percent on it", (70, 81, "%")),
        ("the pile went from four hundred items to thirty", (400, 30, "item")),
        ("falls went from 9 a month down to 2 a month", (9, 2, "per month")),
        ("waiting time fell from an average of 2.5 hours to 45 minutes", (150, 45, "minute")),
        ("attendance rose from about 70 to over 85 percent", (70, 85, "%")),
        ("from a week to a day", (7, 1, "day")),
        ("We closed the books in 3 days, down from 10.", (10, 3, "day")),
        ("complaints per hundred calls went from 4 to zero", (4, 0, "")),
        ("our rating went from 3.1 to 4.4 out of 5", (3.1, 4.4, "out of 5")),
        ("no-shows went from one in five to one in nine", (1 / 5, 1 / 9, "")),
        ("from 5 to 3 million euros", (5e6, 3e6, "euro")),
        ("bread waste went from two in three to one in fourteen", (2 / 3, 1 / 14, "")),
        ("we went from eighty-odd thousand dollars a month to about nineteen", (80_000, 19_000, "dollar per month")),
        ("checkout went from 180 ms to 9 s", (0.18, 9, "second")),
        ("the spread went from 1.2 points to 40 basis points", (120, 40, "basis point")),
    ],
)
def test_from_to(text: str, expected: Pair) -> None:
    """What goes "from A to B" is a change, with both numbers in one unit."""
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F1: 0.62 → 0.71", (0.62, 0.71, "f1")),
        ("Latency 900ms -> 120ms", (900, 120, "millisecond")),
        ("churn 5% => 3%", (5, 3, "%")),
        ("build time 12 min --> 4 min", (12, 4, "minute")),
        ("cost: $12k → ~$8k", (12_000, 8000, "dollar")),
        ("7 h 05 → 48 min", (425, 48, "minute")),
        ("cloud bill $4.1k/mo → $160", (4100, 160, "dollar per month")),
        ("212 → 0 long-lived keys", (212, 0, "key")),
        ("tickets/week 40 → 15", (40, 15, "")),
    ],
)
def test_arrows(text: str, expected: Pair) -> None:
    """Arrows are a change, as in notes."""
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nine hours to forty minutes", (540, 40, "minute")),
        ("I cut a 3-day process to 2 hours.", (72, 2, "hour")),
        ("it turned a 3 hour job into 10 minutes", (180, 10, "minute")),
        ("we reduced 40 steps to 12 steps", (40, 12, "step")),
        ("what was half a day became twenty minutes", (720, 20, "minute")),
        ("improved accuracy 78% to 86%", (78, 86, "%")),
        ("took F1 0.62 to 0.71, which improved F1 0.71 to 0.74", (0.71, 0.74, "f1")),
        ("we had 12 incidents a month and got it down to 2", (12, 2, "incident per month")),
        ("the wait was 40 minutes and we brought it down to 15", (40, 15, "minute")),
        ("we had a 30% no-show rate, which I reduced to 12%", (30, 12, "%")),
    ],
)
def test_to_without_from(text: str, expected: Pair) -> None:
    """Without "from", what goes down or is led to by a verb is a change."""
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It used to take 3 days, now 2 hours.", (72, 2, "hour")),
        ("it used to take three days and now it takes two hours", (72, 2, "hour")),
        ("We were at 62% and today we are at 71%.", (62, 71, "%")),
        ("checkout took 9 minutes; after that it took 4", (9, 4, "minute")),
        ("before it was 45 calls a day and after the change 20 calls a day", (45, 20, "call per day")),
        ("3 days before, 2 hours after", (72, 2, "hour")),
        ("it was 12 tickets before and 4 afterwards", (12, 4, "ticket")),
        ("attendance was 60 percent at first and 85 percent by the end of term", (60, 85, "%")),
        ("the queue was forty five minutes and after that it was ten minutes", (45, 10, "minute")),
        ("instead of 3 days it takes 2 hours", (72, 2, "hour")),
        ("initially 30 percent failed, by the end 5 percent", (30, 5, "%")),
        ("The report cost 400 euros a month and now costs 50", (400, 50, "euro per month")),
    ],
)
def test_used_to_and_now(text: str, expected: Pair) -> None:
    """What was once and what is now."""
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34% girls, up from 22", (22, 34, "%")),
        ("2 hours, down from 3 days", (72, 2, "hour")),
        ("AUC of 0.71 (up from 0.62)", (0.62, 0.71, "auc")),
        ("dropped to 4 tickets from 12 tickets", (12, 4, "ticket")),
        ("86% compared to 78% before", (78, 86, "%")),
        ("it takes 2 hours instead of 3 days", (72, 2, "hour")),
        ("in 20 minutes rather than 2 hours", (120, 20, "minute")),
        ("AUC of 0.86 vs 0.81 for the baseline", (0.81, 0.86, "auc")),
        ("now 15 minutes, it used to be 40 minutes", (40, 15, "minute")),
        ("about 20 calls a day where it had been 300", (300, 20, "call per day")),
        ("4% churn, an improvement from 6%", (6, 4, "%")),
        ("we ship 3 times a week versus 1 time a week last year", (1, 3, "time per week")),
    ],
)
def test_after_told_first(text: str, expected: Pair) -> None:
    """In "B, down from A" the before stands behind."""
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 78% in 2020 to 86% in 2022", [(78, 86, "%")]),
        ("Precision went from 0.7 to 0.8 and latency from 200 to 120 ms.", [(0.7, 0.8, "precision"), (200, 120, "millisecond")]),
        ("cost fell from $40k to $25k, errors from 9% to 2%", [(40_000, 25_000, "dollar"), (9, 2, "%")]),
        ("waste was 9%, and shortages fell from eleven to two", [(11, 2, "")]),
        ("complaints in a sample of 500 customers fell from 83 to 6", [(83, 6, "")]),
        ("it fell from 12 to 4 in 3 months with 2 people", [(12, 4, "")]),
    ],
)
def test_several_numbers(text: str, expected: list[Pair]) -> None:
    """Each change is told once, whatever other numbers stand around it."""
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5 to 10 people",
        "from 5 to 10 people",
        "forty to fifty people",
        "it takes two to three weeks",
        "takes from 2 to 3 weeks",
        "took 2 to 3 weeks",
        "orders ranged from 5 to 40 a day",
        "anywhere from 10 to 30 minutes",
        "between 5 and 10 orders",
        "on a scale from 1 to 5",
        "from 2019 to 2021",
        "from 9 am to 5 pm",
        "a nine to five job",
        "Sections 3 to 5",
        "Python 3 to 4",
        "we won 3 to 1",
        "improved by 5 to 10 percent",
        "rose by 8% to 74 million",
        "moved by 8 points to 0.74",
        "3 or 4 incidents",
        "two years and now three months",
        "12 tickets and 4 bugs",
        "I spoke to 12 customers and reduced churn to 4%",
        "I talked to 12 customers and cut the list to 5 features",
        "with 5 servers and 10 databases",
        "0.81 vs 0.86",
        "24/7 to 24/7",
        "pages 3-5",
        "we served 100 guests. It was down to 3 cooks",
        "children from 5 to 12 years old",
        "Wednesdays from two to four",
        "the ticket was open 5 months, the team was busy since three weeks",
        "the loss for ninety minutes came to 31 lakh",
        "5 plus 5 was 55",
        "declined, 5 to 2",
        "4 regions → 60 depots",
        "building eleven was sixteen degrees",
        "it took 300 ms, it was the modal after it that ate 4 sec",
        "it was one of the nine; rents end in 5",
        "no alarm above 15 km/h, false calls down to 2 a week",
        "",
    ],
)
def test_no_pair(text: str) -> None:
    """Ranges, dates, sizes of teams, and numbers of different things are no changes."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We cut the time in half.", 1 / 2),
        ("it cut the time that we need for one case in half", 1 / 2),
        ("The error rate halved.", 1 / 2),
        ("halving the cost", 1 / 2),
        ("Sales doubled within a year.", 2),
        ("we nearly tripled our output", 3),
        ("we managed to double the number of visits", 2),
        ("TRAFFIC QUADRUPLED", 4),
        ("the page is 3x faster", 3),
        ("two and a half times more orders", 2.5),
        ("ten times as many readers", 10),
        ("a 3x improvement", 3),
        ("a tenfold increase in sign-ups", 10),
        ("twice as fast", 2),
        ("5x fewer errors", 1 / 5),
        ("three times cheaper", 1 / 3),
        ("a 4x reduction in cost", 1 / 4),
        ("throughput grew five times", 5),
        ("we reduced the size by 4x", 1 / 4),
        ("we increased conversion by a factor of three", 3),
        ("a third of what it was", 1 / 3),
        ("costs are at one tenth of the original price", 1 / 10),
        ("half as many complaints", 1 / 2),
        ("in half the time", 1 / 2),
        ("half the cost", 1 / 2),
        ("in a third of the time", 1 / 3),
        ("complaints went down by a third", 2 / 3),
        ("reduced waste by two thirds", 1 / 3),
        ("waste dropped to a quarter", 1 / 4),
        ("income grew by a third", 4 / 3),
        ("sales increased by half", 3 / 2),
        ("a third fewer no-shows", 2 / 3),
        ("a quarter more visitors", 5 / 4),
        ("to 30% of what it was", 3 / 10),
        ("twenty percent of its former size", 1 / 5),
    ],
)
def test_ratio(text: str, expected: float) -> None:
    """Words that tell only how many times as much it became; less of something is a ratio below 1."""
    assert ratios(text) == [expected]
    assert pairs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I double-checked the list",
        "we doubled down on quality",
        "my goal was to double the sales",
        "Halve the spend by June.",
        "forty percent of what she did was reading",
        "it could halve the cost",
        "a double shift and a triple espresso",
        "two halves",
        "half of the team left",
        "half my class",
        "half the time it was broken",
        "81% of the time",
        "a third of the time it failed",
        "half of what drove the score was luck",
        "the first half",
        "I called them three times",
        "we restarted it 3 times a day",
        "a third of our patients are over seventy",
        "the third of May",
        "30% of the customers",
        "two-thirds of the class",
        "halfway through",
        "failed orders fell to one in ninety",
        "5-fold cross-validation",
        "the time went down, and half of them smiled",
    ],
)
def test_no_ratio(text: str) -> None:
    """Shares, repetitions, pieces and wishes are no changes."""
    assert read(text) == []


def test_pair_and_ratio_in_order() -> None:
    """A sentence may tell both kinds of change."""
    text = "Costs halved, and latency went from 200 to 120 ms, which made it 3x faster."
    assert [(c.before, c.after, c.ratio) for c in read(text)] == [(None, None, 0.5), (200, 120, None), (None, None, 3)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("It went from 78% to 86% in May.", "78% to 86%"),
        ("Only 34% left, up from 22% before.", "34% left, up from 22%"),
        ("It became 3x faster.", "3x faster"),
        ("It is a third of what it was.", "a third of what it was"),
        ("It was halved.", "halved"),
    ],
)
def test_span(text: str, span: str) -> None:
    """The span covers both numbers, or the words that tell the ratio."""
    (change,) = read(text)
    assert text[change.start : change.end] == span


def test_only_the_stretch_is_read() -> None:
    """A "from" outside the stretch makes no change of a range inside."""
    text = "it went from 5 to 8 tickets"
    start = text.index("5")
    assert read(text) != []
    assert changes(text, start, len(text), quantities(text, start, len(text))) == []


# Properties

WORDS = [
    *[
        "from",
        "to",
        "5",
        "12",
        "0.7",
        "20%",
        "3 days",
        "2 hours",
        "$40",
        "a week",
        "half",
        "a third",
        "3x",
        "twice",
        "as many",
        "faster",
        "of what",
    ],
    *[
        "it was",
        "used to",
        "now",
        "before",
        "after",
        "instead of",
        "down",
        "up",
        "cut",
        "grew",
        "by",
        "in",
        "and",
        ",",
        ".",
        "→",
        "->",
        "halved",
    ],
    *[
        "doubled",
        "people",
        "tickets",
        "one",
        "zero",
        "AUC",
        "vs",
        "compared",
        "rather than",
        "out of 5",
        "of",
        "the",
        "double the",
        "İ",
        "to double",
    ],
]
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@given(texts, st.data())
def test_spans_are_inside_ordered_and_apart(text: str, data: st.DataObject) -> None:
    """Spans lie inside the stretch, in order, without overlap, with finite numbers, for any text and stretch."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = changes(text, start, end, quantities(text, start, end))
    assert all(start <= c.start < c.end <= end for c in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    for change in found:
        told = (change.ratio,) if change.before is None else (change.before, change.after)
        assert all(value is not None and math.isfinite(value) for value in told)
        assert (change.ratio is None) is (change.before is not None) is (change.after is not None)


@given(st.text(max_size=30), texts, st.text(max_size=30))
def test_surroundings_do_not_matter(before: str, text: str, after: str) -> None:
    """What stands outside the stretch changes nothing but the offsets."""
    whole, start, end = before + text + after, len(before), len(before) + len(text)
    shifted = [c._replace(start=c.start + start, end=c.end + start) for c in read(text)]
    assert changes(whole, start, end, quantities(whole, start, end)) == shifted


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from([" tickets", "%", " minutes", " dollars", " MB", " orders a day"]))
def test_any_numbers_from_to(one: int, two: int, unit: str) -> None:
    """What goes "from A to B" is a change whatever the numbers, with their unit told once or twice."""
    for text in (
        f"it went from {one:,}{unit} to {two:,}{unit}",
        f"it went from {one:,} to {two:,}{unit}",
        f"it went from {one:,}{unit} to {two:,}",
    ):
        assert [(c.before, c.after) for c in read(text)] == [(one, two)]


@pytest.mark.parametrize(
    "piece", [*WORDS, "from 5 to 3 ", "5 - ", "1 1", "- ", "-- 5 ", "to " * 9, "halve", "h", "it was 5, now 3 ", "ta", "5 and got it to "]
)
def test_linear_time(piece: str) -> None:
    """Long runs of anything are read in time that grows with their length only, not with its square."""
    long, short = (f"{piece} " * (size // (len(piece) + 1)) for size in (30_000, 3_000))
    assert seconds(long) < 40 * seconds(short) + 0.02


def seconds(text: str) -> float:
    """The better time of two readings."""
    found = quantities(text, 0, len(text))
    return min(timeit.repeat(lambda: changes(text, 0, len(text), found), number=1, repeat=2))


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("I talked to the customer about her order and then we looked for the missing parcel in the back of the store.", 30),
        ("We talked to the customers and in the end the wait at the counter went from 25 minutes to 8 minutes on most days.", 200),
    ],
)
def test_speed(text: str, microseconds: float) -> None:
    """A sentence costs a few microseconds; the limits leave room for slow machines."""
    found = quantities(text, 0, len(text))
    timer = timeit.Timer(lambda: changes(text, 0, len(text), found))
    assert min(timer.repeat(7, 200)) / 200 * 1e6 < microseconds
