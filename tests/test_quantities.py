"""Numbers with meaning: value, unit and kind, and what is no measurement."""

from __future__ import annotations

import math
import timeit
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.nlp.quantities import ONES, OUTCOME_KINDS, SECONDS, TENS, Quantity, quantities, singular

Row = tuple[str, float, str, str]
NO_MEASURE = {"date", "people", "ordinal", "label", "always"}
KINDS = OUTCOME_KINDS | NO_MEASURE


def read(text: str) -> list[Quantity]:
    """The quantities of a whole text."""
    return quantities(text, 0, len(text))


def rows(text: str) -> list[Row]:
    """The quantities of a whole text as span, value, unit and kind."""
    return [(text[q.start : q.end], pytest.approx(q.value), q.unit, q.kind) for q in read(text)]


def metrics(text: str) -> list[tuple[float, str, str]]:
    """The quantities of a whole text as value, kind and metric."""
    return [(q.value, q.kind, q.metric) for q in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The error rate fell by 40%.", [("40%", 40, "%", "percent")]),
        ("Conversion rose 2.5 % in March.", [("2.5 %", 2.5, "%", "percent")]),
        ("absence went down twenty five percent", [("twenty five percent", 25, "%", "percent")]),
        ("We cut no-shows by 12 per cent.", [("12 per cent", 12, "%", "percent")]),
        ("about half a percent of orders", [("half a percent", 0.5, "%", "percent")]),
        ("uptime was ninety nine point nine percent", [("ninety nine point nine percent", 99.9, "%", "percent")]),
        ("ninety-nine point something percent", [("ninety-nine point something percent", 99, "%", "percent")]),
        ("a 15-percent discount", [("15-percent", 15, "%", "percent")]),
        ("Margin was -3%.", [("-3%", -3, "%", "percent")]),
        ("Sales: +12% year on year", [("+12%", 12, "%", "percent")]),
        ("churn grew 2% a month", [("2% a month", 2, "% per month", "percent")]),
        ("it rose by one percent", [("one percent", 1, "%", "percent")]),
        ("one percent of all claims", [("one percent", 1, "%", "percent")]),
    ],
)
def test_percent(text: str, expected: list[Row]) -> None:
    """Percent, as sign or word, with digits or spelled out."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Retention is up 4 percentage points.", [("4 percentage points", 4, "point", "percentage_points")]),
        ("recall gained three points", [("three points", 3, "point", "percentage_points")]),
        ("by 1.5pp", [("1.5pp", 1.5, "point", "percentage_points")]),
        ("attendance rose 6 % points", [("6 % points", 6, "point", "percentage_points")]),
        ("The spread tightened 35 basis points.", [("35 basis points", 35, "basis point", "percentage_points")]),
        ("fees fell 20 bps", [("20 bps", 20, "basis point", "percentage_points")]),
        ("an 8-point drop in complaints", [("8-point", 8, "point", "percentage_points")]),
        ("less than half a point of accuracy", [("half a point", 0.5, "point", "percentage_points")]),
    ],
)
def test_percentage_points(text: str, expected: list[Row]) -> None:
    """Points of a percentage and basis points."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We saved $1.2M.", [("$1.2M", 1_200_000, "dollar", "money")]),
        ("It cost 1.2 million dollars.", [("1.2 million dollars", 1_200_000, "dollar", "money")]),
        ("a €40k contract", [("€40k", 40_000, "euro", "money")]),
        ("about 1,200€ a month", [("1,200€ a month", 1200, "euro per month", "money")]),
        ("£2.5bn in loans", [("£2.5bn", 2.5e9, "pound", "money")]),
        ("USD 300 per licence", [("USD 300 per licence", 300, "dollar per licence", "money")]),
        ("500 EUR", [("500 EUR", 500, "euro", "money")]),
        ("Rs. 5 lakh", [("Rs. 5 lakh", 500_000, "rupee", "money")]),
        ("two crore rupees", [("two crore rupees", 20_000_000, "rupee", "money")]),
        ("₹12,34,567", [("₹12,34,567", 1_234_567, "rupee", "money")]),
        ("US$ 90 in fees", [("US$ 90", 90, "dollar", "money")]),
        ("lost -$400 on it", [("-$400", -400, "dollar", "money")]),
        ("it saved us five hundred bucks", [("five hundred bucks", 500, "dollar", "money")]),
        ("around 50 grand a year", [("50 grand a year", 50_000, "money per year", "money")]),
        ("20 cents per order", [("20 cents per order", 20, "cent per order", "money")]),
        ("cost per page was $0.12", [("$0.12", 0.12, "dollar", "money")]),
        ("half a million euros", [("half a million euros", 500_000, "euro", "money")]),
        ("twenty k euros", [("twenty k euros", 20_000, "euro", "money")]),
    ],
)
def test_money(text: str, expected: list[Row]) -> None:
    """Money with the currency before or after, with scales of several countries."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p95 went down to 200ms.", [("200ms", 200, "millisecond", "time")]),
        ("It took two and a half days.", [("two and a half days", 2.5, "day", "time")]),
        ("a day and a half of downtime", [("a day and a half", 1.5, "day", "time")]),
        ("an hour and a half", [("an hour and a half", 1.5, "hour", "time")]),
        ("the build takes 1.5 hrs", [("1.5 hrs", 1.5, "hour", "time")]),
        ("a 20-minute wait", [("20-minute", 20, "minute", "time")]),
        ("half an hour", [("half an hour", 0.5, "hour", "time")]),
        ("a half hour late", [("a half hour", 0.5, "hour", "time")]),
        ("three quarters of an hour", [("three quarters of an hour", 0.75, "hour", "time")]),
        ("within 3 business days", [("3 business days", 3, "day", "time")]),
        ("saved 10 hours a week", [("10 hours a week", 10, "hour per week", "time")]),
        ("it ran for 2h 30m", [("2h 30m", 2.5, "hour", "time")]),
        ("2 h 50 on average", [("2 h 50", 2 + 50 / 60, "hour", "time")]),
        ("a TTL of 60 s", [("60 s", 60, "second", "time")]),
        ("two hours and fifteen minutes", [("two hours and fifteen minutes", 2.25, "hour", "time")]),
        ("finished two weeks' work", [("two weeks", 2, "week", "time")]),
        ("a couple of weeks", [("a couple of weeks", 2, "week", "time")]),
        ("restarts in 30s", [("30s", 30, "second", "time")]),
        ("done in one day", [("one day", 1, "day", "time")]),
        ("we finished one week early", [("one week", 1, "week", "time")]),
        ("instead of a full day", [("a full day", 1, "day", "time")]),
        ("we cut it to a week", [("a week", 1, "week", "time")]),
        ("from eight hundred milliseconds", [("eight hundred milliseconds", 800, "millisecond", "time")]),
        ("five man-days", [("five man-days", 5, "day", "time")]),
        ("eighteen month project", [("eighteen month", 18, "month", "time")]),
    ],
)
def test_time(text: str, expected: list[Row]) -> None:
    """Durations, whole and in parts, with abbreviations written out."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("closed 120 tickets", [("120 tickets", 120, "ticket", "count")]),
        ("two hundred and fifty orders", [("two hundred and fifty orders", 250, "order", "count")]),
        ("one and a half million users", [("one and a half million users", 1_500_000, "user", "count")]),
        ("a hundred and twenty k rows", [("a hundred and twenty k rows", 120_000, "row", "count")]),
        ("fifteen hundred parcels", [("fifteen hundred parcels", 1500, "parcel", "count")]),
        ("two thousand three hundred and four pages", [("two thousand three hundred and four pages", 2304, "page", "count")]),
        ("a couple hundred students", [("a couple hundred students", 200, "student", "count")]),
        ("two dozen suppliers", [("two dozen suppliers", 24, "supplier", "count")]),
        ("half a dozen incidents", [("half a dozen incidents", 6, "incident", "count")]),
        ("3 lakh customers", [("3 lakh customers", 300_000, "customer", "count")]),
        ("12,500 records", [("12,500 records", 12_500, "record", "count")]),
        ("200+ stores", [("200+ stores", 200, "store", "count")]),
        ("a 7B parameter model", [("7B parameter", 7e9, "parameter", "count")]),
        ("20 more orders", [("20 more orders", 20, "order", "count")]),
        ("5 of our shops", [("5 of our shops", 5, "shop", "count")]),
        ("3 critical bugs", [("3 critical bugs", 3, "bug", "count")]),
        ("four follow-ups", [("four follow-ups", 4, "follow-up", "count")]),
        ("zero complaints", [("zero complaints", 0, "complaint", "count")]),
        ("we took two x-rays", [("two x-rays", 2, "x-ray", "count")]),
        ("it failed three times in May", [("three times", 3, "time", "count")]),
        ("2000 users signed up", [("2000 users", 2000, "user", "count")]),
        ("two batches and four analyses", [("two batches", 2, "batch", "count"), ("four analyses", 4, "analyse", "count")]),
        ("in batches of 2000", [("2000", 2000, "", "count")]),
        ("thirty-odd orders", [("thirty-odd orders", 30, "order", "count")]),
        ("200 long-lived keys", [("200 long-lived keys", 200, "key", "count")]),
        ("twenty five out of the blue", [("twenty five", 25, "", "count")]),
        ("fifty-two kids", [("fifty-two kids", 52, "kid", "count")]),
    ],
)
def test_count(text: str, expected: list[Row]) -> None:
    """Numbers of things, with the plural that they count as unit; spelled-out numbers count like digits."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 incidents a week", [("12 incidents a week", 12, "incident per week", "rate")]),
        ("handles 5k requests per second", [("5k requests per second", 5000, "request per second", "rate")]),
        ("about 4 a week", [("4 a week", 4, "per week", "rate")]),
        ("300 rps at peak", [("300 rps", 300, "rps", "rate")]),
        ("200 req/s", [("200 req/s", 200, "req per second", "rate")]),
        ("20k/month", [("20k/month", 20_000, "per month", "rate")]),
        ("three times a day", [("three times a day", 3, "time per day", "rate")]),
        ("we met once a week", [("once a week", 1, "time per week", "rate")]),
        ("twice a week", [("twice a week", 2, "time per week", "rate")]),
        ("3 falls per 1,000 bed days", [("3 falls per 1,000 bed days", 3, "fall per 1000 day", "rate")]),
        ("forty calls a day", [("forty calls a day", 40, "call per day", "rate")]),
        ("15 deploys daily", [("15 deploys daily", 15, "deploy per day", "rate")]),
        ("20 MB/s", [("20 MB/s", 20, "megabyte per second", "rate")]),
        ("two defects per batch", [("two defects per batch", 2, "defect per batch", "rate")]),
        ("false positives fell to 30 a day", [("30 a day", 30, "false positive per day", "rate")]),
        ("60 fps on a phone", [("60 fps", 60, "fps", "rate")]),
    ],
)
def test_rate(text: str, expected: list[Row]) -> None:
    """Numbers of things per time or per other things."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x faster", [("3x", 3, "times", "ratio")]),
        ("two and a half times more", [("two and a half times", 2.5, "times", "ratio")]),
        ("sales grew five times", [("five times", 5, "times", "ratio")]),
        ("a tenfold increase", [("tenfold", 10, "times", "ratio")]),
        ("a 4-fold increase", [("4-fold", 4, "times", "ratio")]),
        ("twice as fast", [("twice", 2, "times", "ratio")]),
        ("by a factor of three", [("three", 3, "times", "ratio")]),
        ("ten x cheaper", [("ten x", 10, "times", "ratio")]),
        ("cut in half", [("half", 0.5, "", "ratio")]),
        ("down by a third", [("a third", 1 / 3, "", "ratio")]),
        ("two-thirds of the class", [("two-thirds", 2 / 3, "", "ratio")]),
        ("three quarters of the beds", [("three quarters", 0.75, "", "ratio")]),
        ("a quarter of our budget", [("a quarter", 0.25, "", "ratio")]),
        ("one in five parcels", [("one in five", 0.2, "", "ratio")]),
        ("3 in 10 patients", [("3 in 10", 0.3, "", "ratio")]),
        ("1/3 of the stock", [("1/3", 1 / 3, "", "ratio")]),
        ("right nine times out of ten", [("nine times out of ten", 9, "out of 10", "ratio")]),
        ("8 out of 10 parents", [("8 out of 10", 8, "out of 10", "ratio")]),
        ("rated 4.5/5", [("4.5/5", 4.5, "out of 5", "ratio")]),
    ],
)
def test_ratio(text: str, expected: list[Row]) -> None:
    """Multiples, fractions, shares and marks."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 4 GB image", [("4 GB", 4, "gigabyte", "size")]),
        ("300MB of logs", [("300MB", 300, "megabyte", "size")]),
        ("we threw away 20 kg a day", [("20 kg a day", 20, "kilogram per day", "rate")]),
        ("6 tonnes of waste", [("6 tonnes", 6, "ton", "size")]),
        ("five pounds of flour", [("five pounds", 5, "pound", "size")]),
        ("the fridge was at 8°C", [("8°C", 8, "degree", "size")]),
    ],
)
def test_size(text: str, expected: list[Row]) -> None:
    """Bytes, weights, volumes, lengths."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AUC went from 0.62 to 0.71", [(0.62, "metric", "auc"), (0.71, "metric", "auc")]),
        ("an F1 score of 0.84", [(0.84, "metric", "f1 score")]),
        ("F1-score: .84", [(0.84, "metric", "f1 score")]),
        ("precision at 92% and recall at 85%", [(92, "percent", "precision"), (85, "percent", "recall")]),
        ("precision ninety recall eighty five", [(90, "metric", "precision"), (85, "metric", "recall")]),
        ("we got 0.91 AUC", [(0.91, "metric", "auc")]),
        ("92% test accuracy", [(92, "percent", "accuracy")]),
        ("RMSE dropped from 4.2 to 3.1", [(4.2, "metric", "rmse"), (3.1, "metric", "rmse")]),
        ("recall improved by 6 points", [(6, "percentage_points", "recall")]),
        ("auc went from point six two to point seven one", [(0.62, "metric", "auc"), (0.71, "metric", "auc")]),
        ("accuracy is zero point eight", [(0.8, "metric", "accuracy")]),
        ("word error rate came down from nineteen to fourteen", [(19, "metric", "word error rate"), (14, "metric", "word error rate")]),
        ("recall@10 of 0.42", [(10, "label", ""), (0.42, "metric", "recall")]),
        ("log-loss 0.31 vs 0.36", [(0.31, "metric", "log loss"), (0.36, "metric", "log loss")]),
        ("from 78% to 86% accuracy", [(78, "percent", "accuracy"), (86, "percent", "accuracy")]),
        ("from 0.6 to 0.7 recall", [(0.6, "metric", "recall"), (0.7, "metric", "recall")]),
        ("Gini 0.52, 0.53, 0.50", [(0.52, "metric", "gini"), (0.53, "metric", "gini"), (0.5, "metric", "gini")]),
        ("F1 0.62 → 0.71", [(0.62, "metric", "f1"), (0.71, "metric", "f1")]),
        ("an AUC of .87, up from .79", [(0.87, "metric", "auc"), (0.79, "metric", "auc")]),
        ("MAPE fell to 11%, a 39% reduction", [(11, "percent", "mape"), (39, "percent", "")]),
        ("I recall 5 meetings", [(5, "count", "")]),
        ("the map had 12 pins", [(12, "count", "")]),
        ("accuracy and 40 ms", [(40, "time", "")]),
        ("AUC 0.8, latency 40 ms", [(0.8, "metric", "auc"), (40, "time", "")]),
    ],
)
def test_model_metric(text: str, expected: list[tuple[float, str, str]]) -> None:
    """Metrics of models, named before or behind their number, reach both numbers of a pair and no others."""
    assert metrics(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I joined in 2019.", ["date"]),
        ("between 2019 and 2021", ["date", "date"]),
        ("in 2020 sales were low", ["date"]),
        ("on March 3 we went live", ["date"]),
        ("on 3 March", ["date"]),
        ("the 5th of June", ["date"]),
        ("2023-04-05", ["date"]),
        ("on 4/5/2023", ["date"]),
        ("in two thousand and nineteen", ["date"]),
        ("in twenty nineteen i moved", ["date"]),
        ("back in the 90s", ["date"]),
        ("in '19 we moved", ["date"]),
        ("class of 2012", ["date"]),
        ("two years ago I started", ["date"]),
        ("three weeks later it broke", ["date"]),
        ("at 10:30", ["date"]),
        ("around 9 am", ["date"]),
        ("5pm on a Friday", ["date"]),
        ("at 3 in the morning", ["date"]),
        ("at 6 p.m. we closed", ["date"]),
        ("ten o'clock", ["date"]),
        ("half past nine", ["date"]),
        ("until half six", ["date"]),
        ("we end at half 6", ["date"]),
        ("a quarter to ten", ["date"]),
        ("the shop opens at seven", ["date"]),
        ("a nine to five job", ["date", "date"]),
        ("from 10 in the morning to 4", ["date", "date"]),
    ],
)
def test_dates_and_times_of_day(text: str, kinds: list[str]) -> None:
    """Points in time are no durations and no counts."""
    assert [q.kind for q in read(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Python 3.11.4",
        "we upgraded to version 12",
        "Java 17",
        "v2.0.1",
        "moved to Postgres 14",
        "Section 4.2",
        "ticket 4512",
        "fixed #1234",
        "INC-4821",
        "step two",
        "phase 3 of the rollout",
        "in sprint 12",
        "week three",
        "on day one",
        "page 44",
        "room 204",
        "a Type 2 patient",
        "No. 5",
        "ISO 27001",
        "top 10",
        "grade 7 and 8",
        "5-fold cross-validation",
        "a 5-point scale",
        "three-tier architecture",
        "a 12-lead ECG",
        "1:1 meetings",
        "split 50/50",
        "3D printing",
        "a 5G network",
        "our 401k plan",
        "call 555-123-4567",
        "555-1234",
        "+49 170 1234567",
        "ring 0800 123 456",
        "10.0.0.1",
        "a 25-year-old patient",
        "he was 40 years old",
        "five years of experience",
        "8 years' experience",
        "a 2 x 4 grid",
        "covid-19",
        "hash 3f2a",
        "complaints per 100 orders",
        "everyone in by 0600",
        "order 20190501",
        "I was sixteen",
        "on paper fifty fifty",
    ],
)
def test_names_and_labels(text: str) -> None:
    """Versions, tickets, sections, telephone numbers, ages and the like are no measurements."""
    assert {q.kind for q in read(text)} <= {"label"}


