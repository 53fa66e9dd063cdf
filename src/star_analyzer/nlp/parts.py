"""The component `star_parts`: from a parsed document to a part for every sentence.

What it finds survives `Doc.to_bytes`: `doc.spans["star_sentences"]` (label: the part),
`doc.spans["star_cues"]` (cues for parts; label: the cue's id), and `doc.user_data["star_parts"]` (plain lists, read
by `extract.py`).
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypedDict

from spacy.tokens import Doc, Span

from star_analyzer.errors import PipelineError
from star_analyzer.evidence import PARTS
from star_analyzer.lexicons import Lexicons, load_lexicons
from star_analyzer.nlp.chain import PartWeights, read_weights, weigh
from star_analyzer.nlp.claims import ClaimWeights, read_claim_weights
from star_analyzer.nlp.context import in_context
from star_analyzer.nlp.decide import Decided, Reading, decide, decide_twice, facts_of
from star_analyzer.nlp.facts import Span as TokenSpan
from star_analyzer.nlp.facts import UnitFacts, unit_facts, unpack
from star_analyzer.nlp.grammar import NOUN_SUBJECTS
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.pipeline import unit_lists
from star_analyzer.nlp.said import Sayer, StoredSaid
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import View, view

KEY = "star_parts"
ANSWER_KEY = "star_answer"
MOST_FEATURES = 5
"""Reasons kept for a sentence; the rest weigh too little to change a reader's mind."""
LEAST_WEIGHT = 0.05
_TOLD = frozenset(
    f"{where}:{who}+{tense}"
    for where in ("main", "also")
    for who in ("i", "we", "they", "it", "this", "there", "my", "our", "name", "noun", "none", *NOUN_SUBJECTS)
    for tense in ("past", "past-progressive", "pluperfect")
)


class StoredUnit(TypedDict):
    """One unit as kept in `doc.user_data`; plain values only, so that a document can be serialised."""

    start: int
    end: int
    words: int
    part: int
    probabilities: list[float]
    section: str | None
    told: bool
    """Whether something is told in the past."""
    features: list[tuple[str, int | None, int | None]]
    order: list[float]
    said: StoredSaid


class PartReader:
    """Labels the sentences of parsed documents. Reusable, keeps nothing of a document."""

    def __init__(self, overlay: Path | None = None) -> None:
        """Remember where the lexicons are; they are read when the first document comes."""
        self._overlay = overlay

    @cached_property
    def lexicons(self) -> Lexicons:
        """The lexicons in force."""
        return load_lexicons(self._overlay)

    @cached_property
    def weights(self) -> PartWeights:
        """The weight table, with what overlay entries add by hand."""
        table = read_weights(self.lexicons.weights)
        by_hand = {
            cue.id: {str(part): weight for part, weight in cue.weights.items()} for cue in self.lexicons.cues.values() if cue.weights
        }
        extra = {f"phrase:{name}": tuple(own.get(part, 0.0) for part in PARTS) for name, own in by_hand.items()}
        return table.with_rows(extra) if extra else table

    @cached_property
    def _matcher(self) -> CueMatcher:
        return CueMatcher(self.lexicons)

    @cached_property
    def claims(self) -> ClaimWeights:
        """The weight table of the claims."""
        return read_claim_weights(self.lexicons.claim_weights)

    @cached_property
    def _sayer(self) -> Sayer:
        return Sayer(self.lexicons, self.claims)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The features that weigh anything."""
        # what weighs only for the answer as a whole ("answer:says:…") has to be looked for in its sentences too
        return frozenset((*self.weights.features, *(name.removeprefix("answer:") for name in self.claims.rows)))

    def __call__(self, doc: Doc) -> Doc:
        """Label one document."""
        seen = view(doc)
        if seen.dep and not any(seen.dep):
            raise PipelineError("star_parts needs a parsed document; put it behind a parser and a lemmatizer.")
        decided, facts = self._read(doc, seen)
        found, decisions = [d.unit for d in decided], [d.decision for d in decided]
        features = in_context(facts, [(u.segment.section, u.labelled) for u in found])
        weights = self.weights
        weighed = [weigh(weights, names) for names in features]
        stored: list[StoredUnit] = []
        for at, (unit, named, own, decision) in enumerate(zip(found, features, weighed, decisions, strict=True)):
            before = decisions[at - 1].part if at else None
            after = decisions[at + 1].part if at + 1 < len(decisions) else None
            stored.append(
                StoredUnit(
                    start=unit.start,
                    end=unit.end,
                    words=sum(w[0].isalnum() or any(c.isalnum() for c in w) for w in seen.text[unit.start : unit.end].split()),
                    part=decision.part,
                    probabilities=list(decision.posterior),
                    section=unit.segment.section,
                    told=not _TOLD.isdisjoint(named),
                    features=[
                        (name, *_characters(seen, facts[at].features.get(name)))
                        for name in own.strongest(decision, MOST_FEATURES, LEAST_WEIGHT)
                    ],
                    order=weights.order(before, after),
                    said=self._sayer.said(seen, unit, facts[at], PARTS[decision.part]),
                )
            )
        doc.user_data[KEY] = stored
        doc.user_data[ANSWER_KEY] = self._sayer.answer([unit["said"] for unit in stored])
        doc.spans["star_sentences"] = [
            Span(doc, u.tokens[0], u.tokens[-1] + 1, label=PARTS[d.part]) for u, d in zip(found, decisions, strict=True) if u.tokens
        ]
        # making a span costs as much as finding a cue: the cues that tell what is said are kept as plain data only
        parts = self.lexicons.part_cues
        doc.spans["star_cues"] = [Span(doc, m.start, m.end, label=m.cue) for f in facts for m in f.matches if m.cue in parts]
        return doc

    def _read(self, doc: Doc, seen: View) -> tuple[list[Decided], list[UnitFacts]]:
        """The units with their parts, and their facts."""

        def look(unit: Unit) -> UnitFacts:
            return unit_facts(seen, unit, self._matcher, self.lexicons, self._known)

        units, pieces = unit_lists(doc, seen)
        coarse = Reading(units, [look(unit) for unit in units])
        if pieces is None:
            return decide(self.weights, coarse), coarse.facts
        fine = Reading(pieces, facts_of(pieces, (coarse,), look))
        found = decide_twice(self.weights, coarse, fine)
        return found, facts_of([unit for unit, _ in found], (coarse, fine), look)


def _characters(seen: View, span: TokenSpan | None) -> tuple[int | None, int | None]:
    if span is None:
        return None, None
    first, behind = unpack(span)
    return seen.start[first], seen.end[behind - 1]
