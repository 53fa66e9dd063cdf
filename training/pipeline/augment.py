"""Make typed treebank sentences look like speech-to-text and like hasty typing.

Recognisers give lower case, no punctuation and fillers; people drop commas and final stops. The
shares are those that lost least on typed text and gained most on raw speech (training/README.md).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from training.pipeline.conllu import Sentence, Word, without

RAW, LOWER, HASTY = 0.20, 0.10, 0.20  # shares of documents; the rest stay as they are
FILLERS = 0.15  # share of raw documents' sentences that get an um or uh
_KEPT_IN_SPEECH = {"%", "$", "€", "£", "&", "+", "/", "-"}


def _lower(sentence: Sentence) -> Sentence:
    return tuple(replace(w, form=w.form.lower()) for w in sentence)


def _without_punctuation(sentence: Sentence) -> Sentence:
    drop = {i for i, w in enumerate(sentence) if w.upos == "PUNCT" and w.form not in _KEPT_IN_SPEECH}
    kept = without(sentence, drop)
    out = []
    for i, word in enumerate(kept):
        following = kept[i + 1].form if i + 1 < len(kept) else ""
        glued = following.startswith("'") or following in ("n't", "%", "-", "/") or word.form in ("-", "/", "$")
        out.append(replace(word, space_after=word.space_after if glued else True))
    return tuple(out)


def _hasty(sentence: Sentence, rng: random.Random) -> Sentence:
    last = len(sentence) - 1
    drop = {
        i for i, w in enumerate(sentence) if (w.form == "," and rng.random() < 0.5) or (i == last and w.form == "." and rng.random() < 0.3)
    }
    return without(sentence, drop)


def _with_filler(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put one filler before a random word, hanging on that word (always projective)."""
    if not sentence:
        return sentence
    at = rng.randrange(len(sentence))
    if at and not sentence[at - 1].space_after:
        return sentence
    form = rng.choice(("um", "uh", "uh", "er", "hmm"))
    filler = Word(form, form, "INTJ", "UH", "", at + 1, "discourse")
    moved = [replace(w, head=w.head + (w.head >= at)) for w in sentence]
    return (*moved[:at], filler, *moved[at:])


def augmented(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """One reading of a document as it might have been typed or said."""
    dice = rng.random()
    if dice < RAW:
        out = [_without_punctuation(_lower(s)) for s in sentences]
        return [_with_filler(s, rng) if rng.random() < FILLERS else s for s in out if s]
    if dice < RAW + LOWER:
        return [_lower(s) for s in sentences]
    if dice < RAW + LOWER + HASTY:
        return [s for s in (_hasty(s, rng) for s in sentences) if s]
    return list(sentences)


def as_speech(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Every sentence lower-cased and without punctuation, for measuring."""
    return [s for s in (_without_punctuation(_lower(s)) for s in sentences) if s]
