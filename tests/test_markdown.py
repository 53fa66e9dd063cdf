"""The Markdown report: complete, and nothing in the answer can act as Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hostile import EVIL, GERMAN, STRONG, WEAK, answer, poisoned
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from star_analyzer import Analyzer, Report
from star_analyzer.render.markdown import report_markdown
from star_analyzer.render.markdown_text import escaped
from star_analyzer.render.plain import printable

Analyze = Callable[[str], Report]
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(markdown: str) -> list[Any]:
    """What a reader makes of it, inside of lines too."""
    return [t for block in READER.parse(markdown) for t in (block, *(block.children or ()))]


def shown(markdown: str) -> str:
    """The words that a reader sees, without white space."""
    return re.sub(r"\s+", "", "".join(t.content for t in tokens(markdown) if t.type in ("text", "code_inline")))


def folded(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module", params=[STRONG, WEAK], ids=["strong", "weak"])
def report(analyzer: Analyzer, request: pytest.FixtureRequest) -> Report:
    """A report."""
    return analyzer.analyze(request.param, question="What did you improve?")


def test_report_is_complete(report: Report) -> None:
    """Every finding, every sentence, every question, the balance and the score."""
    text = report_markdown(report, title="my story")
    out = shown(text)
    assert text.startswith("## my story\n")
    assert "Whatdidyouimprove?" in out
    for f in report.findings:
        assert folded(printable(f.message)) in out
        assert text.count(f"**{f.code}**") == 1
        assert (folded(f.suggestion) in out) is not f.praise
        assert folded(f.follow_up or "") in out
    for s in report.sentences:
        assert folded(report.quote(s) or "") in out
    for q in (report.verdict.production, report.verdict.imperfect_data, report.verdict.constraints):
        assert folded(q.question) in out
        assert folded(q.why) in out
    for b in (report.structure.setup, report.structure.action, report.structure.outcome):
        assert f"| {b.share:.0%} |" in text
    assert f"**Score {report.verdict.score} of 100**" in text


def test_headings_come_in_order(report: Report) -> None:
    """Next steps first."""
    order = [
        "Next steps",
        "What works",
        "The answer",
        "Also noticed",
        "Balance",
        "What a listener takes away",
        "Would this convince an interviewer?",
    ]
    headings = re.findall(r"(?m)^### (.*)$", report_markdown(report))
    assert headings == [o for o in order if o in headings]
    assert headings[0] == "Next steps"
    assert len(headings) >= 5


def test_a_reader_sees_the_intended_blocks(report: Report) -> None:
    """Two tables, one list a group, next steps numbered, paragraphs of the answer quoted, line breaks in items."""
    made = tokens(report_markdown(report))
    kinds = [t.type for t in made]
    assert kinds.count("table_open") == 2
    assert kinds.count("ordered_list_open") == 1
    assert kinds.count("blockquote_open") == 1 + report.text.count("\n\n")
    items = sum(2 if f.follow_up else 1 for f in report.findings if not f.praise)
    assert kinds.count("hardbreak") == items
    assert not {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block"} & {*kinds}


def test_score_can_be_left_out(report: Report) -> None:
    """Without the score the rest is the same."""
    whole, without = report_markdown(report), report_markdown(report, score=False)
    assert whole.startswith(without)
    assert "Score" not in without
    assert "of 100" not in without
    assert whole == report.to_markdown()


def test_an_unreliable_report_says_only_why(analyze: Analyze) -> None:
    """What is wrong, and nothing else."""
    text = report_markdown(analyze(GERMAN))
    assert "cannot be read as an answer" in text
    assert text.count("###") == 1
    assert "Score" not in text


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_words_format_nothing(report: Report, kind: str) -> None:
    """Poisoned everywhere, the report has the blocks and spans that it has with harmless words, and shows the evil ones."""
    evil = EVIL[kind]
    made = tokens(report_markdown(poisoned(report, evil), title=evil))
    harmless = tokens(report_markdown(poisoned(report, "x" * len(evil)), title="x"))
    formats = ("text", "softbreak", "text_special", "entity")
    assert [t.type for t in made if t.type not in formats] == [t.type for t in harmless if t.type not in formats]
    assert folded(printable(evil)) in folded("".join(t.content for t in made if t.type in ("text", "text_special", "entity")))


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_answers_format_nothing(analyze: Analyze, kind: str) -> None:
    """An analysed answer with evil words makes no HTML, link, image or code."""
    kinds = {t.type for t in tokens(report_markdown(analyze(answer(EVIL[kind]))))}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "s_open", "fence"}


@given(st.one_of(st.text(), st.text(alphabet="\\`*_[]()#+-=!|~<>&@:$ \n\t1.)a/w")))
def test_escaped_shows_any_text_literally(text: str) -> None:
    """Any text becomes one paragraph of plain text that shows it, at the start of a line and inside one."""
    line = escaped(text)
    assert "\n" not in line
    for before in ("", "x "):
        made = tokens(before + line)
        kinds = [t.type for t in made if t.type not in ("text", "text_special")]
        assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"])
        words = "".join(t.content for t in made if t.type in ("text", "text_special"))
        assert words.strip() == (before + printable(text).strip()).strip()


@pytest.mark.parametrize("text", ["Plain words, 50 % of “them” – and 5:30 too.", "I'm fine (really); it's 3.1% to 1.3%!", "a - b + c = d"])
def test_escaped_leaves_plain_words_alone(text: str) -> None:
    """Words without signs that act stay readable in the source."""
    assert escaped(text).replace("&#58;", ":") == text
