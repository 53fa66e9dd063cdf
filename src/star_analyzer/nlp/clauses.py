"""Cut run-on text into clauses, and turn segments into the units that get a part.

On speech without punctuation no parser finds sentence ends well, but it finds clauses: a finite verb
with a subject of its own, not subordinate to another. A new unit starts where such a clause starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from star_analyzer.nlp.segments import Segment
from star_analyzer.nlp.view import AUXILIARIES, SUBJECTS, View

_SHORTEST = 4  # words; a shorter clause stays with its neighbour
_COORDINATE = frozenset({"root", "conj", "parataxis"})
_FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
_LEAD_IN = frozenset("and but so then or well also plus because".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as the report shows it: a span of characters and the tokens inside."""

    start: int
    end: int
    tokens: tuple[int, ...]
    """Indexes of all tokens that begin inside the span."""
    words: tuple[int, ...]
    """Those that are neither punctuation nor space."""
    segment: Segment
    labelled: bool


def is_finite(view: View, verb: int) -> bool:
    """Whether a verb (or predicate noun) carries tense, itself or by an auxiliary."""
    if view.tag[verb] in _FINITE_TAGS:
        return True
    return any(view.dep[c] in AUXILIARIES and view.tag[c] in _FINITE_TAGS for c in view.children[verb])


def _clause_starts(view: View, tokens: Sequence[int]) -> list[int]:
    """Tokens at which a coordinate finite clause with its own subject begins."""
    inside = set(tokens)
    starts: list[int] = []
    for i in tokens:
        root_here = view.head[i] == i or view.head[i] not in inside
        if not (view.dep[i] in _COORDINATE or root_here) or view.pos[i] in ("PUNCT", "SPACE"):
            continue
        subjects = [c for c in view.children[i] if view.dep[c] in SUBJECTS and c < i]
        if not root_here and not (subjects and is_finite(view, i)):
            continue
        starts.append(_left_edge(view, i, inside))
    return sorted(set(starts))


def _left_edge(view: View, i: int, inside: set[int]) -> int:
    edge, stack = i, [i]
    while stack:
        for child in view.children[stack.pop()]:
            if child < i and child in inside:
                edge = min(edge, child)
                stack.append(child)
    while edge - 1 in inside and view.lower[edge - 1] in _LEAD_IN:
        edge -= 1
    return edge


def units(view: View, found: Sequence[Segment]) -> list[Unit]:
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
        cuts = _cuts(view, tokens) if segment.run_on else []
        for number, (begin, stop) in enumerate(zip([0, *cuts], [*cuts, len(tokens)], strict=True)):
            part = tokens[begin:stop]
            start = segment.start if number == 0 else view.start[part[0]]
            end = segment.end if stop == len(tokens) else view.end[part[-1]]
            words = tuple(i for i in part if view.is_word(i))
            out.append(Unit(start, end, tuple(part), words, segment, segment.labelled and number == 0))
    return out


def _cuts(view: View, tokens: list[int]) -> list[int]:
    """Places in a token list at which a new unit begins."""
    place = {token: at for at, token in enumerate(tokens)}
    cuts: list[int] = []
    last = 0
    for start in _clause_starts(view, tokens):
        at = place[start]
        if _words(view, tokens[last:at]) >= _SHORTEST and _words(view, tokens[at:]) >= _SHORTEST:
            cuts.append(at)
            last = at
    while cuts and view.pos[tokens[cuts[-1]]] == "SPACE":
        cuts.pop()
    return cuts


def _words(view: View, tokens: Sequence[int]) -> int:
    return sum(view.is_word(i) for i in tokens)
