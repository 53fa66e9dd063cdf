"""The pattern language of docs/lexicons.md, read into elements."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from star_analyzer.patterns import Element, Pattern, fold, parse_pattern


def one(text: str) -> tuple[Element, ...]:
    """The elements of a pattern that has a single variant."""
    (pattern,) = parse_pattern(text)
    assert not pattern.at_start
    return pattern.elements


def words(*keys: str) -> tuple[Element, ...]:
    """Elements with one key each."""
    return tuple(Element((key,)) for key in keys)


def test_plain_words() -> None:
    """Words stand for themselves, one element a word."""
    assert one("as a result") == words("as", "a", "result")


def test_upper_case_is_folded() -> None:
    """Case means nothing in a pattern."""
    assert one("As A <Be> Result") == one("as a <be> result")


def test_lemma() -> None:
    """A word in angle brackets is kept as a lemma key."""
    assert one("<be> tasked with") == words("<be>", "tasked", "with")


def test_class() -> None:
    """A name in braces is kept as a class key."""
    assert one("{metric} <drop>") == words("{metric}", "<drop>")


def test_class_names_keep_their_underscore() -> None:
    """Class ids may hold underscores and digits."""
    assert one("{state_adj2} now") == words("{state_adj2}", "now")


def test_alternatives_share_an_element() -> None:
    """One-word alternatives of any sort are keys of one element."""
    assert one("my task|job|<goal>|{metric}|#") == (Element(("my",)), Element(("task", "job", "<goal>", "{metric}", "#")))


def test_optional_word_gives_two_variants() -> None:
    """A word in parentheses is there or not."""
    assert {p.elements for p in parse_pattern("my (main) task")} == {words("my", "task"), words("my", "main", "task")}


def test_optional_alternatives() -> None:
    """Parentheses may hold alternatives, which stay one element."""
    assert {p.elements for p in parse_pattern("my (main|key) task")} == {
        words("my", "task"),
        (Element(("my",)), Element(("main", "key")), Element(("task",))),
    }


def test_two_optional_words_give_four_variants() -> None:
    """Optional words are independent of each other."""
    found = {p.elements for p in parse_pattern("i (just) (then) ran")}
    assert found == {words("i", "ran"), words("i", "just", "ran"), words("i", "then", "ran"), words("i", "just", "then", "ran")}


def test_last_element_may_be_optional() -> None:
    """A pattern may end with an optional word."""
    assert {p.elements for p in parse_pattern("turned out (well)")} == {words("turned", "out"), words("turned", "out", "well")}


def test_number() -> None:
    """The number sign is a key of its own."""
    assert one("by # percent") == words("by", "#", "percent")


def test_long_gap() -> None:
    """Three dots are a gap of up to four words."""
    assert one("instead of ... i") == (*words("instead", "of"), Element((), 4), *words("i"))


def test_short_gap() -> None:
    """Two dots are a gap of up to two words."""
    assert one("i .. decided") == (*words("i"), Element((), 2), *words("decided"))


def test_at_start() -> None:
    """A leading caret ties every variant to the start of the sentence."""
    assert all(p.at_start for p in parse_pattern("^ at my (last) company"))
    assert parse_pattern("^ ok then") == (Pattern(words("ok", "then"), at_start=True),)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("i'd", ["i", "'d"]),
        ("didn't", ["did", "n't"]),
        ("we're", ["we", "'re"]),
        ("they've", ["they", "'ve"]),
        ("it's", ["it", "'s"]),
        ("we'll", ["we", "'ll"]),
        ("can't", ["ca", "n't"]),
        ("won't", ["wo", "n't"]),
        ("cannot", ["can", "not"]),
        ("dont", ["do", "nt"]),
        ("WE’RE", ["we", "'re"]),
    ],
)
def test_contractions_are_split(text: str, pieces: list[str]) -> None:
    """Contractions become the pieces that a tokenizer makes of them."""
    assert one(text) == words(*pieces)


@pytest.mark.parametrize("text", ["want", "important", "client", "not", "went", "knot", "accident"])
def test_words_that_merely_end_like_contractions_stay_whole(text: str) -> None:
    """A word is not cut because it ends in "nt" or "not"."""
    assert one(text) == words(text)


def test_hyphens_are_ignored() -> None:
    """A hyphenated word is the same pattern as its words."""
    assert one("long-term plan") == one("long term plan")


def test_hyphenated_alternative_is_a_variant_of_its_own() -> None:
    """An alternative of two words does not share an element with words alone."""
    assert {p.elements for p in parse_pattern("worked remote|part-time there")} == {
        words("worked", "remote", "there"),
        words("worked", "part", "time", "there"),
    }


def test_contracted_alternative_is_a_variant_of_its_own() -> None:
    """An alternative that the tokenizer splits does not share an element with words alone."""
    assert {p.elements for p in parse_pattern("i never|don't complain")} == {
        words("i", "never", "complain"),
        words("i", "do", "n't", "complain"),
    }


def test_signs_inside_words() -> None:
    """Signs that belong to words and amounts are kept."""
    assert one("a/b c++ 5% $5") == words("a/b", "c++", "5%", "$5")


def test_fold() -> None:
    """Folding lowers case and straightens apostrophes."""
    assert fold("DIDN’T") == "didn't"


@pytest.mark.parametrize("text", ["", "   ", "^", "^   "])
def test_empty_pattern(text: str) -> None:
    """A pattern without an element is refused."""
    with pytest.raises(ValueError, match="empty"):
        parse_pattern(text)


@pytest.mark.parametrize("text", ["(very) good", "... good", ".. good", "^ (very) good", "^ ... good"])
def test_pattern_must_start_with_something(text: str) -> None:
    """An optional word or a gap cannot come first."""
    with pytest.raises(ValueError, match="must start with"):
        parse_pattern(text)


@pytest.mark.parametrize("text", ["good ...", "good .."])
def test_pattern_cannot_end_with_a_gap(text: str) -> None:
    """A gap at the end would match anything."""
    with pytest.raises(ValueError, match="cannot end with a gap"):
        parse_pattern(text)


@pytest.mark.parametrize("text", ["good ^ start", "good ) start", "good | start"])
def test_signs_in_the_wrong_place(text: str) -> None:
    """A caret, a bracket or a bar on its own says where it may not stand, or that it cannot be read."""
    with pytest.raises(ValueError, match="stands where it cannot|cannot read"):
        parse_pattern(text)


@pytest.mark.parametrize("text", ["my (main key) task", "my () task", "my ((main)) task", "my (main task"])
def test_bad_parentheses(text: str) -> None:
    """Parentheses hold one optional word or its alternatives, and are closed."""
    with pytest.raises(ValueError, match="parentheses|stands where it cannot|cannot read"):
        parse_pattern(text)


@pytest.mark.parametrize(
    "text", ["a||b", "a|", "|a", "<>", "{}", "<be", "be>", "{metric", "metric}", "what?", "a,b", "<two words>", "good!"]
)
def test_unreadable_alternatives(text: str) -> None:
    """What is neither word, lemma, class nor number is refused with a list of what can be written."""
    with pytest.raises(ValueError, match="cannot read"):
        parse_pattern(text)


@pytest.mark.parametrize("text", ["so|- then", "so ....  then", "so (...) then", "so then|... we"])
def test_punctuation_that_could_never_match(text: str) -> None:
    """A bare hyphen among alternatives, four dots, or a gap as an alternative is a slip of the pen and is refused, not kept as a word."""
    with pytest.raises(ValueError, match=r"\S"):
        parse_pattern(text)


def test_the_reason_names_the_piece() -> None:
    """The message quotes what cannot be read."""
    with pytest.raises(ValueError, match="what\\?"):
        parse_pattern("i asked what? twice")


PIECES = st.sampled_from(
    [
        "a",
        "be",
        "<be>",
        "{metric}",
        "#",
        "...",
        "..",
        "^",
        "(",
        ")",
        "|",
        "(a)",
        "(a|b)",
        "a|b",
        "don't",
        "long-term",
        "<",
        "{",
        "-",
        "’",
        "",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=25), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=6).map("".join)))
@example("i ran .. (home)")
def test_only_value_errors(text: str) -> None:
    """Whatever is written, reading gives variants that can match, or a ValueError with a reason."""
    try:
        variants = parse_pattern(text)
    except ValueError as error:
        assert str(error)
        return
    assert variants
    for variant in variants:
        assert variant.elements
        assert not variant.elements[0].gap
        assert not variant.elements[-1].gap
        assert all(bool(e.keys) != bool(e.gap) for e in variant.elements)
