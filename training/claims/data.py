"""Answers with the claims that they make: made-up ones by the sentence, corpus answers as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from star_analyzer.evidence import CATEGORIES, CLAIMS, CONSTRAINTS, PARTS, RESULT_KINDS, TOPICS
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.changes import Change, changes
from star_analyzer.nlp.claims import claim_features, is_list, question_features, usable
from star_analyzer.nlp.facts import UnitFacts, unit_facts
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.pipeline import unit_list
from star_analyzer.nlp.quantities import Quantity, quantities
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import View, view
from training.parts.data import Reading, as_speech, label_of

ALL = (*CLAIMS, *TOPICS)
_TAGS = {
    "role": "role", "quant": "quantified", "base": "baseline", "vague": "vague", "reason": "reason", "alt": "alternative",
    "trade": "tradeoff", "valid": "validation", "mon": "monitoring", "collab": "collaboration", "lesson": "lesson",
    **{f"c:{name}": f"constraint:{name}" for name in CONSTRAINTS},
    **{f"k:{name}": f"result:{name}" for name in RESULT_KINDS},
    **{f"cat:{name}": f"category:{name}" for name in CATEGORIES},
}  # fmt: skip
_FACTS = {
    "role_clear": "role", "result_quantified": "quantified", "baseline_given": "baseline", "vague_impact": "vague",
    "decision_reason": "reason", "alternatives": "alternative", "tradeoff": "tradeoff", "validation": "validation",
    "monitoring": "monitoring", "collaboration": "collaboration", "reflection": "lesson",
}  # fmt: skip
_LISTS = {"constraints": "constraint:", "result_kinds": "result:", "categories": "category:"}


@dataclass
class Told:
    """One answer as read by the pipeline, with what it claims."""

    row: dict[str, Any]
    kind: str
    view: View
    units: list[Unit]
    facts: list[UnitFacts]
    numbers: list[tuple[list[Quantity], list[Change]]]
    gold_parts: list[str]
    answer: NDArray[np.bool_]
    """What the answer as a whole claims, in the order of `CLAIMS` + `TOPICS`."""
    sentences: NDArray[np.bool_] | None
    """What every unit claims; None where only the answer was read."""
    asked: list[str] = field(default_factory=list)
    """Features of the question."""
    parts: list[str] = field(default_factory=list)
    """Parts as predicted; set by the fit."""


def tags(folder: Path) -> dict[str, dict[int, list[str]]]:
    """Tags by answer and sentence number (0: the answer). Raises `ValueError` with file and line for what cannot be read."""
    found: dict[str, dict[int, list[str]]] = {}
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            cells = line.split("\t")
            if len(cells) != 3 or not cells[1].isdigit():
                raise ValueError(f"{path}:{number}: expected an id, a sentence number and tags, with tabs between them")
            known = [t for t in cells[2].split() if t not in ("-", "we")]
            wrong = [t for t in known if t not in _TAGS]
            if wrong:
                raise ValueError(f"{path}:{number}: unknown tag {wrong[0]!r}")
            found.setdefault(f"{path.stem}/{cells[0]}", {})[int(cells[1])] = [_TAGS[t] for t in known]
    return found


def answer_claims(facts: dict[str, Any]) -> set[str]:
    """The claims of a corpus answer."""
    found = {claim for name, claim in _FACTS.items() if facts.get(name)}
    for name, prefix in _LISTS.items():
        found |= {f"{prefix}{value}" for value in facts.get(name) or ()}
    return found


def read(
    rows: Sequence[dict[str, Any]], by_sentence: dict[str, dict[int, list[str]]], nlp: Language, lexicons: Lexicons, *, speech: bool
) -> list[Told]:
    """Run the pipeline over the answers whose claims are known."""
    matcher = CueMatcher(lexicons)
    rows = [row for row in rows if row.get("facts") is not None or row["id"] in by_sentence]
    texts = [as_speech(row["text"]) if speech else row["text"] for row in rows]
    questions = nlp.pipe([row.get("question") or "" for row in rows], batch_size=64)
    asked = [_asked(question, matcher, lexicons) for question in questions]
    out = []
    for row, doc, features in zip(rows, nlp.pipe(texts, batch_size=32), asked, strict=True):
        seen = view(doc)
        units = unit_list(doc, seen)
        facts = [unit_facts(seen, unit, matcher, lexicons) for unit in units]
        numbers = []
        for unit in units:
            own = quantities(seen.text, unit.start, unit.end)
            numbers.append((own, changes(seen.text, unit.start, unit.end, own)))
        answer = np.zeros(len(ALL), dtype=bool)
        sentences: NDArray[np.bool_] | None = None
        gold = [_majority(row, unit) for unit in units]
        if row["id"] in by_sentence:
            tagged = by_sentence[row["id"]]
            sentences = np.zeros((len(units), len(ALL)), dtype=bool)
            for number, names in tagged.items():
                if number == 0:
                    answer[[ALL.index(n) for n in names]] = True
                    continue
                sentence = row["sentences"][number - 1]
                at = max(range(len(units)), key=lambda k: min(units[k].end, sentence["end"]) - max(units[k].start, sentence["start"]))
                for name in names:
                    sentences[at, ALL.index(name)] = True
            answer |= sentences.any(axis=0)
        else:
            answer[[ALL.index(n) for n in answer_claims(row["facts"])]] = True
        out.append(Told(row, row["kind"], seen, units, facts, numbers, gold, answer, sentences, features))
    return out


def _asked(question: Doc, matcher: CueMatcher, lexicons: Lexicons) -> list[str]:
    seen = view(question)
    kinds: set[str] = set()
    for unit in unit_list(question, seen):
        steps, _ = matcher.look_up(seen, unit.words)
        kinds |= {lexicons.cues[m.cue].kind for m in matcher.match(seen, unit.words, steps)}
    return question_features(question.text, sorted(k for k in kinds if k.startswith("ask.")))


def _majority(row: dict[str, Any], unit: Unit) -> str:
    votes: Counter[str] = Counter()
    for sentence in row["sentences"]:
        overlap = min(unit.end, sentence["end"]) - max(unit.start, sentence["start"])
        if overlap > 0 and label_of(sentence):
            votes[label_of(sentence)] += overlap
    return votes.most_common(1)[0][0] if votes else "other"


def sentence_features(told: Told, kinds: dict[str, str], parts: Sequence[str]) -> list[list[str]]:
    """Names of the features of every unit; none for one that only lists things."""
    out = []
    for unit, facts, (own, moved), part in zip(told.units, told.facts, told.numbers, parts, strict=True):
        if is_list(told.view, unit) or len(unit.words) < 2:
            out.append([])
            continue
        out.append([n for n in claim_features(facts, kinds, part, own, moved) if usable(n)])
    return out


def as_reading(told: Told, speech: bool) -> Reading:
    """The same answer for the fit of the parts."""
    return Reading(told.row, told.kind, speech, told.units, told.facts, [PARTS.index(p) for p in told.gold_parts])
