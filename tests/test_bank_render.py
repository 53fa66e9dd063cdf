"""The review of a bank as text, Markdown and a page: complete, safe, within its width."""

from __future__ import annotations

import itertools
import re

import pytest
from banks import stories
from hostile import EVIL, GERMAN
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pages import RAW, Page
from rich.cells import cell_len

from star_analyzer import Analyzer, BankReport, BankStory, review_bank
from star_analyzer.bank.history import point
from star_analyzer.render import bank_words
from star_analyzer.render.bank_text import bank_text
from star_analyzer.render.plain import printable
from star_analyzer.render.text import to_text
from star_analyzer.sections import category_words

FORMS = ("text", "markdown", "html")


@pytest.fixture(scope="module")
def mixed(analyzer: Analyzer) -> BankReport:
    """A bank with something of everything: gaps, formulas, twins, cards of all kinds, an unreadable story, a history."""
    given = [
        *stories("rehearsed"),
        *stories("thin"),
        stories("examples")[3],
        next(s for s in stories("twins") if "picture" in s.title),
        GERMAN,
    ]
    older = point(review_bank(stories("thin")[:2], analyzer=analyzer), "2026-01-01T10:00:00+00:00")
    return review_bank(given, analyzer=analyzer, history=[older], when="2026-01-02T10:00:00+00:00")


@pytest.fixture(scope="module")
def seven(analyzer: Analyzer) -> BankReport:
    """The examples."""
    return review_bank(stories("examples"), analyzer=analyzer)


def rendered(bank: BankReport, form: str) -> str:
    """A bank in one of the forms."""
    if form == "text":
        return to_text(bank_text(bank), width=100)
    return bank.to_markdown() if form == "markdown" else bank.to_html()


def shown(bank: BankReport, form: str) -> str:
    """What a reader sees, without white space."""
    out = rendered(bank, form)
    if form == "markdown":
        reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        tokens = [t for block in reader.parse(out) for t in (block, *(block.children or ()))]
        out = "".join(t.content for t in tokens if t.type in ("text", "code_inline"))
    elif form == "html":
        out = Page(out).text
    return re.sub(r"\s+", "", out)


