"""Whether the card of a story says something, and whether the telling says it too.

Words are compared by their stems: a synonym is another word. So the status says what was compared, and never that
the telling is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from star_analyzer.bank.telling import Telling
from star_analyzer.bank.words import content_stems, words_of
from star_analyzer.bank_report import FieldCheck, Quote
from star_analyzer.cards import FIELDS, CardField
from star_analyzer.report import Report
from star_analyzer.sections import Part, Quantity, Span

TOLD, PARTLY = 0.4, 0.15
"""Share of a field's words that the telling has, from which it is told and partly told. Ours: a card is a summary, and
summaries use words of their own."""
_MARKS = " .,:;!?-–—…_*#"
_LEAST_CONTENT = 3
"""Words beyond small ones that a field must have to say something."""
_PLACEHOLDER = re.compile(r"(?i)tb[dc]|to ?do|n/?a|none|null|unknown|fill (?:me )?in|later|x{2,}|lorem ipsum.*|<[^>]*>|\[[^\]]*\]")
"""What stands for nothing, without the marks around it."""
_PROBLEM = re.compile(
    r"(?i)\b(?:classif|regress|rank|recommend|forecast|predict|detect|cluster|segment|generat|retriev|search|translat|summar|"
    r"extract|recogni|match|embedding|scor|optimi|bandit|reinforce|time.series|vision|image|speech|ocr\b|tagg|dedup|imput|estimat|"
    r"uplift|causal|simulat|anomal|similar|survival|answer|named.entit|ner\b|nlp\b|transcri|pricing|llm\b|rag\b|routing|sentiment|"
    r"topic|filtering|resolution|linkage|reduction|churn|language.model|track|personali[sz])"
)
"""Beginnings of words that name a kind of problem: "machine learning" and "a neural network" do not."""
_PLATITUDE = re.compile(
    r"(?i)\b(?:(?:communication|team ?work|planning|data|testing|feedback|preparation|practice|collaboration|quality) (?:is|was|are) "
    r"(?:\w+ )?(?:key|king|important|crucial|everything|essential|vital)|importance of|never give up|hard work|learned? a lot|"
    r"always (?:test|communicate|plan|learn)(?: \w+)?\W*$|team ?work makes|think outside|be proactive)"
)
_VAGUE_WORDS = frozenset(
    """
    improve improv increas better best good great well success successful make thing thing work product system process project model
    data team compani busi user custom qualiti perform experi valu result solut problem challeng complex difficult hard many lot
    machin learn ai ml deep thing stuff issu everyth optim enhanc boost grow growth drive deliv impact goal nice really
    """.split()
)
"""Stems that say nothing when they stand alone ("improve the product")."""


_SHORT = {
    "business_goal": "Say what was to change, and for whom.",
    "exact_role": "Say what you did, and what others did.",
    "main_obstacle": "Say what made it hard, and how that showed.",
    "key_technical_decision": "Say what you chose, and rather than what.",
    "lesson": "Say what somebody could see you do differently.",
}
"""What a field of a few words lacks."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A field with what it is compared with."""

    field: CardField
    value: str
    card: Report
    """The field's own words, analysed."""
    telling: Telling

    @property
    def report(self) -> Report:
        return self.telling.report


def check_fields(values: Mapping[str, str], cards: Mapping[str, Report], telling: Telling) -> tuple[FieldCheck, ...]:
    """All seven fields, in their order. `cards` has the analysis of every field that has a word."""
    out = []
    for field in FIELDS:
        value = values.get(field.name, "").strip()
        card = cards.get(field.name)
        if card is None or _PLACEHOLDER.fullmatch(value.strip(_MARKS)):
            out.append(_check(field, value, "empty", "It is empty.", ()))
            continue
        compared = _Compared(field, value, card, telling)
        why = _vague(compared)
        if why is not None:
            out.append(_check(field, value, "vague", why, ()))
        elif not telling.report.reliable:
            out.append(_check(field, value, "not_told", "The telling cannot be read as an answer.", ()))
        else:
            out.append(_COMPARE.get(field.name, _by_words)(compared))
    return tuple(out)


def _check(field: CardField, value: str, status: str, why: str, evidence: Sequence[Quote]) -> FieldCheck:
    return FieldCheck.model_validate(
        {"name": field.name, "label": field.label, "value": value, "status": status, "why": why, "evidence": tuple(evidence)}
    )


