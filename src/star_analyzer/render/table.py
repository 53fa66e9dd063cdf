"""The findings of a check as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io

from star_analyzer.results import CheckResult

_HEAD = (
    "path", "answer", "title", "line", "column", "end_line", "end_column", "code", "name", "severity", "praise", "part", "message",
    "suggestion", "follow_up", "quote", "fingerprint",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings of a cell that spreadsheets may run (OWASP, CSV injection)."""


def check_csv(result: CheckResult) -> str:
    """One row a finding, praise too. What a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for answer in result.answers:
        for located in answer.findings:
            f, p = located.finding, located.place
            row = (
                answer.path, answer.number, answer.title, p.line, p.column, p.end_line, p.end_column, f.code, f.name, f.severity.value,
                "yes" if f.praise else "no", f.part.value if f.part else "", f.message, f.suggestion, f.follow_up, f.quote,
                located.fingerprint,
            )  # fmt: skip
            writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
