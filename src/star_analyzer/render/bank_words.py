"""What all forms of the report on a bank say alike."""

from __future__ import annotations

from typing import NamedTuple

from star_analyzer.bank_report import (
    CARD_CODES,
    FITS,
    BankFinding,
    BankReport,
    Category,
    Exercise,
    Fit,
    PromptRow,
    about_card,
    by_group,
)
from star_analyzer.render.words import minutes
from star_analyzer.sections import category_words

NAME = "Review of a bank of stories"
FIELD_STATUS = {"empty": "empty", "vague": "vague", "told": "told", "partly": "told in part", "not_told": "not told"}
FIELD_MARKS = {"empty": "○", "vague": "!", "told": "✓", "partly": "◐", "not_told": "✗"}
BEST, SECOND, ALSO, NOT = "●", "◐", "·", ""
LEGEND = f"{BEST} the story to tell, {SECOND} the second, {ALSO} fits too"
NOTHING = "Nothing stands out."


class Group(NamedTuple):
    """The prompts of one group."""

    name: str
    rows: tuple[PromptRow, ...]


def headline(bank: BankReport) -> str:
    """The bank in one line."""
    count = len(bank.stories)
    covered = sum(c.status != "gap" for c in bank.categories)
    all_of = f"all {len(bank.categories)}" if covered == len(bank.categories) else f"{covered} of {len(bank.categories)}"
    prompts = sum(p.best is not None for p in bank.prompts)
    stories = f"{count} {'story' if count == 1 else 'stories'}"
    if bank.unread:
        stories += f" (and {len(bank.unread)} that could not be read)"
    return f"{stories} · {all_of} kinds of story covered · a story for {prompts} of {len(bank.prompts)} prompts"


def story_line(bank: BankReport, number: int) -> str:
    """What a story is good for, in a line."""
    story = bank.story(number)
    if not story.report.reliable:
        return "cannot be read as an answer"
    uses = f"best for {len(story.best_for)}, second for {len(story.second_for)}"
    return f"{minutes(story.report.structure.seconds)}, score {story.report.verdict.score}, {uses}"


def kinds_of(bank: BankReport, number: int) -> list[str]:
    """The categories that a story shows, the strongest first."""
    found = [(s.probability, category_words(c.name)) for c in bank.categories for s in c.stories if s.story == number]
    return [name for _, name in sorted(found, key=lambda pair: -pair[0])]


def told_by(category: Category) -> str:
    """The stories that show a category, by number, with how strongly."""
    return ", ".join(f"{s.story} ({s.strength})" for s in category.stories) or "no story"


def groups(bank: BankReport) -> list[Group]:
    """The prompts by group, in the order in which the groups come first."""
    return [Group(capital(name), tuple(rows)) for name, rows in by_group(bank.prompts).items()]


def capital(name: str) -> str:
    """A name with a capital at its beginning, the rest as it is."""
    return name[:1].upper() + name[1:]


def cell(row: PromptRow, fit: Fit) -> str:
    """The mark of a story beside a prompt."""
    if fit.story == row.best:
        return BEST
    if fit.story == row.second:
        return SECOND
    return ALSO if fit.fit >= FITS else NOT


def to_do(exercise: Exercise) -> str:
    """The kind of an exercise as a heading."""
    return {"card": "Card", "tell": "Tell it"}.get(exercise.kind, exercise.kind.capitalize())


def lasting(bank: BankReport) -> str:
    """How long the plan takes."""
    count, total = len(bank.plan), sum(e.minutes for e in bank.plan)
    each = bank.plan[0].minutes if bank.plan else 0
    return f"1 exercise of {each} minutes" if count == 1 else f"{count} exercises of {each} minutes, {total} minutes in all"


CARDS_NOTE = "Compared by words and numbers: what the telling says in other words shows as not told."
TONIGHT = 3
"""Exercises for one evening."""
TONIGHT_NOTE = "The first three are an evening; the others can wait."


def about_the_bank(bank: BankReport) -> tuple[BankFinding, ...]:
    """The findings that are not about the card of one story: those stand with the cards."""
    return tuple(f for f in bank.findings if not (f.code in CARD_CODES and len(f.stories) == 1 and has_card(bank, f.stories[0])))


def has_card(bank: BankReport, number: int) -> bool:
    """Whether any field of a story's card is filled in."""
    return any(field.status != "empty" for field in bank.story(number).fields)


def advice(bank: BankReport, number: int) -> list[BankFinding]:
    """The findings about the card of a story."""
    return about_card(bank.findings, number)


def scores(found: tuple[int | None, ...], most: int = 6) -> str:
    """The last scores of a story, or other counts, in their order."""
    return " → ".join("–" if score is None else str(score) for score in found[-most:])
