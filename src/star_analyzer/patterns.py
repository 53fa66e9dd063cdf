"""The small pattern language of the lexicons (docs/lexicons.md), read into elements.

A pattern is a sequence of elements; an element says what one word (or one word of a class, which
may be two or three words long) has to be. Matching lives in `nlp/matcher.py`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

NUMBER = "#"
_GAPS = {"..": 2, "...": 4}
_CONTRACTED = re.compile(r"(\w+?)(n'?t)|(\w+?)('(?:s|d|m|re|ve|ll))")
_BARE_NT = frozenset("dont didnt doesnt isnt arent wasnt werent cant couldnt wouldnt shouldnt hasnt havent hadnt wont".split())
_PIECE = re.compile(r"\([^()]*\)|[^\s()]+|[()]")
_WORD = re.compile(r"[\w%$€£'’&+/.-]+")


class Element(NamedTuple):
    """One place of a pattern: the alternatives it accepts, or a gap of up to `gap` words.

    A key is a word as it is, `<lemma>`, `{class}` or `#` for a number.
    """

    keys: tuple[str, ...] = ()
    gap: int = 0


class Pattern(NamedTuple):
    """A parsed pattern. `at_start` ties it to the start of the sentence."""

    elements: tuple[Element, ...]
    at_start: bool = False


def fold(word: str) -> str:
    """The form in which words are compared: lower case, straight apostrophes."""
    return word.lower().replace("’", "'")


def _split_contraction(word: str) -> list[str]:
    """Split as the tokenizer does: didn't -> did n't, we're -> we 're, cannot -> can not."""
    if word == "cannot":
        return ["can", "not"]
    found = _CONTRACTED.fullmatch(word)
    if not found or (word.endswith("nt") and word not in _BARE_NT):
        return [word]
    return [part for part in found.groups() if part]


Slot = list[tuple[Element, ...]]
"""The ways in which one place of a pattern can be filled."""


def _alternatives(text: str) -> Slot:
    """Read `a|<b>|{c}|#`. One-word alternatives share an element; "part-time" and "don't" are two words."""
    keys: list[str] = []
    longer: Slot = []
    for part in text.split("|"):
        if part == NUMBER or (part[:1] == "{" and part[-1:] == "}" and len(part) > 2):
            keys.append(part)
        elif part[:1] == "<" and part[-1:] == ">" and len(part) > 2:
            keys.append(fold(part))
        elif part.isalpha() and part.isascii() and not part.endswith(("nt", "not")):
            keys.append(part.lower())
        elif _WORD.fullmatch(part) and any(c.isalnum() or c in "%$€£&" for c in part):
            pieces = [p for word in fold(part).split("-") for p in _split_contraction(word) if p]
            if len(pieces) == 1:
                keys.append(pieces[0])
            else:
                longer.append(tuple(Element((p,)) for p in pieces))
        else:
            raise ValueError(f"cannot read {part!r}; an alternative is a word, a <lemma>, a {{class}} or #, without spaces")
    return [(Element(tuple(keys)),), *longer] if keys else longer


def parse_pattern(text: str) -> tuple[Pattern, ...]:
    """Read one pattern into its variants. Raises `ValueError` with the reason when it cannot be read."""
    pieces = _PIECE.findall(text)
    at_start = bool(pieces) and pieces[0] == "^"
    slots: list[Slot] = []
    for piece in pieces[at_start:]:
        if piece in _GAPS:
            slots.append([(Element((), _GAPS[piece]),)])
        elif piece.startswith("("):
            inner = piece[1:-1].strip()
            if not inner or " " in inner:
                raise ValueError(f"cannot read {piece!r}; parentheses hold one optional word or its alternatives")
            slots.append([(), *_alternatives(inner)])
        elif piece in ("^", ")", "|"):
            raise ValueError(f"{piece!r} stands where it cannot; ^ may only come first")
        else:
            slots.append(_alternatives(piece))
    if not slots:
        raise ValueError("the pattern is empty")
    if () in slots[0] or slots[0][0][0].gap:
        raise ValueError("a pattern must start with a word, a <lemma>, a {class} or #, not with (…) or a gap")
    if () not in slots[-1] and slots[-1][0][0].gap:
        raise ValueError("a pattern cannot end with a gap")
    variants = (_joined(e for way in ways for e in way) for ways in itertools.product(*slots))
    return tuple(dict.fromkeys(Pattern(elements, at_start) for elements in variants))


def _joined(elements: Iterable[Element]) -> tuple[Element, ...]:
    """The elements with neighbouring gaps added up and none at the end, as absent optional words may leave them."""
    found: list[Element] = []
    for element in elements:
        if element.gap and found and found[-1].gap:
            element = Element((), found.pop().gap + element.gap)
        found.append(element)
    if found[-1].gap:
        found.pop()
    return tuple(found)
