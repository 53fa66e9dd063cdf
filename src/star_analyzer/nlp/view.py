"""A `Doc` read once into plain lists, in one vocabulary of labels.

Reading an attribute of a spaCy token costs more than the rules that use it, and pipelines differ in
their dependency scheme (UD: `obj`, `aux:pass`; ClearNLP: `dobj`, `auxpass`). So each document is read
here once, and everything behind it reads lists of strings under UD names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, POS, TAG
from spacy.tokens import Doc

from star_analyzer.patterns import fold

_FROM_CLEARNLP = {
    "ROOT": "root",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "attr": "xcomp",
    "acomp": "xcomp",
    "npadvmod": "obl:unmarked",
    "agent": "obl:agent",
    "poss": "nmod:poss",
    "intj": "discourse",
}
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
_NO_WORDS = frozenset({"PUNCT", "SPACE"})
_SIGNS = "%$€£"
FILLERS = frozenset({"um", "uh", "er", "erm", "uhm", "hmm", "mm", "mhm"})


@dataclass(frozen=True)
class View:
    """Parallel lists over the tokens of a document."""

    text: str
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    word: list[bool]
    """Whether a token is a word: neither space nor punctuation nor a sound of hesitation."""

    @cached_property
    def children(self) -> list[list[int]]:
        """Indexes of the direct dependents of every token, left to right."""
        found: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                found[head].append(i)
        return found


def _is_word(word: str, pos: str) -> bool:
    if pos in _NO_WORDS or word in FILLERS:
        return False
    return word.isalnum() or any(c.isalnum() or c in _SIGNS for c in word)


def view(doc: Doc) -> View:
    """Read a parsed document."""
    strings = doc.vocab.strings
    known: dict[int, str] = {0: ""}

    def named(column: Any) -> list[str]:
        keys = column.tolist()
        for key in set(keys):
            if key not in known:
                known[key] = strings[key]
        return [known[key] for key in keys]

    array = doc.to_array([LOWER, LEMMA, POS, TAG, DEP, HEAD, IDX, LENGTH])
    offsets = array[:, 5].astype("int64").tolist()
    starts = array[:, 6].tolist()
    lower = [fold(w) for w in named(array[:, 0])]
    pos = named(array[:, 2])
    return View(
        text=doc.text,
        lower=lower,
        lemma=[lemma.lower() or low for lemma, low in zip(named(array[:, 1]), lower, strict=True)],
        pos=pos,
        tag=named(array[:, 3]),
        dep=[_FROM_CLEARNLP.get(d, d) for d in named(array[:, 4])],
        head=[i + offset for i, offset in enumerate(offsets)],
        start=starts,
        end=(array[:, 6] + array[:, 7]).tolist(),
        word=[_is_word(w, p) for w, p in zip(lower, pos, strict=True)],
    )
