"""The spine of a story: a few lines of its own words to tell it from, without learning it by heart."""

from __future__ import annotations

import re
from collections import Counter

from star_analyzer.bank.words import FUNCTION_WORDS
from star_analyzer.bank_report import Bullet
from star_analyzer.report import Part, Report, Sentence

_MOST = {Part.SITUATION: 1, Part.TASK: 1, Part.ACTION: 3, Part.RESULT: 2, Part.REFLECTION: 1}
"""Lines for each part."""
_LONGEST = 20
"""Words of a line: what can be read at a glance."""
_WHOLE = 30
"""Words of a line whose clause ends no sooner; a longer sentence in which none ends is cut."""
_SHORTEST = 6
"""Words that a line keeps at least when it is cut where a clause ends."""
_LEAD = re.compile(
    r"(?i)(?:(?:so|and|but|well|then|um|uh|okay|also|now|first(?: of all)?|firstly|second(?:ly)?|third(?:ly)?|next|finally|after that|"
    r"in the end|as a result|eventually|instead|however)"
    r"(?:\s*,\s*|\s+(?=(?:i|we|my|our|the|they|he|she|it|so|and|then|first|next|also|finally)\b)))+(?=\w)"
)
"""What leads over to a sentence, before a comma or a subject: "instead of" and "so far" say something."""
_MARKS = re.compile(r",(?!\d)|[;:–—(](?!\d)|\s-\s")
_JOINTS = re.compile(r"\b(?:because|since|so that|which|while|although|whereas|where|when|and then|and so|but|before|after)\b")
"""Where a line may end: better at a mark than before a word that leads on."""
_CONDITION = re.compile(r"(?i)\b(?:if|unless|until)\b")
"""Words that turn what stands before them: they are not cut off."""
_HOLDS = re.compile(r"[\"“”«»()\[\]]")
_WORD = re.compile(r"\w+(?:['’.,/-]\w+)*%?")


def spine(report: Report, story: int) -> tuple[Bullet, ...]:
    """The most telling sentences of every part, cut to a line each, in the order S, T, A, R, lesson."""
    if not report.reliable:
        return ()
    weight = _weights(report)
    out: list[Bullet] = []
    for part, most in _MOST.items():
        inside = [s for s in report.sentences if s.part is part]
        ranked = sorted(inside, key=lambda s: (-_worth(s, weight), s.number))
        if part is Part.REFLECTION:  # people come to their lesson at the end
            ranked.sort(key=lambda s: (s.words < _SHORTEST, -s.number))
        # a second line of result or setup has to say something; a step that was taken always does
        best = [s for at, s in enumerate(ranked[:most]) if at == 0 or weight[s.number] or part is Part.ACTION]
        for sentence in sorted(best, key=lambda s: s.number):
            start, end = line_of(report, sentence)
            out.append(Bullet(story=story, sentence=sentence.number, start=start, end=end, part=part))
    return tuple(out)


def _weights(report: Report) -> Counter[int]:
    """How much of what counts each sentence says."""
    told = report.decisions
    counts: Counter[int] = Counter()
    outcomes = (report.outcomes.measured, report.outcomes.baseline, report.outcomes.changes)
    decisions = (told.choices, told.reasons, told.alternatives, told.tradeoffs, told.validations)
    for spans in (*outcomes, *decisions, report.ownership.role, report.ownership.collaboration, report.language.strong_verbs):
        counts.update({span.sentence for span in spans})
    for item in report.constraints.items:
        counts.update({claim.sentence for claim in item.evidence})
    return counts


def _worth(sentence: Sentence, weight: Counter[int]) -> float:
    short = min(1.0, sentence.words / _SHORTEST)
    return (weight[sentence.number] + sentence.confidence) * short


def line_of(report: Report, sentence: Sentence) -> tuple[int, int]:
    """The characters of a sentence that make a line: without what leads over, up to where a clause ends."""
    text, start, end = report.text, sentence.start, sentence.end
    lead = _LEAD.match(text, start, end)
    if lead is not None:
        start = lead.end()
    words = list(_WORD.finditer(text, start, end))
    if len(words) > _LONGEST:
        # the number is why the sentence was chosen
        needed = max((q.end for q in report.outcomes.quantities if q.sentence == sentence.number and q.outcome), default=0)
        verb = min((d.end for d in report.ownership.deeds if d.sentence == sentence.number), default=sentence.end)
        last = words[_LONGEST].start()
        if len(words) > _WHOLE and verb > words[_WHOLE].start():  # what carries the sentence is no person's deed
            verb = start
        marks, joints = ([at for at in _ends(kind, text, words) if at >= max(needed, verb)] for kind in (_MARKS, _JOINTS))
        near = [at for at in marks if at <= last] or [at for at in joints if at <= last]
        if near:
            end = near[-1]
        elif later := [at for at in (*marks, *joints) if len(words) <= _WHOLE or at <= words[_WHOLE].start()]:
            end = min(later)
        elif len(words) > _WHOLE and not _HOLDS.search(text, start, end):
            end = max(_bare_end(words, _LONGEST), verb)
        if _CONDITION.search(text, end, sentence.end):
            end = sentence.end
    return start, start + len(text[start:end].rstrip(" \t\r\n.,;:–—-("))


def _ends(kind: re.Pattern[str], text: str, words: list[re.Match[str]]) -> list[int]:
    """Where a clause ends behind the shortest line, but not inside brackets or a quotation."""
    first, last = words[_SHORTEST].start(), words[-1].start()
    return [m.start() for m in kind.finditer(text, first, last) if not _HOLDS.search(text, words[0].start(), m.start())]


def _bare_end(words: list[re.Match[str]], most: int) -> int:
    """The end of the last of some words that does not lead on to the next."""
    kept = words[:most]
    while len(kept) > _SHORTEST and kept[-1][0].casefold() in FUNCTION_WORDS:
        kept.pop()
    return kept[-1].end()
