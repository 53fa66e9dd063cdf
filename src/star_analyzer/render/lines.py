"""A check as lines that editors and people read: `path:line:col: CODE severity message`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from star_analyzer.finding import Severity
from star_analyzer.render.plain import printable
from star_analyzer.results import CheckResult, Failure, Located

_COLOURS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.INFO: "\x1b[36m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_SHOWN = {Severity.ERROR: ("error", "errors"), Severity.WARNING: ("warning", "warnings"), Severity.INFO: ("note", "notes")}


def check_lines(result: CheckResult, *, colour: bool = False, quiet: bool = False) -> str:
    """All findings but praise, then what could not be analysed, then a summary (not with `quiet`)."""

    def paint(text: str, code: str) -> str:
        return f"{code}{text}{_PLAIN}" if colour else text

    lines = [_line(a.path, f, paint) for a in result.answers for f in a.findings if not f.finding.praise]
    lines += [_failure(f, paint) for f in result.failures]
    if not quiet:
        lines += ["", summary(result)] if lines else [summary(result)]
    return "".join(f"{line}\n" for line in lines)


def _line(path: str, located: Located, paint: Callable[[str, str], str]) -> str:
    f, place = located.finding, located.place
    where = f"{printable(path)}:{place.line}:{place.column}:"
    return f"{paint(where, _BOLD)} {f.code} {paint(f.severity.value, _COLOURS[f.severity])} {printable(f.message)}"


def _failure(failure: Failure, paint: Callable[[str, str], str]) -> str:
    where = f"{printable(failure.where)}:"
    return f"{paint(where, _BOLD)} {paint('error:', _COLOURS[Severity.ERROR])} {printable(failure.message)}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 file", "2 files"."""
    return f"{number} {one if number == 1 else many}"


def summary(result: CheckResult) -> str:
    """What was found in how many answers, in one line."""
    found = Counter(f.finding.severity for a in result.answers for f in a.findings if not f.finding.praise)
    total = sum(found.values())
    kinds = ", ".join(counted(found[s], *_SHOWN[s]) for s in Severity if found[s])
    what = f"{counted(total, 'finding', 'findings')} ({kinds})" if total else "Nothing found"
    files = len({a.path for a in result.answers})
    out = f"{what} in {counted(len(result.answers), 'answer', 'answers')} of {counted(files, 'file', 'files')}"
    suppressed, known = sum(a.suppressed for a in result.answers), sum(a.known for a in result.answers)
    left_out = [f"{suppressed} suppressed"] * bool(suppressed) + [f"{known} in the baseline"] * bool(known)
    if left_out:
        out += f"; {', '.join(left_out)}"
    if result.failures:
        out += f"; {counted(len(result.failures), 'file or answer', 'files or answers')} could not be read"
    return f"{out}."
