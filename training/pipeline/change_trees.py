"""Trees for the sentences that interview answers end with and treebanks hardly hold.

"Latency dropped by 40%" is read by a treebank parser as "latency (that was) dropped by 40%". These
trees, generated from a small grammar of our own, teach the intransitive reading, next to the active
and passive ones that look like it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.pipeline.conllu import Sentence, Word

# base, past, past participle, third person singular
_INTRANSITIVE = [
    ("drop", "dropped", "dropped"),
    ("fall", "fell", "fallen"),
    ("rise", "rose", "risen"),
    ("decrease", "decreased", "decreased"),
    ("increase", "increased", "increased"),
    ("improve", "improved", "improved"),
    ("climb", "climbed", "climbed"),
    ("decline", "declined", "declined"),
    ("grow", "grew", "grown"),
    ("double", "doubled", "doubled"),
    ("shrink", "shrank", "shrunk"),
    ("jump", "jumped", "jumped"),
    ("slip", "slipped", "slipped"),
    ("halve", "halved", "halved"),
    ("recover", "recovered", "recovered"),
    ("degrade", "degraded", "degraded"),
    ("stabilize", "stabilized", "stabilized"),
    ("plateau", "plateaued", "plateaued"),
    ("go", "went", "gone"),
    ("move", "moved", "moved"),
    ("spike", "spiked", "spiked"),
    ("start", "started", "started"),
    ("fail", "failed", "failed"),
    ("change", "changed", "changed"),
    ("return", "returned", "returned"),
    ("stall", "stalled", "stalled"),
]
_TRANSITIVE = [
    ("cut", "cut", "cut"),
    ("reduce", "reduced", "reduced"),
    ("increase", "increased", "increased"),
    ("improve", "improved", "improved"),
    ("lower", "lowered", "lowered"),
    ("raise", "raised", "raised"),
    ("double", "doubled", "doubled"),
    ("drop", "dropped", "dropped"),
    ("save", "saved", "saved"),
    ("boost", "boosted", "boosted"),
    ("bring", "brought", "brought"),
    ("trim", "trimmed", "trimmed"),
    ("rewrite", "rewrote", "rewritten"),
    ("retrain", "retrained", "retrained"),
    ("deploy", "deployed", "deployed"),
    ("migrate", "migrated", "migrated"),
    ("label", "labeled", "labeled"),
    ("ship", "shipped", "shipped"),
]
_NOUNS = [
    "latency",
    "accuracy",
    "churn",
    "revenue",
    "recall",
    "precision",
    "throughput",
    "conversion",
    "adoption",
    "spend",
    "turnover",
    "attendance",
    "satisfaction",
    "retention",
    "engagement",
    "traffic",
    "memory",
    "uptime",
]
_COUNT_NOUNS = ["cost", "error", "ticket", "complaint", "sale", "score", "rate", "model", "pipeline", "service", "alert", "order"]
_COMPOUNDS = ["error", "model", "inference", "build", "deployment", "support", "customer", "training", "query", "page", "sign"]
_ADJS = ["average", "monthly", "overall", "median", "offline", "weekly", "new", "total"]
_ADVS = ["sharply", "slightly", "quickly", "steadily", "significantly", "overnight"]
_UNITS = [("seconds", "second"), ("minutes", "minute"), ("hours", "hour"), ("days", "day"), ("ms", "ms"), ("points", "point")]


@dataclass
class _Tree:
    """Words under construction: `words[root]` is the head of the phrase, heads are local indexes."""

    words: list[Word]
    root: int = 0


def _w(form: str, lemma: str, upos: str, xpos: str, feats: str = "", deprel: str = "dep") -> _Tree:
    return _Tree([Word(form, lemma, upos, xpos, feats, 0, deprel)])


def _attach(head: _Tree, dependent: _Tree, deprel: str, *, left: bool = False) -> _Tree:
    """Put a phrase to the left or right of another and hang its root on the other's root."""
    first, second = (dependent, head) if left else (head, dependent)
    shift = len(first.words)
    words = [*first.words, *(replace(w, head=w.head + shift) for w in second.words)]
    head_root = head.root + (shift if left else 0)
    dep_root = dependent.root + (0 if left else shift)
    words[dep_root] = replace(words[dep_root], head=head_root, deprel=deprel)
    return _Tree(words, head_root)


