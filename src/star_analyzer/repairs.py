"""Words said twice, started anew or broken off, as people speak: "I I went", "we were we were late", "the ser- the server"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_MEANT = frozenset(
    "very really so too no yes yeah had that many much more long far again well now ha blah bye never always way big over round there "
    "please ok okay knock on her is do in up".split()
)
"""Words that may stand twice on purpose: "a very very old server", "the team that that belonged to", "logged in in the morning"."""
_SOUNDS = frozenset("um umm uh uhh er erm uhm hmm".split())
_WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?:['’][a-z]+)?(?![\w-])")
_NO_REPAIR = re.compile(r"[^\s,–—-]|[\r\n]")
"""What ends a phrase: words on both sides of a full stop or a line break are not said twice."""
_LONGEST_GAP = 20
_MOST = 3
"""Words of a phrase that is started anew."""
_BROKEN_OFF = re.compile(r"(?i)(?<![\w-])[a-z]{1,10}(?:-|–|—|\.\.\.)(?=[ \t]{1,4}(?!and\b|or\b|to\b)[a-z])")
_DOTS = "..."


@lru_cache(maxsize=64)  # asked twice of every answer of a batch: before it is parsed, and when its delivery is measured
def repairs(text: str) -> tuple[tuple[int, int], ...]:
    """Where words stand that were taken back: start and end of each, without those that stand for good."""
    broken = [(m.start(), m.end()) for m in _BROKEN_OFF.finditer(text) if _is_broken_off(text, m)]
    found = sorted([*broken, *_twice(_blanked(text, broken))])  # "the ser- the server": the article is said twice
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def without_repairs(text: str) -> str:
    """The text with repairs blanked, at the same length."""
    found = repairs(text)
    return _blanked(text, found) if found else text


def _twice(text: str) -> list[tuple[int, int]]:
    """Phrases of up to three words that stand twice in a row, um and uh between them not counted."""
    spans = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]
    told = [(start, end, word) for start, end, word in spans if word not in _SOUNDS]
    words = [word for _, _, word in told]
    out = []
    for size in range(1, _MOST + 1):
        for at, (one, other) in enumerate(zip(words, words[size:], strict=False)):
            if one != other or words[at : at + size] != words[at + size : at + 2 * size]:
                continue
            if (size > 1 or one not in _MEANT) and _one_breath(text, told, at, at + 2 * size):
                out.append((told[at][0], told[at + size][0]))
    return out


def _one_breath(text: str, told: list[tuple[int, int, str]], first: int, behind: int) -> bool:
    """Whether nothing but spaces, commas, dashes and sounds stands between the words."""
    for one, other in zip(told[first : behind - 1], told[first + 1 : behind], strict=True):
        between = text[one[1] : other[0]]
        bare = _WORD.sub("", between) if len(between) <= _LONGEST_GAP else between
        if len(between) > _LONGEST_GAP or _NO_REPAIR.search(bare):
            return False
    return True


def _is_broken_off(text: str, broken: re.Match[str]) -> bool:
    """Whether one of the next words begins like the one broken off: "the ser- the server", but not "pre- launch"."""
    if broken.group().endswith(_DOTS):
        return True
    stem = broken.group().rstrip("-–—").lower()
    following = text[broken.end() : broken.end() + 40].lower().split()[:3]
    return any(word.startswith(stem) and word.strip(".,;:!?") != stem for word in following) or (len(stem) <= 2 and bool(following))


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    behind = 0
    for start, end in spans:
        pieces += [text[behind:start], " " * (end - start)]
        behind = end
    return "".join([*pieces, text[behind:]])
