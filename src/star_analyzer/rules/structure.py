"""What is missing from the story, and where it is out of balance."""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.profiles import SHORTEST_STORY
from star_analyzer.report import Balance, Part, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.sections import Span


def _is_missing(part: Part, sections: Sections) -> bool:
    return part in sections.structure.missing and sections.structure.words >= SHORTEST_STORY


def _absence(part: Part, message: str, suggestion: str, follow_up: str) -> Draft:
    return Draft(message, suggestion, {"sentences_of_" + part.value: 0, "at_least": 1}, part=part, follow_up=follow_up)


@rule(code="ST101", name="missing-situation", severity=Severity.WARNING, since="0.1", helps=4)
def missing_situation(sections: Sections) -> Iterator[Draft]:
    """No sentence says where and when this was and what was going on.

    What it checks:
        No sentence is a Situation, in an answer of 25 words or more.

    Why it matters:
        Without it the listener cannot judge how hard the task was or why the action was right.

    Flagged:
        I rewrote the import in two days. First I split the file into pieces, then I loaded the pieces in parallel, and then I
        compared the totals. As a result, the import went from six hours to forty minutes.

    Better:
        At my last company the nightly import took six hours and the shops opened without prices. I split the file into pieces
        and loaded them in parallel. As a result, the import now takes forty minutes.

    Source:
        The S of STAR.
    """
    if _is_missing(Part.SITUATION, sections):
        yield _absence(
            Part.SITUATION,
            "Nothing says where this was or what was wrong before you acted.",
            "Open with one or two sentences: where you were, what was happening, and why it mattered.",
            "Where was this, and what was going on before you came in?",
        )


@rule(code="ST102", name="missing-task", severity=Severity.INFO, since="0.1", helps=4)
def missing_task(sections: Sections) -> Iterator[Draft]:
    """No sentence says what the speaker had to achieve.

    What it checks:
        No sentence is a Task, in an answer of 25 words or more.

    Why it matters:
        A result can only be judged against a goal, and the goal shows what you yourself were accountable for.

    Flagged:
        At my last company the nightly import took six hours and the shops opened without prices. I split the file into pieces
        and loaded them in parallel. As a result, the import now takes forty minutes.

    Better:
        At my last company the nightly import took six hours and the shops opened without prices. My task was to get it under an
        hour before the season started. I split the file into pieces and loaded them in parallel. As a result, it takes forty minutes.

    Source:
        The T of STAR.
    """
    if _is_missing(Part.TASK, sections):
        yield _absence(
            Part.TASK,
            "Nothing says what you were accountable for or what the goal was.",
            "Add one sentence before the first action: “My task was to …, by …, without …”.",
            "What exactly were you asked to achieve, and by when?",
        )


@rule(code="ST103", name="missing-action", severity=Severity.ERROR, since="0.1", helps=10)
def missing_action(sections: Sections) -> Iterator[Draft]:
    """No sentence says what was done.

    What it checks:
        No sentence is an Action, in an answer of 25 words or more.

    Why it matters:
        The interviewer rates what you did. Without it there is nothing to rate.

    Flagged:
        At my last company the nightly import took six hours. The shops were opening without prices and the managers were
        complaining every week. My task was to get it under an hour. As a result, it now takes forty minutes.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. I profiled it, split the file
        into pieces and loaded them in parallel. As a result, it now takes forty minutes.

    Source:
        The A of STAR; in the 20/60/20 split it is most of the answer.
    """
    if _is_missing(Part.ACTION, sections):
        yield _absence(
            Part.ACTION,
            "Nothing says what you did.",
            "Tell the three or four steps you took yourself, in order, with the reason for each: “First I … because …”.",
            "And what did you do, step by step?",
        )


