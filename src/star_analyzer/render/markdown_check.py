"""A check as Markdown, to be pasted into a review."""

from __future__ import annotations

from collections import Counter

from star_analyzer.finding import Severity
from star_analyzer.render.lines import summary
from star_analyzer.render.markdown_text import escaped
from star_analyzer.results import CheckedAnswer, CheckResult

_NAMES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notes"}


def check_markdown(result: CheckResult) -> str:
    """A table of the answers, then the findings of each."""
    out = ["## Check of interview answers", "", escaped(summary(result)), ""]
    if result.answers:
        out += [f"| Answer | Score | {' | '.join(_NAMES.values())} |", "|---|---:|---:|---:|---:|"]
        out += [_row(answer) for answer in result.answers]
        out.append("")
    for answer in result.answers:
        found = [located for located in answer.findings if not located.finding.praise]
        if found:
            out += [f"### {_name(answer)}", ""]
            for located in found:
                f = located.finding
                out.append(f"- **{f.code}** {f.severity.value}, line {located.place.line}: {escaped(f.message)} {escaped(f.suggestion)}")
            out.append("")
    if result.failures:
        out += ["### Not analysed", ""]
        for failure in result.failures:
            out.append(f"- {escaped(failure.where)}: {escaped(failure.message)}")
        out.append("")
    return "\n".join(out)


def _name(answer: CheckedAnswer) -> str:
    title = answer.title or (f"answer {answer.number}" if answer.of > 1 else "")
    return escaped(f"{answer.path}, {title}" if title else answer.path)


def _row(answer: CheckedAnswer) -> str:
    found = Counter(f.finding.severity for f in answer.findings if not f.finding.praise)
    score = answer.report.verdict.score
    return f"| {_name(answer)} | {'–' if score is None else f'{score:g}'} | {' | '.join(str(found[s]) for s in Severity)} |"
