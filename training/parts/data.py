"""Read the labelled corpus, analyse it as the package does, and lay it out for fitting.

The corpus format is one JSON object a line with `id`, `source`, `domain`, `provenance`, `text` and
`sentences` (`start`, `end`, `author`, `reader`): see training/README.md.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language

from star_analyzer.evidence import PARTS
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.decide import Reading as Fine
from star_analyzer.nlp.facts import UnitFacts, unit_facts
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.pipeline import unit_lists
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import view


def as_speech(text: str) -> str:
    """The text as a recogniser without punctuation would give it; offsets stay the same."""
    text = re.sub(r"(?<!\d)[.,]|[.,](?!\d)|[^\w\s'%$€£&/+.,-]|_", " ", text.lower())
    return re.sub(r"\s", " ", text)


@dataclass
class Reading:
    """One answer as read by the pipeline (typed or as speech), with gold parts for its units."""

    row: dict[str, Any]
    kind: str
    speech: bool
    units: list[Unit]
    facts: list[UnitFacts]
    gold: list[int] = field(default_factory=list)
    fine: Fine | None = None
    """Run-on text cut finer, for the second reading."""
    fine_gold: list[int] = field(default_factory=list)


def rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """All answers, each with the stem of its file as `kind`."""
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            found.append({**json.loads(line), "kind": path.stem})
    return found


_LETTERS = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "reflection", "O": "other"}


def written(folder: Path) -> list[dict[str, Any]]:
    """The answers of `training/parts/written`, in the form of the corpus. Raises `ValueError` naming file and line."""
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("## "):
                name, domain, register, question = (*(f.strip() for f in line[3:].split("|", 3)), "", "", "")[:4]
                row = {"id": f"{path.stem}/{name}", "source": f"written-{path.stem}", "domain": domain, "provenance": register}
                found.append({**row, "question": question, "kind": "written", "text": "", "sentences": []})
            elif line.strip():
                letter, _, sentence = line.partition(": ")
                if letter not in _LETTERS or not found or not sentence.strip():
                    raise ValueError(
                        f"{path}:{number}: expected a letter of {'/'.join(_LETTERS)}, a colon and a sentence, got {line[:40]!r}"
                    )
                row, sentence = found[-1], sentence.strip()
                listed = sentence.startswith("- ") or (row["sentences"] and row["text"][row["sentences"][-1]["start"] - 2 :][:2] == "- ")
                row["text"] += "" if not row["text"] else "\n" if listed else " "
                start = len(row["text"]) + (2 if sentence.startswith("- ") else 0)
                row["text"] += sentence
                row["sentences"].append({"start": start, "end": len(row["text"]), "reader": _LETTERS[letter]})
    return found


def label_of(sentence: dict[str, Any]) -> str:
    """The careful reader's part, or the author's heading where nobody read."""
    return (sentence.get("reader") or sentence.get("author") or "").lower()


def read(answers: Sequence[dict[str, Any]], nlp: Language, lexicons: Lexicons, *, speech: bool) -> list[Reading]:
    """Run the pipeline over answers."""
    matcher = CueMatcher(lexicons)
    texts = [as_speech(row["text"]) if speech else row["text"] for row in answers]
    out = []
    for row, doc in zip(answers, nlp.pipe(texts, batch_size=32), strict=True):
        seen = view(doc)
        units, pieces = unit_lists(doc, seen)
        facts = [unit_facts(seen, unit, matcher, lexicons) for unit in units]
        gold = gold_of(row, units)
        fine, fine_gold = None, []
        if pieces is not None:
            fine = Fine(pieces, [unit_facts(seen, piece, matcher, lexicons) for piece in pieces])
            fine_gold = gold_of(row, pieces)
        out.append(Reading(row, row["kind"], speech, units, facts, gold, fine, fine_gold))
    return out


def gold_of(row: dict[str, Any], units: Sequence[Unit]) -> list[int]:
    """The part of each unit: that of the sentences which it shares most characters with."""
    gold = []
    for unit in units:
        votes: Counter[str] = Counter()
        for sentence in row["sentences"]:
            overlap = min(unit.end, sentence["end"]) - max(unit.start, sentence["start"])
            if overlap > 0 and label_of(sentence):
                votes[label_of(sentence)] += overlap
        gold.append(PARTS.index(votes.most_common(1)[0][0]) if votes else PARTS.index("other"))
    return gold
