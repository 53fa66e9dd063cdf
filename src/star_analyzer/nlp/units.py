"""Turn segments of text into the units that get a part: sentences, also those found in run-on text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from star_analyzer.nlp.segments import Segment
from star_analyzer.nlp.view import View


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as the report shows it: a span of characters and the tokens inside."""

    start: int
    end: int
    tokens: tuple[int, ...]
    """Indexes of all tokens that begin inside the span."""
    words: tuple[int, ...]
    """Those that are words (`View.word`)."""
    segment: Segment
    labelled: bool


Cutter = Callable[[View, Sequence[int]], list[int]]
"""Finds the places in a list of words at which new sentences start (`run_on.py`)."""


def units(view: View, found: Sequence[Segment], cutter: Cutter) -> list[Unit]:
    """The units of a text, in order. Every segment gives one unit or, when it is a run-on, several."""
    out: list[Unit] = []
    token = 0
    for segment in found:
        while token < len(view.start) and view.end[token] <= segment.start:
            token += 1
        tokens: list[int] = []
        while token < len(view.start) and view.start[token] < segment.end:
            tokens.append(token)
            token += 1
        cuts = _cuts(view, tokens, cutter) if segment.run_on else []
        for number, (begin, stop) in enumerate(zip([0, *cuts], [*cuts, len(tokens)], strict=True)):
            part = tokens[begin:stop]
            start = segment.start if number == 0 else view.start[part[0]]
            end = segment.end if stop == len(tokens) else view.end[part[-1]]
            while end > start and view.text[end - 1].isspace():  # double spaces are tokens of their own
                end -= 1
            words = tuple(i for i in part if view.word[i])
            out.append(Unit(start, end, tuple(part), words, segment, segment.labelled and number == 0))
    return out


def _cuts(view: View, tokens: list[int], cutter: Cutter) -> list[int]:
    """Places in a token list at which a new unit begins."""
    words = [at for at, token in enumerate(tokens) if view.word[token]]
    return [words[place] for place in cutter(view, [tokens[at] for at in words])] if words else []
