"""Sentences in speech without punctuation."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Analyzer
from star_analyzer.lexicons import BOUNDARY_WEIGHTS_FILE, packaged_folder
from star_analyzer.nlp.run_on import crossings, cuts, gap_features, read_boundary_weights, since

SPOKEN = (
    "so last year i was working in a small bakery in the old town and we threw away a lot of bread "
    "my boss asked me to find out why so i wrote down what was left for three weeks then i called the shops "
    "and i told them to order before noon in the end we threw away half as much i learned that you should count before you cut"
)
FILLED = (
    "um so i was uh running the night shift at the hospital and er nobody knew who was on call "
    "uh so i um made a list of everyone and uh i put it on the wall then um the calls went down by half "
    "and uh yeah i learned that um a simple list is better than a long meeting"
)
Texts = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def unit_texts(read: Callable[[str], Any]) -> Texts:
    """The units of a text as strings."""

    def texts(text: str) -> list[str]:
        return [text[u.start : u.end] for u in read(text).units]

    return texts


def test_speech_is_cut_into_sensible_units(unit_texts: Texts) -> None:
    """Several clauses in lower case are cut where a speaker would stop."""
    units = unit_texts(SPOKEN)
    assert 4 <= len(units) <= 12
    starts = {" ".join(u.split()[:2]) for u in units}
    likely = {"my boss", "so i", "then i", "in the", "i learned", "and i", "and we"}
    assert starts <= likely | {"so last", "we threw", "i told", "i wrote", "i called"}
    assert len(starts & likely) >= 3
    assert all(len(u.split()) >= 3 for u in units)


def test_no_unit_stays_far_too_long(unit_texts: Texts) -> None:
    """No unit of ordinary speech is longer than people's sentences by much."""
    assert max(len(u.split()) for u in unit_texts(SPOKEN)) <= 40


def test_fillers_do_not_hinder(unit_texts: Texts) -> None:
    """Um and uh keep nothing from being cut, and no unit consists of them."""
    units = unit_texts(FILLED)
    assert 3 <= len(units) <= 9
    assert all(set(u.split()) - {"um", "uh", "er", "so", "yeah", "and"} for u in units)
    assert any("i learned" in " ".join(u.split()[:5]) for u in units)


@pytest.mark.parametrize("text", [SPOKEN, FILLED, SPOKEN + " " + FILLED, SPOKEN.upper()], ids=["plain", "fillers", "long", "capitals"])
def test_units_cover_all_words(unit_texts: Texts, text: str) -> None:
    """Every word stands in exactly one unit, in order, and no word is cut in two."""
    assert " ".join(unit_texts(text)).split() == text.split()


@pytest.mark.parametrize("space", ["  ", "\t", " \t ", "\u00a0 ", "\x1f", " \u3000 "])
def test_odd_spaces_stay_outside(unit_texts: Texts, space: str) -> None:
    """Double spaces, tabs and other white space before a cut are no part of a unit, and no word is lost."""
    text = space.join(SPOKEN.split())
    units = unit_texts(text)
    assert len(units) >= 3
    assert [u for u in units if u != u.strip()] == []
    assert " ".join(units).split() == SPOKEN.split()


def test_report_covers_all_words(analyzer: Analyzer) -> None:
    """The sentences of the report add up to the words of the text."""
    report = analyzer.analyze(SPOKEN)
    assert sum(s.words for s in report.sentences) == len(SPOKEN.split())
    assert all(a.end <= b.start for a, b in pairwise(report.sentences))


def test_text_with_punctuation_is_not_cut_further(unit_texts: Texts) -> None:
    """Full stops decide where there are any, however many clauses a sentence has."""
    sentences = [
        "We were late and nobody knew why, so I called the customer and she told me to wait.",
        "Then I wrote a list of every loaf that we burned and I showed it to my boss and she bought a new oven.",
        "I learned to count before I cut.",
    ]
    assert unit_texts(" ".join(sentences)) == sentences


def test_lower_case_with_punctuation_is_not_cut_further(unit_texts: Texts) -> None:
    """The same without capitals."""
    sentences = [
        "we were late and nobody knew why, so i called the customer and she told me.",
        "then i wrote a list and i showed it to my boss.",
    ]
    assert unit_texts(" ".join(sentences)) == sentences


def test_a_short_clause_without_a_full_stop_stays_whole(unit_texts: Texts) -> None:
    """A few words without punctuation are one sentence."""
    assert unit_texts("i called the customer and told her why") == ["i called the customer and told her why"]


def test_cutting_is_deterministic(unit_texts: Texts) -> None:
    """The same text is cut the same way each time."""
    assert unit_texts(SPOKEN) == unit_texts(SPOKEN)


def test_cuts_are_places_in_order(read: Callable[[str], Any]) -> None:
    """Cuts are increasing places inside the list, whatever the weights, also with none at all."""
    seen = read(SPOKEN).view
    words = list(range(len(seen.lower)))
    for weights in ({}, {"always": 5.0}, {"always": -50.0}, read_boundary_weights(_table())):
        found = cuts(seen, words, weights)
        assert found == sorted(set(found))
        assert all(0 < at < len(words) for at in found)
    assert cuts(seen, words[:1], {}) == []


def test_gap_features_have_unique_names(read: Callable[[str], Any]) -> None:
    """Each gap names what stands around it once."""
    seen = read(FILLED).view
    words = [i for i in range(len(seen.lower)) if seen.word[i]]
    across = crossings(seen, words)
    assert len(across) == len(words)
    for at in range(1, len(words)):
        names = gap_features(seen, words, at, across[at])
        assert len(names) == len(set(names))
        assert "always" in names
        assert f"before:{seen.lower[words[at]]}" in names


@given(st.integers(1, 500), st.integers(1, 500))
def test_since_is_told_in_stretches(first: int, second: int) -> None:
    """Every number of words has a stretch, and more words never have an earlier one."""
    order = ["since:1-2", "since:3-4", "since:5-7", "since:8-12", "since:13-20", "since:21-35", "since:over-35"]
    low, high = sorted((first, second))
    assert order.index(since(low)) <= order.index(since(high))


def _table() -> str:
    return (packaged_folder() / BOUNDARY_WEIGHTS_FILE).read_text(encoding="utf-8")


def test_packaged_table_is_read() -> None:
    """The packaged table holds finite weights under names of the families that gaps have."""
    weights = read_boundary_weights(_table())
    assert len(weights) > 100
    assert all(math.isfinite(w) for w in weights.values())
    families = {name.partition(":")[0] for name in weights}
    assert families <= {"always", "after", "before", "tags", "tags-before", "crossed", "crossed-by", "since", "starts"}
    assert {"after", "before", "tags", "since"} <= families


def test_packaged_table_names_each_row_once() -> None:
    """No row of the packaged table hides another."""
    names = [line.split("\t")[0] for line in _table().splitlines() if line and not line.startswith("#")]
    assert len(names) == len(set(names))


def test_a_small_table_is_read() -> None:
    """Comments and empty lines are passed over."""
    assert read_boundary_weights("# version 1\n\nalways\t-1.5\nbefore:so i\t0.25\n") == {"always": -1.5, "before:so i": 0.25}


def test_a_wrong_row_is_an_error() -> None:
    """A row without a number is refused."""
    with pytest.raises(ValueError, match=r".+"):
        read_boundary_weights("always\tmuch\n")