def _noun_phrase(rng: random.Random, *, speaker: bool = False) -> _Tree:
    if speaker:
        form = rng.choice(["I", "we", "this", "that", "the change"])
        if form == "the change":
            return _attach(
                _w("change", "change", "NOUN", "NN", "Number=Sing"), _w("the", "the", "DET", "DT", "PronType=Art"), "det", left=True
            )
        if form in ("this", "that"):
            return _w(form, form, "PRON", "DT", "Number=Sing|PronType=Dem")
        number = "Sing" if form == "I" else "Plur"
        return _w(form, form, "PRON", "PRP", f"Number={number}|Person=1|PronType=Prs")
    if rng.random() < 0.5:
        noun = rng.choice(_NOUNS)
        tree = _w(noun, noun, "NOUN", "NN", "Number=Sing")
    else:
        noun = rng.choice(_COUNT_NOUNS)
        plural = rng.random() < 0.5
        tree = _w(noun + "s" * plural, noun, "NOUN", "NNS" if plural else "NN", f"Number={'Plur' if plural else 'Sing'}")
    if rng.random() < 0.35:
        comp = rng.choice(_COMPOUNDS)
        tree = _attach(tree, _w(comp, comp, "NOUN", "NN", "Number=Sing"), "compound", left=True)
    if rng.random() < 0.2:
        adj = rng.choice(_ADJS)
        tree = _attach(tree, _w(adj, adj, "ADJ", "JJ", "Degree=Pos"), "amod", left=True)
    dice = rng.random()
    if dice < 0.4:
        tree = _attach(tree, _w("the", "the", "DET", "DT", "PronType=Art"), "det", left=True)
    elif dice < 0.6:
        poss, person = rng.choice([("our", "1"), ("their", "3"), ("my", "1"), ("its", "3")])
        number = "Plur" if poss in ("our", "their") else "Sing"
        tree = _attach(
            tree, _w(poss, poss, "PRON", "PRP$", f"Number={number}|Person={person}|Poss=Yes|PronType=Prs"), "nmod:poss", left=True
        )
    if rng.random() < 0.12:
        tree = _attach(tree, _preposed("of", _noun_phrase_simple(rng)), "nmod")
    return tree


def _noun_phrase_simple(rng: random.Random) -> _Tree:
    noun = rng.choice(["service", "model", "team", "system", "store", "pipeline", "platform", "site"])
    tree = _w(noun, noun, "NOUN", "NN", "Number=Sing")
    return _attach(tree, _w("the", "the", "DET", "DT", "PronType=Art"), "det", left=True)


def _amount(rng: random.Random) -> _Tree:
    number = rng.choice([str(rng.randint(2, 99)), f"{rng.randint(1, 99)}.{rng.randint(1, 9)}", str(rng.randint(100, 2000))])
    value = _w(number, number, "NUM", "CD", "NumType=Card")
    dice = rng.random()
    if dice < 0.55:
        value.words[0] = replace(value.words[0], space_after=False)
        return _attach(_w("%", "%", "SYM", "NN"), value, "nummod", left=True)
    if dice < 0.65:
        return _attach(_w("percent", "percent", "NOUN", "NN", "Number=Sing"), value, "nummod", left=True)
    if dice < 0.75:
        head = _w("$", "$", "SYM", "$")
        head.words[0] = replace(head.words[0], space_after=False)
        return _attach(head, value, "nummod")
    form, lemma = rng.choice(_UNITS)
    return _attach(_w(form, lemma, "NOUN", "NNS", "Number=Plur"), value, "nummod", left=True)


def _preposed(preposition: str, phrase: _Tree) -> _Tree:
    return _attach(phrase, _w(preposition, preposition, "ADP", "IN"), "case", left=True)


