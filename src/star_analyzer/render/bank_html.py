"""The report on a bank as one self-contained HTML page: a heat map of prompts and stories, and everything beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from star_analyzer.bank_report import FITS, BankReport, Fit, PromptRow, Quote, StoryTrend
from star_analyzer.render import bank_words, words
from star_analyzer.render.page import template
from star_analyzer.render.plain import printable
from star_analyzer.report import Part
from star_analyzer.sections import category_words

if TYPE_CHECKING:
    from jinja2 import Template

_LEVELS = (0.25, FITS, 0.65, 0.8)
"""Fits from which a cell of the heat map is a shade darker."""
_TREND_WIDTH, _TREND_HEIGHT = 160, 36
"""Size of a story's line of scores, in pixels."""


def bank_html(bank: BankReport, *, title: str | None = None) -> str:
    """The whole report as a page."""

    def quoted(quote: Quote) -> str:
        return printable(bank.quote(quote))

    return _page().render(
        bank=bank,
        title=title or bank_words.NAME,
        quoted=quoted,
        groups=bank_words.groups(bank),
        headline=bank_words.headline(bank),
    )


@lru_cache(maxsize=1)
def _page() -> Template:
    from markupsafe import Markup

    letters = {p: Markup(f'<span class="k {p.value}" aria-hidden="true">{words.LETTERS[p]}</span>') for p in Part}
    names = {p: words.named(p) for p in Part}
    constants = {
        "letters": letters,
        "names": names,
        "words": words,
        "bw": bank_words,
        "category_words": category_words,
        "printable": printable,
        "level": _level,
        "told": _told,
        "line": _line,
    }
    return template("bank.html.j2", ("report.css", "bank.css"), None, constants)


def _level(fit: Fit) -> int:
    """The shade of a cell, from 0 to 4."""
    return sum(fit.fit >= least for least in _LEVELS)


def _told(row: PromptRow, fit: Fit) -> str:
    """What a cell says to those who do not see it."""
    place = ", the story to tell" if fit.story == row.best else ", the second story" if fit.story == row.second else ""
    return f"story {fit.story}: fits {fit.fit:.0%}{place}"


def _line(story: StoryTrend) -> str:
    """The points of a story's scores for a polyline; empty with fewer than two."""
    known = [(at, score) for at, score in enumerate(story.scores) if score is not None]
    if len(known) < 2:
        return ""
    wide = max(1, len(story.scores) - 1)
    return " ".join(f"{at / wide * _TREND_WIDTH:.1f},{_TREND_HEIGHT - 2 - score / 100 * (_TREND_HEIGHT - 4):.1f}" for at, score in known)