@pytest.mark.parametrize("text", ["24/7", "24x7", "twenty four seven", "twenty-four seven"])
def test_always(text: str) -> None:
    """To say "24/7" is to say always."""
    assert [q.kind for q in read(text)] == ["always"]


@pytest.mark.parametrize("text", ["the 2nd release", "our 21st client", "the twenty-first visit", "the 95th percentile"])
def test_ordinals(text: str) -> None:
    """Ordinals are no counts."""
    assert [q.kind for q in read(text)] == ["ordinal"]


@pytest.mark.parametrize(
    "text",
    [
        "a team of 5",
        "a team of about twelve",
        "5 to 10 people",
        "forty to fifty people",
        "five or six engineers",
        "between 5 and 10 people",
        "a six-person team",
        "with 3 backend developers",
        "three of us",
        "the four of us",
        "two of my colleagues",
        "we were five",
        "seven eight people",
        "8 nurses and 2 doctors",
        "a squad of 6",
        "four other people",
        "a crew of 15",
    ],
)
def test_team_sizes(text: str) -> None:
    """People on a team are no outcome, in ranges too."""
    assert {q.kind for q in read(text)} == {"people"}


@pytest.mark.parametrize(
    "text",
    [
        "one of them left",
        "no one knew",
        "one day I noticed it",
        "one-on-one meetings",
        "one by one",
        "at one point I gave up",
        "each one of us",
        "this one is better",
        "one more thing",
        "the first half of the year",
        "half-finished work",
        "the third meeting",
        "a third person joined",
        "last quarter",
        "every second day",
        "a few hundred customers",
        "hundreds of customers",
        "the couple from next door",
        "once we had met",
        "I checked twice",
        "second place",
        "a day off",
        "we met for a week",
        "on the other half",
        "zero to one",
        "a point two colleagues made",
        "IPv6 and B2B and p95 and k8s",
        "",
        "   ",
        "I told everyone often enough that nobody was alone in the attention that someone gave.",
    ],
)
def test_no_quantity(text: str) -> None:
    """Words like "one" and "half" are mostly no numbers, and numbers inside names are none."""
    assert [q for q in rows(text) if q[3] not in ("people", "ordinal")] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("it saved the team 5 hours", "time"),
        ("our team 12 tickets", "count"),
        ("we hit the issue 3 times", "count"),
        ("every week three customers complained", "count"),
        ("error 5%", "percent"),
        ("stayed at 3", "count"),
        ("sub-100ms", "time"),
        ("in 2000 ms", "time"),
        ("two weeks earlier than planned", "time"),
    ],
)
def test_measurements_after_words_that_name(text: str, kind: str) -> None:
    """A unit, or a determiner before the word, makes a measurement of what else would be a label."""
    assert [q.kind for q in read(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two to three weeks", [("two", 2, "week", "time"), ("three weeks", 3, "week", "time")]),
        ("5-10 tickets", [("5", 5, "ticket", "count"), ("10 tickets", 10, "ticket", "count")]),
        ("3–4x faster", [("3", 3, "times", "ratio"), ("4x", 4, "times", "ratio")]),
        ("between 2 and 3 million rows", [("2", 2e6, "row", "count"), ("3 million rows", 3e6, "row", "count")]),
        ("$5-6 million", [("$5", 5e6, "dollar", "money"), ("6 million", 6e6, "dollar", "money")]),
        ("from 500 to 2 million users", [("500", 500, "user", "count"), ("2 million users", 2e6, "user", "count")]),
        ("from five to a hundred stores", [("five", 5, "store", "count"), ("a hundred stores", 100, "store", "count")]),
        ("five to six hundred visits", [("five", 500, "visit", "count"), ("six hundred visits", 600, "visit", "count")]),
        ("from 12 to 4 a week", [("12", 12, "per week", "rate"), ("4 a week", 4, "per week", "rate")]),
        ("from 41 minutes to 3", [("41 minutes", 41, "minute", "time"), ("3", 3, "minute", "time")]),
        ("from six tools to one", [("six tools", 6, "tool", "count"), ("one", 1, "tool", "count")]),
        ("from 12 to zero", [("12", 12, "", "count"), ("zero", 0, "", "count")]),
        ("from nineteen models to two", [("nineteen models", 19, "model", "count"), ("two", 2, "model", "count")]),
        ("two of the three shops", [("two", 2, "shop", "count"), ("three shops", 3, "shop", "count")]),
        ("two three weeks", [("two", 2, "week", "time"), ("three weeks", 3, "week", "time")]),
        ("from 3.1 to 4.4 out of 5", [("3.1", 3.1, "out of 5", "ratio"), ("4.4 out of 5", 4.4, "out of 5", "ratio")]),
        ("from $40 to 25", [("$40", 40, "dollar", "money"), ("25", 25, "dollar", "money")]),
        ("one or two hours", [("one", 1, "hour", "time"), ("two hours", 2, "hour", "time")]),
    ],
)
def test_neighbours_share_units(text: str, expected: list[Row]) -> None:
    """Of two numbers with one unit both have it, and the scale where it is meant for both."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We cut p99 latency from 1.2 seconds to 300 ms and saved $40k a year for 2 million users.",
            [(1.2, "time"), (300, "time"), (40_000, "money"), (2e6, "count")],
        ),
        (
            "in march twenty twenty one our ward had twelve falls a month with thirty beds",
            [(2021, "date"), (12, "rate"), (30, "count")],
        ),
        (
            "As one of 4 teachers I raised the pass rate of 120 pupils by 15% in 2 terms.",
            [(4, "people"), (120, "count"), (15, "percent"), (2, "count")],
        ),
        (
            "The shop is open 24/7, so in 2022 I hired 3 people and waste fell 30 kg a week.",
            [(24, "always"), (2022, "date"), (3, "people"), (30, "rate")],
        ),
        (
            "so basically the refund took like nine days and we had four five people on it",
            [(9, "time"), (4, "people"), (5, "people")],
        ),
        (
            "Days sales outstanding went from 54 to 41 days, which freed €1.1m of cash at 4.5% interest.",
            [(54, "time"), (41, "time"), (1.1e6, "money"), (4.5, "percent")],
        ),
    ],
)
def test_whole_sentences(text: str, expected: list[tuple[float, str]]) -> None:
    """All numbers of longer sentences, in order."""
    assert [(q.value, q.kind) for q in read(text)] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tickets", "ticket"),
        ("Queries", "query"),
        ("ties", "tie"),
        ("batches", "batch"),
        ("crashes", "crash"),
        ("boxes", "box"),
        ("classes", "class"),
        ("cases", "case"),
        ("process", "process"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("series", "series"),
        ("people", "person"),
        ("children", "child"),
        ("weeks'", "week"),
        ("week’s", "week"),
        ("ms", "ms"),
        ("s", "s"),
        ("", ""),
    ],
)
def test_singular(word: str, expected: str) -> None:
    """Plural and possessive endings are cut off."""
    assert singular(word) == expected


# Properties

WORDS = [
    *[
        "one",
        "a",
        "an",
        "half",
        "third",
        "quarter",
        "hundred",
        "million",
        "and",
        "point",
        "couple",
        "of",
        "twice",
        "tenfold",
        "zero",
        "seven",
    ],
    *[
        "from",
        "to",
        "%",
        "$",
        "5",
        "1,200",
        "3.5",
        "24/7",
        "10:30",
        "2019",
        "k",
        "x",
        "times",
        "people",
        "weeks",
        "-",
        "→",
        ".",
        ",",
        "'",
        "/",
    ],
    *[
        "AUC",
        "team",
        "of",
        "section",
        "per",
        "a",
        "week",
        "old",
        "twenty",
        "°",
        "in",
        "out",
        "#",
        "@",
        "May",
        "ago",
        "h",
        "m",
        "+",
        "e5",
        "(",
        "İ",
    ],
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=25).map("".join),
)


@given(texts, st.data())
def test_spans_are_inside_ordered_and_apart(text: str, data: st.DataObject) -> None:
    """Spans lie inside the stretch, in order, without overlap; values are finite, kinds are known, for any text and stretch."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = quantities(text, start, end)
    assert all(start <= q.start < q.end <= end for q in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(math.isfinite(q.value) and q.kind in KINDS for q in found)
    assert all(text[q.start : q.end] == text[q.start : q.end].strip() for q in found)


@given(st.text(max_size=30), texts, st.text(max_size=30))
def test_surroundings_do_not_matter(before: str, text: str, after: str) -> None:
    """What stands outside the stretch changes nothing but the offsets."""
    shifted = [q._replace(start=q.start + len(before), end=q.end + len(before)) for q in read(text)]
    assert quantities(before + text + after, len(before), len(before) + len(text)) == shifted


@given(st.integers(0, 999_999))
def test_every_number_in_words(number: int) -> None:
    """Numbers below a million are read from words as they are from digits."""
    text = f"{in_words(number)} tickets"
    assert rows(text) == [(text, number, "ticket", "count")] or number in (0, 1)


def in_words(number: int) -> str:
    """A number below a million in words."""
    if number >= 1000:
        rest = f" {in_words(number % 1000)}" if number % 1000 else ""
        return f"{in_words(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{in_words(number // 100)} hundred{rest}"
    names = {0: "zero"} | {value: word for word, value in [*ONES.items(), *TENS.items()] if word != "fourty"}
    return names.get(number) or f"{names[number // 10 * 10]}-{names[number % 10]}"


@given(st.integers(0, 10**8), st.sampled_from(["%", " percent", " ms", " hours", " kg", " tickets", "k users", " dollars"]))
def test_digits_with_and_without_commas(number: int, unit: str) -> None:
    """Commas between thousands change nothing."""
    plain, commas = read(f"we had {number}{unit}"), read(f"we had {number:,}{unit}")
    assert [(q.value, q.unit, q.kind) for q in commas] == [(q.value, q.unit, q.kind) for q in plain]


@given(st.sampled_from([w for w in WORDS if w.isascii()]), st.sampled_from([w for w in WORDS if w.isascii()]), st.integers(2, 90))
def test_case_does_not_matter(first: str, second: str, number: int) -> None:
    """Capitals change neither values nor kinds, but for "M" and "K" behind a space."""
    text = f"{first} {number} percent {second} {number} weeks"
    assert [(q.value, q.kind) for q in read(text.upper())] == [(q.value, q.kind) for q in read(text.lower())]


PIECES = [
    *[
        "1",
        "12",
        "1,",
        "1,123",
        ",",
        ".",
        "1.",
        "1.1",
        "one ",
        "one hundred ",
        "a ",
        "half ",
        "a half ",
        "point five ",
        "twenty-",
        "-",
        "1-",
        "1:",
        "1/",
    ],
    *[
        " ",
        "\n",
        "1 ",
        "% ",
        "5% to ",
        "from 1 to 2 ",
        "one to two ",
        "million ",
        "$",
        "$1",
        "k",
        "1k",
        "e",
        "1e",
        "x",
        "1x",
        "(555) ",
        "+1 ",
        "0123 ",
    ],
    *[
        "'",
        "a'",
        "’s",
        "of ",
        "1 of the ",
        "AUC ",
        "auc of to 1 ",
        "recall@1 ",
        "ü",
        "5 two-",
        "between 1 and ",
        "2h 3m ",
        "twice ",
        "and a half ",
    ],
    *["a week ", "from a week to a day ", "1 in ", "one in ", "out of ", "5 out of 6 "],
]


@pytest.mark.parametrize("piece", PIECES)
def test_linear_time(piece: str) -> None:
    """Long runs of anything are read in time that grows with their length only, not with its square."""
    long, short = (piece * (size // len(piece)) for size in (30_000, 3_000))
    whole, tenth = seconds(long), seconds(short)
    assert whole < 40 * tenth + 0.02


def seconds(text: str) -> float:
    """The better time of two readings."""
    return min(timeit.repeat(lambda: quantities(text, 0, len(text)), number=1, repeat=2))


WITHOUT = "I talked to the customer about her order and then we looked for the missing parcel in the back of the store."
WITH_TWO = "We talked to the customers and in the end the wait at the counter went from 25 minutes to 8 minutes on most days."


@pytest.mark.parametrize(("text", "microseconds"), [(WITHOUT, 30), (WITH_TWO, 400)])
def test_speed(text: str, microseconds: float) -> None:
    """A sentence costs a few microseconds without numbers and below 60 with two; the limits leave room for slow machines."""
    timer = timeit.Timer(lambda: quantities(text, 0, len(text)))
    assert min(timer.repeat(7, 200)) / 200 * 1e6 < microseconds


def test_units_of_time_are_told_in_seconds() -> None:
    """Every unit of a duration has its length."""
    for unit in ("ms", "sec", "mins", "hours", "days", "weeks", "months", "yrs", "quarters", "nights"):
        (quantity,) = read(f"within 4 {unit}")
        assert quantity.kind == "time"
        assert quantity.unit in SECONDS
