"""Load the English pipeline, bundled or named by the user, and run it over texts.

The bundled pipeline is a spaCy pipeline trained from Universal Dependencies treebanks (see
training/README.md and the model's own LICENSE). In front of its parser stands `star_boundaries`,
which sets the sentence starts that punctuation and line breaks give away. Where a text has no
punctuation it leaves them open, and `run_on.py` finds sentence ends after parsing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from star_analyzer.errors import PipelineError
from star_analyzer.lexicons import BOUNDARY_WEIGHTS_FILE, load_lexicons, packaged_folder
from star_analyzer.nlp.run_on import cuts, cuts_twice, read_boundary_weights
from star_analyzer.nlp.segments import Segment, segments
from star_analyzer.nlp.units import Unit, units
from star_analyzer.nlp.view import View
from star_analyzer.repairs import without_repairs

_NO_START = np.array(-1, dtype="int64").astype("uint64")
BATCH_SIZE = 32  # texts; spaCy's default of 1,000 takes gigabytes
SEGMENTS_KEY = "star_segments"
_MODEL = Path(__file__).resolve().parent / "model"
_NEEDED = {"token.tag": "tagger", "token.dep": "parser", "token.lemma": "lemmatizer"}


def load_pipeline(name: str | None = None, overlay: Path | None = None) -> Language:
    """Load the bundled pipeline, or an installed one by name or path, with `star_boundaries` in it.

    `overlay` is a folder of lexicons laid over the packaged ones; it may add section labels.

    Raises `PipelineError` when it cannot be loaded or has no tagger, parser or lemmatizer.
    """
    try:
        nlp = spacy.load(name or _MODEL)
    except (OSError, ValueError) as error:
        which = f"pipeline {name!r}" if name else "bundled pipeline"
        remedy = "install it first, or leave the name out to use the bundled one" if name else "reinstall star-analyzer"
        raise PipelineError(f"The {which} cannot be loaded ({str(error).splitlines()[0]}); {remedy}.") from error
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [what for attribute, what in _NEEDED.items() if attribute not in assigned]
    if missing:
        raise PipelineError(f"The pipeline {name!r} has no {' and no '.join(missing)}; parts cannot be read without.")
    if "star_boundaries" not in nlp.pipe_names:
        nlp.add_pipe("star_boundaries", before="parser", config={"overlay": str(overlay) if overlay else None})
    if nlp.pipe_names.index("star_boundaries") > nlp.pipe_names.index("parser"):
        raise PipelineError("star_boundaries stands behind the parser; it must come before it.")
    return nlp


@lru_cache(maxsize=4)
def label_words(overlay: Path | None = None) -> dict[str, str]:
    """Section labels ("what i did") and the parts that they announce."""
    prefix = "label_"
    found = load_lexicons(overlay).classes.values()
    return {word: c.id.removeprefix(prefix) for c in found if c.id.startswith(prefix) for word in c.words}


def mark_boundaries(doc: Doc, overlay: Path | None = None) -> Doc:
    """Set the sentence starts of a document by its punctuation and line breaks."""
    found, marks = segments(doc.text, label_words(overlay))
    doc.user_data[SEGMENTS_KEY] = ([[s.start, s.end, s.section, s.labelled, s.bullet, s.run_on] for s in found], [list(m) for m in marks])
    edges = sorted({(s.start, s.run_on) for s in found} | {(start, False) for start, _ in marks})
    starts: Any = np.zeros((len(doc), 1), dtype="uint64")  # 0 leaves it to the parser
    at, run_on = 0, False
    for i, idx in enumerate(doc.to_array([IDX]).tolist()):
        begins = False
        while at < len(edges) and edges[at][0] <= idx:
            begins, run_on = True, edges[at][1]
            at += 1
        if begins or i == 0:
            starts[i] = 1
        elif not run_on:
            starts[i] = _NO_START
    # one call for all tokens: `token.is_sent_start = …` walks the whole document each time
    return doc.from_array([SENT_START], starts)


_SYMBOLS = re.compile(r"(?:[^\w\s]|_){40,}")


def prepared(text: str) -> str:
    """The text as it is parsed, at the same length: without words that the speaker took back, and without long runs of
    symbols. No answer has those, and spaCy's tokenizer takes quadratic time over them.
    """
    return without_repairs(_SYMBOLS.sub(lambda run: " " * len(run.group()), text))


@lru_cache(maxsize=1)
def _boundary_weights() -> dict[str, float]:
    """Loaded with the first run-on text; most answers have punctuation."""
    return read_boundary_weights((packaged_folder() / BOUNDARY_WEIGHTS_FILE).read_text(encoding="utf-8"))


def _cut(seen: View, words: Sequence[int]) -> list[int]:
    return cuts(seen, words, _boundary_weights())


def unit_list(doc: Doc, seen: View) -> list[Unit]:
    """The units (sentences, also those found in run-on text) of a parsed document."""
    return units(seen, _segments(doc), _cut)


def unit_lists(doc: Doc, seen: View) -> tuple[list[Unit], list[Unit] | None]:
    """The same; and, where there is run-on text, the units of this also cut where a sentence may end and probably does not."""
    found = _segments(doc)
    if not any(segment.run_on for segment in found):
        return units(seen, found, _cut), None
    finer: dict[int, list[int]] = {}  # by the first word of a segment

    def cut(view: View, words: Sequence[int]) -> list[int]:
        likely, finer[words[0]] = cuts_twice(view, words, _boundary_weights())
        return likely

    return units(seen, found, cut), units(seen, found, lambda _, words: finer[words[0]])


def _segments(doc: Doc) -> list[Segment]:
    if SEGMENTS_KEY not in doc.user_data:
        raise PipelineError("star_parts needs star_boundaries before the parser: nlp.add_pipe('star_boundaries', before='parser').")
    return [Segment(*values) for values in doc.user_data[SEGMENTS_KEY][0]]
