"""Acronyms in a text: which there are, and whether the words stand beside them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Report
from star_analyzer.acronyms import Acronym, acronyms, is_explained

Analyze = Callable[[str], Report]

AROUND = "We told the people of the shop that {} was what they had asked for in the spring."
"""Enough other words that a few capitals are not shouting."""


def found(text: str, *known: str) -> list[str]:
    """The acronyms of a text among other words."""
    return [a.text for a in acronyms(AROUND.format(text), frozenset(known))]


def explained(text: str) -> bool:
    """Whether the one acronym of a text is explained."""
    ((acronym),) = acronyms(AROUND.format(text), frozenset())
    return acronym.explained


# ---- which there are


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the SLO", ["SLO"]),
        ("the SLOs", ["SLO"]),
        ("the SLO's goal", ["SLO"]),
        ("two AIs", ["AI"]),
        ("(SLO)", ["SLO"]),
        ("“SLO”", ["SLO"]),
        ("an SLO.", ["SLO"]),
        ("AUC, RMSE and F1", ["AUC", "RMSE", "F1"]),
        ("R&D", ["R&D"]),
        ("B2B", ["B2B"]),
        ("EC2", ["EC2"]),
        ("P99", ["P99"]),
        ("IoT", ["IoT"]),
        ("a PhD", ["PhD"]),
        ("CI/CD", ["CI/CD"]),
        ("TF-IDF", ["TF-IDF"]),
        ("SOC-2", ["SOC-2"]),
    ],
)
def test_acronyms(text: str, names: list[str]) -> None:
    """Capitals, also with digits, "&", a plural s, or joined by a stroke, are acronyms."""
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "the team",
        "The Team",
        "I",
        "A",
        "a C++ job",
        "an iPhone",
        "MLOps",
        "MANAGEMENT",
        "a CPU-bound job",
        "an LLM-as-judge run",
        "ops@SLO.com",
        "#SLO",
        "https://x.com/SLO",
        "C:\\SLO",
        "x_SLO",
        "SLO_x",
        "NOT",
        "it was NEVER OK and NOBODY knew",
        "STAR",
    ],
)
def test_what_is_no_acronym(text: str) -> None:
    """Names, words with a hyphen, pieces of addresses and words said with stress are none."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["phase II", "phase IV", "step IX", "the IIIs", "Henry VIII", "X"])
