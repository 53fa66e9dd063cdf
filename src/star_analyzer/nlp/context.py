"""What the other sentences of the answer say about a sentence.

Place in the answer is kept weak on purpose: two facts about the ends and five stretches. What counts
more is what has been told already ("a first step was taken before this sentence").
"""

from __future__ import annotations

from collections.abc import Sequence

from star_analyzer.nlp.facts import Span, UnitFacts

_NEIGHBOURS = (
    "cue:task.", "cue:result.", "cue:reflection.", "cue:situation.", "cue:action.step", "cue:action.decision", "cue:other.",
    "subject:", "tense:", "verb:", "form:ends-with-colon", "form:question", "form:list-item",
)  # fmt: skip
_PAIRED_VERBS = 1  # "verb:build" goes to the neighbours, "verb:i+past+build" does not

_STARTED = ("verb:i+past+", "verb:we+past+", "cue:action.step", "cue:action.decision")
_NOT_A_START = frozenset({"need", "want", "work_at", "feel", "receive", "happen", "break", "system_state", "remain", "assign"})


def _took_a_step(features: dict[str, Span | None]) -> bool:
    for name in features:
        if name.startswith(("cue:action.step", "cue:action.decision")):
            return True
        if name.startswith(("verb:i+past+", "verb:none+past+", "verb:none+participle+")) and name.rsplit("+", 1)[1] not in _NOT_A_START:
            return True
    return False


def _told(features: dict[str, Span | None], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in features)


def in_context(facts: Sequence[UnitFacts], labels: Sequence[tuple[str | None, bool]]) -> list[dict[str, Span | None]]:
    """The features of every unit with those that its neighbours and its place add.

    `labels` holds for every unit the part that a section label announced, and whether the unit
    stands right behind the label.
    """
    count = len(facts)
    steps = [_took_a_step(f.features) for f in facts]
    results = [_told(f.features, "cue:result.") for f in facts]
    tasks = [_told(f.features, "cue:task.") for f in facts]
    lessons = [_told(f.features, "cue:reflection.learned") or _told(f.features, "cue:reflection.hindsight") for f in facts]
    past_first = sum(any(n in f.features for n in ("main:i+past", "main:we+past", "also:i+past", "also:we+past")) for f in facts)
    story = "none" if past_first == 0 else "little" if past_first < 0.2 * count else "much"
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
        before, after = sum(steps[:at]), sum(steps[at + 1 :])
        features["told:steps-before-none" if before == 0 else "told:steps-before-one" if before == 1 else "told:steps-before-more"] = None
        if after == 0:
            features["told:no-steps-after"] = None
        for name, told in (("result", results), ("task", tasks), ("lesson", lessons)):
            if any(told[:at]):
                features[f"told:{name}-before"] = None
            if any(told[at + 1 :]):
                features[f"told:{name}-after"] = None
        if at:
            _borrow(features, facts[at - 1].features, "before")
        if at + 1 < count:
            _borrow(features, facts[at + 1].features, "after")
        out.append(features)
    return out


def _place(features: dict[str, Span | None], at: int, count: int) -> None:
    if count == 1:
        features["place:only"] = None
        return
    if at == 0:
        features["place:first"] = None
    if at == count - 1:
        features["place:last"] = None
    features[f"place:fifth-{min(4, 5 * at // count) + 1}"] = None


def _borrow(features: dict[str, Span | None], other: dict[str, Span | None], side: str) -> None:
    for name in other:
        if name.startswith(_NEIGHBOURS) and name.count("+") < _PAIRED_VERBS:
            features[f"{side}:{name}"] = None
