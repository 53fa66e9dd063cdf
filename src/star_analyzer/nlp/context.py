"""What the other sentences of the answer say about a sentence.

Place in the answer is kept weak on purpose: two facts about the ends and five stretches. What counts
more is what has been told already ("a first step was taken before this sentence").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from star_analyzer.nlp.facts import UnitFacts

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


def in_context(facts: Sequence[UnitFacts], labels: Sequence[tuple[str | None, bool]]) -> list[list[str]]:
    """The names of every unit's own features, followed by those that its neighbours and its place add.

    `labels` holds for every unit the part that a section label announced, and whether the unit
    stands right behind the label.
    """
    count = len(facts)
    said = []
    lent = []
    for f in facts:
        flags = 0
        for own in map(_says, f.features):
            flags |= own
        said.append(flags)
        lent.append([pair for pair in map(_lent, f.features) if pair is not None])
    told = sum(bool(flags & _TOLD) for flags in said)
    story = "none" if told == 0 else "little" if told < 0.2 * count else "much"
    courses = _courses(said)
    out: list[list[str]] = []
    for at, unit in enumerate(facts):
        names = [*unit.features, f"story:past-told-{story}", *_place(at, count), *courses[at]]
        section, first = labels[at]
        if section is not None:
            names.append(f"label:{section}")
            if first:
                names.append(f"label:{section}+first")
        if at:
            names += [before for before, _ in lent[at - 1]]
        if at + 1 < count:
            names += [after for _, after in lent[at + 1]]
        out.append(names)
    return out


def _courses(said: Sequence[int]) -> list[list[str]]:
    """For every sentence, what was told before it and what comes later."""
    later = [0] * (len(said) + 1)
    for at in range(len(said) - 1, -1, -1):
        later[at] = later[at + 1] | said[at]
    out: list[list[str]] = []
    steps = before = 0
    for at, flags in enumerate(said):
        after = later[at + 1]
        names = ["told:steps-before-" + ("none" if not steps else "one" if steps == 1 else "more")]
        if not after & _STEP:
            names.append("told:no-steps-after")
        for flag, name in ((_RESULT, "result"), (_TASK, "task"), (_LESSON, "lesson")):
            if before & flag:
                names.append(f"told:{name}-before")
            if after & flag:
                names.append(f"told:{name}-after")
        out.append(names)
        steps += bool(flags & _STEP)
        before |= flags
    return out


def _place(at: int, count: int) -> list[str]:
    if count == 1:
        return ["place:only"]
    names = [f"place:fifth-{min(4, 5 * at // count) + 1}"]
    if at == 0:
        names.append("place:first")
    if at == count - 1:
        names.append("place:last")
    return names
