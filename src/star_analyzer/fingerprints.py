"""Names for findings that stay the same when text is moved, and the baseline made of them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from star_analyzer.errors import SettingsError
from star_analyzer.report import Finding, Report

_VERSION = 1
_LENGTH = 16
"""Hexadecimal digits: 64 bits, so that a million findings share one with a probability of one in forty million."""


def fingerprint(finding: Finding, report: Report) -> str:
    """Of the code and the words of the sentences that the finding is about; of something absent, of the sentence told first.

    Case, white space and punctuation do not count, nor does the place in the file.
    """
    if finding.start is None or finding.end is None:
        first = report.sentences[0] if report.sentences else None
        about = report.text[first.start : first.end] if first else report.text
    else:
        start, end = finding.start, finding.end
        touched = [s for s in report.sentences if s.start < end and start < s.end]
        about = report.text[touched[0].start : touched[-1].end] if touched else report.text[start:end]
    words = " ".join("".join(c if c.isalnum() else " " for c in about.casefold()).split())
    return hashlib.sha256(f"{finding.code}\n{words}".encode()).hexdigest()[:_LENGTH]


def numbered(names: Iterable[str], form: str = "{}-{}") -> list[str]:
    """The same, with a number behind the second and every further one that is the same; `form` puts them together."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else form.format(name, seen[name]))
    return out


def read_baseline(file: Path) -> dict[str, str]:
    """The fingerprints of a baseline with their codes. Raises `SettingsError` for a file that is none."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}). Make it with --update-baseline.") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: is no baseline ({error}). Make it anew with --update-baseline.") from error
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, dict) or data.get("version") != _VERSION or not all(isinstance(v, str) for v in entries.values()):
        raise SettingsError(f"{file}: is no baseline of version {_VERSION}. Make it anew with --update-baseline.")
    return entries


def write_baseline(file: Path, entries: Mapping[str, str]) -> None:
    """Write a baseline: fingerprint to code, sorted, no words of any answer. Raises `SettingsError` if it cannot be written."""
    data = {"version": _VERSION, "entries": dict(sorted(entries.items(), key=lambda pair: (pair[1], pair[0])))}
    try:
        file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written ({error.strerror}).") from error
