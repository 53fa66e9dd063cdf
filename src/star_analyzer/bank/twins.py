"""Two tellings of one story: copied, copied with other words for things, or told anew.

A copy shares its words. Synonyms leave a sentence's frame standing: its small words in their order, with holes where the
others were; so the sentences of two stories are laid side by side in their order, by their frames. Set phrases that both use are
left out of that: stories that are rehearsed alike share them too, and are no twins. A story told anew keeps neither words nor
frames, but its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from star_analyzer.bank.rehearsed import runs, shared_grams, size
from star_analyzer.bank.telling import Line, Telling
from star_analyzer.bank_report import Likeness, QuotePair
from star_analyzer.sections import Quantity

COPY = 0.75
"""Share of the words of the shorter story that stand in the same runs as in the other, from which it is a copy. Stories that are
rehearsed alike reach 0.6."""
FRAMES = 0.37
"""Likeness of the frames from which it is a copy with other words. Answers of different people and stories told by one formula
stay below, copies begin at 0.42 (benchmarks/README.md)."""
SHORT_FRAMES = 0.6
"""The same for stories of less than `_FULL` words: of a formula and a few facts little is left but frames."""
_FULL = 100
NUMBERS = 0.75
"""Share of the numbers of the story that has fewer, from which the same thing is told."""
_LEAST_NUMBERS = 3
_LEAST_ODD = 1
"""Of these, how many must be no round ones: tens, hundreds and small counts are in every story."""
_LEAST_ABOUT = 0.2
"""Share of the words beyond small ones that stories with the same numbers must have in common."""
_SMALL = 10
"""Whole numbers up to this one are small counts."""
_LEAST_WORDS = 4
"""Words of a sentence below which its frame says nothing."""
_MOST_LINES = 200
"""Sentences of a telling that are compared: an answer has a tenth of that."""
_SHOWN = 4
"""Pairs of sentences that are shown."""
_HOLE = "_"


class _Match(NamedTuple):
    weight: float
    left: Line
    right: Line


def twin(left: Telling, right: Telling) -> Likeness | None:
    """The likeness of two stories that are one, or None."""
    grams = shared_grams(left.words, right.words)
    shares = runs(left.words, grams), runs(right.words, grams)
    least = max(1, min(len(left.words), len(right.words)))
    copied = min(map(size, shares)) / least
    masks = tuple(frozenset(w.start for a, b in found for w in t.words[a:b]) for t, found in zip((left, right), shares, strict=True))
    matches = _aligned(left, right, masks if copied < COPY else (frozenset(), frozenset()))
    frames = min(1.0, sum(m.weight for m in matches) / least)
    ours, theirs = _numbers(left), _numbers(right)
    numbers, fewer = ours & theirs, min(len(ours), len(theirs))
    about = len(left.content & right.content) / max(1, min(len(left.content), len(right.content)))
    if copied >= COPY:
        score, threshold, shared = copied, COPY, f"{copied:.0%} of the words, in the same runs"
    elif frames >= (enough := FRAMES if least >= _FULL else SHORT_FRAMES):
        score, threshold, shared = frames, enough, "the frames of their sentences, with other words in them"
    elif (
        len(numbers) >= _LEAST_NUMBERS
        and sum(map(_is_odd, numbers)) >= _LEAST_ODD
        and len(numbers) / fewer >= NUMBERS
        and about >= _LEAST_ABOUT
    ):
        score, threshold = len(numbers) / fewer, NUMBERS
        shared = f"the numbers {', '.join(f'{n:g}{unit}' for n, unit in sorted(numbers)[:6])}"
        return _likeness(left, right, score, threshold, shared, _with_numbers(left, right, numbers))
    else:
        return None
    best = sorted(sorted(matches, key=lambda m: (-m.weight, m.left.start))[:_SHOWN], key=lambda m: m.left.start)
    return _likeness(left, right, score, threshold, shared, [(m.left, m.right) for m in best])


def _likeness(left: Telling, right: Telling, score: float, threshold: float, shared: str, pairs: list[tuple[Line, Line]]) -> Likeness:
    return Likeness(
        kind="twin",
        stories=(left.story, right.story),
        score=round(score, 3),
        threshold=threshold,
        shared=(shared,),
        evidence=tuple(QuotePair(left=left.quote_line(a), right=right.quote_line(b)) for a, b in pairs),
    )


def _aligned(left: Telling, right: Telling, masks: Sequence[frozenset[int]]) -> list[_Match]:
    """The pairs of sentences, both in their order, that are most alike in all. Their weight is their likeness times their words."""
    ours, theirs = ([line for line in t.lines if len(line.words) >= _LEAST_WORDS][:_MOST_LINES] for t in (left, right))
    frames = [[_frame(line, mask) for line in lines] for lines, mask in zip((ours, theirs), masks, strict=True)]
    weights = [
        [
            _like(a, b) * min(len(x.words), len(y.words)) if 0.5 <= len(x.words) / len(y.words) <= 2 else 0.0
            for y, b in zip(theirs, frames[1], strict=True)
        ]
        for x, a in zip(ours, frames[0], strict=True)
    ]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            best[i + 1][j + 1] = max(best[i][j] + weight, best[i][j + 1], best[i + 1][j])
    out: list[_Match] = []
    i, j = len(ours), len(theirs)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            out.append(_Match(weights[i][j], ours[i], theirs[j]))
    return out[::-1]


def _frame(line: Line, mask: frozenset[int]) -> list[str]:
    return [_HOLE if word.matter else word.stem for word in line.words if word.start not in mask]


def _like(a: list[str], b: list[str]) -> float:
    """How alike two frames are in order, times the share of runs of three that both have."""
    if min(len(a), len(b)) < _LEAST_WORDS or len(({*a} & {*b}) - {_HOLE}) < 2:
        return 0.0
    left, right = (set(zip(k, k[1:], k[2:], strict=False)) for k in (a, b))
    common = len(left & right) / min(len(left), len(right))
    return common * SequenceMatcher(None, a, b, autojunk=False).ratio() if common else 0.0


_Number = tuple[float, str]
"""A value, and "%" if it is in percent: other units are left out in telling ("7" may be "7 days")."""


def _key(number: Quantity) -> _Number:
    return round(number.value, 6), "%" if number.kind == "percent" else ""


def _numbers(telling: Telling) -> frozenset[_Number]:
    """The numbers of a story but dates, places and the smallest."""
    found = (q for q in telling.report.outcomes.quantities if q.kind not in ("date", "ordinal", "label", "always"))
    return frozenset(_key(q) for q in found if q.value > 2)


def _is_odd(number: _Number) -> bool:
    """Whether two stories have it by chance only seldom."""
    value, unit = number
    if value != int(value):
        return True
    if unit:
        return int(value) % 10 != 0
    return value > _SMALL and len(str(int(value)).rstrip("0")) > 1 and int(value) % 25 != 0


def _with_numbers(left: Telling, right: Telling, numbers: frozenset[_Number]) -> list[tuple[Line, Line]]:
    """Sentences of both that have the same number."""
    lines = [{line.number: line for line in t.lines} for t in (left, right)]
    at = [{_key(q): q.sentence for q in reversed(t.report.outcomes.quantities)} for t in (left, right)]
    pairs = dict.fromkeys((at[0][n], at[1][n]) for n in sorted(numbers))
    return [(lines[0][a], lines[1][b]) for a, b in sorted(pairs) if a in lines[0] and b in lines[1]][:_SHOWN]
