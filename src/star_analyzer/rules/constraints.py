"""The limits on the work: whether any are told, whether they are those that count, and whether they have a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from star_analyzer.report import Part, Severity
from star_analyzer.rules.production import is_technical
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import bare, clause, is_event, names, part_of
from star_analyzer.sections import Claim, Constraint, Quantity, Span
from star_analyzer.spans import mentions, numbers

_GENERAL = "general"
"""The role whose stories need no limit: not every job has one worth telling."""
_MOST_EXPECTED = 2
"""Limits that are asked for in one message."""
_STATED = ("stated", "quantified")
_CAME_OF_IT = (Part.RESULT, Part.REFLECTION)
"""What the work did for the speed or the cost is an outcome, not a limit."""
_BEFORE_IT = (Part.SITUATION, Part.TASK)
_DAY = re.compile(
    r"(?i)\b(?:january|february|march|april|june|july|august|september|october|november|december|(?:in|by|of|before|until) may|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|christmas|easter|new year|noon|midnight|tonight|"
    r"tomorrow|morning|weekend|(?:by|before|in time for) the|end of)\b"
)
"""A day or an event by which something had to be done is as good as a number."""
_BY = re.compile(r"(?i)\b(?:by|before|until|till|on)\s+(?:the\s+)?$")
_LATE = re.compile(r"(?i)\s+(?:late|behind|overdue|ago|too late)\b")
_YEARS = frozenset({"year", "decade"})
_MANY = 100
"""Things from which one speaks of scale."""
_NOTHING = re.compile(r"(?i)\bno (?:extra |more |real )?(?:money|budget|funds|funding)\b")
_SHORT_OF_TIME = re.compile(
    r"(?i)\b(?:deadlines?|tight|short (?:on|of) time|short notice|time pressure|under pressure|out of time|little time|enough time|"
    r"much time|soon as possible|against the clock|schedule|timeline)\b"
)


class _Limit(NamedTuple):
    """A limit in plain words: its name, what to say of it, what number to give, and the next question."""

    name: str
    say: str
    number: str
    question: str


_LIMITS = {
    "latency": _Limit(
        "speed", "how fast it had to answer", "how many seconds it took, and how many were allowed", "How fast did it have to be?"
    ),
    "cost": _Limit(
        "cost", "what it was allowed to cost", "how much money there was, or what it cost a month", "What was it allowed to cost?"
    ),
    "labels": _Limit(
        "labels", "how many labelled examples you had", "how many you had, and how many were wrong", "How many labels did you have?"
    ),
    "data_quality": _Limit(
        "data quality", "what was wrong with the data", "what share of it was wrong or missing", "How good was the data?"
    ),
    "drift": _Limit("drift", "what kept changing in the data", "how much moved, in how many weeks", "How fast did the data change?"),
    "privacy": _Limit("privacy", "which data you were not allowed to use", "how many records", "Which data were you not allowed to use?"),
    "fairness": _Limit(
        "fairness", "for which groups it had to be right", "the gap between the groups", "For whom could it have been unfair?"
    ),
    "interpretability": _Limit(
        "interpretability",
        "who had to be able to understand its decisions",
        "how many people",
        "Who had to understand why it decided as it did?",
    ),
    "maintainability": _Limit(
        "maintenance",
        "who would have to look after it later",
        "how many people, and for how long",
        "Who would have to look after it later?",
    ),
    "scale": _Limit(
        "scale",
        "how much it had to cope with",
        "how many requests, rows, users or orders, and in what time",
        "How much did it have to cope with?",
    ),
    "reliability": _Limit(
        "reliability",
        "what would have happened if it had failed",
        "how often it failed",
        "What would have happened if it had failed?",
    ),
    "deadline": _Limit(
        "the deadline", "by when it had to be done", "the date, or the weeks that you had", "By when did it have to be done?"
    ),
    "resources": _Limit(
        "people and money", "how many people and hours you had", "how many people and hours", "Who and what did you have for it?"
    ),
}
_NUMBERS = {
    "latency": ("time",),
    "deadline": ("time", "date"),
    "cost": ("money", "percent", "ratio"),
    "scale": ("count", "rate", "size"),
    "resources": ("people", "money"),
    "labels": ("count", "percent"),
}
"""Kinds of quantity that put a number on a limit; the limits in the order in which a number is most telling."""
_OF_SETUP = frozenset({"scale", "resources"})
"""In the Action a count says how much was done, not how much there was."""
_LONG = 90
"""Characters of a quote that must not lose its number."""
_NEED_NUMBERS = ("latency", "deadline", "cost", "scale")
"""Limits that mean nothing without a number."""

_FIT_CATEGORY = {
    "accuracy_vs_latency": ("latency", "cost"),
    "bad_data": ("data_quality", "labels"),
    "deployment": ("reliability", "scale"),
}
_FIT_RESULT = {
    "time_or_cost": ("latency", "cost"),
    "model_quality": ("labels", "data_quality", "drift"),
    "reliability": ("reliability", "scale"),
    "adoption": ("scale", "maintainability"),
    "business": ("cost", "deadline"),
}
_FIT_MODEL = ("labels", "data_quality", "drift")
"""Limits that a story of a kind makes the listener think of."""


_USUAL = ("deadline", "resources")
"""Limits of any work."""


def _told(sections: Sections) -> list[Constraint]:
    return [c for c in sections.constraints.items if c.status in _STATED]


def _expected(sections: Sections) -> list[str]:
    """The limits of the profile that fit the story best, none of which is told; of a story without anything technical, the usual ones."""
    if not is_technical(sections):
        return [name for name in _USUAL if all(c.name != name for c in _told(sections))]
    absent = set(sections.constraints.missing)
    facts = sections.facts
    fitting = [name for category in facts.categories for name in _FIT_CATEGORY.get(category, ())]
    if any(t.area == "ml" for t in sections.language.terms):
        fitting += _FIT_MODEL
    fitting += [name for kind in facts.result_kinds for name in _FIT_RESULT.get(kind, ())]
    ordered = dict.fromkeys([*fitting, *sections.profile.constraints])
    return [name for name in ordered if name in absent][:_MOST_EXPECTED]


def _say(names: list[str]) -> str:
    return " or ".join(_LIMITS[name].say for name in names)


def _telling(claim: Claim) -> Span | None:
    """The words that spoke most for a claim."""
    said = next((r for r in claim.reasons if r.start is not None and r.end is not None), None)
    return None if said is None or said.start is None or said.end is None else Span(sentence=claim.sentence, start=said.start, end=said.end)


def _limits(item: Constraint, sections: Sections) -> list[Claim]:
    """The sentences in which a limit is told as such, not as an outcome."""
    return [c for c in item.evidence if part_of(c, sections) not in _CAME_OF_IT]


def _words(claim: Claim, name: str, sections: Sections) -> Span:
    """The words of a limit: the cue in its sentence, its number or what else spoke for it, widened to the clause; else the sentence."""
    cue = next((m for m in mentions(sections.evidence, f"constraint.{name}") if m.sentence == claim.sentence), None)
    words = cue or (_number_in(claim, name, sections) if name in _NUMBERS else None) or _telling(claim)
    return Span(sentence=claim.sentence, start=claim.start, end=claim.end) if words is None else clause(words, sections)


@rule(code="CN101", name="no-limits", severity=Severity.WARNING, since="0.1", helps=5)
def no_limits(sections: Sections) -> Iterator[Draft]:
    """No limit on the work is told at all.

    What it checks:
        None of the limits that the library knows is told: speed, cost, labels, data, drift, privacy, fairness, interpretability,
        maintenance, scale, reliability, deadline, people. Not for the general profile.

    Why it matters:
        Without limits every problem is easy. The limits show why the obvious way was not open to you.

    Flagged:
        Two teams at our publishing house used different names for the same books. I was asked to bring them together. I read both
        lists, I drew up a common one, and I sat down with the two editors. As a result, both teams now use the common list, and
        a third one has taken it over.

    Better:
        Two teams at our publishing house used different names for the same books, and the catalogue had a fixed deadline in four
        weeks. I was asked to bring them together. I read both lists, I drew up a common one, and I sat down with the two editors.
        As a result, both teams now use the common list, and a third one has taken it over.

    Source:
        `constraints` in docs/labels.md, as labelled by readers of answers.
    """
    if not is_event(sections) or sections.profile.name.split()[0] == _GENERAL or _told(sections):
        return
    expected = _expected(sections)
    denied = next((c for c in sections.constraints.items if c.status == "negated"), None)
    if denied is not None:
        words = bare(_words(denied.evidence[0], denied.name, sections), sections)
        message = f"“{words}” says what was no limit; nothing says what was one."
    else:
        message = "Nothing says what made it hard: no limit of time, money, people, data or machines is told."
    yield Draft(
        message,
        f"Add one limit before the first step: {_say(expected)}."
        if expected
        else "Add one limit before the first step: what you could not do, and why.",
        {"limits_told": 0, "at_least": 1, "expected": ", ".join(expected)},
        follow_up=_LIMITS[expected[0]].question if expected else "What made it hard?",
    )


@rule(code="CN102", name="expected-limits", severity=Severity.INFO, since="0.1", helps=3)
def expected_limits(sections: Sections) -> Iterator[Draft]:
    """Limits are told, but none of those that this kind of work is mostly about.

    What it checks:
        Some limit is told, but none of those of the profile (for an ML engineer: speed, cost, labels, data quality, drift, scale,
        reliability, interpretability), in a story in which a model, a system or a technical term comes up.

    Why it matters:
        The listener has the usual limits of your trade in mind and will ask for them.

    Flagged:
        Our fraud model at the bank missed most of the new cases, and I had only three weeks before the audit. I was responsible for
        the model. I talked with the investigators, added five features and trained it again with gradient boosting. As a result,
        recall rose from 61% to 78%.

    Better:
        Our fraud model at the bank missed most of the new cases, because we had only 300 labelled examples of them. I was responsible
        for the model. I had the investigators label two thousand more, added five features and trained it again with gradient
        boosting. As a result, recall rose from 61% to 78%.

    Source:
        The limits of a role are in `profiles.py`; `constraints` in docs/labels.md.
    """
    told = _told(sections)
    if not is_event(sections) or not told or any(c.matters for c in told) or not is_technical(sections):
        return
    expected = _expected(sections)
    if not expected:
        return
    other = told[0]
    words = bare(_words(other.evidence[0], other.name, sections), sections, _LONG)
    names = " or ".join(_LIMITS[name].name for name in expected)
    yield Draft(
        f"You name {_LIMITS[other.name].name} (“{words}”), but nothing about {names}, which a listener expects in this kind of story.",
        f"Add half a sentence on {_say(expected)}. If it was no problem, say that and why.",
        {"told": ", ".join(c.name for c in told), "expected": ", ".join(expected), "at_least": 1},
        follow_up=_LIMITS[expected[0]].question,
    )


@rule(code="CN103", name="limit-without-number", severity=Severity.INFO, since="0.1", helps=2)
def limit_without_number(sections: Sections) -> Iterator[Draft]:
    """A limit of speed, time, money or size is told without its number.

    What it checks:
        One of these limits is told outside the Result and without a number: speed, deadline, cost, scale. A day by which something had
        to be done counts as a number, and so does one that comes with the result. Only the first limit is reported.

    Why it matters:
        “Fast” is ten milliseconds to one listener and a minute to another.

    Flagged:
        Our ticket shop had to move to a new bank, and the deadline was very tight. I was responsible for the payment page. I wrote
        the new page, I tried every card that I could get, and I called the bank each morning. As a result, all 40,000 tickets of
        the first day were paid.

    Better:
        Our ticket shop had to move to a new bank, and we had only nine days before the sale. I was responsible for the payment
        page. I wrote the new page, I tried every card that I could get, and I called the bank each morning. As a result, all
        40,000 tickets of the first day were paid.

    Source:
        The difference of `stated` and `quantified` in the report's constraints.
    """
    if not is_event(sections):
        return
    items = {c.name: c for c in sections.constraints.items if c.status == "stated"}
    for name in _NEED_NUMBERS:
        claims = _limits(items[name], sections) if name in items else []
        if not claims or any(_is_numbered(c, name, sections) for c in claims):
            continue
        place, limit = _words(claims[0], name, sections), _LIMITS[name]
        words = bare(place, sections)
        yield Draft(
            f"“{words}” is told without a number.",
            f"Put a number on “{words}”: {limit.number}. A rough one will do.",
            {"limit": name, "status": items[name].status, "numbers": 0, "at_least": 1},
            span=(place.start, place.end),
            part=part_of(place, sections),
            follow_up=limit.question,
            cues=names(claims[:1]),
        )
        return


def _is_numbered(claim: Claim, name: str, sections: Sections) -> bool:
    """Whether the number stands in the sentence itself, before the first step beside it, or in the Result."""
    told = [q for q in sections.outcomes.quantities if q.kind in _NUMBERS[name]]
    words = sections.evidence.text[claim.start : claim.end]
    if name == "cost" and _NOTHING.search(words):
        return True
    if name == "deadline":
        if _DAY.search(words) or not _SHORT_OF_TIME.search(words):
            return True
    elif any(q.part is Part.RESULT for q in told):
        return True
    return any(q.sentence == claim.sentence or (abs(q.sentence - claim.sentence) == 1 and q.part in _BEFORE_IT) for q in told)


@rule(code="CN901", name="limit-with-number", severity=Severity.INFO, since="0.1", praise=True)
def limit_with_number(sections: Sections) -> Iterator[Draft]:
    """A limit is told with its number.

    What it checks:
        A limit of speed, time, cost, scale, people or labels stands with its number in one clause of the Situation, the Task or the
        Action.

    Why it matters:
        The listener can judge how hard it was, and sees that you knew it.

    Flagged:
        Our ticket shop had to move to a new bank, and we had only nine days before the sale. I was responsible for the payment
        page. I wrote the new page, I tried every card that I could get, and I called the bank each morning. As a result, all
        40,000 tickets of the first day were paid.

    Better:
        Our ticket shop had to move to a new bank, and the deadline was very tight. I was responsible for the payment page. I wrote
        the new page, I tried every card that I could get, and I called the bank each morning. As a result, everybody could pay
        on the first day.

    Source:
        The difference of `stated` and `quantified` in the report's constraints.
    """
    if not is_event(sections):
        return
    items = {c.name: c for c in sections.constraints.items if c.status == "quantified"}
    moved = numbers(sections.outcomes.changes)
    for name in _NUMBERS:
        for claim in _limits(items[name], sections) if name in items else []:
            number = _number_in(claim, name, sections)
            if number is None or claim.sentence in moved or (name in _OF_SETUP and part_of(claim, sections) not in _BEFORE_IT):
                continue
            place = clause(number, sections)
            if not any(place.start <= m.start < place.end for m in mentions(sections.evidence, f"constraint.{name}")):
                continue
            yield Draft(
                f"“{bare(place, sections, _LONG)}” puts a number on what limited you ({_LIMITS[name].name}).",
                "Keep it before the first step: everything you did afterwards is measured by it.",
                {"limit": name, "status": "quantified", "number": bare(number, sections), "at_least": 1},
                span=(place.start, place.end),
                part=part_of(place, sections),
                cues=names([claim]),
            )
            return


def _is_narrow(number: Quantity, name: str, text: str) -> bool:
    """Whether a number of the fitting kind can be a limit: not how late something was, not a handful of things."""
    if name == "deadline":
        if number.kind == "date":
            return bool(_BY.search(text[: number.start]))
        return number.unit not in _YEARS and not _LATE.match(text, number.end)
    return name != "scale" or number.kind != "count" or abs(number.value) >= _MANY


def _number_in(claim: Claim, name: str, sections: Sections) -> Quantity | None:
    """The number of a limit: of the fitting kind, nearest to its words."""
    cue = next((m for m in mentions(sections.evidence, f"constraint.{name}") if m.sentence == claim.sentence), None)
    fitting = [
        q
        for q in sections.outcomes.quantities
        if q.sentence == claim.sentence and q.kind in _NUMBERS[name] and _is_narrow(q, name, sections.evidence.text)
    ]
    return min(fitting, key=lambda q: (_NUMBERS[name].index(q.kind), abs(q.start - (cue or claim).start)), default=None)
