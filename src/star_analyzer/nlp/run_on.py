"""Find sentence ends in text without punctuation, by a readable table of weights.

For every gap between two words the weights of what stands around it are added up: the words, their
tags, whether the parse crosses the gap, how long ago the last sentence ended. Above zero a new
sentence starts. The table (`boundary_weights.tsv`) is fitted by training/boundaries/fit.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from star_analyzer.nlp.view import AUXILIARIES, SUBJECTS, View

_SINCE = ((2, "1-2"), (4, "3-4"), (7, "5-7"), (12, "8-12"), (20, "13-20"), (35, "21-35"))
_LONGEST = 24  # words; nine in ten spoken sentences are shorter
_FARTHEST = 60  # words; a relation over more is a parsing error, and would cost time without end
_SURE = 3.0  # log odds from which even a stretch without a verb ("thirty percent fewer tickets") is a sentence
_LEADS = frozenset("and but so then because or".split())
_SHORTEST = 4  # words of a piece cut from a longer one
_UNLIKELY = -4.0  # log odds below which a long sentence stays whole
_MAYBE = -2.0  # log odds from which a gap may be a sentence end
_SHORTEST_PIECE = 3  # words of a piece between such gaps
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
        if head is None or head == at or abs(head - at) > _FARTHEST:
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


def _leads_clause(view: View, words: Sequence[int], at: int) -> bool:
    """Whether a clause begins at a place: with its subject, or with a word like "and" or "so" before it."""
    if view.lower[words[at]] in _LEADS:
        return any(_starts_clause(view, word) for word in words[at + 1 : at + 5])
    return _starts_clause(view, words[at]) and view.lower[words[at - 1]] not in _LEADS and view.dep[words[at - 1]] != "mark"


def cuts(view: View, words: Sequence[int], weights: Mapping[str, float]) -> list[int]:
    """Places in a list of words at which a new sentence starts.

    What then is still longer than people's sentences are ("… and then … and in the end …") is cut at
    its likeliest place, if there is one at all.
    """
    return _likely(view, words, weights, _gap_weights(view, words, weights))


def _gap_weights(view: View, words: Sequence[int], weights: Mapping[str, float]) -> list[float]:
    """The weight of the gap before every word, without the time since the last sentence end."""
    across = crossings(view, words)
    return [0.0, *(sum(weights.get(n, 0.0) for n in gap_features(view, words, at, across[at])) for at in range(1, len(words)))]


def _likely(view: View, words: Sequence[int], weights: Mapping[str, float], around: Sequence[float]) -> list[int]:
    found: list[int] = []
    last = 0
    for at in range(1, len(words)):
        if around[at] + weights.get(since(at - last), 0.0) > 0.0:
            found.append(at)
            last = at
    pieces = list(zip([0, *found], [*found, len(words)], strict=True))
    while pieces:
        begin, end = pieces.pop()
        inner = [at for at in range(begin + _SHORTEST, end - _SHORTEST + 1) if _leads_clause(view, words, at)]
        if end - begin > _LONGEST and inner:
            best = max(inner, key=lambda at: around[at])
            if around[best] > _UNLIKELY:
                found.append(best)
                pieces += [(begin, best), (best, end)]
    kept: list[int] = []
    for at in sorted(found):
        before = words[kept[-1] if kept else 0 : at]
        if around[at] > _SURE or _has_verb(view, before):
            kept.append(at)
    return kept


def cuts_twice(view: View, words: Sequence[int], weights: Mapping[str, float]) -> tuple[list[int], list[int]]:
    """The same places; and these with those at which a sentence may start too, by odds of one to seven and better."""
    around = _gap_weights(view, words, weights)
    likely = _likely(view, words, weights, around)
    return likely, _finer(view, words, weights, around, frozenset(likely))


def _finer(view: View, words: Sequence[int], weights: Mapping[str, float], around: Sequence[float], likely: frozenset[int]) -> list[int]:
    found: list[int] = []
    last = 0
    for at in range(1, len(words)):
        if at not in likely:
            near = at - last < _SHORTEST_PIECE or len(words) - at < _SHORTEST_PIECE
            if near or not likely.isdisjoint(range(at + 1, at + _SHORTEST_PIECE)):
                continue
            if around[at] + weights.get(since(at - last), 0.0) <= _MAYBE:
                continue
        found.append(at)
        last = at
    return _with_verbs(view, words, found, likely)


def _with_verbs(view: View, words: Sequence[int], found: Sequence[int], likely: Collection[int]) -> list[int]:
    """The cuts without those of the finer ones that leave a piece with no verb ("in the first year")."""
    kept: list[int] = []
    for number, at in enumerate(found):
        begin = kept[-1] if kept else 0
        end = found[number + 1] if number + 1 < len(found) else len(words)
        if at in likely or (_has_verb(view, words[begin:at]) and _has_verb(view, words[at:end])):
            kept.append(at)
    return kept


def _has_verb(view: View, words: Sequence[int]) -> bool:
    return any(view.pos[word] in ("VERB", "AUX") for word in words)


def read_boundary_weights(table: str) -> dict[str, float]:
    """Read the tab-separated table. Raises `ValueError` naming the line that is wrong."""
    weights: dict[str, float] = {}
    for number, line in enumerate(table.splitlines(), 1):
        if line and not line.startswith("#"):
            name, _, weight = line.partition("\t")
            try:
                weights[name] = float(weight)
            except ValueError:
                raise ValueError(f"line {number}: {name!r} needs a weight behind a tab") from None
    return weights
