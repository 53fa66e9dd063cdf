"""From evidence to the spans and claims of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from star_analyzer.evidence import ClaimEvidence, Evidence, SentenceEvidence
from star_analyzer.meanings import meaning
from star_analyzer.sections import Claim, Reason, Span

CERTAIN = 0.5
"""Probability from which a sentence is shown as making a claim."""


def numbered(evidence: Evidence) -> Iterator[tuple[int, SentenceEvidence]]:
    """The sentences with their numbers, from 1."""
    return enumerate(evidence.sentences, 1)


def sentence_span(evidence: Evidence, number: int) -> Span:
    """The whole sentence."""
    found = evidence.sentences[number - 1]
    return Span(sentence=number, start=found.start, end=found.end)


def claims(evidence: Evidence, name: str) -> tuple[Claim, ...]:
    """The sentences that make a claim, in text order.

    Where the answer as a whole makes it and no single sentence is certain, the likeliest one stands for it.
    """
    found = evidence.claims.get(name, ())
    certain = [(number, claim) for number, claim in found if claim.probability >= CERTAIN]
    if not certain and found and name in evidence.made:
        certain = [max(found, key=lambda pair: pair[1].probability)]
    return tuple(_claim(evidence, number, claim) for number, claim in certain)


def _claim(evidence: Evidence, number: int, claim: ClaimEvidence) -> Claim:
    found = evidence.sentences[number - 1]
    reasons = [
        Reason.model_construct(name=name, meaning=meaning(name), weight=round(weight, 2), start=start, end=end)
        for name, weight, start, end in claim.reasons
    ]
    return Claim.model_construct(sentence=number, start=found.start, end=found.end, probability=claim.probability, reasons=tuple(reasons))


def mentions(evidence: Evidence, *kinds: str) -> tuple[Span, ...]:
    """Words of the given kinds of cue, in text order; of overlapping ones the first, and the longest of those that start together."""
    by_kind = evidence.mentions
    found = [pair for kind in kinds for pair in by_kind.get(kind, ())]
    found.sort(key=lambda pair: (pair[1].start, -pair[1].end))
    out: list[Span] = []
    behind = -1
    for number, m in found:
        if m.start >= behind:
            out.append(Span(sentence=number, start=m.start, end=m.end))
            behind = m.end
    return tuple(out)


def first(spans: Iterable[Span]) -> Span | None:
    """The first span, if there is one."""
    return next(iter(spans), None)


def in_turn(groups: Iterable[Iterable[Span]], most: int) -> tuple[Span, ...]:
    """At most so many spans, one a sentence, in text order; taken from each group in turn, so that none is left out."""
    picked: dict[int, Span] = {}
    for span in (s for row in zip_longest(*groups) for s in row if s is not None):
        if len(picked) < most:
            picked.setdefault(span.sentence, Span(sentence=span.sentence, start=span.start, end=span.end))
    return tuple(picked[number] for number in sorted(picked))


def numbers(spans: Sequence[Span]) -> set[int]:
    """The sentences that spans stand in."""
    return {s.sentence for s in spans}


def words_of(spans: Sequence[Span], evidence: Evidence) -> int:
    """How many words the sentences of some spans have."""
    return sum(evidence.sentences[n - 1].words for n in numbers(spans))
