"""Cut a text into sentences by punctuation, line breaks and list marks, before any parsing.

On typed text these rules beat a parser (training/README.md has the figures). Where there is nothing
to go by, as in raw speech-to-text, a segment is marked `run_on` and cut after parsing
(`run_on.py`). Works on characters alone, so that offsets are exact whatever the tokenizer does.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

RUN_ON_WORDS = 40  # an unpunctuated line longer than this holds more than one sentence
RUN_ON_WORDS_UNPUNCTUATED = 12  # the same in a text without any punctuation at all
_LONGEST_SENTENCE = 80  # words; beyond this even a punctuated "sentence" is a chain of clauses

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LIST_MARK = re.compile(r"\s*(?:(?:[-*+•·‣▪●◦–—>➤✓✔→]|\#{1,6}|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\[[ xX]?\])(?=\s)\s*)+")
_OPENING = "\"'“‘«([{*_`"
_CLOSING = "\"'”’»)]}*_`"
_STOP = re.compile(r"(?:(?<![.!?…])[.!?…]++|[。！？؟۔।])[" + re.escape(_CLOSING) + r"]*+(?=\s|$|(?<=[。！？])|(?<=[a-z]{2}[.!?])[A-Z])")
_NEAR = 200  # characters looked at on either side of a place; more would make long texts take quadratic time
_WORD = re.compile(r"\w[\w'’-]*")
_BEFORE_STOP = re.compile(r"([\w.&'’]*?)\.$")
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie vs v cf viz approx mr mrs ms dr prof mt messrs gen rep sen gov fig figs eq sec ch vol ed eds pp esp incl "
    "dept est min max avg ver resp tel no nos al ca jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri".split()
)
_MAY_END = frozenset("etc a.m p.m am pm inc ltd co corp jr sr u.s u.k ph.d b.sc m.sc b.a m.a st bros".split())
_STARTERS = frozenset(
    "the i i'm i'd i've we we're it it's he she they this that these those there then so and but my our his her their its a an "
    "in on at as after before when while once if for to from with by because since although however also next first second "
    "finally what how why where who now one not no yes after each every some most all another both".split()
)
_LEADS_ON = frozenset(
    "a an the to of in on at for with from by and or but than that which who my our your his her its their this these those is was were "
    "are be been about into over under per as so because if when while i we not very".split()
)
"""Words that no line ends with on purpose: a line that does is broken in the middle of a sentence."""
_NOT_AFTER_NUMBER = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri min max no v".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a stretch of text in which sentences still have to be found.

    `section` is the part named by the nearest label above it ("Task:"), `labelled` is true for the
    first segment under the label. `start` and `end` are character offsets without surrounding space,
    list marks and labels.
    """

    start: int
    end: int
    section: str | None = None
    labelled: bool = False
    bullet: bool = False
    run_on: bool = False


Labels = Mapping[str, str]
"""Folded label words ("situation", "what i did") to the part that they announce."""

_LETTERS = {"s": "situation", "t": "task", "a": "action", "r": "result", "l": "reflection"}


def segments(text: str, labels: Labels) -> tuple[list[Segment], list[tuple[int, int]]]:
    """Cut a text. Returns the segments and the spans of the section labels, both in text order."""
    label_at = _label_finder(text, labels)
    found: list[Segment] = []
    marks: list[tuple[int, int]] = []
    section: str | None = None
    pending = False
    lower_start = _starts_sentences_in_lower_case(text)
    unpunctuated = not _has_sentence_punctuation(text)
    for line_start, line_end, bullet in _lines(text):
        position = line_start
        for start, end in _sentences(text, line_start, line_end, lower_start):
            start = max(start, position)
            label = label_at(start, end, start == line_start)
            if label is not None:
                section, label_end = label
                marks.append((start, label_end))
                pending = True
                start = _skip_to_word(text, label_end, end)
            start, end = _trim(text, start, end)
            if start >= end:
                continue
            found.append(Segment(start, end, section, pending and section is not None, bullet))
            pending = False
    return [_with_run_on(text, s, unpunctuated) for s in found], marks


def _with_run_on(text: str, segment: Segment, unpunctuated: bool) -> Segment:
    words = len(text[segment.start : segment.end].split())
    ends = text[segment.start : segment.end].rstrip(_CLOSING)[-1:] in ".!?…"
    limit = RUN_ON_WORDS_UNPUNCTUATED if unpunctuated else RUN_ON_WORDS
    run_on = words > _LONGEST_SENTENCE or (not ends and words > limit)
    return replace(segment, run_on=True) if run_on else segment


