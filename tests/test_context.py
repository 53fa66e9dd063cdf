"""What the other sentences of an answer add to a sentence's own features."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.nlp.context import in_context
from star_analyzer.nlp.facts import UnitFacts


def unit(*features: str) -> UnitFacts:
    """A unit of which only the features are known."""
    return UnitFacts(dict.fromkeys(features), (), (), {})


def context(*told: Sequence[str], labels: Sequence[tuple[str | None, bool]] | None = None) -> list[list[str]]:
    """Features in context of units given by their own features."""
    return in_context([unit(*features) for features in told], labels or [(None, False)] * len(told))


def family(names: Sequence[str], prefix: str) -> set[str]:
    """The names of one family, without the prefix."""
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


# ---- place


def test_nothing_gives_nothing() -> None:
    """An answer without units has no features."""
    assert context() == []


def test_own_features_come_first() -> None:
    """A unit keeps its own features, in order, before those of its surroundings."""
    own = ["main:i+past", "verb:build", "says:build"]
    assert context(own, ["x"])[0][:3] == own


def test_a_single_unit_has_no_first_and_last() -> None:
    """The only sentence is neither first nor last."""
    assert family(context(["x"])[0], "place:") == {"only"}


def test_places_of_two_units() -> None:
    """The first and the last sentence are named as such."""
    first, last = context(["x"], ["y"])
    assert family(first, "place:") == {"fifth-1", "first"}
    assert family(last, "place:") == {"fifth-3", "last"}


def test_places_of_ten_units() -> None:
    """Ten sentences stand in fifths, two by two."""
    places = [family(names, "place:") for names in context(*[["x"]] * 10)]
    assert [next(p for p in place if p.startswith("fifth")) for place in places] == [f"fifth-{i // 2 + 1}" for i in range(10)]
    assert [("first" in place, "last" in place) for place in places] == [(i == 0, i == 9) for i in range(10)]


@given(st.integers(2, 300))
def test_fifths_run_from_one_to_five(count: int) -> None:
    """Fifths never fall, stay within five, and begin with the first."""
    fifths = [int(next(iter(family(n, "place:fifth-")))) for n in context(*[["x"]] * count)]
    assert fifths == sorted(fifths)
    assert fifths[0] == 1
    assert fifths[-1] <= 5


# ---- the course of the answer


def test_steps_told_before() -> None:
    """Steps are counted before a sentence, not in it: none, one, more."""
    step = ["cue:action.step"]
    told = [family(names, "told:steps-before-") for names in context(step, step, step, ["x"])]
    assert told == [{"none"}, {"one"}, {"more"}, {"more"}]


def test_no_steps_after() -> None:
    """The last step and everything behind it know that no step follows."""
    step = ["cue:action.decision"]
    assert ["told:no-steps-after" in names for names in context(["x"], step, ["x"], step, ["x"])] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("feature", "name"),
    [
        ("cue:result.change", "result"),
        ("cue:task.assigned", "task"),
        ("cue:reflection.learned", "lesson"),
        ("cue:reflection.hindsight", "lesson"),
    ],
)
def test_told_before_and_after(feature: str, name: str) -> None:
    """What a cue announces is known before and after its sentence, but not in it."""
    before, within, after = context(["x"], [feature], ["x"])
    assert (f"told:{name}-after" in before, f"told:{name}-before" in before) == (True, False)
    assert (f"told:{name}-after" in within, f"told:{name}-before" in within) == (False, False)
    assert (f"told:{name}-after" in after, f"told:{name}-before" in after) == (False, True)


def test_told_on_both_sides() -> None:
    """A result before and a result after are both known."""
    middle = context(["cue:result.change"], ["x"], ["cue:result.effect"])[1]
    assert {"result-before", "result-after"} <= family(middle, "told:")


@pytest.mark.parametrize(
    ("feature", "step"),
    [
        ("verb:i+past+build", True),
        ("verb:none+past+build", True),
        ("verb:none+participle+build", True),
        ("verb:i+past+need", False),
        ("verb:i+past+work_at", False),
        ("verb:they+past+build", False),
        ("verb:i+present+build", False),
        ("verb:build", False),
        ("cue:action.steps-ahead", True),
        ("main:i+past", False),
    ],
)
def test_what_counts_as_a_step(feature: str, step: bool) -> None:
    """A step is a cue of steps or the speaker's own verb of doing in the past."""
    assert ("told:steps-before-one" in context([feature], ["x"])[1]) is step


