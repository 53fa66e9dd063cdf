"""Say the name of a feature in plain words, for people who never saw the weight table."""

from __future__ import annotations

from functools import lru_cache

_SUBJECTS = {
    "i": "I", "we": "we", "you": "you", "it": "it", "they": "another person", "there": "there is/was", "this": "this/that",
    "my": "my …", "our": "our …", "none": "no subject", "noun": "a thing", "name": "a name", "what": "what …", "doing": "doing …",
    "goal": "a goal", "result_noun": "a result", "lesson_noun": "a lesson", "problem": "a problem", "step_noun": "a step or option",
    "metric": "a metric", "self_role": "a role", "role": "another role", "employer": "an employer or team", "artifact": "a system",
    "project": "a project", "time_span": "a stretch of time",
}  # fmt: skip
_CLASSES = {
    "speak_filler": "saying, meaning, knowing", "outcome_adv": "“finally”, “successfully”, …", "step_adv": "“first”, “then”, …",
    "big_time_adv": "“currently”, “recently”, …", "general_adv": "“usually”, “always”, …",
    "good_adj": "a word of praise", "bad_adj": "a word of trouble", "state_adj": "a describing word",
    "result_noun": "a word for results", "lesson_noun": "a word for lessons", "step_noun": "a word for steps or options",
    "self_role": "a role of one's own", "role": "a role or person", "system_state": "how a system is",
    "go_up": "going up", "go_down": "going down", "work_at": "working somewhere", "learn_lesson": "learning", "teach_lesson": "teaching",
    "datawork": "working on data", "modelling": "training models", "start_step": "starting or moving on", "goal": "a word for goals",
    "problem": "a word for problems", "employer": "an employer or team", "artifact": "a system or document", "project": "a project",
    "metric": "a metric", "time_span": "a stretch of time",
}  # fmt: skip
_SIDES = {"before": "the sentence before", "after": "the sentence after"}
_TOLD = {
    "steps-before-none": "nobody has acted yet",
    "steps-before-one": "one step was told before this",
    "steps-before-more": "several steps were told before this",
    "no-steps-after": "no step is told after this",
    "result-before": "a result was told before this",
    "result-after": "a result is told later",
    "task-before": "the task was told before this",
    "task-after": "the task is told later",
    "lesson-before": "a lesson was told before this",
    "lesson-after": "a lesson is told later",
}
_PLACES = {"first": "first sentence", "last": "last sentence", "only": "the only sentence"}


def _words(text: str) -> str:
    return text.replace("_", " ").replace("-", " ")


def _subject(name: str) -> str:
    if name in _SUBJECTS:
        return _SUBJECTS[name]
    owner, _, thing = name.partition("-")
    return f"{owner} {_words(thing).removesuffix(' noun')}" if thing else _words(name)


@lru_cache(maxsize=8192)
def meaning(name: str) -> str:
    """Plain words for a feature of the weight table, for example "main clause: I, past"."""
    family, _, rest = name.partition(":")
    pieces = rest.split("+")
    if family in _SIDES:
        return f"{_SIDES[family]}: {meaning(rest)}"
    if family == "cue":
        part, _, hint = rest.partition(".")
        return f"wording of {part}: {_words(hint)}" if part != "discourse" else f"connecting words: {_words(hint)}"
    if family == "phrase":
        part, _, hint = rest.partition(".")
        return f"phrase of {part}: {_words(hint)}" if part != "discourse" else f"connecting phrase: {_words(hint)}"
    if family in ("main", "also", "verb", "be", "negated", "subject", "voice"):
        where = {"also": "another clause", "verb": "main verb", "subject": "subject", "be": "main clause with “be”"}.get(
            family, "main clause"
        )
        said = ", ".join(_subject(p) if p in _SUBJECTS or "-" in p else _CLASSES.get(p, _words(p)) for p in pieces)
        return f"{where}{', negated' if family == 'negated' else ''}: {said}"
    if family == "word":
        return f"a word of the group: {_CLASSES.get(rest, _words(rest))}"
    if family == "says":
        return f"the word{'s' if ' ' in rest else ''} “{rest.replace('^ ', '… ').replace('#', '(number)')}”"
    if family == "lemma":
        return f"main verb “{rest}”"
    if family == "told":
        return _TOLD.get(rest, _words(rest))
    if family == "place":
        return _PLACES.get(rest, f"{_words(rest.replace('fifth-', 'fifth no. '))} of the answer")
    if family == "label":
        return f"section label: {pieces[0]}"
    if family == "opens":
        return f"opens with “{rest}”" if rest.islower() else "opens with a verb form"
    return f"{_words(family)}: {_words(rest)}" if rest else _words(family)
