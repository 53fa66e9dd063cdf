"""A plan for practice: what to do first, in exercises of ten minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from star_analyzer.bank.findings import ALIKE_CODES, LOOK_FOR, Bank, grouped, listed, titled
from star_analyzer.bank.traits import too_short
from star_analyzer.bank_report import BankFinding, BankStoryReport, Exercise, about_card
from star_analyzer.render.plain import shortened
from star_analyzer.render.words import minutes
from star_analyzer.report import Part, Report, Sentence

MINUTES = 10
MOST_EXERCISES = 12
"""Two hours: more is no evening."""
_LENGTH_CODES = ("ST2", "DL102", "DL103", "DL205")
"""Findings that are about how much is said: what to trim says that better."""
_QUOTE = 60
"""Characters of a sentence by which it is named."""
_LEAST_TRIM = 8
"""Words that are worth an exercise."""
Kind = Literal["mend", "write", "replace", "trim", "add", "reword", "card", "tell"]


class _Step(NamedTuple):
    kind: Kind
    task: str
    why: str
    story: int | None = None
    code: str | None = None
    name: str = ""
    others: tuple[str, ...] = ()
    """Titles of other stories that need the same."""


def plan(bank: Bank, found: Sequence[BankFinding]) -> tuple[Exercise, ...]:
    """The exercises, what helps most first: what is missing, then the weakest story, then how it sounds."""
    first = [*_mend(bank), *_write(found), *_replace(bank, found)]
    cards = [_Step("card", f.suggestion, f.message, None, f.code) for f in found if f.code == "BK401" and len(f.stories) > 1]
    gone = {step.story for step in first if step.kind == "replace"}
    staying = [s for s in bank.stories if s.report.reliable and s.number not in gone]
    weakest = sorted(staying, key=lambda s: (s.report.verdict.score, s.number))
    rounds = _in_turn([list(_of_story(story, found)) for story in weakest])
    sound = list(_reword(bank, found))
    last = list(_tell(bank, weakest))
    room = MOST_EXERCISES - len(last)
    steps = [*first, *rounds[: len(weakest)], *cards, *sound, *rounds[len(weakest) :]][:room]
    return tuple(map(_exercise, (*steps, *last)))


def _exercise(step: _Step) -> Exercise:
    also = f" The same helps {listed(step.others)}." if step.others else ""
    return Exercise(minutes=MINUTES, kind=step.kind, story=step.story, task=step.task, why=step.why + also, code=step.code)


def _in_turn(by_story: Sequence[Sequence[_Step]]) -> list[_Step]:
    """A step of each story before the next one of any. What several stories need is one exercise, with the first of them."""
    out: list[_Step] = []
    for step in (steps[k] for k in range(max(map(len, by_story), default=0)) for steps in by_story if k < len(steps)):
        at = next((k for k, known in enumerate(out) if step.name and known.code == step.code), None)
        if at is None:
            out.append(step)
        else:
            out[at] = out[at]._replace(others=(*out[at].others, step.name))
    return out


def _mend(bank: Bank) -> Iterator[_Step]:
    for story in bank.stories:
        if not story.report.reliable:
            why = next((f.message for f in story.report.findings), "It cannot be read as an answer.")
            task = f"Tell {titled(bank, [story.number])} again from the start, in full sentences, and write it down."
            yield _Step("mend", task, why, story.number, "BK103")


def _write(found: Sequence[BankFinding]) -> Iterator[_Step]:
    meant = {f.explanation.get("category") for f in found if f.code == "BK203"}  # to say it in a story that is there is nearer
    for finding in found:
        if finding.code == "BK201" and finding.explanation["category"] not in meant:
            task = (
                f"{LOOK_FOR[str(finding.explanation['category'])]} Write down all that you remember, choose the one with a number, "
                "and fill in its card (`star-analyzer story new`)."
            )
            yield _Step("write", task, finding.message, None, finding.code)


def _replace(bank: Bank, found: Sequence[BankFinding]) -> Iterator[_Step]:
    """One story of all that are the same stays."""
    for group in grouped((f.stories[0], f.stories[1]) for f in found if f.code == "BK306"):
        best, *rest = sorted(group, key=lambda n: (-bank.stories[n - 1].report.verdict.score, n))
        for number in rest:
            task = f"Keep {titled(bank, [best])}, and fill in the card of another story for the place of {titled(bank, [number])}."
            yield _Step("replace", task, f"{titled(bank, sorted((best, number)))} are the same story told twice.", number, "BK306")


def _of_story(story: BankStoryReport, found: Sequence[BankFinding]) -> Iterator[_Step]:
    """What helps a story most, one step of each kind."""
    report, name = story.report, f"“{story.title}”"
    for finding in found:
        if finding.code == "BK203" and finding.stories == (story.number,):
            yield _Step("add", f"{name}: {finding.suggestion}", finding.message, story.number, finding.code)
            break
    short = too_short(report)
    add = next((f for f in (*((short,) if short else ()), *report.next_steps) if not f.code.startswith(_LENGTH_CODES)), None)
    if add is not None:
        yield _Step("add", f"{name}: {add.suggestion}", add.message, story.number, add.code, name)
    if (trim := _trim(story)) is not None:
        yield trim
    card = about_card(found, story.number)
    if card:
        more = len(card) - 1
        rest = f" {more} more of its fields {'needs' if more == 1 else 'need'} work." if more else ""
        yield _Step("card", f"{name}: {card[0].suggestion}", card[0].message + rest, story.number, card[0].code)


def _trim(story: BankStoryReport) -> _Step | None:
    """Which sentences to leave out, if the setup or the whole is too long."""
    report = story.report
    setup, words = report.structure.setup, report.structure.words
    spare = [s for s in report.sentences if s.part in (*setup.parts, Part.OTHER)]
    told = sum(s.words for s in spare)
    over = round((told - setup.high * words) / (1 - setup.high))
    if over < _LEAST_TRIM:
        return None
    cut: list[Sentence] = []
    for sentence in sorted(spare, key=lambda s: (_says(report, s), -s.words, s.number)):
        left = over - sum(s.words for s in cut)
        if left < _LEAST_TRIM or len(cut) + 1 == len(spare):
            break
        if sentence.words <= 1.5 * left:
            cut.append(sentence)
    seconds = round(over * 60 / report.structure.words_per_minute)
    said = listed([f"“{shortened(' '.join(report.text[s.start : s.end].split()), _QUOTE)}”" for s in cut[:2]]) if cut else ""
    where = f"See first whether the rest of the story needs {said}." if cut else "Say each fact once."
    why = f"{told / words:.0%} of the words set the scene or belong to no part of the story; aim for {setup.target:.0%}."
    code = "ST201" if setup.verdict == "over" else None
    return _Step("trim", f"“{story.title}”: cut about {over} words ({seconds} s) of setup. {where}", why, story.number, code)


def _says(report: Report, sentence: Sentence) -> int:
    """How much a sentence says that counts."""
    spans = (
        *report.outcomes.quantities,
        *report.ownership.role,
        *report.decisions.reasons,
        *(c for i in report.constraints.items for c in i.evidence),
    )
    return sum(span.sentence == sentence.number for span in spans) + (sentence.part is Part.TASK)


def _reword(bank: Bank, found: Sequence[BankFinding]) -> Iterator[_Step]:
    """Another story for each way in which they sound alike."""
    taken: set[int] = set()
    for finding in found:
        if finding.code in ALIKE_CODES:
            free = [n for n in finding.stories if n not in taken] or finding.stories
            worst = min(free, key=lambda n: (bank.stories[n - 1].report.verdict.score, n))
            taken.add(worst)
            task = f"Tell {titled(bank, [worst])} again without looking at the text. {finding.suggestion}"
            yield _Step("reword", task, finding.message, worst, finding.code)


def _tell(bank: Bank, weakest: Sequence[BankStoryReport]) -> Iterator[_Step]:
    """The story that needs it most, told aloud to a prompt that it should answer."""
    texts = {p.id: p.text for p in bank.prompts}
    long_enough = [s for s in weakest if too_short(s.report) is None]
    for story in long_enough or weakest:
        if story.best_for:
            task = (
                f"Tell {titled(bank, [story.number])} aloud to “{texts[story.best_for[0]]}”, from its spine and not from the text. "
                "Record it, and read the transcript."
            )
            why = f"It takes {minutes(story.report.structure.seconds)}; telling shows what is hard to say."
            yield _Step("tell", task, why, story.number)
            return
