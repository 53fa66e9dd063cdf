"""The verdict: three questions, and a score with all its terms.

The score adds up what was told. It does not look at the order of telling, and a sentence that only lists
things adds nothing, because such a sentence makes no claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.measures.signals import UNREAD
from star_analyzer.profiles import Profile
from star_analyzer.report import Balance, Structure
from star_analyzer.sections import (
    Constraints,
    Decisions,
    Facts,
    Level,
    Ownership,
    Question,
    ScoreTerm,
    Signal,
    Signals,
    Story,
    Verdict,
)
from star_analyzer.spans import in_turn

_PART = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_MOST_EVIDENCE = 3
_PRODUCTION = "Can I see that you operate what you build?"
_IMPERFECT_DATA = "Can I see that you cope with imperfect data?"
_CONSTRAINTS = "Can I see that you decide under constraints?"


def verdict(
    structure: Structure,
    owned: Ownership,
    decided: Decisions,
    limits: Constraints,
    told: Signals,
    facts: Facts,
    story: Story,
    profile: Profile,
) -> Verdict:
    """Judge what was told, by the profile."""
    terms = _terms(structure, owned, decided, limits, told, facts, story, profile)
    return Verdict(
        production=_question(_PRODUCTION, (told.execution, told.after_launch), "what you did, and what happened after launch"),
        imperfect_data=_question(_IMPERFECT_DATA, (told.data,), "what the data hid and what you did about it"),
        constraints=_constrained(limits, told),
        score=round(sum(t.points for t in terms)),
        terms=terms,
    )


def no_verdict() -> Verdict:
    """The verdict on a text that cannot be read as an answer: it claims nothing."""
    production, imperfect_data, constraints = (
        Question(question=question, level="no", evidence=(), why=UNREAD) for question in (_PRODUCTION, _IMPERFECT_DATA, _CONSTRAINTS)
    )
    return Verdict(production=production, imperfect_data=imperfect_data, constraints=constraints, score=0, terms=())


def _question(question: str, signals: Sequence[Signal], missing: str) -> Question:
    levels = {s.level for s in signals}
    level: Level = "yes" if levels == {"yes"} else "no" if levels == {"no"} else "partly"
    evidence = in_turn([s.evidence for s in signals], _MOST_EVIDENCE)
    why = " ".join(s.why for s in signals) if level != "no" else f"Nothing tells {missing}."
    return Question(question=question, level=level, evidence=evidence, why=why)


def _constrained(limits: Constraints, told: Signals) -> Question:
    named = [c for c in limits.items if c.status in ("stated", "quantified")]
    evidence = in_turn([c.evidence for c in named], _MOST_EVIDENCE)
    names = ", ".join(c.name.replace("_", " ") for c in named)
    if named and told.tradeoffs.level == "yes":
        level: Level = "yes"
        why = f"Limits are named ({names}) and weighed against each other."
    elif named or told.tradeoffs.level == "yes":
        level = "partly"
        why = (
            f"Limits are named ({names}), but not what was given up for what." if named else "Something was weighed, but no limit is named."
        )
    else:
        level, why = "no", "No limit on the work is named: time, cost, speed, people, data."
    return Question(question=_CONSTRAINTS, level=level, evidence=evidence, why=why)


def _terms(
    structure: Structure,
    owned: Ownership,
    decided: Decisions,
    limits: Constraints,
    told: Signals,
    facts: Facts,
    story: Story,
    profile: Profile,
) -> tuple[ScoreTerm, ...]:
    """The terms, scaled so that the most that can be reached is 100."""
    named = sum(c.status in ("stated", "quantified") for c in limits.items)
    stretches = (structure.setup, structure.action, structure.outcome)
    within = sum(b.verdict == "within" for b in stretches)
    acted = owned.in_action.i + owned.in_action.implied > 0
    own = 0.0 if owned.verdict == "team" or not acted else 0.6 if owned.verdict in ("shared", "unclear") else 1.0
    facets = [decided.reasons, decided.alternatives, decided.tradeoffs, decided.validations]
    signals = [getattr(told, name).level for name in profile.signals]
    raw = [
        ("balance", sum(map(_near, stretches)) / 3 if structure.words else 0.0, 12.0, f"{within} of 3 stretches are within their bands"),
        ("own work", (own + facts.role_clear) / 2, 15.0, f"doers in Action: {owned.verdict}; own role {_told(facts.role_clear)}"),
        (
            "outcome",
            0.5 * facts.result_quantified + 0.25 * facts.baseline_given + 0.25 * bool(facts.result_kinds),
            20.0,
            f"number {_told(facts.result_quantified)}, before and after {_told(facts.baseline_given)}, "
            f"kind {_told(bool(facts.result_kinds))}",
        ),
        (
            "decisions",
            sum(map(bool, facets)) / 4,
            25.0 * profile.decision_weight,
            "reason {}, alternative {}, trade-off {}, validation {}".format(*(_told(bool(f)) for f in facets)),
        ),
        ("limits", min(named, 2) / 2, 8.0, f"{named} limits on the work are named"),
        (
            "signals",
            sum(_PART[level] for level in signals) / max(1, len(signals)),
            12.0 if signals else 0.0,
            _levels(profile.signals, signals) or "the profile counts none",
        ),
        ("lesson", float(facts.reflection), 8.0, f"lesson {_told(facts.reflection)}"),
    ]
    whole = sum(most for _, _, most, _ in raw)
    real = 1.0 if story.kind == "event" else 0.5
    note = "" if real == 1.0 else "; halved, because nothing that happened is told"
    return tuple(
        ScoreTerm(name=name, points=round(100 * share * real * most / whole, 1), most=round(100 * most / whole, 1), why=why + note)
        for name, share, most, why in raw
    )


def _near(balance: Balance) -> float:
    """1 within the band, less outside, 0 from as far away as the band is wide."""
    off = max(balance.low - balance.share, balance.share - balance.high, 0.0)
    return max(0.0, 1 - off / max(balance.high - balance.low, 0.01))


def _told(yes: bool) -> str:
    return "told" if yes else "not told"


def _levels(names: Sequence[str], levels: Sequence[str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {level}" for name, level in zip(names, levels, strict=True))
