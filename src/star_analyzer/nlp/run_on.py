"""Find sentence ends in text without punctuation, by a readable table of weights.

For every gap between two words the weights of what stands around it are added up: the words, their
tags, whether the parse crosses the gap, how long ago the last sentence ended. Above zero a new
sentence starts. The table (`boundary_weights.tsv`) is fitted by training/boundaries/fit.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from star_analyzer.nlp.view import AUXILIARIES, SUBJECTS, View

_SINCE = ((2, "1-2"), (4, "3-4"), (7, "5-7"), (12, "8-12"), (20, "13-20"), (35, "21-35"))
_FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})


def since(words: int) -> str:
    """Name of the feature for the number of words since the last sentence end."""
    for limit, name in _SINCE:
        if words <= limit:
            return f"since:{name}"
    return "since:over-35"


def crossings(view: View, words: Sequence[int]) -> list[list[str]]:
    """For every word the relations of the parse that cross the gap before it."""
    place = {token: at for at, token in enumerate(words)}
    across: list[list[str]] = [[] for _ in words]
    for at, token in enumerate(words):
        head = place.get(view.head[token])
        if head is None or head == at:
            continue
        relation = view.dep[token] if head < at else f"{view.dep[token]}<"
        for gap in range(min(at, head) + 1, max(at, head) + 1):
            across[gap].append(relation)
    return across


def gap_features(view: View, words: Sequence[int], at: int, across: Sequence[str]) -> list[str]:
    """What stands around the gap before the word at a place (at least 1) of a list of words."""
    before, after = words[at - 1], words[at]
    word, tag, lower = view.lower[after], view.tag, view.lower
    names = [
        "always",
        f"after:{lower[before]}",
        f"before:{word}",
        f"tags:{tag[before]} {tag[after]}",
        f"crossed-by:{min(len(across), 4)}",
    ]
    names += {f"crossed:{relation}" for relation in across}
    if at + 1 < len(words):
        following = words[at + 1]
        names += [f"before:{word} {lower[following]}", f"tags:{tag[before]} {tag[after]} {tag[following]}"]
    if at > 1:
        earlier = words[at - 2]
        names += [f"after:{lower[earlier]} {lower[before]}", f"tags-before:{tag[earlier]} {tag[before]} {tag[after]}"]
    if _starts_clause(view, after):
        names.append("starts:clause-with-subject")
    return names


def _starts_clause(view: View, token: int) -> bool:
    """Whether a word is the subject of a finite verb, or leads one in ("and then I …")."""
    head = view.head[token]
    if view.dep[token] not in SUBJECTS or head == token:
        return False
    return view.tag[head] in _FINITE_TAGS or any(view.dep[c] in AUXILIARIES and view.tag[c] in _FINITE_TAGS for c in view.children[head])


def cuts(view: View, words: Sequence[int], weights: Mapping[str, float]) -> list[int]:
    """Places in a list of words at which a new sentence starts."""
    across = crossings(view, words)
    found: list[int] = []
    last = 0
    for at in range(1, len(words)):
        names = gap_features(view, words, at, across[at])
        names.append(since(at - last))
        if sum(weights.get(name, 0.0) for name in names) > 0.0:
            found.append(at)
            last = at
    return found


def read_boundary_weights(table: str) -> dict[str, float]:
    """Read the tab-separated table."""
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}
