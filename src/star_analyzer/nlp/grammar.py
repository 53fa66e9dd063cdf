"""The grammar of a sentence in the terms that decide its part: who did what, when, in which voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import AUXILIARIES, SUBJECTS, View

_FINITE = {"VBD": "past", "VBP": "present", "VBZ": "present"}
_PERSONS = {
    "i": "i", "we": "we", "you": "you", "it": "it", "he": "they", "she": "they", "they": "they", "everyone": "they",
    "everybody": "they", "someone": "they", "nobody": "they", "people": "they", "there": "there", "this": "this",
    "that": "this", "these": "this", "those": "this", "which": "this", "what": "what", "who": "they", "one": "it",
    "lets": "we", "us": "we", "me": "i", "both": "they", "all": "they", "doing": "this", "none": "this",
}  # fmt: skip
NOUN_SUBJECTS = (
    "goal", "result_noun", "lesson_noun", "problem", "step_noun", "metric", "self_role", "role", "employer", "artifact", "project",
    "time_span",
)  # fmt: skip
_MODALS = {
    "will": "future", "'ll": "future", "would": "would", "'d": "would", "can": "can", "could": "could", "should": "should",
    "must": "must", "may": "might", "might": "might", "ca": "can", "wo": "future", "shall": "future",
}  # fmt: skip
_MARKERS = frozenset({"mark", "advmod", "cc", "discourse", "case"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its subject."""

    verb: int
    subject: str
    """i, we, you, it, they, there, this, my, our, a noun class, noun, name, or none."""
    subject_token: int | None
    tense: str
    lemma: str
    passive: bool
    negated: bool
    copular: bool
    complement: int | None
    """The verb that a verb like "decided", "had" or "tried" takes ("decided to split")."""


def _subject_kind(view: View, token: int, classes: Mapping[int, tuple[str, ...]]) -> str:
    word = view.lower[token]
    if word in _PERSONS:
        return _PERSONS[word]
    mine = ""
    for child in view.children[token]:
        if view.dep[child] == "nmod:poss" and view.lower[child] in ("my", "our"):
            mine = view.lower[child]
    names = classes.get(token, ())
    for name in NOUN_SUBJECTS:
        if name in names:
            return f"{mine}-{name}" if mine and name in ("goal", "lesson_noun", "role", "result_noun", "step_noun") else name
    if mine:
        return mine
    if view.pos[token] == "VERB":
        return "doing"
    return "name" if view.pos[token] == "PROPN" else "noun"


def _tense(view: View, verb: int) -> str:
    auxiliaries = [c for c in view.children[verb] if view.dep[c] in AUXILIARIES]
    have = be = None
    for c in auxiliaries:
        lower, tag = view.lower[c], view.tag[c]
        if lower == "'d" and _participle_follows(view, verb, c, auxiliaries):
            have = c
            continue
        if tag == "MD" or (lower in _MODALS and view.lemma[c] not in ("have", "be")):
            return _MODALS.get(lower, "might")
        if view.lemma[c] == "have" and view.dep[c] == "aux":
            have = c
        elif view.lemma[c] == "be" and view.dep[c] == "aux":
            be = c
    if have is not None:
        return "pluperfect" if view.lower[have] in ("had", "'d") else "perfect"
    if be is not None:
        return "past-progressive" if view.lower[be] in ("was", "were") else "present-progressive"
    for c in auxiliaries:
        if view.tag[c] in _FINITE:
            return _FINITE[view.tag[c]]
    tag = view.tag[verb]
    if tag in _FINITE:
        return _FINITE[tag]
    if tag == "VBG":
        return "gerund"
    if tag == "VBN":
        return "participle"
    if tag == "VB":
        to = any(view.dep[c] == "mark" and view.lower[c] == "to" for c in view.children[verb])
        return "infinitive" if to else "base"
    return "none"


def _participle_follows(view: View, verb: int, contracted: int, auxiliaries: Sequence[int]) -> bool:
    """Whether 'd stands for "had" ("I'd left", "it'd been moved") and not for "would" ("I'd leave", "it'd be moved")."""
    following = next((c for c in auxiliaries if c > contracted), verb)
    return view.tag[following] in ("VBN", "VBD")


def clause(view: View, verb: int, classes: Mapping[int, tuple[str, ...]], fallback: tuple[str, int | None] | None = None) -> Clause:
    """Read the clause of a predicate. `fallback` is the subject of the clause it is joined to."""
    subject: tuple[str, int | None] = ("none", None)
    passive = negated = copular = False
    complement: int | None = None
    particle = ""
    for child in view.children[verb]:
        dep = view.dep[child]
        if dep in SUBJECTS and subject[0] in ("none", "there"):
            kind = _subject_kind(view, child, classes)
            subject = ("there", child) if dep == "expl" and view.lower[child] == "there" else (kind, child)
            passive = passive or dep.endswith(":pass")
        elif dep == "aux:pass":
            passive = True
        elif dep == "cop":
            copular = True
        elif dep == "compound:prt":
            particle = view.lower[child]
        elif dep in ("xcomp", "ccomp") and complement is None and child > verb:
            complement = child
        if view.lower[child] in ("not", "n't", "never", "nt"):
            negated = True
    if subject[0] == "none" and fallback is not None:
        subject = fallback
    lemma = "be" if copular else view.lemma[verb] + (f" {particle}" if particle else "")
    return Clause(verb, subject[0], subject[1], _tense(view, verb), lemma, passive, negated, copular, complement)


def roots(view: View, unit: Unit) -> list[int]:
    """Words of a unit that hang on nothing inside it, verbs before others, in text order."""
    inside = set(unit.tokens)
    tops = [i for i in unit.words if view.head[i] == i or view.head[i] not in inside]
    verbal = [i for i in tops if view.pos[i] in ("VERB", "AUX") or any(view.dep[c] == "cop" for c in view.children[i])]
    return verbal + [i for i in tops if i not in verbal]


def clauses(view: View, unit: Unit, classes: Mapping[int, tuple[str, ...]]) -> list[Clause]:
    """The main clause of a unit first, then the others that have a subject or share that of the main one."""
    tops = roots(view, unit)
    if not tops:
        return []
    main = clause(view, tops[0], classes)
    found = {main.verb: main}
    inside: Sequence[int] = unit.words
    for i in inside:
        if i == main.verb or view.pos[i] not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        if view.pos[i] == "AUX" and view.dep[i] in AUXILIARIES:
            continue
        has_subject = any(view.dep[c] in SUBJECTS for c in view.children[i])
        # "I profiled it, split the file and loaded it": parsers hang the third verb on the first or on the second
        joined = found.get(view.head[i]) if view.dep[i] == "conj" and view.pos[i] == "VERB" else None
        if has_subject or joined:
            found[i] = clause(view, i, classes, (joined.subject, joined.subject_token) if joined else None)
    return list(found.values())
