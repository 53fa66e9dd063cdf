"""Who did the work, by the grammatical doers of the verbs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from star_analyzer.evidence import Evidence
from star_analyzer.profiles import Profile
from star_analyzer.report import Sentence
from star_analyzer.sections import Deed, Doers, Ownership, Part
from star_analyzer.spans import claims, mentions, numbered


def ownership(evidence: Evidence, sentences: Sequence[Sentence], profile: Profile) -> Ownership:
    """Measure who did what. What things do ("the job ran") is nobody's deed."""
    deeds: list[Deed] = []
    for number, s in numbered(evidence):
        part = sentences[number - 1].part
        deeds += [
            Deed.model_construct(
                sentence=number,
                start=d.start,
                end=d.end,
                doer=d.doer,
                who=None if d.who is None else evidence.text[d.who[0] : d.who[1]],
                verb=d.verb,
                part=part,
            )
            for d in s.deeds
            if d.doer != "thing" and d.action and d.finished
        ]
    counts = Counter(d.doer for d in deeds if d.part is Part.ACTION)
    own, shared = counts["i"] + counts["implied"], counts["we"]
    share = round(shared / (own + shared), 3) if own + shared else None
    return Ownership.model_construct(
        deeds=tuple(deeds),
        in_action=Doers(i=counts["i"], we=counts["we"], other=counts["other"], passive=counts["passive"], implied=counts["implied"]),
        we_share=share,
        verdict=_verdict(share, own + shared, profile),
        role=claims(evidence, "role"),
        credits=mentions(evidence, "own.credit"),
        collaboration=claims(evidence, "collaboration"),
    )


def _verdict(share: float | None, deeds: int, profile: Profile) -> Literal["own", "shared", "team", "unclear"]:
    if share is None or deeds < profile.we_deeds:
        return "unclear"
    return "team" if share > profile.we_share else "shared" if share > profile.we_share / 2 else "own"
