"""The sentences of the report with the reasons for their parts."""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.evidence import PARTS, Evidence, SentenceEvidence
from star_analyzer.meanings import meaning
from star_analyzer.profiles import Settings
from star_analyzer.report import Part, Sentence

_PARTS = tuple(Part(name) for name in PARTS)


def seconds(words: int, settings: Settings) -> float:
    """Time to say so many words, to a tenth of a second."""
    return round(words * 60.0 / settings.speaking_rate, 1)


def sentences(evidence: Evidence, settings: Settings) -> tuple[Sentence, ...]:
    """All sentences, numbered from 1. Their times are measured where the times of the words are known, and else assumed."""
    clock = evidence.clock
    return tuple(
        _sentence(number, s, seconds(s.words, settings) if clock is None else round(clock.finish(s.end) - clock.begin(s.start), 1))
        for number, s in enumerate(evidence.sentences, 1)
    )


def _sentence(number: int, found: SentenceEvidence, took: float) -> Sentence:
    chances = found.probabilities
    runner_up = max((k for k in range(len(PARTS)) if k != found.part), key=lambda k: chances[k])
    # one call into pydantic for the sentence and its cues: making them one by one is a tenth of the analysis
    return Sentence.model_validate(
        {
            "number": number,
            "start": found.start,
            "end": found.end,
            "words": found.words,
            "seconds": max(0.0, took),
            "part": _PARTS[found.part],
            "confidence": round(chances[found.part], 3),
            "runner_up": _PARTS[runner_up],
            "margin": round(chances[found.part] - chances[runner_up], 3),
            "section": None if found.section is None else Part(found.section),
            "order_weight": round(found.order[found.part] - found.order[runner_up], 2),
            "cues": [
                {
                    "name": f.name,
                    "meaning": meaning(f.name),
                    "start": f.start,
                    "end": f.end,
                    "weight": round(f.weights[found.part], 2),
                    "weight_for_runner_up": round(f.weights[runner_up], 2),
                }
                for f in found.features
            ],
        }
    )


def abstained(told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The same sentences without parts, for a text that cannot be read as an answer: nothing is made up."""
    nothing = {"part": Part.OTHER, "confidence": 0.0, "runner_up": Part.OTHER, "margin": 0.0, "order_weight": 0.0, "cues": ()}
    return tuple(sentence.model_copy(update=nothing) for sentence in told)
