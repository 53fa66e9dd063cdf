"""Limits on the work: stated, with a number, denied, or absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from building import Number, Said, evidence

from star_analyzer import PROFILES, Report
from star_analyzer.evidence import CONSTRAINTS, Evidence
from star_analyzer.measures.constraints import constraints

Analyze = Callable[[str], Report]
PROFILE = PROFILES["ml-engineer"]


def status(found: Evidence, name: str) -> str:
    """The status of one constraint."""
    (item,) = [c for c in constraints(found, PROFILE).items if c.name == name]
    return item.status


def test_every_constraint_is_listed_once_in_order() -> None:
    """Also those that are absent are listed."""
    items = constraints(evidence("I built it."), PROFILE).items
    assert tuple(c.name for c in items) == CONSTRAINTS
    assert {c.status for c in items} == {"absent"}
    assert all(c.evidence == () for c in items)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_profile_says_what_matters(profile: str) -> None:
    """What the profile expects matters, and is missing where it is absent."""
    found = evidence(Said("It had to be done by May.", claims={"constraint:deadline": 0.9, "constraint:fairness": 0.4}))
    got = constraints(found, PROFILES[profile])
    assert {c.name for c in got.items if c.matters} == set(PROFILES[profile].constraints)
    assert set(got.missing) == set(PROFILES[profile].constraints) - {"deadline"}


def test_nothing_is_missing_where_nothing_matters() -> None:
    """A profile that expects nothing misses nothing."""
    assert constraints(evidence("I built it."), replace(PROFILE, constraints=())).missing == ()


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("latency", "time", "quantified"),
        ("latency", "money", "stated"),
        ("cost", "money", "quantified"),
        ("cost", "people", "stated"),
        ("labels", "count", "quantified"),
        ("drift", "percentage_points", "quantified"),
        ("scale", "rate", "quantified"),
        ("reliability", "percent", "quantified"),
        ("deadline", "date", "quantified"),
        ("deadline", "money", "stated"),
        ("resources", "people", "quantified"),
        ("resources", "time", "stated"),
        ("privacy", "count", "stated"),
        ("fairness", "percent", "stated"),
        ("interpretability", "count", "stated"),
    ],
)
def test_a_fitting_number_quantifies(name: str, kind: str, expected: str) -> None:
    """Only a number of a kind that can measure the limit puts a number on it."""
    found = evidence(Said("It was 50 at most.", claims={f"constraint:{name}": 0.9}, quantities=[Number("50", 50, kind)]))
    assert status(found, name) == expected


def test_a_number_in_another_sentence_does_not_quantify() -> None:
    """The number has to stand in a sentence that speaks of the limit."""
    number = Number("50 ms", 50, "time")
    near = [Said("It was slow.", claims={"constraint:latency": 0.9}), Said("We had 50 ms.", quantities=[number])]
    assert status(evidence(*near), "latency") == "stated"
    assert (
        status(evidence(*near, Said("At most 50 ms.", claims={"constraint:latency": 0.6}, quantities=[number])), "latency") == "quantified"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Latency wasn't a concern.",
        "Latency wasn’t a concern.",
        "Latency was not really an issue.",
        "Latency was never a hard constraint.",
        "Latency isn't the problem here.",
        "Costs weren't such a big worry.",
        "There was no issue with latency.",
        "Latency didn't matter to us.",
        "We didn’t care about latency.",
        "Latency was hardly a factor.",
    ],
)
def test_denied(text: str) -> None:
    """What is said to be no concern is negated, whatever the apostrophe."""
    assert status(evidence(Said(text, claims={"constraint:latency": 0.9})), "latency") == "negated"


@pytest.mark.parametrize(
    "text", ["Latency was a concern.", "Latency was the main issue.", "It was not fast enough.", "No answer came in time."]
)
def test_not_denied(text: str) -> None:
    """A "not" that denies something else leaves the limit stated."""
    assert status(evidence(Said(text, claims={"constraint:latency": 0.9})), "latency") == "stated"


def test_denied_once_and_stated_once_is_stated() -> None:
    """One sentence that speaks of the limit as one is enough."""
    denied = Said("At first latency wasn't a concern.", claims={"constraint:latency": 0.9})
    assert status(evidence(denied, Said("Then it took too long.", claims={"constraint:latency": 0.9})), "latency") == "stated"
    assert status(evidence(denied, Said("Then it took too long.")), "latency") == "negated"


def test_limits_of_a_plain_story(analyze: Analyze) -> None:
    """A limit told with its number is quantified, and one not spoken of is absent."""
    found = {
        c.name: c.status
        for c in analyze(
            "Our search answered in two seconds and the shops complained. My task was to get the latency under 200 milliseconds. "
            "I moved the index into memory and cached the common queries. As a result, a search now takes 90 milliseconds."
        ).constraints.items
    }
    assert found["latency"] == "quantified"
    assert found["privacy"] == found["fairness"] == found["labels"] == "absent"
