"""What came of it: whether the result can be checked, compared and believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from star_analyzer.report import Part, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import is_event, names, part_of
from star_analyzer.sections import Change, Quantity, Span
from star_analyzer.spans import CERTAIN, numbers

_MOST_QUOTES = 3
"""Quotes in one message. More than three are a list."""

_ARTICLE = re.compile(r"(?i)\b(?:the|an?|our|my|their|his|her|its)\s$")

_TELLING = ("percent", "percentage_points", "metric", "money", "ratio", "rate", "count", "size", "time")
"""Kinds of quantity, those first that most surely measure an outcome: a time is often only a date ("in three months")."""

_CLOCK = ({"millisecond", "second", "minute", "hour"}, {"day", "week", "month"})
"""Units of time in which the same thing may be told once and once again."""
_SPAN_OF_TIME = re.compile(r"(?i)\b(?:for|in|within|after|since|over|last|past|next|every|first)\s(?:about\s|almost\s|nearly\s|the\s)?$")
"""What stands before a time that is a date or a stretch, not how long something took."""
_JOINT = re.compile(r"(?i)^(?:(?:and|but|so|then)\s)+")
_BOUNDARY = re.compile(r"[,;:.!?–—](?=\s|$|[\"”’)])|\s[–—-]\s|\n")

_NUMBER_FOR = {
    "business": "orders, revenue or customers kept, as in “orders rose from … to … a week”",
    "adoption": "how many people or teams used it, out of how many, and how soon",
    "reliability": "failures, outages or complaints a month, before and after",
    "time_or_cost": "the hours, days or money it takes now, and what it took before",
    "model_quality": "the measure you watched, on which data, for the old model and the new",
}
"""The number that fits a kind of result."""
_NUMBER = "how many, how long or how much it is now, and what it was before"

_BASELINE_FOR = {
    "percent": "Put the two figures beside “{}”: from how much to how much.",
    "percentage_points": "Put the two figures beside “{}”: from how much to how much.",
    "metric": "Say what the old version, or the simplest baseline, reached beside “{}”.",
    "money": "Say what “{}” is to be measured against: the bill before, the budget or the goal.",
    "time": "Say how long it took before, in the same breath as “{}”.",
}
"""What to add beside a number of a kind."""
_BASELINE = "Say what it was before, or what had been expected, in the same breath as “{}”."

_WHY_WRONG = {
    "nothing can fall": "Say from what to what. “Three times less” is “to a third”, or “by two thirds”.",
    "cannot be more than 100%": "If it is a relative gain, say “rose by …, from … to …”; if not, look the figure up.",
    "cannot be more than 1": "Look the figure up: perhaps the decimal point slipped, or it is a gain and not a value.",
}
"""What may have been meant, by the reason."""

_TECHNICAL = frozenset({"time_or_cost", "model_quality"})


def _results(sections: Sections) -> list[Span]:
    """The sentences of the Result."""
    return [Span(sentence=s.number, start=s.start, end=s.end) for s in sections.sentences if s.part is Part.RESULT]


def _bare(span: Span, sections: Sections) -> str:
    """Words of a span for use inside a message, without the full stop and without what joins them to the words before."""
    return _JOINT.sub("", sections.quote(span)).rstrip(".!")


def _shown(span: Span, sections: Sections) -> Span:
    """A number with the words that give it its meaning: of a single word ("half", "two") and of a date the whole clause."""
    text, sentence = sections.evidence.text, sections.sentences[span.sentence - 1]
    if not text[span.start : span.end].isalpha() and not (isinstance(span, Quantity) and _is_stretch(span, sections)):
        return span
    start = max((m.end() for m in _BOUNDARY.finditer(text, sentence.start, span.start)), default=sentence.start)
    after = _BOUNDARY.search(text, span.end, sentence.end)
    words = text[start : after.start() if after else sentence.end]
    return Span(sentence=span.sentence, start=start + len(words) - len(words.lstrip()), end=start + len(words.rstrip()))


def _told_before(number: Quantity, sections: Sections) -> Quantity | None:
    """A number of the Situation that may be what it was before: another one of the same kind and unit."""
    for q in sections.outcomes.quantities:
        same = q.unit == number.unit != "" or any({q.unit, number.unit} <= units for units in _CLOCK)
        alike = q.part is Part.SITUATION and (q.kind, q.metric) == (number.kind, number.metric) and same
        if alike and q.value != number.value and not _is_stretch(q, sections):
            return q
    return None


_BARE_NUMBER = re.compile(
    r"(?i)\b(?:was|is|were|are|it's|to|only|just|now)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|none|\d[\d.,]*\d|\d)(?=[\s.,;]|$)"
)
_THEN_AND_NOW = re.compile(r"(?i)\b(?:used to|before|earlier|previously|instead of|had been|until then)\b")


def _stands_beside_another(number: Quantity, sections: Sections) -> bool:
    """Whether another number of the same unit, or a bare one, stands in the same sentence or the one before, with words that set
    then against now: "It used to take 7 days. Now it's 4 days."
    """
    near = (number.sentence - 1, number.sentence)
    others = [q for q in sections.outcomes.quantities if q.sentence in near and q.value != number.value and q.unit in ("", number.unit)]
    first = sections.sentences[max(1, number.sentence - 1) - 1].start
    text, end = sections.evidence.text, sections.sentences[number.sentence - 1].end
    bare = _BARE_NUMBER.search(text, number.end, end)
    return bool(others or bare) and _THEN_AND_NOW.search(text[first:end]) is not None


def _is_stretch(q: Quantity, sections: Sections) -> bool:
    """Whether a time is a date or a stretch ("in three weeks") rather than how long something took."""
    start = sections.sentences[q.sentence - 1].start
    return q.kind == "time" and _SPAN_OF_TIME.search(sections.evidence.text, start, q.start) is not None


def _most_telling(quantities: Sequence[Quantity]) -> Quantity | None:
    """The number that says most: of the Result before other parts, by kind, the first."""
    return min(quantities, key=lambda q: (q.part is not Part.RESULT, _TELLING.index(q.kind), q.start), default=None)


def _measuring(sections: Sections) -> list[Quantity]:
    """Numbers that measure the outcome and can be true."""
    wrong = {i.start for i in sections.outcomes.implausible}
    return [q for q in sections.outcomes.quantities if q.outcome and q.start not in wrong]


def _strongest(sections: Sections) -> Change | Quantity | None:
    """What says most about the outcome: a change before a bare number, with both figures before a ratio, of the Result first."""
    inside = numbers(sections.outcomes.measured) - numbers(sections.outcomes.implausible)
    told = [c for c in sections.outcomes.changes if c.sentence in inside]
    change = min(told, key=lambda c: (c.part is not Part.RESULT, c.before is None or c.after is None, c.start), default=None)
    return change or _most_telling([q for q in _measuring(sections) if q.sentence in inside])


def _uncheckable(sections: Sections) -> list[Span]:
    """Vague claims of success with no number in the same sentence."""
    measured = {q.sentence for q in sections.outcomes.quantities if q.kind in _TELLING} | numbers(sections.outcomes.changes)
    return [_with_article(v, sections) for v in sections.outcomes.vague if v.sentence not in measured]


def _with_article(span: Span, sections: Sections) -> Span:
    before = _ARTICLE.search(sections.evidence.text, sections.sentences[span.sentence - 1].start, span.start)
    return Span(sentence=span.sentence, start=before.start() if before else span.start, end=span.end)


@rule(code="OC101", name="result-unmeasured", severity=Severity.WARNING, since="0.1", helps=8)
def result_unmeasured(sections: Sections) -> Iterator[Draft]:
    """A result is told, but no number measures it.

    What it checks:
        There is a Result, but no number in it that measures the outcome; a date or the size of a team is none. Where the
        Result is nothing but words that nobody could check, vague-impact says so instead.

    Why it matters:
        A number is what the listener repeats to the others in the room. Even a rough one, said to be rough, is better than none.

    Flagged:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the shops have had
        their prices at opening time ever since.

    Better:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the import dropped
        from six hours to forty minutes, and all 300 shops have had their prices at opening time ever since.

    Source:
        `result_quantified` in docs/labels.md; common coaching advice for the R of STAR.
    """
    if not is_event(sections) or sections.facts.result_quantified:
        return
    vague = numbers(_uncheckable(sections))
    result = next((r for r in _results(sections) if r.sentence not in vague), None)
    if result is None:
        return
    kinds = sections.facts.result_kinds
    fitting = _NUMBER_FOR[kinds[0]] if kinds else _NUMBER
    other = next((q for q in sections.outcomes.quantities if q.part is Part.RESULT and q.kind in (*_TELLING, "date", "people")), None)
    seen = (
        f"No number measures the result: “{_bare(result, sections)}”."
        if other is None
        else f"“{_bare(other, sections)}” stands in the result, but no number says how much changed."
    )
    yield Draft(
        seen,
        f"Add one number to it: {fitting}. If you never measured it, give your best estimate and say how you came by it.",
        {"numbers_that_measure_the_outcome": 0, "at_least": 1, "kinds_of_result": ", ".join(kinds) or "none"},
        span=(result.start, result.end),
        part=Part.RESULT,
        follow_up="How much did it change, and how do you know?",
        cues=names([e for k in sections.outcomes.kinds if k.kind in kinds[:1] for e in k.evidence]),
    )


@rule(code="OC102", name="no-baseline", severity=Severity.INFO, since="0.1", helps=4)
def no_baseline(sections: Sections) -> Iterator[Draft]:
    """A number measures the result, but nothing says what it was before.

    What it checks:
        The Result is measured, but no outcome is told with its before and after or as their ratio (“cut in half”), nor with
        another number beside it that says how it used to be. A bare percentage (“dropped 40%”) is no baseline. Where the
        Situation has a number of the same kind and unit, it is named.

    Why it matters:
        Forty per cent of two minutes is not forty per cent of six hours. Only the before shows how far it went.

    Flagged:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the time for the
        import dropped by 80%.

    Better:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the import dropped
        from six hours to forty minutes.

    Source:
        `baseline_given` in docs/labels.md.
    """
    if not is_event(sections) or not _results(sections) or not sections.facts.result_quantified or sections.facts.baseline_given:
        return
    number = _most_telling(_measuring(sections))
    place = _shown(number, sections) if number else next(iter(sections.outcomes.measured), None)
    if place is None or (number is None and sections.outcomes.implausible):
        return
    if number is not None and _stands_beside_another(number, sections):
        return
    quote = _bare(place, sections)
    before = _told_before(number, sections) if number else None
    if number is None:
        message = f"The result is measured (“{quote}”), but nothing says what it was before."
        mend, ask = "Say what it was before, in the same breath.", "What was it before?"
    elif before is None:
        message = f"“{quote}” is told without what it was before."
        mend = (_BASELINE if _is_stretch(number, sections) else _BASELINE_FOR.get(number.kind, _BASELINE)).format(quote)
        ask = f"“{quote}”: what was it before?"
    else:
        old = _bare(before, sections)
        message = f"“{quote}” stands far from “{old}” at the beginning, so nobody hears how far it went."
        mend = f"If that is what it was before, say both in one breath: “from {old} to {quote}”."
        ask = f"“{quote}”: compared with what?"
    yield Draft(
        message,
        mend,
        {"outcomes_with_before_and_after": 0, "at_least": 1, "number": quote, "told_earlier": _bare(before, sections) if before else "no"},
        span=(place.start, place.end),
        part=part_of(place, sections),
        follow_up=ask,
        cues=names(sections.outcomes.measured[:1]),
    )


@rule(code="OC201", name="vague-impact", severity=Severity.WARNING, since="0.1", helps=6)
def vague_impact(sections: Sections) -> Iterator[Draft]:
    """Success is claimed in words that nobody could check.

    What it checks:
        A phrase of success (“worked really well”, “everyone was happy”) in the Result or the Reflection, in a sentence without
        a number.

    Why it matters:
        Everybody says it of every project, so the listener learns nothing. What somebody saw or counted is believed.

    Flagged:
        Last June the kitchen of our hotel sent most breakfasts out late. I was responsible for the morning shift. I watched
        two mornings with a stopwatch, moved the toast station next to the pass, and gave each cook one task. In the end it worked
        really well and everyone was happy.

    Better:
        Last June the kitchen of our hotel sent most breakfasts out late. I was responsible for the morning shift. I watched
        two mornings with a stopwatch, moved the toast station next to the pass, and gave each cook one task. As a result, the
        wait for breakfast dropped from 25 minutes to 9.

    Source:
        `vague_impact` in docs/labels.md; the list is `outcome.vague` in the lexicons.
    """
    vague = _uncheckable(sections)
    if not is_event(sections) or not vague:
        return
    first = vague[0]
    words = list(dict.fromkeys(_bare(v, sections) for v in vague))
    quoted = [f"“{w}”" for w in words[:_MOST_QUOTES]]
    said = quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
    nobody = f"Nobody can check {said}"
    strongest = _strongest(sections)
    if strongest is not None:
        number = _bare(_shown(strongest, sections), sections)
        message = f"{nobody}; “{number}” is what convinces."
        mend = f"Leave out “{words[0]}”, or say what somebody said or did. Let “{number}” speak for itself."
    elif sections.facts.vague_impact:
        message = f"{nobody}, and nothing else is told of what came of it."
        mend = f"Say what somebody saw or counted that made you think “{words[0]}”: one figure, or one thing that was no longer needed."
    else:
        message = f"{nobody}, and no number stands beside that."
        mend = f"Say what you saw that made you think “{words[0]}”: who said or did what, how often, since when."
    yield Draft(
        message,
        mend,
        {"vague_claims": len(vague), "limit": 0, "measured_sentences": len(sections.outcomes.measured)},
        span=(first.start, first.end),
        part=part_of(first, sections),
        follow_up=f"You say “{words[0]}”: how did you know?",
    )


@rule(code="OC301", name="implausible-number", severity=Severity.WARNING, since="0.1", helps=10)
def implausible_number(sections: Sections) -> Iterator[Draft]:
    """A number that cannot be true as it stands.

    What it checks:
        A fall by more than 100%, or a share such as accuracy, recall or AUC above 100% or just above 1. A rise by more than
        100% is none, and neither is a ratio.

    Why it matters:
        One impossible number makes the listener doubt all the others.

    Flagged:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the import time dropped
        by 300%.

    Better:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the import time dropped
        to a third, from six hours to two.

    Source:
        Arithmetic.
    """
    if not is_event(sections):
        return
    for wrong in sections.outcomes.implausible:
        quote = sections.quote(wrong)
        meant = next((hint for reason, hint in _WHY_WRONG.items() if reason in wrong.why), "Look the figure up.")
        yield Draft(
            f"“{quote}” cannot be true as it stands: {wrong.why}.",
            meant,
            {"number": quote, "limit": wrong.why},
            span=(wrong.start, wrong.end),
            part=part_of(wrong, sections),
            follow_up=f"How did you come to “{quote}”?",
        )


@rule(code="OC302", name="result-kind-missing", severity=Severity.INFO, since="0.1", helps=3)
def result_kind_missing(sections: Sections) -> Iterator[Draft]:
    """The results are technical, and nothing says what they did for the business or for people.

    What it checks:
        The Result is measured, but shows only time, cost or the quality of a model: nothing about the business and nobody who
        uses it. Money saved counts as business. Only for profiles in which the framing of the problem counts.

    Why it matters:
        A faster job or a better score is a means. A manager asks what it was good for.

    Flagged:
        Our ticket classifier at the bank was wrong in a third of the cases. My task was to improve it. I cleaned two thousand
        labels by hand, dropped three leaking features and retrained the model. As a result, F1 on the held-out set went from
        0.71 to 0.84.

    Better:
        Our ticket classifier at the bank was wrong in a third of the cases. My task was to improve it. I cleaned two thousand
        labels by hand, dropped three leaking features and retrained the model. As a result, F1 on the held-out set went from
        0.71 to 0.84, and customer churn fell by two per cent because complaints reached the right desk the same day.

    Source:
        The signal of framing: whether work is tied to what the business wanted.
    """
    kinds = _shown_kinds(sections)
    framed = "framing" in sections.profile.signals
    if not is_event(sections) or not _results(sections) or not sections.facts.result_quantified or not framed:
        return
    if not kinds or kinds - _TECHNICAL or any(q.kind == "money" for q in _measuring(sections)):
        return
    found = [e for k in sections.outcomes.kinds if k.kind in kinds for e in k.evidence]
    strongest = _strongest(sections)
    shown = f" (“{_bare(_shown(strongest, sections), sections)}”)" if strongest else ""
    yield Draft(
        f"The result is told as {_plain(kinds)}{shown}. A manager will ask what that did for the business or for the people who use it.",
        "Carry it one step further: what could somebody then do, sell, or stop doing, and how much of it?"
        if "time_or_cost" in kinds
        else "Carry it one step further: how many mistakes, hours or complaints fewer is that in a month?",
        {"kinds_of_result": ", ".join(sorted(kinds)), "at_least": "business or adoption"},
        part=Part.RESULT,
        follow_up="What did it do for the business?",
        cues=names(found[:1]),
    )


def _shown_kinds(sections: Sections) -> set[str]:
    """The kinds of result that a sentence shows for certain; an uncertain one counts in a sentence that shows no other."""
    found = [(k.kind, e) for k in sections.outcomes.kinds for e in k.evidence]
    certain = {e.sentence for _, e in found if e.probability >= CERTAIN}
    return {kind for kind, e in found if e.probability >= CERTAIN or e.sentence not in certain}


def _plain(kinds: set[str]) -> str:
    names = {"time_or_cost": "time or cost", "model_quality": "a measure of quality"}
    return " and ".join(names[k] for k in sorted(kinds))


@rule(code="OC901", name="measured-result", severity=Severity.INFO, since="0.1", praise=True)
def measured_result(sections: Sections) -> Iterator[Draft]:
    """The result is told with a number.

    What it checks:
        A number measures the outcome, best with its before and after.

    Why it matters:
        It is the sentence that is remembered.

    Flagged:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the import dropped
        from six hours to forty minutes.

    Better:
        At my last company the nightly import was slow and the shops opened without prices. My task was to get it done before
        opening time. I profiled it, split the file into pieces and loaded them in parallel. As a result, the shops have had
        their prices at opening time ever since.

    Source:
        `result_quantified` and `baseline_given` in docs/labels.md.
    """
    if not is_event(sections) or not sections.facts.result_quantified:
        return
    strongest = _strongest(sections)
    if strongest is None:
        return
    place = _shown(strongest, sections)
    quote = _bare(place, sections)
    if isinstance(strongest, Change) and strongest.before is not None and strongest.after is not None:
        message, keep = (
            f"“{quote}” says what it was and what it became.",
            "Keep both figures, and say them first when you come to the result.",
        )
    elif isinstance(strongest, Change):
        message, keep = f"“{quote}” says how far it went.", "Keep it, and have the two figures behind it ready: they may ask."
    else:
        message, keep = f"“{quote}” puts a number on the result.", "Keep the number, and say it first when you come to the result."
    yield Draft(
        message,
        keep,
        {"measured_sentences": len(sections.outcomes.measured), "at_least": 1, "number": quote},
        span=(place.start, place.end),
        part=part_of(place, sections),
        cues=names([c for c in sections.outcomes.measured if c.sentence == place.sentence]),
    )
