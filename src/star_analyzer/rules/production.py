"""Whether what was built is shown in use: watched after launch, on data that was questioned, for a goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from star_analyzer.report import Part, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import acts, bare, clause, names, part_of, phrase
from star_analyzer.sections import Span
from star_analyzer.spans import claims, mentions

_BUILT = frozenset(
    "build write train create develop implement design automate deploy launch release ship rewrite rebuild refactor retrain migrate code "
    "program prototype replace add integrate host productionise productionize containerise containerize fine-tune finetune".split()
) | {"set up", "roll out", "put together"}
"""Verbs of making, in their dictionary form."""
_MODEL = (
    r"(?<!role )(?<!business )(?<!operating )models?|classifiers?|rankers?|recommenders?|recommendation engine|detectors?|regressors?|"
    r"neural nets?|forecasts?|chatbots?|embeddings?"
)
_SYSTEM = (
    r"pipelines?|(?:micro)?services?(?! desk| level| user)|apis?|endpoints?|dashboards?|apps?|applications?(?! form| letter)|web ?sites?|"
    r"portals?|tools?|scripts?|bots?|databases?|data warehouse|caches?|platforms?|parsers?|crawlers?|schedulers?|modules?|"
    r"plug-?ins?|web ?shops?|back ?ends?|front ?ends?|(?:nightly|daily|weekly|hourly|batch|cron|scheduled) jobs?|jobs? (?:that|which)|"
    r"(?<!buddy )(?<!filing )(?<!card )(?<!paper )(?<!points )(?<!reward )(?<!shift )(?<!sticker )(?<!colour )systems?"
)
_SMALL = r"(?!(?:to|for|on|onto|with|how|about|in|into|at|from|by|of|and|using|who|down|against)\b)"
_THING = re.compile(rf"(?i)\s+(?:{_SMALL}[\w'’-]+\s+){{0,6}}?(?:{_MODEL}|{_SYSTEM})\b")
"""What was made, close behind the verb."""
_IT = re.compile(r"(?i)\s+(?:it\b|(?:a|the)\s+(?:[\w'’-]+\s+){0,2}one\b)")
_MADE_AGAIN = frozenset("build rebuild rewrite refactor retrain train migrate deploy automate implement host fine-tune finetune".split())
"""Verbs of making whose "it" or "a new one" is the model or the system named before: one also writes "it" on the board."""
_MADE_OF = re.compile(rf"(?i)\b(?:{_MODEL}|{_SYSTEM})\s+(?:was|were|has been|had been|got)\s+(?:\w+ly\s+)?$")
"""What stands before a passive: "the pipeline was"."""
_NAMED = re.compile(rf"(?i)\b(?:{_MODEL}|{_SYSTEM})\b")
_LEARNED = re.compile(r"(?i)\b(?:re-?)?train(?:ed|ing)?\b|\bfitted\b|\bfine-?tun")
_OF_MODEL = re.compile(rf"(?i)\b(?:{_MODEL})\b")
_DATA = re.compile(
    r"(?i)\b(?:data(?! (?:team|cent|protection|scien|engineer|analyst|plan|entry|room))|datasets?|data sets?)\b|"
    r"\b(?:training|labelled|labeled) (?:set|examples)\b"
)
_IN_USE = re.compile(
    r"(?i)\bin (?:production|(?:daily |regular |real )?use)\b|\b(?:went|goes|is|are|was) live\b|\brolled (?:(?:it|them|this|that) )?out\b|"
    r"\b(?:deployed|launched|shipped)\b"
)
"""Words of something that went into use, whether or not the signal counts them."""
_DOUBTED = re.compile(
    r"(?i)\b(?:(?:re-?|mis-?)?labell?(?:ed|ing) (?:it|them|[\w ]{0,20}(?:hundred|thousand|by hand))|labell?ed \d|relabel\w*|mislabel\w*|"
    r"transcribed|annotated|clean(?:ed|ing) (?:it|them|up|the)|duplicat\w+|missing values|noisy|leak(?:s|ed|age|ing)|outliers?|"
    r"imbalanc\w+|biased)\b"
)
"""Words of somebody who has looked at the data, whether or not the signal counts them."""
_TECHNICAL_AREAS = frozenset({"ml", "data", "software", "operations"})
_TECHNICAL_KINDS = ("model_quality", "time_or_cost")
_NOT_DONE = re.compile(r"(?i)(?:\bnever|\bnot|n't|n’t|\bwithout|\bhardly|\bcancelled|\bcanceled)\s+(?:\w+\s+){0,2}$")
_LOOK_BACK = 40
"""Characters before a launch in which it is denied, or behind a verb in which a technical term says what was made."""
_EVERYDAY = frozenset({"launch.shipped-opened-introduced", "launch.shipped-handed-over"})
"""Cues of launches in any trade."""
_WANTED = re.compile(
    r"(?i)\b(?:customers?|clients?|users?|visitors?|guests?|patients?|pupils|students|passengers|readers|members|tenants?|drivers|sellers|"
    r"shoppers|callers|orders|sales|revenue|money|complain\w*|refunds?|churn|bookings?)\b"
)
"""For whom it was: named at the start, the goal is plain."""
_TOLD_IN = (Part.ACTION, Part.RESULT)
_BEFORE_IT = (Part.SITUATION, Part.TASK)


@lru_cache(maxsize=1)  # several rules ask it of the same answer
def _shipped(sections: Sections) -> list[Span]:
    """Where it is told that something went into use, done and not only planned or denied. Shops are opened and parcels handed over
    too: that counts only where something technical is told.
    """
    text, technical = sections.evidence.text, is_technical(sections)
    found: list[Span] = []
    for m in mentions(sections.evidence, "launch.shipped"):
        sentence = sections.evidence.sentences[m.sentence - 1]
        if part_of(m, sections) not in _TOLD_IN or sentence.listed:
            continue
        if _NOT_DONE.search(text[max(sentence.start, m.start - _LOOK_BACK) : m.start]):
            continue
        cue = next((x.cue for x in sentence.mentions if (x.start, x.end) == (m.start, m.end)), "")
        if technical or cue not in _EVERYDAY:
            found.append(m)
    return found


@lru_cache(maxsize=1)
def _made(sections: Sections) -> list[Span]:
    """Where the making of a model or a system is told, with its doer and to the end of the clause."""
    text = sections.evidence.text
    terms = [t for t in sections.language.terms if t.area in _TECHNICAL_AREAS]
    found: list[Span] = []
    for deed in sections.ownership.deeds:
        if deed.part is not Part.ACTION or deed.verb not in _BUILT or deed.doer == "other":
            continue
        sentence = sections.evidence.sentences[deed.sentence - 1]
        thing = _THING.match(text, deed.end, sentence.end)
        before = _MADE_OF.search(text[sentence.start : deed.start]) if deed.doer == "passive" else None
        named = deed.verb in _MADE_AGAIN and _IT.match(text, deed.end, sentence.end) and _NAMED.search(text, 0, sentence.start)
        term = any(t.sentence == deed.sentence and deed.end <= t.start <= deed.end + _LOOK_BACK for t in terms)
        if thing or before or named or term:
            found.append(phrase(Span(sentence=deed.sentence, start=deed.start, end=deed.end), sections))
    return found


@lru_cache(maxsize=1)
def is_technical(sections: Sections) -> bool:
    """Whether a model or a technical term comes up, or a system is made."""
    if any(t.area in _TECHNICAL_AREAS for t in sections.language.terms):
        return True
    told = (s for s in sections.sentences if s.part is not Part.OTHER)
    return any(_OF_MODEL.search(sections.evidence.text, s.start, s.end) for s in told) or bool(_made(sections))


def _work(sections: Sections, signal: str) -> Span | None:
    """What was launched or built, where the profile looks for the signal; nothing in stories about people only."""
    if signal not in sections.profile.signals or not acts(sections):
        return None
    shipped = _shipped(sections)
    return next(iter(_made(sections)), phrase(shipped[0], sections) if shipped else None)


@rule(code="PD101", name="nothing-after-launch", severity=Severity.WARNING, since="0.1", helps=5)
def nothing_after_launch(sections: Sections) -> Iterator[Draft]:
    """Something was built, and nothing says what happened once it was in use.

    What it checks:
        The Action tells that a model or a system was made, and nowhere is it told that it went into use, that anybody watched it, or
        that somebody came back to it. Only for profiles in which the time after launch counts.

    Why it matters:
        Many can build. One who tells what happened in the second month has been there.

    Flagged:
        Our call centre read every complaint by hand, which took two people all day. I was responsible for sorting them. I labelled two
        thousand complaints, trained a classifier on them, and compared it with two colleagues. As a result, it was right in 91% of the
        cases, and the colleagues in 88%.

    Better:
        Our call centre read every complaint by hand, which took two people all day. I was responsible for sorting them. I labelled two
        thousand complaints, trained a classifier on them, and rolled it out to one team at a time. For the first month I watched the
        error rate on a dashboard. As a result, sorting took ten minutes a day instead of sixteen hours.

    Source:
        The signal of ownership after launch.
    """
    work = _work(sections, "after_launch")
    if work is None or sections.signals.after_launch.level != "no" or _IN_USE.search(sections.evidence.text):
        return
    words = bare(work, sections)
    yield Draft(
        f"You tell how it was made (“{words}”), but not how it did once people relied on it.",
        "Add two sentences at the end: when it went live and for whom, and which number you looked at in the weeks after. "
        "If it never went live, say what stopped it.",
        {"launches": 0, "checks_after_launch": 0, "at_least": 1},
        part=Part.RESULT,
        follow_up="And what happened after it went live?",
    )


@rule(code="PD102", name="shipped-but-not-watched", severity=Severity.INFO, since="0.1", helps=4)
def shipped_but_not_watched(sections: Sections) -> Iterator[Draft]:
    """Something went into use, and nothing says who watched it then.

    What it checks:
        A launch is told in the Action or the Result, but no watching, alerting, way back or follow-up. Only for profiles in which
        the time after launch counts.

    Why it matters:
        Things break when nobody is looking. The next question is how you would have known.

    Flagged:
        Our booking page lost every third visitor on old phones. I was responsible for the page. I measured it, I dropped two
        libraries because they were hardly used, and we rolled the new page out to all visitors in May. As a result, the share that
        left fell from 33% to 20%.

    Better:
        Our booking page lost every third visitor on old phones. I was responsible for the page. I measured it, I dropped two
        libraries because they were hardly used, and we rolled the new page out in May. We monitored the error rate for a month and
        set up an alert. As a result, the share that left fell from 33% to 20%.

    Source:
        `monitoring` in docs/labels.md, as labelled by readers of answers.
    """
    shipped = _shipped(sections)
    if not acts(sections) or "after_launch" not in sections.profile.signals or not shipped:
        return
    if sections.signals.after_launch.level == "no" or sections.facts.monitoring or claims(sections.evidence, "monitoring"):
        return
    if mentions(sections.evidence, "launch.followup", "launch.rollback"):
        return
    place = phrase(shipped[0], sections)
    words = bare(place, sections)
    yield Draft(
        f"“{words}” tells the launch, but not how you would have noticed that something was wrong.",
        f"Go on after “{words}”: which number you looked at, how often, and at what value you would have gone back.",
        {"launches": len(shipped), "checks_after_launch": 0, "at_least": 1},
        span=(place.start, place.end),
        part=part_of(place, sections),
        follow_up="How would you have known if it had gone wrong after launch?",
    )


@rule(code="PD103", name="data-unquestioned", severity=Severity.INFO, since="0.1", helps=4)
def data_unquestioned(sections: Sections) -> Iterator[Draft]:
    """The work rests on data, and nothing says whether the data could be trusted.

    What it checks:
        A model or data is in what was done, and nothing is told about the quality of the data, the labels, leakage, bias, groups that
        were too small, or change over time. Only for profiles in which the data counts.

    Why it matters:
        Real data is never clean. A story without a flaw in it sounds like a course, not like work.

    Flagged:
        Our shop lost customers each month, and I was asked to find out which ones would leave. I trained a model on two years of
        orders, because the rules that we had were guesses, and we deployed it to the call centre in June. As a result, we called the
        right 200 customers, and 60 stayed.

    Better:
        Our shop lost customers each month, and I was asked to find out which ones would leave. I found that a third of the records
        were duplicates and that half of the labels were wrong, so I cleaned them first. Then I trained a model on what was left, and we
        deployed it in June. As a result, we called the right 200 customers, and 60 stayed.

    Source:
        The signal of data: whether data and labels were questioned.
    """
    work = _work(sections, "data")
    if work is None or sections.signals.data.level != "no" or _DOUBTED.search(sections.evidence.text):
        return
    place = _on_data(sections)
    if place is None:
        return
    yield Draft(
        f"“{bare(place, sections)}” rests on data, and nothing says whether it could be trusted.",
        "Name one thing that was wrong with the data and what you did about it: rows that were missing or double, doubtful labels, a group "
        "that was too small, last year not being like this one. If you checked and found nothing, say how you checked.",
        {"doubts_about_the_data": 0, "at_least": 1},
        part=part_of(place, sections),
        follow_up="What was wrong with the data?",
    )


def _on_data(sections: Sections) -> Span | None:
    """The first step that has data or a model in it, best the making of the model."""
    text = sections.evidence.text
    made = [m for m in _made(sections) if _OF_MODEL.search(text[m.start : m.end]) or _has_term(m, sections)]
    if made:
        return next((m for m in made if _LEARNED.search(text[m.start : m.end])), made[0])
    for sentence in sections.sentences:
        if sentence.part is Part.ACTION and (found := _DATA.search(text, sentence.start, sentence.end)):
            return phrase(Span(sentence=sentence.number, start=found.start(), end=found.end()), sections)
    return None


def _has_term(span: Span, sections: Sections) -> bool:
    return any(t.area == "ml" and span.start <= t.start < span.end for t in sections.language.terms)


@rule(code="PD104", name="no-business-goal", severity=Severity.INFO, since="0.1", helps=4)
def no_business_goal(sections: Sections) -> Iterator[Draft]:
    """A technical result is told, and nothing says what it was wanted for.

    What it checks:
        Something was built and a technical result told (quality of a model, time, cost), and neither the goal of the
        business nor the effect on it, nor for whom it was. Only for profiles in which the framing counts.

    Why it matters:
        A good score on the wrong problem is worth nothing. The listener wants to hear that you knew which problem it was.

    Flagged:
        Our classifier for support mails was old. My task was to replace it. I cleaned two thousand labels by hand, dropped three leaking
        features, and trained a new model because the old one could not be repaired. I tested it on a held-out month. As a result,
        F1 went from 0.71 to 0.84.

    Better:
        Our classifier for support mails sent one complaint in three to the wrong desk, and the business goal was to keep the customers
        who wrote them. My task was to replace it. I cleaned two thousand labels by hand and trained a new model because the old one
        could not be repaired. As a result, F1 went from 0.71 to 0.84, and customer churn fell by two per cent.

    Source:
        The signal of framing: whether work is tied to what the business wanted.
    """
    work = _work(sections, "framing")
    if work is None or sections.signals.framing.level != "no":
        return
    result = _technical_result(sections)
    told_for = any(_WANTED.search(sections.evidence.text, s.start, s.end) for s in sections.sentences if s.part in _BEFORE_IT)
    if result is None or told_for:
        return
    words = bare(result, sections)
    yield Draft(
        f"“{words}” is told, but not what the company or its customers wanted from it.",
        "Open with who lost what before you began: how many orders, hours or complaints a week. Then the figure has a meaning.",
        {"goals_of_the_business": 0, "at_least": 1, "result": words},
        part=Part.SITUATION,
        follow_up="Why did the business want that?",
    )


def _technical_result(sections: Sections) -> Span | None:
    """The clause with the number of a technical result, a model's metric before others, from the Result first."""
    told = [q for q in sections.outcomes.quantities if q.part in _TOLD_IN]
    kinds = {k.kind: k.evidence for k in sections.outcomes.kinds}
    places = {c.sentence for kind in _TECHNICAL_KINDS for c in kinds.get(kind, ())}
    fitting = [q for q in told if q.metric or (q.sentence in places and q.outcome)]
    best = min(fitting, key=lambda q: (q.part is not Part.RESULT, not q.metric, q.start), default=None)
    return None if best is None else clause(best, sections)


