"""Stories from files: Markdown with front matter, TOML, JSON, text, transcripts; one story a file, or several."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from star_analyzer.bank.prompts import Prompt, load_prompts
from star_analyzer.bank.review import check_story
from star_analyzer.bank.story import BankStory
from star_analyzer.cards import ALIASES, FIELD_NAMES, STORY_KEYS
from star_analyzer.config import CONFIGURATION, no_config
from star_analyzer.documents import Document, Lines, Story, misspelt, normal_keys, read_document
from star_analyzer.errors import InputError
from star_analyzer.files import SUFFIXES, shown_path
from star_analyzer.gathering import Gathered, gather
from star_analyzer.transcripts import JSON_SUFFIX

BANK_SUFFIXES = (*SUFFIXES, ".toml", JSON_SUFFIX)
"""Files that are read when a folder is given."""
LIST_KEYS = ("story", "stories")
"""Under which a TOML or JSON file has several stories."""
_TELLING = "text"


def read_stories(paths: Iterable[str | Path], *, prompts: str | Path | None = None) -> list[BankStory]:
    """The stories of some files and folders, in the order of names.

    Args:
        paths: files, folders or patterns. Of folders, Markdown, text, TOML, JSON and transcripts are read.
        prompts: a TOML file with prompts of your own, whose ids the stories may name.

    Raises:
        InputError: a file cannot be read, or says something that makes no sense; the message names file and line.
        SettingsError: the prompts make no sense.
    """
    known = load_prompts(None if prompts is None else Path(prompts))
    gathered = gather([str(p) for p in paths], no_config(), {}, explicit=True, reader=read_bank_file, suffixes=BANK_SUFFIXES)
    stories = stories_of(gathered, known)
    if gathered.failures:
        raise InputError("; ".join(f"{f.where}: {f.message}" for f in gathered.failures))
    return [story for _, story in stories]


def stories_of(gathered: Gathered, prompts: Sequence[Prompt]) -> list[tuple[int, BankStory]]:
    """The stories that were gathered, each with the place of its task. What is wrong with one is added to the failures."""
    from star_analyzer.results import Failure

    out = []
    for at, task in enumerate(gathered.tasks):
        document = gathered.documents[task.document]
        path = shown_path(document.path)
        try:
            story = _bank_story(task.story, path, task.question, many=len(document.stories) > 1, number=task.number)
            check_story(story, prompts, "front matter" if task.story.start or document.path.suffix == ".md" else "story")
        except InputError as error:
            line = document.lines.at(task.story.start)[0]
            gathered.failures.append(Failure(path=path, line=line, message=str(error)))
        else:
            out.append((at, story))
    gathered.failures.sort(key=lambda failure: (failure.path, failure.line or 0))
    return out


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
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"is not TOML: {error}.") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{where}is not JSON ({getattr(error, 'msg', error)}).") from error


def _document(path: Path, data: Any) -> Document:
    """A file of which every story is a table. Its text is that of the tellings, one below the other."""
    rows = next((data[key] for key in LIST_KEYS if key in data), [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("needs tables with stories: [[story]] in TOML, a list of objects in JSON.")
    stories: list[Story] = []
    told = ""
    for number, row in enumerate(rows, 1):
        fields = normal_keys(row)
        telling = fields.pop(_TELLING, None)
        if wrong := misspelt(fields):
            raise InputError(f"story {number}: there is no {wrong[0]!r}; did you mean {wrong[1]!r}?")
        if not isinstance(telling, str) or not any(c.isalnum() for c in telling):
            raise InputError(f"story {number}: needs the telling under the key {_TELLING!r}.")
        title = fields.get("title")
        stories.append(Story(len(told), telling, None if title is None else str(title), fields))
        told += telling + "\n"
    return Document(path, told, Lines(told), tuple(stories), ())


def _bank_story(story: Story, path: str, question: str | None, *, many: bool, number: int) -> BankStory:
    given = dict(story.fields)
    for alias, name in ALIASES.items():
        if alias in given and name not in given:
            given[name] = given.pop(alias)
    fields = {name: _value(name, given[name]) for name in FIELD_NAMES if given.get(name) is not None}
    title = story.title or (f"{Path(path).stem} {number}" if many else Path(path).stem)
    return BankStory(
        text=story.text,
        title=" ".join(title.split()),
        fields=fields,
        tags=tuple(tag.replace(" ", "_").replace("-", "_").lower() for tag in _list("tags", given.get("tags"))),
        prompts=tuple(_list("prompts", given.get("prompts"))),
        question=question,
        path=path,
        timings=story.timings,
    )


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, dict):
        raise InputError(f"{name} must be text.")
    return " ".join(str(value).split())


def _list(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise InputError(f"{name} must be a list of texts, such as [{'bad_data' if name == 'tags' else 'failure'}].")
    return [v.strip() for v in values if v.strip()]


__all__ = ["BANK_SUFFIXES", "STORY_KEYS", "read_bank_file", "read_stories", "stories_of"]
