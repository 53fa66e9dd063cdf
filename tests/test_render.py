"""The printed report: safe for a terminal, within its width, and complete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from star_analyzer import Analyzer, Part, Report
from star_analyzer.render.plain import printable
from star_analyzer.render.text import explanation_text, report_text, to_text
from star_analyzer.render.words import LETTERS

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
    """Every finding's message and code and, but for praise, its suggestion stands in the printed report, and so does every sentence of a reliable one."""
    report = analyze(TEXTS[name])
    printed = to_text(report_text(report), width=width)
    out = folded(printed)
    for finding in report.findings:
        assert folded(finding.message) in out
        assert (folded(finding.suggestion) in out) is not finding.praise  # what works is only to be kept
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


# ---- verdict, next steps, praise, and what a listener takes away

STRONG = (
    "Last year our fraud model at a payments company blocked 3.1% of honest orders, and two shops gave notice. "
    "My task was to halve that before the summer, within 50 milliseconds a decision. "
    "First I read 300 blocked orders by hand with Dana from support, because nobody had looked at single cases. "
    "I considered a neural network, but it needed 120 milliseconds, so I gave up a little recall and chose a smaller model. "
    "I tested it in shadow mode for two weeks, rolled it out, and set an alert that would switch us back. "
    "As a result, false blocks fell from 3.1% to 1.3%. I learned to read real cases before I pick a model."
)
HEADINGS = (
    "Next steps",
    "Balance",
    "Your answer, sentence by sentence",
    "What works",
    "Also noticed",
    "What a listener takes away",
    "Would this convince an interviewer?",
)


def block(printed: str, heading: str) -> str:
    """The lines below a heading, up to the next one."""
    lines = printed.splitlines()
    start = lines.index(heading) + 1
    end = next((k for k in range(start, len(lines)) if lines[k] in HEADINGS), len(lines))
    return "\n".join(lines[start:end])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", [STRONG, STORY])
def test_headings_come_in_order(analyze: Analyze, text: str, width: int) -> None:
    """What to do next comes first, then the balance and the answer, the other findings, and at last the verdict."""
    lines = to_text(report_text(analyze(text)), width=width).splitlines()
    shown = [line for line in lines if line in HEADINGS]
    assert shown == [h for h in HEADINGS if h in shown]
    assert {*HEADINGS} - {*shown} <= {"Also noticed", "What works"}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_verdict_is_whole(analyze: Analyze, width: int) -> None:
    """Each question stands with its level and its reason, and the score with every term."""
    report = analyze(STRONG)
    shown = folded(block(to_text(report_text(report), width=width), HEADINGS[-1]))
    judged = report.verdict
    for question in (judged.production, judged.imperfect_data, judged.constraints):
        assert question.level + folded(question.question) in shown
        assert folded(question.why) in shown
    assert folded(f"Score {judged.score} of 100") in shown
    for term in judged.terms:
        assert folded(f"{term.name} {term.points:g}/{term.most:g}") in shown


@pytest.mark.parametrize("text", [STRONG, GERMAN])
def test_the_score_can_be_hidden(analyze: Analyze, text: str) -> None:
    """Without the score the questions stay, and nothing else changes."""
    report = analyze(text)
    with_score, without = (to_text(report_text(report, score=s), width=80) for s in (True, False))
    assert with_score.startswith(without)
    assert with_score[len(without) :].startswith("Score ") is report.reliable
    assert "of 100" not in without


def test_every_finding_stands_once_under_its_heading(analyze: Analyze) -> None:
    """Next steps are not told again below; praise stands under what works."""
    report = analyze(STRONG)
    printed = to_text(report_text(report), width=200)
    steps = [f.code for f in report.next_steps]
    praise = [f.code for f in report.findings if f.praise]
    assert steps
    assert praise
    assert re.findall(r"[A-Z]{2}\d{3}", block(printed, "Next steps")) == steps
    assert re.findall(r"[A-Z]{2}\d{3}", block(printed, "What works")) == praise
    assert sorted(re.findall(r"(?<= )[A-Z]{2}\d{3}$", printed, re.M)) == sorted(f.code for f in report.findings)


def test_praise_is_marked_as_such(analyze: Analyze) -> None:
    """A tick stands before what works and only there."""
    report = analyze(STRONG)
    printed = to_text(report_text(report), width=200)
    assert block(printed, "What works").count("✓ ") == sum(f.praise for f in report.findings) == printed.count("✓ ")


