"""The report for a terminal, with rich: next steps, balance, the answer with its parts, and what a listener hears."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from star_analyzer.render import words
from star_analyzer.render.plain import printable, shortened
from star_analyzer.report import Balance, Finding, Part, Report, Sentence, Severity

STYLES = {
    Part.SITUATION: "blue",
    Part.TASK: "cyan",
    Part.ACTION: "green",
    Part.RESULT: "magenta",
    Part.REFLECTION: "yellow",
    Part.OTHER: "bright_black",
}
MARK_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "bright_black"}
_LEVEL_STYLES = {"yes": "green", "partly": "yellow", "no": "red"}
_BAR = 20
_LONGEST_QUOTE = 100  # characters: of a whole stretch the beginning is shown, the answer stands below in full
WIDEST = 110  # columns: longer lines are hard to read
_SURE = 0.8
"""Probability of a part from which it is shown without the figure."""


def report_text(report: Report, *, title: str | None = None, score: bool = True) -> RenderableType:
    """The whole report as something rich can print; `score` shows the verdict's score."""
    parts: list[RenderableType] = [Text(printable(title), style="bold")] if title else []
    parts.append(Text(words.length(report)))
    if report.question:
        parts.append(Text(f"Question: {printable(report.question)}"))
    if not report.reliable:
        parts.append(heading(words.CANNOT_READ))
        parts += [_finding(f, words.mark(f)) for f in report.findings]
        return Constrain(Group(*parts), WIDEST)
    groups = words.groups(report)
    parts += _listed("Next steps", groups.steps, numbered=True)
    if words.nothing_to_do(report):
        parts.append(Padding(Text(words.NOTHING_TO_DO, style="green"), (1, 0, 0, 0)))
    parts += [heading("Balance"), _balances(report), heading("Your answer, sentence by sentence"), _answer(report)]
    parts += _listed("What works", groups.praise) + _listed("Also noticed", groups.rest)
    parts += [heading("What a listener takes away"), _heard(report)]
    parts += _verdict(report, score=score)
    return Constrain(Group(*parts), WIDEST)


def _grid(*, gap: int = 1) -> Table:
    """Two columns: a mark or name, and text that wraps beside it."""
    table = Table.grid(padding=(0, gap))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _verdict(report: Report, *, score: bool) -> list[RenderableType]:
    table = _grid()
    for question in words.questions(report):
        level = Text(f"{question.level:<6}", style=_LEVEL_STYLES[question.level])
        table.add_row(level, Text.assemble(question.question, (f" {question.why}", "bright_black")))
    shown: list[RenderableType] = [heading(words.CONVINCES), table]
    return [*shown, Text(words.score_line(report))] if score else shown


def _heard(report: Report) -> RenderableType:
    table = _grid(gap=2)
    for name, told in words.heard(report, printable):
        table.add_row(name, Text(told))
    return table


def heading(title: str) -> RenderableType:
    """A heading with an empty line above."""
    return Padding(Text(title, style="bold underline"), (1, 0, 0, 0))


def _listed(title: str, found: tuple[Finding, ...], *, numbered: bool = False) -> list[RenderableType]:
    if not found:
        return []
    return [heading(title), *(_finding(f, str(k) if numbered else words.mark(f)) for k, f in enumerate(found, 1))]


def _finding(finding: Finding, mark: str) -> RenderableType:
    table = _grid()
    body = Text(printable(finding.message), style="" if finding.praise else "bold")
    body.append(f" {finding.code}", style="not bold bright_black")
    table.add_row(Text(mark, style="green" if finding.praise else MARK_STYLES[finding.severity]), body)
    if finding.praise:  # its message quotes the words; what to do is to keep them
        return table
    quote = shortened(printable(finding.quote or ""), _LONGEST_QUOTE)
    if quote and quote not in printable(finding.message):
        table.add_row("", Text(f"“{quote}”", style="italic"))
    more = _grid()
    more.add_row("→", Text(printable(finding.suggestion)))
    if finding.follow_up:
        more.add_row("", Text(f"They may ask: {printable(finding.follow_up)}", style="bright_black"))
    table.add_row("", more)
    return table


def _bar(balance: Balance) -> Text:
    """A bar with the target band marked: filled cells up to the share, lighter ones for the rest of the band."""
    cells = round(balance.share * _BAR)
    low, high = round(balance.low * _BAR), round(balance.high * _BAR)
    bar = Text()
    for i in range(_BAR):
        inside = low <= i < high
        bar.append("█" if i < cells else "░" if inside else "·", style="green" if i < cells and balance.verdict == "within" else "")
    return bar


def _balances(report: Report) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, width=_BAR)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, balance, spent, said in words.stretches(report):
        target = f"{said}: target {balance.target:.0%} ({100 * balance.low:.0f}–{balance.high:.0%}), {words.minutes(spent)}"
        table.add_row(name, _bar(balance), f"{balance.share:>4.0%}", target)
    return Group(table, Text(f"Told in this order: {words.order(report)}", style="bright_black"))


def _answer(report: Report) -> RenderableType:
    legend = Text()
    for part, share in words.shares(report):
        legend.append("   " if legend else "").append(words.LETTERS[part], style=f"bold {STYLES[part]}")
        legend.append(f" {words.named(part)} {share:.0%}")
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="bright_black")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for sentence in report.sentences:
        letter = Text(words.LETTERS[sentence.part], style=f"bold {STYLES[sentence.part]}")
        if sentence.confidence < _SURE:
            letter.append(f" {sentence.confidence:.0%}", style="not bold")
        table.add_row(str(sentence.number), letter, Text(printable(report.quote(sentence) or "")))
    how = f"Parts below {_SURE:.0%} show their probability. To see why: star-analyzer explain-sentence FILE NUMBER"
    return Group(legend, table, Text(how, style="bright_black"))


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
