"""The last line that sees spaCy: from an annotated `Doc` to frozen evidence."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from star_analyzer.evidence import Evidence, FeatureEvidence, SentenceEvidence
from star_analyzer.nlp.chain import PARTS, PartWeights
from star_analyzer.nlp.parts import KEY, StoredUnit
from star_analyzer.nlp.pipeline import SEGMENTS_KEY

# The commonest function words of English that other languages written in Latin letters share least.
_ENGLISH = frozenset(
    "the and of to that it was for with i my we our you they this had have not but be were been from at by an what which would "
    "there their when who as he she his her if because so is are did do has then than about into after before them us your how "
    "could should will can just some all out up down through until while where why these those".split()
)
_PROSE_MARKS = frozenset(".,;:!?'\"’‘“”()-–—…%$€£&/+#*")


def extract(doc: Doc, weights: PartWeights, nlp: Language) -> Evidence:
    """Read everything that the measures need from a document labelled by `star_parts`."""
    text = doc.text
    units: list[StoredUnit] = doc.user_data[KEY]
    words = re.findall(r"[^\W\d_]+", text.lower())
    marks = [c for c in text if not c.isspace()]
    plain = sum(c.isalnum() or c in _PROSE_MARKS for c in marks)
    told = sum(_is_told(unit) for unit in units)
    return Evidence(
        text=text,
        sentences=tuple(_sentence(unit, weights) for unit in units),
        labels=tuple((start, end) for start, end in doc.user_data[SEGMENTS_KEY][1]),
        english=sum(w in _ENGLISH for w in words) / len(words) if words else 0.0,
        prose=plain / len(marks) if marks else 0.0,
        story=told / len(units) if units else 0.0,
        pipeline=f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}",
    )


def _is_told(unit: StoredUnit) -> bool:
    names = [name for name, _, _ in unit["features"]]
    return any(n.endswith(("+past", "+past-progressive", "+pluperfect")) and n.startswith(("main:", "also:")) for n in names)


def _sentence(unit: StoredUnit, weights: PartWeights) -> SentenceEvidence:
    return SentenceEvidence(
        start=unit["start"],
        end=unit["end"],
        words=unit["words"],
        part=PARTS[unit["part"]],
        probabilities=dict(zip(PARTS, unit["probabilities"], strict=True)),
        section=unit["section"],
        features=tuple(
            FeatureEvidence(name, start, end, dict(zip(PARTS, weights.features[name], strict=True))) for name, start, end in unit["features"]
        ),
        order=dict(zip(PARTS, unit["order"], strict=True)),
    )
