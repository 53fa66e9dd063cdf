"""The report on a bank for a terminal, with rich: what stands out, coverage, plan, prompts, cards and spines."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from star_analyzer.bank_report import BankFinding, BankReport, BankStoryReport, Quote
from star_analyzer.render import bank_words, words
from star_analyzer.render.plain import printable, shortened
from star_analyzer.render.text import MARK_STYLES, WIDEST, heading
from star_analyzer.sections import category_words

_QUOTE = 160
"""Characters of a quote that is shown beside another."""
_SHORT = 90
"""Characters of a quote that stands in a line."""
_MOST_COLUMNS = 12
"""Stories that have a column of the matrix; of more only the best and the second are named."""
_STATUS_STYLES = {"covered": "green", "weak": "yellow", "gap": "red"}
_FIELD_STYLES = {"empty": "red", "vague": "yellow", "told": "green", "partly": "yellow", "not_told": "red"}


def bank_text(bank: BankReport) -> RenderableType:
    """The whole report as something rich can print."""
    return Constrain(Group(*_pieces(bank)), WIDEST)


def _pieces(bank: BankReport) -> Iterator[RenderableType]:
    yield Text(bank_words.headline(bank), style="bold")
    yield heading("Stories")
    yield _stories(bank)
    if bank.plan:
        yield heading(f"Practice plan: {bank_words.lasting(bank)}")
        if len(bank.plan) > bank_words.TONIGHT:
            yield Text(bank_words.TONIGHT_NOTE, style="bright_black")
        yield _plan(bank)
    yield heading("What stands out")
    found = bank_words.about_the_bank(bank)
    if not found:
        yield Text(bank_words.NOTHING, style="green")
    for finding in found:
        yield _finding(bank, finding)
    yield heading("Kinds of story")
    yield _categories(bank)
    yield heading("Prompts and stories")
    yield _matrix(bank)
    if any(bank_words.has_card(bank, story.number) for story in bank.stories):
        yield heading("Cards")
        yield Text(bank_words.CARDS_NOTE, style="bright_black")
        yield from (_card(bank, story) for story in bank.stories)
    yield heading("Spines: tell from these, not from the text")
    yield from (_spine(story) for story in bank.stories if story.spine)
    if bank.trend:
        yield heading("Progress")
        yield _trend(bank)


def _grid(*justify: str, gap: int = 2) -> Table:
    table = Table.grid(padding=(0, gap))
    for kind in justify:
        table.add_column(justify="right" if kind == "right" else "left", no_wrap=kind != "wrap", overflow="fold")
    return table


def _stories(bank: BankReport) -> RenderableType:
    table = _grid("right", "wrap", "wrap")
    for story in bank.stories:
        shows = ", ".join(bank_words.kinds_of(bank, story.number))
        told = Text(bank_words.story_line(bank, story.number), style="bright_black")
        table.add_row(
            Text(str(story.number), style="bold"), Text(printable(story.title)), Text.assemble(shows, "\n" if shows else "", told)
        )
    return table


def _finding(bank: BankReport, finding: BankFinding) -> RenderableType:
    table = _grid("left", "wrap", gap=1)
    body = Text(printable(finding.message), style="bold").append(f" {finding.code}", style="not bold bright_black")
    table.add_row(Text(words.MARKS[finding.severity], style=MARK_STYLES[finding.severity]), body)
    for pair in finding.evidence:
        sides = Table.grid(padding=(0, 2), expand=True)
        sides.add_column(ratio=1, overflow="fold")
        sides.add_column(ratio=1, overflow="fold")
        sides.add_row(_quote(bank, pair.left), _quote(bank, pair.right))
        table.add_row("", sides)
    table.add_row("", Text(f"→ {printable(finding.suggestion)}"))
    return table


def _quote(bank: BankReport, quote: Quote) -> Text:
    return Text.assemble((f"{quote.story} ", "bold"), (f"“{shortened(printable(bank.quote(quote)), _QUOTE)}”", "italic"))


def _categories(bank: BankReport) -> RenderableType:
    table = _grid("left", "left", "wrap")
    for category in bank.categories:
        told = Text(bank_words.told_by(category))
        if category.stories and category.stories[0].evidence:
            told.append(" ").append_text(
                Text(f"“{shortened(printable(bank.quote(category.stories[0].evidence[0])), _SHORT)}”", style="italic bright_black")
            )
        status = Text(category.status, style=_STATUS_STYLES[category.status])
        table.add_row(category_words(category.name), status, told)
    return table


def _plan(bank: BankReport) -> RenderableType:
    table = _grid("right", "left", "wrap", gap=1)
    for number, exercise in enumerate(bank.plan, 1):
        why = Text(printable(exercise.why), style="bright_black")
        if exercise.code:
            why.append(f" {exercise.code}")
        table.add_row(
            str(number), Text(bank_words.to_do(exercise), style="bold"), Text(printable(exercise.task)).append("\n").append_text(why)
        )
    return table


def _matrix(bank: BankReport) -> RenderableType:
    few = len(bank.stories) <= _MOST_COLUMNS
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column("", overflow="fold")
    for name in [str(story.number) for story in bank.stories] if few else ["best", "second"]:
        table.add_column(name, justify="center", no_wrap=True)
    for group in bank_words.groups(bank):
        table.add_row(Text(printable(group.name), style="bold"))
        for row in group.rows:
            text = Text(f"  {printable(row.text)}", style="" if row.best else "yellow")
            if row.best is None:
                text.append(" (no story)")
            marks = [(bank_words.cell(row, fit), fit.story == row.best) for fit in row.fits]
            named = marks if few else [(str(row.best or ""), True), (str(row.second or ""), False)]
            table.add_row(text, *(Text(mark, style="green" if best else "") for mark, best in named))
    return Group(table, Text(bank_words.LEGEND, style="bright_black")) if few else table


def _card(bank: BankReport, story: BankStoryReport) -> RenderableType:
    told = [f for f in story.fields if f.status != "told"]
    head = Text.assemble((f"{story.number} ", "bold"), printable(story.title))
    if not bank_words.has_card(bank, story.number):
        return head.append(": no card", style="bright_black")
    if not told:
        return head.append(": all seven fields say something, and the telling says it too", style="bright_black")
    table = _grid("left", "left", "wrap", gap=1)
    for field in told:
        status = Text(f"{bank_words.FIELD_MARKS[field.status]} {bank_words.FIELD_STATUS[field.status]}", style=_FIELD_STYLES[field.status])
        table.add_row(f"  {field.label}", status, Text(printable(field.why), style="bright_black"))
    mend = _grid("left", "wrap", gap=1)
    for finding in bank_words.advice(bank, story.number):
        mend.add_row("  →", Text(printable(finding.suggestion)).append(f" {finding.code}", style="bright_black"))
    return Group(head, table, mend)


def _spine(story: BankStoryReport) -> RenderableType:
    table = _grid("left", "wrap", gap=1)
    for bullet in story.spine:
        table.add_row(f"  {words.LETTERS[bullet.part]}", printable(story.quote(bullet)))
    return Group(Text.assemble((f"{story.number} ", "bold"), printable(story.title)), table)


def _trend(bank: BankReport) -> RenderableType:
    assert bank.trend is not None
    table = _grid("left", "wrap")
    table.add_row("Kinds of story covered", bank_words.scores(bank.trend.covered))
    table.add_row("Prompts with a story", bank_words.scores(bank.trend.prompts))
    for story in bank.trend.stories:
        table.add_row(f"Score of {printable(story.title)}", bank_words.scores(story.scores))
    return table
