"""A check as SARIF 2.1.0, which code scanning and many editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from star_analyzer.finding import Severity
from star_analyzer.results import CheckResult, Failure, Located, Place, RuleInfo

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
FINGERPRINT = "starAnalyzer/v1"
"""Key of the fingerprint; its version goes up when fingerprints are made in another way."""


def check_sarif(result: CheckResult) -> str:
    """One run with all rules and every finding but praise."""
    rules = [rule for rule in result.rules if not rule.praise]
    places = {rule.code: at for at, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "star-analyzer",
                "version": result.package,
                "semanticVersion": result.package,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which star-analyzer was started."}}},
        "invocations": [
            {
                "executionSuccessful": not result.failures,
                "toolExecutionNotifications": [_notification(failure) for failure in result.failures],
            }
        ],
        "results": [_result(answer.path, f, places) for answer in result.answers for f in answer.findings if not f.finding.praise],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: RuleInfo) -> dict[str, Any]:
    what, why, flagged, better, source = (" ".join(t.split()) for t in (rule.what, rule.why, rule.flagged, rule.better, rule.source))
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ").capitalize() + "."},
        "fullDescription": {"text": what},
        "help": {
            "text": f"{what}\n\n{why}\n\nFlagged: {flagged}\n\nBetter: {better}\n\nSource: {source}",
            "markdown": f"{_markdown(what)}\n\n**Why it matters.** {_markdown(why)}\n\n**Flagged**\n\n> {_markdown(flagged)}\n\n"
            f"**Better**\n\n> {_markdown(better)}\n\n**Source.** {_markdown(source)}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["interview-answer", rule.code[:2]], "since": rule.since},
    }


def _markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _result(path: str, located: Located, places: dict[str, int]) -> dict[str, Any]:
    f = located.finding
    out: dict[str, Any] = {
        "ruleId": f.code,
        "level": _LEVELS[f.severity],
        "message": {"text": _message(f"{f.message} {f.suggestion}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(located.place)}}],
        "partialFingerprints": {FINGERPRINT: located.fingerprint},
    }
    if f.code in places:
        out["ruleIndex"] = places[f.code]
    return out


def _message(text: str) -> str:
    """A message string in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _artifact(path: str) -> dict[str, str]:
    address = quote(path)
    return {"uri": f"file://{address}"} if path.startswith("/") else {"uri": address, "uriBaseId": _ROOT}


def _region(place: Place) -> dict[str, int]:
    if not place.length:  # something absent has no words: only the line where its answer begins
        return {"startLine": place.line}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.offset,
        "charLength": place.length,
    }


def _notification(failure: Failure) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(failure.path)}
    if failure.line:
        physical["region"] = {"startLine": failure.line}
    return {"level": "error", "message": {"text": _message(failure.message)}, "locations": [{"physicalLocation": physical}]}
