"""What a sentence claims: a reason, an alternative, a measured outcome, a limit on the work, a lesson.

Each claim is a sum of the weights of a sentence's named features, as the parts are, and the logistic
function makes a probability of it. The table is sparse and readable (`claim_weights.tsv`): one row a
feature and claim. An answer makes a claim if one of its sentences does, or several come close to it:
the chance that none of them does is the product of their chances not to (a "noisy or").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

import numpy as np
from numpy.typing import NDArray

from star_analyzer.evidence import CLAIMS, TOPICS
from star_analyzer.nlp.changes import Change
from star_analyzer.nlp.facts import Span, UnitFacts, pack
from star_analyzer.nlp.quantities import OUTCOME_KINDS, Quantity
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import SUBJECTS, View

COLUMNS = "feature\tclaim\tweight"
BIAS, THRESHOLD = "always", "threshold"
_LEAST_LISTED = 3
"""Nouns joined to one noun from which a sentence is a list ("latency, cost, drift and fairness")."""
LEAST_PROBABILITY = 0.1
"""Probability from which a sentence counts towards a claim of the answer: a judgement must have words that it rests on."""
_MOSTLY_NOUNS = 0.5
"""Share of nouns and adjectives from which a sentence with one verb and many joined nouns is a list all the same."""
_NAMES = frozenset({"NOUN", "PROPN", "ADJ"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBN", "VBP", "VBZ"})
_IN_A_ROW = frozenset({"punct", "cc", "conj", "amod", "compound"})
"""What may hang on a word of a row; a verb with an object, an auxiliary or "to" is a verb."""
_COMMA = re.compile(r",(?=\s)")
_NO_FEATURES = ("before:", "after:", "place:", "told:", "story:", "length:", "label:")
_TOPIC_FAMILIES = ("cue:", "says:", "word:", "verb:", "form:", "part:", "quantity:", "change:")
_WORDS = re.compile(r"[a-z]{3,}")
_ALL = (*CLAIMS, *TOPICS)
_AT = {name: k for k, name in enumerate(_ALL)}


@dataclass(frozen=True)
class ClaimWeights:
    """The table. Weights are natural-log odds; a missing row weighs nothing."""

    version: str
    rows: Mapping[str, tuple[tuple[int, float], ...]]
    """Feature to its weights: place of the claim in `CLAIMS` + `TOPICS`, and weight."""
    bias: tuple[float, ...]
    threshold: tuple[float, ...]
    """Probability from which an answer is said to make the claim."""

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of every feature in `dense`."""
        return {name: place for place, name in enumerate(self.rows)}

    @cached_property
    def dense(self) -> NDArray[np.float64]:
        """The weights as a matrix, features by claims: adding up its rows is ten times faster than reading `rows`."""
        out = np.zeros((len(self.rows), len(_ALL)))
        for row, cells in zip(out, self.rows.values(), strict=True):
            for at, weight in cells:
                row[at] = weight
        return out

    @cached_property
    def speaks_for(self) -> tuple[dict[str, float], ...]:
        """For every claim and topic the features that raise its odds."""
        out: tuple[dict[str, float], ...] = tuple({} for _ in _ALL)
        for name, cells in self.rows.items():
            for at, weight in cells:
                if weight > 0:
                    out[at][name] = weight
        return out


def read_claim_weights(table: str) -> ClaimWeights:
    """Read the tab-separated table. Raises `ValueError` naming the line that is wrong."""
    version = ""
    rows: dict[str, list[tuple[int, float]]] = {}
    seen: set[tuple[str, str]] = set()
    bias, threshold = [0.0] * len(_ALL), [0.5] * len(_ALL)
    for number, line in enumerate(table.splitlines(), 1):
        if line.startswith("# version "):
            version = line.removeprefix("# version ").strip()
        if not line or line.startswith("#") or line == COLUMNS:
            continue
        try:
            name, claim, cell = line.split("\t")
            at, weight = _AT[claim], float(cell)
        except (ValueError, KeyError):
            raise ValueError(f"line {number}: expected a feature, a claim and a weight, with tabs between them") from None
        if not math.isfinite(weight):
            raise ValueError(f"line {number}: the weight is not a finite number")
        if (name, claim) in seen:
            raise ValueError(f"line {number}: {name!r} has two rows for {claim!r}; keep one")
        seen.add((name, claim))
        if name == BIAS:
            bias[at] = weight
        elif name == THRESHOLD:
            threshold[at] = weight
        else:
            rows.setdefault(name, []).append((at, weight))
    return ClaimWeights(version, {name: tuple(cells) for name, cells in rows.items()}, tuple(bias), tuple(threshold))


def write_claim_weights(weights: ClaimWeights, comments: Sequence[str]) -> str:
    """The table as text, sorted, two decimals: the inverse of `read_claim_weights`."""
    lines = [f"# version {weights.version}", *(f"# {c}" for c in comments), COLUMNS]
    for label, values in ((BIAS, weights.bias), (THRESHOLD, weights.threshold)):
        lines += [f"{label}\t{claim}\t{value:.2f}" for claim, value in zip(_ALL, values, strict=True)]
    for name in sorted(weights.rows):
        lines += [f"{name}\t{_ALL[at]}\t{weight:.2f}" for at, weight in weights.rows[name]]
    return "\n".join(lines) + "\n"


