"""The HTML report: complete, self-contained, safe, small and quick. What only a browser can tell is in test_browser.py."""

from __future__ import annotations

import base64
import hashlib
import re
import textwrap
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hostile import EVIL, GERMAN, STRONG, WEAK, answer, poisoned
from hypothesis import given
from hypothesis import strategies as st
from pages import RAW, Page

import star_analyzer
from star_analyzer import Analyzer, Report
from star_analyzer.render.html import notebook_html, report_html
from star_analyzer.render.marked import notes, paragraphs, pieces
from star_analyzer.render.plain import printable, visible
from star_analyzer.render.words import LETTERS

Analyze = Callable[[str], Report]
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def folded(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def strong(analyzer: Analyzer) -> Report:
    """A report with most things in it."""
    return analyzer.analyze(STRONG, question="Tell me about a time you improved something.")


@pytest.fixture(scope="module")
def weak(analyzer: Analyzer) -> Report:
    """A report of an answer with much to do."""
    return analyzer.analyze(WEAK)


# ---- the policy


def test_policy_allows_this_style_and_this_script_only(strong: Report) -> None:
    """The hashes are those of the text between the tags; there is one of each, and nothing else is allowed."""
    page = Page(report_html(strong))
    (policy,) = (m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for kind in ("style", "script"):
        (text,) = ["".join(page.inside[kind])]
        assert rules.pop(f"{kind}-src") == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        assert [tag for tag, _ in page.elements].count(kind) == 1
    assert rules == {}
    assert "unsafe" not in policy


def test_policy_comes_before_what_it_rules(strong: Report) -> None:
    """A policy in a meta element holds from there on, so it stands first."""
    html = report_html(strong)
    assert html.index("Content-Security-Policy") < html.index("<title") < html.index("<style")


@pytest.mark.parametrize("name", ["strong", "weak"])
def test_nothing_comes_from_elsewhere(name: str, request: pytest.FixtureRequest) -> None:
    """No element loads anything, no address is named, no attribute holds style or script; links stay in the page and lead somewhere."""
    html = report_html(request.getfixturevalue(name))
    page = Page(html)
    ids = {a["id"] for _, a in page.elements if "id" in a}
    assert len(ids) == sum("id" in a for _, a in page.elements)
    for tag, attributes in page.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "use", "image")
        assert not [a for a in attributes if a.startswith("on") or a in ("style", "src", "srcset", "action", "xlink:href")]
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
        for reference in ("aria-labelledby", "aria-controls"):
            assert set(attributes.get(reference, "").split()) <= ids
    assert not re.search(r"https?://|url\(|@import|@font-face", html)


# ---- complete


@pytest.mark.parametrize("name", ["strong", "weak"])
def test_every_finding_is_shown(name: str, request: pytest.FixtureRequest) -> None:
    """Message and code of every finding; suggestion and question but for praise, which is only to be kept."""
    report = request.getfixturevalue(name)
    html, _, copy = report_html(report).partition('<div id="markdown"')
    text = folded(Page(html + copy.partition("</div>")[2]).text)  # without the Markdown that can be copied
    assert report.findings
    for finding in report.findings:
        assert folded(finding.message) in text
        assert finding.code in text
        assert finding.praise or folded(finding.suggestion) in text
        assert folded(finding.follow_up or "") in text


def test_next_steps_come_first(strong: Report, weak: Report) -> None:
    """The headings in their order: what to do, what works, the answer, and at last the verdict."""
    order = [
        "Next steps",
        "What works",
        "The answer",
        "Also noticed",
        "Balance and time",
        "What a listener takes away",
        "Would this convince",
    ]
    for report in (strong, weak):
        shown = [unescape(h) for h in re.findall(r"<h2[^>]*>([^<]+)</h2>", report_html(report))]
        assert [next(o for o in order if h.startswith(o)) for h in shown] == [o for o in order if any(h.startswith(o) for h in shown)]
        assert shown[0] == "Next steps"


def test_every_sentence_is_explained(strong: Report) -> None:
    """Each sentence leads to its explanation: part, probability, runner-up, every reason with both weights."""
    html = report_html(strong)
    for s in strong.sentences:
        assert f'id="s{s.number}" href="#why{s.number}"' in html
        why = html.partition(f'id="why{s.number}"')[2].partition("</table>")[0]
        text = Page(f"<p>{why.partition('>')[2]}</table></p>".replace("</p></p>", "</p>").replace("<p>", "", 1).removesuffix("</p>")).text
        assert f"Sentence {s.number} reads as {s.part.value.capitalize()}" in text
        assert ("Over 99%" if s.confidence > 0.99 else f"{s.confidence:.0%}") in text
        assert s.runner_up.value.capitalize() in text
        assert s.cues
        for cue in s.cues:
            assert visible(cue.meaning) in text
            for weight in (cue.weight, cue.weight_for_runner_up):
                assert f"{weight:+.2f}".replace("-", "−") in text


def test_answer_is_whole_and_in_paragraphs(analyze: Analyze) -> None:
    """Every word of the answer stands in the page in order, each of its paragraphs in one of its own, labels too."""
    text = "Before.\n\nSituation: The import took six hours.\nTask: I had to halve it.\n\nAction:\n- I split the file.\n- I loaded it.\n\nResult: It takes an hour."
    report = analyze(text)
    html = report_html(report)
    told = re.findall(r'<p class="told">(.*?)</p>', html, re.DOTALL)
    words = [Page(re.sub(r'<span class="(?:vh|k [a-z]+)"[^>]*>.*?</span>|<sup.*?</sup>', "", t)).text for t in told]
    words = [re.sub(r" note \d+ ", "", w) for w in words]
    assert folded("".join(words)) == folded(text)
    assert [folded(w) for w in words] == [folded(line) for line in re.split(r"\n+(?!- I split)", text)]


def test_hard_wrapped_lines_are_no_paragraphs(analyze: Analyze) -> None:
    """Where lines are broken inside sentences, only an empty line ends a paragraph."""
    wrapped = "\n\n".join(textwrap.fill(p, 72) for p in STRONG.split("\n\n"))
    report = analyze(wrapped)
    assert any("\n" in (report.quote(s) or "") for s in report.sentences)
    assert len(paragraphs(report)) == STRONG.count("\n\n") + 1


def test_subtitles_are_one_paragraph(analyzer: Analyzer) -> None:
    """In a transcript, lines and empty lines are those of the file: they end no paragraph, and the times are said to be recorded."""
    words = STRONG.split()
    cues = [" ".join(words[k : k + 8]) for k in range(0, len(words), 8)]
    srt = "\n\n".join(f"{k + 1}\n00:00:{3 * k:02},000 --> 00:00:{3 * k + 2:02},900\n{cue}" for k, cue in enumerate(cues))
    report = analyzer.analyze_transcript(srt, "srt")
    assert [len(p.told) for p in paragraphs(report)] == [len(report.sentences)]
    html = report_html(report)
    assert "-->" not in html.replace("&gt;", ">")
    assert html.count("words a minute, as recorded") >= 2
    figure = html.partition('class="timeline"')[2].partition("</figure>")[0]
    widths = [float(w) for w in re.findall(r'<rect class="\w+" x="[\d.]+%" width="([\d.]+)%"', figure)]
    assert sum(widths) == pytest.approx(100, abs=0.5)


def test_findings_are_marked_where_they_are(strong: Report) -> None:
    """A note for every finding with words: its number in the text where they begin, and beside the text."""
    noted = notes(strong)
    assert {n.finding.code for n in noted} == {f.code for f in strong.findings if f.start is not None}
    html = report_html(strong)
    answer_part = html.partition('class="answer"')[2].partition("</section>")[0]
    for n in noted:
        assert answer_part.count(f"</span>{n.number}<span") == 1
        assert answer_part.count(f'">{n.number}</span> <span><b>') == 1
    cut = [piece for s in strong.sentences for piece in pieces(strong, s, noted)]
    assert "".join(p.text for p in cut) == "".join(strong.quote(s) or "" for s in strong.sentences)
    for n in noted:
        covered = "".join(p.text for p in cut if n in p.found)
        assert covered == ("" if n.wide else n.finding.quote)
    assert any(not n.wide for n in noted)


def test_sections_show_the_report(strong: Report) -> None:
    """Before and after, limits, decisions, signals, who acted, verdict and every term stand in the page."""
    text = Page(report_html(strong)).text
    out = folded(text)
    assert "before: 3.1%" in text
    assert "after: 1.3%" in text
    assert "latency, with a number" in text
    for c in strong.constraints.items:
        assert (c.name.replace("_", " ") in text) or not (c.matters or c.status != "absent")
    for _, signal in strong.signals:
        assert folded(signal.why) in out
    for question in (strong.verdict.production, strong.verdict.imperfect_data, strong.verdict.constraints):
        assert folded(question.question) in out
        assert folded(question.why) in out
    for term in strong.verdict.terms:
        assert folded(f"{term.name.capitalize()}{term.points:g}of{term.most:g}") in out
    linked = [span for d in strong.decisions.linked for _, span in d if span]
    assert linked
    for span in linked:
        assert folded(printable(strong.quote(span) or "")) in out
    assert "sentences around it" in text
    assert "30 s: act by here" in text


def test_letters_tell_parts_without_colour(strong: Report) -> None:
    """Every tinted sentence begins with the letter of its part, and says its name to a screen reader."""
    html = report_html(strong)
    for s in strong.sentences:
        tail = html.partition(f'id="s{s.number}"')[2]
        assert tail.partition("</span>")[0].endswith(f">{LETTERS[s.part]}")
        assert f"Sentence {s.number}, {s.part.value.capitalize()}: " in tail[:300]


def test_widths_follow_the_figures(strong: Report) -> None:
    """Bars and stretches of the timeline are as wide as the report says, and the stretches fill the time."""
    html = report_html(strong)
    for name, balance in (("setup", strong.structure.setup), ("action", strong.structure.action), ("outcome", strong.structure.outcome)):
        assert f'class="fill {name}" width="{100 * balance.share:.1f}%"' in html
    figure = html.partition('class="timeline"')[2].partition("</figure>")[0]
    widths = [float(w) for w in re.findall(r'<rect class="\w+" x="[\d.]+%" width="([\d.]+)%"', figure)]
    assert len(widths) == len(strong.structure.order)
    assert sum(widths) == pytest.approx(100 * strong.structure.seconds / max(33.0, strong.structure.seconds), abs=0.5)


def test_an_unreliable_report_says_only_why(analyze: Analyze) -> None:
    """No parts, no balance, no verdict: what is wrong, and what to do."""
    report = analyze(GERMAN)
    page = Page(report_html(report))
    assert not report.reliable
    assert "cannot be read as an answer" in page.text
    assert folded(report.findings[0].message) in folded(page.text)
    for word in ("Next steps", "Balance", "of 100", "Hide score", "convince", "Action"):
        assert word not in page.text


def test_nothing_to_do_is_said(strong: Report) -> None:
    """With praise only, the page says that there is nothing to work on."""
    praise = strong.model_copy(update={"findings": tuple(f for f in strong.findings if f.praise), "next_steps": ()})
    assert "nothing to work on" in Page(report_html(praise)).text
    assert "nothing to work on" not in Page(report_html(strong)).text


# ---- the score


def test_score_can_be_left_out(strong: Report) -> None:
    """Without the score no trace of it is in the page, its Markdown or its buttons; with it, all three have it."""
    shown, hidden = (Page(report_html(strong, score=s)).text for s in (True, False))
    assert shown.count("of 100") == 2
    assert "Hide score" in shown
    for word in ("of 100", "Score", "Hide score", "Points", f"{strong.verdict.score} of"):
        assert word not in hidden
    for term in strong.verdict.terms:
        assert folded(f"{term.points:g}of{term.most:g}") not in folded(hidden)


def test_markdown_of_the_page_is_the_markdown_report(strong: Report) -> None:
    """What the page gives to copy is the Markdown report, to the letter, with and without score."""
    for score in (True, False):
        html = report_html(strong, title="a <title>", score=score)
        pieces = re.findall(r"<pre[^>]*>\n(.*?)</pre>", html.partition('id="markdown"')[2], re.DOTALL)
        assert unescape("".join(pieces)) == strong.to_markdown(title="a <title>", score=score)
        assert len(pieces) == 1 + score


# ---- nothing acts


def tame(words: str) -> str:
    """The words with what acts in HTML and in templates replaced; as long, and with white space at the same places."""
    return words.translate(dict.fromkeys(map(ord, "<&'\"{"), "("))


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes."""
    return [(tag, tuple(attributes)) for tag, attributes in Page(html).elements]


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_words_are_text(strong: Report, kind: str) -> None:
    """Whatever the words are, the page has the same elements and attributes as with harmless ones, and shows the words."""
    evil = EVIL[kind]
    html = report_html(poisoned(strong, evil), title=evil)
    assert skeleton(html) == skeleton(report_html(poisoned(strong, tame(evil)), title="x"))
    page = Page(html)
    assert not RAW.search(html)
    assert "".join(page.inside["title"]) == printable(evil)
    assert folded(page.text).count(folded(visible(evil))) > len(strong.findings)


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_answers_are_text(analyze: Analyze, kind: str) -> None:
    """The same for a whole answer that was analysed: its words stand in the page as they were said."""
    report = analyze(answer(EVIL[kind]))
    html = report_html(report)
    page = Page(html)
    assert not RAW.search(html)
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in Page(report_html(analyze(STRONG))).elements} | {
        "dl",
        "dt",
        "dd",
        "q",
        "ol",
    }
    assert not report.reliable or folded(visible(EVIL[kind])) in folded(page.text)


@given(st.text(min_size=1, max_size=60))
def test_any_words_are_text(strong: Report, words: str) -> None:
    """Arbitrary words change no element, and leave nothing that drives a terminal or turns a line."""
    html = report_html(poisoned(strong, words), title=words)
    assert skeleton(html) == skeleton(report_html(poisoned(strong, tame(words)), title="x"))
    assert not RAW.search(html)
    html.encode("utf-8")


@given(st.text())
def test_visible_keeps_lines_and_nothing_else_that_acts(text: str) -> None:
    """Line ends and tabs stay, printable text stays as it is, and escaping twice changes nothing."""
    out = visible(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)
    assert visible(out) == out
    assert out.count("\n") == text.count("\n")
    assert text.isprintable() <= (out == text)


# ---- the notebook


def test_notebook_frame_is_isolated(strong: Report) -> None:
    """One frame without the right to reach its page, and the whole report inside."""
    shown = strong._repr_html_()
    page = Page(shown)
    ((tag, attributes),) = page.elements
    assert tag == "iframe"
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["title"]
    assert 300 <= int(attributes["height"]) <= 1200
    assert attributes["srcdoc"] == strong.to_html()
    assert shown == notebook_html(strong)
    assert page.text == ""


# ---- quick and small


def test_the_methods_are_the_functions(strong: Report) -> None:
    """`to_html` is `report_html`, and the same report gives the same page."""
    assert strong.to_html(title="a", score=False) == report_html(strong, title="a", score=False)
    assert strong.to_html() == report_html(strong)


def test_jinja_is_imported_when_html_is_asked_for(fresh: Callable[..., str], strong: Report) -> None:
    """Neither the package nor the other formats import Jinja2 (spaCy does, so the report is read and not made)."""
    code = (
        "import sys, star_analyzer, star_analyzer.render.html, star_analyzer.render.text\n"
        "report = star_analyzer.Report.model_validate_json(sys.argv[1])\n"
        "report.to_markdown()\n"
        "before = 'jinja2' in sys.modules\n"
        "report.to_html()\n"
        "print(before, 'jinja2' in sys.modules)"
    )
    assert fresh(code, strong.model_dump_json()).split() == ["False", "True"]


def test_the_package_carries_the_page() -> None:
    """Template, style and script stand beside the code that reads them, in a checkout and in a wheel."""
    folder = Path(star_analyzer.__file__).parent / "render" / "templates"
    assert {p.name for p in folder.iterdir()} >= {"report.html.j2", "report.css", "report.js"}
    assert all(b"\r" not in p.read_bytes() for p in folder.iterdir())


def test_a_page_of_two_minutes_is_small(analyze: Analyze) -> None:
    """Under 300 kB for an answer of two minutes and more."""
    text = " ".join((EXAMPLES / name).read_text(encoding="utf-8") for name in ("strong.md", "weak.md"))
    report = analyze(text)
    assert report.structure.seconds > 120
    assert len(report_html(report).encode()) < 300_000


def test_a_page_costs_little_beside_the_analysis(analyze: Analyze) -> None:
    """Making the page takes a small part of the time of the analysis: a tenth is the aim, a quarter is refused."""
    text = (EXAMPLES / "strong.md").read_text(encoding="utf-8")
    report = analyze(text)
    report.to_html()

    def best(run: Callable[[], object]) -> float:
        took = []
        for _ in range(7):
            start = time.perf_counter()
            run()
            took.append(time.perf_counter() - start)
        return min(took)

    assert best(report.to_html) < 0.25 * best(lambda: analyze(text))
