"""From stories to the report on the bank."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from star_analyzer._version import __version__
from star_analyzer.analyzer import Analyzer
from star_analyzer.answer import read_answer
from star_analyzer.bank.agreement import check_fields
from star_analyzer.bank.coverage import coverage
from star_analyzer.bank.findings import Bank, findings
from star_analyzer.bank.history import point, trend
from star_analyzer.bank.plan import plan
from star_analyzer.bank.prompts import Prompt, PromptFit, choose, fit, load_prompts
from star_analyzer.bank.rehearsed import likenesses
from star_analyzer.bank.spine import spine
from star_analyzer.bank.story import BankStory
from star_analyzer.bank.telling import Telling
from star_analyzer.bank.traits import traits
from star_analyzer.bank.twins import twin
from star_analyzer.bank_report import BankReport, BankStoryReport, Fit, HistoryPoint, Likeness, PromptRow, Quote
from star_analyzer.cards import FIELD_NAMES
from star_analyzer.errors import InputError
from star_analyzer.evidence import CATEGORIES
from star_analyzer.fingerprints import numbered
from star_analyzer.report import Report
from star_analyzer.rules.selection import Selection, selection

MOST_STORIES = 60
"""Stories that are reviewed as one bank: each is compared with each."""
LONGEST_FIELD = 2_000
"""Characters of a title or a field: a card says a thing in a sentence."""
_TITLE_WORDS = 6


def review_bank(
    stories: Iterable[BankStory | str],
    *,
    analyzer: Analyzer | None = None,
    prompts: str | Path | None = None,
    history: Sequence[HistoryPoint] = (),
    when: str = "now",
) -> BankReport:
    """Review the stories of a candidate as a whole.

    Args:
        stories: five to seven of them, as `BankStory` or only as the text of the telling.
        analyzer: reads the tellings; None: one with the default settings.
        prompts: a TOML file with prompts of your own, instead of the packaged ones (docs/bank.md).
        history: earlier states of the bank, the oldest first (`read_history`); they make the report's trend.
        when: date and time of this state, for the trend.

    Raises:
        InputError: there is no story, there are too many, or a telling or a card cannot be read.
        SettingsError: the prompts make no sense.
    """
    given = [story if isinstance(story, BankStory) else BankStory(story) for story in stories]
    reader = analyzer or Analyzer()
    asked = load_prompts(None if prompts is None else Path(prompts))
    _check(given, asked)
    reports = list(reader.analyze_many([s.text for s in given], [s.question for s in given], [s.timings for s in given]))
    return review(given, reports, read_cards(given, reader), asked, selection(), history, when)


def read_cards(stories: Sequence[BankStory], analyzer: Analyzer) -> list[dict[str, Report]]:
    """The fields of every story's card, analysed: what they measure, and who did it."""
    named = [(at, name, value) for at, s in enumerate(stories) for name, value in s.fields.items() if any(c.isalnum() for c in value)]
    out: list[dict[str, Report]] = [{} for _ in stories]
    for (at, name, _), report in zip(named, analyzer.analyze_many([value for *_, value in named]), strict=True):
        out[at][name] = report
    return out


def _check(stories: Sequence[BankStory], prompts: Sequence[Prompt]) -> None:
    for number, story in enumerate(stories, 1):
        try:
            check_story(story, prompts)
            read_answer(story.text, story.question, story.timings)
        except InputError as error:
            raise InputError(f"story {number}: {error}") from error


def check_story(story: BankStory, prompts: Sequence[Prompt]) -> None:
    """Raise `InputError` for what cannot be read, and for a field, tag or prompt that there is not. It begins with the key."""
    ids = [p.id for p in prompts]
    for key, names, known in (("fields", story.fields, FIELD_NAMES), ("tags", story.tags, CATEGORIES), ("prompts", story.prompts, ids)):
        for name in names:
            if name not in known:
                raise InputError(f"{key}: there is no {name!r}; {_near(name, known)}")
    for key, value in (("title", story.title), *story.fields.items()):
        if not isinstance(value, str):
            raise InputError(f"{key}: must be text.")
        if len(value) > LONGEST_FIELD:
            raise InputError(f"{key}: is longer than {LONGEST_FIELD:,} characters; say it in a sentence.")
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise InputError(f"{key}: has half of a character (a lone surrogate); write it anew.")


