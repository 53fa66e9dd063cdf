"""Who did the work: deeds by their doers, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from building import Did, Said, evidence, told, words

from star_analyzer import PROFILES, Report
from star_analyzer.evidence import Evidence
from star_analyzer.measures.ownership import ownership
from star_analyzer.sections import Doers, Ownership, Part

Analyze = Callable[[str], Report]
PROFILE = PROFILES["ml-engineer"]


def measured(found: Evidence, **profile: Any) -> Ownership:
    """Ownership by the default profile, or with some of its values changed."""
    return ownership(found, told(found), replace(PROFILE, **profile))


def acted(**doers: int) -> Evidence:
    """An Action of one sentence with so many deeds of each doer."""
    return evidence(Said("They built it.", deeds=[Did(doer, "built") for doer, count in doers.items() for _ in range(count)]))


def test_a_deed_keeps_its_words() -> None:
    """A deed carries its verb's place, its doer as written, its sentence and its part."""
    found = evidence(
        "We were late.",
        Said("Our night crew built it.", part="result", deeds=[Did("other", "built", who="Our night crew"), Did("passive", "it")]),
    )
    first, second = measured(found).deeds
    assert (first.sentence, first.doer, first.who, first.verb, first.part) == (2, "other", "Our night crew", "built", Part.RESULT)
    assert words(found, [first]) == ["built"]
    assert second.who is None


@pytest.mark.parametrize(
    "did",
    [
        Did("thing", "built"),
        Did("i", "built", finished=False),
        Did("i", "built", action=False),
        Did("we", "built", finished=False, action=False),
    ],
)
def test_what_is_no_deed(did: Did) -> None:
    """What a thing does, what is not finished, and what is only had or wanted is nobody's deed."""
    got = measured(evidence(Said("It was built.", deeds=[did])))
    assert got.deeds == ()
    assert got.in_action == Doers(i=0, we=0, other=0, passive=0, implied=0)


def test_only_action_counts() -> None:
    """A deed outside the Action is listed but weighs nothing."""
    parts = ("situation", "task", "action", "result", "reflection", "other")
    got = measured(evidence(*(Said("We built it.", part=p, deeds=[Did("we", "built")]) for p in parts)))
    assert [d.part.value for d in got.deeds] == list(parts)
    assert got.in_action == Doers(i=0, we=1, other=0, passive=0, implied=0)


def test_doers_are_counted() -> None:
    """Every doer has its own count."""
    assert measured(acted(i=1, we=2, other=3, passive=4, implied=5)).in_action == Doers(i=1, we=2, other=3, passive=4, implied=5)


@pytest.mark.parametrize(
    ("doers", "share", "verdict"),
    [
        ({}, None, "unclear"),
        ({"passive": 5, "other": 2}, None, "unclear"),
        ({"i": 2}, 0.0, "unclear"),
        ({"we": 2}, 1.0, "unclear"),
        ({"i": 3}, 0.0, "own"),
        ({"implied": 3}, 0.0, "own"),
        ({"i": 3, "we": 1}, 0.25, "own"),
        ({"i": 2, "we": 1}, 0.333, "shared"),
        ({"i": 1, "implied": 1, "we": 1}, 0.333, "shared"),
        ({"i": 2, "we": 2}, 0.5, "shared"),
        ({"i": 2, "we": 3}, 0.6, "team"),
        ({"we": 3}, 1.0, "team"),
        ({"we": 3, "passive": 9, "other": 9}, 1.0, "team"),
    ],
)
def test_share_and_verdict(doers: dict[str, int], share: float | None, verdict: str) -> None:
    """The share is that of "we" among "we", "I" and an unsaid subject; above half it is a team's work, to a quarter one's own."""
    got = measured(acted(**doers))
    assert (got.we_share, got.verdict) == (share, verdict)


@pytest.mark.parametrize(
    ("profile", "verdict"),
    [({}, "shared"), ({"we_share": 0.3}, "team"), ({"we_share": 0.8}, "own"), ({"we_deeds": 4}, "unclear"), ({"we_deeds": 3}, "shared")],
)
def test_the_profile_sets_the_limits(profile: dict[str, Any], verdict: str) -> None:
    """A profile says from which share, and from how many deeds, it is a team's work."""
    assert measured(acted(i=2, we=1), **profile).verdict == verdict


def test_role_credits_and_collaboration_come_from_the_evidence() -> None:
    """Role and collaboration are claims, credits are words."""
    found = evidence(
        Said("My part was the parser.", claims={"role": 0.9, "collaboration": 0.1}, mentions=[("own.credit", "My part")]),
        Said("Dana tested it.", claims={"collaboration": 0.8, "role": 0.3}, mentions=[("own.weak", "tested")]),
    )
    got = measured(found)
    assert words(found, got.role) == ["My part was the parser."]
    assert words(found, got.collaboration) == ["Dana tested it."]
    assert words(found, got.credits) == ["My part"]


STORY = "Last spring our shop lost orders every night. {0} traced the failures. {0} rewrote the job. {0} tested it for a week. It has run since then."


@pytest.mark.parametrize(
    ("doer", "verdict", "doers"),
    [("I", "own", {"i"}), ("We", "team", {"we"}), ("Dana", "unclear", {"other"})],
)
def test_doers_of_a_plain_story(analyze: Analyze, doer: str, verdict: str, doers: set[str]) -> None:
    """The same story told of different people has their deeds."""
    got = analyze(STORY.format(doer)).ownership
    assert got.verdict == verdict
    assert {d.doer for d in got.deeds if d.verb in ("trace", "rewrite", "test")} == doers
