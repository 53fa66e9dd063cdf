"""The report as Markdown, to be pasted into a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from star_analyzer.finding import Finding
from star_analyzer.render import words
from star_analyzer.render.markdown_text import escaped
from star_analyzer.render.marked import paragraphs
from star_analyzer.report import Report


def report_markdown(report: Report, *, title: str | None = None, score: bool = True) -> str:
    """Next steps, what works, the answer, balance, what a listener takes away and the verdict.

    Every word of the speaker is escaped: it shows as it was said and formats nothing.
    """
    return "\n".join(_lines(report, title)) + "\n" + (score_markdown(report) if score and report.reliable else "")


def score_markdown(report: Report) -> str:
    """The paragraph with the score, which ends the report if it is wanted."""
    total, _, terms = words.score_line(report).partition(": ")
    return f"\n**{total}** ({escaped(terms)})\n"


def _lines(report: Report, title: str | None) -> Iterator[str]:
    yield f"## {escaped(title)}" if title else f"## {words.NAME}"
    if report.question:
        yield from ("", f"**Asked:** {escaped(report.question)}")
    yield from ("", escaped(words.length(report)))
    if not report.reliable:
        yield from _group(words.CANNOT_READ, report.findings)
        return
    groups = words.groups(report)
    yield from _group("Next steps", groups.steps, numbered=True)
    yield from _group("What works", groups.praise)
    if words.nothing_to_do(report):
        yield from ("", words.NOTHING_TO_DO)
    yield from ("", "### The answer", "")
    yield " · ".join(f"**{words.LETTERS[part]}** {words.named(part)} {share:.0%}" for part, share in words.shares(report))
    for paragraph in paragraphs(report):
        pieces = [
            piece
            for told in paragraph.told
            for piece in (escaped(told.label), f"**{words.LETTERS[told.sentence.part]}**", escaped(report.quote(told.sentence) or ""))
        ]
        yield from ("", "> " + " ".join(piece for piece in (*pieces, escaped(paragraph.rest)) if piece))
    yield from _group("Also noticed", groups.rest)
    yield from ("", "### Balance", "", "| Stretch | Share | Target | Time | |", "|---|---:|---:|---:|---|")
    for name, b, seconds, said in words.stretches(report):
        yield f"| {name} | {b.share:.0%} | {b.target:.0%} ({100 * b.low:.0f}–{b.high:.0%}) | {words.minutes(seconds)} | {said} |"
    yield from ("", f"Told in this order: {words.order(report)}")
    yield from ("", "### What a listener takes away", "")
    for name, said in words.heard(report, escaped):
        yield f"- **{name}:** {said}"
    yield from ("", f"### {words.CONVINCES}", "", "| Question | | Why |", "|---|---|---|")
    for q in words.questions(report):
        yield f"| {escaped(q.question)} | {words.LEVELS[q.level]} {q.level} | {escaped(q.why)} |"


def _group(heading: str, found: Sequence[Finding], *, numbered: bool = False) -> Iterator[str]:
    if found:
        yield from ("", f"### {heading}", "")
    for number, finding in enumerate(found, 1):
        mark = f"{number}." if numbered else "-"
        said = [f"**{finding.code}** {escaped(finding.message)}"]
        if not finding.praise:  # praise quotes the words in its message; what to do is to keep them
            said.append(f"→ {escaped(finding.suggestion)}")
        if finding.follow_up:
            said.append(f"*They may ask:* {escaped(finding.follow_up)}")
        yield f"{mark} " + ("\\\n" + " " * (len(mark) + 1)).join(said)  # a backslash at the end of a line breaks it
