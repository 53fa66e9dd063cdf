"""All formats of a check, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from star_analyzer.render.data import check_json, check_jsonl
from star_analyzer.render.github import check_github
from star_analyzer.render.junit import check_junit
from star_analyzer.render.lines import check_lines
from star_analyzer.render.markdown_check import check_markdown
from star_analyzer.render.sarif import check_sarif
from star_analyzer.render.table import check_csv
from star_analyzer.results import CheckResult

FORMATS: Mapping[str, Callable[[CheckResult], str]] = {
    "text": check_lines,
    "json": check_json,
    "jsonl": check_jsonl,
    "markdown": check_markdown,
    "github": check_github,
    "sarif": check_sarif,
    "junit": check_junit,
    "csv": check_csv,
}
