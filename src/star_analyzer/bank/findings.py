"""What is worth telling about a bank. Codes, severities and documentation stand in `rules/bank.py`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from star_analyzer.bank.coverage import FAIR
from star_analyzer.bank_report import (
    FITS,
    BankFinding,
    BankStoryReport,
    Category,
    FieldCheck,
    Likeness,
    PromptRow,
    QuotePair,
    by_group,
)
from star_analyzer.cards import FIELDS, CardField
from star_analyzer.render.plain import shortened
from star_analyzer.report import Severity
from star_analyzer.rules.bank import BANK_RULES
from star_analyzer.sections import category_words

FEWEST, MOST = 5, 7
"""Stories of a bank, by common coaching advice: with fewer a story is told twice, and of more some are half known."""
_GROUP = 0.4
"""Share of the stories that must be alike in a way before the bank sounds rehearsed; never fewer than two stories."""
_MOST_SHARE = 0.4
"""Share of the prompts for which one story may be the best."""
_LEAST_STORIES = 3
"""Stories from which it says something that one of them is taken for most prompts."""
_NAMED = 3
"""Stories that a message names."""
_LISTED = 6
"""Pairs of quotes that a finding shows."""
_LONGEST_VALUE = 120
"""Characters of a field that a suggestion shows."""
_MUST_BE_TOLD = ("exact_role", "main_obstacle", "key_technical_decision", "measurable_result", "lesson")
"""Fields that listeners wait for. A business goal may be told as the trouble that it ends, and the type of the problem only
specialists need."""


LOOK_FOR: Mapping[str, str] = {
    "improved_metric": "Look for a number that others watched and you moved: what it was, what you did, what it became.",
    "bad_data": "Look for data that lied: labels that were wrong, rows that were missing, a leak; how you found out, and what you did.",
    "accuracy_vs_latency": "Look for a time when better was too slow or too expensive: what you measured, and what you gave up for what.",
    "deployment": "Look for something that you brought live: how you switched it on, what you watched, what broke, how you noticed.",
    "influence": "Look for somebody whom you could not order: what they wanted, what you showed them, how it ended.",
    "failure": "Look for something that went wrong and was yours: what you overlooked, what it cost, what you do differently.",
    "ambiguity": "Look for a task that nobody had thought through: whom you asked, what you chose to solve, what you left out.",
}
"""What shows a category, for whoever has no story for it."""


class Bank(NamedTuple):
    """What the findings are about."""

    stories: Sequence[BankStoryReport]
    categories: Sequence[Category]
    prompts: Sequence[PromptRow]
    likenesses: Sequence[Likeness]


class _Draft(NamedTuple):
    """What a finding says; name and severity come from its rule."""

    code: str
    message: str
    suggestion: str
    stories: tuple[int, ...] = ()
    evidence: tuple[QuotePair, ...] = ()
    explanation: Mapping[str, float | int | str] = {}


def findings(bank: Bank, severities: Mapping[str, Severity]) -> tuple[BankFinding, ...]:
    """Everything found by the rules in force, the most severe first. `severities` has those rules."""
    order = list(Severity)
    found = [_finding(draft, severities[draft.code]) for check in _CHECKS for draft in check(bank) if draft.code in severities]
    return tuple(sorted(found, key=lambda f: (order.index(f.severity), f.code, f.stories)))


def _finding(draft: _Draft, severity: Severity) -> BankFinding:
    return BankFinding(
        code=draft.code,
        name=BANK_RULES[draft.code].name,
        severity=severity,
        message=draft.message,
        suggestion=draft.suggestion,
        stories=draft.stories,
        evidence=draft.evidence[:_LISTED],
        explanation=dict(draft.explanation),
    )


def titled(bank: Bank, numbers: Sequence[int]) -> str:
    """Stories by their titles; of many, the first two and how many more."""
    names = [f"“{bank.stories[n - 1].title}”" for n in numbers]
    if len(names) > _NAMED:
        names[_NAMED - 1 :] = [f"{len(names) - _NAMED + 1} more"]
    return listed(names)


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def _size(bank: Bank) -> Iterator[_Draft]:
    count = len(bank.stories)
    if count < FEWEST:
        yield _Draft(
            "BK101",
            f"There {'is' if count == 1 else 'are'} {count} {'story' if count == 1 else 'stories'}; a bank has {FEWEST} to {MOST}.",
            "Write down what else you could tell" + (", the gaps first." if any(c.status == "gap" for c in bank.categories) else "."),
            explanation={"stories": count, "at_least": FEWEST},
        )
    if count > MOST:
        unused = [s.number for s in bank.stories if not s.best_for]
        rest = f" No prompt needs {titled(bank, unused)}." if unused else ""
        yield _Draft(
            "BK102",
            f"There are {count} stories; {FEWEST} to {MOST} can be kept ready.{rest}",
            "Keep those that are the best for most prompts, and let the others rest.",
            tuple(unused),
            explanation={"stories": count, "at_most": MOST},
        )


def _unreadable(bank: Bank) -> Iterator[_Draft]:
    for story in bank.stories:
        if not story.report.reliable:
            why = story.report.findings[0]  # a report that is not reliable says why
            yield _Draft(
                "BK103",
                f"“{story.title}” cannot be read as an answer: {why.message}",
                "Tell it in full English sentences, as you would say it.",
                (story.number,),
                explanation={"finding": why.code},
            )


def _gaps(bank: Bank) -> Iterator[_Draft]:
    for category in bank.categories:
        name = category_words(category.name)
        if category.status == "gap":
            meant = _meant_for(bank, category)
            own = f"You mean {titled(bank, meant)} for it: look there first, and say it in a sentence of its own. " if meant else ""
            yield _Draft(
                "BK201",
                f"No story shows {name}.",
                f"{own}{LOOK_FOR[category.name]} A small true story serves better than a large one bent to fit.",
                explanation={"category": category.name},
            )
        elif category.status == "weak":
            best = category.stories[0]
            weak = [found.story for found in category.stories]
            yield _Draft(
                "BK202",
                f"{titled(bank, weak)} {'shows' if len(weak) == 1 else 'show'} {name}, and only weakly.",
                f"Make it the point of that story, or write one whose point it is. {LOOK_FOR[category.name]}",
                tuple(weak),
                explanation={"category": category.name, "probability": round(best.probability, 2), "at_least": FAIR},
            )


def _meant_for(bank: Bank, category: Category) -> list[int]:
    """The stories that are tagged with a category, do not show it, and can be read."""
    return [n for n in category.meant if bank.stories[n - 1].report.reliable]


def _meant(bank: Bank) -> Iterator[_Draft]:
    for category in bank.categories:
        for number in _meant_for(bank, category):
            yield _Draft(
                "BK203",
                f"You mean {titled(bank, [number])} for {category_words(category.name)}, but the telling does not show it.",
                f"Say it in a sentence of its own where it happened, or take the tag away. {LOOK_FOR[category.name]}",
                (number,),
                explanation={"category": category.name},
            )
    rows = {p.id: p for p in bank.prompts}
    for story in (s for s in bank.stories if s.report.reliable):
        for row in (rows[name] for name in story.meant_for if name in rows):
            found = row.fits[story.number - 1]
            if found.fit < FITS:
                yield _Draft(
                    "BK203",
                    f"You mean {titled(bank, [story.number])} for “{row.text}”, but the telling does not show it.",
                    "Say in a sentence of its own what the prompt asks for, or take the prompt away.",
                    (story.number,),
                    explanation={"prompt": row.id, "fit": found.fit, "at_least": FITS},
                )


def _prompts(bank: Bank) -> Iterator[_Draft]:
    groups = by_group(bank.prompts)
    alone = [group for group, rows in groups.items() if all(row.best is None for row in rows)]
    if alone:
        yield _Draft(
            "BK204",
            f"No story fits a question about {listed(alone, 'or')}, for example “{groups[alone[0]][0].text}”",
            "See whether one of your stories has such a side that you have not told, and tell it.",
            explanation={"groups": ", ".join(alone), "at_least": FITS},
        )
    counts = Counter(row.best for row in bank.prompts if row.best is not None)
    if len(bank.stories) >= _LEAST_STORIES and counts:
        number, count = counts.most_common(1)[0]
        share = count / counts.total()
        if share > _MOST_SHARE:
            yield _Draft(
                "BK205",
                f"{titled(bank, [number])} is the best story for {count} of the {counts.total()} prompts that you have a story for.",
                "An interviewer hears it once. Bring out in the others what only it shows now.",
                (number,),
                explanation={"share": round(share, 2), "at_most": _MOST_SHARE},
            )


_ALIKE: Mapping[str, tuple[str, str, str]] = {
    "opening": (
        "BK301",
        "begin with the same formula",
        "Begin each at another place: with the number that was wrong, with what somebody said, with the day it broke.",
    ),
    "connectives": (
        "BK302",
        "go from step to step with the same words",
        "Leave out the connective where the order is clear anyway, and say what made you take the next step.",
    ),
    "rhythm": (
        "BK303",
        "have sentences of the same length one after the other",
        "Tell it from a few bullets and not from a text: nobody who remembers falls into the same sentences twice.",
    ),
    "phrases": (
        "BK304",
        "share set phrases",
        "Say it in each story with the words of that story.",
    ),
    "lesson": (
        "BK305",
        "end with the same lesson",
        "Say for each what you do differently since then that you would not have learned from the others.",
    ),
}


ALIKE_CODES = tuple(code for code, *_ in _ALIKE.values())
_SHOWN = {"opening": 1, "connectives": 4, "rhythm": 1, "phrases": 2, "lesson": 0}
"""Shared things that a message names; the evidence shows the rest."""


def _rehearsed(bank: Bank) -> Iterator[_Draft]:
    least = max(2, math.ceil(_GROUP * len(bank.stories)))
    for kind, (code, what, advice) in _ALIKE.items():
        alike = [found for found in bank.likenesses if found.kind == kind]
        for group in grouped(found.stories for found in alike):
            inside = [found for found in alike if found.stories[0] in group]
            if len(group) < least and kind != "phrases":
                continue
            shared = [told for told, _ in Counter(told for found in inside for told in found.shared).most_common(_SHOWN[kind])]
            named = f": {'; '.join(f'“{told}”' for told in shared)}." if shared else "."
            yield _Draft(
                code,
                f"{titled(bank, group)} {what}{named}",
                advice,
                tuple(group),
                _pairs(inside),
                {"stories": len(group), "score": max(f.score for f in inside), "at_least": inside[0].threshold},
            )


def _pairs(inside: Sequence[Likeness]) -> tuple[QuotePair, ...]:
    """Pairs of quotes that show every story once, those that are most alike first; then all of the first two."""
    ranked = sorted(inside, key=lambda f: -f.score)
    shown: set[int] = set()
    out: list[QuotePair] = []
    for found in ranked:
        if not shown.issuperset(found.stories):
            shown.update(found.stories)
            out.append(found.evidence[0])
    return (*out, *ranked[0].evidence[1:])


def _twins(bank: Bank) -> Iterator[_Draft]:
    for found in bank.likenesses:
        if found.kind == "twin":
            yield _Draft(
                "BK306",
                f"{titled(bank, found.stories)} are twins: the same story told twice.",
                "Keep the one that you tell better, and put another story in the place of its twin.",
                found.stories,
                found.evidence,
                {"score": found.score, "at_least": found.threshold},
            )


def grouped(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Stories that hang together by pairs."""
    out: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in out if group & set(pair)]
        out = [group for group in out if group not in touched]
        out.append(set(pair).union(*touched))
    return sorted(sorted(group) for group in out)


