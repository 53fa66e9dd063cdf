"""Stories from files: Markdown with front matter, TOML, JSON, text, transcripts; one story a file, or several."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from star_analyzer.bank.prompts import Prompt, load_prompts
from star_analyzer.bank.review import check_story
from star_analyzer.bank.story import BankStory
from star_analyzer.cards import ALIASES, FIELD_NAMES
from star_analyzer.config import CONFIGURATION, no_config
from star_analyzer.documents import Document, Lines, Story, complaint, normal_key, normal_keys, read_document
from star_analyzer.errors import InputError
from star_analyzer.files import SUFFIXES, shown_path
from star_analyzer.gathering import Gathered, gather
from star_analyzer.results import Failure
from star_analyzer.transcripts import JSON_SUFFIX

BANK_SUFFIXES = (*SUFFIXES, ".toml", JSON_SUFFIX)
"""Files that are read when a folder is given."""
LIST_KEYS = ("story", "stories")
"""Under which a TOML or JSON file has several stories."""
_TELLING = "text"


def read_stories(paths: Iterable[str | Path] | str | Path, *, prompts: str | Path | None = None) -> list[BankStory]:
    """The stories of some files and folders, in the order of names.

    Args:
        paths: files, folders or patterns, or one of them. Of folders, Markdown, text, TOML, JSON and transcripts are read.
        prompts: a TOML file with prompts of your own, whose ids the stories may name.

    Raises:
        InputError: a file cannot be read, or says something that makes no sense; the message names file and place.
        SettingsError: the prompts make no sense.
    """
    known = load_prompts(None if prompts is None else Path(prompts))
    named = [paths] if isinstance(paths, (str, Path)) else paths
    gathered = gather([str(p) for p in named], no_config(), {}, explicit=True, reader=read_bank_file, suffixes=BANK_SUFFIXES)
    stories = stories_of(gathered, known)
    if gathered.failures:
        raise InputError("; ".join(f"{f.where}: {f.message}" for f in gathered.failures))
    return [story for _, story in stories]


def stories_of(gathered: Gathered, prompts: Sequence[Prompt]) -> list[tuple[int, BankStory]]:
    """The stories that were gathered, each with the place of its task. What is wrong with one is added to the failures."""
    out = []
    for at, task in enumerate(gathered.tasks):
        document = gathered.documents[task.document]
        path = shown_path(document.path)
        try:
            story = _bank_story(task.story, path, task.question, many=len(document.stories) > 1, number=task.number)
            if task.number > 1 and story.fields and task.story.fields is document.stories[0].fields:
                raise InputError("one card stands above several headings; give every story a front matter of its own.")
            check_story(story, prompts)
        except InputError as error:
            line = _line(document, task.story, str(error))
            number = "" if line is not None or len(document.stories) == 1 else f"story {task.number}: "
            gathered.failures.append(Failure(path=path, line=line, message=f"{number}{error}"))
        else:
            out.append((at, story))
    gathered.failures.sort(key=lambda failure: (failure.path, failure.line or 0))
    return out


def _line(document: Document, story: Story, message: str) -> int | None:
    """The line of the key that a message begins with, in the front matter above a story; None where there is no such text."""
    if document.path.suffix.lower() in (".toml", JSON_SUFFIX):
        return None
    last, _ = document.lines.at(story.start)
    key = message.partition(":")[0]
    above = document.text.splitlines()[:last]
    return next((n for n in range(len(above), 0, -1) if _named(above[n - 1]) == key), last)


def _named(line: str) -> str:
    """The key of a line of front matter, by its full name."""
    name = normal_key(line.partition(":")[0])
    return ALIASES.get(name, name)


def read_bank_file(path: Path, text: str) -> Document:
    """Find the stories of a file. Raises `InputError`."""
    suffix = path.suffix.lower()
    if suffix == ".toml":
        if path.name in CONFIGURATION:
            raise InputError("is a configuration file and holds no stories.")
        return _document(path, _toml(text))
    if suffix == JSON_SUFFIX:
        data = _json(text)
        if not _is_transcript(data):
            return _document(path, data)
    return read_document(path, text)


def _is_transcript(data: Any) -> bool:
    """Whether it is what a recogniser gives: segments under a key, or alone."""
    if isinstance(data, dict):
        return bool({"segments", "transcription"} & set(data))
    return isinstance(data, list) and bool(data) and all(isinstance(row, dict) and {"start", "end"} <= set(row) for row in data)


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets without end
        raise InputError(f"is not TOML: {error}.") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{where}is not JSON ({getattr(error, 'msg', error)}).") from error


def _document(path: Path, data: Any) -> Document:
    """A file of which every story is a table. Its text is that of the tellings, one below the other."""
    if isinstance(data, dict) and "schema_version" in data:
        raise InputError("is a report and holds no stories; write reports to another folder.")
    if isinstance(data, dict) and "prompt" in data:
        raise InputError("holds prompts and no stories; give it with --prompts.")
    rows = next((data[key] for key in LIST_KEYS if key in data), [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("needs tables with stories: [[story]] in TOML, a list of objects in JSON.")
    if not rows:
        raise InputError("holds no story.")
    stories: list[Story] = []
    told = ""
    for number, row in enumerate(rows, 1):
        fields = normal_keys(row)
        telling = fields.pop(_TELLING, None)
        if wrong := complaint(fields):
            raise InputError(f"story {number}: {wrong[1]}")
        if not isinstance(telling, str) or not any(c.isalnum() for c in telling):
            raise InputError(f"story {number}: needs the telling under the key {_TELLING!r}.")
        stories.append(Story(len(told), telling, fields.get("title"), fields))
        told += telling + "\n"
    return Document(path, told, Lines(told), tuple(stories), ())


def _bank_story(story: Story, path: str, question: str | None, *, many: bool, number: int) -> BankStory:
    given = dict(story.fields)
    for alias, name in ALIASES.items():
        if given.get(alias) and not given.get(name):
            given[name] = given.pop(alias)
    fields = {name: _value(name, given[name]) for name in FIELD_NAMES if given.get(name) is not None}
    title = story.title or (f"{Path(path).stem} {number}" if many else Path(path).stem)
    return BankStory(
        text=story.text if story.timings else story.text.strip(),
        title=" ".join(title.split()),
        fields=fields,
        tags=tuple(normal_key(tag) for tag in _list("tags", given.get("tags"))),
        prompts=tuple(_list("prompts", given.get("prompts"))),
        question=question,
        path=path,
        timings=story.timings,
    )


def _value(name: str, value: Any) -> str:
    """A field as text: TOML and JSON may have numbers, dates and flat lists for it."""
    values = value if isinstance(value, list) else [value]
    try:
        if all(type(v) in (str, int, float, date, datetime) for v in values):
            return " ".join("; ".join(map(str, values)).split())
    except ValueError:  # an integer of thousands of digits
        pass
    raise InputError(f"{name}: must be text; put it into quotes.")


def _list(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise InputError(f"{name}: must be a list of texts, such as [{'bad_data' if name == 'tags' else 'failure'}].")
    return [v.strip() for v in values if v.strip()]