def _vague(of: _Compared) -> str | None:
    """Why a field says too little to be of use, if it does."""
    name, said = of.field.name, content_stems(of.value)
    if name == "ml_problem_type":
        return (
            None
            if _PROBLEM.search(of.value)
            else "It names no kind of problem, such as classification, ranking or forecasting of something."
        )
    if name == "measurable_result":
        return None if _measures(of.card) else "There is no number in it."
    if name == "exact_role" and not re.search(r"(?i)\b(?:i|my|me|i'[a-z]+)\b", of.value):
        return "It does not say “I”: a listener cannot tell what was yours."
    if name == "lesson" and _PLATITUDE.search(of.value):
        return "Anybody could say that without having done the work."
    least = _LEAST_CONTENT if name in ("business_goal", "key_technical_decision") else 2
    if len(said - _VAGUE_WORDS) + len(_measures(of.card)) < least:
        return f"It is too short to be about one project. {_SHORT[name]}"
    return None


def _measures(report: Report) -> list[Quantity]:
    return [q for q in report.outcomes.quantities if q.kind not in ("date", "ordinal", "label", "always")]


def _spans(of: _Compared, spans: Sequence[Span], most: int = 2) -> tuple[Quote, ...]:
    return tuple(Quote(story=of.telling.story, sentence=s.sentence, start=s.start, end=s.end) for s in spans[:most])


def _role(of: _Compared) -> FieldCheck:
    owned = of.report.ownership
    counts = owned.in_action
    if owned.verdict == "own" or owned.role:
        shown = owned.role or [d for d in owned.deeds if d.doer == "i" and d.part is Part.ACTION]
        return _check(of.field, of.value, "told", "The telling makes clear what was yours.", _spans(of, shown))
    told = f"Of the steps told, {counts.i + counts.implied} say “I” and {counts.we} “we”"
    if owned.verdict == "shared":
        return _check(of.field, of.value, "partly", f"{told}.", _spans(of, owned.credits))
    return _check(of.field, of.value, "not_told", f"{told}: the role on the card does not show in the telling.", ())


def _result(of: _Compared) -> FieldCheck:
    told, missing = [], []
    for wanted in _measures(of.card):
        found = next((q for q in of.report.outcomes.quantities if _same(q, wanted)), None)
        if found is not None:
            told.append(found)
        else:
            missing.append(of.card.text[wanted.start : wanted.end])
    if not missing:
        return _check(of.field, of.value, "told", "Its numbers are told.", _spans(of, told))
    lost = ", ".join(f"“{words}”" for words in dict.fromkeys(missing))
    status = "partly" if told else "not_told"
    return _check(of.field, of.value, status, f"The telling does not say {lost}, at least not in this form.", _spans(of, told))


def _same(told: Quantity, wanted: Quantity) -> bool:
    """Whether two numbers are the same; only percent is not mixed with the rest ("7" may be "7 days" or "7 of them")."""
    near = abs(told.value - wanted.value) <= 1e-6 * max(1.0, abs(wanted.value))
    return near and (told.kind == "percent") == (wanted.kind == "percent")


def _lesson(of: _Compared) -> FieldCheck:
    wanted = _words(of.value)
    lessons = [line for line in of.telling.closing if line.part is Part.REFLECTION]
    if not lessons:
        elsewhere = _by_words(of)
        if elsewhere.status == "told":
            return elsewhere
        return _check(of.field, of.value, "not_told", "No sentence of the telling reads as what you learned.", ())
    quotes = [of.telling.quote_line(line) for line in lessons[:2]]
    said = {w.stem for line in lessons for w in line.words}
    both = [text for stem, text in wanted.items() if stem in said]
    if len(both) >= TOLD * len(wanted):
        return _check(of.field, of.value, "told", f"The telling ends with it: {_named(both)}.", quotes)
    return _check(of.field, of.value, "partly", "The telling ends with a lesson in other words, or with another one.", quotes)


def _by_words(of: _Compared) -> FieldCheck:
    wanted = _words(of.value)
    if not wanted:
        return _result(of)
    both = [stem for stem in wanted if stem in of.telling.content]
    share = len(both) / len(wanted)
    lines = sorted(of.telling.lines, key=lambda line: (-len({w.stem for w in line.words} & set(both)), line.number))
    quotes = [of.telling.quote_line(line) for line in lines[:1]] if both else []
    missing = [text for stem, text in wanted.items() if stem not in both]
    if share >= TOLD:
        return _check(of.field, of.value, "told", f"The telling has its words: {_named(wanted[s] for s in both)}.", quotes)
    status = "partly" if share >= PARTLY else "not_told"
    return _check(of.field, of.value, status, f"Not in the telling, at least not in these words: {_named(missing)}.", quotes)


def _words(value: str) -> dict[str, str]:
    """The words of a field that say something, by their stems."""
    return {w.stem: w.text for w in words_of(value) if w.matter}


def _named(words: Iterable[str], most: int = 5) -> str:
    found = list(words)
    return ", ".join(found[:most]) + (", …" if len(found) > most else "")


_COMPARE: dict[str, Callable[[_Compared], FieldCheck]] = {"exact_role": _role, "measurable_result": _result, "lesson": _lesson}