@rule(code="PD901", name="looked-after", severity=Severity.INFO, since="0.1", praise=True)
def looked_after(sections: Sections) -> Iterator[Draft]:
    """It is told how the thing was watched once it was in use.

    What it checks:
        Something was built or launched, and watching, alerting, a way back or follow-up after launch is told. Only for profiles in
        which the time after launch counts.

    Why it matters:
        It is what tells somebody who has run a thing from somebody who has only built one.

    Flagged:
        Our booking page lost every third visitor on old phones. I was responsible for the page. I measured it, I dropped two
        libraries because they were hardly used, and we rolled the new page out in May. We monitored the error rate for a month and
        set up an alert. As a result, the share that left fell from 33% to 20%.

    Better:
        Our booking page lost every third visitor on old phones. I was responsible for the page. I measured it, I dropped two
        libraries because they were hardly used, and we rolled the new page out to all visitors in May. As a result, the share that
        left fell from 33% to 20%.

    Source:
        `monitoring` in docs/labels.md, as labelled by readers of answers.
    """
    watched = claims(sections.evidence, "monitoring")
    if _work(sections, "after_launch") is None or not sections.facts.monitoring or not watched:
        return
    best = max(watched, key=lambda c: (c.probability, -c.start))
    cue = next(
        (m for m in mentions(sections.evidence, "launch.monitoring", "launch.followup", "launch.rollback") if m.sentence == best.sentence),
        None,
    )
    place = clause(cue, sections) if cue else best
    yield Draft(
        f"“{bare(place, sections, 80)}” shows that you looked after it.",
        "Keep that sentence, and have one thing ready that it once caught: they will ask.",
        {"sentences": len(watched), "at_least": 1},
        span=(place.start, place.end),
        part=part_of(best, sections),
        cues=names([best]),
    )