def _near(name: str, known: Sequence[str]) -> str:
    """The nearest of the known names as a hint, or all of them."""
    found = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {found[0]!r}?" if found else f"there are {', '.join(known)}."


def review(
    stories: Sequence[BankStory],
    reports: Sequence[Report],
    cards: Sequence[dict[str, Report]],
    prompts: Sequence[Prompt],
    rules: Selection,
    history: Sequence[HistoryPoint] = (),
    when: str = "now",
    unread: Sequence[str] = (),
) -> BankReport:
    """Review stories that have been analysed. `unread`: what could not be read. Raises `InputError` if there are none or too many."""
    if not stories:
        raise InputError("There is no story to review. Give at least one.")
    if len(stories) > MOST_STORIES:
        raise InputError(f"There are {len(stories)} stories; a bank has at most {MOST_STORIES}.")
    titles = numbered((story.title or _first_words(story.text) for story in stories), "{} ({})")
    tellings = [Telling(number, report) for number, report in enumerate(reports, 1)]
    rows = _matrix(prompts, stories, reports)
    told = tuple(
        _story(number, title, story, telling, card, rows)
        for number, (title, story, telling, card) in enumerate(zip(titles, stories, tellings, cards, strict=True), 1)
    )
    bank = Bank(told, coverage(stories, reports), rows, tuple(_alike(tellings)))
    found = findings(bank, rules.severities)
    out = BankReport(
        package=__version__,
        unread=tuple(unread),
        stories=told,
        categories=tuple(bank.categories),
        prompts=tuple(rows),
        likenesses=tuple(bank.likenesses),
        findings=found,
        plan=plan(bank, found),
        trend=None,
    )
    return out.model_copy(update={"trend": trend(history, point(out, when))}) if history else out


def _story(
    number: int, title: str, story: BankStory, telling: Telling, cards: Mapping[str, Report], rows: Sequence[PromptRow]
) -> BankStoryReport:
    return BankStoryReport(
        number=number,
        title=title,
        path=story.path,
        tags=story.tags,
        meant_for=story.prompts,
        fields=check_fields(story.fields, cards, telling),
        spine=spine(telling.report, number),
        best_for=tuple(row.id for row in rows if row.best == number),
        second_for=tuple(row.id for row in rows if row.second == number),
        report=telling.report,
    )


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _matrix(prompts: Sequence[Prompt], stories: Sequence[BankStory], reports: Sequence[Report]) -> list[PromptRow]:
    shown = [traits(report, story.tags) for report, story in zip(reports, stories, strict=True)]
    fits = [[fit(prompt, own, report) for own, report in zip(shown, reports, strict=True)] for prompt in prompts]
    choices = choose([[f.fit for f in row] for row in fits], [report.verdict.score for report in reports])
    return [
        PromptRow(
            id=prompt.id,
            group=prompt.group,
            text=prompt.text,
            best=None if choice.best is None else choice.best + 1,
            second=None if choice.second is None else choice.second + 1,
            fits=tuple(_fit(number, f) for number, f in enumerate(row, 1)),
        )
        for prompt, row, choice in zip(prompts, fits, choices, strict=True)
    ]


def _fit(number: int, found: PromptFit) -> Fit:
    evidence = tuple(Quote(story=number, sentence=s.sentence, start=s.start, end=s.end) for s in found.evidence)
    return Fit(story=number, fit=found.fit, shows=found.shows, lacks=found.lacks, evidence=evidence)


def _alike(tellings: Sequence[Telling]) -> Iterable[Likeness]:
    """What is alike in any two stories. Of twins only that is said: everything else about them follows from it."""
    for left, right in combinations([t for t in tellings if t.report.reliable], 2):
        same = twin(left, right)
        yield from likenesses(left, right) if same is None else (same,)
