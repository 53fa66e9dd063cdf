"""Make a user's text safe to show: nothing in it may drive a terminal or turn the direction of a line."""

from __future__ import annotations

import re
import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t\r")
_SPACE = re.compile(r"\s+")


class _Escapes(dict[int, str]):
    """What stands for each character, found out when it is first met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        unsafe = (
            char in _BIDI
            or (char not in _KEPT and unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"))
            or (char != "\u200d" and unicodedata.category(char) == "Cf")
        )
        self[code] = out = char.encode("unicode_escape").decode("ascii") if unsafe else char
        return out


_ESCAPES = _Escapes()


def visible(text: str) -> str:
    """The text with control, format and direction-changing characters shown as `\\x1b`-like escapes; its lines are kept."""
    return text if text.isprintable() else text.translate(_ESCAPES)  # printable as Unicode has it: nothing to escape, no line ends


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut at a word where it has more characters than that."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def printable(text: str) -> str:
    """The same on one line: white space of any kind becomes one space."""
    return visible(_SPACE.sub(" ", text))
