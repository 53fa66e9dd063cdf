"""The sentences of the report with the reasons for their parts."""

from __future__ import annotations

from star_analyzer.evidence import Evidence, FeatureEvidence, SentenceEvidence
from star_analyzer.measures.meanings import meaning
from star_analyzer.profiles import Settings
from star_analyzer.report import Cue, Part, Sentence

MOST_CUES = 8
"""Reasons kept for a sentence; the rest weigh too little to change a reader's mind."""
_LEAST_WEIGHT = 0.05


def seconds(words: int, settings: Settings) -> float:
    """Time to say so many words, to a tenth of a second."""
    return round(words * 60.0 / settings.speaking_rate, 1)


def sentences(evidence: Evidence, settings: Settings) -> tuple[Sentence, ...]:
    """All sentences, numbered from 1."""
    return tuple(_sentence(number, s, settings) for number, s in enumerate(evidence.sentences, 1))


def _sentence(number: int, found: SentenceEvidence, settings: Settings) -> Sentence:
    others = sorted((p for p in found.probabilities if p != found.part), key=lambda p: -found.probabilities[p])
    runner_up = others[0]
    return Sentence(
        number=number,
        start=found.start,
        end=found.end,
        words=found.words,
        seconds=seconds(found.words, settings),
        part=Part(found.part),
        confidence=round(found.probabilities[found.part], 3),
        runner_up=Part(runner_up),
        margin=round(found.probabilities[found.part] - found.probabilities[runner_up], 3),
        section=None if found.section is None else Part(found.section),
        order_weight=round(found.order[found.part] - found.order[runner_up], 2),
        cues=_cues(found, runner_up),
    )


def _cues(found: SentenceEvidence, runner_up: str) -> tuple[Cue, ...]:
    """The features that did most for the part, and against it, compared with the runner-up."""

    def gain(feature: FeatureEvidence) -> float:
        return feature.weights[found.part] - feature.weights[runner_up]

    telling = [f for f in found.features if abs(gain(f)) >= _LEAST_WEIGHT]
    telling.sort(key=lambda f: (-abs(gain(f)), f.name))
    return tuple(
        Cue(
            name=f.name,
            meaning=meaning(f.name),
            start=f.start,
            end=f.end,
            weight=round(f.weights[found.part], 2),
            weight_for_runner_up=round(f.weights[runner_up], 2),
        )
        for f in telling[:MOST_CUES]
    )
