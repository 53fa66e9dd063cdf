"""Build evidence by hand, so that tests of the measures do not rest on fitted weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from star_analyzer import Sentence
from star_analyzer.evidence import (
    PARTS,
    ChangeEvidence,
    ClaimEvidence,
    Deed,
    Evidence,
    Mention,
    QuantityEvidence,
    SentenceEvidence,
    TopicEvidence,
)
from star_analyzer.measures.sentences import sentences
from star_analyzer.profiles import Settings


@dataclass(frozen=True)
class Did:
    """A verb of a sentence, by its words."""

    doer: Any
    verb: str
    who: str | None = None
    finished: bool = True
    action: bool = True


@dataclass(frozen=True)
class Number:
    """A number of a sentence, by its words."""

    words: str
    value: float
    kind: str = "percent"
    unit: str = ""
    metric: str = ""


@dataclass(frozen=True)
class Moved:
    """A change in a sentence, by its words."""

    words: str
    before: float | None = None
    after: float | None = None
    ratio: float | None = None


@dataclass(frozen=True)
class Said:
    """A sentence and what is found in it. Mentions are pairs of a kind and words; claims have a probability."""

    text: str
    part: str = "action"
    mentions: Sequence[tuple[str, str]] = ()
    claims: Mapping[str, float] = field(default_factory=dict)
    deeds: Sequence[Did] = ()
    quantities: Sequence[Number] = ()
    changes: Sequence[Moved] = ()
    listed: bool = False
    words: int | None = None


def evidence(*said: Said | str, **rest: Any) -> Evidence:
    """Evidence of an answer with these sentences, one space between; `rest` sets other fields, topics as names with probabilities."""
    told = [Said(s) if isinstance(s, str) else s for s in said]
    starts = [sum(len(s.text) + 1 for s in told[:k]) for k in range(len(told))]
    if "topics" in rest:
        rest["topics"] = tuple(TopicEvidence(name, chance, (0,)) for name, chance in rest["topics"].items())
    plain = Evidence(
        text=" ".join(s.text for s in told),
        sentences=tuple(_sentence(s, at) for s, at in zip(told, starts, strict=True)),
        labels=(),
        english=0.5,
        foreign=0.0,
        code=0.0,
        prose=1.0,
        story=1.0,
        pipeline="none",
    )
    return replace(plain, **rest)


def _sentence(said: Said, at: int) -> SentenceEvidence:
    def place(words: str) -> tuple[int, int]:
        start = at + said.text.index(words)
        return start, start + len(words)

    return SentenceEvidence(
        start=at,
        end=at + len(said.text),
        words=sum(any(c.isalnum() for c in w) for w in said.text.split()) if said.words is None else said.words,
        part=PARTS.index(said.part),
        probabilities=tuple(0.75 if name == said.part else 0.05 for name in PARTS),
        section=None,
        features=(),
        order=(0.0,) * len(PARTS),
        mentions=tuple(Mention(kind, kind, *place(words)) for kind, words in said.mentions),
        claims=tuple(ClaimEvidence(name, chance, (("cue:own.role", 1.234, at, at + 1),)) for name, chance in said.claims.items()),
        deeds=tuple(
            Deed(
                *place(d.verb), doer=d.doer, who=None if d.who is None else place(d.who), verb=d.verb, finished=d.finished, action=d.action
            )
            for d in said.deeds
        ),
        quantities=tuple(QuantityEvidence(*place(q.words), q.value, q.unit, q.kind, q.metric) for q in said.quantities),
        changes=tuple(ChangeEvidence(*place(c.words), c.before, c.after, c.ratio, "") for c in said.changes),
        listed=said.listed,
    )


def told(found: Evidence, **settings: Any) -> tuple[Sentence, ...]:
    """The sentences of the report."""
    return sentences(found, Settings(**settings))


def words(found: Evidence, spans: Iterable[Any]) -> list[str]:
    """The words of some spans."""
    return [found.text[s.start : s.end] for s in spans]