def claim_features(
    facts: UnitFacts, kinds: Mapping[str, str], part: str, found: Sequence[Quantity], moved: Sequence[Change]
) -> dict[str, Span | None]:
    """The features of a sentence that tell what it claims: those of its part, the cues for claims, quantities and changes.

    `kinds` gives the kind of every cue.
    """
    features: dict[str, Span | None] = dict(facts.features)
    put = features.setdefault
    for match in facts.matches:
        span = pack(match.start, match.end)
        put(f"cue:{kinds[match.cue]}", span)
        put(f"phrase:{match.cue}", span)
    put(f"part:{part}", None)
    for quantity in found:
        put(f"quantity:{quantity.kind}", None)
        if quantity.kind in OUTCOME_KINDS:
            put("quantity:measure", None)
            put(f"quantity:measure+{part}", None)
            if quantity.kind not in ("time", "count"):
                put(f"quantity:strong+{part}", None)
        if quantity.metric:
            put("quantity:of-a-model", None)
    for change in moved:
        put("change:pair" if change.before is not None else "change:ratio", None)
        put(f"change:any+{part}", None)
    return features


def is_list(view: View, unit: Unit) -> bool:
    """Whether a sentence only lists things: many nouns in a row and nobody who does anything about them."""
    row = _row(view, unit)
    nouns = [i for i in unit.words if i in row or view.pos[i] in _NAMES or (view.pos[i] == "VERB" and view.tag[i] == "NN")]
    verbs = sum(view.pos[i] == "VERB" and view.tag[i] in _VERB_TAGS and i not in row for i in unit.words)
    if any(view.lower[i] in ("i", "we") and view.dep[i] in SUBJECTS for i in unit.words):
        verbs += sum(view.dep[i] == "cop" for i in unit.words)  # "I was responsible for the data, the model, the tests and the launch"
    text = view.text[unit.start : unit.end]
    if not verbs:
        commas = len(_COMMA.findall(text))
        return len(row) >= _LEAST_LISTED or commas >= _LEAST_LISTED or (len(nouns) >= 5 and len(nouns) >= 0.8 * len(unit.words))
    # "we care about latency, cost, drift, fairness and monitoring"
    return verbs == 1 and len(row) > _LEAST_LISTED and len(nouns) >= _MOSTLY_NOUNS * len(unit.words)


def _row(view: View, unit: Unit) -> set[int]:
    """The words joined to others in a row of nouns and adjectives. Taggers take some of them for verbs ("fairness", "monitoring")."""
    row: set[int] = set()
    for i in unit.words:
        if view.dep[i] != "conj":
            continue
        misread = view.tag[i] in ("VB", "VBP", "VBG") and (view.head[i] in row or view.pos[view.head[i]] in _NAMES)
        if view.pos[i] in _NAMES or (misread and all(view.dep[c] in _IN_A_ROW for c in view.children[i])):
            row.add(i)
    return row


def odds(weights: ClaimWeights, features: Iterable[str]) -> list[float]:
    """Log odds of every claim and topic, in the order of `CLAIMS` + `TOPICS`."""
    places = [place for place in map(weights.places.get, features) if place is not None]
    # added up row by row, so in the same order on every machine
    return list(map(add, weights.bias, weights.dense[places].sum(axis=0).tolist())) if places else list(weights.bias)


def probability(log_odds: float) -> float:
    """The logistic function, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    e = math.exp(log_odds)
    return e / (1 + e)


def at_least_one(chances: Iterable[float]) -> float:
    """Probability that one or more of independent claims is made."""
    return 1 - math.prod(1 - c for c in chances)


def usable(name: str) -> bool:
    """Whether a feature of a sentence may tell what it claims: place and neighbours may not."""
    return not name.startswith(_NO_FEATURES)


def topic_features(row: Iterable[str]) -> list[str]:
    """The features by which a sentence tells what the answer as a whole is about."""
    return [f"answer:{n}" for n in row if n.startswith(_TOPIC_FAMILIES) and "+" not in n and " " not in n]


def question_features(question: str, kinds: Iterable[str]) -> list[str]:
    """The features by which the question does. `kinds`: the kinds of its cues."""
    return sorted({f"asked:{word}" for word in _WORDS.findall(question.lower())} | {f"asked:{kind}" for kind in kinds})


def answer_chances(weights: ClaimWeights, rows: Sequence[Sequence[str]], question: Iterable[str]) -> list[float]:
    """Probability of every claim and topic for an answer whose sentences have these features (none: a mere list)."""
    by_sentence = [[probability(z) for z in odds(weights, row)[: len(CLAIMS)]] for row in rows if row]
    claimed, made = claims_made(weights, by_sentence)
    names = {n for row in rows for n in topic_features(row)} | {f"makes:{claim}" for claim in made} | set(question)
    return [*claimed, *map(probability, odds(weights, sorted(names))[len(CLAIMS) :])]


def claims_made(weights: ClaimWeights, by_sentence: Sequence[Sequence[float]]) -> tuple[list[float], list[str]]:
    """Probability of every claim for the answer, and the claims that reach their thresholds."""
    columns = list(zip(*by_sentence, strict=True)) or [(0.0,)] * len(CLAIMS)
    claimed = [at_least_one(column) if max(column) >= LEAST_PROBABILITY else max(column) for column in columns]
    return claimed, [name for name, chance, limit in zip(CLAIMS, claimed, weights.threshold, strict=False) if chance >= limit]
