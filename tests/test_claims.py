"""What a sentence claims: the weight table as text, the sums and chances, lists that claim nothing, and the packaged table."""

from __future__ import annotations

import math
from itertools import product

import pytest
from conftest import Read
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.evidence import CLAIMS, TOPICS
from star_analyzer.lexicons import load_lexicons
from star_analyzer.nlp.changes import changes
from star_analyzer.nlp.claims import (
    COLUMNS,
    LEAST_PROBABILITY,
    ClaimWeights,
    answer_chances,
    at_least_one,
    claim_features,
    claims_made,
    is_list,
    odds,
    probability,
    question_features,
    read_claim_weights,
    topic_features,
    usable,
    write_claim_weights,
)
from star_analyzer.nlp.facts import UnitFacts, pack
from star_analyzer.nlp.matcher import Match
from star_analyzer.nlp.quantities import quantities

ALL = (*CLAIMS, *TOPICS)
N = len(ALL)
NONE = (0.0,) * N

WEIGHTS = st.integers(-900, 900).map(lambda n: n / 100)
CHANCES = st.floats(0, 1)
NAMES = st.text("abcde:+- é", min_size=1, max_size=8).map(lambda s: f"x{s}x")
CELLS = st.dictionaries(st.integers(0, N - 1), WEIGHTS, min_size=1, max_size=4).map(lambda cells: tuple(sorted(cells.items())))


@st.composite
def tables(draw: st.DrawFn) -> ClaimWeights:
    """Tables whose numbers have two decimals, as they are written."""
    bias = tuple(draw(st.lists(WEIGHTS, min_size=N, max_size=N)))
    threshold = tuple(draw(st.lists(st.integers(0, 100).map(lambda n: n / 100), min_size=N, max_size=N)))
    return ClaimWeights(draw(st.sampled_from(["1.0", "2.3.4"])), draw(st.dictionaries(NAMES, CELLS, max_size=5)), bias, threshold)


def table(rows: dict[str, dict[str, float]], bias: float = 0.0, threshold: float = 0.5) -> ClaimWeights:
    """A table by names of claims, the same bias and threshold for all."""
    cells = {name: tuple((ALL.index(claim), weight) for claim, weight in row.items()) for name, row in rows.items()}
    return ClaimWeights("1", cells, (bias,) * N, (threshold,) * N)


# ---- the table as text


@given(tables())
def test_table_round_trip(weights: ClaimWeights) -> None:
    """A table written and read again is the same to two decimals."""
    assert read_claim_weights(write_claim_weights(weights, ["a comment", "always\tnothing"])) == weights


def test_table_is_sorted_and_says_its_version() -> None:
    """Writing twice gives the same text: version and comments on top, then the columns, features in order at the end."""
    weights = table({"b": {"reason": 1.0}, "a": {"lesson": 2.0, "reason": -1.0}})
    lines = write_claim_weights(weights, ["first", "second"]).splitlines()
    assert lines[:4] == ["# version 1", "# first", "# second", COLUMNS]
    assert lines[-3:] == ["a\tlesson\t2.00", "a\treason\t-1.00", "b\treason\t1.00"]


def test_an_empty_table() -> None:
    """What has no row weighs nothing, and a claim without a threshold is made from one half on."""
    weights = read_claim_weights("")
    assert odds(weights, ["anything"]) == list(NONE)
    assert weights.threshold == (0.5,) * N


def test_rows_of_bias_and_threshold() -> None:
    """Two names stand for no feature: where a sum begins, and from when on a claim counts as made."""
    weights = read_claim_weights(f"# version 3\n{COLUMNS}\nalways\treason\t-2.5\nthreshold\treason\t0.25\n")
    at = ALL.index("reason")
    assert (weights.version, weights.bias[at], weights.threshold[at]) == ("3", -2.5, 0.25)
    assert not weights.rows


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("f\treason", "expected a feature, a claim and a weight"),
        ("f\treason\t1.00\t2.00", "expected a feature, a claim and a weight"),
        ("f reason 1.00", "expected a feature, a claim and a weight"),
        ("f\treasons\t1.00", "expected a feature, a claim and a weight"),
        ("f\treason\tmuch", "expected a feature, a claim and a weight"),
        ("f\treason\tnan", "not a finite number"),
        ("f\treason\t-inf", "not a finite number"),
        ("a\treason\t2.00", "two rows for 'reason'"),
        ("always\treason\t2.00", "two rows for 'reason'"),
    ],
    ids=["too few", "too many", "spaces", "unknown claim", "no number", "nan", "infinite", "twice", "bias twice"],
)
def test_a_wrong_line_is_named(bad: str, reason: str) -> None:
    """A wrong row is refused with its line number, comments and blank lines counted."""
    good = f"# version 1\n\n{COLUMNS}\nalways\treason\t1.00\na\treason\t1.00\n"
    read_claim_weights(good)
    with pytest.raises(ValueError, match=rf"^line 6: .*{reason}"):
        read_claim_weights(f"{good}{bad}\nb\treason\t1.00\n")


