"""The model that turns features into parts: a linear chain with a readable table of weights.

The score of a path is the sum of the weights of all features for the parts on it, plus a weight for
each step from one part to the next, for the first part and for the last. Viterbi finds the best path;
the forward-backward algorithm gives the probability of each part of each sentence. Answers are short, so
plain Python floats do; only the rows of the table are added up by numpy, row by row: no result depends on a BLAS.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import mul

import numpy as np
from numpy.typing import NDArray

from star_analyzer.evidence import PARTS

COLUMNS = "feature\t" + "\t".join(PARTS)
_N = len(PARTS)
_RANGE = range(_N)

_CHAIN_ROWS = ("chain:temperature", "chain:start", "chain:end", *(f"chain:after-{part}" for part in PARTS))

Row = tuple[float, ...]


@dataclass(frozen=True)
class PartWeights:
    """The weight table. Weights are natural-log odds; a missing feature weighs nothing."""

    version: str
    temperature: float
    features: Mapping[str, Row]
    start: Row
    end: Row
    steps: tuple[Row, ...]
    """`steps[a][b]`: going from part a to part b."""

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of every feature in `dense`."""
        return {name: place for place, name in enumerate(self.features)}

    @cached_property
    def dense(self) -> NDArray[np.float64]:
        """The weights of the features as a matrix, features by parts."""
        return np.array([*self.features.values()]).reshape(len(self.features), _N)

    def with_rows(self, rows: Mapping[str, Row]) -> PartWeights:
        """The same table with rows added to it (to the row of the same name, if there is one)."""
        none = (0.0,) * _N
        merged = {name: tuple(a + b for a, b in zip(self.features.get(name, none), row, strict=True)) for name, row in rows.items()}
        return replace(self, features={**self.features, **merged})

    def order(self, before: int | None, after: int | None) -> list[float]:
        """What the parts on both sides add to each part (None: the end of the answer)."""
        into = self.start if before is None else self.steps[before]
        return [into[k] + (self.end[k] if after is None else self.steps[k][after]) for k in _RANGE]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the chain says of one unit."""

    part: int
    posterior: Row
    """Probability of each part, calibrated by the table's temperature."""

    @property
    def runner_up(self) -> int:
        """The most probable part other than the chosen one."""
        return max((k for k in _RANGE if k != self.part), key=lambda k: self.posterior[k])


def read_weights(table: str) -> PartWeights:
    """Read the tab-separated table. Raises `ValueError` naming the line or row that is wrong."""
    version = ""
    rows: dict[str, Row] = {}
    for number, line in enumerate(table.splitlines(), 1):
        if line.startswith("# version "):
            version = line.removeprefix("# version ").strip()
        if not line or line.startswith("#") or line == COLUMNS:
            continue
        name, *cells = line.split("\t")
        try:
            row = tuple(map(float, cells))
        except ValueError:
            raise ValueError(f"line {number}: {name!r} has a weight that is not a number") from None
        if len(row) != _N or name in rows or not all(map(math.isfinite, row)):
            raise ValueError(f"line {number}: {name!r} needs one row of {_N} finite weights")
        rows[name] = row
    missing = [name for name in _CHAIN_ROWS if name not in rows]
    if missing:
        raise ValueError(f"the row {missing[0]!r} is missing")
    temperature, start, end, *steps = (rows.pop(name) for name in _CHAIN_ROWS)
    return PartWeights(version, temperature[0], rows, start, end, tuple(steps))


def write_weights(weights: PartWeights, comments: Sequence[str]) -> str:
    """The table as text, sorted, two decimals: the inverse of `read_weights`."""

    def row(name: str, cells: Iterable[float]) -> str:
        return name + "\t" + "\t".join(f"{c:.2f}".replace("-0.00", "0.00") for c in cells)

    lines = [f"# version {weights.version}", *(f"# {c}" for c in comments), COLUMNS]
    lines.append(row("chain:temperature", [weights.temperature] * _N))
    lines += [row("chain:start", weights.start), row("chain:end", weights.end)]
    lines += [row(f"chain:after-{part}", weights.steps[i]) for i, part in enumerate(PARTS)]
    lines += [row(name, weights.features[name]) for name in sorted(weights.features)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The features of a unit that weigh anything, with their rows of the table."""

    names: list[str]
    rows: NDArray[np.float64]

    @property
    def emission(self) -> Row:
        """Sum of the weights, by part."""
        return tuple(self.rows.sum(axis=0).tolist())

    def strongest(self, decision: Decision, most: int, least: float) -> list[str]:
        """At most so many features that tell most between the chosen part and the runner-up, the strongest first.
        `least`: the difference of weights from which a feature tells anything.
        """
        gains = np.abs(self.rows[:, decision.part] - self.rows[:, decision.runner_up])
        limit = max(least, np.partition(gains, -most)[-most]) if len(gains) > most else least
        found = [(-gains[at], self.names[at]) for at in np.flatnonzero(gains >= limit)]
        return [name for _, name in sorted(found)[:most]]


def weigh(weights: PartWeights, features: Iterable[str]) -> Weighed:
    """Look the features of a unit up in the table."""
    places = weights.places
    known = {name: place for name in features if (place := places.get(name)) is not None}
    return Weighed([*known], weights.dense[[*known.values()]] if known else np.zeros((0, _N)))


def decode(weights: PartWeights, emissions: Sequence[Row]) -> list[Decision]:
    """Best path and posteriors for a whole answer."""
    if not emissions:
        return []
    path = _viterbi(weights, emissions)
    posteriors = _posteriors(weights, emissions)
    return [Decision(part, posterior) for part, posterior in zip(path, posteriors, strict=True)]


def _viterbi(weights: PartWeights, emissions: Sequence[Row]) -> list[int]:
    best = [weights.start[k] + emissions[0][k] for k in _RANGE]
    back: list[list[int]] = []
    for row in emissions[1:]:
        came_from, score = [], []
        for k in _RANGE:
            j = max(_RANGE, key=lambda a: best[a] + weights.steps[a][k])
            came_from.append(j)
            score.append(best[j] + weights.steps[j][k] + row[k])
        back.append(came_from)
        best = score
    last = max(_RANGE, key=lambda k: best[k] + weights.end[k])
    path = [last]
    for came_from in reversed(back):
        path.append(came_from[path[-1]])
    return path[::-1]


def _posteriors(weights: PartWeights, emissions: Sequence[Row]) -> list[Row]:
    """Forward-backward on probabilities, each place scaled to add up to 1."""
    t = weights.temperature
    steps = [[math.exp(s / t) for s in row] for row in weights.steps]
    columns = list(zip(*steps, strict=True))
    scaled = [[math.exp((e - max(row)) / t) for e in row] for row in emissions]
    forward = [_scaled([math.exp(s / t) * e for s, e in zip(weights.start, scaled[0], strict=True)])]
    for place in scaled[1:]:
        before = forward[-1]
        forward.append(_scaled([sum(map(mul, before, column)) * e for column, e in zip(columns, place, strict=True)]))
    backward = [_scaled([math.exp(e / t) for e in weights.end])]
    for place in reversed(scaled[1:]):
        ahead = list(map(mul, place, backward[-1]))
        backward.append(_scaled([sum(map(mul, into, ahead)) for into in steps]))
    backward.reverse()
    return [tuple(_scaled(list(map(mul, f, b)))) for f, b in zip(forward, backward, strict=True)]


def _scaled(values: list[float]) -> list[float]:
    total = sum(values)
    return [v / total for v in values]
