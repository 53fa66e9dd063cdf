"""The report as Markdown, to be pasted into a review."""

from __future__ import annotations

from star_analyzer.finding import Finding
from star_analyzer.render.markdown_text import escaped
from star_analyzer.report import Balance, Report
from star_analyzer.sections import Part

_MARKS = {"yes": "✓ yes", "partly": "◐ partly", "no": "✗ no"}
_SAID = {"under": "too little", "within": "good", "over": "too much"}


def report_markdown(report: Report, *, title: str | None = None, score: bool = True) -> str:
    """Verdict, next steps, what works, balance, other findings and the answer with the part of each sentence.

    Every word of the speaker is escaped: it shows as it was said and formats nothing.
    """
    out = [f"## {escaped(title)}" if title else "## Report on an interview answer", ""]
    if report.question:
        out += [f"**Asked:** {escaped(report.question)}", ""]
    if not report.reliable:
        return "\n".join([*out, *(line for f in report.findings for line in _finding(f)), ""])
    out += ["| Would this convince an interviewer? | | Why |", "|---|---|---|"]
    judged = report.verdict
    for question in (judged.production, judged.imperfect_data, judged.constraints):
        out.append(f"| {escaped(question.question)} | {_MARKS[question.level]} | {escaped(question.why)} |")
    out.append("")
    if score and judged.score is not None:
        terms = ", ".join(f"{t.name} {t.points:g}/{t.most:g}" for t in judged.terms)
        out += [f"**Score {judged.score:g} of 100** ({escaped(terms)})", ""]
    first = {id(f) for f in report.next_steps}
    praise = [f for f in report.findings if f.praise]
    rest = [f for f in report.findings if not f.praise and not any(f == step for step in report.next_steps)]
    for heading, found in (("Next steps", report.next_steps), ("What works", praise), ("Also noticed", rest)):
        if found:
            out += [f"### {heading}", "", *(line for f in found for line in _finding(f, ordered=id(f) in first)), ""]
    out += ["### Balance", "", "| Stretch | Share | Target | Time | |", "|---|---:|---:|---:|---|"]
    built = report.structure
    out += [_balance(report, name, b) for name, b in (("Setup", built.setup), ("Action", built.action), ("Outcome", built.outcome))]
    out += ["", "### The answer", ""]
    for sentence in report.sentences:
        label = sentence.part.value.capitalize() if sentence.part is not Part.OTHER else "–"
        out.append(f"{sentence.number}. **{label}** {sentence.confidence:.0%}: {escaped(report.quote(sentence) or '')}")
    return "\n".join([*out, ""])


def _finding(finding: Finding, *, ordered: bool = False) -> list[str]:
    mark = "1." if ordered else "-"
    lines = [f"{mark} **{finding.code}** {escaped(finding.message)}"]
    if finding.praise:
        return lines
    if finding.quote:
        lines.append(f"   > {escaped(finding.quote)}")
        lines.append("")
    lines.append(f"   → {escaped(finding.suggestion)}")
    if finding.follow_up:
        lines.append(f"   *They may ask:* {escaped(finding.follow_up)}")
    return lines


def _balance(report: Report, name: str, balance: Balance) -> str:
    spent = sum(getattr(report.structure.shares, part.value).seconds for part in balance.parts)
    band = f"{balance.target:.0%} ({balance.low:.0%}–{balance.high:.0%})"
    return f"| {name} | {balance.share:.0%} | {band} | {spent:.0f} s | {_SAID[balance.verdict]} |"
