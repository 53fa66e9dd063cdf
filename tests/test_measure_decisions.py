"""What was decided: the claims, and which of them belong to one decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from building import Said, evidence, told, words

from star_analyzer import Report
from star_analyzer.evidence import Evidence
from star_analyzer.measures.decisions import decisions
from star_analyzer.sections import Decision, Decisions

Analyze = Callable[[str], Report]
FACETS = {"r": "reason", "a": "alternative", "t": "tradeoff", "v": "validation"}


def measured(found: Evidence) -> Decisions:
    """The decisions of some evidence."""
    return decisions(found, told(found))


def answer(*letters: str, part: str = "action") -> Evidence:
    """Sentences with a choice (c), reason (r), alternative (a), trade-off (t), validation (v)."""
    return evidence(
        *(
            Said(
                "I chose it.",
                part=part,
                claims={FACETS[x]: 0.9 for x in said if x in FACETS},
                mentions=[("decision.choice", "chose")] if "c" in said else [],
            )
            for said in letters
        )
    )


def places(decision: Decision) -> str:
    """Where the pieces of a decision stand: "c1 r2"."""
    names = ("choice", "reason", "alternative", "tradeoff", "validation")
    return " ".join(f"{name[0]}{span.sentence}" for name in names if (span := getattr(decision, name)) is not None)


def test_claims_are_those_of_the_evidence() -> None:
    """Reasons, alternatives, trade-offs and validations are claims, in text order, each under its own name."""
    got = measured(answer("r", "at", "v", "r"))
    assert [[c.sentence for c in found] for found in (got.reasons, got.alternatives, got.tradeoffs, got.validations)] == [
        [1, 4],
        [2],
        [2],
        [3],
    ]


@pytest.mark.parametrize(("part", "counts"), [("situation", 1), ("task", 1), ("action", 1), ("result", 1), ("reflection", 0), ("other", 0)])
def test_choices_outside_the_work_do_not_count(part: str, counts: int) -> None:
    """What one would choose today, or says in passing, was no decision of the work."""
    found = answer("c", part=part)
    assert words(found, measured(found).choices) == ["chose"] * counts


def test_the_part_of_its_own_sentence_decides() -> None:
    """A choice counts by the part of the sentence in which it stands."""
    said = [Said("I chose it.", part=p, mentions=[("decision.choice", "chose")]) for p in ("reflection", "action", "other")]
    assert [c.sentence for c in measured(evidence(*said)).choices] == [2]


@pytest.mark.parametrize(
    ("letters", "linked"),
    [
        ([], []),
        (["", "r"], []),
        (["c"], ["c1"]),
        (["cr"], ["c1 r1"]),
        (["cratv"], ["c1 r1 a1 t1 v1"]),
        (["r", "c", "t"], ["c2 r1 t3"]),
        (["r", "", "c", "", "v"], ["c3"]),
        (["r", "cr", "r"], ["c2 r2"]),
        (["r", "c", "r"], ["c2 r1"]),
        (["a"], ["a1"]),
        (["v", "a", "r"], ["r3 a2 v1"]),
        (["cr", "", "", "c", "", "", "ct"], ["c1 r1", "c7 t7"]),
        (["cr", "", "", "cv"], ["c1 r1"]),
        (["c", "", "", "cr"], ["c1", "c4 r4"]),
        (["cc"], ["c1"]),
    ],
)
def test_what_belongs_together(letters: list[str], linked: list[str]) -> None:
    """A decision gathers what stands in its sentence or next to it, the nearest and then the earlier; a bare later choice adds none."""
    assert [places(d) for d in measured(answer(*letters)).linked] == linked


def test_the_first_choice_of_a_sentence_stands_for_it() -> None:
    """Two choices in one sentence are one decision, shown by its first words."""
    found = evidence(Said("I chose it and picked that.", mentions=[("decision.choice", "chose"), ("decision.choice", "picked")]))
    (decision,) = measured(found).linked
    assert decision.choice is not None
    assert words(found, [decision.choice]) == ["chose"]


def test_a_linked_piece_is_the_whole_sentence() -> None:
    """Reason, alternative, trade-off and validation are shown as sentences, without probabilities."""
    found = evidence(Said("I chose it.", mentions=[("decision.choice", "chose")]), Said("It was cheap.", claims={"reason": 0.9}))
    (decision,) = measured(found).linked
    assert decision.reason is not None
    assert words(found, [decision.reason]) == ["It was cheap."]
    assert set(decision.reason.model_dump()) == {"sentence", "start", "end"}


def test_a_plain_decision(analyze: Analyze) -> None:
    """Choice, reason, alternative and check of a plain story are found in their sentences."""
    report = analyze(
        "Our nightly import took six hours and the shops opened without prices. My task was to get it under an hour. "
        "I considered buying a faster server instead. I chose to split the file because the lock was the bottleneck. "
        "I tested it in shadow mode for two weeks before we switched over. As a result, the import dropped to forty minutes."
    )
    decided = report.decisions
    assert 4 in {c.sentence for c in decided.reasons}
    assert {c.sentence for c in decided.alternatives} == {3}
    assert {c.sentence for c in decided.validations} == {5}
    assert any(places(d) == "c4 r4 a3 v5" for d in decided.linked)
