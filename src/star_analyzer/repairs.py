"""Words said twice, started anew or broken off, as people speak: "I I went", "we were we were late", "the ser- the server"."""

from __future__ import annotations

import re

_MEANT = (
    "very|really|so|too|no|yes|yeah|had|that|many|much|more|long|far|again|well|now|ha|blah|bye|never|always|way|big|over|round|there|"
    "please|ok|okay|knock|on|her|is|do|in|up"
)
"""Words that may stand twice on purpose: "a very very old server", "the team that that belonged to", "logged in in the morning"."""
_GAP = r"[ \t]{0,3}[,–—-]?[ \t]{1,16}(?:(?:um+|uh+|er|erm|uhm|hmm)\b[, \t]{0,4})?"
_WORD = r"[a-z]{1,20}(?:['’][a-z]{1,3})?"
_SAME = r"(?=\1(?![\w'’]))"
_TWICE = re.compile(rf"(?i)\b(?!(?:{_MEANT})\b)({_WORD}){_GAP}{_SAME}")
_SEVERAL_TWICE = re.compile(rf"(?i)\b({_WORD}(?:[ \t]{{1,3}}{_WORD}){{1,2}}){_GAP}{_SAME}")
_BROKEN_OFF = re.compile(r"(?i)(?<![\w-])[a-z]{1,10}(?:-|–|—|\.\.\.)(?=[ \t]{1,4}(?!and\b|or\b|to\b)[a-z])")
_BROKEN_WITH_DOTS = "..."


def repairs(text: str) -> list[tuple[int, int]]:
    """Where words stand that were taken back: start and end of each, without those that stand for good."""
    broken = [(m.start(), m.end()) for m in _BROKEN_OFF.finditer(text) if _is_broken_off(text, m)]
    whole = _blanked(text, broken)  # "the ser- the server": the article is said twice
    found = sorted([*broken, *((m.start(), m.end()) for twice in (_SEVERAL_TWICE, _TWICE) for m in twice.finditer(whole))])
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_broken_off(text: str, broken: re.Match[str]) -> bool:
    return broken.group().endswith(_BROKEN_WITH_DOTS) or _begins_next(text, broken)


def _begins_next(text: str, broken: re.Match[str]) -> bool:
    """Whether one of the next words begins like the one broken off: "the ser- the server", but not "pre- launch"."""
    stem = broken.group().rstrip("-–—").lower()
    following = text[broken.end() : broken.end() + 40].lower().split()[:3]
    return any(word.startswith(stem) and word.strip(".,;:!?") != stem for word in following) or (len(stem) <= 2 and bool(following))


def without_repairs(text: str) -> str:
    """The text with repairs blanked, at the same length."""
    return _blanked(text, repairs(text))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    behind = 0
    for start, end in spans:
        pieces += [text[behind:start], " " * (end - start)]
        behind = end
    return "".join([*pieces, text[behind:]])
