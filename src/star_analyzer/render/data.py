"""A check as JSON, whole or in lines."""

from __future__ import annotations

from star_analyzer.results import CheckResult


def check_json(result: CheckResult) -> str:
    """The result as it is (docs/check.schema.json)."""
    return result.model_dump_json(indent=2) + "\n"


def check_jsonl(result: CheckResult) -> str:
    """One line an answer, then one for everything that could not be analysed."""
    return "".join(f"{item.model_dump_json()}\n" for item in (*result.answers, *result.failures))
