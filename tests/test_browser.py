"""The HTML report in a real browser: Chromium as the system has it, with the network refused.

Without Playwright or Chromium these tests are skipped, and fail where CI=true. Leave them out with `-m "not browser"`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from banks import stories
from hostile import EVIL, GERMAN, STRONG, WEAK, answer

from star_analyzer import Analyzer, BankReport, BankStory, Report, review_bank
from star_analyzer.bank.history import point

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Open = Callable[..., "Page"]


def missing(what: str) -> None:
    """Skip, or fail where everything must have been installed."""
    reason = f"{what} is not installed, so the report was not opened in a browser"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; .ci/run installs it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    for name in ("playwright", "axe_playwright_python"):
        if find_spec(name) is None:
            missing(f"the Python package {name}")
    if chromium is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from a file, offline; at the end nothing may have been logged, thrown or asked of the network."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def opens(html: str, *, size: dict[str, int] = DESKTOP, script: bool = True, **settings: Any) -> Page:
        path = tmp_path / f"report{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport=size, offline=True, java_script_enabled=script, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("request", lambda request: request.url != path.as_uri() and trouble.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        return page

    yield opens
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="module")
def reports(analyzer: Analyzer) -> dict[str, Report]:
    """A strong answer, a weak one, and one that cannot be read."""
    question = "Tell me about a time you improved something."
    return {name: analyzer.analyze(text, question=question) for name, text in (("strong", STRONG), ("weak", WEAK), ("unreadable", GERMAN))}


def test_the_listeners_hear(browser: Browser, open_page: Open) -> None:
    """A page that breaks its policy is heard in the console, so the silence of the others means something."""
    page = browser.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.set_content('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><img src="https://example.invalid/x.png">')
    page.wait_for_timeout(200)
    page.close()
    assert any("Content Security Policy" in text for text in heard)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["strong", "weak", "unreadable"])
def test_page_renders_within_its_width(open_page: Open, reports: dict[str, Report], name: str, size: dict[str, int]) -> None:
    """Offline, without a word in the console, nothing wider than the screen, style and script in force."""
    page = open_page(reports[name].to_html(), size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.locator("#copy").is_visible()
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"
    first = page.locator("main h2").first
    assert first.inner_text() == ("This text cannot be read as an answer" if name == "unreadable" else "Next steps")
    assert first.bounding_box()["y"] < size["height"] / 2  # type: ignore[index]


def test_click_shows_and_hides_the_explanation(open_page: Open, reports: dict[str, Report]) -> None:
    """A click on a sentence shows its explanation and no other; a second one hides it."""
    page = open_page(reports["strong"].to_html())
    assert page.locator(".why:visible").count() == 0
    for number in (3, 5):
        page.locator(f"#s{number}").click()
        assert page.locator(".why:visible").evaluate_all("found => found.map(e => e.id)") == [f"why{number}"]
        assert page.locator("[aria-expanded=true]").evaluate_all("found => found.map(e => e.id)") == [f"s{number}"]
    cue = reports["strong"].sentences[4].cues[0]
    assert cue.meaning in page.locator("#why5").inner_text()
    page.locator("#s5").click()
    assert page.locator(".why:visible").count() == 0


def test_explanation_stays_in_sight_on_a_phone(open_page: Open, reports: dict[str, Report]) -> None:
    """On a small screen the explanation and the sentence are both on the screen, and it can be closed by touch."""
    page = open_page(reports["strong"].to_html(), size=PHONE, has_touch=True)
    for number in (1, 4, 7):
        page.locator(f"#s{number}").tap()
        sentence, why = page.locator(f"#s{number}").bounding_box(), page.locator(f"#why{number}").bounding_box()
        assert sentence is not None
        assert why is not None
        assert sentence["y"] >= 0
        assert sentence["y"] + sentence["height"] <= why["y"] + 1
        assert why["y"] + why["height"] <= PHONE["height"] + 1
        page.locator(f"#why{number} .back").tap()
        assert page.locator(".why:visible").count() == 0


def test_explanation_stays_in_sight_beside_a_long_paragraph(analyzer: Analyzer, open_page: Open) -> None:
    """On a wide screen the explanation follows a paragraph that is longer than the screen."""
    report = analyzer.analyze(" ".join(" ".join([STRONG, WEAK, STRONG]).split()))
    page = open_page(report.to_html(), size={"width": 1280, "height": 600})
    for number in (1, len(report.sentences)):
        page.locator(f"#s{number}").click()
        why = page.locator(f"#why{number}").bounding_box()
        assert why is not None
        assert 0 <= why["y"] < 600 - 100


def test_keyboard_shows_and_hides_the_explanation(open_page: Open, reports: dict[str, Report]) -> None:
    """Focus shows the explanation, Enter and Space go into it, Escape comes back and closes it; Tab reaches every sentence."""
    report = reports["strong"]
    page = open_page(report.to_html())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.id")
        if at.startswith("s") and at[1:].isdigit():
            reached.append(at)
            assert page.locator(".why:visible").evaluate_all("found => found.map(e => e.id)") == [f"why{at[1:]}"]
        if page.evaluate("document.activeElement === document.body"):
            break
    assert reached == [f"s{s.number}" for s in report.sentences]
    for key in ("Enter", "Space"):
        page.locator("#s2").focus()
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == "why2"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "s2"
        assert page.locator(".why:visible").count() == 0


def test_focus_can_be_seen(open_page: Open, reports: dict[str, Report]) -> None:
    """What has the focus is outlined."""
    page = open_page(reports["strong"].to_html())
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_links_lead_within_the_page(open_page: Open, reports: dict[str, Report]) -> None:
    """A note leads to what to do about it, and a finding to its sentence."""
    page = open_page(reports["strong"].to_html())
    page.locator(".notes .to").first.click()
    goal = page.evaluate("document.activeElement.id")
    assert goal.startswith(("step", "good", "also"))
    page.locator(f"#{goal} .to").first.click()
    assert page.evaluate("document.activeElement.classList.contains('s')")


def test_without_script_the_page_is_whole(open_page: Open, reports: dict[str, Report]) -> None:
    """No script: everything is shown, a sentence still leads to its explanation, and no dead button is offered."""
    page = open_page(reports["strong"].to_html(), script=False)
    assert page.locator("#copy").is_hidden()
    assert page.locator("#hide").is_hidden()
    assert page.locator(".score").first.is_visible()
    assert page.locator("#why3").is_hidden()
    page.locator("#s3").click()
    assert page.locator("#why3").is_visible()
    assert page.locator(".why:visible").count() == 1


def copied(page: Page) -> str:
    """What the clipboard holds after the button was pressed."""
    page.locator("#copy").click()
    page.locator("#status:has-text('Copied.')").wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_copy_and_hide_score(open_page: Open, reports: dict[str, Report]) -> None:
    """The Markdown report is copied; when the score is hidden, it is hidden in the page and in what is copied, and nothing is kept."""
    report = reports["strong"]
    page = open_page(report.to_html(), permissions=["clipboard-read", "clipboard-write"])
    assert copied(page) == report.to_markdown()
    assert page.get_by_text("of 100").first.is_visible()
    page.locator("#hide").click()
    assert page.locator("#hide").get_attribute("aria-pressed") == "true"
    assert not any(found.is_visible() for found in page.get_by_text("of 100").all())
    assert copied(page) == report.to_markdown(score=False)
    page.reload()
    assert page.get_by_text("of 100").first.is_visible()


def test_copy_without_the_clipboard_interface(open_page: Open, reports: dict[str, Report]) -> None:
    """Where the browser has no clipboard interface, the old way is taken and the reader is told."""
    page = open_page(reports["strong"].to_html(), permissions=["clipboard-read"])
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#copy").click()
    page.locator("#status:has-text('Copied.')").wait_for()
    assert page.locator("textarea").count() == 0
    assert page.evaluate("document.activeElement.id") == "copy"


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_answers_run_nothing(analyzer: Analyzer, open_page: Open, kind: str) -> None:
    """Markup, handlers and scripts in an answer are shown as text: nothing runs, nothing is fetched, nothing is added."""
    evil = EVIL[kind]
    report = analyzer.analyze(answer(evil), question=evil)
    page = open_page(report.to_html(title=evil))
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script, main iframe, svg[onload]").count() == 0
    assert page.locator("script").count() == page.locator("style").count() == 1
    if kind in ("script", "image", "svg", "closing", "comment"):
        assert evil in page.locator("h1").inner_text()
        assert evil in page.locator(".question").inner_text()
    if kind in ("script", "image", "svg"):
        assert evil in page.locator(".told").first.inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["strong", "weak", "unreadable"])
def test_axe_finds_nothing_serious(open_page: Open, reports: dict[str, Report], name: str, scheme: str, size: dict[str, int]) -> None:
    """No serious or critical violation of the rules of axe, contrast among them, with an explanation open and the score shown."""
    import axe_playwright_python

    page = open_page(reports[name].to_html(), size=size, color_scheme=scheme)
    if name != "unreadable":
        page.locator("#s2").click()
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    grave = [(v["id"], [n["target"] for n in v["nodes"]]) for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert grave == []
    assert "color-contrast" in {rule["id"] for rule in result["passes"]}


@pytest.fixture(scope="module")
def banks(analyzer: Analyzer) -> dict[str, BankReport]:
    """A bank with everything in order, and one with twins, formulas, an unreadable story and a history."""
    poor = [*stories("rehearsed"), *stories("thin"), GERMAN]
    older = point(review_bank(poor[:4], analyzer=analyzer), "2026-01-01")
    return {
        "good": review_bank(stories("examples"), analyzer=analyzer),
        "poor": review_bank(poor, analyzer=analyzer, history=[older], when="2026-01-02"),
    }


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["good", "poor"])
def test_the_page_of_a_bank(open_page: Open, banks: dict[str, BankReport], name: str, scheme: str, size: dict[str, int]) -> None:
    """Offline, within its width, nothing serious for axe; a prompt opens by keyboard and shows why; a number leads to its story."""
    import axe_playwright_python

    page = open_page(banks[name].to_html(), size=size, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    first = page.locator(".map details").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "shows" in first.inner_text()
    page.locator(".stories a.num").first.click()
    assert page.url.endswith("#story1")
    assert page.locator("#story1").bounding_box()["y"] < size["height"]  # type: ignore[index]
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    grave = [(v["id"], [n["target"] for n in v["nodes"]]) for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert grave == []
    assert "color-contrast" in {rule["id"] for rule in result["passes"]}


@pytest.mark.parametrize("kind", EVIL)
def test_hostile_stories_run_nothing(analyzer: Analyzer, open_page: Open, kind: str) -> None:
    """Neither titles nor cards nor tellings."""
    story = BankStory(answer(EVIL[kind]), title=EVIL[kind], fields={"lesson": f"I read {EVIL[kind]} cases by hand."})
    page = open_page(review_bank([story, story], analyzer=analyzer).to_html())
    assert page.evaluate("window.ran") is None
    assert page.locator("main script, main img, main iframe").count() == 0


def test_dark_is_dark(open_page: Open, reports: dict[str, Report]) -> None:
    """The two schemes differ, and print is always light."""

    def ground(**settings: Any) -> int:
        page = open_page(reports["strong"].to_html(), **settings)
        page.emulate_media(media=settings.get("media"), color_scheme=settings.get("color_scheme"))
        return int(page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]"))

    assert ground(color_scheme="light") > 240
    assert ground(color_scheme="dark") < 40


def test_print_hides_what_paper_cannot_do(open_page: Open, reports: dict[str, Report]) -> None:
    """On paper there are no buttons, and the page is light in dark mode too."""
    page = open_page(reports["strong"].to_html(), color_scheme="dark")
    page.locator("#s2").click()
    page.emulate_media(media="print")
    assert page.locator("#copy").is_hidden()
    assert page.locator(".why:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".told").first.is_visible()


def test_notebook_frame_works_and_is_isolated(open_page: Open, reports: dict[str, Report]) -> None:
    """In a page with styles of its own the frame keeps its look, its links stay inside, and it cannot reach the page around it."""
    frame = reports["strong"]._repr_html_()
    page = open_page(f"<!doctype html><style>a, p, h2 {{ color: rgb(1, 2, 3) !important; display: none }}</style><body>{frame}</body>")
    inside = page.frame_locator("iframe")
    assert inside.locator("h2").first.is_visible()
    assert inside.locator("h2").first.evaluate("e => getComputedStyle(e).color") != "rgb(1, 2, 3)"
    inside.locator("#s3").click()
    assert inside.locator("#why3").is_visible()
    inside.locator(".notes .to").first.click()
    assert inside.locator("h1").is_visible()
    assert inside.locator("h1").evaluate("() => { try { return parent.document.title } catch (e) { return e.name } }") == "SecurityError"
