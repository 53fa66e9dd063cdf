"""The small pattern language of the lexicons (docs/lexicons.md), read into elements.

A pattern is a sequence of elements; an element says what one word (or one word of a class, which
may be two or three words long) has to be. Matching lives in `nlp/matcher.py`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

NUMBER = "#"
_GAPS = {"..": 2, "...": 4}
_CONTRACTED = re.compile(r"(\w+?)(n'?t)|(\w+?)('(?:s|d|m|re|ve|ll))")
_BARE_NT = frozenset("dont didnt doesnt isnt arent wasnt werent cant couldnt wouldnt shouldnt hasnt havent hadnt wont".split())
_WORD = re.compile(r"[\w%$€£'’&+/.-]+")


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the alternatives it accepts, or a gap of up to `gap` words."""

    words: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    number: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
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
    words: list[str] = []
    lemmas: list[str] = []
    classes: list[str] = []
    number = False
    longer: Slot = []
    for part in text.split("|"):
        if part == NUMBER:
            number = True
        elif part.startswith("<") and part.endswith(">") and len(part) > 2:
            lemmas.append(fold(part[1:-1]))
        elif part.startswith("{") and part.endswith("}") and len(part) > 2:
            classes.append(part[1:-1])
        elif _WORD.fullmatch(part):
            pieces = [p for word in fold(part).split("-") for p in _split_contraction(word) if p]
            if len(pieces) == 1:
                words.append(pieces[0])
            else:
                longer.append(tuple(Element(words=(p,)) for p in pieces))
        else:
            raise ValueError(f"cannot read {part!r}; an alternative is a word, a <lemma>, a {{class}} or #, without spaces")
    single = Element(tuple(words), tuple(lemmas), tuple(classes), number)
    return [*([(single,)] if words or lemmas or classes or number else []), *longer]


def parse_pattern(text: str) -> tuple[Pattern, ...]:
    """Read one pattern into its variants. Raises `ValueError` with the reason when it cannot be read."""
    pieces = re.findall(r"\([^()]*\)|[^\s()]+|[()]", text.strip())
    at_start = bool(pieces) and pieces[0] == "^"
    slots: list[Slot] = []
    for piece in pieces[at_start:]:
        if piece in _GAPS:
            slots.append([(Element(gap=_GAPS[piece]),)])
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
    return tuple(Pattern(tuple(e for way in ways for e in way), at_start) for ways in itertools.product(*slots))
