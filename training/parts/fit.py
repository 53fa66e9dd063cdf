"""Fit the part weights on labelled answers, cross-validated by source, and write the table.

    python -m training.parts.fit CORPUS.jsonl ... [--write] [--folds 10]

Prints the figures of the cross-validation: no source stands in both the fitted and the measured half.
`--write` then fits on everything and writes data/lexicons/part_weights.tsv.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse

from star_analyzer.evidence import PARTS
from star_analyzer.lexicons import Lexicons, load_lexicons, packaged_folder
from star_analyzer.nlp.chain import PartWeights, write_weights
from star_analyzer.nlp.context import in_context
from star_analyzer.nlp.decide import Decided, decide, decide_twice
from star_analyzer.nlp.decide import Reading as Read
from star_analyzer.nlp.pipeline import load_pipeline
from training.parts.crf import Sequences, fit
from training.parts.data import Reading, read, rows, written

WRITTEN = Path(__file__).parent / "written"
GROUPS = (("situation", "task"), ("action",), ("result", "reflection"))


@dataclass(frozen=True)
class Recipe:
    """What can be chosen about a fit. The defaults won the cross-validation (training/README.md)."""

    penalty: float = 1.5
    chain_penalty: float = 60.0
    plain: float = 1.0
    speech: float = 0.4
    finer: float = 0.4
    written: float = 0.3
    least_answers: int = 5
    least_sources: int = 3
    iterations: int = 100
    left_out: float = 0.5
    copies: int = 4
    drop: tuple[str, ...] = ()


LEAST_WEIGHT = 0.15
"""Range of a row below which it is left out: a quarter of the rows, and one part in three thousand changes."""

Item = tuple[list[list[str]], list[int], float]
"""Feature names of every unit of an answer, its gold parts, and how much it counts."""

# How much harder a family of features is pulled to zero. Single phrases and lemmas are many and each
# rests on few answers; place and order are what the headed answers overstate.
_PULL = {
    "says:": 1.5,
    "phrase:": 2.0,
    "lemma:": 3.0,
    "place:": 4.0,
    "told:": 2.0,
    "before:": 3.0,
    "after:": 3.0,
    "length:": 1.5,
}

# The corpus' headings were taken out of its texts, so labels cannot be fitted. In the headed answers the
# reading by docs/labels.md falls under the author's own heading for 87% of the sentences, which is log odds of about 3.
LABEL_WEIGHT = 3.0


def labelled_rows() -> dict[str, tuple[float, ...]]:
    """Hand-set weights of the section labels."""
    out = {}
    for k, part in enumerate(PARTS[:5]):
        out[f"label:{part}"] = tuple(LABEL_WEIGHT if j == k else 0.0 for j in range(len(PARTS)))
    return out


def items(readings: Iterable[Reading], recipe: Recipe) -> list[Item]:
    """Feature names by unit, gold parts and weight of every answer."""
    out = []
    for r in readings:
        weight = {"plain": recipe.plain, "written": recipe.written}.get(r.kind, 1.0)
        readings_of = [(r.facts, r.gold, weight * (recipe.speech if r.speech else 1.0))]
        if r.speech and r.fine is not None:
            readings_of.append((r.fine.facts, r.fine_gold, weight * recipe.finer))
        for facts, gold, counts in readings_of:
            if gold:
                context = in_context(facts, [(None, False)] * len(facts))
                out.append(([kept(f, recipe) for f in context], gold, counts))
    return [copy for number in range(recipe.copies) for copy in thinned(out, recipe, number)]


def thinned(answers: Iterable[Item], recipe: Recipe, number: int) -> Iterator[Item]:
    """A copy of the answers with features left out at random.

    What is said in many ways at once ("My task was", its kind, its words, its place) would otherwise
    share its weight among all of them, and a sentence with only one of them would be lost.
    """
    rng = random.Random(number)
    for units, gold, weight in answers:
        yield [[name for name in unit if rng.random() >= recipe.left_out] for unit in units], gold, weight / recipe.copies


def kept(features: Iterable[str], recipe: Recipe) -> list[str]:
    """Feature names without the families that a recipe drops."""
    return [f for f in features if not f.startswith(recipe.drop)] if recipe.drop else list(features)


def vocabulary(readings: Sequence[Reading], recipe: Recipe) -> list[str]:
    """Features seen in enough answers and sources to be trusted."""
    answers: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for r in readings:
        if r.speech:
            continue
        context = in_context(r.facts, [(None, False)] * len(r.facts))
        for name in {n for f in context for n in kept(f, recipe)}:
            answers[name] += 1
            sources[name].add(r.row["source"])
    return sorted(n for n, c in answers.items() if c >= recipe.least_answers and len(sources[n]) >= recipe.least_sources)


def train(readings: Sequence[Reading], recipe: Recipe, temperature: float = 1.0, version: str = "0") -> PartWeights:
    """Fit the weights on answers."""
    names = vocabulary(readings, recipe)
    index = {n: i for i, n in enumerate(names)}
    columns: list[int] = []
    pointers = [0]
    labels: list[int] = []
    offsets = [0]
    weights: list[float] = []
    for units, gold, weight in items(readings, recipe):
        for unit in units:
            columns += [index[n] for n in unit if n in index]
            pointers.append(len(columns))
        labels += gold
        offsets.append(len(labels))
        weights.append(weight)
    matrix = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(labels), len(names)))
    pull = np.array([next((v for k, v in _PULL.items() if n.startswith(k)), 1.0) for n in names]) * recipe.penalty
    data = Sequences(matrix, np.array(labels), np.array(offsets), np.array(weights))
    found = fit(data, pull, recipe.chain_penalty, len(PARTS), recipe.iterations)
    table = {n: tuple(float(v) for v in found.features[i]) for n, i in index.items() if np.ptp(found.features[i]) >= LEAST_WEIGHT}
    table.update(labelled_rows())
    return PartWeights(
        version,
        temperature,
        table,
        tuple(map(float, found.start)),
        tuple(map(float, found.end)),
        tuple(tuple(map(float, row)) for row in found.steps),
    )


def predict_once(weights: PartWeights, reading: Reading) -> list[Decided]:
    """Its units with part and posterior, by one reading of the text."""
    return decide(weights, Read(reading.units, reading.facts))


def predict(weights: PartWeights, reading: Reading) -> list[Decided]:
    """Units with part and posterior, as the package decides on them."""
    if reading.fine is None:
        return predict_once(weights, reading)
    return decide_twice(weights, Read(reading.units, reading.facts), reading.fine)


def folds(readings: Sequence[Reading], count: int) -> list[set[str]]:
    """Sources dealt to folds: the largest first, each to the fold with the fewest sentences so far."""
    size: Counter[str] = Counter()
    for r in readings:
        if r.kind == "written":
            continue
        size[r.row["source"]] += len(r.gold) * (3 if r.kind == "plain" else 1)
    out: list[set[str]] = [set() for _ in range(count)]
    load = [0] * count
    for source, n in sorted(size.items(), key=lambda kv: (-kv[1], hashlib.md5(kv[0].encode()).hexdigest())):
        k = load.index(min(load))
        out[k].add(source)
        load[k] += n
    return out


@dataclass
class Scored:
    """One gold sentence with what was predicted for it, and where it comes from."""

    reader: str
    got: str
    confidence: float
    words: int
    answer: str
    row: dict[str, object]
    text: str


def scored(reading: Reading, predictions: Sequence[Decided]) -> list[Scored]:
    """Every gold sentence takes the part that covers most of its characters."""
    out = []
    for sentence in reading.row["sentences"]:
        votes: Counter[str] = Counter()
        sure: dict[str, float] = {}
        for unit, decision in predictions:
            overlap = min(unit.end, sentence["end"]) - max(unit.start, sentence["start"])
            if overlap > 0:
                votes[PARTS[decision.part]] += overlap
                sure[PARTS[decision.part]] = decision.posterior[decision.part]
        got = votes.most_common(1)[0][0] if votes else "other"
        text = reading.row["text"][sentence["start"] : sentence["end"]]
        gold = (sentence.get("reader") or "").lower()
        out.append(Scored(gold, got, sure.get(got, 0.0), len(text.split()), reading.row["id"], reading.row, text))
    return out


def figures(found: Sequence[Scored]) -> str:
    """Accuracy, macro-F1 over the five parts (and with Other), share error."""
    found = [s for s in found if s.reader]
    if not found:
        return "no sentences"
    f1 = {}
    for part in PARTS:
        tp = sum(s.reader == part == s.got for s in found)
        fp = sum(s.reader != part == s.got for s in found)
        fn = sum(s.reader == part != s.got for s in found)
        f1[part] = 2 * tp / max(1, 2 * tp + fp + fn)
    errors = []
    by_answer: dict[str, list[Scored]] = defaultdict(list)
    for s in found:
        by_answer[s.answer].append(s)
    for group in by_answer.values():
        total = sum(s.words for s in group) or 1
        for parts in GROUPS:
            errors.append(abs(sum(s.words * ((s.reader in parts) - (s.got in parts)) for s in group)) / total)
    accuracy = sum(s.reader == s.got for s in found) / len(found)
    five = sum(f1[p] for p in PARTS[:5]) / 5
    detail = " ".join(f"{p[:3]} {f1[p]:.2f}" for p in PARTS)
    return (
        f"n {len(found):>4}  accuracy {accuracy:.3f}  macro-F1 of five {five:.3f}  share error {sum(errors) / len(errors):.3f}   {detail}"
    )


_SHARED: list[Reading] = []  # inherited by forked workers: pickling the readings would take longer than fitting


TEMPERATURES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)


@dataclass
class Measured:
    """Cross-validated predictions of one answer, and how well each temperature foretells its parts."""

    speech: bool
    sentences: list[Scored]
    losses: tuple[float, ...]


def _one_fold(job: tuple[set[str], Recipe]) -> list[Measured]:
    fold, recipe = job
    weights = train([r for r in _SHARED if r.row["source"] not in fold], recipe)  # written answers are in every half that is fitted
    held_out = [r for r in _SHARED if r.row["source"] in fold]
    return [
        Measured(r.speech, scored(r, predict(weights, r)), tuple(loss(replace(weights, temperature=t), r) for t in TEMPERATURES))
        for r in held_out
    ]


def loss(weights: PartWeights, reading: Reading) -> float:
    """Sum of the negative log probabilities of the gold parts, of one reading of the text."""
    found = predict_once(weights, reading)
    return -sum(math.log(max(1e-9, d.decision.posterior[gold])) for d, gold in zip(found, reading.gold, strict=True))


def best_temperature(results: Sequence[Measured]) -> float:
    """The temperature that foretells the held-out parts best."""
    totals = [sum(column) for column in zip(*(m.losses for m in results), strict=True)]
    return TEMPERATURES[totals.index(min(totals))]


def cross_validate(readings: Sequence[Reading], recipe: Recipe, count: int, workers: int = 2) -> list[Measured]:
    """Predict every answer with weights fitted on other sources only."""
    _SHARED[:] = readings
    jobs = [(fold, recipe) for fold in folds(readings, count)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        return [measured for out in pool.map(_one_fold, jobs) for measured in out]


def report(results: Sequence[Measured]) -> None:
    """Print the figures, split in the ways that matter."""
    for speech in (False, True):
        found = [s for m in results if m.speech == speech for s in m.sentences]
        if not found:
            continue
        print("as raw speech" if speech else "as typed")
        print("  all           ", figures(found))
        for field in ("kind", "domain", "provenance"):
            for value in sorted({str(s.row[field]) for s in found}):
                print(f"  {value:<14} ", figures([s for s in found if str(s.row[field]) == value]))
    typed = [s for m in results if not m.speech for s in m.sentences if s.reader]
    print("calibration at temperature 1 (typed): mean confidence and accuracy by band")
    for low in (0.0, 0.5, 0.7, 0.9):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.9, 0.9: 1.01}[low]
        band = [s for s in typed if low <= s.confidence < high]
        if band:
            sure, right = sum(s.confidence for s in band) / len(band), sum(s.reader == s.got for s in band) / len(band)
            print(f"  {low:.1f}-{min(high, 1):.1f}: {sure:.2f} {right:.2f} (n {len(band)})")


def load(paths: Sequence[Path], lexicons: Lexicons) -> list[Reading]:
    """Read the corpus typed and as speech."""
    nlp = load_pipeline()
    answers = rows(paths) + written(WRITTEN)
    return read(answers, nlp, lexicons, speech=False) + read(answers, nlp, lexicons, speech=True)


def main() -> None:
    """Cross-validate, print, and write the table when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    readings = load(args.corpus, load_lexicons())
    recipe = Recipe()
    results = cross_validate(readings, recipe, args.folds)
    report(results)
    temperature = best_temperature(results)
    print(f"best temperature: {temperature:g}")
    if args.write:
        weights = train(readings, recipe, temperature, version="1.0.0")
        comments = ["Weights of the parts: natural-log odds, one row a feature. Fitted by training/parts/fit.py; hand edits are welcome."]
        path = packaged_folder() / "part_weights.tsv"
        path.write_text(write_weights(weights, comments), encoding="utf-8")
        print(f"wrote {len(weights.features)} features to {path.name}")


if __name__ == "__main__":
    main()