@rule(code="ST104", name="missing-result", severity=Severity.WARNING, since="0.1", helps=9)
def missing_result(sections: Sections) -> Iterator[Draft]:
    """No sentence says what came of it.

    What it checks:
        No sentence is a Result, in an answer of 25 words or more. If a before and an after stand inside a step, it says where.

    Why it matters:
        A story without an end leaves the listener to guess that it did not work.

    Flagged:
        At my last company the nightly import took six hours. My task was to get it under an hour. I profiled it first. Then I
        split the file into pieces and loaded them in parallel, and I wrote a check that compares the totals.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. I profiled it, split the file
        into pieces and loaded them in parallel. As a result, the import dropped to forty minutes.

    Source:
        The R of STAR.
    """
    if not _is_missing(Part.RESULT, sections):
        return
    in_passing = [c for c in sections.outcomes.changes if c.part is Part.ACTION and _could_be_result(sections, c.sentence)]
    if in_passing:
        last = in_passing[-1]
        step = sections.sentences[last.sentence - 1]
        comma = sections.evidence.text.rfind(", ", step.start, last.start)
        told = Span(sentence=step.number, start=step.start if comma < 0 else comma + 2, end=last.end)
        yield Draft(
            f"What came of it is told only inside a step: “{sections.quote(told)}”.",
            "Give it a sentence of its own at the end: “As a result, …”. Then nobody takes it for one more step.",
            {"sentences_of_result": 0, "at_least": 1},
            span=(told.start, told.end),
            part=Part.RESULT,
            follow_up="How did it turn out in the end?",
        )
    else:
        yield _absence(
            Part.RESULT,
            "Nothing says what came of it.",
            "End with what changed, with a number before and after if you have one. A bad outcome counts too, if you say what you learned.",
            "How did it turn out in the end?",
        )


def _could_be_result(sections: Sections, number: int) -> bool:
    """Whether a sentence behind the first step is a Result, if it is not what it was taken for."""
    first = next((s.number for s in sections.sentences if s.part is Part.ACTION), number)
    return number > first and sections.sentences[number - 1].runner_up is Part.RESULT


@rule(code="ST105", name="missing-reflection", severity=Severity.INFO, since="0.1", helps=5)
def missing_reflection(sections: Sections) -> Iterator[Draft]:
    """No sentence says what was learned.

    What it checks:
        No sentence is a Reflection, in an answer of 25 words or more.

    Why it matters:
        Interviewers often ask for the lesson next; a sentence of your own answers before they ask.

    Flagged:
        At my last company the nightly import took six hours. My task was to get it under an hour. I profiled it, split the file
        into pieces and loaded them in parallel. As a result, the import dropped to forty minutes.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. I profiled it, split the file
        and loaded the pieces in parallel. As a result, it dropped to forty minutes. I learned to profile before I plan.

    Source:
        The second R of STARR, the form of STAR with a reflection.
    """
    if _is_missing(Part.REFLECTION, sections):
        yield _absence(
            Part.REFLECTION,
            "Nothing says what you learned or would do differently.",
            "Close with one sentence: “What I took from it: …”.",
            "What would you do differently today?",
        )


def _words_off(sections: Sections, balance: Balance) -> int:
    """Words to cut or add to come to the target, to the nearest five: nobody counts them more closely."""
    return max(5, 5 * round(abs(balance.share - balance.target) * sections.structure.words / 5))


def _longer(one: Part, other: Part, sections: Sections) -> Part:
    """The part of a group that has more words."""
    shares = sections.structure.shares
    return one if getattr(shares, one.value).words >= getattr(shares, other.value).words else other


def _measured(balance: Balance) -> dict[str, float | int | str]:
    return {"share": balance.share, "target": balance.target, "low": balance.low, "high": balance.high}


