"""All patterns of the lexicons in one trie, as plain data that can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from star_analyzer.patterns import Element, Pattern

Node = tuple[dict[str, tuple[int, ...]], tuple[tuple[int, int], ...], tuple[tuple[str, bool], ...]]
"""Edges by key (a word as it is, `<lemma>`, `{class}`, `#`) to the nodes behind; gaps (so many words may be skipped, the
node behind); and the cues that end here, each with whether it must begin its sentence."""


class Trie(NamedTuple):
    """Node 0 is the root. `keys`: every key of an edge."""

    nodes: list[Node]
    keys: frozenset[str]


def build(patterns: Mapping[str, Iterable[Pattern]]) -> Trie:
    """The trie of the patterns by cue. Patterns with a common beginning share its nodes."""
    edges: list[dict[str, tuple[int, ...]]] = [{}]
    gaps: list[tuple[tuple[int, int], ...]] = [()]
    ends: list[tuple[tuple[str, bool], ...]] = [()]
    made: dict[tuple[int, Element], int] = {}
    for cue, variants in patterns.items():
        for pattern in variants:
            node = 0
            for element in pattern.elements:
                behind = made.get((node, element))
                if behind is None:
                    behind = made[node, element] = len(edges)
                    edges.append({})
                    gaps.append(())
                    ends.append(())
                    if element.gap:
                        gaps[node] += ((element.gap, behind),)
                    for key in element.keys:
                        edges[node][key] = (*edges[node].get(key, ()), behind)
                node = behind
            if (cue, pattern.at_start) not in ends[node]:
                ends[node] += ((cue, pattern.at_start),)
    none: dict[str, tuple[int, ...]] = {}  # one for all leaves
    nodes = [(own or none, skips, cues) for own, skips, cues in zip(edges, gaps, ends, strict=True)]
    return Trie(nodes, frozenset(key for node in edges for key in node))
