"""The five signals: framing, data, trade-offs, execution, ownership after launch."""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.evidence import Evidence
from star_analyzer.report import Sentence
from star_analyzer.sections import Decisions, Level, Outcomes, Ownership, Part, Signal, Signals, Span
from star_analyzer.spans import claims, in_turn, mentions

_MOST_EVIDENCE = 3
UNREAD = "The text cannot be read as an answer, so nothing is said about this."


def signals(evidence: Evidence, sentences: Sequence[Sentence], owned: Ownership, came: Outcomes, decided: Decisions) -> Signals:
    """Measure the signals. Each is `yes` with two independent traces, `partly` with one."""

    def told(*kinds: str) -> tuple[Span, ...]:
        """Words of these kinds, outside asides and mere lists."""
        return tuple(
            m
            for m in mentions(evidence, *kinds)
            if sentences[m.sentence - 1].part is not Part.OTHER and not evidence.sentences[m.sentence - 1].listed
        )

    business = next((k.evidence for k in came.kinds if k.kind == "business"), ())
    goals = told("framing.goal")
    framing = _signal(
        (goals, business),
        "The business goal behind the work is told, and what the work did for it.",
        "Either the business goal or the effect on the business is told, not both.",
        "Nothing says what the business wanted and why.",
    )
    data = _signal(
        (
            told("data.quality", "data.leakage", "data.bias", "data.slices", "data.labels"),
            (*claims(evidence, "constraint:data_quality"), *claims(evidence, "constraint:labels"), *claims(evidence, "constraint:drift")),
        ),
        "The data was questioned, and it is told what was wrong with it.",
        "The data is mentioned as a problem, but not what was done about it.",
        "Nothing says whether the data and the labels could be trusted.",
    )
    tradeoffs = _signal(
        (decided.tradeoffs, (*decided.alternatives, *decided.reasons)),
        "It is told what was given up for what, and why.",
        "Reasons or alternatives are told, but not what was given up.",
        "Nothing says what was weighed against what.",
    )
    acted = tuple(d for d in owned.deeds if d.part is Part.ACTION and d.doer in ("i", "implied"))
    execution = _signal(
        (acted if len(acted) >= 2 else (), (*told("execution.obstacle", "execution.removed"), *owned.collaboration, *decided.validations)),
        "What the speaker did is told step by step, with obstacles, checks or the people involved.",
        "Steps are told, but no obstacle, no check and nobody else; or the other way round.",
        "Hardly anything says what the speaker did to get it done.",
    )
    watched = claims(evidence, "monitoring")
    after_launch = _signal(
        (watched, told("launch.followup", "launch.rollback", "launch.shipped")),
        "Somebody looked after it once it was out.",
        "It went out, or somebody watched something, but not both are told.",
        "Nothing says what happened after launch.",
    )
    return Signals(framing=framing, data=data, tradeoffs=tradeoffs, execution=execution, after_launch=after_launch)


def no_signals() -> Signals:
    """The signals of a text that cannot be read as an answer: nothing is claimed, not even that something is missing."""
    unread = Signal(level="no", evidence=(), why=UNREAD)
    return Signals(framing=unread, data=unread, tradeoffs=unread, execution=unread, after_launch=unread)


def _signal(traces: Sequence[Sequence[Span]], yes: str, partly: str, no: str) -> Signal:
    found = [trace for trace in traces if trace]
    level: Level = "yes" if len(found) == len(traces) else "partly" if found else "no"
    return Signal(level=level, evidence=in_turn(found, _MOST_EVIDENCE), why={"yes": yes, "partly": partly, "no": no}[level])
