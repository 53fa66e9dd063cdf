"""The rules as a table, and one rule in full, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from star_analyzer.results import RuleInfo

_WIDTH = 80


def listed(rules: Sequence[RuleInfo]) -> str:
    """One line a rule: code, severity, name, what it checks."""
    names = max(len(r.name) for r in rules)
    lines = []
    for r in rules:
        kind = "praise" if r.praise else r.severity.value
        lines.append(f"{r.code}  {kind:<7}  {r.name:<{names}}  {_first_sentence(r.what)}")
    return "\n".join(lines) + "\n"


def _first_sentence(text: str) -> str:
    words = " ".join(text.split())
    end = words.find(". ")
    return words if end < 0 else words[: end + 1]


def explained(rule: RuleInfo) -> str:
    """What a rule checks and why, with its example."""
    kind = "praise" if rule.praise else rule.severity.value
    out = [f"{rule.code} {rule.name} ({kind}, since {rule.since})", ""]
    flagged, better = ("Silent about", "Praised") if rule.praise else ("Flagged", "Better")
    for title, body in (("What it checks", rule.what), ("Why it matters", rule.why), (flagged, rule.flagged), (better, rule.better)):
        out += [title, *_wrapped(body), ""]
    return "\n".join([*out, "Source", *_wrapped(rule.source), ""])


def _wrapped(text: str) -> list[str]:
    if "-->" in text or text.startswith("---"):  # a transcript, or files with front matter: their lines mean something
        return [f"  {line}".rstrip() for line in text.splitlines()]
    return textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent="  ", subsequent_indent="  ")
