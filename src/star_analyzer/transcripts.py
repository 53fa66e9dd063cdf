"""Transcripts: subtitles (SRT, WebVTT), JSON of Whisper, and text with speaker labels.

Of subtitles and labelled text everything that the candidate did not say is blanked out at the same length, so every offset of
a report is one of the file. Whisper's JSON has no running text: its words are joined, and offsets are those of the joined text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from star_analyzer.errors import InputError
from star_analyzer.timing import Timing

SUBTITLES = (".srt", ".vtt")
JSON_SUFFIX = ".json"
_LEAST_ANSWER = 12
"""Words of a turn that is an answer and no "sure" or "go ahead"; the question is what was asked before it."""
_ASKS = frozenset(
    "interviewer interviewers host q question questioner recruiter hr moderator coach examiner panel panelist hiring-manager".split()
)
_TELLS = frozenset("candidate a answer applicant interviewee me i speaker-me guest respondent participant".split())
_NUMBERED = re.compile(r"(?i)speaker[ _-]*(?:\d+|[a-z])")
_LABEL_HERE = re.compile(
    r"[ \t]{0,8}(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?[ \t]*[-–]?[ \t]*)?(?P<mark>[*_>\[ \t-]{0,4}(?P<name>[A-Za-z]"
    r"[\w .'’-]{0,40}?)[\]*_ \t]{0,4}:[*_]{0,3})(?=\s|$)"
)
_LABEL = re.compile(f"(?m)^{_LABEL_HERE.pattern}")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_VOICE = re.compile(r"<v(?:\.[\w.-]*)?[ \t]+([^<>\n]{1,60})>")
_NUMBER_LINE = re.compile(r"\s*\d+\s*")
_STAGE = re.compile(r"[\[(♪][^\[\]()\n]{0,60}[\])♪]")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the candidate said."""

    text: str
    """Same length as the file's text for subtitles and labelled text."""
    question: str | None
    timings: tuple[Timing, ...]
    speakers: int
    """How many speakers are told apart; 0 if none is named."""


FORMS = ("srt", "vtt", "whisper", "text")


def read_transcript(text: str, form: str) -> Transcript:
    """Read a transcript of a form in `FORMS`. Raises `InputError`, also where the candidate says nothing."""
    if form not in FORMS:
        raise InputError(f"There is no transcript of the form {form!r}; there are {', '.join(FORMS)}.")
    told = read_whisper(text) if form == "whisper" else read_labelled(text) if form == "text" else read_subtitles(text, form)
    if not any(c.isalnum() for c in told.text):
        raise InputError("holds no words of a candidate.")
    return told


def is_labelled(text: str) -> bool:
    """Whether a plain text has turns of an interviewer and a candidate."""
    names = {_folded(m["name"]) for m in _LABEL.finditer(text)}
    numbered = {name for name in names if _NUMBERED.fullmatch(name)}
    return bool(names & _ASKS and (names & _TELLS or len(names) > 1)) or len(numbered) > 1


def read_subtitles(text: str, form: str) -> Transcript:
    """Read SRT or WebVTT. `form`: "srt" or "vtt". Raises `InputError` where no cue is found."""
    import pysubs2
    from pysubs2.formats.subrip import SubripFormat
    from pysubs2.formats.webvtt import WebVTTFormat

    pattern = (WebVTTFormat if form == "vtt" else SubripFormat).TIMESTAMP
    lines = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text) if m.group()]
    heads = [at for at, (_, _, line) in enumerate(lines) if len(pattern.findall(line)) == 2]
    try:
        events = list(pysubs2.SSAFile.from_string("".join(line.rstrip("\r\n") + "\n" for _, _, line in lines), format_=form))
    except (pysubs2.Pysubs2Error, ValueError, ArithmeticError) as error:
        raise InputError(f"cannot be read as {form.upper()} ({error}).") from error
    if not heads or len(events) != len(heads):
        raise InputError(f"holds no cue with times; is it really {form.upper()}?")
    out = [" "] * len(text)
    spoken: list[tuple[int, int]] = []
    timings: list[Timing] = []
    before = ""
    for head, following, event in zip(heads, [*heads[1:], len(lines)], events, strict=True):
        body = list(_payload(lines[head + 1 : following], last=following == len(lines), form=form))
        for start, end, line in body:
            if line.strip() and line.strip() == before:
                continue  # captions that roll repeat the line before
            before = line.strip() or before
            out[start:end] = text[start:end]
            spoken.append((start, end))
        if body and event.end > event.start:
            timings.append(Timing(body[0][0], body[-1][1], event.start / 1000, event.end / 1000))
    shown = "".join(out)
    voices = [(m.start(), m.end(), _folded(m[1])) for m in _VOICE.finditer(shown)]
    return _turns(shown, tuple(timings), voices or list(_labels(shown, spoken)))


