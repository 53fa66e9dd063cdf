"""The printed report: safe for a terminal, within its width, and complete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from star_analyzer import Analyzer, Report
from star_analyzer.render.plain import printable
from star_analyzer.render.text import explanation_text, report_text, to_text

Analyze = Callable[[str], Report]

WIDTHS = [60, 80, 100, 200]
STORY = (
    "At my last company the nightly import took six hours and the shops opened without prices, which the store managers "
    "complained about in every single weekly meeting that we had that spring. My task was to get it under an hour. "
    "First I profiled the import, then I split the file into pieces and loaded them in parallel. "
    "As a result, it dropped to forty minutes."
)
GERMAN = "Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt, damit alles schneller läuft."
LABELLED = "Situation: The import took six hours.\nTask: I had to halve it.\nAction: I split the file.\nResult: It takes one hour now."
LONG_WORD = "We moved the data to " + "x" * 250 + " and I checked the totals. As a result, the import dropped to forty minutes."
TEXTS = {
    "story": STORY,
    "short": "I fixed the build.",
    "german": GERMAN,
    "labelled": LABELLED,
    "long word": LONG_WORD,
    "wide": "I told the 東京支社 team that 我们的数据已经全部搬走了 and they agreed 👍. As a result, complaints dropped by half.",
    "markup": "I wrote [bold]the[/bold] parser for [/] tags and [link=x]links[/link]. As a result, errors dropped from ten to two.",
}


def folded(text: str) -> str:
    """The text without white space, so that wrapping does not matter."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\x00b", "a\\x00b"),
        ("a\x08b\x7f", "a\\x08b\\x7f"),
        ("a\u202eb\u2066c\u200fd\u061ce", "a\\u202eb\\u2066c\\u200fd\\u061ce"),
        ("\ufeffa\u200bb\u00adc", "\\ufeffa\\u200bb\\xadc"),
        ("\ue000", "\\ue000"),
    ],
)
def test_printable_escapes(text: str, shown: str) -> None:
    """Escape sequences, NUL and characters that change direction or cannot be seen are shown as escapes."""
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["plain words", "Müller’s “quote” – 50 % · 3 €", "東京 عربى", "👩\u200d💻 👍🏽", "e\u0301"])
def test_printable_leaves_words_alone(text: str) -> None:
    """Ordinary text in any script stays as it is."""
    assert printable(text) == text


def test_printable_makes_one_line() -> None:
    """White space of any kind becomes one space."""
    assert printable("a\r\nb\tc\u2028d  e\x0bf") == "a b c d e f"


@given(st.text())
def test_printable_of_any_text(text: str) -> None:
    """Whatever goes in, no control, bidi or surrogate character comes out."""
    out = printable(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in out)
    assert not set(out) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TEXTS)
def test_report_fits_its_width(analyze: Analyze, name: str, width: int) -> None:
    """No line is longer than the width, in terminal cells, and none ends in a space."""
    lines = to_text(report_text(analyze(TEXTS[name]), title="a/file.txt"), width=width).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert lines[-1]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TEXTS)
def test_report_is_complete(analyze: Analyze, name: str, width: int) -> None:
    """Every finding's message, code and suggestion stands in the printed report, and so does every sentence of a reliable one."""
    report = analyze(TEXTS[name])
    printed = to_text(report_text(report), width=width)
    out = folded(printed)
    for finding in report.findings:
        assert folded(finding.message) in out
        assert folded(finding.suggestion) in out
        assert finding.code in out
    if report.reliable:
        for sentence in report.sentences:
            assert sentence.part.value.capitalize() in printed
            column = folded(report.quote(sentence) or "")
            assert column in out or _in_pieces(column, printed)


def _in_pieces(sentence: str, printed: str) -> bool:
    """Whether the sentence stands in the lines of the table, read from the right-hand column."""
    rest = sentence
    for line in printed.splitlines():
        piece = folded(line)
        while piece and rest and not rest.startswith(piece):
            piece = piece[1:]
        rest = rest[len(piece) :] if rest else rest
    return not rest


def test_report_of_an_answer_that_cannot_be_read(analyze: Analyze) -> None:
    """A report that is not reliable says so and shows no balance."""
    printed = to_text(report_text(analyze(GERMAN)))
    assert "cannot be read as an answer" in printed
    assert "Balance" not in printed


def test_question_and_title_are_shown(analyzer: Analyzer) -> None:
    """Title and question are printed, made safe."""
    printed = to_text(report_text(analyzer.analyze(STORY, question="Why\x1b[2J?"), title="my\x1bfile"))
    assert "Question: Why\\x1b[2J?" in printed
    assert "my\\x1bfile" in printed


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_in_the_text_drives_the_terminal(analyzer: Analyzer, colour: bool) -> None:
    """Escapes of the answer are neutralised in the report and in the explanation, with colour and without."""
    report = analyzer.analyze("I \x1b[31msplit\x1b[0m the \u202efile\u2066 and\x00 \x9b2J loaded it. " + STORY, question="\x1b]0;x\x07")
    for part in (report_text(report, title="\x1b[2J"), *(explanation_text(report, s) for s in report.sentences)):
        printed = to_text(part, colour=colour)
        assert not set(printed) & set("\x00\x07\x9b\u202e\u2066")
        assert "\x1b[2J" not in printed
        assert "\x1b]" not in printed
        if not colour:
            assert "\x1b" not in printed


def test_markup_is_not_interpreted(analyze: Analyze) -> None:
    """Square brackets of the answer are text, not rich markup."""
    printed = to_text(report_text(analyze(TEXTS["markup"])), width=200)
    assert "[bold]the[/bold] parser for [/] tags" in printed


def test_same_report_same_text(analyze: Analyze) -> None:
    """Printing twice gives the same text."""
    report = analyze(STORY)
    assert to_text(report_text(report)) == to_text(report_text(report))


def test_explanation_shows_part_runner_up_and_weights(analyze: Analyze) -> None:
    """The explanation names the part, the runner-up, every reason and both weights of each."""
    report = analyze(STORY)
    for sentence in report.sentences:
        printed = to_text(explanation_text(report, sentence), width=200)
        out = folded(printed)
        assert printed.startswith(f"Sentence {sentence.number}: {sentence.part.value.capitalize()}")
        assert sentence.runner_up.value.capitalize() in printed
        assert f"{sentence.confidence:.0%}" in printed
        assert folded(report.quote(sentence) or "") in out
        for cue in sentence.cues:
            assert folded(cue.meaning) in out
            assert f"{cue.weight:+.2f}" in printed
            assert f"{cue.weight_for_runner_up:+.2f}" in printed
        assert f"{sentence.order_weight:+.2f}" in printed


@pytest.mark.parametrize("width", WIDTHS)
def test_explanation_fits_its_width(analyze: Analyze, width: int) -> None:
    """No line of an explanation is longer than the width or ends in a space."""
    for text in (STORY, LONG_WORD, TEXTS["markup"]):
        report = analyze(text)
        for sentence in report.sentences:
            lines = to_text(explanation_text(report, sentence), width=width).splitlines()
            assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


def test_explanation_names_the_section_label(analyze: Analyze) -> None:
    """The explanation tells of the label above the sentence."""
    report = analyze(LABELLED)
    assert "under a label that announces Action" in to_text(explanation_text(report, report.sentences[2]))
