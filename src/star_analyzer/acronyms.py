"""Acronyms that an answer uses, and whether it explains them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_ACRONYM = re.compile(
    r"(?<![\w.@#/\\-])(?:[A-Z]{2,6}s?(?:[/-](?:[A-Z]{2,6}|\d{1,4}[A-Z]?))*|[A-Z]\d[A-Z]?|[A-Z]{1,3}\d{1,2}[A-Z]{0,2}|[A-Z]&[A-Z]|[A-Z][a-z]?[A-Z]{1,4})(?![\w/\\-])"
)
_ROMAN = re.compile(r"[IVX]+s?")
_SHOUTED = 0.5
"""Share of capital words above which a text is shouted, and capitals mean nothing."""
_AROUND = 90
"""Characters around an acronym in which its explanation is looked for."""
_NO_ACRONYM = frozenset(
    "I A OK NOT AND OR THE BUT NO YES ALL VERY NEVER ALWAYS MUST ONLY SO DO STAR NOBODY NONE EVERY BOTH NOW TOO THIS THAT WAS DID HAD "
    "REALLY WHY HOW WHAT STOP".split()
)


class Acronym(NamedTuple):
    """An acronym at its first use. Offsets are characters."""

    text: str
    start: int
    end: int
    explained: bool


@lru_cache(maxsize=2)  # measures and rules ask it of the same answer
def acronyms(text: str, known: frozenset[str]) -> tuple[Acronym, ...]:
    """The acronyms of a text that are not in `known` (folded), each at its first use; explained is one that is so at any use."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    if words and sum(w.isupper() for w in words) > _SHOUTED * len(words):
        return ()
    found: dict[str, Acronym] = {}
    inside: set[str] = set()
    for match in _ACRONYM.finditer(text):
        name = match.group()
        plain = name.rstrip("s") if len(name) > 2 else name
        if plain in inside or plain in _NO_ACRONYM or _ROMAN.fullmatch(name) or plain.casefold() in known:
            continue
        pieces = re.split(r"[/-]", plain)
        if len(pieces) > 1 and all(p[0].isdigit() or p.casefold() in known or p in found for p in pieces):
            continue
        first = found.setdefault(plain, Acronym(plain, match.start(), match.end(), explained=False))
        if not first.explained and is_explained(text, match.start(), match.end(), plain):
            found[plain] = first._replace(explained=True)
        if len(pieces) > 1:
            inside.update(p for p in pieces if p not in found)
    return tuple(found.values())


def is_explained(text: str, start: int, end: int, name: str) -> bool:
    """Whether the words stand beside it.

    "mean time to repair (MTTR)", "mean time to repair, or MTTR", "MTTR, the mean time to repair", "MTTR, which means".
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if re.match(r"(?i)\s*(?:\(|,|-|–|—|:)?\s*(?:i\.e\.|(?:which (?:means|stands for|is)|short for|stands for|meaning|that is)\b)", after):
        return True
    letters = [c for c in name.lower() if c.isalpha()]
    opened = re.search(r"(?:\(|\bor)\s*\Z", before)
    if opened and _spells(letters, re.findall(r"[A-Za-z]+", before[: opened.start()])[-len(letters) - 3 :]):
        return True
    glossed = re.match(r"\s*(?:\(([^()]{4,})\)|[,–—:-]\s*(?:the\s+|an?\s+|our\s+)?([^.;()]{4,}))", after)
    if glossed:
        words = re.findall(r"[A-Za-z]+", glossed.group(1) or glossed.group(2))
        return _spells(letters, words[: len(letters) + 3])
    return False


def _spells(letters: list[str], words: list[str]) -> bool:
    """Whether the first letters of the words spell the acronym, small words skipped where need be."""
    at = 0
    for word in words:
        if at < len(letters) and word[0].lower() == letters[at]:
            at += 1
    return at == len(letters) and len(letters) >= 2
