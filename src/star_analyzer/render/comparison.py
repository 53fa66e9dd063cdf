"""What changed between two drafts, as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.comparison import Comparison, FactChange
from star_analyzer.finding import Finding
from star_analyzer.render.plain import printable

_VERDICTS = {
    "better": "Better: something improved, nothing got worse.",
    "worse": "Worse: something got worse, nothing improved.",
    "mixed": "Mixed: some things improved, some got worse.",
    "same": "No change in score, facts or findings.",
}
_LEAST_POINTS = 0.5
"""Percentage points of a share that are worth a word."""


def comparison_text(found: Comparison) -> str:
    """The differences, what got better first."""
    out = [_VERDICTS[found.verdict], ""]
    if found.score_before is not None and found.score_after is not None:
        out.append(f"Score   {found.score_before:g} → {found.score_after:g}")
    out.append(f"Length  {found.seconds_before:.0f} s → {found.seconds_after:.0f} s")
    moved = [s for s in found.shares if abs(s.after - s.before) * 100 >= _LEAST_POINTS]
    if moved:
        out.append("Shares  " + ", ".join(f"{s.part.value.capitalize()} {s.before:.0%} → {s.after:.0%}" for s in moved))
    up = [f for f in found.facts if f.better is not None and (f.change == "gained") == f.better]
    down = [f for f in found.facts if f.better is not None and (f.change == "gained") != f.better]
    rest = [f for f in found.facts if f.better is None]
    out += _section("Better", [*map(_fact, up), *_findings("solved", found.solved), *_findings("new praise", found.praise_gained)])
    out += _section("Worse", [*map(_fact, down), *_findings("praise gone", found.praise_lost)])
    out += _section("New findings", _findings("", found.new))
    out += _section("Also changed", list(map(_fact, rest)))
    if found.kept:
        out += ["", f"Still there: {', '.join(dict.fromkeys(f.code for f in found.kept))}"]
    return "\n".join(out) + "\n"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _fact(fact: FactChange) -> str:
    sign = "+" if fact.change == "gained" else "−"
    return f"  {sign} {printable(fact.fact).replace('_', ' ')}"


def _findings(label: str, findings: Sequence[Finding]) -> list[str]:
    start = f"{label}: " if label else ""
    return [f"  {start}{f.code} {printable(f.message)}" for f in findings]
