"""Which of the seven categories of stories the bank has a story for, and how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from star_analyzer.bank.story import BankStory
from star_analyzer.bank_report import Category, CategoryStory, Quote, Strength
from star_analyzer.evidence import CATEGORIES
from star_analyzer.report import Report

STRONG, FAIR = 0.75, 0.5
"""Probabilities from which a story shows a category strongly and fairly; below that, as far as it shows it, weakly."""


def strength(probability: float) -> Strength:
    """How strongly a category is shown that has passed its own threshold."""
    return "strong" if probability >= STRONG else "fair" if probability >= FAIR else "weak"


def coverage(stories: Sequence[BankStory], reports: Sequence[Report]) -> tuple[Category, ...]:
    """Every category with the stories that show it."""
    return tuple(_category(name, stories, reports) for name in CATEGORIES)


def _category(name: str, stories: Sequence[BankStory], reports: Sequence[Report]) -> Category:
    shown = [
        CategoryStory(
            story=number,
            probability=category.probability,
            strength=strength(category.probability),
            evidence=tuple(Quote(story=number, sentence=s.sentence, start=s.start, end=s.end) for s in category.evidence),
        )
        for number, report in enumerate(reports, 1)
        for category in report.story.categories
        if category.name == name and report.reliable
    ]
    shown.sort(key=lambda s: (-s.probability, s.story))
    status: Literal["covered", "weak", "gap"] = "gap" if not shown else "weak" if shown[0].strength == "weak" else "covered"
    by = {s.story for s in shown}
    meant = tuple(number for number, story in enumerate(stories, 1) if name in story.tags and number not in by)
    return Category(name=name, status=status, stories=tuple(shown), meant=meant)
