"""A bank over time: one line of JSON for every state that it was reviewed in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from star_analyzer.bank_report import BankReport, HistoryPoint, StoryPoint, StoryTrend, Trend
from star_analyzer.errors import InputError
from star_analyzer.report import Report, Severity

MOST_POINTS = 10_000
"""Lines of a history file that are read."""


def read_history(path: str | Path) -> tuple[HistoryPoint, ...]:
    """The states that a file keeps, the oldest first; none if there is no file yet. Raises `InputError` with the line."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    out: list[HistoryPoint] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(out) == MOST_POINTS:
            raise InputError(f"{path}: has more than {MOST_POINTS:,} lines; begin a new file.")
        try:
            out.append(HistoryPoint.model_validate_json(line))
        except ValidationError as error:
            what = error.errors()[0]
            place = ".".join(map(str, what["loc"]))
            raise InputError(f"{path}: line {number}: is no line of a history{f' ({place})' if place else ''}: {what['msg']}.") from error
    return tuple(out)


def point(report: BankReport, when: str) -> HistoryPoint:
    """The state of the bank as a line of a history."""
    return HistoryPoint(
        when=when,
        package=report.package,
        covered=tuple(c.name for c in report.categories if c.status != "gap"),
        prompts=sum(p.best is not None for p in report.prompts),
        stories=tuple(_point(s.title, s.report) for s in report.stories),
    )


def _point(title: str, report: Report) -> StoryPoint:
    asks = sum(not f.praise and f.severity is not Severity.INFO for f in report.findings)
    digest = hashlib.sha256(" ".join(report.text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    score = report.verdict.score if report.reliable else None
    return StoryPoint(title=title, text=digest, score=score, seconds=round(report.structure.seconds, 1), findings=asks)


def is_new(history: Sequence[HistoryPoint], now: HistoryPoint) -> bool:
    """Whether anything but the time has changed since the last line: reading the same bank again is no progress."""
    return not history or history[-1].model_copy(update={"when": now.when}) != now


def append_history(path: str | Path, report: BankReport, when: datetime | str) -> bool:
    """Add the state of a bank to a file, unless nothing but the time has changed since its last line; whether it was added.

    Args:
        path: the file (JSONL); it is made if it is not there.
        report: the review.
        when: date and time, as a `datetime` or in ISO 8601.

    Raises:
        InputError: `when` is no date, or the file cannot be read or written.
    """
    try:
        moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    except ValueError as error:
        raise InputError(f"when: {when!r} is no date and time; write it like 2026-01-31T18:00:00.") from error
    file, now = Path(path), point(report, moment.isoformat())
    if not is_new(read_history(file), now):
        return False
    try:
        with file.open("a+b") as lines:
            if lines.tell():
                lines.seek(-1, 2)
                if lines.read(1) != b"\n":  # the last run was cut off, or somebody edited the file
                    lines.write(b"\n")
            lines.write(now.model_dump_json().encode("utf-8") + b"\n")
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror}).") from error
    return True


def trend(history: Sequence[HistoryPoint], now: HistoryPoint) -> Trend:
    """How the bank came to be what it is; a last line that says the same as now is now."""
    points = [*(history if is_new(history, now) else history[:-1]), now]
    return Trend(
        when=tuple(p.when for p in points),
        covered=tuple(len(p.covered) for p in points),
        prompts=tuple(p.prompts for p in points),
        stories=tuple(_story(story, points) for story in now.stories),
    )


def _story(story: StoryPoint, points: Sequence[HistoryPoint]) -> StoryTrend:
    """A story at all times: by its title, or by its text where it has another title."""
    found = [
        next((s for s in p.stories if s.title == story.title), None) or next((s for s in p.stories if s.text == story.text), None)
        for p in points
    ]
    return StoryTrend(
        title=story.title,
        scores=tuple(s and s.score for s in found),
        seconds=tuple(s and s.seconds for s in found),
    )
