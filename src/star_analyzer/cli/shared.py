"""What several subcommands need: options, configuration, output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console, RenderableType

from star_analyzer.config import Config, find_config, no_config, read_config
from star_analyzer.documents import LARGEST_FILE, Document, read_document
from star_analyzer.errors import InputError, SettingsError
from star_analyzer.files import STDIN, SUFFIXES
from star_analyzer.gathering import Gathered, Task, gather
from star_analyzer.render.text import to_text

Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Only these rules: a code, the beginning of codes, or a name; commas or several options."),
]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODE", help="Not these rules.")]
ProfileName = Annotated[str | None, typer.Option("--profile", metavar="NAME", help="Role: a name, or a TOML file with values of your own.")]
Audience = Annotated[str | None, typer.Option(metavar="NAME", help="Who listens: manager, engineer or specialist.")]
Glossary = Annotated[list[str] | None, typer.Option(metavar="TERM", help="A term that the audience knows; may be repeated.")]
Rate = Annotated[float | None, typer.Option("--rate", metavar="WPM", help="Speaking rate in words a minute, for all times.")]
Lexicons = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Lexicon files laid over the packaged ones.")]
Readability = Annotated[bool, typer.Option("--readability", help="Measure reading ease too (takes a second).")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="This configuration for every file.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
Outputs = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="[FORMAT:]FILE", help="Write to a file; several, each with its format: --output json:out.json."),
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes that analyse; 0: one for every core.")]


def configuration(file: Path | None, isolated: bool) -> Config:
    """The configuration of the run. Raises `SettingsError`."""
    if isolated:
        return no_config()
    return find_config(Path.cwd()) if file is None else read_config(file)


def read(
    paths: Sequence[str],
    said: Mapping[str, Any],
    config: Path | None,
    isolated: bool,
    question: str | None = None,
    *,
    reader: Callable[[Path, str], Document] = read_document,
    suffixes: Sequence[str] = SUFFIXES,
) -> Gathered:
    """The answers of the files with what is in force for each; see `gather`. Raises `SettingsError`."""
    return gather(
        paths,
        configuration(config, isolated),
        said,
        explicit=config is not None or isolated,
        stdin=standard_input(paths),
        question=question,
        reader=reader,
        suffixes=suffixes,
    )


def read_one(path: str, said: Mapping[str, Any], config: Path | None, isolated: bool, question: str | None = None) -> Sequence[Task]:
    """The answers of one file. Raises `InputError` if it cannot be read, or one of its answers."""
    gathered = read([path], said, config, isolated, question)
    for failure in gathered.failures:
        raise InputError(f"{failure.path}: {failure.message}")
    return gathered.tasks


def words(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """The values of an option that takes commas and may be repeated; None where it was not used."""
    return None if given is None else tuple(word.strip() for value in given for word in value.split(",") if word.strip())


def options(
    *,
    profile: str | None = None,
    audience: str | None = None,
    glossary: Sequence[str] | None = None,
    rate: float | None = None,
    lexicons: Path | None = None,
    readability: bool = False,
    **more: Any,
) -> Mapping[str, Any]:
    """What the command line says, by the keys of the configuration."""
    return {
        "profile": profile,
        "audience": audience,
        "glossary": None if glossary is None else tuple(glossary),
        "speaking_rate": rate,
        "lexicons": lexicons,
        "readability": readability or None,
        **more,
    }


def one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    """The value of an option, if it is one of those that there are. Raises `SettingsError`."""
    if value is not None and value not in allowed:
        raise SettingsError(f"{option} {value}: there are {', '.join(allowed)}.")
    return value


def standard_input(paths: Sequence[str]) -> bytes | None:
    """What stands on standard input, if it is asked for."""
    return sys.stdin.buffer.read(LARGEST_FILE + 1) if STDIN in paths else None


_FILE_WIDTH = 100
"""Columns of a text report that is written to a file."""


class Output(NamedTuple):
    """Where to write what."""

    form: str
    file: Path | None
    """None: standard output."""


_BY_SUFFIX = {
    ".txt": "text", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".sarif": "sarif", ".xml": "junit", ".csv": "csv",
    ".html": "html",
}  # fmt: skip


def outputs(form: str | None, given: Sequence[str] | None, forms: Collection[str]) -> list[Output]:
    """What to write where.

    FORMAT:FILE goes to a file beside what standard output gets; of a FILE alone the format is `form` or what its name says,
    and nothing is printed. Raises `SettingsError` for a format that there is not.
    """
    if form is not None and form not in forms:
        raise SettingsError(f"--format {form}: there is no such format; formats are {', '.join(forms)}.")
    out = []
    to_stdout = True
    for value in given or ():
        named, colon, rest = value.partition(":")
        if colon and named in forms and rest:
            out.append(Output(named, Path(rest)))
            continue
        guessed = form or _BY_SUFFIX.get(Path(value).suffix.lower())
        if guessed is None or guessed not in forms:
            raise SettingsError(f"--output {value}: say which format, FORMAT:FILE; formats are {', '.join(forms)}.")
        out.append(Output(guessed, Path(value)))
        to_stdout = False  # --format is spoken for
    return [Output(form or "text", None), *out] if to_stdout else out


def write(output: Output, text: str) -> None:
    """Write to a file as UTF-8, or to standard output. Raises `SettingsError` if the file cannot be written."""
    if output.file is None:
        typer.echo(text, nl=False)
        return
    try:
        output.file.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        raise SettingsError(f"{output.file}: cannot be written ({getattr(error, 'strerror', None) or error}).") from error


def as_text(renderable: RenderableType, file: Path | None = None) -> str:
    """As it is printed: at the terminal's width, in colour where the terminal wants it, without trailing spaces; for a file plain."""
    console = Console()
    width, colour = (console.width, wants_colour(console)) if file is None else (_FILE_WIDTH, False)
    return to_text(renderable, width=width, colour=colour)


def show(renderable: RenderableType) -> None:
    """Print to standard output."""
    typer.echo(as_text(renderable), nl=False)


def wants_colour(console: Console) -> bool:
    """Whether to print in colour: on a terminal, unless NO_COLOR is set."""
    return console.is_terminal and not console.no_color


def progress_bar(wanted: bool) -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """A function that shows how far the analysis is, on a terminal only, and one that takes the bar away."""
    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        return (lambda _done, _all: None), (lambda: None)
    from rich.progress import Progress

    bar = Progress(console=console, transient=True)
    task = bar.add_task("Reading answers", total=None)
    bar.start()
    return (lambda done, total: bar.update(task, completed=done, total=total)), bar.stop
