"""What makes stories sound learned by heart when they are heard one after the other: the same way to begin, to go on, to breathe
and to end, and the same set phrases.

Every comparison takes two stories and gives a score from 0 to 1. The thresholds are ours. They were set so that answers of
different people, of whom nobody had heard the other, practically never reach them (benchmarks/README.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from star_analyzer.bank.telling import Line, Telling
from star_analyzer.bank.words import Word
from star_analyzer.bank_report import Likeness, Quote, QuotePair

OPENING = 0.8
CONNECTIVES = 0.6
RHYTHM = 0.8
PHRASES = 0.5
LESSON = 0.5
"""Scores from which two stories count as alike."""

_OPENING_WORDS = 8
_LEAST_SAME = 4
"""Words of the opening that must be the same: fewer are how English begins ("when I was")."""
_LEAST_CONNECTIVES = 3
_LEAST_LINES = 6
"""Sentences that a story must have before its rhythm says anything."""
_PHRASE = 5
"""Words of a set phrase; shorter ones are idioms that everybody uses."""
_FULL_PHRASES = 20
"""Words in shared set phrases that count as the full score."""
_MASK = "…"
_CONNECTIVES = tuple(
    sorted(
        (
            tuple(told.split())
            for told in (
                "first", "firstly", "first of all", "the first thing i did", "to start", "to begin with", "second", "secondly", "third",
                "thirdly", "next", "then", "after that", "afterwards", "from there", "finally", "lastly", "in the end", "eventually",
                "ultimately", "as a result", "as a consequence", "consequently", "therefore", "because of this", "because of that",
                "thanks to this", "to address this", "to solve this", "to tackle this", "to fix this", "to do this", "to do that",
                "additionally", "in addition", "moreover", "furthermore", "on top of that", "at the same time", "in parallel",
                "meanwhile", "however", "nevertheless", "instead", "looking back", "in hindsight", "in retrospect", "overall",
                "in short", "in summary", "to sum up", "since then", "going forward", "the challenge was", "the problem was",
                "my task was", "my role was", "my goal was", "the result was", "the outcome was", "the lesson was", "what i learned",
                "i learned", "the key takeaway", "the main takeaway", "at that point", "to that end", "with that", "for this reason",
            )
        ),
        key=lambda words: -len(words),
    )
)  # fmt: skip
"""Ways to lead over to the next step of a story, the longest first."""


def likenesses(left: Telling, right: Telling) -> Iterator[Likeness]:
    """Everything in which two stories are alike, beyond its threshold."""
    for found in (opening(left, right), connectives(left, right), rhythm(left, right), phrases(left, right), lesson(left, right)):
        if found is not None and found.score >= found.threshold:
            yield found


def _alike(words: Sequence[Word]) -> list[str]:
    """The words with a mask for those that say what the story is about."""
    return [_MASK if word.content else word.text for word in words]


def opening(left: Telling, right: Telling) -> Likeness | None:
    """Whether they begin with the same formula, whatever names are put into it."""
    ours, theirs = left.opening[:_OPENING_WORDS], right.opening[:_OPENING_WORDS]
    if not ours or not theirs:
        return None
    first = next((k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a.stem != b.stem), min(len(ours), len(theirs)))
    match = SequenceMatcher(None, _alike(ours), _alike(theirs), autojunk=False)
    same = [word for block in match.get_matching_blocks() for word in ours[block.a : block.a + block.size] if not word.content]
    # the same words to begin with, or the same frame with other names in it
    score = max(min(1.0, first / (_LEAST_SAME + 1)), match.ratio() if len(same) >= _LEAST_SAME else 0.0)
    pair = QuotePair(left=left.quote(ours[0].start, ours[-1].end), right=right.quote(theirs[0].start, theirs[-1].end))
    shared = left.words_from(ours[0], ours[first - 1]) if first >= _LEAST_SAME else " … ".join(_runs(match, ours))
    return Likeness(
        kind="opening", stories=(left.story, right.story), score=round(score, 3), threshold=OPENING, shared=(shared,), evidence=(pair,)
    )


def _runs(match: SequenceMatcher[str], words: Sequence[Word]) -> list[str]:
    blocks = [words[b.a : b.a + b.size] for b in match.get_matching_blocks() if b.size]
    return [told for block in blocks if (told := " ".join(w.text for w in block if not w.content))]


def _connective(line: Line) -> str | None:
    """The connective that a sentence opens with."""
    texts = [word.text for word in line.words[:_OPENING_WORDS]]
    if texts and texts[0] in ("and", "so", "but"):
        texts = texts[1:]
    return next((" ".join(told) for told in _CONNECTIVES if tuple(texts[: len(told)]) == told), None)


def _beginning(telling: Telling, line: Line) -> Quote:
    return telling.quote(line.start, line.words[:_OPENING_WORDS][-1].end)


def connectives(left: Telling, right: Telling) -> Likeness | None:
    """Whether their sentences are joined by the same connectives in the same order."""
    ours, theirs = ([(told, line) for line in t.lines if (told := _connective(line))] for t in (left, right))
    match = SequenceMatcher(None, [told for told, _ in ours], [told for told, _ in theirs], autojunk=False)
    blocks = [(b.a + k, b.b + k) for b in match.get_matching_blocks() for k in range(b.size)]
    names = list(dict.fromkeys(ours[a][0] for a, _ in blocks))
    if len(names) < _LEAST_CONNECTIVES:
        return None
    return Likeness(
        kind="connectives",
        stories=(left.story, right.story),
        score=round(match.ratio(), 3),
        threshold=CONNECTIVES,
        shared=tuple(names),
        evidence=tuple(QuotePair(left=_beginning(left, ours[a][1]), right=_beginning(right, theirs[b][1])) for a, b in blocks),
    )


def rhythm(left: Telling, right: Telling) -> Likeness | None:
    """Whether their sentences are as long as each other's, one after the other."""
    ours, theirs = left.lines, right.lines
    if min(len(ours), len(theirs)) < _LEAST_LINES or abs(len(ours) - len(theirs)) > 1:
        return None
    pairs = list(zip(ours, theirs, strict=False))
    if len(ours) != len(theirs):  # one sentence more in one of them: counted from both ends
        ends = list(zip(reversed(ours), reversed(theirs), strict=False))
        pairs = pairs[: len(pairs) // 2] + ends[: len(pairs) - len(pairs) // 2][::-1]
    near = [min(len(a.words), len(b.words)) / max(len(a.words), len(b.words)) for a, b in pairs]
    score = sum(near) / max(len(ours), len(theirs))
    lengths = ["-".join(str(len(line.words)) for line in lines) for lines in (ours, theirs)]
    return Likeness(
        kind="rhythm",
        stories=(left.story, right.story),
        score=round(score, 3),
        threshold=RHYTHM,
        shared=(f"words: {lengths[0]} and {lengths[1]}",),
        evidence=tuple(QuotePair(left=left.quote_line(a), right=right.quote_line(b)) for a, b in pairs),
    )


def phrases(left: Telling, right: Telling) -> Likeness | None:
    """The set phrases of five words and more that both use."""
    grams = shared_grams(left.words, right.words, content=2)
    ours, theirs = runs(left.words, grams), runs(right.words, grams)
    if not ours:
        return None
    at = {_texts(right.words[k : k + _PHRASE]): run for run in reversed(theirs) for k in range(run[0], run[1] - _PHRASE + 1)}
    pairs = [((a, b), at[_texts(left.words[a : a + _PHRASE])]) for a, b in ours]
    return Likeness(
        kind="phrases",
        stories=(left.story, right.story),
        score=round(min(1.0, min(size(ours), size(theirs)) / _FULL_PHRASES), 3),
        threshold=PHRASES,
        shared=tuple(left.words_from(left.words[a], left.words[b - 1]) for a, b in ours),
        evidence=tuple(QuotePair(left=_quoted(left, one), right=_quoted(right, other)) for one, other in pairs),
    )


Run = tuple[int, int]
"""Words by their places, the second one behind the last."""


def shared_grams(left: Sequence[Word], right: Sequence[Word], content: int = 0) -> frozenset[tuple[str, ...]]:
    """The runs of five words that both have, with so many words in them that are neither small nor numbers."""
    ours, theirs = ({_texts(words[k : k + _PHRASE]): k for k in range(len(words) - _PHRASE + 1)} for words in (left, right))
    return frozenset(gram for gram, k in ours.items() if gram in theirs and _says(left[k : k + _PHRASE]) >= content)


def runs(words: Sequence[Word], grams: Collection[tuple[str, ...]]) -> list[Run]:
    """The longest stretches of a story that are made of such runs."""
    out: list[Run] = []
    for k in range(len(words) - _PHRASE + 1):
        if _texts(words[k : k + _PHRASE]) in grams:
            if out and k <= out[-1][1]:
                out[-1] = (out[-1][0], k + _PHRASE)
            else:
                out.append((k, k + _PHRASE))
    return out


def size(found: Sequence[Run]) -> int:
    """How many words they have."""
    return sum(behind - first for first, behind in found)


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _says(words: Sequence[Word]) -> int:
    return sum(word.matter for word in words)


def _quoted(telling: Telling, run: Run) -> Quote:
    return telling.quote(telling.words[run[0]].start, telling.words[run[1] - 1].end)


def lesson(left: Telling, right: Telling) -> Likeness | None:
    """Whether they end with the same lesson."""
    best = 0.0
    found: tuple[Line, Line, list[str]] | None = None
    for ours in left.closing:
        for theirs in right.closing:
            a, b = (dict.fromkeys(w.stem for w in line.words if w.matter) for line in (ours, theirs))
            both = [stem for stem in a if stem in b]
            if len(both) < 3:
                continue
            score = len(both) / len({*a, *b})
            if score > best:
                best, found = score, (ours, theirs, [w.text for w in ours.words if w.stem in both and w.content])
    if found is None:
        return None
    return Likeness(
        kind="lesson",
        stories=(left.story, right.story),
        score=round(best, 3),
        threshold=LESSON,
        shared=tuple(dict.fromkeys(found[2])),
        evidence=(QuotePair(left=left.quote_line(found[0]), right=right.quote_line(found[1])),),
    )
