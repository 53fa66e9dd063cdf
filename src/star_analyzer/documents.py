"""Files with answers: what they hold, where each answer begins, and what their comments say."""

from __future__ import annotations

import bisect
import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from star_analyzer.cards import ALIASES, STORY_KEYS
from star_analyzer.errors import InputError
from star_analyzer.results import Place
from star_analyzer.timing import Timing
from star_analyzer.transcripts import JSON_SUFFIX, SUBTITLES, is_labelled, read_labelled, read_transcript

LARGEST_FILE = 4_000_000
"""Bytes: an answer at the size limit in four-byte characters, with room to spare."""
MOST_STORIES = 1_000
"""Front matter blocks in a file; more is no collection of answers, and reading them would take minutes."""
_LONGEST_HEADER = 20_000
"""Characters of front matter looked at; more is no header."""
_FENCE = re.compile(r"(?m)^---[ \t]*\r?$")
_KEY = re.compile(r"[A-Za-z_][\w -]*:(?:\s|$)")
_ONE_LINE = re.compile(r"(?m)^([A-Za-z][\w -]*):[ \t]+(\S[^\r\n]*)$")
_WHOLE_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'|\[.*\]|\{.*\}|[|>][-+]?")
"""Values that YAML reads as they are meant: in quotes, lists, mappings, and texts of several lines."""
_HEADING = re.compile(r"(?m)^# [^\r\n]*")
_LABELS = re.compile(
    r"(?i)\W*(?:[starl]|situation|context|background|task|goal|objective|actions?|approach|results?|outcomes?|impact|reflections?|"
    r"lessons?(?: learned)?|learnings?|conclusion|question|answer)"
    r"(?:\s*[:(\[–—-].*|\W*)"
)
"""Headings that name a part of an answer and not an answer."""
_MARK = "star-analyzer:"
_NOT_BREAK = re.compile(r"[^\r\n]")
_NOTHING = ("", "~", "null")
SCOPES = {"ignore": "block", "ignore-answer": "answer", "ignore-file": "file"}


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences rules. `start` and `end` are those of the comment in the file's text."""

    start: int
    end: int
    scope: str
    """`sentence`, `block`, `answer` or `file`."""
    names: tuple[str, ...]
    """Codes, beginnings of codes or names of rules, as written."""
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """One answer of a file: `text` is that of the file from `start` on, with comments and heading blanked out."""

    start: int
    text: str
    title: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    """The front matter."""
    timings: tuple[Timing, ...] = ()
    """When its words were said."""

    @property
    def question(self) -> str | None:
        """The question of the front matter."""
        found = self.fields.get("question")
        return None if found is None else str(found)


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read."""

    path: Path
    text: str
    lines: Lines
    stories: tuple[Story, ...]
    suppressions: tuple[Suppression, ...]

    def place(self, start: int, end: int) -> Place:
        """Lines and columns of some characters of the file."""
        line, column = self.lines.at(start)
        end_line, end_column = self.lines.at(end)
        return Place(line=line, column=column, end_line=end_line, end_column=end_column, offset=start, length=end - start)


def decoded(data: bytes) -> str:
    """The text of a file. Raises `InputError` saying what is wrong and how to mend it."""
    if len(data) > LARGEST_FILE:
        raise InputError(f"is larger than {LARGEST_FILE:,} bytes; give one answer at a time.")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data[:8192] and not utf16:
        raise InputError("is a binary file; give a text file.")
    encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"is not {encoding.removesuffix('-sig').upper()} (byte {error.start}); save it as UTF-8.") from error


def read_file(path: Path) -> str:
    """The text of a file. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        raise InputError(f"cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    return decoded(data)


def read_document(path: Path, text: str) -> Document:
    """Find the answers of a file.

    An answer begins at the top, at every front matter block, and, where a file has several headings of the first level
    that name no part of an answer, at each of them. Of a transcript only what the candidate says is kept.

    Raises:
        InputError: front matter, a comment or a transcript cannot be read; the message begins with the line, if it is about one.
    """
    lines = Lines(text)
    form = _form(path)
    if form is not None:
        told = read_transcript(text, form)
        story = Story(0, told.text, None, {"question": told.question} if told.question else {}, told.timings)
        shown = told.text if form == "whisper" else text  # the words of JSON stand nowhere in the file as they are said
        return Document(path, shown, Lines(shown), (story,), ())
    bare, suppressions = _without_comments(text, lines)
    stories = [story for start, end, fields in _blocks(bare, lines) for story in _told_under_headings(bare, start, end, fields)]
    told_stories = map(_without_interviewer, stories)
    return Document(path, text, lines, tuple(s for s in told_stories if any(c.isalnum() for c in s.text)), tuple(suppressions))


def _form(path: Path) -> str | None:
    """The form of a transcript, or None for a written answer."""
    suffix = path.suffix.lower()
    if suffix in SUBTITLES:
        return suffix[1:]
    return "whisper" if suffix == JSON_SUFFIX else None


def _without_interviewer(story: Story) -> Story:
    """Of an answer with turns of an interviewer, the candidate's alone; the front matter's question goes before theirs."""
    if not is_labelled(story.text):
        return story
    told = read_labelled(story.text)
    asked = {} if told.question is None else {"question": told.question}
    return replace(story, text=told.text, fields={**asked, **story.fields})


def blank(text: str) -> str:
    """As many spaces, line breaks kept, so that all offsets stay."""
    return _NOT_BREAK.sub(" ", text)


def _without_comments(text: str, lines: Lines) -> tuple[str, list[Suppression]]:
    found: list[Suppression] = []
    pieces: list[str] = []
    behind = 0
    while (start := text.find("<!--", behind)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces += [text[behind:start], blank(text[start : end + 3])]
        behind = end + 3
        said = text[start + 4 : end].strip()
        if said.startswith(_MARK):
            found.append(_suppression(text, start, behind, said.removeprefix(_MARK), lines.at(start)[0]))
    return "".join([*pieces, text[behind:]]), found


def _suppression(text: str, start: int, end: int, said: str, line: int) -> Suppression:
    """Read `ignore OW201, ST: because`."""
    told, _, reason = said.partition(":")
    what, *names = told.replace(",", " ").split() or [""]
    if what not in SCOPES:
        near = difflib.get_close_matches(what, SCOPES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(SCOPES)}."
        raise InputError(f"line {line}: star-analyzer comment: there is no {what!r}; {hint}")
    if not names:
        raise InputError(f"line {line}: star-analyzer comment: say which rules, for example `<!-- star-analyzer: {what} OW201 -->`.")
    alone = not text[text.rfind("\n", 0, start) + 1 : start].strip() and not _rest_of_line(text, end).strip()
    scope = "sentence" if what == "ignore" and not alone else SCOPES[what]
    return Suppression(start, end, scope, tuple(names), " ".join(reason.split()))


def _rest_of_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end]


def _blocks(text: str, lines: Lines) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Stretches of text with the front matter that stands above each."""
    content = len(text) - len(text.lstrip())
    fences = [(m.start(), m.end()) for m in _FENCE.finditer(text)]
    start, fields, at, blocks = 0, dict[str, Any](), 0, 0
    while at + 1 < len(fences):
        (opened, inside), (closed, behind) = fences[at], fences[at + 1]
        header = text[inside:closed]
        first = opened == content
        if len(header) <= _LONGEST_HEADER and _is_header(header) and (first or _stands_alone(text, opened)):
            found = _fields(header, lines.at(inside)[0], first)
            if found is not None:
                blocks += 1
                if blocks > MOST_STORIES:
                    raise InputError(f"has more than {MOST_STORIES:,} front matter blocks; split the file.")
                if not first:
                    yield start, opened, fields
                start, fields = behind, found
                at += 2
                continue
        at += 1
    yield start, len(text), fields


def _is_header(header: str) -> bool:
    """Whether it begins with a key, after comments if there are any."""
    lines = [line for line in header.splitlines() if line.strip() and line[0] != "#"]
    return bool(lines) and _KEY.match(lines[0]) is not None


def _stands_alone(text: str, at: int) -> bool:
    """Whether the line above is empty: otherwise the dashes underline a heading."""
    return re.search(r"\n[ \t]*\r?\n\Z|\A\s*\Z", text[max(0, at - 200) : at]) is not None


def _fields(header: str, line: int, first: bool) -> dict[str, Any] | None:
    """The keys of a header, or None where the dashes only part two stretches of text. Values are texts as written."""
    try:
        found = _yaml(header)
    except yaml.YAMLError as error:
        try:
            found = _yaml(_ONE_LINE.sub(_quoted_value, header))
        except yaml.YAMLError:
            if not first and not _names_a_key(header):
                return None
            mark = getattr(error, "problem_mark", None)
            at = line + (mark.line if mark else 0)
            raise InputError(
                f"line {at}: front matter: this cannot be read; put the value into quotes, and close what you open."
            ) from error
    except (ValueError, RecursionError) as error:  # brackets without end
        raise InputError(f"line {line}: front matter: cannot be read ({error}).") from error
    if not isinstance(found, dict):
        return None
    fields = {key: value for key, value in normal_keys(found).items() if value not in _NOTHING}
    if wrong := complaint(fields):
        key, what = wrong
        raise InputError(f"line {_line_of(key, header, line)}: front matter: {what}")
    return fields


def _yaml(header: str) -> Any:
    """YAML with every value as it is written: "No" is no lesson in truth values, and 12:30 is no number."""
    return yaml.load(header, Loader=yaml.BaseLoader)


def _quoted_value(line: re.Match[str]) -> str:
    """A line with its value in quotes, if its key is one of a story: sentences have colons, quotes and other signs of YAML."""
    key, value = line[1], line[2].strip()
    return f"{key}: {json.dumps(value, ensure_ascii=False)}" if _is_key(key) and not _WHOLE_VALUE.fullmatch(value) else line[0]


def _names_a_key(header: str) -> bool:
    return any(_is_key(told.partition(":")[0]) for told in header.splitlines())


def _is_key(key: str) -> bool:
    name = normal_key(key)
    return name in STORY_KEYS or name in ALIASES


def normal_key(key: object) -> str:
    """A key as it is looked up: "Main obstacle" and "main-obstacle" are "main_obstacle"."""
    return str(key).strip().lower().replace(" ", "_").replace("-", "_")


def normal_keys(fields: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields under their keys as they are looked up."""
    return {normal_key(key): value for key, value in fields.items()}


def complaint(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first key of a story that is wrong, and what is: it looks like a misspelt one, or its value is no text."""
    for key in fields:
        if key not in STORY_KEYS and key not in ALIASES and (near := difflib.get_close_matches(key, STORY_KEYS, n=1, cutoff=0.8)):
            return key, f"there is no {key!r}; did you mean {near[0]!r}?"
    for key in ("question", "profile", "title"):
        if not isinstance(fields.get(key, ""), str):
            return key, f"{key} must be text; put it into quotes."
    return None


def _line_of(key: str, header: str, line: int) -> int:
    """The line of a key; that of the header where it is written in another way."""
    return next((line + at for at, told in enumerate(header.splitlines()) if told.lower().startswith(key)), line)


def _told_under_headings(text: str, start: int, end: int, fields: Mapping[str, Any]) -> Iterator[Story]:
    headings = [(m.start(), m.end(), title) for m in _HEADING.finditer(text, start, end) if (title := _title(m.group()))]
    given = fields.get("title")
    named = str(given) if given is not None else None
    if len(headings) < 2:
        at_top = bool(headings) and not text[start : headings[0][0]].strip()
        body = text[start:end] if not at_top else blank(text[start : headings[0][1]]) + text[headings[0][1] : end]
        yield Story(start, body, named or (headings[0][2] if at_top else None), fields)
        return
    if text[start : headings[0][0]].strip():
        yield Story(start, text[start : headings[0][0]], named, fields)
    for (top, behind, title), following in zip(headings, [*headings[1:], None], strict=True):
        yield Story(top, blank(text[top:behind]) + text[behind : following[0] if following else end], title, fields)


def _title(heading: str) -> str:
    """What a heading says, or nothing where it names a part of an answer."""
    title = heading.lstrip("# \t").rstrip("# \t")
    return "" if _LABELS.fullmatch(title) else title