# ---- sums and chances


@given(tables(), st.lists(NAMES, max_size=3))
def test_odds_are_a_sum(weights: ClaimWeights, unknown: list[str]) -> None:
    """The log odds of every claim are its bias and the weights of the features; a feature without a row weighs nothing."""
    strangers = [f"?{name}" for name in unknown]
    assert odds(weights, strangers) == list(weights.bias)
    expected = [math.fsum([weights.bias[k], *(w for row in weights.rows.values() for at, w in row if at == k)]) for k in range(N)]
    assert odds(weights, [*weights.rows, *strangers]) == pytest.approx(expected)


@given(st.floats(-12, 12))
def test_probability_is_the_logistic_function(z: float) -> None:
    """Odds turn into a probability and back."""
    p = probability(z)
    assert math.log(p) - math.log1p(-p) == pytest.approx(z, abs=1e-6)
    assert probability(-z) == pytest.approx(1 - p)


@pytest.mark.parametrize(("z", "p"), [(0.0, 0.5), (1e6, 1.0), (-1e6, 0.0), (710.0, 1.0), (-746.0, 0.0), (math.inf, 1.0), (-math.inf, 0.0)])
def test_probability_without_overflow(z: float, p: float) -> None:
    """Odds beyond what the exponential function can take are as good as sure."""
    assert probability(z) == pytest.approx(p, abs=1e-12)


@given(st.lists(CHANCES, max_size=6))
def test_at_least_one_against_brute_force(chances: list[float]) -> None:
    """The chance of one or more is the sum over all outcomes but the one in which nothing happens."""
    outcomes = list(product((True, False), repeat=len(chances)))
    expected = math.fsum(
        math.prod(p if yes else 1 - p for p, yes in zip(chances, outcome, strict=True)) for outcome in outcomes if any(outcome)
    )
    assert at_least_one(chances) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("chances", "expected"), [([], 0.0), ([0.3], 0.3), ([0.5, 0.5], 0.75), ([0.2, 1.0], 1.0), ([0.0, 0.0], 0.0)])
def test_at_least_one(chances: list[float], expected: float) -> None:
    """None of nothing is nothing, one is itself, two halves are three quarters."""
    assert at_least_one(chances) == pytest.approx(expected)


# ---- claims of an answer


def chances_of(**by_claim: float) -> list[float]:
    """Chances of a sentence, nothing for the claims that are not named."""
    return [by_claim.get(claim, 0.0) for claim in CLAIMS]


def test_claims_reach_their_own_thresholds() -> None:
    """Each claim is measured against its own threshold, and reaching it is enough."""
    thresholds = tuple({"reason": 0.4, "lesson": 0.6}.get(claim, 0.5) for claim in ALL)
    weights = ClaimWeights("1", {}, NONE, thresholds)
    chances, made = claims_made(weights, [chances_of(reason=0.4, lesson=0.59, role=0.5, quantified=0.49)])
    assert set(made) == {"reason", "role"}
    assert chances == pytest.approx(chances_of(reason=0.4, lesson=0.59, role=0.5, quantified=0.49))


def test_weak_sentences_add_up() -> None:
    """Several sentences that come close make the claim together; one of them alone does not."""
    weights = table({}, threshold=0.5)
    weak = chances_of(reason=0.3)
    assert claims_made(weights, [weak])[1] == []
    chances, made = claims_made(weights, [weak, weak])
    assert made == ["reason"]
    assert chances[CLAIMS.index("reason")] == pytest.approx(0.51)


def test_hints_alone_do_not_add_up() -> None:
    """However many sentences hardly hint at a claim, they do not make it: one has to come up to the least probability."""
    weights = table({}, threshold=0.5)
    hint = LEAST_PROBABILITY * 0.9
    chances, made = claims_made(weights, [chances_of(reason=hint)] * 50)
    assert made == []
    assert chances[CLAIMS.index("reason")] == pytest.approx(hint)
    assert claims_made(weights, [*[chances_of(reason=hint)] * 50, chances_of(reason=LEAST_PROBABILITY)])[1] == ["reason"]


def test_no_sentence_makes_no_claim() -> None:
    """An answer without sentences that say anything claims nothing."""
    assert claims_made(table({}, threshold=0.5), []) == ([0.0] * len(CLAIMS), [])


