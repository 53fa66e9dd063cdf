"""How an answer sounds and how long it takes to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from building import Said, evidence, told, words

from star_analyzer import PROFILES, Report
from star_analyzer.evidence import Evidence
from star_analyzer.measures.delivery import delivery
from star_analyzer.profiles import Settings
from star_analyzer.sections import Delivery

Analyze = Callable[[str], Report]
PROFILE = PROFILES["ml-engineer"]


def measured(found: Evidence, *, rate: float = 150.0, readability: bool = False, **profile: Any) -> Delivery:
    """Delivery by the default profile, or with some of its values changed."""
    settings = Settings(speaking_rate=rate, readability=readability)
    return delivery(found, told(found, speaking_rate=rate), settings, replace(PROFILE, **profile))


def long(words: int, part: str, text: str = "It went on.") -> Said:
    """A sentence that counts as so many words."""
    return Said(text, part=part, words=words)


# ---- time and length


@pytest.mark.parametrize(("rate", "seconds"), [(150.0, 20.0), (75.0, 40.0), (300.0, 10.0)])
def test_seconds(rate: float, seconds: float) -> None:
    """Time is words by the speaking rate."""
    assert measured(evidence(long(30, "situation"), long(20, "action")), rate=rate).seconds == seconds


@pytest.mark.parametrize(
    ("parts", "before", "sentences"),
    [
        (["action", "result"], 0.0, 0),
        (["situation", "task", "action", "situation"], 8.0, 2),
        (["other", "result", "action"], 8.0, 2),
        (["situation", "task"], None, 2),
        ([], None, 0),
    ],
)
def test_time_before_the_action(parts: list[str], before: float | None, sentences: int) -> None:
    """The setup is what comes before the first Action; without an Action there is no such time, and all is setup."""
    got = measured(evidence(*(long(10, p) for p in parts)))
    assert (got.seconds_before_action, got.setup_sentences) == (before, sentences)


def test_sentence_lengths() -> None:
    """The mean leaves out sentences without words; of equally long ones the first is the longest."""
    found = evidence(Said("…", words=0), long(4, "action", "One."), long(9, "action", "Two."), long(9, "action", "Three."))
    got = measured(found)
    assert got.mean_sentence_words == 7.3
    assert got.longest_sentence_words == 9
    assert got.longest_sentence is not None
    assert words(found, [got.longest_sentence]) == ["Two."]


def test_no_words_at_all() -> None:
    """An answer without words has no rates and no longest sentence."""
    for found in (evidence(), evidence(Said("…", words=0))):
        got = measured(found, readability=True)
        assert (got.seconds, got.mean_sentence_words, got.fillers_per_minute, got.longest_sentence_words) == (0, 0, 0, 0)
        assert (got.longest_sentence, got.reading_ease) == (None, 0)


# ---- fillers and hedges


@pytest.mark.parametrize(
    ("text", "mentions", "fillers"),
    [
        ("Um, we went.", [("filler.sound", "Um")], ["Um"]),
        ("We sort of went.", [("filler.phrase", "sort of")], ["sort of"]),
        ("The ER called.", [("filler.sound", "ER")], []),
        ("It was 5 mm wide.", [("filler.sound", "mm")], []),
        ("It was 5mm wide.", [("filler.sound", "mm")], []),
        ("We said mm to it.", [("filler.sound", "mm")], ["mm"]),
        ("We went, you know, home.", [], ["you know"]),
        ("We went, you know, home.", [("filler.phrase", "you know")], ["you know"]),
        ("It was, like, late; basically, too late.", [], ["like", "basically"]),
        ("It was, I mean, late.", [], ["I mean"]),
        ("They, like us, were late.", [], []),
        ("It is what you know, and I mean it.", [], []),
        ("So, um, it was, actually, um late.", [("filler.sound", "um")], ["um", "actually"]),
        ("We went home.", [("filler.unheard", "went")], []),
    ],
)
def test_fillers(text: str, mentions: list[tuple[str, str]], fillers: list[str]) -> None:
    """Fillers are sounds, phrases, and some words between commas; not names in capitals, and not millimetres."""
    found = evidence("It began.", Said(text, mentions=mentions))
    got = measured(found).fillers
    assert words(found, got) == fillers
    assert {f.sentence for f in got} <= {2}


def test_fillers_a_minute() -> None:
    """The rate is by time: half the rate of speech, half the fillers a minute."""
    found = evidence(Said("Um, so er, we went.", words=75, mentions=[("filler.sound", "Um"), ("filler.sound", "er")]))
    assert measured(found).fillers_per_minute == 4.0
    assert measured(found, rate=75).fillers_per_minute == 2.0
    assert measured(found, rate=100).fillers_per_minute == 2.7


@pytest.mark.parametrize(("part", "count"), [("situation", 1), ("action", 1), ("result", 1), ("other", 1), ("reflection", 0)])
def test_doubt_about_what_was_learned_is_no_hedge(part: str, count: int) -> None:
    """Words of doubt count everywhere but in the Reflection."""
    assert len(measured(evidence(Said("Maybe it was.", part=part, mentions=[("hedge.doubt", "Maybe")]))).hedges) == count


def test_a_hedge_counts_by_its_own_sentence() -> None:
    """What stands before or behind is no matter."""
    said = [Said("Maybe it was.", part=p, mentions=[("hedge.doubt", "Maybe")]) for p in ("reflection", "action", "reflection")]
    assert [h.sentence for h in measured(evidence(*said)).hedges] == [2]


# ---- repetition


@pytest.mark.parametrize(
    ("texts", "limit", "runs"),
    [
        (["I built a.", "I built b.", "I built c.", "I built d."], 4, [("i built", (1, 2, 3, 4))]),
        (["I built a.", "I built b.", "I built c."], 4, []),
        (["I built a.", "I BUILT b.", "So I built c."], 2, [("i built", (1, 2))]),
        (["I built a.", "We left.", "I built b."], 2, []),
        (["I left.", "I left.", "I left."], 2, []),
        (["A b c.", "A b d.", "C d e.", "C d f."], 2, [("a b", (1, 2)), ("c d", (3, 4))]),
        (["I’ve built a.", "I’ve built b."], 2, [("i’ve built", (1, 2))]),
    ],
)
def test_repeated_openings(texts: list[str], limit: int, runs: list[tuple[str, tuple[int, ...]]]) -> None:
    """Neighbours with the same first two words, from the profile's limit up; sentences of two words have no opening."""
    got = measured(evidence(*texts), openings=limit).repeated_openings
    assert [(r.opening, r.sentences) for r in got] == runs


