"""Train, finish, measure and install the bundled English pipeline.

    python -m training.pipeline.build TREEBANK_FOLDER [--out src/star_analyzer/nlp/model] [--steps 10000]

Everything is seeded; the same machine gives the same bytes. Training takes about ten to twenty
minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.scorer import Scorer
from spacy.training import Example
from spacy.vocab import Vocab

from training.pipeline.augment import as_speech
from training.pipeline.conllu import Sentence, to_doc
from training.pipeline.reader import documents, example
from training.pipeline.verbs import lemma_exceptions, rarer_verbs

HERE = Path(__file__).parent
TEST = ("en_ewt-ud-test",)
_SCORES = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")

# Closed-class words that the rule tables leave unchanged or get wrong; UD's lemmas.
_LEMMAS: dict[str, dict[str, str]] = {
    "AUX": {
        "am": "be",
        "'m": "be",
        "’m": "be",
        "m": "be",
        "are": "be",
        "'re": "be",
        "’re": "be",
        "re": "be",
        "is": "be",
        "'s": "be",
        "’s": "be",
        "was": "be",
        "were": "be",
        "been": "be",
        "being": "be",
        "ai": "be",
        "has": "have",
        "had": "have",
        "'ve": "have",
        "’ve": "have",
        "ve": "have",
        "having": "have",
        "'d": "would",
        "’d": "would",
        "d": "would",
        "does": "do",
        "did": "do",
        "done": "do",
        "ca": "can",
        "wo": "will",
        "'ll": "will",
        "’ll": "will",
        "ll": "will",
        "sha": "shall",
        "got": "get",
    },
    "VERB": {
        "are": "be",
        "is": "be",
        "am": "be",
        "was": "be",
        "were": "be",
        "been": "be",
        "has": "have",
        "had": "have",
        "does": "do",
        "did": "do",
        "'s": "be",
        "'ve": "have",
        "'d": "have",
        "left": "leave",
        "found": "find",
        "felt": "feel",
        "ground": "grind",
    },
    "PRON": {
        "me": "I",
        "i": "I",
        "us": "we",
        "him": "he",
        "them": "they",
        "her": "she",
        "my": "my",
        "our": "our",
        "those": "that",
        "these": "this",
        "'em": "they",
    },
    "PART": {"n't": "not", "n’t": "not", "nt": "not", "'s": "'s", "’s": "'s"},
    "DET": {"an": "a", "those": "that", "these": "this"},
    "NOUN": {"%": "%", "data": "data", "media": "media"},
}

# The lemmatizer leaves an unknown closed-class word as it is written, capital and all.
_UNCHANGED = {
    "AUX": "be have do can could may might must shall should will would ought",
    "PRON": "it its you your he she they their his we who whom whose what which that this there something anything nothing everything "
    "someone anyone everyone everybody nobody one another both all some any none each myself yourself himself herself itself "
    "ourselves themselves whoever whatever others",
    "DET": "the a this that every each no some any all both another which what whichever either neither half such",
    "PART": "to not",
}


def add_lemmatizer(nlp: Language) -> None:
    """Add spaCy's rule lemmatizer with the tables of spacy-lookups-data, anew if there is one."""
    if "lemmatizer" in nlp.pipe_names:
        nlp.remove_pipe("lemmatizer")
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    tables = load_lookups("en", tables=["lemma_rules", "lemma_exc", "lemma_index"])
    exceptions = tables.get_table("lemma_exc")
    for pos, words in _LEMMAS.items():
        table = dict(exceptions.get(pos.lower(), {}))
        table.update({form: [lemma] for form, lemma in words.items()})
        table.update({form: [form] for form in _UNCHANGED.get(pos, "").split()})
        exceptions[pos.lower()] = table
    exceptions["verb"] = {**exceptions["verb"], **lemma_exceptions()}
    index = tables.get_table("lemma_index")
    index["verb"] = [verb for verb in index["verb"] if verb not in rarer_verbs()]
    lemmatizer.initialize(lookups=tables)


