"""The report on a bank as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.bank_report import BankReport, Quote
from star_analyzer.render import bank_words, words
from star_analyzer.render.markdown_text import escaped
from star_analyzer.render.plain import shortened
from star_analyzer.sections import category_words

_QUOTE = 200


def bank_markdown(bank: BankReport, *, title: str | None = None) -> str:
    """What stands out, kinds of story, plan, prompts, cards and spines. Every word of the candidate is escaped."""
    return "\n".join(_lines(bank, title)) + "\n"


def _lines(bank: BankReport, title: str | None) -> Iterator[str]:
    yield f"## {escaped(title or bank_words.NAME)}"
    yield from ("", bank_words.headline(bank), "", "| | Story | Shows | |", "|---:|---|---|---|")
    for story in bank.stories:
        shows = ", ".join(bank_words.kinds_of(bank, story.number))
        yield f"| {story.number} | {escaped(story.title)} | {shows} | {bank_words.story_line(bank, story.number)} |"
    if bank.plan:
        note = f" {bank_words.TONIGHT_NOTE}" if len(bank.plan) > bank_words.TONIGHT else ""
        yield from ("", "### Practice plan", "", f"{bank_words.lasting(bank)}.{note}", "")
    for number, exercise in enumerate(bank.plan, 1):
        code = f" {exercise.code}" if exercise.code else ""
        yield f"{number}. **{bank_words.to_do(exercise)}:** {escaped(exercise.task)} *{escaped(exercise.why)}*{code}"
    yield from ("", "### What stands out", "")
    found = bank_words.about_the_bank(bank)
    if not found:
        yield bank_words.NOTHING
    for finding in found:
        pairs = [f"{_quote(bank, pair.left)} — {_quote(bank, pair.right)}" for pair in finding.evidence]
        said = [
            f"{words.MARKS[finding.severity]} **{finding.code}** {escaped(finding.message)}",
            *pairs,
            f"→ {escaped(finding.suggestion)}",
        ]
        yield "- " + "\\\n  ".join(said)  # a backslash at the end of a line breaks it
    yield from ("", "### Kinds of story", "", "| Kind | | Stories |", "|---|---|---|")
    for category in bank.categories:
        told = bank_words.told_by(category)
        if category.stories and category.stories[0].evidence:
            told += f" “{escaped(shortened(bank.quote(category.stories[0].evidence[0]), _QUOTE))}”"
        yield f"| {category_words(category.name)} | {category.status} | {told} |"
    yield from _matrix(bank)
    yield from _cards(bank)
    yield from ("", "### Spines", "")
    for story in bank.stories:
        if story.spine:
            yield from (f"**{story.number}. {escaped(story.title)}**", "")
            yield from (f"- **{words.LETTERS[bullet.part]}** {escaped(story.quote(bullet))}" for bullet in story.spine)
            yield ""
    if bank.trend:
        yield from ("", "### Progress", "")
        yield f"- Kinds of story covered: {bank_words.scores(bank.trend.covered)}"
        yield from (f"- Score of {escaped(s.title)}: {bank_words.scores(s.scores)}" for s in bank.trend.stories)


def _quote(bank: BankReport, quote: Quote) -> str:
    return f"{quote.story}: “{escaped(shortened(bank.quote(quote), _QUOTE))}”"


def _matrix(bank: BankReport) -> Iterator[str]:
    numbers = [str(story.number) for story in bank.stories]
    yield from ("", "### Prompts and stories", "", f"{bank_words.LEGEND}.", "")
    yield f"| Prompt | {' | '.join(numbers)} |"
    yield "|---|" + ":-:|" * len(numbers)
    for group in bank_words.groups(bank):
        yield f"| **{escaped(group.name)}** |" + " |" * len(numbers)
        for row in group.rows:
            cells = " | ".join(bank_words.cell(row, fit) for fit in row.fits)
            yield f"| {escaped(row.text)}{'' if row.best else ' *(no story)*'} | {cells} |"


def _cards(bank: BankReport) -> Iterator[str]:
    yield from ("", "### Cards", "", bank_words.CARDS_NOTE, "", "| Story | Field | | Why |", "|---:|---|---|---|")
    for story in bank.stories:
        if not bank_words.has_card(bank, story.number):
            yield f"| {story.number} | no card | | |"
            continue
        for field in story.fields:
            status = f"{bank_words.FIELD_MARKS[field.status]} {bank_words.FIELD_STATUS[field.status]}"
            yield f"| {story.number} | {field.label} | {status} | {escaped(field.why)} |"
    lines = [(story.number, finding) for story in bank.stories for finding in bank_words.advice(bank, story.number)]
    if lines:
        yield ""
        shown = [(number, f) for number, f in lines if bank_words.has_card(bank, number)]
        yield from (f"- {number}: **{f.code}** {escaped(f.message)} → {escaped(f.suggestion)}" for number, f in shown)
