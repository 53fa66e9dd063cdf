"""Who did the work, and whether a listener can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from star_analyzer.report import Part, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import acts, joined, names
from star_analyzer.sections import Claim, Deed, Span
from star_analyzer.spans import CERTAIN

_MOST_QUOTES = 3
"""Quotes in one message. More than three are a list."""

_ROLE = "own.role"
_PEOPLE = ("people.with", "people.team")

_LEAST_PASSIVES = 2
"""One sentence without a doer is style; two hide somebody."""

_LEAST_WEAK = 2
"""One weak verb beside a clear deed is modesty; two make the part of the speaker small."""

_DETERMINERS = "the|an?|our|my|their|his|her|its|all|both|every|each|some|this|that|these|those|two|three|four|five|six"
_CLAUSE_END = re.compile(
    rf"(?i)[,;:.!?–—](?=\s|$|[\"”’)])|\s[–—-]\s|\n|\s(?:and|but|so)\s(?=(?:then\s|so\s)?(?:i|we|they|he|she|it|{_DETERMINERS})\b)"
)
_JOINT = re.compile(r"(?i)\s*(?:(?:and|but|so|then|also|because|which)\s+)*")
"""What joins a clause to the one before; it is left out of a quote."""
_SUBJECT = re.compile(rf"(?i)\b(?:{_DETERMINERS})\s(?:(?!(?:and|but|so|then|that|who)\s)[\w'’-]+\s){{0,3}}$")
"""What stands before the last word of a subject: "the", "our two old"."""
_PRONOUNS = frozenset("i we you he she it they this that these those everyone everybody someone nobody who which".split())

_STRONGER = {
    "own.weak-helped": "what you handed over yourself: “I wrote …”, “I tested …”, “I rang …”",
    "own.weak-assisted-supported": "what you handed over yourself: “I wrote …”, “I tested …”, “I rang …”",
    "own.weak-tasked-to-help": "what you were to deliver, and by when",
    "own.weak-involved": "what you did there: “I chaired …”, “I drafted …”, “I decided …”",
    "own.weak-part-of-team": "which piece of it was yours alone",
    "own.weak-worked-on": "which piece would be missing without you: “I designed …”, “I repaired …”",
    "own.weak-exposure": "what you did with it: “I set up …”, “I changed …”",
}
"""What to say instead, by the cue."""
_STRONGEST = "what you did: “I chose …”, “I built …”, “I called …”"


def _phrase(deed: Deed, sections: Sections) -> Span:
    """A deed with its subject, to the end of the clause."""
    text, sentence = sections.evidence.text, sections.evidence.sentences[deed.sentence - 1]
    found = next((d for d in sentence.deeds if (d.start, d.end) == (deed.start, deed.end)), None)
    start = min(found.who[0], deed.start) if found and found.who else deed.start
    before = None if (deed.who or "").lower() in _PRONOUNS else _SUBJECT.search(text, sentence.start, start)
    return _to_clause_end(Span(sentence=deed.sentence, start=before.start() if before else start, end=deed.end), sections)


def _to_clause_end(span: Span, sections: Sections) -> Span:
    end = sections.evidence.sentences[span.sentence - 1].end
    stop = _CLAUSE_END.search(sections.evidence.text, span.end, end)
    return Span(sentence=span.sentence, start=span.start, end=stop.start() if stop else end)


def _clause(span: Span, sections: Sections) -> Span:
    """The whole clause around some words."""
    text, sentence = sections.evidence.text, sections.evidence.sentences[span.sentence - 1]
    start = max((m.end() for m in _CLAUSE_END.finditer(text, sentence.start, span.start)), default=sentence.start)
    joint = _JOINT.match(text, start, span.start)
    start = joint.end() if joint else start
    return _to_clause_end(Span(sentence=span.sentence, start=start, end=span.end), sections)


def _bare(span: Span, sections: Sections) -> str:
    """Words of a span for use inside a message, without the full stop."""
    return sections.quote(span).rstrip(".!")


def _quotes(spans: Sequence[Span], sections: Sections) -> str:
    """The different words of some spans, in quotation marks, the first few."""
    words = list(dict.fromkeys(_bare(span, sections) for span in spans))
    quoted = [f"“{w}”" for w in words[:_MOST_QUOTES]]
    return joined(quoted)


def _surest(claims: Sequence[Claim], sections: Sections, *kinds: str) -> Claim:
    """The claim to show: one with words of these kinds of cue before others, then the likeliest."""
    return max(claims, key=lambda c: (bool(_mentions(c, sections, *kinds)), c.probability, -c.start))


def _mentions(claim: Claim, sections: Sections, *kinds: str) -> list[Span]:
    found = sections.evidence.sentences[claim.sentence - 1].mentions
    return sorted((Span(sentence=claim.sentence, start=m.start, end=m.end) for m in found if m.kind in kinds), key=lambda m: m.start)


def _in_action(sections: Sections, *doers: str) -> list[Deed]:
    found = (d for d in sections.ownership.deeds if d.part is Part.ACTION and d.doer in doers)
    return sorted(found, key=lambda d: d.start)


@rule(code="OW201", name="team-action", severity=Severity.WARNING, since="0.1", helps=9)
def team_action(sections: Sections) -> Iterator[Draft]:
    """Most of what was done was done by “we”.

    What it checks:
        Of the deeds in the Action whose doer is “I” or “we”, more than half are of “we”, and there are three at least. A “we”
        in the Situation or the Task does not count.

    Why it matters:
        The interviewer rates one person. After a page of “we” they still do not know whom they would hire.

    Flagged:
        At my last company the nightly import took six hours and the shops opened without prices. My task was to get it under
        an hour. We profiled the job and found one slow file. Then we split the file into pieces, and we loaded them in parallel. We
        compared the totals for a week. As a result, the import dropped from six hours to forty minutes.

    Better:
        At my last company we had a nightly import that took six hours and the shops opened without prices. My task was to get
        it under an hour. I profiled the job and found one slow file. I split it into pieces, and I loaded them in parallel. A
        colleague compared the totals for a week. As a result, the import dropped from six hours to forty minutes.

    Source:
        Common coaching advice for STAR answers: “I” in the action. The share is in `profiles.py`.
    """
    if not acts(sections) or sections.ownership.verdict != "team":
        return
    counts = sections.ownership.in_action
    own = counts.i + counts.implied
    together = _in_action(sections, "we")
    shared = _phrase(next((d for d in together if (d.who or "").lower() == "we"), together[0]), sections)
    quote = _bare(shared, sections)
    never = "never" if own == 0 else "once" if own == 1 else f"{own} times"
    split = f"Start with “{quote}”: say which piece was yours (“I …”) and who did the rest, by name or role. Then the other steps."
    role = [c for c in sections.ownership.role if c.sentence != shared.sentence] if sections.facts.role_clear else []
    yield Draft(
        f"In what was done, the doer is “we” {counts.we} times and “I” {never}: “{quote}”.",
        f"“{_bare(_surest(role, sections, _ROLE), sections)}” says what was yours; carry that into the steps. {split}" if role else split,
        {
            "we": counts.we,
            "i": own,
            "we_share": sections.ownership.we_share or 0.0,
            "limit": sections.profile.we_share,
        },
        span=(shared.start, shared.end),
        part=Part.ACTION,
        follow_up="Which of this did you do yourself, and what did the others do?",
    )


@rule(code="OW202", name="role-unclear", severity=Severity.WARNING, since="0.1", helps=7)
def role_unclear(sections: Sections) -> Iterator[Draft]:
    """No sentence makes clear what the speaker's own part was.

    What it checks:
        Something is done, but no sentence makes the speaker's own responsibility or contribution unmistakable. Where “we” does
        most of it, team-action says so instead; where “I” does nearly all of three steps or more, nothing is unclear.

    Why it matters:
        Without it the interviewer cannot tell the one who did it from one who stood beside it.

    Flagged:
        Last spring the booking page of our clinic lost every tenth appointment. The clinic wanted it mended before summer. First
        the logs were compared with the calendar. Then two jobs were found that wrote to one file, and they were taken apart. As a
        result, lost appointments fell from forty a week to two.

    Better:
        Last spring the booking page of our clinic lost every tenth appointment. I was responsible for mending it before summer.
        I compared the logs with the calendar and found two jobs that wrote to one file, so I took them apart. As a result, lost
        appointments fell from forty a week to two.

    Source:
        `role_clear` in docs/labels.md, as labelled by readers of answers.
    """
    if not acts(sections) or sections.facts.role_clear or sections.ownership.verdict in ("team", "own"):
        return
    counts = sections.ownership.in_action
    own = counts.i + counts.implied
    seen = "none of the steps has an “I”" if own == 0 else f"only {own} of the steps {'has' if own == 1 else 'have'} an “I”"
    yield Draft(
        f"Nothing says what was yours in this: {seen}, and no sentence names your part.",
        "Add one sentence before the first step: “My part was …; … was with …”.",
        {"sentences_on_the_role": 0, "at_least": 1, "i": own, "we": counts.we},
        part=Part.ACTION,
        follow_up="What exactly was your role in this?",
    )


@rule(code="OW203", name="nobody-acts", severity=Severity.INFO, since="0.1", helps=4)
def nobody_acts(sections: Sections) -> Iterator[Draft]:
    """Many steps are told in the passive, without anybody who does them.

    What it checks:
        More than 34% of the deeds in the Action are passives without a doer (“the script was rewritten”), and there are two at
        least.

    Why it matters:
        A step without a doer hides who decided. The listener supposes that it was somebody else.

    Flagged:
        Last autumn our warehouse sent one parcel in twenty to the wrong shop. I was responsible for returns. First I followed ten
        parcels by hand. Then the labels were redesigned, the scanners were replaced, and the night shift was retrained. As a
        result, wrong parcels fell from five per cent to under one.

    Better:
        Last autumn our warehouse sent one parcel in twenty to the wrong shop. I was responsible for returns. First I followed
        ten parcels by hand. Then I redesigned the labels, I persuaded my manager to replace the scanners, and I retrained the
        night shift. As a result, wrong parcels fell from five per cent to under one.

    Source:
        Plain-language guides ask for the active voice. The share is in `profiles.py`.
    """
    if not acts(sections):
        return
    counts = sections.ownership.in_action
    deeds = counts.i + counts.we + counts.other + counts.passive + counts.implied
    if counts.passive < _LEAST_PASSIVES or counts.passive / deeds <= sections.profile.passive_share:
        return
    phrases = [_phrase(d, sections) for d in _in_action(sections, "passive")]
    told = f"any of the {deeds} steps" if counts.passive == deeds else f"{counts.passive} of the {deeds} steps"
    yield Draft(
        f"Nobody is named for {told}: {_quotes(phrases, sections)}.",
        f"Turn “{_bare(phrases[0], sections)}” round, so that it begins with “I …” or with the name of whoever did it. Then the others.",
        {
            "passives": counts.passive,
            "deeds": deeds,
            "passive_share": round(counts.passive / deeds, 3),
            "limit": sections.profile.passive_share,
        },
        span=(phrases[0].start, phrases[0].end),
        part=Part.ACTION,
        follow_up="Who did that, and who decided it?",
    )


@rule(code="OW204", name="weak-verbs", severity=Severity.INFO, since="0.1", helps=4)
def weak_verbs(sections: Sections) -> Iterator[Draft]:
    """Verbs that make the speaker's own part small or hide it.

    What it checks:
        Two or more weak verbs of the speaker (“helped with”, “was involved in”) in the Task and the Action, or one where no
        step of “I” has a strong verb.

    Why it matters:
        “Helped with” covers everything from carrying the tables to running the whole event. Listeners take the smaller one.

    Flagged:
        Last year our school moved its timetable to a new system two weeks before term. I was involved in the planning. I helped
        with the import of the old rooms, and I worked on the training for the teachers. As a result, all 1,100 pupils
        had a timetable on the first day.

    Better:
        Last year our school moved its timetable to a new system two weeks before term. I was responsible for the rooms. I
        exported the old list, corrected ninety double bookings with the caretaker, and wrote a one-page guide for the teachers.
        As a result, all 1,100 pupils had a timetable on the first day.

    Source:
        Advice for CVs and interviews on verbs; the list is `own.weak` in the lexicons.
    """
    weak, strong = _weak(sections), _strong(sections)
    if not acts(sections) or not _sounds_weak(sections):
        return
    phrases = [_to_clause_end(w, sections) for w in weak]
    cues = [_cue(w, sections) for w in weak]
    first, quote = phrases[0], _bare(phrases[0], sections)
    yield Draft(
        f"{_quotes(phrases, sections)} {'does' if len(weak) == 1 else 'do'} not say what you did.",
        f"Instead of “{quote}”, say {_STRONGER.get(cues[0], _STRONGEST)}.",
        {"weak_verbs": len(weak), "at_most": _LEAST_WEAK - 1 if strong else 0, "strong_deeds_of_i": strong},
        span=(first.start, first.end),
        part=sections.sentences[first.sentence - 1].part,
        follow_up=f"You say “{quote}”: what did you do yourself?",
        cues=tuple(dict.fromkeys(cues)),
    )


def _weak(sections: Sections) -> list[Span]:
    return [w for w in sections.language.weak_verbs if sections.sentences[w.sentence - 1].part in (Part.TASK, Part.ACTION)]


def _strong(sections: Sections) -> int:
    """How many steps of “I” have a strong verb."""
    return sum(any(_overlap(d, v) for v in sections.language.strong_verbs) for d in _in_action(sections, "i", "implied"))


def _sounds_weak(sections: Sections) -> bool:
    return len(_weak(sections)) >= (_LEAST_WEAK if _strong(sections) else 1)


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _cue(weak: Span, sections: Sections) -> str:
    """The cue that found a weak verb."""
    mentions = sections.evidence.sentences[weak.sentence - 1].mentions
    return next((m.cue for m in mentions if m.kind == "own.weak" and (m.start, m.end) == (weak.start, weak.end)), "own.weak")


@rule(code="OW901", name="own-work", severity=Severity.INFO, since="0.1", praise=True)
def own_work(sections: Sections) -> Iterator[Draft]:
    """It is clear what the speaker did.

    What it checks:
        A sentence makes the speaker's own part unmistakable, and of the deeds in the Action of “I” and “we” at most a quarter
        are of “we”, out of three or more. Where weak-verbs has something to say, this has not.

    Why it matters:
        This is what the interviewer writes down. It is worth keeping when the answer is shortened.

    Flagged:
        Last spring the booking page of our clinic lost every tenth appointment. I was responsible for mending it before summer.
        I compared the logs with the calendar and found two jobs that wrote to one file, so I took them apart. As a result, lost
        appointments fell from forty a week to two.

    Better:
        Last spring the booking page of our clinic lost every tenth appointment. We were asked to mend it before summer. We
        compared the logs with the calendar, we found two jobs that wrote to one file, and we took them apart. As a result, lost
        appointments fell from forty a week to two.

    Source:
        `role_clear` in docs/labels.md and the share in `profiles.py`.
    """
    if not acts(sections) or not sections.facts.role_clear or sections.ownership.verdict != "own":
        return
    if not sections.ownership.role or _sounds_weak(sections):
        return
    role = _surest(sections.ownership.role, sections, _ROLE)
    counts = sections.ownership.in_action
    yield Draft(
        f"It is clear what was yours: “{_bare(role, sections)}”.",
        "Keep that sentence when you shorten the answer, and keep saying “I” in the steps.",
        _own_share(sections, i=counts.i + counts.implied, we=counts.we),
        span=(role.start, role.end),
        part=sections.sentences[role.sentence - 1].part,
        cues=names([role]),
    )


@rule(code="OW902", name="credits-others", severity=Severity.INFO, since="0.1", praise=True)
def credits_others(sections: Sections) -> Iterator[Draft]:
    """Others are named, and the speaker's own part stays clear.

    What it checks:
        A named other role or team took part, and of the deeds in the Action of “I” and “we” at most a quarter are of “we”, out
        of three or more. Where weak-verbs has something to say, this has not.

    Why it matters:
        It shows work with others without hiding behind them.

    Flagged:
        Last autumn our warehouse sent one parcel in twenty to the wrong shop. I was responsible for returns. I followed ten
        parcels by hand. I sat down with the finance team to see what each mistake cost, I redesigned the labels, and I
        trained the night shift. As a result, wrong parcels fell from five per cent to under one.

    Better:
        Last autumn our warehouse sent one parcel in twenty to the wrong shop. I was responsible for returns. I followed ten
        parcels by hand. I worked out what each mistake cost, I redesigned the labels, and I wrote a new checklist. As a result,
        wrong parcels fell from five per cent to under one.

    Source:
        `collaboration` in docs/labels.md and the share in `profiles.py`.
    """
    together = [c for c in sections.ownership.collaboration if c.probability >= CERTAIN]
    if not acts(sections) or not sections.facts.collaboration or sections.ownership.verdict != "own":
        return
    if not together or _sounds_weak(sections):
        return
    named = _surest(together, sections, *_PEOPLE)
    people = _mentions(named, sections, *_PEOPLE)
    place = _clause(people[0], sections) if people else named
    yield Draft(
        f"You say who else took part and still keep your own part apart: “{_bare(place, sections)}”.",
        "Keep it, and be ready to say what they thought of your plan at first.",
        _own_share(sections, sentences_with_others=len(together)),
        span=(place.start, place.end),
        part=sections.sentences[named.sentence - 1].part,
        cues=names([named]),
    )


def _own_share(sections: Sections, **values: int) -> dict[str, float | int | str]:
    """What was counted, with the share of “we” up to which the verdict is "own"."""
    return {**values, "we_share": sections.ownership.we_share or 0.0, "at_most": sections.profile.we_share / 2}
