"""Take the screenshots of docs/reports.md with Chromium, from the example answers.

    python docs/generate_screenshots.py

Fonts are those of the machine, so the pictures are not the same everywhere; they are not tested.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from star_analyzer import Analyzer

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
            path = HOME / "screenshots" / f"{name}.png"
            path.parent.mkdir(exist_ok=True)
            page.screenshot(path=str(path))
            page.close()
            size = path.stat().st_size
            large |= size > LARGEST
            print(f"{path.name}: {size} bytes")
        browser.close()
    return int(large)


if __name__ == "__main__":
    sys.exit(main())
