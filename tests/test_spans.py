"""Claims and mentions of the evidence as spans of the report."""

from __future__ import annotations

from typing import Any

import pytest
from building import Said, evidence, words

from star_analyzer.sections import Span
from star_analyzer.spans import CERTAIN, claims, first, in_turn, mentions, numbered, numbers, sentence_span, words_of


def span(sentence: int, start: int = 0) -> Span:
    """A span of which the sentence matters."""
    return Span(sentence=sentence, start=start, end=start + 1)


THREE = ("We were late.", "I called her.", "She came.")


def test_sentences_are_numbered_from_one() -> None:
    """The number of a sentence is the one that the report shows."""
    found = evidence(*THREE)
    assert [n for n, _ in numbered(found)] == [1, 2, 3]
    assert words(found, [sentence_span(found, 2)]) == ["I called her."]
    assert sentence_span(found, 2).sentence == 2


@pytest.mark.parametrize(
    ("chances", "made", "shown"),
    [
        ((0.9, 0.2, 0.6), (), [1, 3]),
        ((0.9, 0.2, 0.6), ("reason",), [1, 3]),
        ((CERTAIN, 0.1, CERTAIN - 0.01), (), [1]),
        ((0.2, 0.4, 0.3), (), []),
        ((0.2, 0.4, 0.3), ("alternative",), []),
        ((0.2, 0.4, 0.3), ("reason",), [2]),
    ],
)
def test_claims(chances: tuple[float, ...], made: tuple[str, ...], shown: list[int]) -> None:
    """Certain sentences make a claim; where the whole answer makes it and none is certain, the likeliest stands for it."""
    found = evidence(*(Said(t, claims={"reason": c}) for t, c in zip(THREE, chances, strict=True)), made=made)
    got = claims(found, "reason")
    assert [c.sentence for c in got] == shown
    assert [c.probability for c in got] == [chances[n - 1] for n in shown]
    assert words(found, got) == [THREE[n - 1] for n in shown]


def test_a_claim_that_no_sentence_hints_at_is_not_made_up() -> None:
    """A claim of the whole answer without any sentence behind it gets no evidence."""
    assert claims(evidence(*THREE, made=("reason",)), "reason") == ()


def test_a_claim_has_its_reasons_in_plain_words() -> None:
    """A reason keeps its name and place, its weight is rounded, and it is said in plain words."""
    ((reason,),) = [c.reasons for c in claims(evidence(Said("I called.", claims={"lesson": 0.9})), "lesson")]
    assert (reason.name, reason.weight, reason.start, reason.end) == ("cue:own.role", 1.23, 0, 1)
    assert reason.meaning == "wording of own: role"


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        (("a",), ["very big", "fast"]),
        (("b",), ["big fast"]),
        (("a", "b"), ["very big", "fast"]),
        (("c",), ["very", "very big fast"]),
        (("a", "d"), ["very big", "fast"]),
        (("e",), []),
        ((), []),
    ],
)
def test_mentions_of_kinds(kinds: tuple[str, ...], shown: list[str]) -> None:
    """Mentions come in text order over all kinds; of overlapping ones the first is kept, of those that start together the longest."""
    found = evidence(
        Said(
            "very big fast",
            mentions=[("a", "fast"), ("a", "very big"), ("a", "very"), ("b", "big fast"), ("c", "very"), ("d", "very")],
        ),
        Said("It was very big fast.", mentions=[("c", "very big fast"), ("c", "very"), ("c", "big")]),
    )
    assert words(found, mentions(found, *kinds)) == shown


def test_mentions_side_by_side() -> None:
    """Mentions that touch do not overlap."""
    found = evidence(Said("night-shift", mentions=[("a", "night"), ("a", "-shift")]))
    assert words(found, mentions(found, "a")) == ["night", "-shift"]


def test_mentions_know_their_sentence() -> None:
    """A mention carries the number of its sentence."""
    found = evidence("We were late.", Said("I was late.", mentions=[("a", "late")]), Said("Late again.", mentions=[("a", "Late")]))
    assert [m.sentence for m in mentions(found, "a")] == [2, 3]


@pytest.mark.parametrize(
    ("groups", "most", "picked"),
    [
        ([[1, 2, 3], [5]], 3, [1, 2, 5]),
        ([[1, 2, 3], [5]], 2, [1, 5]),
        ([[4, 5], [1, 2], [3]], 3, [1, 3, 4]),
        ([[2], [2], [2, 7]], 3, [2, 7]),
        ([[], [1]], 3, [1]),
        ([], 3, []),
    ],
)
def test_in_turn(groups: list[list[int]], most: int, picked: list[int]) -> None:
    """Every group is heard before one is heard twice; a sentence is picked once; what is picked stands in text order."""
    assert [s.sentence for s in in_turn([[span(n) for n in group] for group in groups], most)] == picked


def test_in_turn_takes_the_first_words_of_a_sentence() -> None:
    """Of two spans in one sentence the one met first stands for it."""
    assert [s.start for s in in_turn([[span(1, 5)], [span(1, 2)]], 3)] == [5]


def test_small_helpers() -> None:
    """The first span, the sentences of spans, and their words, each sentence counted once."""
    spans: list[Any] = [span(2), span(2, 3), span(3)]
    assert first(spans) is spans[0]
    assert first([]) is None
    assert numbers(spans) == {2, 3}
    assert words_of(spans, evidence(*THREE)) == 5
    assert words_of([], evidence(*THREE)) == 0
