"""What all formats say alike: names, marks and short summaries of the report's sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from star_analyzer.report import Balance, Finding, Part, Report, Severity
from star_analyzer.sections import Change, Decision, Level, Question, Signal, Span, category_words

LETTERS = {
    Part.SITUATION: "S",
    Part.TASK: "T",
    Part.ACTION: "A",
    Part.RESULT: "R",
    Part.REFLECTION: "L",  # for lesson: R is taken
    Part.OTHER: "O",
}
MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}
PRAISE = "✓"
SAID = {"under": "too little", "within": "good", "over": "too much"}
DOERS = (("i", "“I”"), ("we", "“we”"), ("other", "others"), ("passive", "nobody named"), ("implied", "unsaid"))
OWN_WORK = {
    "own": "What was yours is clear: most steps say “I”.",
    "shared": "Some steps say “I”, some “we”.",
    "team": "Most steps say “we”, so a listener can't tell which were yours.",
    "unclear": "Too few steps name a doer to say who did the work.",
}
NAME = "Report on an interview answer"
NOTHING_TO_DO = "The rules found nothing to work on in this answer."
CANNOT_READ = "This text cannot be read as an answer"
CONVINCES = "Would this convince an interviewer?"
ACT_BY = 30.0
"""Seconds after which listeners want to hear what was done; the line on the timeline. The rules take the profile's limit."""
_TO = re.compile(r"\s+(?:down\s+|up\s+)?to\s+|\s*(?:→|->)\s*")


class Groups(NamedTuple):
    """The findings as every format shows them: each stands in one group."""

    steps: tuple[Finding, ...]
    praise: tuple[Finding, ...]
    rest: tuple[Finding, ...]


class Stretch(NamedTuple):
    """One stretch of the answer against its target."""

    name: str
    balance: Balance
    seconds: float
    said: str


def minutes(seconds: float) -> str:
    """Seconds as people say them: "45 s", "1 min 40 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


def named(part: Part) -> str:
    """Name of a part, such as "Action"."""
    return part.value.capitalize()


def plain(name: str) -> str:
    """A name of the report as words: "data_quality" is "data quality"."""
    return name.replace("_", " ").replace("-", " ")


def length(report: Report) -> str:
    """How long the answer is, in one line."""
    built, count = report.structure, len(report.sentences)
    took = ("" if built.measured else "about ") + minutes(built.seconds)
    return f"{built.words} words, {took} {rate(report)} · {count} sentence{'' if count == 1 else 's'}"


def rate(report: Report) -> str:
    """The speaking rate, and whether it was measured or assumed."""
    built = report.structure
    return f"at {built.words_per_minute:g} words a minute" + (", as recorded" if built.measured else "")


def groups(report: Report) -> Groups:
    """Next steps, praise, and what else was noticed."""
    steps = {(f.code, f.start) for f in report.next_steps}
    return Groups(
        report.next_steps,
        tuple(f for f in report.findings if f.praise),
        tuple(f for f in report.findings if not f.praise and (f.code, f.start) not in steps),
    )


def nothing_to_do(report: Report) -> bool:
    """Whether no finding asks for a change."""
    return all(f.praise for f in report.findings)


def mark(finding: Finding) -> str:
    """The sign that stands before a finding."""
    return PRAISE if finding.praise else MARKS[finding.severity]


def stretches(report: Report) -> tuple[Stretch, ...]:
    """Setup, action and outcome with their time and what is to be said about them."""
    built = report.structure
    shares = {part: getattr(built.shares, part.value) for part in Part}
    return tuple(
        Stretch(name, balance, sum(shares[p].seconds for p in balance.parts), SAID[balance.verdict])
        for name, balance in (("Setup", built.setup), ("Action", built.action), ("Outcome", built.outcome))
    )


def shares(report: Report) -> list[tuple[Part, float]]:
    """The share of every part that a sentence has."""
    told = {sentence.part for sentence in report.sentences}
    return [(part, getattr(report.structure.shares, part.value).share) for part in Part if part in told]


def order(report: Report) -> str:
    """The parts in the order told."""
    return " → ".join(named(p) for p in report.structure.order) or "nothing"


def doers(report: Report) -> list[tuple[str, int]]:
    """Who acted in the Action, and how often; those who did nothing are left out."""
    counts = report.ownership.in_action
    return [(name, getattr(counts, key)) for key, name in DOERS if getattr(counts, key)]


def doers_by_part(report: Report) -> list[tuple[Part, list[int]]]:
    """For every part with deeds, how many each doer has, in the order of `DOERS`."""
    counts = Counter((d.part, d.doer) for d in report.ownership.deeds)
    present = {part for part, _ in counts}
    return [(part, [counts[part, key] for key, _ in DOERS]) for part in Part if part in present]  # type: ignore[index]


def before_after(report: Report, change: Change) -> tuple[str, str] | None:
    """Before and after in the speaker's own words, or `None` where only a ratio is told."""
    sides = _TO.split(report.quote(change) or "")
    return (sides[0].removeprefix("from "), sides[1]) if len(sides) == 2 and all(sides) else None