def test_follow_up_questions_are_shown(analyze: Analyze) -> None:
    """What an interviewer would ask next stands with its finding."""
    report = analyze(STRONG)
    asked = [f.follow_up for f in report.findings if f.follow_up]
    out = folded(to_text(report_text(report), width=80))
    assert asked
    assert all(folded(f"They may ask: {a}") in out for a in asked)


def test_nothing_to_work_on_is_said(analyze: Analyze) -> None:
    """Where only praise is found, it is said that there is nothing to work on; else it is not."""
    report = analyze(STRONG)
    said = "The rules found nothing to work on"
    praise = tuple(f for f in report.findings if f.praise)
    assert said not in to_text(report_text(report))
    for found in (praise, ()):
        assert said in to_text(report_text(report.model_copy(update={"findings": found, "next_steps": ()})))


def heard(report: Report, width: int = 200) -> dict[str, str]:
    """The lines of what a listener takes away, by their names."""
    lines = block(to_text(report_text(report), width=width), "What a listener takes away").splitlines()
    return {line[:11].strip(): line[11:].strip() for line in lines if line}


def test_what_a_listener_takes_away(analyze: Analyze) -> None:
    """One line a section, with the figures of the report."""
    report = analyze(STRONG)
    got = heard(report)
    own = report.ownership.in_action
    assert list(got) == ["Who acted", "Outcome", "Limits", "Decisions", "Signals", "Delivery", "Good for"]
    assert got["Who acted"].startswith(f"“I” {own.i}")
    assert got["Outcome"].startswith("3.1% to 1.3% (")
    assert "latency (with a number)" in got["Limits"]
    assert got["Decisions"] == "reason told, alternative told, trade-off told, validation told"
    assert f"after launch {report.signals.after_launch.level}" in got["Signals"]
    assert f"{report.language.terms_per_100_words:g} technical terms in 100 words" in got["Delivery"]
    assert "improved metric" in got["Good for"]


def test_what_a_listener_does_not_hear(analyze: Analyze) -> None:
    """What is not told is said to be missing, not left out."""
    got = heard(analyze("The office was cold. The windows were old. It was a bad building. Nobody liked it there at all."))
    assert got["Who acted"] == "nobody"
    assert got["Outcome"] == "no number"
    assert got["Limits"] == "none named"
    assert got["Decisions"] == "reason not told, alternative not told, trade-off not told, validation not told"
    assert got["Delivery"].startswith("no action, ")


def test_a_denied_limit_is_not_named_as_one(analyze: Analyze) -> None:
    """A limit that is said to be no concern is not listed."""
    report = analyze(STRONG)
    (limit,) = [c for c in report.constraints.items if c.name == "latency"]
    items = tuple(c.model_copy(update={"status": "negated"}) if c is limit else c for c in report.constraints.items)
    denied = report.model_copy(update={"constraints": report.constraints.model_copy(update={"items": items})})
    assert "latency" in heard(report)["Limits"]
    assert "latency" not in heard(denied)["Limits"]


def test_an_unreliable_report_shows_no_verdict(analyze: Analyze) -> None:
    """A text that cannot be read gets no verdict, no score, no next steps and nothing heard."""
    printed = to_text(report_text(analyze(GERMAN)))
    assert not set(HEADINGS) & set(printed.splitlines())
    assert "Score" not in printed


HOSTILE = {
    "a tag": "[bold]x[/]",
    "a closing tag": "[/b]",
    "a lone closing tag": "[/]",
    "an emoji code": ":smile:",
    "escapes": "\x1b[31m\x07",
    "links": "\x1b]8;;\x9b2J",
    "direction": "\u202e\u2066",
    "backslashes": "\\[red] \\",
}


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_in_quotes_stays_harmless(analyze: Analyze, kind: str, colour: bool) -> None:
    """Words of the answer are printed as they stand wherever they are quoted: never interpreted, and made safe."""
    evil, report = HOSTILE[kind], analyze(STRONG)
    (change,) = (c for c in report.outcomes.changes if c.part is Part.RESULT)
    room = change.end - change.start
    told = report.sentences[change.sentence - 1]
    told = told.model_copy(update={"cues": (told.cues[0].model_copy(update={"start": change.start, "end": change.end}),)})
    finding = report.next_steps[0].model_copy(update={"message": f"m {evil} m", "suggestion": f"s {evil} s", "quote": f"q {evil} q"})
    finding = finding.model_copy(update={"follow_up": f"f {evil} f"})
    hostile = report.model_copy(
        update={
            "text": report.text[: change.start] + evil.ljust(room) + report.text[change.end :],
            "question": f"a {evil} a",
            "next_steps": (finding,),
        }
    )
    assert len(evil) < room
    shown = report_text(hostile, title=f"t {evil} t"), explanation_text(hostile, told)
    for part in shown:
        printed = to_text(part, width=500, colour=colour)
        assert not set(printed) & set("\x00\x07\x9b\u202e\u2066")
        assert "\x1b]" not in printed
        assert colour or "\x1b" not in printed
    safe = folded(printable(evil))
    whole, why = (folded(to_text(part, width=500)) for part in shown)
    for mark in "msqfat":
        assert f"{mark}{safe}{mark}" in whole
    assert safe in folded(heard(hostile, 500)["Outcome"])
    assert f"fellfrom{safe}" in whole
    assert why.count(safe) >= 2


