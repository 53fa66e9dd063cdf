"""The report as Markdown, to be pasted into a review. Nothing in the answer can act as Markdown or HTML."""

from __future__ import annotations

import re

from star_analyzer.render import words
from star_analyzer.render.marked import paragraphs
from star_analyzer.render.plain import printable
from star_analyzer.report import Finding, Report

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# everything that means something inside a line; ":" before "//" and "www." would become links
_INLINE = re.compile(r"[\\`*_\[\]#|~!@$&<>]|:(?=//|\w)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])")


def safe(text: str) -> str:
    """One line of the text in which nothing is Markdown, HTML, a link or a mention."""
    line = _INLINE.sub(lambda m: _HTML.get(m[0]) or f"\\{m[0]}", printable(text))
    return _START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", line)


def report_markdown(report: Report, *, title: str | None = None, score: bool = True) -> str:
    """The whole report; `score` shows the verdict's score."""
    lines = [f"# {safe(title)}" if title else "# Report on an answer", ""]
    if report.question:
        lines += [f"Question: {safe(report.question)}", ""]
    lines += [safe(words.length(report)), ""]
    if not report.reliable:
        lines += [f"## {words.CANNOT_READ}", "", *_listed(report.findings)]
        return _joined(lines)
    groups = words.groups(report)
    for heading, found, numbered in (("Next steps", groups.steps, True), ("What works", groups.praise, False)):
        if found:
            lines += [f"## {heading}", "", *_listed(found, numbered=numbered), ""]
    if words.nothing_to_do(report):
        lines += [words.NOTHING_TO_DO, ""]
    lines += ["## The answer", "", *_answer(report)]
    if groups.rest:
        lines += ["## Also noticed", "", *_listed(groups.rest), ""]
    lines += ["## Balance", "", *_balance(report), "", "## What a listener takes away", ""]
    lines += [f"- **{name}:** {told}" for name, told in words.heard(report, safe)]
    lines += ["", f"## {words.CONVINCES}", ""]
    lines += [f"- **{q.level}:** {safe(q.question)} {safe(q.why)}" for q in words.questions(report)]
    return _joined(lines) + (score_markdown(report) if score else "")


def score_markdown(report: Report) -> str:
    """The paragraph with the score, which ends the report if it is wanted."""
    return f"\n{safe(words.score_line(report))}\n"


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _listed(found: tuple[Finding, ...], *, numbered: bool = False) -> list[str]:
    out = []
    for number, finding in enumerate(found, 1):
        mark = f"{number}." if numbered else "-"
        indent = " " * (len(mark) + 1)
        if finding.praise:
            out.append(f"{mark} {words.PRAISE} {safe(finding.message)} `{finding.code}`")
            continue
        out.append(f"{mark} **{safe(finding.message)}** `{finding.code}`\\")
        out.append(f"{indent}{safe(finding.suggestion)}" + ("\\" if finding.follow_up else ""))
        if finding.follow_up:
            out.append(f"{indent}They may ask: *{safe(finding.follow_up)}*")
    return out


def _answer(report: Report) -> list[str]:
    """The answer in its paragraphs, the letter of its part before every sentence."""
    out = [" · ".join(f"**{words.LETTERS[part]}** {words.named(part)} {share:.0%}" for part, share in words.shares(report)), ""]
    for paragraph in paragraphs(report, ()):
        told = [
            f"{safe(t.label)} **{words.LETTERS[t.sentence.part]}** {safe(report.quote(t.sentence) or '')}".strip() for t in paragraph.told
        ]
        out += [f"> {' '.join([*told, safe(paragraph.rest)]).strip()}", ""]
    return out


def _balance(report: Report) -> list[str]:
    rows = [
        f"| {name} | {b.share:.0%} | {b.target:.0%} ({100 * b.low:.0f}–{b.high:.0%}) | {words.minutes(seconds)} | {said} |"
        for name, b, seconds, said in words.stretches(report)
    ]
    return ["| | share | target | time | |", "|---|---:|---:|---:|---|", *rows, "", f"Told in this order: {words.order(report)}"]
