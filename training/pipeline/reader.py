"""The corpus reader that `config.cfg` names: treebanks in, spaCy examples out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy import registry
from spacy.language import Language
from spacy.training import Example

from training.pipeline.augment import augmented
from training.pipeline.change_trees import sentences as change_sentences
from training.pipeline.conllu import Sentence, groups, to_doc

TRAIN = ("en_ewt-ud-train", "en_eslspok-ud-train", "en_pud-ud-test", "en_pronouns-ud-test")
DEV = ("en_ewt-ud-dev",)
SENTENCES_PER_DOCUMENT = 10
CHANGE_TREES = 900


def documents(folder: Path, names: tuple[str, ...]) -> list[list[Sentence]]:
    """All documents of the named treebank files."""
    return [run for name in names for run in groups(folder / f"{name}.conllu", SENTENCES_PER_DOCUMENT)]


def example(nlp: Language, sentences: list[Sentence]) -> Example:
    """A gold document beside the same text as the pipeline's tokenizer splits it."""
    gold = to_doc(nlp.vocab, sentences)
    return Example(nlp.make_doc(gold.text), gold)


@registry.readers("star_treebanks.v1")
def treebanks(folder: str, split: str, seed: int) -> Callable[[Language], Iterator[Example]]:
    """Read a split; the training split is shuffled and augmented anew each time it is read."""
    rng = random.Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        if split == "dev":
            for run in documents(Path(folder), DEV):
                yield example(nlp, run)
            return
        runs = documents(Path(folder), TRAIN)
        change = change_sentences(CHANGE_TREES, seed)
        # a change sentence joins the treebank sentences, as it stands among others in an answer
        for sentence in change:
            run = rng.choice(runs)
            run.insert(rng.randrange(len(run) + 1), sentence)
        rng.shuffle(runs)
        for run in runs:
            sentences = augmented(run, rng)
            if sentences:
                yield example(nlp, sentences)

    return read