def test_answer_chances() -> None:
    """Claims come from the sentences, topics from what all of them say, from the claims made and from the question."""
    weights = table(
        {
            "cue:a": {"reason": 9.0},
            "answer:cue:a": {"category:failure": 1.0},
            "makes:reason": {"category:failure": 2.0},
            "asked:failed": {"category:failure": 4.0},
        },
        bias=-5.0,
    )
    topic = len(CLAIMS) + TOPICS.index("category:failure")

    def log_odds(rows: list[list[str]], question: list[str]) -> float:
        p = answer_chances(weights, rows, question)[topic]
        return math.log(p / (1 - p))

    assert len(answer_chances(weights, [["cue:a"]], [])) == N
    assert answer_chances(weights, [["cue:b"], ["cue:a"]], [])[CLAIMS.index("reason")] > 0.9
    assert log_odds([["cue:b"]], []) == pytest.approx(-5.0)
    assert log_odds([["cue:a"], ["cue:a"]], []) == pytest.approx(-2.0)
    assert log_odds([["cue:b"]], ["asked:failed"]) == pytest.approx(-1.0)
    assert log_odds([["cue:a"]], ["asked:failed"]) == pytest.approx(2.0)


def test_lists_have_no_part_in_the_answer() -> None:
    """A sentence without features, a mere list, does not even bring the chance that any sentence has."""
    weights = table({}, bias=-1.0)
    assert answer_chances(weights, [["cue:a"], [], []], []) == answer_chances(weights, [["cue:a"]], [])
    assert answer_chances(weights, [[], []], [])[: len(CLAIMS)] == [0.0] * len(CLAIMS)


# ---- features


def test_claim_features() -> None:
    """A sentence's claims are told by its own features, by every cue, by its part, and by its numbers and changes."""
    text = "the AUC fell from 90% to 80% in two days"
    found = quantities(text, 0, len(text))
    assert [q.kind for q in found] == ["percent", "percent", "time"]
    moved = changes(text, 0, len(text), found)
    assert len(moved) == 1
    facts = UnitFacts({"says:fell": pack(2, 3)}, (Match("mine.fall", 2, 5),), (), {})
    features = claim_features(facts, {"mine.fall": "outcome.mine"}, "result", found, moved)
    assert features["says:fell"] == pack(2, 3)
    assert features["cue:outcome.mine"] == features["phrase:mine.fall"] == pack(2, 5)
    assert {"part:result", "quantity:percent", "quantity:time", "quantity:measure", "quantity:measure+result"} <= features.keys()
    assert {"quantity:strong+result", "quantity:of-a-model", "change:pair", "change:any+result"} <= features.keys()
    assert "change:ratio" not in features
    assert facts.features == {"says:fell": pack(2, 3)}, "the facts themselves were changed"


@pytest.mark.parametrize(
    ("text", "there", "missing"),
    [
        ("we met on 4 May 2021", set(), {"quantity:measure", "quantity:strong+task"}),
        ("it took two days", {"quantity:measure+task"}, {"quantity:strong+task", "quantity:of-a-model"}),
        ("we saved 300 euros", {"quantity:measure+task", "quantity:strong+task"}, {"change:pair"}),
        ("the queue was halved", {"change:ratio", "change:any+task"}, {"change:pair", "quantity:measure"}),
    ],
)
def test_features_of_numbers(text: str, there: set[str], missing: set[str]) -> None:
    """A date is no measure, times and counts are weaker ones, and a ratio is told without a before and after."""
    found = quantities(text, 0, len(text))
    features = claim_features(UnitFacts({}, (), (), {}), {}, "task", found, changes(text, 0, len(text), found)).keys()
    assert there <= features
    assert not missing & features


@pytest.mark.parametrize("name", ["before:cue:a", "after:main:i+past", "place:first", "told:result-before", "length:over-30", "label:task"])
def test_surroundings_tell_no_claims(name: str) -> None:
    """What stands around a sentence says nothing about what it claims."""
    assert not usable(name)


@pytest.mark.parametrize("name", ["cue:decision.reason", "says:because", "part:action", "quantity:percent", "main:i+past"])
def test_what_a_sentence_says_may_tell_claims(name: str) -> None:
    """Its own words, grammar, numbers and part do."""
    assert usable(name)


def test_topic_features() -> None:
    """What the answer is about is told by cues, words, verbs, numbers and parts; not by pairs, conjunctions or grammar."""
    row = ["cue:a.b", "says:late", "verb:build", "word:metric", "quantity:percent", "part:result", "change:pair"]
    assert topic_features(row) == [f"answer:{name}" for name in row]
    assert topic_features(["says:too late", "quantity:measure+result", "main:i+past", "phrase:a.b", "voice:passive"]) == []


