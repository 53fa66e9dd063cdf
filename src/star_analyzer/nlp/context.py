"""What the other sentences of the answer say about a sentence.

Place in the answer is kept weak on purpose: two facts about the ends and five stretches. What counts
more is what has been told already ("a first step was taken before this sentence").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from star_analyzer.nlp.facts import Span, UnitFacts

_NEIGHBOURS = (
    "cue:task.", "cue:result.", "cue:reflection.", "cue:situation.", "cue:action.step", "cue:action.decision", "cue:other.",
    "subject:", "tense:", "verb:", "form:ends-with-colon", "form:question", "form:list-item",
)  # fmt: skip
_NOT_A_START = frozenset({"need", "want", "work_at", "feel", "receive", "happen", "break", "system_state", "remain", "assign"})
_STEP, _RESULT, _TASK, _LESSON, _TOLD = 1, 2, 4, 8, 16


@lru_cache(maxsize=20_000)
def _says(name: str) -> int:
    """What a single feature says about the course of the answer, as flags."""
    if name.startswith(("cue:action.step", "cue:action.decision")):
        return _STEP
    if name.startswith(("verb:i+past+", "verb:none+past+", "verb:none+participle+")):
        return 0 if name.rsplit("+", 1)[1] in _NOT_A_START else _STEP
    if name.startswith("cue:result."):
        return _RESULT
    if name.startswith("cue:task."):
        return _TASK
    if name.startswith(("cue:reflection.learned", "cue:reflection.hindsight")):
        return _LESSON
    return _TOLD if name in ("main:i+past", "main:we+past", "also:i+past", "also:we+past") else 0


@lru_cache(maxsize=20_000)
def _lent(name: str) -> tuple[str, str] | None:
    """The names under which a feature counts for the next and for the previous sentence, if it does.

    "verb:build" is lent, "verb:i+past+build" is not: it would be too rare to weigh.
    """
    return (f"before:{name}", f"after:{name}") if name.startswith(_NEIGHBOURS) and "+" not in name else None


def in_context(facts: Sequence[UnitFacts], labels: Sequence[tuple[str | None, bool]]) -> list[dict[str, Span | None]]:
    """The features of every unit with those that its neighbours and its place add.

    `labels` holds for every unit the part that a section label announced, and whether the unit
    stands right behind the label.
    """
    count = len(facts)
    said = []
    lent = []
    for f in facts:
        flags = 0
        for name in f.features:
            flags |= _says(name)
        said.append(flags)
        lent.append([pair for pair in map(_lent, f.features) if pair is not None])
    told = sum(bool(flags & _TOLD) for flags in said)
    story = "none" if told == 0 else "little" if told < 0.2 * count else "much"
    out: list[dict[str, Span | None]] = []
    for at, own in enumerate(facts):
        features = dict(own.features)
        section, first = labels[at]
        if section is not None:
            features[f"label:{section}"] = None
            if first:
                features[f"label:{section}+first"] = None
        _place(features, at, count)
        features[f"story:past-told-{story}"] = None
        _course(features, said, at)
        if at:
            features.update((name, None) for name, _ in lent[at - 1])
        if at + 1 < count:
            features.update((name, None) for _, name in lent[at + 1])
        out.append(features)
    return out


def _course(features: dict[str, Span | None], said: Sequence[int], at: int) -> None:
    """What was told before and what comes later."""
    steps_before = sum(bool(flags & _STEP) for flags in said[:at])
    features["told:steps-before-none" if not steps_before else "told:steps-before-one" if steps_before == 1 else "told:steps-before-more"] = None
    before = after = 0
    for flags in said[:at]:
        before |= flags
    for flags in said[at + 1 :]:
        after |= flags
    if not after & _STEP:
        features["told:no-steps-after"] = None
    for flag, name in ((_RESULT, "result"), (_TASK, "task"), (_LESSON, "lesson")):
        if before & flag:
            features[f"told:{name}-before"] = None
        if after & flag:
            features[f"told:{name}-after"] = None


def _place(features: dict[str, Span | None], at: int, count: int) -> None:
    if count == 1:
        features["place:only"] = None
        return
    if at == 0:
        features["place:first"] = None
    if at == count - 1:
        features["place:last"] = None
    features[f"place:fifth-{min(4, 5 * at // count) + 1}"] = None