def _extent(rng: random.Random, clause: _Tree, *, bare: bool) -> _Tree:
    """For example "by 40%", "from 78% to 86%", "to 12 ms", "12%", "in half", "sharply"."""
    dice = rng.random()
    if dice < 0.35:
        return _attach(clause, _preposed("by", _amount(rng)), "obl")
    if dice < 0.6:
        clause = _attach(clause, _preposed("from", _amount(rng)), "obl")
        return _attach(clause, _preposed("to", _amount(rng)), "obl")
    if dice < 0.72:
        return _attach(clause, _preposed("to", _amount(rng)), "obl")
    if dice < 0.84 and bare:
        return _attach(clause, _amount(rng), "obl:unmarked")
    if dice < 0.92:
        return _attach(clause, _w(rng.choice(_ADVS), "", "ADV", "RB"), "advmod")
    return clause


def _verb(rng: random.Random, forms: tuple[str, str, str]) -> _Tree:
    """A past, perfect or (seldom) present verb with its auxiliaries."""
    base, past, participle = forms
    if rng.random() < 0.12:
        verb = _w(participle, base, "VERB", "VBN", "Tense=Past|VerbForm=Part")
        has = rng.choice([("had", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"), ("has", "VBZ", "Mood=Ind|Tense=Pres|VerbForm=Fin")])
        return _attach(verb, _w(has[0], "have", "AUX", has[1], has[2]), "aux", left=True)
    return _w(past, base, "VERB", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin")


def _clause(rng: random.Random) -> _Tree:
    dice = rng.random()
    if dice < 0.6:
        clause = _extent(rng, _verb(rng, rng.choice(_INTRANSITIVE)), bare=True)
        clause = _attach(clause, _noun_phrase(rng), "nsubj", left=True)
    elif dice < 0.85:
        clause = _attach(_verb(rng, rng.choice(_TRANSITIVE)), _noun_phrase(rng), "obj")
        clause = _extent(rng, clause, bare=False)
        clause = _attach(clause, _noun_phrase(rng, speaker=True), "nsubj", left=True)
    else:
        base, _, participle = rng.choice(_TRANSITIVE)
        clause = _w(participle, base, "VERB", "VBN", "Tense=Past|VerbForm=Part|Voice=Pass")
        clause = _attach(clause, _w("was", "be", "AUX", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"), "aux:pass", left=True)
        clause = _extent(rng, clause, bare=False)
        clause = _attach(clause, _noun_phrase(rng), "nsubj:pass", left=True)
    if rng.random() < 0.25:
        noun = rng.choice(["quarter", "month", "launch", "week", "release", "migration"])
        phrase = _attach(_w(noun, noun, "NOUN", "NN", "Number=Sing"), _w("the", "the", "DET", "DT", "PronType=Art"), "det", left=True)
        clause = _attach(clause, _preposed(rng.choice(["after", "within", "over", "in"]), phrase), "obl")
    return clause


def sentence(rng: random.Random) -> Sentence:
    """One sentence about something that changed."""
    tree = _clause(rng)
    if rng.random() < 0.3:
        second = _attach(_clause(rng), _w("and", "and", "CCONJ", "CC"), "cc", left=True)
        if rng.random() < 0.5:
            tree.words[-1] = replace(tree.words[-1], space_after=False)
            second = _attach(second, _w(",", ",", "PUNCT", ","), "punct", left=True)
        tree = _attach(tree, second, "conj")
    if rng.random() < 0.15:
        tree = _attach(tree, _w("so", "so", "ADV", "RB"), "advmod", left=True)
    tree.words[-1] = replace(tree.words[-1], space_after=False)
    tree = _attach(tree, _w(".", ".", "PUNCT", "."), "punct")
    words = list(tree.words)
    words[0] = replace(words[0], form=words[0].form[0].upper() + words[0].form[1:])
    words[tree.root] = replace(words[tree.root], head=tree.root, deprel="ROOT")
    return tuple(words)


def sentences(count: int, seed: int) -> list[Sentence]:
    """`count` different sentences, the same for the same seed."""
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(count)]