@rule(code="ST201", name="long-setup", severity=Severity.WARNING, since="0.1", helps=6)
def long_setup(sections: Sections) -> Iterator[Draft]:
    """Situation and Task take too much of the answer.

    What it checks:
        Situation and Task are more than 30% of the words (target 20%), in an answer of 25 words or more.

    Why it matters:
        Listeners decide early whether a story is going anywhere; every second of setup is missing for what you did.

    Flagged:
        At my last company we had a warehouse system from the nineties. It was a huge system and there were many teams around
        it. The company was growing and the managers were worried. I was responsible for the nightly import. I split the file.
        As a result, it dropped to forty minutes.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. First I profiled it. Then I
        split the file into pieces, loaded them in parallel, and compared the totals with the old run for a week before I switched
        over. I also wrote an alert for late files. As a result, it dropped to forty minutes.

    Source:
        The 20/60/20 split of common coaching advice, with a band of ten points.
    """
    balance = sections.structure.setup
    if balance.verdict == "over" and sections.structure.words >= SHORTEST_STORY:
        yield Draft(
            f"The setup takes {balance.share:.0%} of the answer; about {balance.target:.0%} is enough.",
            f"Cut about {_words_off(sections, balance)} words of setup: keep what makes the problem hard, drop the rest.",
            _measured(balance),
            part=_longer(Part.SITUATION, Part.TASK, sections),
            follow_up="Could you come to what you did?",
        )


@rule(code="ST202", name="thin-action", severity=Severity.WARNING, since="0.1", helps=7)
def thin_action(sections: Sections) -> Iterator[Draft]:
    """Too little of the answer is about what was done.

    What it checks:
        Action is under 50% of the words (target 60%) but not absent, in an answer of 25 words or more.

    Why it matters:
        What you did, and why, is what is rated.

    Flagged:
        At my last company we had a warehouse system from the nineties. It was a huge system and there were many teams around
        it. The company was growing and the managers were worried. I was responsible for the nightly import. I split the file.
        As a result, it dropped to forty minutes.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. First I profiled it. Then I
        split the file into pieces, loaded them in parallel, and compared the totals with the old run for a week before I switched
        over. I also wrote an alert for late files. As a result, it dropped to forty minutes.

    Source:
        The 20/60/20 split of common coaching advice, with a band of ten points.
    """
    balance = sections.structure.action
    if balance.verdict == "under" and balance.share > 0 and sections.structure.words >= SHORTEST_STORY:
        yield Draft(
            f"Only {balance.share:.0%} of the answer is about what you did; aim for {balance.target:.0%}.",
            f"Add about {_words_off(sections, balance)} words of action: the steps in order, what you decided, and why.",
            _measured(balance),
            part=Part.ACTION,
            follow_up="Can you take me through what you did yourself, one step after the other?",
        )


@rule(code="ST203", name="thin-outcome", severity=Severity.INFO, since="0.1", helps=4)
def thin_outcome(sections: Sections) -> Iterator[Draft]:
    """The end is too short for its weight.

    What it checks:
        Result and Reflection together are under 10% of the words (target 20%) but not absent, in an answer of 25 words or more.

    Why it matters:
        The end is what is remembered.

    Flagged:
        At my last company the nightly import took six hours. My task was to get it under an hour. First I profiled it. Then I
        split the file into pieces and I loaded them in parallel. I compared the totals with the old run for a week before I
        switched over. I also wrote an alert for late files and I trained the operators on it. In the end it worked.

    Better:
        At my last company the nightly import took six hours. My task was to get it under an hour. First I profiled it. Then I
        split the file into pieces and loaded them in parallel. As a result, the import dropped to forty minutes, and the shops
        have had their prices at opening time ever since.

    Source:
        The 20/60/20 split of common coaching advice, with a band of ten points.
    """
    balance = sections.structure.outcome
    if balance.verdict == "under" and balance.share > 0 and sections.structure.words >= SHORTEST_STORY:
        yield Draft(
            f"The end takes only {balance.share:.0%} of the answer; aim for {balance.target:.0%}.",
            f"Add about {_words_off(sections, balance)} words: what changed, for whom, how you know, and what you learned.",
            _measured(balance),
            part=_longer(Part.RESULT, Part.REFLECTION, sections),
            follow_up="What changed because of it, and how do you know?",
        )
