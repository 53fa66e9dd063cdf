"""The last line that sees spaCy: from an annotated `Doc` to frozen evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from star_analyzer.evidence import (
    CATEGORIES,
    TOPICS,
    ChangeEvidence,
    ClaimEvidence,
    Deed,
    Evidence,
    FeatureEvidence,
    Mention,
    QuantityEvidence,
    SentenceEvidence,
    TopicEvidence,
)
from star_analyzer.nlp.chain import PartWeights
from star_analyzer.nlp.claims import ClaimWeights, question_features
from star_analyzer.nlp.parts import ANSWER_KEY, KEY, StoredUnit
from star_analyzer.nlp.pipeline import SEGMENTS_KEY
from star_analyzer.nlp.said import StoredAnswer, topic_chances
from star_analyzer.timing import Timing

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


class Question(NamedTuple):
    """What the question asks for: kinds of its cues ("ask.failure"), and features for the topics of the answer."""

    kinds: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


NO_QUESTION = Question()


def read_question(doc: Doc, text: str) -> Question:
    """Read a question that went through the same pipeline."""
    units: list[StoredUnit] = doc.user_data[KEY]
    kinds = sorted({kind for unit in units for _, kind, _, _ in unit["said"]["mentions"] if kind.startswith("ask.")})
    return Question(tuple(kinds), tuple(question_features(text, kinds)))


def extract(
    doc: Doc,
    text: str,
    weights: PartWeights,
    claims: ClaimWeights,
    pipeline: str,
    question: Question = NO_QUESTION,
    known_acronyms: frozenset[str] = frozenset(),
    timings: tuple[Timing, ...] = (),
) -> Evidence:
    """Read everything that the measures need from a document labelled by `star_parts` of the named pipeline."""
    units: list[StoredUnit] = doc.user_data[KEY]
    answer: StoredAnswer = doc.user_data[ANSWER_KEY]
    words = _LETTERS.findall(text.lower())
    code = len(_CODE.findall(text))
    marks = len("".join(text.split()))
    told = sum(unit["told"] for unit in units)
    topics = list(_topics(answer, claims, question))
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
        made=tuple(answer["made"]),
        topics=tuple(t for t in topics if t.name in CATEGORIES),
        vague=any(t.name == "vague" for t in topics),
        known_acronyms=known_acronyms,
        asked=question.kinds,
        timings=timings,
    )


def _topics(answer: StoredAnswer, claims: ClaimWeights, question: Question) -> Iterator[TopicEvidence]:
    limits = claims.threshold[-len(TOPICS) :]
    for k, (chance, limit) in enumerate(zip(topic_chances(claims, answer, question.features), limits, strict=True)):
        if chance >= limit:
            yield TopicEvidence(TOPICS[k].removeprefix("category:"), round(chance, 3), tuple(answer["telling"][k]))


def _sentence(unit: StoredUnit, weights: PartWeights) -> SentenceEvidence:
    said = unit["said"]
    return SentenceEvidence(
        start=unit["start"],
        end=unit["end"],
        words=unit["words"],
        part=unit["part"],
        probabilities=tuple(unit["probabilities"]),
        section=unit["section"],
        features=tuple(FeatureEvidence(name, start, end, weights.features[name]) for name, start, end in unit["features"]),
        order=tuple(unit["order"]),
        mentions=tuple(Mention(*values) for values in said["mentions"]),
        claims=tuple(
            ClaimEvidence(name, chance, tuple((n, w, a, b) for n, w, a, b in reasons)) for name, chance, reasons in said["claims"]
        ),
        deeds=tuple(
            Deed(start, end, doer, who and (who[0], who[1]), verb, finished, action)
            for start, end, doer, who, verb, finished, action in said["deeds"]
        ),
        quantities=tuple(QuantityEvidence(*values) for values in said["quantities"]),
        changes=tuple(ChangeEvidence(*values) for values in said["changes"]),
        listed=said["listed"],
    )
