"""The report for a terminal, with rich: next steps, balance, the answer with its parts."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from star_analyzer.render.plain import printable
from star_analyzer.report import Balance, Finding, Part, Report, Sentence, Severity

STYLES = {
    Part.SITUATION: "blue",
    Part.TASK: "cyan",
    Part.ACTION: "green",
    Part.RESULT: "magenta",
    Part.REFLECTION: "yellow",
    Part.OTHER: "bright_black",
}
_MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFO: ("·", "bright_black")}
_LEVELS = {"yes": ("yes   ", "green"), "partly": ("partly", "yellow"), "no": ("no    ", "red")}
_BAR = 20
_LONGEST_QUOTE = 160  # characters
_NAMES = {"setup": "Setup", "action": "Action", "outcome": "Outcome"}


def minutes(seconds: float) -> str:
    """Seconds as people say them: "45 s", "1 min 40 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


def report_text(report: Report, *, title: str | None = None, score: bool = True) -> RenderableType:
    """The whole report as something rich can print; `score` shows the verdict's score."""
    parts: list[RenderableType] = []
    if title:
        parts.append(Text(printable(title), style="bold"))
    built = report.structure
    parts.append(
        Text(
            f"{built.words} words, about {minutes(built.seconds)} at {built.words_per_minute:g} words a minute · "
            f"{len(report.sentences)} sentence{'' if len(report.sentences) == 1 else 's'}"
        )
    )
    if report.question:
        parts.append(Text(f"Question: {printable(report.question)}"))
    if not report.reliable:
        parts.append(_heading("This text cannot be read as an answer"))
        parts += [_finding(f) for f in report.findings]
        return Group(*parts)
    parts += _verdict(report, score=score)
    steps = {(f.code, f.start) for f in report.next_steps}
    groups = (
        ("Next steps", list(report.next_steps)),
        ("What works", [f for f in report.findings if f.praise]),
        ("Also noticed", [f for f in report.findings if not f.praise and (f.code, f.start) not in steps]),
    )
    for title_of_group, found in groups:
        if found:
            parts.append(_heading(title_of_group))
            parts += [_finding(f) for f in found]
    if not any(not f.praise for f in report.findings):
        parts.append(Text("The rules found nothing to work on in this answer.", style="green"))
    parts.append(_heading("What a listener takes away"))
    parts.append(_heard(report))
    parts.append(_heading("Balance"))
    parts.append(_balances(report))
    parts.append(_heading("Your answer, sentence by sentence"))
    parts.append(_answer(report))
    parts.append(
        Text(
            "The number behind a part is the probability that it is right. To see why: star-analyzer explain-sentence FILE NUMBER",
            style="bright_black",
        )
    )
    return Group(*parts)


def _verdict(report: Report, *, score: bool) -> list[RenderableType]:
    judged = report.verdict
    out: list[RenderableType] = [_heading("Would this convince an interviewer?")]
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for question in (judged.production, judged.imperfect_data, judged.constraints):
        mark, style = _LEVELS[question.level]
        table.add_row(Text(mark, style=style), Text.assemble(question.question, (f" {question.why}", "bright_black")))
    out.append(table)
    if score:
        out.append(Text(f"Score {judged.score} of 100: {_terms(report)}"))
    return out


def _terms(report: Report) -> str:
    return ", ".join(f"{t.name} {t.points:g}/{t.most:g}" for t in report.verdict.terms)