def used_strings(nlp: Language) -> set[str]:
    """The strings that the pipeline's labels and tables need; the rest came from treebank text."""
    needed: set[str] = set()
    for name in ("tagger", "morphologizer", "parser"):
        component: Any = nlp.get_pipe(name)
        needed.update(component.labels)
        for label in component.labels:
            needed.update(label.replace("|", "=").split("="))
            needed.update(label.split("-", 1))
    needed.update(Vocab().strings)
    needed.update(spacy.blank("en").vocab.strings)
    for label in nlp.get_pipe("morphologizer").labels:  # type: ignore[attr-defined]
        needed.add("|".join(p for p in label.split("|") if not p.startswith("POS=")))
    return needed


def scrub(folder: Path, needed: set[str]) -> None:
    """Leave only the needed strings in the vocabulary on disk, in a fixed order."""
    (folder / "vocab" / "strings.json").write_text(json.dumps(sorted(needed), ensure_ascii=False), encoding="utf-8")
    for name in ("lexemes.bin", "vectors", "vectors.cfg", "key2row"):
        path = folder / "vocab" / name
        if path.is_file() and name == "lexemes.bin":
            path.unlink()


def measured(nlp: Language, gold: list[list[Sentence]]) -> dict[str, float]:
    """End-to-end scores in per cent; the pipeline sees raw text only."""
    examples = []
    for run in gold:
        if run:
            shell = example(nlp, run)
            examples.append(Example(nlp(shell.reference.text), shell.reference))
    scores = Scorer(nlp).score(examples)
    return {name: round(100 * float(scores[name] or 0), 1) for name in _SCORES if name in scores}


def speed(nlp: Language, gold: list[list[Sentence]]) -> float:
    """Words per second of `nlp.pipe` on plain documents."""
    texts = [to_doc(nlp.vocab, run).text for run in gold]
    began = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    return words / (time.perf_counter() - began)


def main() -> None:
    """Train and install."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/star_analyzer/nlp/model"))
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--trained", type=Path, help="skip training and finish this spaCy output folder, or an installed pipeline anew")
    args = parser.parse_args()
    random.seed(0)

    with tempfile.TemporaryDirectory() as scratch:
        trained = args.trained
        if trained is None:
            overrides = {
                "paths.train": str(args.treebanks),
                "paths.dev": str(args.treebanks),
                "training.max_steps": args.steps,
                "training.optimizer.learn_rate.total_steps": args.steps,
            }
            train(HERE / "config.cfg", scratch, overrides=overrides)
            trained = Path(scratch) / "model-last"
        nlp = spacy.load(trained)
        add_lemmatizer(nlp)
        plain = documents(args.treebanks, TEST)
        raw = [as_speech(run) for run in plain]
        figures = {"ewt_test": measured(nlp, plain), "ewt_test_as_speech": measured(nlp, raw)}
        nlp.meta.update(
            name="star_ud",
            version="1.0.0",
            description="English tagger, morphology, parser and lemmas for typed and spoken answers.",
            author="star_analyzer",
            email="",
            url="",
            license="CC BY-SA 4.0",
            sources=[
                {"name": "UD_English-EWT", "license": "CC BY-SA 4.0"},
                {"name": "UD_English-ESLSpok", "license": "CC BY-SA 4.0"},
                {"name": "UD_English-Pronouns", "license": "CC BY-SA 4.0"},
                {"name": "UD_English-PUD", "license": "CC BY-SA 3.0"},
                {"name": "spacy-lookups-data (lemma tables)", "license": "MIT"},
            ],
            performance=figures,
        )
        shutil.rmtree(args.out, ignore_errors=True)
        config = nlp.config
        for section in ("corpora", "training", "initialize", "paths", "pretraining"):
            config.pop(section, None)  # names this machine's folders and a reader that users do not have
        config["initialize"] = {"components": {}, "tokenizer": {}}
        nlp.config = config
        nlp.to_disk(args.out, exclude=["vectors"])
        scrub(args.out, used_strings(nlp))
        shutil.copyfile(HERE / "MODEL_LICENSE.txt", args.out / "LICENSE")
        meta = json.loads((args.out / "meta.json").read_text(encoding="utf-8"))
        meta["spacy_version"] = ">=3.8.0,<3.9.0"
        (args.out / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        again = spacy.load(args.out)
        figures["after_reload"] = measured(again, plain[:20])
        print(
            json.dumps(
                {**figures, "before_scrub_sample": measured(nlp, plain[:20]), "words_per_second": round(speed(again, plain))}, indent=1
            )
        )


if __name__ == "__main__":
    main()