@pytest.mark.parametrize("width", [60, 61, 75, 99, 140, 200])
@pytest.mark.parametrize("score", [True, False])
@pytest.mark.parametrize("evil", ["", "x" * 60, "東京" * 30], ids=["plain", "long", "wide"])
def test_all_parts_wrap(analyze: Analyze, width: int, score: bool, evil: str) -> None:
    """Verdict, steps and what a listener takes away keep within the width and lose no word."""
    report = analyze(STRONG.replace("from 3.1% to", f"from 3.1% {evil} to") if evil else STRONG)
    printed = to_text(report_text(report, score=score), width=width)
    assert [line for line in printed.splitlines() if cell_len(line) > width or line != line.rstrip()] == []
    out = folded(printed)
    for question in (report.verdict.production, report.verdict.imperfect_data, report.verdict.constraints):
        assert folded(question.question + question.why) in out
    for step in report.next_steps:
        assert folded(step.suggestion) in out
    assert report.outcomes.changes
    for change in report.outcomes.changes:
        assert folded(report.quote(change) or "") in folded(block(printed, "What a listener takes away"))


# ---- the look


@pytest.mark.parametrize("text", [STRONG, STORY])
def test_next_steps_are_numbered(analyze: Analyze, text: str) -> None:
    """Next steps have numbers, from one."""
    report = analyze(text)
    steps = block(to_text(report_text(report), width=200), "Next steps")
    assert [int(n) for n in re.findall(r"(?m)^(\d) ", steps)] == list(range(1, len(report.next_steps) + 1))


def test_letters_stand_in_the_margin(analyze: Analyze) -> None:
    """Every sentence has its number and the letter of its part; the legend says what the letters mean."""
    report = analyze(STRONG)
    lines = block(to_text(report_text(report), width=80), "Your answer, sentence by sentence").splitlines()
    marked = [match.groups() for line in lines[1:] if (match := re.match(r" *(\d+) ([STARLO])\b", line))]
    assert marked == [(str(s.number), LETTERS[s.part]) for s in report.sentences]
    assert {s.part for s in report.sentences} == {part for part in Part if f"{LETTERS[part]} {part.value.capitalize()} " in lines[0]}


def test_only_an_unsure_part_has_a_figure(analyze: Analyze) -> None:
    """The probability is shown where it is below the limit, and nowhere else."""
    report = analyze(STORY)
    unsure = report.model_copy(update={"sentences": (report.sentences[0].model_copy(update={"confidence": 0.49}), *report.sentences[1:])})
    assert all(s.confidence > 0.8 for s in report.sentences)
    shown, doubted = (block(to_text(report_text(r), width=100), "Your answer, sentence by sentence") for r in (report, unsure))
    assert not re.search(r"(?m)^ *\d+ [STARLO] \d+%", shown)
    assert re.findall(r"(?m)^ *(\d+) [STARLO] (\d+)%", doubted) == [("1", "49")]


@pytest.mark.parametrize("width", [*WIDTHS, 300])
def test_bars_are_whole_and_lines_are_readable(analyze: Analyze, width: int) -> None:
    """Bars keep their length at every width, and no line is longer than people like to read."""
    printed = to_text(report_text(analyze(STRONG)), width=width)
    bars = re.findall("[█░·]{5,}", block(printed, "Balance"))
    assert [len(bar) for bar in bars] == [20, 20, 20]
    assert max(map(cell_len, printed.splitlines())) <= 110


def test_quotes_stand_with_findings_once(analyze: Analyze) -> None:
    """A finding that does not quote its words in the message has them below; one that does is not told twice."""
    report = analyze(STRONG)
    step = report.next_steps[0]
    for message, times in (("It says something.", 1), ("It says “blocked 3.1%”.", 0)):
        changed = report.model_copy(update={"next_steps": (step.model_copy(update={"message": message, "quote": "blocked 3.1%"}),)})
        assert block(to_text(report_text(changed), width=80), "Next steps").count("\n  “blocked 3.1%”\n") == times