def changes(report: Report) -> list[Change]:
    """The changes that tell what came of it."""
    return [c for c in report.outcomes.changes if c.part in (Part.RESULT, Part.ACTION)]


def outcome_numbers(report: Report) -> list[str]:
    """The numbers that measure the outcome, each once."""
    return list(dict.fromkeys(report.quote(q) or "" for q in report.outcomes.quantities if q.outcome))


def limits(report: Report) -> list[str]:
    """The limits that are told."""
    told = [c for c in report.constraints.items if c.status in ("stated", "quantified")]
    return [plain(c.name) + (" (with a number)" if c.status == "quantified" else "") for c in told]


def facets(report: Report) -> list[tuple[str, bool]]:
    """What belongs to a decision, and whether the answer tells it."""
    told = report.decisions
    pairs: tuple[tuple[str, Sequence[Span]], ...] = (
        ("reason", told.reasons),
        ("alternative", told.alternatives),
        ("trade-off", told.tradeoffs),
        ("validation", told.validations),
    )
    return [(name, bool(found)) for name, found in pairs]


def decision_lines(decision: Decision) -> tuple[list[tuple[str, Span]], list[str]]:
    """What of a decision is told, names with the same words taken together; and the names of what is not."""
    spans: dict[tuple[int, int], tuple[list[str], Span]] = {}
    missing: list[str] = []
    for name, span in (
        ("choice", decision.choice),
        ("reason", decision.reason),
        ("alternative", decision.alternative),
        ("trade-off", decision.tradeoff),
        ("validation", decision.validation),
    ):
        if span is None:
            missing.append(name)
        else:
            spans.setdefault((span.start, span.end), ([], span))[0].append(name)
    return [(", ".join(names).capitalize(), span) for names, span in spans.values()], missing


def signals(report: Report) -> list[tuple[str, Signal]]:
    """The five signals with their names."""
    found = report.signals
    return [
        ("framing", found.framing),
        ("data", found.data),
        ("trade-offs", found.tradeoffs),
        ("execution", found.execution),
        ("after launch", found.after_launch),
    ]


def questions(report: Report) -> tuple[Question, ...]:
    """The three questions of the verdict."""
    judged = report.verdict
    return judged.production, judged.imperfect_data, judged.constraints


def delivery(report: Report) -> list[str]:
    """How it sounds, in a few figures."""
    said = report.delivery
    before = "no action" if said.seconds_before_action is None else f"{minutes(said.seconds_before_action)} before the first action"
    repairs = [f"{said.repairs_per_minute:g} repairs a minute"] if said.repairs else []
    pauses = [f"{len(said.pauses)} long pause{'' if len(said.pauses) == 1 else 's'}"] if said.pauses else []
    terms = f"{report.language.terms_per_100_words:g} technical terms in 100 words"
    return [before, f"{said.fillers_per_minute:g} fillers a minute", *repairs, *pauses, terms]


LEVELS: dict[Level, str] = {"yes": "●", "partly": "◐", "no": "○"}


def heard(report: Report, show: Callable[[str], str]) -> list[tuple[str, str]]:
    """What a listener takes away, one line a section; `show` makes words of the answer safe."""

    def told(pairs: Iterable[tuple[str, object]]) -> str:
        return ", ".join(f"{name} {value}" for name, value in pairs)

    kinds = ", ".join(plain(k.kind) for k in report.outcomes.kinds)
    came = "; ".join(show(report.quote(c) or "") for c in changes(report)) or ", ".join(map(show, outcome_numbers(report))) or "no number"
    lines = [
        ("Who acted", told(doers(report)) or "nobody"),
        ("Outcome", came + (f" ({kinds})" if kinds else "")),
        ("Limits", ", ".join(limits(report)) or "none named"),
        ("Decisions", told((name, "told" if found else "not told") for name, found in facets(report))),
        ("Signals", told((name, signal.level) for name, signal in signals(report))),
        ("Delivery", ", ".join(delivery(report))),
    ]
    if report.story.categories:
        lines.append(("Good for", ", ".join(category_words(c.name) for c in report.story.categories)))
    return lines


def score_line(report: Report) -> str:
    """The score with all its terms."""
    judged = report.verdict
    return f"Score {judged.score} of 100: {', '.join(f'{t.name} {t.points:g}/{t.most:g}' for t in judged.terms)}"
