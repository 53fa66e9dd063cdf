"""How it was decided: the reason, what else was possible, what was given up, how it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from star_analyzer.report import Part, Severity
from star_analyzer.rules.production import is_technical
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import acts, bare, joined, phrase
from star_analyzer.sections import Claim, Decision, Span
from star_analyzer.spans import mentions, numbers

_LEAST_TOLD = 2
"""A choice with its reason is a step with a "because"; with two of the four it is a decision."""

_TOLD = re.compile(r"(?i)^(?:so\s+)?(?:i|we)\s+(?:(?:then|also|finally|therefore|instead|just|\w+ly)\s+)*(\w+)\s+(.+)$")
"""A choice of the speaker: verb and rest."""
_GERUNDS = {
    "decided": "deciding", "chose": "choosing", "picked": "picking", "selected": "selecting", "went": "going", "settled": "settling",
    "opted": "opting", "kept": "keeping", "switched": "switching", "replaced": "replacing", "moved": "moving", "cut": "cutting",
    "prioritised": "prioritising", "prioritized": "prioritizing", "agreed": "agreeing", "limited": "limiting", "stuck": "sticking",
    "changed": "changing", "dropped": "dropping", "put": "putting", "left": "leaving", "adopted": "adopting", "took": "taking",
    "focused": "focusing", "started": "starting", "turned": "turning", "made": "making", "swapped": "swapping", "restricted": "restricting",
}  # fmt: skip
"""“I chose the smaller one” is “choosing the smaller one” in a piece of advice."""
_WENT_WRONG = "failure"

_FACETS = {
    "reason": "its reason",
    "alternative": "what else was possible",
    "tradeoff": "what it cost",
    "validation": "how you checked it",
}


def _in_doubt(claim: str, sections: Sections) -> bool:
    """Whether a sentence has words of the kind and is likely enough to mean them: better silent than wrong about what was not said."""
    return any(
        any(c.name == claim for c in sentence.claims) and any(m.kind == f"decision.{claim}" for m in sentence.mentions)
        for sentence in sections.evidence.sentences
    )


def _choice(sections: Sections) -> Span | None:
    """The choice to ask about: the first in the Action, else the first."""
    found = min(
        sections.decisions.choices, key=lambda c: (sections.sentences[c.sentence - 1].part is not Part.ACTION, c.start), default=None
    )
    return None if found is None else phrase(found, sections)


def _step(sections: Sections) -> Span | None:
    """Where no choice is told: the sentence of the Action with the first strong verb, else the first with a deed of the speaker."""
    strong = numbers(sections.language.strong_verbs)
    own = [d for d in sections.ownership.deeds if d.part is Part.ACTION and d.doer in ("i", "we", "implied")]
    best = min(own, key=lambda d: (d.doer == "we", d.sentence not in strong, d.start), default=None)
    if best is None:
        return None
    return phrase(Span(sentence=best.sentence, start=best.start, end=best.end), sections)


def _cues(span: Span, sections: Sections) -> tuple[str, ...]:
    """The cues behind a choice."""
    found = sections.evidence.sentences[span.sentence - 1].mentions
    inside = (m.cue for m in found if m.kind == "decision.choice" and span.start <= m.start < span.end)
    return tuple(dict.fromkeys(f"phrase:{cue}" for cue in inside))


def _about(choice: Span | None, sections: Sections) -> tuple[tuple[int, int] | None, Part | None, tuple[str, ...]]:
    """Place, part and cues of a choice; nothing where none is told."""
    if choice is None:
        return None, Part.ACTION, ()
    return (choice.start, choice.end), sections.sentences[choice.sentence - 1].part, _cues(choice, sections)


def _by_choosing(choice: Span, sections: Sections) -> str:
    """The choice as advice goes on with it: by choosing “the smaller one”, else with “we cut the scope”."""
    words = bare(choice, sections)
    told = _TOLD.match(words)
    gerund = _GERUNDS.get(told.group(1).lower()) if told else None
    return f"by {gerund} “{told.group(2)}”" if told and gerund else f"with “{words}”"


@rule(code="DC101", name="reason-missing", severity=Severity.WARNING, since="0.1", helps=8)
def reason_missing(sections: Sections) -> Iterator[Draft]:
    """Nothing says why it was done this way.

    What it checks:
        There is an Action, and no sentence tells why something was chosen.

    Why it matters:
        Steps show what you did; the reason shows how you think. It is the question that comes most often.

    Flagged:
        Last spring our bakery ran out of rye bread before noon. My task was to change that by June. I counted what was sold each
        hour for two weeks. I decided to move one of the two batches to nine in the morning. I told the pastry cook. As a result,
        we had rye until six, and the bread thrown away fell from twelve loaves a day to four.

    Better:
        Last spring our bakery ran out of rye bread before noon. My task was to change that by June. I counted what was sold each
        hour for two weeks. I decided to move one of the two batches to nine in the morning, because half of the rye was gone by
        ten. As a result, we had rye until six, and the bread thrown away fell from twelve loaves a day to four.

    Source:
        `decision_reason` in docs/labels.md, as labelled by readers of answers.
    """
    if not acts(sections) or sections.facts.decision_reason or sections.decisions.reasons or _in_doubt("reason", sections):
        return
    choice, step = _choice(sections), _step(sections)
    span, part, cues = _about(choice, sections)
    measured: dict[str, float | int | str] = {"reasons": 0, "at_least": 1, "choices": len(sections.decisions.choices)}
    if choice is not None:
        words = bare(choice, sections)
        yield Draft(
            f"“{words}” is told without a reason, and nothing else in the answer has one.",
            f"Go on after “{words}” with “because …”: the one thing you knew or had seen that spoke for it.",
            measured,
            span=span,
            part=part,
            follow_up=f"You say “{words}”: why?",
            cues=cues,
        )
        return
    begin = f", for example “{bare(step, sections)}”," if step else ""
    yield Draft(
        "The steps are told, but for none of them is it said why you took it.",
        f"Take the step that a colleague would have done differently{begin} and go on with “because …”.",
        measured,
        part=part,
        follow_up="Why did you do it that way?",
    )


@rule(code="DC102", name="alternative-missing", severity=Severity.INFO, since="0.1", helps=6)
def alternative_missing(sections: Sections) -> Iterator[Draft]:
    """One way is told, and nothing else that was possible.

    What it checks:
        There is an Action, and no sentence names an option that was considered and not taken, or a baseline tried first.

    Why it matters:
        Where there was only one way, there was nothing to decide. The listener will propose a simpler one and see what you say.

    Flagged:
        Our support desk at the bank got four thousand mails a day, and they were sorted by hand. I was asked to speed that up. I
        trained a classifier on last year's mails because the desk had sorted those already, and I checked it on the mails of
        March. As a result, sorting a mail dropped from two minutes to a second.

    Better:
        Our support desk at the bank got four thousand mails a day, and they were sorted by hand. I was asked to speed that up. I
        tried a keyword list first, but it missed half of the complaints. So I chose a small classifier instead of a large network,
        and checked it on a held-out month. As a result, sorting a mail dropped from two minutes to a second.

    Source:
        `alternatives` in docs/labels.md, as labelled by readers of answers.
    """
    if not acts(sections) or sections.facts.alternatives or sections.decisions.alternatives or _in_doubt("alternative", sections):
        return
    choice = _choice(sections)
    span, part, cues = _about(choice, sections)
    technical = is_technical(sections)
    simpler = (
        "a rule, a lookup table, a tool you could have bought" if technical else "leaving it as it was, asking somebody else, buying it"
    )
    seen = f"“{bare(choice, sections)}” is the only way that is told" if choice else "Only one way is told"
    yield Draft(
        f"{seen}: nothing says what else you could have done.",
        f"Name the simplest other way ({simpler}) and say in half a sentence why not: “I looked at …, but …”.",
        {"alternatives": 0, "at_least": 1, "choices": len(sections.decisions.choices)},
        span=span,
        part=part,
        follow_up="Why not something simpler?" if technical else "What else did you consider?",
        cues=cues,
    )


@rule(code="DC103", name="tradeoff-missing", severity=Severity.INFO, since="0.1", helps=6)
def tradeoff_missing(sections: Sections) -> Iterator[Draft]:
    """Nothing says what was given up for what.

    What it checks:
        There is an Action, no sentence tells what was given up for what, and none says that it was a failure.

    Why it matters:
        Every choice costs something. One who can name the price has seen it beforehand.

    Flagged:
        Our delivery vans came back half full, and the drivers did overtime. I was asked to plan the rounds anew. I looked at a
        planning program, but we were too few for it, so I chose fixed rounds by postcode. I tried them with two vans for a week.
        As a result, overtime fell from thirty hours a week to six.

    Better:
        Our delivery vans came back half full, and the drivers did overtime. I was asked to plan the rounds anew. I looked at a
        planning program, but we were too few for it, so I chose fixed rounds by postcode. It cost us some speed in the
        villages, and it was a trade-off that I could defend. As a result, overtime fell from thirty hours a week to six.

    Source:
        `tradeoff` in docs/labels.md, as labelled by readers of answers.
    """
    if not acts(sections) or sections.facts.tradeoff or sections.decisions.tradeoffs or _in_doubt("tradeoff", sections):
        return
    if sections.story.admits_failure:  # what went wrong is the price
        return
    choice = _choice(sections)
    span, part, cues = _about(choice, sections)
    price = "accuracy, speed, money, somebody's work later" if is_technical(sections) else "time, money, quality, somebody's goodwill"
    given = f"Say what you gave up {_by_choosing(choice, sections)}" if choice else "Say what you gave up by doing it this way"
    yield Draft(
        f"It is not told what {f'“{bare(choice, sections)}”' if choice else 'your way'} cost you: everything sounds like gain.",
        f"{given}: {price}. Half a sentence with “but” is enough: “That was slower to …, but …”.",
        {"tradeoffs": 0, "at_least": 1, "choices": len(sections.decisions.choices)},
        span=span,
        part=part,
        follow_up="What was the downside of that?" if choice else "What did you have to give up for it?",
        cues=cues,
    )


@rule(code="DC104", name="validation-missing", severity=Severity.INFO, since="0.1", helps=6)
def validation_missing(sections: Sections) -> Iterator[Draft]:
    """An outcome is told, but not how the speaker knew that it worked.

    What it checks:
        There are an Action and a Result or a launch, and no sentence tells how it was checked: a held-out set, an A/B test, a
        pilot, a test with users. Review of the code alone is none.

    Why it matters:
        Numbers can move for many reasons. How you checked decides whether the listener believes that it was you.

    Flagged:
        Our clinic lost every tenth appointment between phone and calendar. My task was to stop that. I wrote a short form and
        trained both receptionists on it, because the notes on paper were never complete. As a result, lost appointments fell
        from forty a week to two.

    Better:
        Our clinic lost every tenth appointment between phone and calendar. My task was to stop that. I wrote a short form, because
        the notes on paper were never complete. I ran a pilot with one receptionist for two weeks and compared her calls with the
        others'. As a result, lost appointments fell from forty a week to two.

    Source:
        `validation` in docs/labels.md, as labelled by readers of answers.
    """
    if not acts(sections) or sections.facts.validation or sections.decisions.validations or _in_doubt("validation", sections):
        return
    result = _result(sections)
    shipped = next((m for m in mentions(sections.evidence, "launch.shipped") if _is_told(m, sections)), None)
    place = result or (phrase(shipped, sections) if shipped else None)
    if place is None:
        return
    words = bare(place, sections)
    if _WENT_WRONG in sections.facts.categories:
        message = f"It ends with “{words}”, but nothing says how it had been tried before."
        mend = "Say what you had tried before it was used in earnest, and what that test did not show."
        follow_up = "How had you tested it before?"
    else:
        message = (
            f"“{words}” is told, but not how you checked that it was your change that did it."
            if result
            else f"“{words}” is told, but not how you had checked that it was good enough."
        )
        mend = (
            "Add the check in one sentence: on which unseen data you tried it, or who ran old and new side by side, and for how long."
            if any(t.area == "ml" for t in sections.language.terms)
            else "Add the check in one sentence: who tried it first, what you compared it with, and for how long."
        )
        follow_up = "How did you know it worked?"
    yield Draft(
        message,
        mend,
        {"checks": 0, "at_least": 1, "results": sum(s.part is Part.RESULT for s in sections.sentences)},
        part=Part.ACTION,
        follow_up=follow_up,
    )


def _result(sections: Sections) -> Span | None:
    """The Result that is measured, else one that tells of what kind it was, else one that praises, else the first."""
    came = sections.outcomes
    measured, kinds, praised = numbers(came.measured), {c.sentence for k in came.kinds for c in k.evidence}, numbers(came.vague)
    told = [s for s in sections.sentences if s.part is Part.RESULT]
    best = max(told, key=lambda s: (s.number in measured, s.number in kinds, s.number in praised, -s.number), default=None)
    return None if best is None else Span(sentence=best.number, start=best.start, end=best.end)


def _is_told(span: Span, sections: Sections) -> bool:
    """Whether words stand in what was done or came of it."""
    return sections.sentences[span.sentence - 1].part in (Part.ACTION, Part.RESULT)


@rule(code="DC901", name="decision-told", severity=Severity.INFO, since="0.1", praise=True)
def decision_told(sections: Sections) -> Iterator[Draft]:
    """A decision is told with what speaks for it.

    What it checks:
        A choice or a named alternative with at least two of these in its sentence or next to it: a reason, an alternative, what
        was given up, how it was checked.

    Why it matters:
        The listener could follow you and would have questions of their own, which is where interviews turn into talks.

    Flagged:
        Our support desk at the bank got four thousand mails a day, and they were sorted by hand. I was asked to speed that up. I
        considered a large network, but I chose a small classifier instead because the mails were short and it ran on our own
        servers. As a result, sorting a mail dropped from two minutes to a second.

    Better:
        Our support desk at the bank got four thousand mails a day, and they were sorted by hand. I was asked to speed that up. I
        collected the mails of last year, I trained a classifier, and I wrote a page of help for the desk. As a result, sorting a
        mail dropped from two minutes to a second.

    Source:
        The four questions that follow a choice in most interviews: why, why not something else, at what price, how do you know.
    """
    told = [d for d in sections.decisions.linked if len(_told(d)) >= _LEAST_TOLD]
    if not acts(sections) or not told:
        return
    best = max(told, key=lambda d: (len(_told(d)), d.choice is not None))
    place = phrase(best.choice, sections) if best.choice else best.alternative
    assert place is not None
    found = _told(best)
    missing = [name for name in _FACETS if name not in found]
    yield Draft(
        f"“{bare(place, sections)}” is told with {joined([_FACETS[name] for name in found])}.",
        f"Keep that together when you shorten the answer, and have {_FACETS[missing[0]]} ready: that comes next."
        if missing
        else "Keep all four together when you shorten the answer.",
        {"told_with_the_choice": ", ".join(found), "facets": len(found), "at_least": _LEAST_TOLD},
        span=(place.start, place.end),
        part=sections.sentences[place.sentence - 1].part,
        cues=tuple(dict.fromkeys((*(_cues(place, sections) if best.choice else ()), *_names(best, sections)))),
    )


def _told(decision: Decision) -> list[str]:
    return [name for name in _FACETS if getattr(decision, name) is not None]


def _names(decision: Decision, sections: Sections) -> tuple[str, ...]:
    """What spoke for what is told with a decision."""
    decided = sections.decisions
    facets: dict[str, tuple[Claim, ...]] = {
        "reason": decided.reasons,
        "alternative": decided.alternatives,
        "tradeoff": decided.tradeoffs,
        "validation": decided.validations,
    }
    found = [(getattr(decision, name), claims) for name, claims in facets.items()]
    told = [c.reasons for span, claims in found if span is not None for c in claims if c.start == span.start]
    return tuple(r.name for reasons in told for r in sorted(reasons, key=lambda r: r.start is None)[:1])