def _cards(bank: Bank) -> Iterator[_Draft]:
    without = [s.number for s in bank.stories if all(f.status == "empty" for f in s.fields)]
    if without:
        yield _Draft(
            "BK401",
            f"{titled(bank, without)} {'has' if len(without) == 1 else 'have'} no card.",
            "Write the seven fields in a sentence each: `star-analyzer story new` shows which.",
            tuple(without),
            explanation={"stories": len(without)},
        )
    for story in bank.stories:
        empty = [f for f in story.fields if f.status == "empty"]
        name = titled(bank, [story.number])
        if empty and story.number not in without:
            yield _Draft(
                "BK401",
                f"On the card of {name}, {listed([f.label for f in empty])} {'is' if len(empty) == 1 else 'are'} empty.",
                ("Write a sentence. " if len(empty) == 1 else "Write a sentence for each. ")
                + " ".join(f"{f.label[0].upper()}{f.label[1:]}: {_known(f).asks}" for f in empty),
                (story.number,),
                explanation={"empty": len(empty)},
            )
        for field in story.fields:
            if field.status == "vague":
                yield _Draft(
                    "BK402",
                    f"The {field.label} of {name} is vague: {field.why}",
                    _asks(field),
                    (story.number,),
                    explanation={"field": field.name, "value": field.value},
                )
            elif field.status == "not_told" and field.name in _MUST_BE_TOLD and story.report.reliable:
                yield _Draft(
                    "BK404" if field.name == "measurable_result" else "BK403",
                    f"The {field.label} on the card of {name} is not told. {field.why}",
                    f"Say it in the telling: “{shortened(field.value, _LONGEST_VALUE)}”. Or mend the card, if the telling is right.",
                    (story.number,),
                    explanation={"field": field.name, "value": field.value},
                )
            elif field.status == "partly" and field.name == "measurable_result":
                yield _Draft(
                    "BK404",
                    f"The measurable result on the card of {name} is told in part. {field.why}",
                    "Say the same numbers in both: an interviewer who reads the one and hears the other will ask.",
                    (story.number,),
                    explanation={"field": field.name, "value": field.value},
                )


def _asks(field: FieldCheck) -> str:
    known = _known(field)
    return f"{known.asks} For example: “{known.example}”"


def _known(field: FieldCheck) -> CardField:
    return next(known for known in FIELDS if known.name == field.name)


_CHECKS: tuple[Callable[[Bank], Iterator[_Draft]], ...] = (_size, _unreadable, _gaps, _meant, _prompts, _rehearsed, _twins, _cards)
