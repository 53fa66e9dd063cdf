"""What makes two stories alike: opening, connectives, rhythm, phrases, lesson; and when they are one."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from banks import stories, telling
from hypothesis import given, settings
from hypothesis import strategies as st

from star_analyzer import Analyzer
from star_analyzer.bank import rehearsed
from star_analyzer.bank.telling import Telling
from star_analyzer.bank.twins import twin
from star_analyzer.bank.words import content_stems, words_of
from star_analyzer.bank_report import Likeness


def both(analyzer: Analyzer, left: str, right: str) -> tuple[Telling, Telling]:
    """Two tellings."""
    return telling(analyzer, left, 1), telling(analyzer, right, 2)


def alike(found: Likeness | None) -> bool:
    """Whether a score reaches its threshold."""
    return found is not None and found.score >= found.threshold


# ---- openings


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("In my last role at a bakery, I was asked to help.", "In my last role at a bank, I was asked to count.", True),
        ("So um in my last role at Acme I was late.", "In my last role at a bank, I was early.", True),
        ("When I was at Acme, we had a problem with the till.", "When I was at Initech, we had an issue with the door.", True),
        ("Our shop lost orders on Fridays.", "Our clinic lost patients to the other one.", False),
        ("When I was nine, bread was cheap.", "When I was at sea, nothing was.", False),
        ("Two tills counted Sunday twice.", "“Twelve minutes for a roll!” said a customer.", False),
        ("It broke.", "It broke.", False),
    ],
)
def test_openings(analyzer: Analyzer, left: str, right: str, same: bool) -> None:
    """The same words, or the same frame with other names in it; a common way to begin in English is no formula."""
    assert alike(rehearsed.opening(*both(analyzer, left, right))) == same


# ---- connectives

FRAME = "{0} was broken. First, I looked at {0}. Then, I mended {1}. As a result, {0} works."


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (FRAME.format("The till", "its clock"), FRAME.format("The queue", "the rota of everybody at noon"), True),
        (FRAME.format("The till", "its clock"), "The queue was long. I stood there. As a result, it is short. Then, I left.", False),
        (
            FRAME.format("The till", "its clock"),
            "First, I came. I saw. I went. I slept. I ate. Then, I read. I ran. As a result, I won.",
            True,
        ),
        ("I came. I saw. I won.", "I came. I saw. I won.", False),
        ("So I came. So I saw. So I won.", "So I went. So I ate. So I slept.", False),
    ],
)
def test_connectives(analyzer: Analyzer, left: str, right: str, same: bool) -> None:
    """Three different ones or more in one order; “so” is none."""
    assert alike(rehearsed.connectives(*both(analyzer, left, right))) == same


# ---- rhythm


def test_rhythm(analyzer: Analyzer) -> None:
    """Six sentences of the same lengths are one; one more at any place changes little, other lengths and fewer sentences do."""
    one = "Two tills were wrong. I read all the logs. One clock was late by an hour on Sundays. I set both. Now they agree. I look twice."
    other = "Our queue was long. I stood there three days. Many of them came at noon and left again. I moved Ben. Now nobody leaves. We still count."
    assert alike(rehearsed.rhythm(*both(analyzer, one, other)))
    assert alike(rehearsed.rhythm(*both(analyzer, one, other + " It is better.")))
    assert not alike(rehearsed.rhythm(*both(analyzer, one, other.replace(". I moved", " and I moved"))))
    short = "It broke. I came. I saw it. I won."
    assert rehearsed.rhythm(*both(analyzer, short, short)) is None


# ---- phrases


@pytest.mark.parametrize(
    ("phrase", "same"),
    [
        ("I took full ownership of the problem from day one", True),
        ("I was able to do it", False),  # small words only
        ("it was one of the", False),
        ("full ownership of problems", False),  # four words
        ("I drove alignment across all of the teams involved", False),  # nine words: once is no habit
    ],
)
def test_phrases(analyzer: Analyzer, phrase: str, same: bool) -> None:
    """Runs of five words and more with something in them, ten words in all."""
    left, right = both(analyzer, f"The till was wrong. {phrase}, and the clock was set.", f"Ben was late: {phrase}, but nobody saw that.")
    assert alike(rehearsed.phrases(left, right)) == same


# ---- lessons


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("I learned to talk to stakeholders early and often.", "I learned that talking to stakeholders early is worth it.", True),
        ("I learned to read a hundred labels first.", "I learned to ask what time a machine thinks it is.", False),
        ("I learned to count.", "I learned to count.", False),  # two words: too little to tell
    ],
)
def test_lessons(analyzer: Analyzer, left: str, right: str, same: bool) -> None:
    """Half of the words in common, by their stems, three at least."""
    told = both(analyzer, f"The till was wrong. I set its clock. {left}", f"The queue was long. I moved Ben to the front. {right}")
    assert alike(rehearsed.lesson(*told)) == same


# ---- twins


def with_holes(text: str, share: float, seed: int) -> str:
    """The text with made-up words for some of its words: what synonyms leave."""
    chance = random.Random(seed)
    out, behind = [], 0
    for word in words_of(text):
        if word.content and not word.number and chance.random() < share:
            out += [text[behind : word.start], "bla" + text[word.start : word.end].lower()]
            behind = word.end
    return "".join([*out, text[behind:]])


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.6, 0.9])
def test_a_copy_with_other_words_is_a_twin(analyzer: Analyzer, share: float) -> None:
    """However many of the words are replaced."""
    for story in stories("examples")[:3]:
        found = twin(telling(analyzer, story.text, 1), telling(analyzer, with_holes(story.text, share, 3), 2))
        assert found is not None, (story.title, share)
        assert found.stories == (1, 2)
        assert found.evidence


def test_different_stories_are_no_twins(analyzer: Analyzer) -> None:
    """None of the pairs of fourteen stories, nor of five that share a formula."""
    different = [telling(analyzer, s.text, n) for n, s in enumerate((*stories("examples"), *stories("other"), *stories("rehearsed")), 1)]
    assert [t.stories for a, b in combinations(different, 2) if (t := twin(a, b)) is not None] == []


def test_few_numbers_in_common_are_nothing(analyzer: Analyzer) -> None:
    """The same two numbers stand in two stories."""
    one = "Errors fell from 12% to 7% in 30 days. I set the clocks of both tills, because they were late."
    other = "Waiting fell from 12% to 7% in 45 days. I moved Ben to the counter, where people left at noon."
    assert twin(*both(analyzer, one, other)) is None


def test_round_numbers_make_no_twins(analyzer: Analyzer) -> None:
    """Tens, hundreds, small counts and years stand in every story."""
    one = "In 2023 our fraud model blocked 30% of 100 orders. I read 50 of them, wrote 5 rules in 20 days, and it fell to 10%."
    other = "In 2023 our stream of 100 songs stopped 50 times. I read logs for 20 days, set 5 alarms, and 30% of it went to 10%."
    assert twin(*both(analyzer, one, other)) is None


def test_short_stories_of_one_formula_are_no_twins(analyzer: Analyzer) -> None:
    """Little but frames is left of them; that they sound alike is said."""
    frame = (
        "At my last company, I was responsible for the {0}, and it was {1}. My task was to make it {2} before the {3}. First, I {4}. Then, I "
        "{5}. Finally, I {6}. As a result, {7}. What I learned is that {8} comes first."
    )
    one = frame.format("feature store", "slow", "fast", "audit", "profiled it", "moved the counters into memory",
                       "ran both side by side for two weeks", "reads fell from 40 to 5 milliseconds", "measuring")  # fmt: skip
    other = frame.format("label tool", "wrong", "right", "release", "read 200 labels", "wrote a guide for the annotators",
                         "had two people label each picture", "errors fell from 20% to 6%", "reading")  # fmt: skip
    assert twin(*both(analyzer, one, other)) is None
    assert {found.kind for found in rehearsed.likenesses(*both(analyzer, one, other))} >= {"opening", "connectives"}


def test_a_short_story_told_again(analyzer: Analyzer) -> None:
    """With its numbers, in other words."""
    one = (
        "At my last company half of the pictures of our catalogue had the wrong label. I read 200 labels myself and wrote a guide, and two "
        "people labelled each picture. As a result, errors fell from 20% to 6%."
    )
    again = (
        "Every second picture in our catalogue carried a false label. Before I changed anything, I had 200 of the labels before me. Then two "
        "people looked at each picture by my guide. Errors went down from 20% to 6%."
    )
    assert twin(*both(analyzer, one, again)) is not None


def test_evidence_lies_side_by_side(analyzer: Analyzer) -> None:
    """Each pair of a twin is a sentence of one story and its copy in the other, in their order."""
    copies = {s.title: s for s in stories("twins")}
    left = telling(analyzer, stories("examples")[2].text, 1)
    right = telling(analyzer, copies["Making the outdoor shop's search sell"].text, 2)
    found = twin(left, right)
    assert found is not None
    assert [p.left.start for p in found.evidence] == sorted(p.left.start for p in found.evidence)
    assert all(abs(p.left.sentence - p.right.sentence) <= 1 for p in found.evidence)


# ---- every comparison

COMPARISONS = (rehearsed.opening, rehearsed.connectives, rehearsed.rhythm, rehearsed.phrases, rehearsed.lesson, twin)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "First, I read the logs of both tills for two days.",
            "Then, I set the clock of the second one by an hour.",
            "As a result, errors fell from 12% to 7% in 30 days.",
            "We had twelve people, and nobody knew why.",
            "I learned to look at the clock before I read a log.",
            "It was late.",
            "um so i asked ben about the the rota",
            "«Δ»",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(SENTENCES, SENTENCES)
def test_likeness_holds_for_any_two_stories(analyzer: Analyzer, left: list[str], right: list[str]) -> None:
    """Scores lie between 0 and 1, quotes inside their texts, and turning the stories round changes no verdict."""
    a, b = both(analyzer, " ".join(left), " ".join(right))
    for compare in COMPARISONS:
        found, turned = compare(a, b), compare(b, a)
        assert alike(found) == alike(turned), compare
        if found is not None:
            assert 0 <= found.score <= 1
            for pair in found.evidence:
                assert (pair.left.story, pair.right.story) == (1, 2)
                assert 0 <= pair.left.start < pair.left.end <= len(a.report.text)
                assert 0 <= pair.right.start < pair.right.end <= len(b.report.text)


@given(st.text(max_size=80))
def test_words_have_their_places(text: str) -> None:
    """Every word stands where its offsets say, in order."""
    behind = 0
    for word in words_of(text):
        assert behind <= word.start < word.end <= len(text)
        assert text[word.start : word.end].casefold().replace("’", "'") == word.text
        behind = word.end
    assert all(stem for stem in content_stems(text))
