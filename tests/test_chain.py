"""The linear chain against brute force over all paths."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from star_analyzer.evidence import PARTS
from star_analyzer.lexicons import load_lexicons
from star_analyzer.nlp.chain import COLUMNS, Decision, PartWeights, Row, decode, read_weights, weigh, write_weights

N = len(PARTS)
HUNDREDTHS = st.integers(-600, 600).map(lambda h: h / 100)
ROWS = st.tuples(*[HUNDREDTHS] * N)
NONE: Row = (0.0,) * N
NAMES = st.text("abcdefghijklmnopqrstuvwxyz+-'%# ", min_size=1, max_size=12).map(lambda s: f"word:{s.strip()}x")


@st.composite
def tables(draw: DrawFn) -> PartWeights:
    """A weight table with a few features."""
    temperature = draw(st.sampled_from([0.5, 1.0, 1.37, 2.5]))
    features = draw(st.dictionaries(NAMES, ROWS, max_size=4))
    steps = draw(st.tuples(*[ROWS] * N))
    return PartWeights("7.1", temperature, features, draw(ROWS), draw(ROWS), steps)


def score(weights: PartWeights, emissions: list[Row], path: tuple[int, ...]) -> float:
    """Score of one path, by the definition."""
    total = weights.start[path[0]] + weights.end[path[-1]] + sum(row[k] for row, k in zip(emissions, path, strict=True))
    return total + sum(weights.steps[a][b] for a, b in pairwise(path))


@given(tables(), st.lists(ROWS, min_size=1, max_size=4))
def test_decode_against_brute_force(weights: PartWeights, emissions: list[Row]) -> None:
    """The path is a best one of all, and posteriors are the marginals of the distribution over all paths."""
    decisions = decode(weights, emissions)
    scores = {path: score(weights, emissions, path) for path in product(range(N), repeat=len(emissions))}
    best = max(scores.values())
    assert score(weights, emissions, tuple(d.part for d in decisions)) == pytest.approx(best, abs=1e-9)

    mass = {path: math.exp((s - best) / weights.temperature) for path, s in scores.items()}
    total = math.fsum(mass.values())
    for at, decision in enumerate(decisions):
        marginal = [math.fsum(m for path, m in mass.items() if path[at] == k) / total for k in range(N)]
        assert decision.posterior == pytest.approx(marginal, abs=1e-9)
        assert math.fsum(decision.posterior) == pytest.approx(1.0)


@given(tables(), st.lists(ROWS, min_size=30, max_size=60))
def test_posteriors_of_long_answers_add_up(weights: PartWeights, emissions: list[Row]) -> None:
    """Long answers neither overflow nor fade away."""
    decisions = decode(weights, emissions)
    assert len(decisions) == len(emissions)
    assert all(math.fsum(d.posterior) == pytest.approx(1.0) for d in decisions)
    assert all(0.0 <= p <= 1.0 for d in decisions for p in d.posterior)


def test_strong_evidence_is_no_overflow() -> None:
    """Weights far beyond any fitted one still give probabilities."""
    weights = PartWeights("1", 1.0, {}, NONE, NONE, (NONE,) * N)
    strong: Row = (5000.0, -5000.0, 0.0, 0.0, 0.0, 0.0)
    decisions = decode(weights, [strong, strong[::-1], NONE])
    assert [d.part for d in decisions[:2]] == [0, 5]
    assert decisions[0].posterior[0] == pytest.approx(1.0)
    assert decisions[2].posterior == pytest.approx((1 / N,) * N)


def test_no_units_give_no_decisions() -> None:
    """An empty answer is decoded to nothing."""
    assert decode(PartWeights("1", 1.0, {}, NONE, NONE, (NONE,) * N), []) == []


def test_temperature_flattens() -> None:
    """A higher temperature lowers confidence and leaves the path as it is."""
    emissions: list[Row] = [(2.0, 0.0, 0.0, 0.0, 0.0, 0.0)]
    sharp, flat = (decode(PartWeights("1", t, {}, NONE, NONE, (NONE,) * N), emissions)[0] for t in (0.5, 3.0))
    assert sharp.part == flat.part == 0
    assert sharp.posterior[0] > flat.posterior[0]


def test_runner_up_is_the_next_best() -> None:
    """The runner-up is the most probable part but the chosen one, also when it is more probable than that."""
    assert Decision(2, (0.1, 0.2, 0.6, 0.05, 0.05, 0.0)).runner_up == 1
    assert Decision(0, (0.3, 0.1, 0.6, 0.0, 0.0, 0.0)).runner_up == 2


# ---- emission, order, with_rows


@given(tables(), st.lists(NAMES, max_size=3))
def test_emission_is_a_sum(weights: PartWeights, unknown: list[str]) -> None:
    """A unit's score is the sum of the rows of its features; features without a row weigh nothing."""
    strangers = [f"?{name}" for name in unknown]
    expected = [math.fsum(row[k] for row in weights.features.values()) for k in range(N)]
    assert weigh(weights, [*weights.features, *strangers]).emission == pytest.approx(expected)
    assert weigh(weights, strangers).emission == NONE


