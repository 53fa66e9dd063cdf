"""Try the examples and counter-examples of lexicon entries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from star_analyzer.errors import LexiconError
from star_analyzer.lexicons import Lexicons, load_lexicons
from star_analyzer.nlp.facts import unit_facts
from star_analyzer.nlp.matcher import NOT_MATCHED, CueMatcher
from star_analyzer.nlp.pipeline import load_pipeline, unit_list
from star_analyzer.nlp.view import view


def try_examples(folder: Path) -> tuple[int, list[str]]:
    """The number of entries of an overlay folder, and what its examples do wrong: "entry: does not fire in: …".

    Raises:
        LexiconError: a file cannot be read as a lexicon, or there is none.
    """
    if not folder.is_dir() or not any(folder.glob("*.toml")):
        raise LexiconError("there is no lexicon file (.toml) in this folder.", file=folder)
    packaged, lexicons = load_lexicons(), load_lexicons(folder)
    own = {
        name: entry
        for name, entry in {**lexicons.cues, **lexicons.classes}.items()
        if entry not in (packaged.cues.get(name), packaged.classes.get(name)) and not name.startswith(NOT_MATCHED)
    }
    nlp, matcher = load_pipeline(None, folder.resolve()), CueMatcher(lexicons)
    texts = sorted({text for entry in own.values() for text in (*entry.examples, *entry.counter_examples)})
    fired = fired_in(texts, nlp, matcher, lexicons)
    wrong = []
    for name, entry in own.items():
        wrong += [f"{name}: does not fire in its example “{text}”" for text in entry.examples if name not in fired[text]]
        wrong += [f"{name}: fires in its counter-example “{text}”" for text in entry.counter_examples if name in fired[text]]
    return len(own), wrong


def fired_in(texts: Sequence[str], nlp: Language, matcher: CueMatcher, lexicons: Lexicons) -> dict[str, set[str]]:
    """For every text the ids of the entries that fire in it, of classes that only patterns use too."""
    fired: dict[str, set[str]] = {}
    for text, doc in zip(texts, nlp.pipe(texts, batch_size=64), strict=True):
        seen = view(doc)
        units = unit_list(doc, seen)
        facts = [unit_facts(seen, unit, matcher, lexicons) for unit in units]
        steps = [step for unit in units for step in matcher.look_up(seen, unit.words)[0]]
        classes = {key[1:-1] for step in steps for key, _ in step.edges if key[0] == "{"}
        fired[text] = {m.cue for f in facts for m in f.matches} | {n for f in facts for ns in f.classes.values() for n in ns} | classes
    return fired