@pytest.mark.parametrize(
    ("told", "total", "name"),
    [(0, 6, "none"), (1, 6, "little"), (2, 6, "much"), (6, 6, "much"), (1, 5, "much")],
)
def test_how_much_is_told_in_the_past(told: int, total: int, name: str) -> None:
    """The whole answer knows whether it tells of the past."""
    names = context(*[["main:i+past"]] * told, *[["x"]] * (total - told))
    assert {n for each in names for n in each if n.startswith("story:")} == {f"story:past-told-{name}"}


# ---- neighbours


def test_features_are_lent_to_both_neighbours() -> None:
    """A cue counts for the sentence behind it as "before" and for the one ahead of it as "after"."""
    first, middle, last = context(["x"], ["cue:task.assigned"], ["x"])
    assert "after:cue:task.assigned" in first
    assert "before:cue:task.assigned" in last
    assert family(middle, "before:") == family(middle, "after:") == set()


def test_features_are_not_lent_further() -> None:
    """Only direct neighbours are lent anything."""
    names = context(["tense:past"], ["x"], ["y"], ["subject:i"])
    assert family(names[0], "after:") == set()
    assert family(names[1], "before:") == {"tense:past"}
    assert family(names[1], "after:") == set()
    assert family(names[2], "before:") == set()
    assert family(names[2], "after:") == {"subject:i"}
    assert family(names[3], "before:") == set()


@pytest.mark.parametrize(
    ("feature", "lent"),
    [
        ("subject:i", True),
        ("tense:past", True),
        ("verb:build", True),
        ("form:question", True),
        ("form:list-item", True),
        ("form:ends-with-colon", True),
        ("cue:situation.problem", True),
        ("verb:i+past", False),
        ("verb:past+build", False),
        ("main:i+past", False),
        ("says:the", False),
        ("word:metric", False),
        ("length:up-to-4", False),
        ("phrase:task.was-asked-to", False),
        ("form:exclamation", False),
    ],
)
def test_what_is_lent(feature: str, lent: bool) -> None:
    """Cues and simple facts of grammar are lent; combinations, words and lengths are not."""
    first, last = context([feature], [feature])
    assert (f"after:{feature}" in first) is lent
    assert (f"before:{feature}" in last) is lent


# ---- labels


def test_labels() -> None:
    """Units under a section label carry it, and the first one is marked."""
    names = context(["a"], ["b"], ["c"], labels=[(None, False), ("task", True), ("task", False)])
    assert [family(n, "label:") for n in names] == [set(), {"task", "task+first"}, {"task"}]


def test_a_label_is_not_lent() -> None:
    """A label says nothing about the neighbours of its section."""
    names = context(["a"], ["b"], labels=[("result", True), (None, False)])
    assert family(names[1], "label:") == set()
    assert family(names[1], "before:") == set()


# ---- whole answers


FEATURES = st.sampled_from(
    [
        "cue:task.assigned",
        "cue:result.change",
        "cue:action.step",
        "cue:reflection.learned",
        "main:i+past",
        "verb:i+past+build",
        "subject:i",
        "x",
    ]
)


@given(st.lists(st.lists(FEATURES, unique=True), max_size=8))
def test_names_are_unique_and_facts_untouched(told: list[list[str]]) -> None:
    """No name is given twice to a unit, and the facts stay as they were."""
    facts = [unit(*features) for features in told]
    names = in_context(facts, [(None, False)] * len(facts))
    assert len(names) == len(told)
    for given_names, own, fact in zip(names, told, facts, strict=True):
        assert len(given_names) == len(set(given_names))
        assert given_names[: len(own)] == own
        assert list(fact.features) == own
        assert len(family(given_names, "told:steps-before-")) == 1
