"""What kind of story it is: whether it happened, whether it was asked for, and whether the speaker stands by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from star_analyzer.evidence import ANSWERS
from star_analyzer.profiles import SHORTEST_STORY
from star_analyzer.report import Part, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import in_line, is_event
from star_analyzer.sections import Category, Span


class _Asked(NamedTuple):
    """What a question asks for, in words."""

    thing: str
    own: str
    """What the speaker may ask of the own story."""
    again: str
    """How the interviewer would ask again."""


_ASKED = {
    "failure": _Asked("a failure", "What went wrong in this story, and what was your part in it?", "And a time when it did not work out?"),
    "conflict": _Asked("a disagreement", "Who was against it, and what did they say?", "And a time when somebody disagreed with you?"),
    "influence": _Asked("winning somebody over", "Whom did you have to convince, and of what?", "And whom did you have to convince?"),
    "ambiguity": _Asked(
        "work without clear instructions",
        "What was it that nobody could tell you?",
        "And a time when nobody could tell you what was wanted?",
    ),
    "metric": _Asked(
        "an improvement",
        "Which number got better, from what to what?",
        "And what got better by it, from what to what?",
    ),
    "data": _Asked("bad data", "What was wrong with the data, and how did you notice?", "And a time when the data itself was wrong?"),
    "tradeoff": _Asked("a trade-off", "What did you give up for what?", "And what did you have to give up for it?"),
    "deployment": _Asked("bringing something into use", "What happened on the day it went live?", "And what happened when it went live?"),
}
_SHOWS = {
    "improved_metric": "a number that got better",
    "bad_data": "how you dealt with bad data",
    "accuracy_vs_latency": "how you weighed quality against speed",
    "deployment": "how something went live",
    "influence": "how you won somebody over",
    "failure": "something that went wrong",
    "ambiguity": "how you found your way without clear instructions",
}
_UNREAL = {
    "habit": "tells what you usually do, not one time when it happened",
    "hypothetical": "tells what you would do, not what you did",
}


def _long_enough(sections: Sections) -> bool:
    return sections.structure.words >= SHORTEST_STORY


def _cues(spans: Sequence[Span], sections: Sections) -> tuple[str, ...]:
    """The cues behind words that were found."""
    places = {(s.start, s.end) for s in spans}
    found = (m for s in sections.evidence.sentences for m in s.mentions if (m.start, m.end) in places)
    return tuple(dict.fromkeys(f"phrase:{m.cue}" for m in found if m.cue.startswith("story.")))


def _sentence(sections: Sections, span: Span, most: int = 60) -> str:
    """The sentence in which some words stand."""
    whole = sections.sentences[span.sentence - 1]
    return in_line(Span(sentence=span.sentence, start=whole.start, end=whole.end), sections, most)


def _clearest(categories: Sequence[Category]) -> Category | None:
    return max(categories, key=lambda c: c.probability, default=None)


def _wanted(sections: Sections) -> list[_Asked]:
    return [_ASKED[a] for a in sections.story.asked if a in _ASKED]


def _is_off(sections: Sections) -> bool:
    """Whether an event is told, but not of the kind that was asked for."""
    return is_event(sections) and sections.story.fits == "no" and bool(_wanted(sections) and sections.story.categories)


def _is_of_failure(sections: Sections) -> bool:
    return "failure" in sections.story.asked or any(c.name == "failure" for c in sections.story.categories)


def _owned(sections: Sections) -> list[Span]:
    """Words by which the speaker owns a failure; "we missed it" owns nothing alone."""
    return [s for s in sections.story.admits_failure if sections.quote(s).split()[0].casefold() != "we"]


def _blames(sections: Sections) -> list[Span]:
    """Words that look for the fault elsewhere. What was the case before is context, and who owns it in the same sentence blames nobody."""
    owned = {s.sentence for s in _owned(sections)}
    told = sections.sentences
    setup = (Part.SITUATION, Part.TASK)
    return [s for s in sections.story.deflects if s.sentence not in owned and told[s.sentence - 1].part not in setup]


def _is_not_admitted(sections: Sections) -> bool:
    """Whether a failure is told without the speaker's own part in it. One that is not told at all is SR102's."""
    if not is_event(sections) or not _is_of_failure(sections):
        return False
    if _blames(sections):
        return True
    return not _owned(sections) and not _is_off(sections)


@rule(code="SR101", name="pseudo-story", severity=Severity.WARNING, since="0.1", helps=10)
def pseudo_story(sections: Sections) -> Iterator[Draft]:
    """What is usually done, or would be done, is told in place of one time when it happened.

    What it checks:
        Phrases of habit (“I always”, “whenever”) or of supposing (“I would”, “if that happened”), and hardly a sentence that
        tells something in the past.

    Why it matters:
        A behavioural question asks what you did. Everybody would talk to the customer; only one who did can say what she said.

    Flagged:
        Whenever a customer is angry I always stay calm. I usually listen first and let them finish, and then I try to find
        out what they need. I never argue at the counter. If it gets loud I would normally ask them to come into the office with
        me, and most of the time that helps.

    Better:
        Last December a customer shouted at my colleague at the counter because his parcel was lost. I was the shift lead, so it
        was up to me. I asked him into the office, let him finish, and rang the depot while he listened. As a result, he had his
        parcel the next morning, and he sent us a card at New Year.

    Source:
        The idea behind behavioural interviewing: past behaviour in a concrete event is what is rated.
    """
    story = sections.story
    if not _long_enough(sections) or story.kind == "event":
        return
    kinds = {"habit": story.habits, "hypothetical": story.hypotheticals}
    kind = story.kind if story.kind in kinds else max(kinds, key=lambda k: len(kinds[k]))
    if not kinds[kind]:
        return
    first = next((s for s in kinds[kind] if sections.quote(s).casefold().startswith("i ")), kinds[kind][0])
    words = " ".join(sections.quote(first).split()[:2])
    told = round(sections.evidence.story, 3)
    yield Draft(
        f"“{_sentence(sections, first)}” {_UNREAL[kind]}.",
        f"Tell one time when you did this, best the last one: “Last March, …”. Who was there, what did you do first, what came of it? "
        f"Leave “{words}” out of it.",
        {"phrases": len(kinds[kind]), "limit": 0, "share_told_in_the_past": told, "kind": story.kind},
        span=(first.start, first.end),
        part=sections.sentences[first.sentence - 1].part,
        follow_up="Can you give me one example, the last time when that happened?",
        cues=_cues(kinds[kind], sections),
    )


@rule(code="SR102", name="off-question", severity=Severity.WARNING, since="0.1", helps=9)
def off_question(sections: Sections) -> Iterator[Draft]:
    """The story shows something else than the question asked for.

    What it checks:
        The question asks for a kind of story (a failure, a disagreement, bad data, …), and the answer shows other kinds, but
        not that. Without a question the rule is quiet.

    Why it matters:
        A good story to another question counts as no answer, and the question comes again.

    Flagged:
        Question: Tell me about a time when you failed.
        Answer: Our web shop answered so slowly that every third visitor left. I was asked to bring the first page under
        one second. I measured the page on an old phone, deleted two libraries, and loaded the pictures later. I tested it
        with a tenth of the visitors for a week. As a result, the page came up in 0.8 seconds instead of three, and orders
        rose by 9%.

    Better:
        Question: Tell me about a time when you failed.
        Answer: Our web shop was slow, and I was asked to bring the first page under one second before Christmas. I
        rewrote the way the pictures were loaded. I had not tested it on an old phone, and that was my mistake: on those
        the page stayed white for a whole Saturday. I switched it back and apologised to the shop team. As a result, we
        lost about forty orders. I learned to try a change on the oldest phone first.

    Source:
        Structured interviews: every question has its own competency, and answers are rated on that one.
    """
    if not _is_off(sections):
        return
    wanted, shown = _wanted(sections), _clearest(sections.story.categories)
    assert shown is not None
    asked = " or ".join(dict.fromkeys(w.thing for w in wanted))
    telling = shown.evidence[0] if shown.evidence else None
    quoted = f" (“{in_line(telling, sections)}”)" if telling else ""
    yield Draft(
        f"The question asks about {asked}; the story shows {_SHOWS[shown.name]}{quoted}.",
        f"{wanted[0].own} Open with that. If there is nothing of the kind in this story, take another one.",
        {"asked": ", ".join(sections.story.asked), "shown": ", ".join(c.name for c in sections.story.categories), "limit": "one of them"},
        span=(telling.start, telling.end) if telling else None,
        part=sections.sentences[telling.sentence - 1].part if telling else None,
        follow_up=wanted[0].again,
    )


@rule(code="SR103", name="failure-not-admitted", severity=Severity.WARNING, since="0.1", helps=7)
def failure_not_admitted(sections: Sections) -> Iterator[Draft]:
    """A failure is told, but not what the speaker's own part in it was.

    What it checks:
        The question asks for a failure, or the story is one, and no words own it (“my mistake”, “I had not checked”), or some
        words put it on somebody else.

    Why it matters:
        Such a question is about what you do with a mistake. A failure that nobody made shows nothing of that.

    Flagged:
        Question: Tell me about a project that failed.
        Answer: Last spring the launch of our ticket shop failed. I was responsible for the payment page. We went live on a
        Friday, and an hour later the page was down, because the bank had changed its keys. It wasn't my fault, the bank
        had never told us. I called their support and put the new key in. In the end, we lost a day of sales and two clubs
        left us.

    Better:
        Question: Tell me about a project that failed.
        Answer: Last spring the launch of our ticket shop failed. I was responsible for the payment page. We went live on a
        Friday, and an hour later the page was down, because the bank had changed its keys. That was my mistake: I had not
        read their mail of March. I called their support and put the new key in. In the end, we lost a day of sales and
        two clubs left us. I learned to test with the real bank before a launch.

    Source:
        Common coaching advice for failure questions: a real one, your part in it, what you changed.
    """
    if not _is_not_admitted(sections):
        return
    story = sections.story
    told = {"words_that_own_it": len(_owned(sections)), "words_that_put_it_elsewhere": len(story.deflects), "at_least": 1}
    if blames := _blames(sections) or list(story.deflects):
        away = blames[0]
        yield Draft(
            f"“{_sentence(sections, away, 80)}” looks for the fault elsewhere.",
            "Say in its place what you yourself could have seen, asked or checked earlier: “I had not asked …, and that was mine.”",
            dict(told),
            span=(away.start, away.end),
            part=sections.sentences[away.sentence - 1].part,
            follow_up="And what was your own part in it?",
            cues=_cues(blames, sections),
        )
        return
    failure = next((c for c in story.categories if c.name == "failure"), None)
    spoken = failure.evidence if failure else ()
    telling = next((e for e in spoken if sections.sentences[e.sentence - 1].part in (Part.SITUATION, Part.RESULT)), None)
    quoted = f" (“{in_line(telling, sections)}”)" if telling else ""
    yield Draft(
        f"It went wrong{quoted}, but nothing says what your own part in it was.",
        "Add one sentence right after it: “That was my mistake: I had assumed …” or “I should have … before …”.",
        dict(told),
        span=(telling.start, telling.end) if telling else None,
        part=sections.sentences[telling.sentence - 1].part if telling else None,
        follow_up="What would you say was your own mistake there?",
    )


@rule(code="SR104", name="blames-others", severity=Severity.WARNING, since="0.1", helps=5)
def blames_others(sections: Sections) -> Iterator[Draft]:
    """What went wrong is put on others.

    What it checks:
        Words that put the fault on somebody else (“it was their fault”, “they should have”) in a story that is not about a
        failure; there SR103 says so.

    Why it matters:
        The listener wonders what you will say about them one day, and learns nothing about what you did.

    Flagged:
        Our clinic was moving its letters to a new system. My task was to have every template ready by June. I wrote forty
        templates and tried each with a real letter. Half of them came out wrong. It was their fault in IT, because they
        had never tested it, and I had to begin again. I wrote the templates a second time. As a result, all of them were
        ready by the ninth of June.

    Better:
        Our clinic was moving its letters to a new system. My task was to have every template ready by June. I wrote forty
        templates and tried each with a real letter. Half of them came out wrong, because the new system used another code
        for umlauts. I called the IT department and asked for a list of the codes, and I wrote them a second time. As a
        result, all of the templates were ready by the ninth of June.

    Source:
        Common coaching advice: tell what was the case, not whose fault it was.
    """
    blames = _blames(sections)
    if not is_event(sections) or not blames or _is_not_admitted(sections):
        return
    away = blames[0]
    yield Draft(
        f"“{_sentence(sections, away, 80)}” looks for the fault elsewhere.",
        "Say in its place what was the case, as they would tell it too, and what you did about it the next day.",
        {"words_that_put_it_elsewhere": len(blames), "limit": 0},
        span=(away.start, away.end),
        part=sections.sentences[away.sentence - 1].part,
        follow_up="How would they tell this story?",
        cues=_cues(blames, sections),
    )


@rule(code="SR901", name="fits-question", severity=Severity.INFO, since="0.1", praise=True)
def fits_question(sections: Sections) -> Iterator[Draft]:
    """The story is of the kind that was asked for.

    What it checks:
        The question asks for a kind of story (a failure, a disagreement, bad data, …), and the answer shows it.

    Why it matters:
        Answers are rated on what was asked. Now every sentence counts.

    Flagged:
        Question: Tell me about a time when you failed.
        Answer: Our web shop was slow, and I was asked to bring the first page under one second before Christmas. I
        rewrote the way the pictures were loaded. I had not tested it on an old phone, and that was my mistake: on those
        the page stayed white for a whole Saturday. I switched it back and apologised to the shop team. As a result, we
        lost about forty orders. I learned to try a change on the oldest phone first.

    Better:
        Question: Tell me about a time when you failed.
        Answer: Our web shop answered so slowly that every third visitor left. I was asked to bring the first page under
        one second. I measured the page on an old phone, deleted two libraries, and loaded the pictures later. I tested it
        with a tenth of the visitors for a week. As a result, the page came up in 0.8 seconds instead of three, and orders
        rose by 9%.

    Source:
        Structured interviews: every question has its own competency, and answers are rated on that one.
    """
    story = sections.story
    if not is_event(sections) or story.fits != "yes":
        return
    fitting = [(_ASKED[a], c) for a in story.asked if a in _ASKED for c in story.categories if c.name in ANSWERS[a]]
    if not fitting:
        return
    asked, shown = max(fitting, key=lambda pair: pair[1].probability)
    telling = shown.evidence[0] if shown.evidence else None
    quoted = f": “{in_line(telling, sections)}”" if telling else ""
    yield Draft(
        f"You were asked about {asked.thing}, and that is what you tell{quoted}.",
        "Keep that sentence early: it tells the listener that the answer has begun.",
        {"asked": ", ".join(story.asked), "shown": shown.name, "probability": round(shown.probability, 2), "limit": "one of them"},
        span=(telling.start, telling.end) if telling else None,
        part=sections.sentences[telling.sentence - 1].part if telling else None,
    )


@rule(code="SR902", name="owns-failure", severity=Severity.INFO, since="0.1", praise=True)
def owns_failure(sections: Sections) -> Iterator[Draft]:
    """A failure is told with the speaker's own part in it and what was learned.

    What it checks:
        The question asks for a failure, or the story is one; words own it, none put it on others, and a lesson is told.

    Why it matters:
        That is what the question is for: who can say it calmly will say it at work too.

    Flagged:
        Question: Tell me about a project that failed.
        Answer: Last spring the launch of our ticket shop failed. I was responsible for the payment page. We went live on a
        Friday, and an hour later the page was down, because the bank had changed its keys. That was my mistake: I had not
        read their mail of March. I called their support and put the new key in. In the end, we lost a day of sales and
        two clubs left us. I learned to test with the real bank before a launch.

    Better:
        Question: Tell me about a project that failed.
        Answer: Last spring the launch of our ticket shop failed. I was responsible for the payment page. We went live on a
        Friday, and an hour later the page was down, because the bank had changed its keys. It wasn't my fault, the bank
        had never told us. I called their support and put the new key in. In the end, we lost a day of sales and two clubs
        left us.

    Source:
        Common coaching advice for failure questions: a real one, your part in it, what you changed.
    """
    if not is_event(sections) or not _is_of_failure(sections) or _is_off(sections):
        return
    if not _owned(sections) or _blames(sections):
        return
    own = _owned(sections)[0]
    lesson = next((s for s in sections.sentences if s.part is Part.REFLECTION and s.number != own.sentence), None)
    if lesson is None and not sections.facts.reflection:
        return
    learned = ""
    if lesson is not None:
        said = in_line(Span(sentence=lesson.number, start=lesson.start, end=lesson.end), sections)
        learned = f", and “{said}” says what you took from it"
    yield Draft(
        f"“{_sentence(sections, own)}” owns the mistake{learned}.",
        "Keep both, in this order, and say them without an excuse in between.",
        {"words_that_own_it": len(_owned(sections)), "words_that_put_it_elsewhere": 0, "at_least": 1},
        span=(own.start, own.end),
        part=sections.sentences[own.sentence - 1].part,
        cues=_cues(_owned(sections), sections),
    )
