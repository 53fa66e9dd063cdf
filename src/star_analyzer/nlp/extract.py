"""The last line that sees spaCy: from an annotated `Doc` to frozen evidence."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from star_analyzer.evidence import Evidence, FeatureEvidence, SentenceEvidence
from star_analyzer.nlp.chain import PartWeights
from star_analyzer.nlp.parts import KEY, StoredUnit
from star_analyzer.nlp.pipeline import SEGMENTS_KEY

# The commonest function words of English that other languages written in Latin letters share least.
_ENGLISH = frozenset(
    "the and of to that it was for with i my we our you they this had have not but be were been from at by an what which would "
    "there their when who as he she his her if because so is are did do has then than about into after before them us your how "
    "could should will can just some all out up down through until while where why these those".split()
)
_NOT_PROSE = re.compile(r"[^\w\s.,;:!?'\"’‘“”()\-–—…%$€£&/+#*]|_")
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_CODE = re.compile(r"[(){}\[\]=<>_;|\\~^@]")
_FEWEST_CODE_MARKS = 20  # a short answer may well have a pair of brackets
_LETTERS = re.compile(r"[^\W\d_]+")


def extract(doc: Doc, text: str, weights: PartWeights, pipeline: str) -> Evidence:
    """Read everything that the measures need from a document labelled by `star_parts` of the named pipeline."""
    units: list[StoredUnit] = doc.user_data[KEY]
    words = _LETTERS.findall(text.lower())
    code = len(_CODE.findall(text))
    marks = len("".join(text.split()))
    told = sum(unit["told"] for unit in units)
    return Evidence(
        text=text,
        sentences=tuple(_sentence(unit, weights) for unit in units),
        labels=tuple((start, end) for start, end in doc.user_data[SEGMENTS_KEY][1]),
        english=sum(w in _ENGLISH for w in words) / len(words) if words else 0.0,
        prose=1 - len(_NOT_PROSE.findall(text)) / marks if marks else 0.0,
        code=code / marks if code >= _FEWEST_CODE_MARKS else 0.0,
        foreign=len(_FOREIGN.findall(text)) / max(1, sum(map(len, words))),
        story=told / len(units) if units else 0.0,
        pipeline=pipeline,
    )


def _sentence(unit: StoredUnit, weights: PartWeights) -> SentenceEvidence:
    return SentenceEvidence(
        start=unit["start"],
        end=unit["end"],
        words=unit["words"],
        part=unit["part"],
        probabilities=tuple(unit["probabilities"]),
        section=unit["section"],
        features=tuple(FeatureEvidence(name, start, end, weights.features[name]) for name, start, end in unit["features"]),
        order=tuple(unit["order"]),
    )