def folded(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", printable(text))


# ---- complete


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_everything_is_shown(mixed: BankReport, form: str) -> None:
    """Headline, titles, findings, categories, plan, prompts, spines and progress."""
    out = shown(mixed, form)
    assert folded(bank_words.headline(mixed)) in out
    for story in mixed.stories:
        assert folded(story.title) in out
        assert all(folded(story.quote(b)) in out for b in story.spine)
    for finding in mixed.findings:
        assert folded(finding.suggestion) in out
        assert finding.code in out
    for finding in bank_words.about_the_bank(mixed):
        assert folded(finding.message) in out
    for exercise in mixed.plan:
        assert folded(exercise.task) in out
        assert folded(exercise.why) in out
    for row in mixed.prompts:
        assert folded(row.text) in out
    for category in mixed.categories:
        assert folded(category_words(category.name)).casefold() in out.casefold()


def test_the_terminal_shows_it_too(mixed: BankReport) -> None:
    """Wrapped in columns, so by words: messages, prompts and tasks."""
    out = to_text(bank_text(mixed), width=200)
    for finding in mixed.findings:
        assert finding.code in out
        assert all(word in out for word in printable(finding.suggestion).split())
    for finding in bank_words.about_the_bank(mixed):
        assert all(word in out for word in printable(finding.message).split())
    for row in mixed.prompts:
        assert all(word in out for word in row.text.split())
    assert "cannot be read as an answer" in out
    assert "Progress" in out


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_terminal_keeps_its_width(mixed: BankReport, seven: BankReport, width: int) -> None:
    """No line is wider than the terminal, or ends in spaces."""
    for bank in (mixed, seven):
        for line in to_text(bank_text(bank), width=width).splitlines():
            assert cell_len(line) <= width
            assert line == line.rstrip()


@pytest.mark.parametrize("form", FORMS)
def test_the_map_marks_best_and_second(seven: BankReport, form: str) -> None:
    """As many marks as there are best and second stories; a prompt without a story says so."""
    out = rendered(seven, form)
    best, second = (sum(getattr(p, name) is not None for p in seven.prompts) for name in ("best", "second"))
    none = sum(p.best is None for p in seven.prompts)
    assert none > 0
    if form == "html":
        cells = [a["class"].split() for tag, a in Page(out).elements if tag == "td" and a.get("class", "").startswith("h")]
        assert len(cells) == len(seven.prompts) * len(seven.stories)
        assert (sum("best" in c for c in cells), sum("second" in c for c in cells)) == (best, second)
        assert out.count('<span class="none">') == none
    else:
        body = out.partition("Prompts and stories")[2]
        assert (body.count(bank_words.BEST) - 1, out.count("no story)")) == (best, none)


def test_the_darker_the_better(seven: BankReport) -> None:
    """The shade of a cell follows its fit."""
    levels: dict[int, list[float]] = {}
    cells = [a["class"] for tag, a in Page(seven.to_html()).elements if tag == "td" and a.get("class", "").startswith("h")]
    fits = [fit.fit for row in seven.prompts for fit in row.fits]
    for name, fit in zip(cells, fits, strict=True):
        levels.setdefault(int(name[1]), []).append(fit)
    ordered = [levels[k] for k in sorted(levels)]
    assert len(ordered) >= 4
    assert all(max(low) < min(high) for low, high in itertools.pairwise(ordered))


def test_nothing_to_say(analyzer: Analyzer, seven: BankReport) -> None:
    """A bank without a finding says that nothing stands out."""
    quiet = seven.model_copy(update={"findings": (), "plan": ()})
    for form in FORMS:
        assert folded(bank_words.NOTHING) in shown(quiet, form)


@pytest.mark.parametrize("form", FORMS)
def test_one_story(analyzer: Analyzer, form: str) -> None:
    """The smallest bank, and one that cannot be read."""
    for text in ("I fixed the build.", GERMAN):
        assert "1story·" in shown(review_bank([text], analyzer=analyzer), form)


def test_what_could_not_be_read_is_in_the_headline(seven: BankReport) -> None:
    """So that nobody takes a gap for one that stands in that file."""
    partly = seven.model_copy(update={"unread": ("a.md:3", "b.md")})
    for form in FORMS:
        assert folded("7 stories (and 2 that could not be read)") in shown(partly, form)


def test_many_stories_fit_the_terminal(analyzer: Analyzer) -> None:
    """Of more than a dozen the matrix names the best and the second."""
    bank = review_bank([*stories("examples"), *stories("other")], analyzer=analyzer)
    out = to_text(bank_text(bank), width=80)
    assert "best" in out.partition("Prompts and stories")[2].partition("\n")[2].split("\n")[0]
    for row in bank.prompts:
        assert all(word in out for word in row.text.split())


def test_groups_that_come_again(seven: BankReport) -> None:
    """A group has one heading, spelt as it is."""
    rows = [row.model_copy(update={"group": name}) for row, name in zip(seven.prompts, ["NLP work", "data", "NLP work"], strict=False)]
    groups = bank_words.groups(seven.model_copy(update={"prompts": tuple(rows)}))
    assert [(group.name, len(group.rows)) for group in groups] == [("NLP work", 2), ("Data", 1)]


# ---- safe


@pytest.fixture(scope="module")
def evil_bank(analyzer: Analyzer) -> dict[str, BankReport]:
    """Banks whose titles, cards, prompts and tellings try to act."""
    out = {}
    for name, evil in EVIL.items():
        told = f"Two tills {evil} counted Sunday twice. I set both clocks {evil} by one server. As a result, errors fell from 12% to 1%. {evil}"
        fields = {"business_goal": f"Counts {evil} that agree.", "measurable_result": f"{evil} 44%", "lesson": evil}
        story = BankStory(told, title=evil, fields=fields)
        out[name] = review_bank([story, story, BankStory(told, title="x", tags=("failure",))], analyzer=analyzer)
    return out


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("form", FORMS)
def test_no_words_of_a_user_act(evil_bank: dict[str, BankReport], name: str, form: str) -> None:
    """No control character, no element, no attribute, no Markdown comes from titles, fields or tellings."""
    out = rendered(evil_bank[name], form)
    assert not RAW.search(out.replace("\n", ""))
    if form == "html":
        page = Page(out)
        assert not {tag for tag, _ in page.elements} & {"script", "img", "svg", "pre", "textarea", "iframe", "link"}
        assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)
        links = [a["href"] for tag, a in page.elements if tag == "a"]
        assert all(link.startswith("#") for link in links)
    if form == "markdown":
        reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        kinds = {t.type for block in reader.parse(out) for t in (block, *(block.children or ()))}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "s_open", "code_inline"}


@given(st.text(min_size=1, max_size=40))
def test_any_title_is_text(seven: BankReport, title: str) -> None:
    """The page has the same elements whatever the titles are, and the policy allows no script."""
    spoiled = seven.model_copy(update={"stories": tuple(s.model_copy(update={"title": title}) for s in seven.stories)})
    page, plain = Page(spoiled.to_html()), Page(seven.to_html())
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    assert not RAW.search(spoiled.to_html())
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


def test_the_page_is_small_and_whole(mixed: BankReport) -> None:
    """One file, nothing fetched, every link leads to an element."""
    html = mixed.to_html(title="My <stories>")
    page = Page(html)
    assert len(html.encode()) < 300_000
    assert "My &lt;stories&gt;" in html
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in page.elements if tag == "a"} <= set(ids)
    labels = {name for _, a in page.elements for name in a.get("aria-labelledby", "").split()}
    assert labels <= set(ids)
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
