"""How the answer is built: shares of the parts, balance, order, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from star_analyzer.measures.sentences import seconds
from star_analyzer.profiles import Band, Profile, Settings
from star_analyzer.report import Balance, Part, Sentence, Share, Shares, Structure
from star_analyzer.timing import Clock

STORY_PARTS = (Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT, Part.REFLECTION)


def structure(sentences: Sequence[Sentence], settings: Settings, profile: Profile, clock: Clock | None = None) -> Structure:
    """Measure the sentences. Shares are of all words told, so what belongs to no part counts too. `clock`: measured times."""
    total = sum(s.words for s in sentences)
    words = {part: sum(s.words for s in sentences if s.part is part) for part in Part}
    shares = {part: Share(words=n, share=_of(n, total), seconds=_spent(part, n, sentences, settings, clock)) for part, n in words.items()}
    took = seconds(total, settings) if clock is None else elapsed(sentences, clock)
    told = [s.part for s in sentences if s.part is not Part.OTHER]
    return Structure(
        words=total,
        seconds=took,
        words_per_minute=settings.speaking_rate if clock is None else round(60 * total / took, 1) if took else 0.0,
        measured=clock is not None,
        shares=Shares(**{part.value: share for part, share in shares.items()}),
        setup=_balance((Part.SITUATION, Part.TASK), words, total, profile.setup),
        action=_balance((Part.ACTION,), words, total, profile.action),
        outcome=_balance((Part.RESULT, Part.REFLECTION), words, total, profile.outcome),
        missing=tuple(part for part in STORY_PARTS if part not in told),
        order=tuple(part for part, _ in groupby(told)),
    )


def elapsed(sentences: Sequence[Sentence], clock: Clock) -> float:
    """Seconds from the first word to the last, pauses and all."""
    return round(clock.finish(sentences[-1].end) - clock.begin(sentences[0].start), 1) if sentences else 0.0


def _spent(part: Part, words: int, sentences: Sequence[Sentence], settings: Settings, clock: Clock | None) -> float:
    return seconds(words, settings) if clock is None else round(sum(s.seconds for s in sentences if s.part is part), 1)


def _of(words: int, total: int) -> float:
    return round(words / total, 3) if total else 0.0


def _balance(parts: tuple[Part, ...], words: dict[Part, int], total: int, band: Band) -> Balance:
    share = _of(sum(words[p] for p in parts), total)
    verdict: Literal["under", "within", "over"] = "under" if share < band.low else "over" if share > band.high else "within"
    return Balance(parts=parts, share=share, target=band.target, low=band.low, high=band.high, verdict=verdict)
