"""The three answers of different quality in examples/ are ranked as a coach would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from star_analyzer import Report

FOLDER = Path(__file__).resolve().parent.parent / "examples"
Analyze = Callable[[str], Report]


@pytest.fixture(scope="module")
def reports(analyze: Analyze) -> dict[str, Report]:
    """The reports by the name of the example."""
    return {path.stem: analyze(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.md")}


def test_scores_rank_them(reports: dict[str, Report]) -> None:
    """Strong before middling before weak, with room between them."""
    strong, middling, weak = (reports[name].verdict.score for name in ("strong", "middling", "weak"))
    assert strong >= 80
    assert strong - middling >= 25
    assert middling - weak >= 10
    assert weak <= 30


def test_verdicts_rank_them(reports: dict[str, Report]) -> None:
    """The strong answer convinces in production and under constraints; the weak one nowhere fully."""
    strong, weak = reports["strong"].verdict, reports["weak"].verdict
    assert strong.production.level == strong.constraints.level == "yes"
    assert "yes" not in {weak.production.level, weak.imperfect_data.level, weak.constraints.level}


def test_the_weaker_the_more_to_do(reports: dict[str, Report]) -> None:
    """The strong answer has praise and few warnings, the weak one warnings and next steps to the full."""

    def warnings(name: str) -> int:
        return sum(f.severity.value in ("error", "warning") for f in reports[name].findings)

    def praise(name: str) -> int:
        return sum(f.praise for f in reports[name].findings)

    assert warnings("strong") <= 1
    assert warnings("weak") >= 4
    assert praise("strong") >= 4 > praise("weak")
    assert len(reports["weak"].next_steps) == 5


def test_told_result_first_is_no_worse(reports: dict[str, Report]) -> None:
    """A story told result first is read as a whole story."""
    report = reports["result-first"]
    assert report.facts.result_quantified
    assert report.structure.missing == () or report.structure.missing[0].value in ("task", "reflection")
