"""What is said in a sentence, whatever its part: claims, mentions, deeds, numbers. Plain data, ready to be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import TypedDict

from star_analyzer.evidence import CLAIMS, TOPICS
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.changes import Change, changes
from star_analyzer.nlp.claims import (
    LEAST_PROBABILITY,
    ClaimWeights,
    claim_features,
    claims_made,
    is_list,
    odds,
    probability,
)
from star_analyzer.nlp.deeds import FoundDeed, deeds
from star_analyzer.nlp.facts import Span, UnitFacts, unpack
from star_analyzer.nlp.quantities import Quantity, quantities
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import FILLERS, View

MOST_REASONS = 3
"""Reasons kept for a claim."""
WITH_REASONS = 0.25
"""Probability from which the reasons of a claim are kept; below it the claim is hardly ever shown."""
MOST_TELLING = 2
"""Sentences kept as evidence for what the answer is about."""
SOUND = "filler.sound"
_COUNT = len(CLAIMS)


class StoredSaid(TypedDict):
    """What a sentence says, as kept in `doc.user_data`; plain values only (a document turned into bytes
    gives lists for tuples), laid out as in `evidence.py`.
    """

    mentions: list[tuple[str, str, int, int]]
    claims: list[tuple[str, float, list[tuple[str, float, int | None, int | None]]]]
    chances: list[float]
    """Probability of every claim, in the order of `CLAIMS`; empty for a mere list."""
    topic: list[str]
    """The features by which the sentence tells something about the whole answer."""
    deeds: list[FoundDeed]
    quantities: list[Quantity]
    changes: list[Change]
    listed: bool


class StoredAnswer(TypedDict):
    """What the answer as a whole says, as kept in `doc.user_data`."""

    made: list[str]
    topics: list[float]
    """Log odds of every topic, without what the question adds."""
    telling: list[list[int]]
    """For every topic the places of the sentences that speak for it most, in text order."""


class Sayer:
    """Reads what is said, by the lexicons and the claim weights. Keeps nothing of a text."""

    def __init__(self, lexicons: Lexicons, weights: ClaimWeights) -> None:
        """Remember the tables."""
        self.weights = weights
        self._topic_of = {name.removeprefix("answer:"): name for name in weights.rows if name.startswith("answer:")}
        self._kinds: Mapping[str, str] = {cue.id: cue.kind for cue in lexicons.cues.values()}
        self._said_of = {name: kind for name, kind in self._kinds.items() if name not in lexicons.part_cues}

    def said(self, view: View, unit: Unit, facts: UnitFacts, part: str) -> StoredSaid:
        """Read one sentence."""
        own = quantities(view.text, unit.start, unit.end)
        moved = changes(view.text, unit.start, unit.end, own)
        kinds = self._said_of
        mentions = [(m.cue, kinds[m.cue], view.start[m.start], view.end[m.end - 1]) for m in facts.matches if m.cue in kinds]
        # sounds of hesitation are no words, so patterns never see them
        mentions += [(SOUND, SOUND, view.start[i], view.end[i]) for i in unit.tokens if _is_sound(view, i)]
        mentions.sort(key=lambda mention: mention[2])
        listed = is_list(view, unit)
        # one word makes no claim, and a text of a hundred thousand of them should end in time
        features = {} if listed or len(unit.words) < 2 else claim_features(facts, self._kinds, part, own, moved)
        chances = [probability(z) for z in odds(self.weights, features)[:_COUNT]] if features else []
        claims = [
            (CLAIMS[k], round(chance, 3), self._reasons(view, features, k) if chance >= WITH_REASONS else [])
            for k, chance in enumerate(chances)
            if chance >= LEAST_PROBABILITY
        ]
        return StoredSaid(
            mentions=mentions,
            claims=claims,
            chances=chances,
            topic=[name for name in map(self._topic_of.get, features) if name is not None],
            deeds=deeds(view, facts),
            quantities=own,
            changes=moved,
            listed=listed,
        )

    def _reasons(self, view: View, features: Mapping[str, Span | None], claim: int) -> list[tuple[str, float, int | None, int | None]]:
        speaks_for = self.weights.speaks_for[claim]
        gains = [(speaks_for[name], name) for name in features if name in speaks_for]
        out: list[tuple[str, float, int | None, int | None]] = []
        for weight, name in nlargest(MOST_REASONS, gains):
            span = features[name]
            if span is None:
                out.append((name, weight, None, None))
            else:
                first, behind = unpack(span)
                out.append((name, weight, view.start[first], view.end[behind - 1]))
        return out

    def answer(self, said: Sequence[StoredSaid]) -> StoredAnswer:
        """Read the answer as a whole."""
        _, made = claims_made(self.weights, [s["chances"] for s in said if s["chances"]])
        names = {name for s in said for name in s["topic"]} | {f"makes:{claim}" for claim in made}
        return StoredAnswer(made=made, topics=odds(self.weights, sorted(names))[_COUNT:], telling=self._telling(said))

    def _telling(self, said: Sequence[StoredSaid]) -> list[list[int]]:
        rows = self.weights.rows
        sums = [[0.0] * len(TOPICS) for _ in said]
        for own, sentence in zip(sums, said, strict=True):
            for name in sentence["topic"]:
                for at, weight in rows.get(name, ()):
                    own[at - _COUNT] += weight
        best = (
            nlargest(MOST_TELLING, (place for place in range(len(said)) if sums[place][k] > 0), key=lambda p: sums[p][k])
            for k in range(len(TOPICS))
        )
        return [sorted(places) for places in best]


def _is_sound(view: View, token: int) -> bool:
    """Whether a token is a sound of hesitation: not the millimetres of "5 mm", and not the ER."""
    if view.lower[token] not in FILLERS:
        return False
    measured = view.lower[token] == "mm" and token > 0 and view.lower[token - 1][-1].isdigit()
    return not measured and not view.text[view.start[token] : view.end[token]].isupper()


def topic_chances(weights: ClaimWeights, stored: StoredAnswer, asked: Sequence[str]) -> list[float]:
    """Probability of every topic, with what the question adds (`asked`: feature names)."""
    sums = list(stored["topics"])
    for name in asked:
        for at, weight in weights.rows.get(name, ()):
            if at >= _COUNT:
                sums[at - _COUNT] += weight
    return [probability(z) for z in sums[: len(TOPICS)]]