def test_roman_numerals_are_none(text: str) -> None:
    """A number in Roman figures needs no explanation."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["WE CUT THE MTTR IN HALF", "THE SLO WAS MISSED and we knew", "SLO"])
def test_shouted_text_has_none(text: str) -> None:
    """Where most words are in capitals, capitals say nothing."""
    assert list(acronyms(text, frozenset())) == []


def test_half_in_capitals_is_not_shouted() -> None:
    """Up to half of the words in capitals still leaves acronyms."""
    assert [a.text for a in acronyms("The MTTR, the SLO.", frozenset())] == ["MTTR", "SLO"]


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("the SLO", ("slo",), []),
        ("the SLOs", ("slo",), []),
        ("the SLO", ("mttr",), ["SLO"]),
        ("IoT", ("iot",), []),
        ("API/SQL", ("api", "sql"), []),
        ("API/SLO", ("api",), ["API/SLO"]),
        ("API/SLO", ("api/slo",), []),
        ("GPT-4", ("gpt",), []),
        ("GPT-4", (), ["GPT-4"]),
    ],
)
def test_known_ones_are_left_out(text: str, known: tuple[str, ...], names: list[str]) -> None:
    """What the audience knows is left out, in the plural and in a compound of known ones too; a figure in it needs no explanation."""
    assert found(text, *known) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the CI/CD, then the CI and the CD", ["CI/CD"]),
        ("the CI, then the CD, then the CI/CD", ["CI", "CD"]),
        ("the CI, then the CI/CD", ["CI", "CI/CD"]),
        ("the CI/CD and the CI/CD", ["CI/CD"]),
    ],
)
def test_a_compound_and_its_pieces_are_not_told_twice(text: str, names: list[str]) -> None:
    """A compound of acronyms already met adds none, and pieces of one already met add none."""
    assert found(text) == names


def test_only_the_first_use_is_given() -> None:
    """An acronym comes once, with the place of its first use, in text order."""
    text = "The SLOs were missed and the MTTR rose. The SLO was ours, and the MTTR theirs."
    assert list(acronyms(text, frozenset())) == [Acronym("SLO", 4, 8, explained=False), Acronym("MTTR", 29, 33, explained=False)]
    assert text[4:8] == "SLOs"
    assert text[29:33] == "MTTR"


# ---- explanations


@pytest.mark.parametrize(
    "text",
    [
        "the mean time to repair (MTTR)",
        "the mean-time-to-repair (MTTR)",
        "our Mean Time To Repair ( MTTR )",
        "the mean time to repair, or MTTR,",
        "the service level objectives (SLOs)",
        "MTTR (mean time to repair)",
        "MTTR (the mean time to repair)",
        "MTTR, the mean time to repair,",
        "MTTR, our mean time to repair,",
        "MTTR – the mean time to repair –",
        "MTTR—mean time to repair—",
        "MTTR - mean time to repair -",
        "MTTR: mean time to repair",
        "CI/CD (continuous integration, continuous delivery)",
        "continuous integration and continuous delivery (CI/CD)",
        "RMSE (root of the mean squared error)",
        "machine learning (ML)",
        "ML (machine learning)",
        "MTTR, which means how long a repair takes,",
        "MTTR, which stands for how long a repair takes,",
        "MTTR, which is how long a repair takes,",
        "MTTR (short for how long a repair takes)",
        "MTTR stands for how long a repair takes; it",
        "MTTR, meaning how long a repair takes,",
        "MTTR, i.e. how long a repair takes,",
        "MTTR (i.e., how long a repair takes)",
        "MTTR, that is, how long a repair takes,",
    ],
)
def test_explained(text: str) -> None:
    """The words in front with the acronym in brackets, the words behind it, or an announced meaning."""
    assert explained(text)


@pytest.mark.parametrize(
    "text",
    [
        "the MTTR",
        "the time we need (MTTR)",
        "the time to repair (MTTR)",
        "MTTR (time to repair)",
        "the mean of those very few time to repair (MTTR)",
        "MTTR (mean very old odd big time to repair)",
        "MTTR (how long a repair takes)",
        "MTTR (see the page)",
        "MTTR, a bad one,",
        "MTTR, the team and my manager,",
        "MTTR. Mean time to repair",
        "the mean time to repair, so the MTTR",
        "the mean time to repair and then, after a month in which nothing else went wrong in the whole of our long night shift, (MTTR)",
        "MTTR, that isle",
        "MTTR, meaningful or not,",
    ],
)
def test_not_explained(text: str) -> None:
    """Other words beside it, or the right words far off or in another sentence, do not explain it."""
    assert not explained(text)


def test_explained_at_any_use() -> None:
    """An acronym that is explained later is explained; its place is still that of its first use."""
    later = "The MTTR was high, so we looked into it. The mean time to repair (MTTR) fell in the end. The SLO was missed."
    at = later.index("SLO")
    assert list(acronyms(later, frozenset())) == [Acronym("MTTR", 4, 8, explained=True), Acronym("SLO", at, at + 3, explained=False)]


def test_one_letter_is_never_spelled() -> None:
    """Words cannot spell a single letter."""
    assert not is_explained("X (xylophone)", 0, 1, "X")


# ---- any text


@given(st.text(alphabet="ABCDabc s/-&(),.1", max_size=60))
def test_any_text(text: str) -> None:
    """Whatever the text: places slice to the acronym, in order, no name comes twice, and none is known."""
    got = list(acronyms(text, frozenset({"ab", "abc"})))
    assert [a.start for a in got] == sorted(a.start for a in got)
    assert len({a.text for a in got}) == len(got)
    for a in got:
        assert text[a.start : a.end].rstrip("s") == a.text.rstrip("s")
        assert a.text.casefold() not in {"ab", "abc"}


def test_a_long_text_takes_little_time() -> None:
    """A text of many acronyms is read in time that grows with its length."""
    text = " ".join(f"the team saw A{chr(65 + k % 26)}{chr(65 + k // 26 % 26)}{chr(65 + k // 676 % 26)} (and so on)" for k in range(6000))
    start = time.perf_counter()
    assert len(list(acronyms(text, frozenset()))) == 6000
    assert time.perf_counter() - start < 5


def test_the_packaged_list_of_known_ones(analyze: Analyze) -> None:
    """Acronyms of every trade are known without an explanation, technical ones are not."""
    report = analyze(
        "Last year our HR team asked the CEO for a new API in the UK. I wrote it and measured its MTTR for a month. "
        "As a result, the MTTR fell from six hours to two, and the KPI of the team was met."
    )
    assert [t.term for t in report.language.acronyms] == ["MTTR"]
    assert report.facts.unexplained_acronyms == ("MTTR",)