def test_question_features() -> None:
    """A question tells by its words of three letters or more, in any case and each once, and by the kinds of its cues."""
    assert question_features("Why FAIL? I fail, why!", ["ask.failure"]) == ["asked:ask.failure", "asked:fail", "asked:why"]
    assert question_features("", []) == []


# ---- mere lists

LISTS = [
    "Latency, cost, drift, fairness and monitoring.",
    "latency, cost, drift, fairness and monitoring",
    "Latency, cost, drift, labels, fairness, monitoring, rollback, A/B testing, trade-offs, baselines, interpretability and scale.",
    "We care about latency, cost, drift, fairness and monitoring.",
    "It involved latency, cost, drift, fairness and monitoring.",
    "Key words: latency, cost, drift, fairness, monitoring.",
    "latency cost drift fairness monitoring rollback",
    "Python, SQL, Spark, Airflow and Docker.",
    "The stack was Python, SQL, Spark, Airflow and Docker.",
    "My skills include Python, SQL, Spark, Airflow and Docker.",
    "Model monitoring, data drift detection, feature stores, online serving.",
    "Machine learning model deployment pipeline monitoring.",
    "Precision, recall, AUC, calibration.",
    "Scalable, reliable, fair, cheap and fast models.",
    "Bread, rolls, cakes, pies and tarts.",
    "Bread and rolls and cakes and pies.",
    "Data, models, dashboards, alerts.",
    "Two weeks, three people, one server, no budget.",
    "Less noise, fewer calls, happier users, shorter queues.",
]
NO_LISTS = [
    "I rang the baker.",
    "Fewer blocked customers.",
    "A hard deadline.",
    "Two weeks, three people, one server.",
    "I bought bread, milk and eggs.",
    "I bought bread, milk, eggs, butter, sugar and flour for the shop because the queue was long.",
    "I bought flour, sugar, butter and left.",
    "I wrote the tests, the docs, the scripts and checked the totals.",
    "I profiled it, split the file, loaded it and checked the totals.",
    "I used data, models and scripts to check results.",
    "We used data, people, servers, time and monitoring the queue.",
    "We looked at latency, cost, drift, fairness and scale for each of them, one by one, by hand, over and over again.",
    "We had two constraints: latency and cost.",
    "I talked to the vendor, the manager, the analyst and the lawyer.",
    "I tested it for latency, cost, drift and fairness.",
    "I compared precision, recall, latency, cost and fairness of both models before I chose the small one.",
    "I was responsible for the data, the model, the tests and the rollout.",
    "As a result, latency fell from 300 ms to 120 ms and cost by a third.",
    "Traffic of 1,000, then 2,000, then 1,200,000 requests.",
    "In the end, everyone was happy.",
    "The model was small, and I could explain it.",
]


@pytest.mark.parametrize("text", LISTS)
def test_lists(read: Read, text: str) -> None:
    """Many things in a row, and nobody who does anything about them, are a list: with or without commas, "we" or a weak verb."""
    seen, units = read(text)
    (unit,) = units
    assert is_list(seen, unit)


@pytest.mark.parametrize("text", NO_LISTS)
def test_no_lists(read: Read, text: str) -> None:
    """Sentences that tell something are none, even if they name several things, or have commas inside numbers."""
    seen, units = read(text)
    assert not any(is_list(seen, unit) for unit in units)


def test_only_the_list_is_a_list(read: Read) -> None:
    """Each sentence is looked at alone."""
    seen, units = read(f"I rang the baker. {LISTS[0]} She had closed.")
    assert [is_list(seen, unit) for unit in units] == [False, True, False]


# ---- the packaged table


def test_packaged_table_is_sane() -> None:
    """The packaged weights are read and finite, every claim and topic has a threshold between 0 and 1, and reading inverts writing."""
    text = load_lexicons().claim_weights
    weights = read_claim_weights(text)
    assert weights.version
    assert len(weights.rows) > 100
    assert all(math.isfinite(w) for w in weights.bias)
    assert all(0 < limit < 1 for limit in weights.threshold)
    assert {claim for line in text.splitlines() if line.startswith("threshold\t") for claim in line.split("\t")[1:2]} == set(ALL)
    assert read_claim_weights(write_claim_weights(weights, [])) == weights


def test_packaged_table_names_nothing_unusable() -> None:
    """No row rests on a feature that claims may not use: it would never weigh anything."""
    rows = read_claim_weights(load_lexicons().claim_weights).rows
    assert [name for name in rows if not usable(name)] == []


def test_packaged_claims_need_a_reason() -> None:
    """A sentence of which nothing is known makes no claim."""
    weights = read_claim_weights(load_lexicons().claim_weights)
    assert all(probability(z) < limit for z, limit in zip(odds(weights, []), weights.threshold, strict=True))