def _has_sentence_punctuation(text: str) -> bool:
    return bool(re.search(r"[.!?…](?:\s|$|[\"'”’)])|[;:]\s|[。！？]|[\n\r]", text.strip()))


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of the lines without list marks; hard-wrapped lines are joined again."""
    spans = [(m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    wrapped = _is_hard_wrapped(text, spans)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _continues(text, joined[-1], (start, end), wrapped):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        mark = _LIST_MARK.match(text, start, end)
        body = mark.end() if mark else start
        yield body, end, mark is not None and "#" not in mark.group()


def _is_hard_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether line breaks were put in by an editor at a fixed width and mean nothing."""
    if len(spans) < 3:
        return False
    lengths = [end - start for start, end in spans]
    body = lengths[:-1]
    unfinished = sum(text[start:end].rstrip()[-1:] not in '.!?:…"”)' for start, end in spans[:-1])
    return statistics.median(body) >= 55 and max(lengths) <= 120 and unfinished >= 0.6 * len(body)


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], wrapped: bool) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    between = text[before[1] : line[0]]
    if len(re.findall(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", between)) > 1 or _LIST_MARK.match(text, *line):
        return False
    previous, this = text[max(before[0], before[1] - _NEAR) : before[1]].rstrip(), text[line[0] : line[0] + _NEAR].lstrip()
    if previous[-1:] in ".!?…:;。！？":
        return False
    last_line = max(previous.rfind("\n"), previous.rfind("\r"))
    if wrapped and len(previous) - last_line > 45:
        return True
    if len(previous) - last_line > 40 and previous.rsplit(None, 1)[-1].lower() in _LEADS_ON:
        return True
    return this[:1].islower() and len(previous) - last_line > 40


def _sentences(text: str, start: int, end: int, lower_start: bool) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line, by full stops and the like."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _is_boundary(text, begin, stop, end, lower_start):
            continue
        yield begin, stop.end()
        begin = stop.end()
    if begin < end:
        yield begin, end


def _is_boundary(text: str, begin: int, stop: re.Match[str], end: int, lower_start: bool) -> bool:
    mark = stop.group()
    after = text[stop.end() : min(end, stop.end() + _NEAR)].lstrip()
    glued = not text[stop.end()].isspace()
    following = _WORD.search(after[:40].lstrip(_OPENING))
    next_word = following.group() if following and after.lstrip(_OPENING).startswith(following.group()) else ""
    starter = next_word.lower().replace("’", "'") in _STARTERS
    if mark[0] in "。！？؟۔।":
        return True
    if glued:  # "done.Then": only before a word that opens sentences, so that System.Out stays whole
        return starter and next_word[:1].isupper()
    next_upper = next_word[:1].isupper() or not next_word
    next_digit = next_word[:1].isdigit()
    if mark.startswith("..") or "…" in mark:
        return next_upper and bool(next_word)
    if mark[0] in "!?":
        return next_upper or next_digit or not any(c in _CLOSING for c in mark)
    if mark == "." or mark[0] == ".":
        found = _BEFORE_STOP.search(text[max(begin, stop.start() - 30) : stop.start() + 1])
        word = found.group(1).lower() if found else ""
        if word in _ABBREVIATIONS:
            return starter and next_upper and word in _NOT_AFTER_NUMBER
        if word in _MAY_END:
            return next_upper and (starter or word == "etc")
        if len(word) == 1 and word.isalpha() and word != "i":
            return starter and next_upper
    named_like_p99 = next_word[:1].islower() and next_word[1:2].isdigit()
    return next_upper or next_digit or lower_start or named_like_p99 or (starter and mark == ".")


def _starts_sentences_in_lower_case(text: str) -> bool:
    """Whether the writer does not use capitals, so that a full stop before a small letter counts."""
    following: list[str] = re.findall(r"\w\w[.!?]\s++(\w)", text)
    lower = sum(c.islower() for c in following)
    return bool(following) and 2 * lower > len(following)


def _skip_to_word(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in "*_:-–—.)`"):
        start += 1
    return start


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return start, start  # a rule of dashes, a lone quote: nothing was said
    return start, end


LabelFinder = Callable[[int, int, bool], tuple[str, int] | None]
"""Takes a sentence's start and end and whether it starts its line; gives the part announced and the label's end."""


def _label_finder(text: str, labels: Labels) -> LabelFinder:
    """A function that reads the section label at the start of a sentence, if there is one."""
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(labels, key=len, reverse=True))
    letters_used = {m.group(1).lower() for m in re.finditer(r"(?m)^[ \t*_#>-]*+\(?([STARLstarl])[*_]*\s*[:)\-–—]", text)}
    letter = re.compile(r"[\s*_#`\[(]*([STARL])[*_]*\s*[:)\-–—]") if len(letters_used & set("star")) >= 2 else None
    label = re.compile(
        rf"(?P<open>[\s*_#`\[(]*)(?:(?:step|part)\s+)?(?:\d{{1,2}}[.)]\s*)?(?:[STARL]\s*[-–—:]\s+)?(?:the\s+|my\s+)?(?P<word>{words})"
        rf"(?P<more>\s*(?:/|&|\+|,|and)\s*(?:{words}))*(?P<paren>\s*\([^()\n]{{0,40}}\))?(?P<close>[*_`\])]*\s*(?:[:：]|[-–—]\s|\)|$)?[*_`]*)",
        re.IGNORECASE,
    )

    def find(start: int, end: int, line_start: bool) -> tuple[str, int] | None:
        stop = text.find("\n", start, end)
        limit = end if stop < 0 else stop
        found = label.match(text, start, limit)
        if found is not None and _announces(text, found, line_start, found.end() >= end):
            part = labels.get(" ".join(found.group("word").lower().split()))  # none for "taſk", which the pattern takes for "task"
            return None if part is None else (part, found.end())
        lone = letter.match(text, start, limit) if letter and line_start else None
        return (_LETTERS[lone.group(1).lower()], lone.end()) if lone else None

    return find


def _announces(text: str, found: re.Match[str], line_start: bool, alone: bool) -> bool:
    """Whether a label word is a label: followed by a colon or, at the start of a line, set off in another way."""
    opening, closing = found.group("open"), found.group("close")
    if ":" in closing or "：" in closing:
        return True
    emphasis = any(c in opening for c in "*_#[") or text[max(0, found.start() - 4) : found.start()].rstrip(" \t").endswith("#")
    set_off = any(c in closing for c in "-–—)") or alone or (emphasis and any(c in closing for c in "*_]"))
    return line_start and set_off
