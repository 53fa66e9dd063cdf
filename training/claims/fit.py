"""Fit the claim weights, cross-validated by source, and write the table.

    python -m training.claims.fit CORPUS.jsonl ... [--write] [--folds 10]

Two kinds of answers are learned from: made-up ones whose claims are marked sentence by sentence, and those of
the corpus, of which only the answer as a whole was judged. For the latter some sentence must make the claim,
and the fit finds out which (multiple-instance learning with a noisy or). Part features of held-out answers come
from part weights that never saw their source either.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray

from star_analyzer.evidence import CATEGORIES, CLAIMS, CONSTRAINTS, PART_FAMILIES, PARTS, RESULT_KINDS, TOPICS
from star_analyzer.lexicons import load_lexicons, packaged_folder
from star_analyzer.nlp.claims import ClaimWeights, answer_chances, topic_features, write_claim_weights
from star_analyzer.nlp.pipeline import load_pipeline
from training.claims.data import ALL, Told, as_reading, read, sentence_features, tags
from training.parts import data as parts_data
from training.parts import fit as parts_fit

WRITTEN = Path(__file__).parent / "written"
Floats = NDArray[np.float64]

PENALTY = 3.0
CORPUS_WEIGHT = 4.0
"""How much a corpus answer counts against a made-up sentence."""
TOPIC_CORPUS_WEIGHT = 4.0
VAGUE_WRITTEN = 0.1
"""How much made-up answers count for `vague`: their readers hardly ever saw it where that of the corpus did."""
ITERATIONS = 80
PRIOR = 1.0
"""Share of the weights of `_WRITTEN_FOR` that is used."""
BARRED = 1e4
"""Penalty factor of weights that may not be."""
LISTS = ("constraint:", "result:", "category:")
LEAST_ANSWERS, LEAST_SOURCES = 4, 3
LEAST_WEIGHT = 0.1
"""Weights nearer to zero are left out of the table."""
_PULL = {"says:": 1.5, "phrase:": 1.5, "lemma:": 3.0, "form:": 1.5, "opens:": 2.0}


@dataclass(frozen=True)
class Bags:
    """Rows of features in bags; of each bag it is known what it claims."""

    rows: list[list[str]]
    bag: list[int]
    gold: NDArray[np.bool_]
    weight: Floats
    """How much each bag counts for each claim."""


# What a sentence is about is told by its content, not by how it is joined to the others: "as a result" and "in the end",
# "because" and "since" must not change what is limited, what kind of result it is or who took part.
_ABOUT = (
    "constraint:",
    "result:",
    "collaboration",
    "alternative",
    "tradeoff",
    "validation",
    "monitoring",
    "category:",
    "quantified",
    "baseline",
)
_CHANGE = frozenset(
    "fell dropped went rose increased decreased reduced improved cut grew declined shrank climbed jumped halved doubled lowered raised "
    "fall drop rise increase decrease reduce improve grow decline falling dropping rising increasing decreasing reducing improving".split()
)
_JOINTS = ("opens:", "form:", "also:", "main:", "subject:", "tense:", "negated", "has:", "be:", "voice:", "complement:", "person:")
_FUNCTION = frozenset(
    "^ the a an and or but so to of in on at for with by from as is was were are be been being it its this that these those i we he she "
    "they you me us him her them my our their his your have has had do did does not n't no if then than when while where which who what "
    "how why because since although though after before until once also just very really only even still too there here up down out "
    "about into over under again more most some any all each every other another such own same can could will would should may might "
    "must 's 'd 've 'll 're 'm result end".split()
)


def may_tell(name: str, claim: str) -> bool:
    """Whether a feature may have a weight for a claim."""
    plain = name.removeprefix("answer:")
    if not claim.startswith(_ABOUT):
        return True
    family, _, rest = plain.partition(":")
    if family in ("cue", "phrase"):
        return rest.partition(".")[0] not in (*PART_FAMILIES, "ask", "filler", "hedge")
    if family == "says" and claim.startswith("constraint:"):
        return False  # the lexicon knows far more limits than the few sentences that were seen
    if family == "says" and not set(rest.split()).isdisjoint(_CHANGE):
        return False  # "fell" or "dropped": the classes of verbs know both
    if family == "word" and rest in ("result_noun", "lesson_noun", "outcome_adv", "step_adv"):
        return False
    if family == "says":
        return not set(rest.split()) <= _FUNCTION
    if family == "verb":
        return "+" not in rest
    return not plain.startswith(_JOINTS)


# What a lexicon was written to find. The fit starts from these weights and leaves them only for good reason: most limits and
# many ways to say a thing are too rare in a few thousand sentences for their weight to be found from nothing.
_WRITTEN_FOR: dict[str, tuple[str, float]] = {
    **{f"cue:constraint.{name}": (f"constraint:{name}", 3.0) for name in CONSTRAINTS},
    **{f"cue:result_kind.{name}": (f"result:{name}", 2.5) for name in RESULT_KINDS},
    **{f"answer:cue:category.{name}": (f"category:{name}", 1.5) for name in CATEGORIES},
    "cue:decision.reason": ("reason", 2.0),
    "cue:decision.alternative": ("alternative", 2.5),
    "cue:decision.baseline": ("alternative", 2.0),
    "cue:decision.tradeoff": ("tradeoff", 3.0),
    "cue:decision.validation": ("validation", 3.0),
    "cue:launch.monitoring": ("monitoring", 3.0),
    "cue:launch.followup": ("monitoring", 1.5),
    "cue:launch.rollback": ("monitoring", 1.0),
    "cue:people.with": ("collaboration", 2.5),
    "cue:people.team": ("collaboration", 1.5),
    "cue:own.role": ("role", 3.0),
    "cue:own.credit": ("role", 2.0),
    "cue:outcome.difference": ("baseline", 2.0),
    "quantity:measure+result": ("quantified", 2.0),
    "quantity:strong+result": ("quantified", 1.0),
    "change:any+result": ("quantified", 1.0),
    "change:pair": ("baseline", 2.0),
    "change:ratio": ("baseline", 2.0),
    "answer:cue:outcome.vague": ("vague", 1.5),
}


def prior(names: Sequence[str], claims_named: Sequence[str]) -> Floats:
    """The weights from which the fit starts, and to which it is drawn."""
    out = np.zeros((len(names), len(claims_named)))
    at = {claim: k for k, claim in enumerate(claims_named)}
    for i, name in enumerate(names):
        claim, weight = _WRITTEN_FOR.get(name, ("", 0.0))
        if claim in at:
            out[i, at[claim]] = weight * PRIOR
    return out


def fit_bags(data: Bags, names: Sequence[str], claims_named: Sequence[str], penalty: float) -> tuple[Floats, Floats]:
    """Weights (features by claims) and biases that maximise the penalised likelihood of the bags."""
    index = {n: i for i, n in enumerate(names)}
    columns: list[int] = []
    pointers = [0]
    for row in data.rows:
        columns += [index[n] for n in row if n in index]
        pointers.append(len(columns))
    x = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(data.rows), len(names)))
    xt = scipy.sparse.csr_matrix(x.T)
    bag = np.array(data.bag)
    member = scipy.sparse.csr_matrix((np.ones(len(bag)), (bag, np.arange(len(bag)))), shape=(len(data.gold), len(bag)))
    back = scipy.sparse.csr_matrix(member.T)
    claims = data.gold.shape[1]
    pull = (penalty * np.array([next((v for k, v in _PULL.items() if n.startswith(k)), 1.0) for n in names]))[:, None]
    pull = pull * np.where([[may_tell(n, c) for c in claims_named] for n in names], 1.0, BARRED)
    drawn_to = prior(names, claims_named)
    gold, weight = data.gold, data.weight

    def objective(theta: Floats) -> tuple[float, Floats]:
        w = theta[:-claims].reshape(len(names), claims)
        z = np.asarray(x @ w) + theta[-claims:]
        none = np.asarray(member @ np.logaddexp(0, z))  # -log of the chance that no row of the bag claims it
        none = np.maximum(none, 1e-9)
        loss = float((weight * np.where(gold, -np.log(-np.expm1(-none)), none)).sum()) + 0.5 * float((pull * (w - drawn_to) ** 2).sum())
        slope = weight * np.where(gold, -1 / np.expm1(none), 1.0)
        dz = np.asarray(back @ slope) / (1 + np.exp(-z))
        return loss, np.concatenate([(np.asarray(xt @ dz) + pull * (w - drawn_to)).ravel(), dz.sum(0)])

    start = np.concatenate([drawn_to.ravel(), np.full(claims, -3.0)])
    found = scipy.optimize.minimize(
        objective, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxfun": 2 * ITERATIONS}
    )
    return found.x[:-claims].reshape(len(names), claims), found.x[-claims:]


def vocabulary(rows: Iterable[tuple[str, str, Iterable[str]]]) -> list[str]:
    """Features seen in enough answers and sources. `rows`: answer, source, features."""
    answers: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for _, source, names in rows:
        for name in names:
            answers[name] += 1
            sources[name].add(source)
    return sorted(n for n, c in answers.items() if c >= LEAST_ANSWERS and len(sources[n]) >= LEAST_SOURCES)


@dataclass
class Example:
    """An answer with the features of its sentences (for its parts as known or as predicted)."""

    told: Told
    rows: list[list[str]]


def train(examples: Sequence[Example]) -> ClaimWeights:
    """Fit claims by sentence and topics by answer."""
    rows: list[list[str]] = []
    bag: list[int] = []
    gold: list[NDArray[np.bool_]] = []
    weight: list[Floats] = []
    for e in examples:
        if e.told.sentences is None:
            rows += e.rows
            bag += [len(gold)] * len(e.rows)
            gold.append(e.told.answer[: len(CLAIMS)])
            weight.append(np.full(len(CLAIMS), CORPUS_WEIGHT))
        else:
            for features, claimed in zip(e.rows, e.told.sentences, strict=True):
                rows.append(features)
                bag.append(len(gold))
                gold.append(claimed[: len(CLAIMS)])
                weight.append(np.ones(len(CLAIMS)))
    names = vocabulary((e.told.row["id"], e.told.row["source"], {n for r in e.rows for n in r}) for e in examples)
    w, bias = fit_bags(Bags(rows, bag, np.array(gold), np.array(weight)), names, CLAIMS, PENALTY)
    topics = [whole(e) for e in examples]
    topic_names = vocabulary((e.told.row["id"], e.told.row["source"], names) for e, names in zip(examples, topics, strict=True))
    topic_gold = np.array([e.told.answer[len(CLAIMS) :] for e in examples])
    counts = np.array([[TOPIC_CORPUS_WEIGHT if e.told.sentences is None else 1.0] * len(TOPICS) for e in examples])
    counts[[e.told.sentences is not None for e in examples], TOPICS.index("vague")] = VAGUE_WRITTEN
    tw, tbias = fit_bags(Bags(topics, list(range(len(topics))), topic_gold, counts), topic_names, TOPICS, 2 * PENALTY)
    table: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for offset, found_names, found in ((0, names, w), (len(CLAIMS), topic_names, tw)):
        for name, cells in zip(found_names, found, strict=True):
            table[name] += [(offset + k, float(v)) for k, v in enumerate(cells) if abs(v) >= LEAST_WEIGHT]
    kept = {n: tuple(c) for n, c in table.items() if c}
    return ClaimWeights("1.0.0", kept, (*map(float, bias), *map(float, tbias)), (0.5,) * len(ALL))


def whole(example: Example) -> list[str]:
    """The features of an answer as a whole, with the claims that it is known to make."""
    names = {n for row in example.rows for n in topic_features(row)}
    return sorted(names | {f"makes:{claim}" for claim in made(example.told.answer)} | set(example.told.asked))


def made(answer: NDArray[np.bool_]) -> list[str]:
    """Names of the claims that an answer makes."""
    return [name for name, yes in zip(CLAIMS, answer, strict=False) if yes]


def part_predictions(tolds: Sequence[Told], speech: bool, count: int) -> None:
    """Set the parts of every corpus answer by weights fitted on other sources; of made-up answers as written."""
    readings = [as_reading(t, speech) for t in tolds]
    for fold in parts_fit.folds(readings, count):
        weights = parts_fit.train([r for r in readings if r.row["source"] not in fold], parts_fit.Recipe())
        for told, reading in zip(tolds, readings, strict=True):
            if told.row["source"] in fold:
                told.parts = [PARTS[d.decision.part] for d in parts_fit.predict_once(weights, reading)]
    for told in tolds:
        told.parts = told.parts or told.gold_parts


def thresholds(gold: NDArray[np.bool_], found: Floats) -> list[float]:
    """For every claim the probability from which an answer is said to make it: where F1 is best.

    The items of a list (constraints, kinds of result, categories) share one, because each alone has few positives
    and the list is judged as a whole.
    """
    out = [0.0] * gold.shape[1]
    for ks in families():
        chosen = best_threshold(gold[:, ks], found[:, ks])
        for k in ks:
            out[k] = chosen
    return out


def families() -> list[list[int]]:
    """Places of the claims that share a threshold."""
    lists = [[k for k, name in enumerate(ALL) if name.startswith(prefix)] for prefix in LISTS]
    return [*lists, *([k] for k, name in enumerate(ALL) if not name.startswith(LISTS))]


def best_threshold(gold: NDArray[np.bool_], found: Floats) -> float:
    """The threshold with the best F1, as the middle of the stretch that comes within a hundredth of it."""
    steps = [round(0.05 + 0.025 * i, 3) for i in range(35)]
    scores = [f1(gold, found >= t)[0] for t in steps]
    good = [t for t, score in zip(steps, scores, strict=True) if score >= max(scores) - 0.01]
    return round(float(np.median(good)), 3)


def figures(gold: NDArray[np.bool_], found: NDArray[np.bool_]) -> None:
    """F1 of every fact, as ../score.py counts them: lists by item."""
    f1s = {}
    for name in (*CLAIMS[:10], "vague"):
        k = ALL.index(name)
        f1s[name] = f1(gold[:, [k]], found[:, [k]])
    for prefix in LISTS:
        ks = [k for k, name in enumerate(ALL) if name.startswith(prefix)]
        f1s[prefix] = f1(gold[:, ks], found[:, ks])
        for k in ks:
            f1s[ALL[k]] = f1(gold[:, [k]], found[:, [k]])
    for name, (score, tp, fp, fn) in f1s.items():
        print(f"  {name:<32} F1 {score:.2f}  (hit {tp}, false {fp}, missed {fn})")
    main = [v[0] for n, v in f1s.items() if ":" not in n or n.endswith(":")]
    print(f"  mean F1 of these facts {sum(main) / len(main):.3f}")


def f1(gold: NDArray[np.bool_], found: NDArray[np.bool_]) -> tuple[float, int, int, int]:
    """F1 with hits, false ones and missed ones."""
    tp, fp, fn = int((gold & found).sum()), int((~gold & found).sum()), int((gold & ~found).sum())
    return 2 * tp / max(1, 2 * tp + fp + fn), tp, fp, fn


def examples_of(tolds: Sequence[Told], *, predicted: bool) -> list[Example]:
    """Features with the parts as read (for the fit) or as predicted (for the measurement)."""
    kinds = {cue.id: cue.kind for cue in load_lexicons().cues.values()}
    return [Example(t, sentence_features(t, kinds, t.parts if predicted else t.gold_parts)) for t in tolds]


def load(paths: Sequence[Path]) -> list[Told]:
    """Read corpus and made-up answers, as typed."""
    rows = parts_data.rows(paths) + parts_data.written(parts_fit.WRITTEN)
    return read(rows, tags(WRITTEN), load_pipeline(), load_lexicons(), speech=False)


def cross_validate(tolds: Sequence[Told], count: int) -> tuple[NDArray[np.bool_], Floats, list[Told]]:
    """Gold and probabilities for every corpus answer, by weights fitted on other sources."""
    known, seen = examples_of(tolds, predicted=False), examples_of(tolds, predicted=True)
    readings = [as_reading(t, False) for t in tolds]
    gold, found, order = [], [], []
    for fold in parts_fit.folds(readings, count):
        weights = train([e for e in known if e.told.row["source"] not in fold])
        for e in seen:
            if e.told.row["source"] in fold:
                gold.append(e.told.answer)
                found.append(np.array(answer_chances(weights, e.rows, e.told.asked)))
                order.append(e.told)
    return np.array(gold), np.array(found), order


def main() -> None:
    """Cross-validate, print, and write the table when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    tolds = load(args.corpus)
    part_predictions(tolds, False, args.folds)
    gold, found, order = cross_validate(tolds, args.folds)
    limits = thresholds(gold, found)
    # thresholds too are judged on sources that they were not chosen on
    half = np.array([int(re.sub(r"\D", "", t.row["source"]) or 0) % 2 == 0 for t in order])
    yes = np.zeros_like(gold)
    for side in (half, ~half):
        yes[side] = found[side] >= np.array(thresholds(gold[~side], found[~side]))
    print("facts, cross-validated by source")
    figures(gold, yes)
    if args.write:
        weights = train(examples_of(tolds, predicted=False))
        weights = ClaimWeights(weights.version, weights.rows, weights.bias, tuple(limits))
        comments = ["Weights of the claims: natural-log odds. Fitted by training/claims/fit.py; hand edits are welcome."]
        path = packaged_folder() / "claim_weights.tsv"
        path.write_text(write_claim_weights(weights, comments), encoding="utf-8")
        print(f"wrote {sum(map(len, weights.rows.values()))} weights to {path.name}")


if __name__ == "__main__":
    main()
