"""The command line. Imports nothing of spaCy until an answer is analysed."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, RenderableType

from star_analyzer._version import __version__
from star_analyzer.analyzer import Analyzer
from star_analyzer.errors import InputError, StarAnalyzerError
from star_analyzer.profiles import DEFAULT_PROFILE, SPEAKING_RATE
from star_analyzer.render.plain import printable
from star_analyzer.render.text import explanation_text, report_text, to_text
from star_analyzer.report import Report

app = typer.Typer(
    name="star-analyzer",
    help="Reads answers to behavioural interview questions, offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

EXIT_FAILED = 2
_LARGEST_FILE = 4_000_000  # bytes: an answer at the size limit in four-byte characters, with room to spare


class Format(StrEnum):
    """How a report is printed. JSON of several files is one array of reports."""

    TEXT = "text"
    JSON = "json"


def _version(value: bool) -> None:
    if value:
        typer.echo(f"star-analyzer {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    pass


def _read(path: Path) -> str:
    """Text of a file, or of standard input for "-". Raises `InputError` with the path and the remedy."""
    shown = _shown(path)
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(_LARGEST_FILE + 1)
        else:
            with path.open("rb") as file:
                data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{shown}: cannot be read ({error.strerror}).") from error
    if len(data) > _LARGEST_FILE:
        raise InputError(f"{shown}: is larger than {_LARGEST_FILE:,} bytes; give one answer at a time.")
    if b"\0" in data[:8192] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{shown}: is a binary file; give a text file.")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{shown}: is not {encoding.removesuffix('-sig').upper()} (byte {error.start}); save it as UTF-8.") from error


def _shown(path: Path) -> str:
    return "standard input" if str(path) == "-" else printable(str(path))


def _fail(error: StarAnalyzerError, path: Path | None = None) -> None:
    message = printable(str(error))
    where = "" if path is None or message.startswith(_shown(path)) else f"{_shown(path)}: "
    typer.echo(f"error: {where}{message}", err=True)


def _print(renderable: RenderableType) -> None:
    """Print to standard output at the terminal's width, in colour where the terminal wants it, without trailing spaces."""
    console = Console()
    typer.echo(to_text(renderable, width=console.width, colour=console.is_terminal and not console.no_color), nl=False)


PathArgument = Annotated[Path, typer.Argument(help="Text file with one answer, or - for standard input.", show_default=False)]
Rate = Annotated[float, typer.Option("--rate", metavar="WPM", help="Speaking rate in words a minute, for all times.")]
Lexicons = Annotated[Path | None, typer.Option("--lexicons", metavar="FOLDER", help="Lexicon files laid over the packaged ones.")]


@app.command()
def analyze(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Text files with one answer each, or - for standard input.", show_default=False)
    ],
    form: Annotated[Format, typer.Option("--format", help="How to print the report.")] = Format.TEXT,
    question: Annotated[str | None, typer.Option("--question", help="The question that was asked.")] = None,
    rate: Rate = SPEAKING_RATE,
    lexicons: Lexicons = None,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME", help="Role: a name, or a TOML file with values of your own.")] = (
        DEFAULT_PROFILE
    ),
    glossary: Annotated[
        list[str] | None, typer.Option("--glossary", metavar="TERM", help="A term that the audience knows; may be repeated.")
    ] = None,
    readability: Annotated[bool, typer.Option("--readability", help="Measure reading ease too (takes a second).")] = False,
    score: Annotated[bool, typer.Option("--score/--no-score", help="Show the score.")] = True,
) -> None:
    """Analyse answers and print a report for each. Exit code 2 if any could not be analysed."""
    failed = False
    try:
        analyzer = Analyzer(speaking_rate=rate, lexicons=lexicons, profile=profile, glossary=glossary or (), readability=readability)
    except StarAnalyzerError as error:
        _fail(error)
        raise typer.Exit(EXIT_FAILED) from None
    dumped: list[str] = []
    printed = False
    for path in paths:
        try:
            report = analyzer.analyze(_read(path), question=question)
        except InputError as error:
            _fail(error, path)
            failed = True
            continue
        except StarAnalyzerError as error:  # the package or its lexicons, not this answer: the next one would fail as well
            _fail(error)
            raise typer.Exit(EXIT_FAILED) from None
        if form is Format.JSON:
            dumped.append(report.model_dump_json(indent=2))
        else:
            if printed:
                typer.echo("\n" + "─" * 60 + "\n")
            _print(report_text(report, title=str(path) if len(paths) > 1 else None, score=score))
            printed = True
    if dumped:
        typer.echo(dumped[0] if len(paths) == 1 else "[\n" + ",\n".join(dumped) + "\n]")
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command("explain-sentence")
def explain_sentence(
    path: PathArgument,
    number: Annotated[int, typer.Argument(help="Number of the sentence, as `analyze` prints it.", show_default=False)],
    rate: Rate = SPEAKING_RATE,
    lexicons: Lexicons = None,
) -> None:
    """Say why a sentence got its part: the reasons, their weights, the runner-up and the margin."""
    try:
        report: Report = Analyzer(speaking_rate=rate, lexicons=lexicons).analyze(_read(path))
        if not 1 <= number <= len(report.sentences):
            raise InputError(f"There is no sentence {number}; the answer has {len(report.sentences)}.")
    except StarAnalyzerError as error:
        _fail(error, path if isinstance(error, InputError) else None)
        raise typer.Exit(EXIT_FAILED) from None
    _print(explanation_text(report, report.sentences[number - 1]))


def main() -> None:
    """Entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show "→" is no reason to fail
    app()


if __name__ == "__main__":
    main()
