"""The card of a story against its telling."""

from __future__ import annotations

import time

import pytest

from star_analyzer import Analyzer, BankStory, InputError, review_bank
from star_analyzer.bank_report import FieldCheck
from star_analyzer.cards import FIELD_NAMES, FIELDS

TELLING = (
    "Last spring our shop's two tills counted Sunday twice. I was responsible for the counts. I read the logs of both for two days, and "
    "I found that one clock was an hour behind. I could have corrected the counts by hand, but I set both clocks by one server, because "
    "clocks drift again. Wrong counts fell from 12% to one percent. I learned to ask what time a machine thinks it is."
)


def check(analyzer: Analyzer, name: str, value: str, telling: str = TELLING) -> FieldCheck:
    """What is said of a field."""
    report = review_bank([BankStory(telling, fields={name: value})], analyzer=analyzer)
    return next(f for f in report.stories[0].fields if f.name == name)


@pytest.mark.parametrize("value", ["", "  ", "TBD", "tbd.", "TODO", "n/a", "?", "...", "-", "<your role>", "[fill in]", "None"])
@pytest.mark.parametrize("name", ["lesson", "measurable_result"])
def test_empty(analyzer: Analyzer, name: str, value: str) -> None:
    """Nothing, or something that stands for nothing."""
    assert check(analyzer, name, value).status == "empty"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("business_goal", "improve things"),
        ("business_goal", "Make the product better."),
        ("ml_problem_type", "machine learning"),
        ("ml_problem_type", "a neural network"),
        ("exact_role", "We owned the counts of both tills."),
        ("exact_role", "ML engineer"),
        ("main_obstacle", "various challenges"),
        ("key_technical_decision", "We used machine learning."),
        ("measurable_result", "It worked really well."),
        ("measurable_result", "Far fewer wrong counts."),
        ("lesson", "Communication is key."),
        ("lesson", "The importance of teamwork."),
        ("lesson", "I learned a lot."),
    ],
)
def test_vague(analyzer: Analyzer, name: str, value: str) -> None:
    """What would be true of any project."""
    found = check(analyzer, name, value)
    assert found.status == "vague", found.why


@pytest.mark.parametrize("field", FIELDS, ids=FIELD_NAMES)
def test_the_examples_of_the_card_are_not_vague(analyzer: Analyzer, field: object) -> None:
    """What the template shows as good passes."""
    assert check(analyzer, field.name, field.example).status not in ("vague", "empty")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("business_goal", "Counts of both tills that agree on Sunday.", "told"),
        ("business_goal", "Fewer penalties from the tax office every quarter.", "not_told"),
        ("ml_problem_type", "Anomaly detection in weekly sales of shops", "partly"),
        ("main_obstacle", "One of the clocks was an hour behind.", "told"),
        ("main_obstacle", "The vendor refused every repair.", "not_told"),
        ("key_technical_decision", "One server for both clocks rather than correcting counts by hand.", "told"),
        ("measurable_result", "Wrong counts fell from 12% to 1%.", "told"),
        ("measurable_result", "Wrong counts fell from twelve percent to 1%.", "told"),
        ("measurable_result", "Wrong counts fell from 12% to 3%.", "partly"),
        ("measurable_result", "We saved 900 euros a month.", "not_told"),
        ("measurable_result", "Wrong counts fell to 12 a week.", "not_told"),
        ("exact_role", "I read the logs and set the clocks.", "told"),
        ("lesson", "I ask what time a machine thinks it is.", "told"),
        ("lesson", "I write an alarm before I mend anything.", "partly"),
        ("lesson", "I talk to the sales team at the time of launch.", "partly"),
        ("main_obstacle", "12% of 200 in 2019", "partly"),
        ("measurable_result", "The team shrank from 12% to 3 people.", "partly"),
    ],
)
def test_card_and_telling(analyzer: Analyzer, name: str, value: str, status: str) -> None:
    """Numbers by their value, roles by who does the verbs, the rest by words."""
    found = check(analyzer, name, value)
    assert found.status == status, found.why
    assert bool(found.evidence) == (status != "not_told")


def test_a_role_in_a_telling_of_we(analyzer: Analyzer) -> None:
    """The card says “I”, the telling “we”."""
    we = "Our tills counted Sunday twice. We read the logs. We found a clock that was late. We set both clocks. Errors fell from 12% to 1%."
    assert check(analyzer, "exact_role", "I owned the counts of both tills.", we).status == "not_told"


def test_no_lesson_told(analyzer: Analyzer) -> None:
    """A lesson on the card only."""
    short = "Our tills counted Sunday twice. I read the logs, and I set both clocks. Wrong counts fell from 12% to 1%."
    assert check(analyzer, "lesson", "I ask what time a machine thinks it is.", short).status == "not_told"


def test_seven_fields_always(analyzer: Analyzer) -> None:
    """Every story has them all, in the order of the card."""
    report = review_bank([TELLING], analyzer=analyzer)
    assert tuple(f.name for f in report.stories[0].fields) == FIELD_NAMES
    assert {f.status for f in report.stories[0].fields} == {"empty"}


@pytest.mark.parametrize(
    ("story", "says"),
    [
        (BankStory(TELLING, fields={"exact_rol": "I"}), "story 1: fields: there is no 'exact_rol'; did you mean 'exact_role'"),
        (BankStory(TELLING, tags=("failures",)), "story 1: tags: there is no 'failures'; did you mean 'failure'"),
        (BankStory(TELLING, fields={"lesson": 5}), "lesson: must be text"),  # type: ignore[dict-item]
        (BankStory(TELLING, title="x \ud800"), "title: has half of a character"),
        (BankStory(TELLING, fields={"lesson": "a" * 2001}), "lesson: is longer than 2,000 characters"),
        (BankStory(TELLING, fields={"lesson": "a" * 2001}), "story 1"),
        (BankStory("!!!"), "story 1: "),
        (BankStory(TELLING, prompts=("zzz",)), "story 1: prompts: there is no 'zzz'; there are improved-metric"),
    ],
)
def test_names_that_there_are_not(analyzer: Analyzer, story: BankStory, says: str) -> None:
    """Stories made in Python are checked like those of files."""
    with pytest.raises(InputError, match=says):
        review_bank([story], analyzer=analyzer)


def test_no_story_and_too_many(analyzer: Analyzer) -> None:
    """A bank has at least one story, and not more than can be compared."""
    with pytest.raises(InputError, match="no story"):
        review_bank([], analyzer=analyzer)
    with pytest.raises(InputError, match="61 stories"):
        review_bank([TELLING] * 61, analyzer=analyzer)
    with pytest.raises(InputError):
        review_bank(["!!!"], analyzer=analyzer)


def test_a_lesson_that_is_told_somewhere_else(analyzer: Analyzer) -> None:
    """Not in a sentence of its own: its words are found all the same."""
    told = "Our tills counted Sunday twice. I set both clocks. As a result errors fell from 12% to 1%, and I read logs before I train now."
    assert check(analyzer, "lesson", "I read logs before I train.", told).status == "told"


@pytest.mark.parametrize(
    "name", ["sentiment analysis of reviews", "topic modelling", "entity resolution", "object tracking", "language modelling"]
)
def test_kinds_of_problem(analyzer: Analyzer, name: str) -> None:
    """Names of kinds beyond the common ones."""
    assert check(analyzer, "ml_problem_type", name).status != "vague"


def test_a_long_field_takes_no_time(analyzer: Analyzer) -> None:
    """What stands for nothing is looked for without trying again and again."""
    start = time.perf_counter()
    check(analyzer, "lesson", "." * 1999 + "a")
    assert time.perf_counter() - start < 5
