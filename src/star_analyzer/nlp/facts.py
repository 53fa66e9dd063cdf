"""Everything a sentence shows about its part, as named features.

A feature is a cue of the lexicons or a grammatical fact. Its name is what the weight table is keyed
by and what an explanation prints, so names are written to be read: `main:i+past`, `verb:build`,
`cue:task.assigned`. Each feature remembers the tokens it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.grammar import Clause, clauses
from star_analyzer.nlp.matcher import CueMatcher, Match
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import View

Span = int
"""First token and the token behind the last, in one number: features are many, and pairs would keep the
garbage collector busy for a fifth of the run time."""


def pack(start: int, end: int) -> Span:
    """Make a span."""
    return start << 32 | end


def unpack(span: Span) -> tuple[int, int]:
    """First token of a span and the token behind the last."""
    return span >> 32, span & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The features of one unit with the tokens they rest on (None: the whole sentence)."""

    features: dict[str, Span | None]
    matches: tuple[Match, ...]
    clauses: tuple[Clause, ...]
    classes: Mapping[int, tuple[str, ...]]


_UNIT_WORDS = frozenset(
    "percent percentage point points ms millisecond milliseconds second seconds minute minutes hour hours day days week weeks month "
    "months x times fold".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TEMPORAL = frozenset("when while after before once during until since as upon".split())
_FIRST = frozenset({"i", "me", "my", "myself", "mine"})
_GROUP = frozenset({"we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yourself"})
_THIRD = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
_OPENERS = frozenset(
    "so then but and because after when while if although since once as for with by to in at this that these what it there the".split()
)


def unit_facts(view: View, unit: Unit, matcher: CueMatcher, lexicons: Lexicons, known: Container[str] | None = None) -> UnitFacts:
    """Read one unit. With `known`, single words and pairs that it does not contain are left out, to save time."""
    features: dict[str, Span | None] = {}
    words = unit.words
    steps, classes = matcher.look_up(view, words)
    matches = matcher.match(view, words, steps)
    part_cues = lexicons.part_cues
    for match in matches:
        if match.cue not in part_cues:
            continue
        percent = match.end < len(view.lower) and view.lower[match.end] == "%"
        span = pack(match.start, match.end + percent)
        features.setdefault(f"cue:{lexicons.cues[match.cue].kind}", span)
        features.setdefault(f"phrase:{match.cue}", span)
    found_clauses = clauses(view, unit, classes)
    add = features.setdefault
    if found_clauses:
        _main_clause(view, found_clauses[0], classes, add)
        for other in found_clauses[1:]:
            _other_clause(other, classes, add)
    elif words:
        add("form:no-clause", None)
    _words_of_class(view, words, classes, add)
    _words_said(view, words, add, known)
    _shape(view, unit, add)
    _numbers(view, unit, add)
    return UnitFacts(features, tuple(matches), tuple(found_clauses), classes)


Adder = Callable[[str, "Span | None"], object]


def _class_of(clause: Clause, classes: Mapping[int, tuple[str, ...]]) -> str:
    names = classes.get(clause.verb, ())
    return names[0] if names else ""


def _main_clause(view: View, main: Clause, classes: Mapping[int, tuple[str, ...]], add: Adder) -> None:
    verb_class = _class_of(main, classes)
    first = min(main.verb, main.subject_token if main.subject_token is not None else main.verb)
    near = abs(first - main.verb) < 8  # farther apart, the verb alone is shown
    span = pack(first, max(main.verb, main.subject_token or 0) + 1) if near else pack(main.verb, main.verb + 1)
    at_verb = pack(main.verb, main.verb + 1)
    verbal = view.pos[main.verb] in ("VERB", "AUX") or main.copular
    tense = main.tense if verbal else "no-verb"
    add(f"subject:{main.subject}", span)
    add(f"tense:{tense}", at_verb)
    add(f"main:{main.subject}+{tense}", span)
    if main.copular:
        complement = view.pos[main.verb].lower()
        add(f"main:{main.subject}+be+{complement}", span)
        add(f"be:{tense}+{verb_class or complement}", span)
    elif verbal:
        add(f"lemma:{main.lemma}", at_verb)
        if verb_class:
            add(f"verb:{verb_class}", at_verb)
            add(f"verb:{main.subject}+{verb_class}", span)
            add(f"verb:{tense}+{verb_class}", at_verb)
            add(f"verb:{main.subject}+{tense}+{verb_class}", span)
    elif verb_class:
        add(f"head:{verb_class}", at_verb)
    if main.passive:
        add("voice:passive", span)
        add(f"voice:passive+{main.subject}", span)
    if main.negated:
        add("negated", at_verb)
        add(f"negated:{main.subject}+{tense}", span)
    if main.complement is not None and not main.copular:
        names = classes.get(main.complement, ())
        if names:
            add(f"complement:{names[0]}", pack(main.complement, main.complement + 1))
            if verb_class:
                add(f"complement:{verb_class}+{names[0]}", pack(min(main.verb, main.complement), max(main.verb, main.complement) + 1))


def _other_clause(other: Clause, classes: Mapping[int, tuple[str, ...]], add: Adder) -> None:
    span = pack(other.verb, other.verb + 1)
    add(f"also:{other.subject}+{other.tense}", span)
    name = _class_of(other, classes)
    if name:
        add(f"also:{other.subject}+{name}", span)


def _words_of_class(view: View, words: Sequence[int], classes: Mapping[int, tuple[str, ...]], add: Adder) -> None:
    for i in words:
        for name in classes.get(i, ()):
            add(f"word:{name}", pack(i, i + 1))
    persons = {"i": _FIRST, "we": _GROUP, "you": _SECOND, "third": _THIRD}
    for name, forms in persons.items():
        for i in words:
            if view.lower[i] in forms:
                add(f"person:{name}", pack(i, i + 1))
                break


def _words_said(view: View, words: Sequence[int], add: Adder, known: Container[str] | None) -> None:
    """Single words and pairs; the fit keeps those that many sources share."""
    before, previous = "^", -1
    for i in words:
        word = view.lower[i]
        if word[0].isdigit():
            word = "#"
        name, pair = f"says:{word}", f"says:{before} {word}"
        if known is None or name in known:
            add(name, pack(i, i + 1))
        if known is None or pair in known:
            add(pair, pack(previous if previous >= 0 else i, i + 1))
        before, previous = word, i


def _shape(view: View, unit: Unit, add: Adder) -> None:
    count = len(unit.words)
    if not count:
        add("form:no-words", None)
        return
    for limit in (2, 4, 7, 12, 20, 30):
        if count <= limit:
            add(f"length:up-to-{limit}", None)
            break
    else:
        add("length:over-30", None)
    first = unit.words[0]
    if view.lower[first] in _OPENERS:
        add(f"opens:{view.lower[first]}", pack(first, first + 1))
    elif view.tag[first] in ("VBD", "VBN", "VB", "VBG") and view.dep[first] not in ("aux", "cop", "aux:pass"):
        add(f"opens:{view.tag[first]}", pack(first, first + 1))
    for i in unit.words[: max(6, count // 3)]:
        if view.lower[i] in _TEMPORAL and view.dep[i] == "mark":
            add("has:time-clause-first", pack(i, i + 1))
            break
    last = unit.tokens[-1]
    text = view.text[unit.start : unit.end]
    if text.endswith(":"):
        add("form:ends-with-colon", pack(last, last + 1))
    if text.rstrip("\"'”’)").endswith("?"):
        add("form:question", pack(last, last + 1))
    if text.rstrip("\"'”’)").endswith("!"):
        add("form:exclamation", pack(last, last + 1))
    if unit.segment.bullet:
        add("form:list-item", None)
    if any(c in text for c in '“”"') and count > 3:
        add("has:quotation", None)
    if any(view.lower[i] in ("because", "since", "so") and view.dep[i] == "mark" for i in unit.words):
        add("has:reason-clause", None)


def _numbers(view: View, unit: Unit, add: Adder) -> None:
    seen = 0
    for i in unit.words:
        word = view.lower[i]
        if not word[0].isdigit() or _YEAR.fullmatch(word):
            if _YEAR.fullmatch(word):
                add("number:year", pack(i, i + 1))
            if word == "%":
                add("number:percent", pack(i, i + 1))
            elif word in "$€£":
                add("number:money", pack(i, i + 1))
            continue
        seen += 1
        add("number:any", pack(i, i + 1))
        following = view.lower[i + 1] if i + 1 < len(view.lower) else ""
        if following in _UNIT_WORDS or word.endswith(("x", "ms", "%")):
            add("number:with-unit", pack(i, i + 1))
        before = view.lower[i - 1] if i else ""
        if before in ("to", "by", "from", "under", "over"):
            add(f"number:after-{before}", pack(i - 1, i + 1))
    if seen >= 2:
        add("number:several", None)