@given(tables(), st.integers(0, N - 1), st.integers(0, N - 1))
def test_order_is_what_the_neighbours_add(weights: PartWeights, before: int, after: int) -> None:
    """Between two parts it is both steps; at the ends start and end stand in."""
    assert weights.order(before, after) == [weights.steps[before][k] + weights.steps[k][after] for k in range(N)]
    assert weights.order(None, after) == [weights.start[k] + weights.steps[k][after] for k in range(N)]
    assert weights.order(before, None) == [weights.steps[before][k] + weights.end[k] for k in range(N)]
    assert weights.order(None, None) == [weights.start[k] + weights.end[k] for k in range(N)]


@given(tables(), ROWS)
def test_with_rows_adds(weights: PartWeights, row: Row) -> None:
    """New rows are added, known ones summed, and the table itself is left alone."""
    before = dict(weights.features)
    rows = dict.fromkeys([*weights.features, "phrase:new"], row)
    more = weights.with_rows(rows)
    assert more.features["phrase:new"] == row
    for name, old in before.items():
        assert more.features[name] == pytest.approx([a + b for a, b in zip(old, row, strict=True)])
    assert dict(weights.features) == before
    assert (more.start, more.end, more.steps, more.temperature) == (weights.start, weights.end, weights.steps, weights.temperature)
    assert weights.with_rows({}) == weights


# ---- the table as text


@given(tables())
def test_table_round_trip(weights: PartWeights) -> None:
    """A table written and read again is the same to two decimals."""
    again = read_weights(write_weights(weights, ["a comment"]))
    assert again == weights


@given(st.lists(st.floats(-9, 9), min_size=N, max_size=N))
def test_table_is_rounded_to_two_decimals(cells: list[float]) -> None:
    """Weights lose no more than half a hundredth, and no cell reads -0.00."""
    text = write_weights(PartWeights("1", 1.0, {"f": tuple(cells)}, NONE, NONE, (NONE,) * N), [])
    assert "-0.00" not in text
    assert read_weights(text).features["f"] == pytest.approx(cells, abs=0.00501)


def test_table_is_sorted_and_says_its_version() -> None:
    """Writing twice gives the same text, features in order, version and comments on top."""
    weights = PartWeights("2.3", 1.0, {"b": NONE, "a": NONE}, NONE, NONE, (NONE,) * N)
    lines = write_weights(weights, ["first", "second"]).splitlines()
    assert lines[:4] == ["# version 2.3", "# first", "# second", COLUMNS]
    assert [line.split("\t")[0] for line in lines[-2:]] == ["a", "b"]


GOOD = write_weights(PartWeights("1", 1.0, {"f": NONE, "g": NONE}, NONE, NONE, (NONE,) * N), [])


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ("f\t0.00\t0.00", "f"),
        ("f" + "\t0.00" * (N + 1), "f"),
        ("g" + "\t0.00" * N, "g"),
        ("f" + "\t0.00" * (N - 1) + "\tmuch", "f"),
    ],
    ids=["too few", "too many", "twice", "no number"],
)
def test_a_wrong_line_is_named(bad: str, name: str) -> None:
    """A wrong row is refused with its line number and name."""
    lines = GOOD.splitlines()
    at = len(lines) - 2
    assert lines[at].startswith("f\t")
    lines[at] = bad
    wrong = at + 2 if name == "g" else at + 1
    with pytest.raises(ValueError, match=rf"line {wrong}\b.*'{name}'"):
        read_weights("\n".join(lines))


@pytest.mark.parametrize("name", ["chain:temperature", "chain:start", "chain:end", "chain:after-task"])
def test_a_missing_chain_row_is_named(name: str) -> None:
    """A table without one of the rows of the chain is refused with a ValueError that names the row."""
    table = "\n".join(line for line in GOOD.splitlines() if not line.startswith(name))
    with pytest.raises(ValueError, match=name):
        read_weights(table)


def test_packaged_table_is_sane() -> None:
    """The packaged weights are read, finite, and a table written from them is the same."""
    weights = read_weights(load_lexicons().weights)
    assert weights.version
    assert weights.temperature > 0
    assert len(weights.features) > 100
    assert all(math.isfinite(w) for row in weights.features.values() for w in row)
    assert read_weights(write_weights(weights, [])) == weights
