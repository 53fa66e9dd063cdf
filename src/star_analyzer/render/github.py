"""A check as workflow commands, which GitHub Actions shows as annotations in the changed files."""

from __future__ import annotations

from star_analyzer.finding import Severity
from star_analyzer.render.plain import printable
from star_analyzer.results import CheckResult

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def check_github(result: CheckResult) -> str:
    """One command a finding (no praise), and one for everything that could not be analysed."""
    lines = []
    for answer in result.answers:
        for located in answer.findings:
            f, p = located.finding, located.place
            if f.praise:
                continue
            properties: dict[str, str | int] = {"file": answer.path, "line": p.line}
            if p.length:
                properties |= {"endLine": p.end_line}
                if p.line == p.end_line:  # GitHub refuses columns over several lines
                    properties |= {"col": p.column, "endColumn": max(p.column, p.end_column - 1)}
            lines.append(_command(_COMMANDS[f.severity], {**properties, "title": f"{f.code} {f.name}"}, f"{f.message} {f.suggestion}"))
    for failure in result.failures:
        where: dict[str, str | int] = {"file": failure.path}
        if failure.line:
            where["line"] = failure.line
        lines.append(_command("error", {**where, "title": "Not analysed"}, failure.message))
    return "".join(f"{line}\n" for line in lines)


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{name} {told}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """As GitHub's own toolkit does it. Line breaks and other control characters are no longer there."""
    out = printable(text).replace("%", "%25")
    for char in more:
        out = out.replace(char, f"%{ord(char):02X}")
    return out