def _heard(report: Report) -> RenderableType:
    """One line a section: who did it, what came of it, what was weighed, how it sounds."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    own, came, said = report.ownership.in_action, report.outcomes, report.delivery
    doers = [(own.i, "“I”"), (own.we, "“we”"), (own.other, "others"), (own.passive, "nobody named"), (own.implied, "unsaid")]
    table.add_row("Who acted", ", ".join(f"{name} {count}" for count, name in doers if count) or "nobody")
    moved = [printable(report.quote(c) or "") for c in came.changes if c.part in (Part.RESULT, Part.ACTION)]
    numbers = [printable(report.quote(q) or "") for q in came.quantities if q.outcome]
    told = "; ".join(moved) or ", ".join(dict.fromkeys(numbers)) or "no number"
    table.add_row("Outcome", Text(told + (f" ({', '.join(_plain(k.kind) for k in came.kinds)})" if came.kinds else "")))
    named = [
        f"{_plain(c.name)}{' (with a number)' if c.status == 'quantified' else ''}"
        for c in report.constraints.items
        if c.status in ("stated", "quantified")
    ]
    table.add_row("Limits", ", ".join(named) or "none named")
    decided = report.decisions
    facets = (
        ("reason", decided.reasons),
        ("alternative", decided.alternatives),
        ("trade-off", decided.tradeoffs),
        ("validation", decided.validations),
    )
    table.add_row("Decisions", ", ".join(f"{name} {'told' if found else 'not told'}" for name, found in facets))
    signals = report.signals
    named_signals = (
        ("framing", signals.framing),
        ("data", signals.data),
        ("trade-offs", signals.tradeoffs),
        ("execution", signals.execution),
        ("after launch", signals.after_launch),
    )
    table.add_row("Signals", ", ".join(f"{name} {signal.level}" for name, signal in named_signals))
    before = "no action" if said.seconds_before_action is None else f"{minutes(said.seconds_before_action)} before the first action"
    sound = [
        before,
        f"{said.fillers_per_minute:g} fillers a minute",
        f"{report.language.terms_per_100_words:g} technical terms in 100 words",
    ]
    table.add_row("Delivery", ", ".join(sound))
    if report.story.categories:
        table.add_row("Good for", ", ".join(_plain(c.name) for c in report.story.categories))
    return table


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _heading(title: str) -> RenderableType:
    return Padding(Text(title, style="bold underline"), (1, 0, 0, 0))


def _finding(finding: Finding) -> RenderableType:
    mark, style = ("✓", "green") if finding.praise else _MARKS[finding.severity]
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    body = Text(printable(finding.message))
    body.append(f" {finding.code}", style="bright_black")
    if finding.praise:  # its message quotes the words; what to do is to keep them
        table.add_row(Text(mark, style=style), body)
        return table
    if finding.quote:
        body.append(f"\n“{_shortened(printable(finding.quote))}”", style="italic")
    body.append(f"\n→ {printable(finding.suggestion)}")
    if finding.follow_up:
        body.append(f"\n  They may ask: {printable(finding.follow_up)}", style="bright_black")
    table.add_row(Text(mark, style=style), body)
    return table


def _shortened(words: str) -> str:
    """A quote of a whole stretch, by its beginning: the answer stands below in full."""
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _bar(balance: Balance) -> Text:
    """A bar with the target band marked: filled cells up to the share, brackets around the band."""
    cells = round(balance.share * _BAR)
    low, high = round(balance.low * _BAR), round(balance.high * _BAR)
    bar = Text()
    for i in range(_BAR):
        inside = low <= i < high
        bar.append("█" if i < cells else "░" if inside else "·", style="green" if i < cells and balance.verdict == "within" else "")
    return bar


def _balances(report: Report) -> RenderableType:
    built = report.structure
    table = Table.grid(padding=(0, 2))
    for name, balance in (("setup", built.setup), ("action", built.action), ("outcome", built.outcome)):
        spent = sum(getattr(built.shares, p.value).seconds for p in balance.parts)
        said = {"under": "too little", "within": "good", "over": "too much"}[balance.verdict]
        table.add_row(
            _NAMES[name],
            _bar(balance),
            f"{balance.share:>4.0%}",
            f"target {balance.target:.0%} ({100 * balance.low:.0f}–{balance.high:.0%})",
            minutes(spent),
            said,
        )
    detail = "  ".join(
        f"{part.value.capitalize()} {getattr(built.shares, part.value).share:.0%}"
        for part in Part
        if getattr(built.shares, part.value).words
    )
    order = " → ".join(p.value.capitalize() for p in built.order)
    return Group(table, Text(detail, style="bright_black"), Text(f"Told in this order: {order or 'nothing'}", style="bright_black"))


def _answer(report: Report) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="bright_black")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for sentence in report.sentences:
        label = Text(f"{sentence.part.value.capitalize()} {sentence.confidence:.0%}", style=STYLES[sentence.part])
        table.add_row(str(sentence.number), label, Text(printable(report.quote(sentence) or "")))
    return table


def explanation_text(report: Report, sentence: Sentence) -> RenderableType:
    """Why a sentence got its part: every reason with what it weighs for the part and for the runner-up."""
    part, other = sentence.part.value.capitalize(), sentence.runner_up.value.capitalize()
    head = Text(f"Sentence {sentence.number}: ")
    head.append(part, style=STYLES[sentence.part])
    head.append(f" ({sentence.confidence:.0%}), before {other} by {sentence.margin:+.0%}")
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("Reason", overflow="fold")
    table.add_column("Words", overflow="fold")
    table.add_column(part, justify="right")
    table.add_column(other, justify="right")
    for cue in sentence.cues:
        table.add_row(
            Text(cue.meaning),
            Text(printable(report.quote(cue) or "–")),
            f"{cue.weight:+.2f}",
            f"{cue.weight_for_runner_up:+.2f}",
        )
    table.add_row("parts of the neighbouring sentences", "", f"{sentence.order_weight:+.2f}", "")
    notes = [
        f"Weights are natural-log odds: +0.7 doubles the odds, −0.7 halves them. Shown are the {len(sentence.cues)} strongest reasons; "
        f"the last line is how much better {part} fits the neighbours than {other}."
    ]
    if sentence.section is not None:
        notes.insert(0, f"It stands under a label that announces {sentence.section.value.capitalize()}.")
    if sentence.margin < 0:
        notes.insert(0, f"Alone it looks more like {other}; the flow of the whole answer decided for {part}.")
    return Group(
        head,
        Text(f"“{printable(report.quote(sentence) or '')}”", style="italic"),
        Padding(table, (1, 0)),
        *(Text(n, style="bright_black") for n in notes),
    )


def to_text(renderable: RenderableType, *, width: int = 100, colour: bool = False) -> str:
    """Print something rich into a string."""
    console = Console(
        width=width,
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        record=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
