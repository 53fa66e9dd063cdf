"""Make a user's text safe to print: nothing in it may drive a terminal."""

from __future__ import annotations

import re
import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """One line of the text with control, format and direction-changing characters shown as `\\x1b`-like escapes."""
    out = []
    for char in re.sub(r"\s+", " ", text):
        unsafe = (
            char in _BIDI
            or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")
            or (char != "\u200d" and unicodedata.category(char) == "Cf")
        )
        out.append(char.encode("unicode_escape").decode("ascii") if unsafe else char)
    return "".join(out)
