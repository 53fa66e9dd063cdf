"""From paths to reports: read the files, find their answers and what is in force for each, and analyse them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from star_analyzer.analyzer import Analyzer
from star_analyzer.answer import read_answer
from star_analyzer.config import CONFIGURATION, Config, Setting, config_in, no_config, with_options
from star_analyzer.documents import Document, Story, decoded, read_document, read_file
from star_analyzer.errors import InputError, SettingsError
from star_analyzer.files import STDIN, SUFFIXES, Missing, find_files, shown_path
from star_analyzer.profiles import PROFILES, Profile
from star_analyzer.report import Report
from star_analyzer.results import Failure
from star_analyzer.rules.selection import Selection, selection
from star_analyzer.timing import Timing

_CHUNK = 16
"""Answers that a worker takes at a time."""
_Given = tuple[str, str | None, tuple[Timing, ...]]
"""Text, question and timings of an answer."""


@dataclass(frozen=True, slots=True)
class Task:
    """One answer with what is in force for it."""

    document: int
    """Place of its file among the documents."""
    number: int
    story: Story
    question: str | None
    options: Mapping[str, Any]
    """Arguments of `Analyzer.variant`."""
    lexicons: Path | None
    least: float
    rules: Selection

    @property
    def given(self) -> _Given:
        """What is analysed."""
        return self.story.text, self.question, self.story.timings


@dataclass
class Gathered:
    """Everything that was read before the analysis."""

    documents: list[Document] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def gather(
    paths: Iterable[str],
    config: Config,
    options: Mapping[str, Any],
    *,
    explicit: bool = False,
    stdin: bytes | None = None,
    question: str | None = None,
    reader: Callable[[Path, str], Document] = read_document,
    suffixes: Sequence[str] = SUFFIXES,
) -> Gathered:
    """Read the files and find what is in force for each answer. See `checking.check_files` for the arguments.

    `question` is the one that all answers were given to, whatever their files say. `reader` finds the answers of a file, and
    `suffixes` are those of the files that are read when a folder is given.
    """
    out = Gathered()
    nearest = {} if config.file is None else {config.folder.resolve(): config}
    here = Config(None, {"exclude": Setting(options.get("exclude") or (), "command line")})

    def left_out(path: Path) -> bool:
        return path.name in CONFIGURATION or config.excluded(path) or here.excluded(path)

    for path in find_files(paths, left_out, suffixes):
        if isinstance(path, Missing):
            out.failures.append(Failure(path=shown_path(Path(path.path)), line=None, message=path.message))
            continue
        try:
            piped = str(path) == STDIN
            own = config if explicit or piped else _nearest(path.resolve().parent, nearest)
            text = decoded(stdin or b"") if piped else read_file(path)
            document = reader(path, text)
            if not document.stories:
                read_answer(text)  # says what is wrong with a text without a word
                raise InputError("holds comments and headings, and no answer.")
            settings = with_options(own.for_path(path), options)
            tasks = [
                _task(document, len(out.documents), number, story, settings, options, question)
                for number, story in enumerate(document.stories, 1)
            ]
        except (InputError, SettingsError) as error:
            out.failures.append(_failure(path, error))
            continue
        out.documents.append(document)
        for task in tasks:
            try:
                read_answer(task.story.text, task.question)
            except InputError as error:
                line = document.lines.at(task.story.start)[0]
                out.failures.append(Failure(path=shown_path(path), line=line, message=str(error)))
            else:
                out.tasks.append(task)
    return out


def _nearest(folder: Path, known: dict[Path, Config]) -> Config:
    """The configuration nearest to a folder. `known`: those of other folders so far, so that no file is read twice."""
    if folder not in known:
        above = folder.parent
        known[folder] = config_in(folder) or (_nearest(above, known) if above != folder else no_config())
    return known[folder]


def _failure(path: Path, error: Exception) -> Failure:
    message = str(error)
    line = None
    if message.startswith("line ") and (number := message.removeprefix("line ").partition(": ")[0]).isdigit():
        line, message = int(number), message.partition(": ")[2]
    return Failure(path=shown_path(path), line=line, message=message)


def _task(
    document: Document,
    place: int,
    number: int,
    story: Story,
    settings: Mapping[str, Setting],
    options: Mapping[str, Any],
    question: str | None,
) -> Task:
    values = {key: setting.value for key, setting in settings.items()}
    profile: str | Path | Profile = values["profile"]
    wanted = story.fields.get("profile")
    if wanted is not None and options.get("profile") is None:
        profile = wanted if wanted in PROFILES or not wanted.endswith(".toml") else document.path.parent / wanted
    arguments = {
        "profile": profile,
        "glossary": values["glossary"],
        "audience": values["audience"],
        "speaking_rate": values["speaking_rate"],
        "readability": values["readability"],
        "select": values["select"],
        "ignore": values["ignore"],
        "severity": values["severity"],
    }
    try:
        Analyzer(**arguments)
    except SettingsError as error:
        line = document.lines.at(story.start)[0]
        raise InputError(f"line {line}: {error}") from error
    rules = selection(values["select"], values["ignore"], values["severity"])
    return Task(place, number, story, question or story.question, arguments, values["lexicons"], values["min_score"], rules)


def analyzer_for(lexicons: Path | None) -> Analyzer:
    """The analyzer that reads with these lexicons, with default settings; its pipeline is the one that `analysed` uses."""
    return _base(lexicons)


@lru_cache(maxsize=2)
def _base(lexicons: Path | None) -> Analyzer:
    return Analyzer(lexicons=lexicons)


def _reports(lexicons: Path | None, options: Mapping[str, Any], answers: Sequence[_Given]) -> Iterator[Report]:
    texts, questions, timings = zip(*answers, strict=True)
    yield from _base(lexicons).variant(**options).analyze_many(texts, questions, timings)


def _reports_of_a_worker(chunk: tuple[Path | None, Mapping[str, Any], list[_Given]]) -> list[Report]:
    return list(_reports(*chunk))


def analysed(tasks: Sequence[Task], jobs: int = 1, progress: Callable[[int, int], None] = lambda _done, _all: None) -> list[Report]:
    """The reports of the tasks, in their order."""
    groups = [list(group) for _, group in groupby(tasks, key=lambda task: (task.lexicons, task.options))]
    out: list[Report] = []
    if jobs == 1 or len(tasks) <= _CHUNK:
        for group in groups:
            for report in _reports(group[0].lexicons, group[0].options, [t.given for t in group]):
                out.append(report)
                progress(len(out), len(tasks))
        return out
    chunks = [
        (group[0].lexicons, group[0].options, [t.given for t in part])
        for group in groups
        for part in (group[at : at + _CHUNK] for at in range(0, len(group), _CHUNK))
    ]
    with ProcessPoolExecutor(max_workers=jobs or None) as pool:
        for reports in pool.map(_reports_of_a_worker, chunks):
            out += reports
            progress(len(out), len(tasks))
    return out
