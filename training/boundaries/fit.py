"""Fit the weights that find sentence ends in text without punctuation.

    python -m training.boundaries.fit TREEBANK_FOLDER [--write]

Any punctuated text is labelled data for this: take the punctuation away and try to find it again.
Fitted on the training part of UD English-EWT and on the answers of training/parts/written; measured on
EWT's test part (unrelated sentences, the hard case) and on written answers left out by file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse
from spacy.language import Language
from spacy.tokens import Doc

from star_analyzer.lexicons import BOUNDARY_WEIGHTS_FILE, packaged_folder
from star_analyzer.nlp.pipeline import load_pipeline
from star_analyzer.nlp.run_on import crossings, cuts, gap_features, since
from star_analyzer.nlp.view import View, view
from training.parts.data import as_speech, written
from training.pipeline.augment import as_speech as conllu_as_speech
from training.pipeline.conllu import to_doc
from training.pipeline.reader import documents

WRITTEN = Path(__file__).resolve().parent.parent / "parts" / "written"
PENALTY = 1.0
LEAST = 10  # gaps that a feature has to stand at
LEAN = 0.6
"""Added to the odds of a sentence end. A sentence cut in two keeps its part; two sentences run together
lose one of theirs. Precision and recall are even at about this value."""
Text = tuple[str, set[int]]
"""Raw text and the character offsets at which its sentences start."""


def treebank_texts(nlp: Language, folder: Path, name: str) -> Iterator[Text]:
    """Documents of a treebank as raw speech."""
    for run in documents(folder, (name,)):
        sentences = conllu_as_speech(run)
        if not sentences:
            continue
        doc = to_doc(nlp.vocab, sentences)
        starts, token = set(), 0
        for sentence in sentences:
            starts.add(doc[token].idx)
            token += len(sentence)
        yield doc.text, starts


def written_texts(names: Sequence[str] | None = None) -> Iterator[Text]:
    """The written answers as raw speech, all or those of some files."""
    for row in written(WRITTEN):
        if names is None or row["source"].removeprefix("written-") in names:
            yield as_speech(row["text"]), {s["start"] for s in row["sentences"]}


def parsed(nlp: Language, texts: Sequence[Text]) -> Iterator[tuple[View, list[int], set[int]]]:
    """Views of the texts with their words and the places (in words) at which sentences start."""
    for doc, (_, starts) in zip(nlp.pipe((t for t, _ in texts), batch_size=32), texts, strict=True):
        seen = view(doc)
        words = [i for i, is_word in enumerate(seen.word) if is_word]
        yield seen, words, starting_places(doc, words, starts)


def starting_places(doc: Doc, words: Sequence[int], starts: set[int]) -> set[int]:
    """Places in the list of words that come first at or behind a sentence start."""
    places, waiting = set(), sorted(starts)
    for at, token in enumerate(words):
        if waiting and doc[token].idx >= waiting[0]:
            places.add(at)
            while waiting and doc[token].idx >= waiting[0]:
                waiting.pop(0)
    return places - {0}


def fit(data: Sequence[tuple[View, list[int], set[int]]]) -> dict[str, float]:
    """Penalised logistic regression over the gaps."""
    gaps: list[list[str]] = []
    labels: list[float] = []
    for seen, words, gold in data:
        across, last = crossings(seen, words), 0
        for at in range(1, len(words)):
            gaps.append([*gap_features(seen, words, at, across[at]), since(at - last)])
            labels.append(float(at in gold))
            if at in gold:
                last = at
    counts = Counter(name for names in gaps for name in names)
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST))}
    columns: list[int] = []
    pointers = [0]
    for names in gaps:
        columns += [index[n] for n in names if n in index]
        pointers.append(len(columns))
    x = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(gaps), len(index)))
    y = np.array(labels)

    def objective(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        loss = np.logaddexp(0, z).sum() - y @ z + 0.5 * PENALTY * (w @ w)
        return float(loss), x.T @ (1 / (1 + np.exp(-z)) - y) + PENALTY * w

    found = scipy.optimize.minimize(objective, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    found[index["always"]] += LEAN
    return {name: float(found[i]) for name, i in index.items() if abs(found[i]) >= 0.2}


def measured(weights: dict[str, float], data: Sequence[tuple[View, list[int], set[int]]]) -> str:
    """Precision, recall and F of the inner sentence starts."""
    hit = false = missed = 0
    for seen, words, gold in data:
        got = set(cuts(seen, words, weights))
        hit, false, missed = hit + len(got & gold), false + len(got - gold), missed + len(gold - got)
    p, r = hit / max(1, hit + false), hit / max(1, hit + missed)
    return f"P {p:.2f}  R {r:.2f}  F {2 * p * r / max(1e-9, p + r):.2f}  ({hit + missed} starts)"


def main() -> None:
    """Measure, and write the table when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    nlp = load_pipeline()
    files = sorted(p.stem for p in WRITTEN.glob("*.txt"))
    left_out = files[::4]
    ewt = list(parsed(nlp, list(treebank_texts(nlp, args.treebanks, "en_ewt-ud-train"))))
    kept = list(parsed(nlp, list(written_texts([f for f in files if f not in left_out]))))
    out = list(parsed(nlp, list(written_texts(left_out))))
    weights = fit([*ewt, *kept])
    print("EWT test as speech:        ", measured(weights, list(parsed(nlp, list(treebank_texts(nlp, args.treebanks, "en_ewt-ud-test"))))))
    print("written answers left out:  ", measured(weights, out))
    if args.write:
        weights = fit([*ewt, *kept, *out])
        lines = [
            "# version 1.0.0",
            "# Weights for finding sentence ends without punctuation (training/boundaries/fit.py). Above 0 in sum: a new sentence.",
        ]
        lines += [f"{name}\t{weights[name]:.2f}" for name in sorted(weights)]
        (packaged_folder() / BOUNDARY_WEIGHTS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"wrote {len(weights)} features")


if __name__ == "__main__":
    main()