def _payload(lines: list[tuple[int, int, str]], *, last: bool, form: str) -> Iterator[tuple[int, int, str]]:
    """The lines of a cue that are said, without their ends: not the number of the next cue, no notes."""
    for at, (start, _, line) in enumerate(lines):
        said = line.rstrip("\r\n")
        if not said.strip():
            if form == "vtt":
                return  # what follows is a note or the name of the next cue
            continue
        if "-->" in said or (not last and _NUMBER_LINE.fullmatch(said) and not any(rest.strip() for _, _, rest in lines[at + 1 :])):
            continue
        yield start, start + len(said), said


def read_labelled(text: str) -> Transcript:
    """Read plain text with speaker labels."""
    return _turns(text, (), list(_labels(text, None)))


def _turns(text: str, timings: tuple[Timing, ...], marks: list[tuple[int, int, str]]) -> Transcript:
    """Keep the candidate's words. `marks`: where turns begin, where the name ends, and the name."""
    bare = _TAG.sub(lambda m: " " * len(m.group()), text)
    bare = _STAGE.sub(lambda m: " " * len(m.group()) if _is_stage(m.group()) else m.group(), bare)
    if not marks:
        return Transcript(bare, None, timings, 0)
    stretches = [
        (name, end, following[0] if following else len(text)) for (_, end, name), following in zip(marks, [*marks[1:], None], strict=True)
    ]
    return _told(bare, stretches, timings)


def _told(text: str, stretches: list[tuple[str, int, int]], timings: tuple[Timing, ...]) -> Transcript:
    """The candidate's stretches; the question is what was asked before the first real answer."""
    names = Counter[str]()
    for name, start, stop in stretches:
        names[name] += len(text[start:stop].split())
    candidate = _candidate(names)
    out = [" "] * len(text)
    question, asked, answered = None, "", False
    for name, start, stop in stretches:
        said = " ".join(text[start:stop].split())
        if name == candidate:
            out[start:stop] = text[start:stop]
            if not answered and len(said.split()) >= _LEAST_ANSWER:
                question, answered = asked or None, True
        else:
            asked = said or asked
    said_by = "".join(out)
    return Transcript(said_by, question, _without_others(said_by, timings), len(names))


def _without_others(text: str, timings: tuple[Timing, ...]) -> tuple[Timing, ...]:
    """The timings of what is left in the text, moved together over the time in which others spoke."""
    out: list[Timing] = []
    gone = 0.0
    for at, t in enumerate(timings):
        if any(c.isalnum() for c in text[t.start : t.end]):
            said = text[t.start : t.end]  # without the name of the speaker, which took no time
            start, end = t.end - len(said.lstrip()), t.start + len(said.rstrip())
            out.append(Timing(start, end, t.begin - gone, t.finish - gone))
        else:
            gone += (timings[at + 1].begin if at + 1 < len(timings) else t.finish) - t.begin
    return tuple(out)