@pytest.mark.parametrize(
    ("second", "repeated"),
    [
        ("The nightly import of prices took six hours.", True),
        ("And so the nightly import of the prices then took six hours!", True),
        ("The nightly import of prices took only six long hours.", False),
        ("The nightly import of stock took two days.", False),
        ("Hours six took prices import nightly.", True),
    ],
)
def test_repeated_sentences(second: str, repeated: bool) -> None:
    """A sentence with four in five of the content words of an earlier one, and the other way round, repeats it."""
    found = evidence("The nightly import of prices took six hours.", "We were late.", second)
    assert words(found, measured(found).repeated) == ([second] if repeated else [])


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        ("The import of prices took hours.", "The import of prices took hours.", 0),
        ("The nightly import of prices took hours.", "The nightly import of prices took hours.", 1),
        ("The nightly import of prices took hours.", "The nightly import of prices took days.", 1),
        ("The nightly import of prices took hours.", "The nightly import of stock took days.", 0),
    ],
)
def test_how_much_is_a_repetition(first: str, second: str, repeated: int) -> None:
    """Fewer than five content words say too little to compare; from four in five on they are the same."""
    assert len(measured(evidence(first, second)).repeated) == repeated


def test_a_sentence_told_three_times_repeats_twice() -> None:
    """Each later telling is listed, not the first."""
    text = "The nightly import of prices took six hours."
    assert [s.sentence for s in measured(evidence(text, text, text)).repeated] == [2, 3]


# ---- rambling


@pytest.mark.parametrize(
    ("told_parts", "stretch"),
    [
        ([("situation", 112), ("action", 50)], None),
        ([("situation", 113), ("action", 50)], (1, 1)),
        ([("situation", 60), ("other", 60), ("action", 50)], (1, 2)),
        ([("situation", 60), ("task", 5), ("situation", 60)], None),
        ([("situation", 120), ("action", 5), ("other", 130), ("result", 5)], (3, 3)),
        ([("situation", 120), ("action", 5), ("other", 120)], (1, 1)),
        ([("action", 500)], None),
        ([("task", 120), ("reflection", 120)], None),
    ],
)
def test_ramble(told_parts: list[tuple[str, int]], stretch: tuple[int, int] | None) -> None:
    """The longest stretch of Situation and Other, from 45 seconds up; of equally long ones the first."""
    found = evidence(*(long(n, p) for p, n in told_parts))
    got = measured(found).ramble
    if stretch is None:
        assert got is None
    else:
        first, last = (found.sentences[n - 1] for n in stretch)
        assert got is not None
        assert (got.sentence, got.start, got.end) == (stretch[0], first.start, last.end)


def test_the_profile_says_what_rambles() -> None:
    """A patient profile finds nothing in the same answer."""
    found = evidence(long(100, "situation"))
    assert measured(found).seconds == 40
    assert measured(found, ramble_seconds=40).ramble is not None
    assert measured(found, ramble_seconds=40.1).ramble is None


# ---- reading ease


def test_reading_ease_only_on_request() -> None:
    """Reading ease is measured when asked for, and easy words are easier than hard ones."""
    easy, hard = evidence("The cat sat on the mat."), evidence("Organisational considerations necessitated reconfiguration.")
    assert measured(easy).reading_ease is None
    ease, effort = (measured(e, readability=True).reading_ease for e in (easy, hard))
    assert ease is not None
    assert effort is not None
    assert ease > 90
    assert effort < 30


@pytest.mark.parametrize(("text", "syllables"), [("The cat sat.", 3), ("The banana fell.", 5), ("Zzqx blorptangle brrr.", 5)])
def test_reading_ease_of_known_syllables(text: str, syllables: int) -> None:
    """Flesch's formula: 206.835 less 1.015 words a sentence less 84.6 syllables a word; made-up words are counted by their vowels."""
    assert measured(evidence(text), readability=True).reading_ease == round(206.835 - 1.015 * 3 - 84.6 * syllables / 3, 1)


def test_reading_ease_falls_with_long_sentences() -> None:
    """The same words in fewer sentences are harder."""
    short, whole = (measured(evidence(*texts), readability=True).reading_ease for texts in (["We sat.", "We ate."], ["We sat, we ate."]))
    assert short is not None
    assert whole is not None
    assert short > whole


def test_delivery_of_a_spoken_answer(analyze: Analyze) -> None:
    """Fillers of a plain spoken answer are found by construction: "what sort of data" is none."""
    report = analyze(
        "So, um, our shop lost orders every night. I sort of gave up. Then I asked what sort of data we had. "
        "I traced the failures, you know, to a cache. As a result, it has run every night since then."
    )
    assert [f.sentence for f in report.delivery.fillers] == [1, 2, 4]
    assert [report.quote(f) for f in report.delivery.fillers][::2] == ["um", "you know"]
