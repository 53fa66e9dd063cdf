"""Fit a linear-chain conditional random field with NumPy and SciPy (needed for training only)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sequences:
    """Answers laid end to end: a sparse units-by-features matrix, labels, and where answers begin."""

    features: scipy.sparse.csr_matrix
    labels: NDArray[np.int64]
    offsets: NDArray[np.int64]
    """offsets[i]..offsets[i+1] are the units of answer i."""
    weights: Floats
    """How much each answer counts."""


def layout(offsets: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Index of every unit in a padded answers-by-places grid, and which cells are used."""
    lengths = np.diff(offsets)
    grid = np.zeros((len(lengths), int(lengths.max())), dtype=np.int64)
    used = np.arange(grid.shape[1])[None, :] < lengths[:, None]
    grid[used] = np.arange(offsets[-1])
    return grid, used


def marginals(
    emission: Floats, start: Floats, end: Floats, steps: Floats, grid: NDArray[np.int64], used: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Log partition of each answer, unit marginals (grid shape) and summed step expectations by answer.

    Runs on scaled probabilities, not on logarithms: one small matrix product a place.
    """
    answers, places = grid.shape
    labels = emission.shape[1]
    e = emission[grid]
    top = e.max(axis=2, keepdims=True)
    e = np.exp(e - top)
    log_z = np.where(used, top[..., 0], 0.0).sum(1)
    matrix, last = np.exp(steps), used.sum(1) - 1
    ending = np.exp(end)
    forward = np.empty((answers, places, labels))
    scale = np.ones((answers, places))
    for t in range(places):
        new = np.exp(start) * e[:, 0] if t == 0 else (forward[:, t - 1] @ matrix) * e[:, t]
        c = new.sum(1)
        on = used[:, t]
        forward[:, t] = np.where(on[:, None], new / c[:, None], forward[:, t - 1] if t else new)
        scale[:, t] = np.where(on, c, 1.0)
    final = (forward[:, -1] * ending).sum(1)
    log_z += np.log(scale).sum(1) + np.log(final)
    backward = np.empty_like(forward)
    backward[:, -1] = ending / final[:, None]
    pair = np.zeros((answers, labels, labels))
    for t in range(places - 2, -1, -1):
        ahead = e[:, t + 1] * backward[:, t + 1] / scale[:, t + 1, None]
        inside = (t < last)[:, None]
        backward[:, t] = np.where(inside, ahead @ matrix.T, backward[:, -1])
        pair += np.where(inside[..., None], forward[:, t, :, None] * matrix * ahead[:, None, :], 0.0)
    return log_z, forward * backward * used[..., None], pair


@dataclass(frozen=True)
class Fit:
    """Fitted weights."""

    features: Floats
    start: Floats
    end: Floats
    steps: Floats


def fit(data: Sequences, penalty: Floats, chain_penalty: float, labels: int, max_iterations: int = 200) -> Fit:
    """Maximise the penalised likelihood. `penalty` holds an L2 strength for every feature."""
    x = data.features
    xt = scipy.sparse.csr_matrix(x.T)
    count = x.shape[1]
    grid, used = layout(data.offsets)
    gold = data.labels[grid]
    w_unit = np.zeros(x.shape[0])
    w_unit[grid[used]] = np.broadcast_to(data.weights[:, None], grid.shape)[used]
    one_hot = np.zeros((x.shape[0], labels))
    one_hot[np.arange(x.shape[0]), data.labels] = 1.0
    last = used.sum(1) - 1
    rows = np.arange(len(last))
    gold_pair = np.zeros((len(last), labels, labels))
    for t in range(grid.shape[1] - 1):
        on = used[:, t + 1]
        np.add.at(gold_pair, (rows[on], gold[on, t], gold[on, t + 1]), 1.0)
    observed = xt @ (one_hot * w_unit[:, None])
    gold_first, gold_last = gold[:, 0], gold[rows, last]
    n_feat = count * labels

    def unpack(theta: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        w = theta[:n_feat].reshape(count, labels)
        rest = theta[n_feat:]
        return w, rest[:labels], rest[labels : 2 * labels], rest[2 * labels :].reshape(labels, labels)

    def objective(theta: Floats) -> tuple[float, Floats]:
        w, start, end, steps = unpack(theta)
        emission = np.asarray(x @ w)
        log_z, unit, pair = marginals(emission, start, end, steps, grid, used)
        score = np.zeros(len(last))
        np.add.at(score, np.repeat(rows, last + 1), emission[grid[used], data.labels[grid[used]]])
        score += start[gold_first] + end[gold_last] + (gold_pair * steps).sum((1, 2))
        loss = float((data.weights * (log_z - score)).sum())
        loss += 0.5 * float((penalty[:, None] * w**2).sum()) + 0.5 * chain_penalty * float((theta[n_feat:] ** 2).sum())
        flat = np.zeros_like(emission)
        flat[grid[used]] = unit[used]
        g_w = np.asarray(xt @ (flat * w_unit[:, None])) - observed + penalty[:, None] * w
        weight = data.weights[:, None]
        g_start = (weight * (unit[:, 0] - np.eye(labels)[gold_first])).sum(0) + chain_penalty * start
        g_end = (weight * (unit[rows, last] - np.eye(labels)[gold_last])).sum(0) + chain_penalty * end
        g_steps = (weight[..., None] * (pair - gold_pair)).sum(0) + chain_penalty * steps
        return loss, np.concatenate([g_w.ravel(), g_start, g_end, g_steps.ravel()])

    theta0 = np.zeros(n_feat + 2 * labels + labels * labels)
    found = scipy.optimize.minimize(
        objective, theta0, jac=True, method="L-BFGS-B", options={"maxiter": max_iterations, "maxfun": 2 * max_iterations}
    )
    w, start, end, steps = unpack(found.x)
    return Fit(w, start, end, steps)
