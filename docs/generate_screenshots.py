"""Take the screenshots of docs/reports.md and docs/bank.md with Chromium, from the example answers.

    python docs/generate_screenshots.py

Fonts are those of the machine, so the pictures are not the same everywhere; they are not tested.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from star_analyzer import Analyzer, read_stories, review_bank

HOME = Path(__file__).resolve().parent
EXAMPLES = HOME.parent / "examples"
QUESTION = "Tell me about a time you improved something."
LARGEST = 200_000  # bytes of a picture
SHOTS = (
    # name, answer, width, height, scheme, sentence to choose, element to start at
    ("weak-desktop", "weak", 1280, 1020, "light", None, None),
    ("strong-desktop", "strong", 1280, 780, "light", 4, "#h-answer"),
    ("strong-dark", "strong", 1280, 1020, "dark", None, "#h-balance"),
    ("weak-phone", "weak", 390, 844, "light", None, None),
    ("strong-phone", "strong", 390, 844, "dark", 3, None),
)


def main() -> int:
    """Write the pictures; 1 if one is too large."""
    analyzer, large = Analyzer(), False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, answer, width, height, scheme, sentence, start in SHOTS:
            report = analyzer.analyze((EXAMPLES / f"{answer}.md").read_text(encoding="utf-8"), question=QUESTION)
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.set_content(report.to_html(title=f"{answer.capitalize()} answer"))
            if sentence:
                page.locator(f"#s{sentence}").click()
                page.mouse.move(0, 0)
            if start:
                page.locator(start).evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 32)")
            large |= _taken(page, name)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_content(review_bank(read_stories([EXAMPLES / "bank"]), analyzer=analyzer).to_html(title="Seven stories"))
        page.locator("#h-map").evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 32)")
        large |= _taken(page, "bank-desktop")
        browser.close()
    return int(large)


def _taken(page: Page, name: str) -> bool:
    """Write a picture, and say whether it is too large."""
    path = HOME / "screenshots" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=str(path))
    page.close()
    size = path.stat().st_size
    print(f"{path.name}: {size} bytes")
    return size > LARGEST


if __name__ == "__main__":
    sys.exit(main())
