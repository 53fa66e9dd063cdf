"""Read CoNLL-U treebanks into plain sentences, and turn sentences into spaCy documents.

spaCy's own converter reads the columns XPOS, FEATS and LEMMA of a treebank that leaves them empty
as if "empty" were the right answer. Here a column that is `_` stays missing, so that nothing is
learned from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

_CLINGS = re.compile(r"[,.?!;:]|n't|'\w{1,2}")  # written to the word before it

# Features nothing downstream reads. Person and Number of a verb only multiply the classes that the
# morphologizer must tell apart ("killed" would need six), so they are kept for pronouns and nouns.
_DROPPED = {"Gender", "Case", "Definite", "NumForm", "Abbr", "Typo", "Style", "ExtPos", "Foreign", "Reflex", "Animacy"}
_DROPPED_FOR_VERBS = {"Number", "Person"}


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. `head` is an index into the sentence; the root points at itself."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool = True


Sentence = tuple[Word, ...]


def _feats(column: str, upos: str, xpos: str) -> str:
    if column == "_":
        return ""
    kept = []
    for pair in column.split("|"):
        name = pair.partition("=")[0]
        # spaCy's lemmatizer takes a present-tense verb without Number for a base form, so VBZ keeps it
        dropped = upos in ("VERB", "AUX") and name in _DROPPED_FOR_VERBS and not (xpos == "VBZ" and name == "Number")
        if name not in _DROPPED and not dropped:
            kept.append(pair)
    return "|".join(kept)


def _sentence(lines: list[str]) -> Sentence:
    """Read one sentence; in the spoken treebank every token stands apart, and is glued here."""
    glue = all(line.endswith("\t_\t_") for line in lines)
    words: list[Word] = []
    inside_until, space_at_end = 0, True
    for line in lines:
        cols = line.split("\t")
        number = cols[0]
        no_space = "SpaceAfter=No" in cols[9]
        if "-" in number:  # a multiword token such as "don't": its words are written together
            inside_until = int(number.split("-")[1])
            space_at_end = not no_space
            continue
        if "." in number:  # an empty node of the enhanced graph
            continue
        index = int(number)
        space = not no_space
        if glue and index < len(lines) and _CLINGS.fullmatch(lines[index].split("\t")[1]):
            space = False
        if index <= inside_until:
            space = space_at_end if index == inside_until else False
        head = int(cols[6]) - 1
        xpos = "" if cols[4] == "_" else cols[4]
        words.append(
            Word(
                form=cols[1].replace(" ", ""),
                lemma="" if cols[2] == "_" else cols[2],
                upos=cols[3],
                xpos=xpos,
                feats=_feats(cols[5], cols[3], cols[4]),
                head=len(words) if head < 0 else head,
                deprel="ROOT" if cols[7] == "root" else cols[7],
                space_after=space,
            )
        )
    return tuple(words)


def read(path: Path) -> Iterator[tuple[bool, Sentence]]:
    """Yield `(starts a document, sentence)` for every sentence of a CoNLL-U file."""
    lines: list[str] = []
    new_document = False
    for raw in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if raw.startswith("#"):
            new_document = new_document or raw.startswith("# newdoc")
        elif raw.strip():
            lines.append(raw)
        elif lines:
            yield new_document, _sentence(lines)
            lines, new_document = [], False


def groups(path: Path, size: int) -> Iterator[list[Sentence]]:
    """Yield runs of up to `size` neighbouring sentences of one document.

    A parser that only ever sees single sentences never learns where sentences end.
    """
    run: list[Sentence] = []
    for new_document, sentence in read(path):
        if run and (new_document or len(run) == size):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def to_doc(vocab: Vocab, sentences: Iterable[Sentence]) -> Doc:
    """Build a gold document; what a treebank leaves empty is left missing."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(words)
        for i, word in enumerate(sentence):
            words.append(word.form)
            spaces.append(word.space_after)
            tags.append(word.xpos)
            pos.append(word.upos)
            morphs.append(word.feats)
            lemmas.append(word.lemma)
            heads.append(offset + word.head)
            deps.append(word.deprel)
            starts.append(i == 0)
    has_feats = any(morphs)
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        morphs=morphs if has_feats else None,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
    )


def without(sentence: Sentence, drop: set[int]) -> Sentence:
    """The sentence without some words; what hung on a dropped word moves up to its head."""
    if not drop:
        return sentence
    keep = [i for i in range(len(sentence)) if i not in drop]
    if not keep:
        return ()
    place = {old: new for new, old in enumerate(keep)}
    root_of_rest: int | None = None
    out: list[Word] = []
    for old in keep:
        word = sentence[old]
        head, seen = word.head, {old}
        while head in drop and head not in seen:
            seen.add(head)
            head = sentence[head].head
        if head in drop or head == old:  # its chain of heads is gone up to the root
            if root_of_rest is None:
                root_of_rest = old
                out.append(replace(word, head=place[old], deprel="ROOT"))
            else:
                out.append(replace(word, head=place[root_of_rest], deprel="parataxis"))
        else:
            out.append(replace(word, head=place[head]))
    return tuple(out)