def _labels(text: str, ranges: list[tuple[int, int]] | None) -> Iterator[tuple[int, int, str]]:
    found = [(m.start("mark"), m.end(), _folded(m["name"])) for m in _LABEL.finditer(text)]
    if ranges is not None:  # in subtitles a line is where a cue's line begins
        found = []
        for start, end in ranges:
            m = _LABEL_HERE.match(text, start, end)
            if m:
                found.append((m.start("mark"), m.end(), _folded(m["name"])))
    counts = Counter(name for _, _, name in found)
    both = bool(counts.keys() & {"q", "question"})
    for start, end, name in found:
        known = name in _ASKS or (name in _TELLS and (both or name not in ("a", "i"))) or _NUMBERED.fullmatch(name)
        if known or (ranges is not None and counts[name] > 1) or (counts[name] > 1 and counts.keys() & _ASKS):
            yield start, end, name


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def _candidate(names: Mapping[str, int]) -> str:
    """The speaker who is judged: named so, or else the one who says most and is no interviewer."""
    telling = [name for name in names if name in _TELLS]
    others = [name for name in names if name not in _ASKS] or [*names]
    return max(telling or others, key=lambda name: names[name])


def _is_stage(said: str) -> bool:
    """Whether brackets hold what is heard and not said: "[laughs]", "(music)", "[00:12]"."""
    inner = said[1:-1].strip().lower()
    return said[0] in "[♪" or inner in ("laughs", "laughter", "music", "applause", "inaudible", "pause", "silence", "crosstalk", "coughs")


# ---- Whisper


def read_whisper(text: str) -> Transcript:
    """Read the JSON of Whisper, faster-whisper, WhisperX or whisper.cpp. Raises `InputError` for other JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not valid JSON ({error}).") from error
    segments = data.get("segments", data.get("transcription")) if isinstance(data, dict) else data
    if not isinstance(segments, list) or not all(isinstance(s, dict) for s in segments):
        raise InputError("is no transcript: JSON of a recogniser has a list of segments, each with text, start and end.")
    pieces: list[str] = []
    timings: list[Timing] = []
    marks: list[tuple[int, str]] = []
    length = 0
    for segment in segments:
        said = segment.get("text")
        if not isinstance(said, str):
            raise InputError("is no transcript: a segment has no text.")
        said = " ".join(said.split())
        if not said:
            continue
        speaker = segment.get("speaker")
        if isinstance(speaker, str) and speaker.strip() and (not marks or marks[-1][1] != speaker):
            marks.append((length, speaker))
        words = segment.get("words")
        found = list(_words(words, said, length)) if isinstance(words, list) else []
        timings += found or _whole(segment, said, length)
        pieces.append(said)
        length += len(said) + 1
    joined = " ".join(pieces)
    if not marks:
        return Transcript(joined, None, tuple(timings), 0)
    ends = [start for start, _ in marks[1:]] + [length]
    return _told(joined, [(_folded(name), start, stop) for (start, name), stop in zip(marks, ends, strict=True)], tuple(timings))


def _words(words: list[Any], said: str, offset: int) -> Iterator[Timing]:
    at = 0
    for word in words:
        if not isinstance(word, dict):
            continue
        told = str(word.get("word", word.get("text", ""))).strip()
        begin, finish = _seconds(word.get("start")), _seconds(word.get("end"))
        place = said.find(told, at) if told else -1
        if place < 0:
            continue
        at = place + len(told)
        if begin is not None and finish is not None:
            yield Timing(offset + place, offset + at, begin, finish)


def _whole(segment: Mapping[str, Any], said: str, offset: int) -> list[Timing]:
    begin, finish = _seconds(segment.get("start")), _seconds(segment.get("end"))
    cpp = segment.get("offsets")  # whisper.cpp gives milliseconds
    if begin is None and isinstance(cpp, dict):
        low, high = _seconds(cpp.get("from")), _seconds(cpp.get("to"))
        begin, finish = (None if low is None else low / 1000), (None if high is None else high / 1000)
    return [] if begin is None or finish is None else [Timing(offset, offset + len(said), begin, finish)]


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        return None
    return float(value)
