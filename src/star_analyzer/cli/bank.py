"""`bank`: stories reviewed as a whole; `story new`: a template for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from star_analyzer.bank.history import append_history, read_history
from star_analyzer.bank.prompts import load_prompts
from star_analyzer.bank.reading import BANK_SUFFIXES, read_bank_file, stories_of
from star_analyzer.bank.review import read_cards, review
from star_analyzer.bank.template import story_template
from star_analyzer.bank_report import BankReport
from star_analyzer.cli.exits import EXIT_FAILED, EXIT_FINDINGS
from star_analyzer.cli.fail import fail
from star_analyzer.cli.shared import (
    Audience,
    ConfigFile,
    Glossary,
    Ignore,
    Isolated,
    Lexicons,
    Output,
    Outputs,
    ProfileName,
    Rate,
    Select,
    as_text,
    configuration,
    one_of,
    options,
    outputs,
    read,
    words,
    write,
)
from star_analyzer.config import FAIL_ON, Config, find_config, with_options
from star_analyzer.errors import InputError, SettingsError, StarAnalyzerError
from star_analyzer.finding import failing
from star_analyzer.gathering import analysed, analyzer_for
from star_analyzer.render.bank_text import bank_text
from star_analyzer.render.plain import printable
from star_analyzer.rules.selection import selection
from star_analyzer.sections import category_words

FORMATS = ("text", "json", "markdown", "html")


def bank(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Folders or files with stories: .md, .txt, .toml, .json, .srt, .vtt.", show_default=False),
    ],
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"How to print: {', '.join(FORMATS)}.", show_default=False)
    ] = None,
    output: Outputs = None,
    require_coverage: Annotated[bool, typer.Option("--require-coverage", help="Exit code 1 if a kind of story is missing.")] = False,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on", metavar="SEVERITY", help=f"Exit code 1 for a finding about the bank from this severity on: {', '.join(FAIL_ON)}."
        ),
    ] = "never",
    history: Annotated[
        Path | None, typer.Option("--history", metavar="FILE", help="Add this state to a file (JSONL), and show how it has changed.")
    ] = None,
    prompts: Annotated[Path | None, typer.Option("--prompts", metavar="FILE", help="Prompts of your own (TOML).")] = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: ProfileName = None,
    audience: Audience = None,
    glossary: Glossary = None,
    rate: Rate = None,
    lexicons: Lexicons = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Review a bank of stories: coverage, prompts, what sounds rehearsed, cards, and a plan for practice.

    Exit code 0: done; 1: --require-coverage or --fail-on has found something; 2: a file could not be read.
    """
    try:
        wanted = outputs(form, output, FORMATS)
        one_of("--fail-on", fail_on, FAIL_ON)
        _check_outputs(wanted, paths)
        asked = load_prompts(prompts)
        said = options(
            profile=profile,
            audience=audience,
            glossary=glossary,
            rate=rate,
            lexicons=lexicons,
            select=words(select),
            ignore=words(ignore),
        )
        before = read_history(history) if history else ()
        if history and not history.parent.is_dir():
            raise SettingsError(f"--history {history}: there is no folder {history.parent}.")
        gathered = read(paths, said, config, isolated, reader=read_bank_file, suffixes=BANK_SUFFIXES)
        stories = stories_of(gathered, asked)
        for failure in gathered.failures:
            typer.echo(f"error: {printable(failure.where)}: {printable(failure.message)}", err=True)
        if not stories:
            raise InputError("There is no story to review. `star-analyzer story new` writes a template.")
        told = [story for _, story in stories]
        reports = analysed([gathered.tasks[at] for at, _ in stories])
        run = with_options(_configuration(paths, config, isolated).settings, said)
        rules = selection(run["select"].value, run["ignore"].value, run["severity"].value)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cards = read_cards(told, analyzer_for(run["lexicons"].value))
        unread = tuple(dict.fromkeys(failure.where for failure in gathered.failures))
        found = review(told, reports, cards, asked, rules, before, now, unread)
        if history and not gathered.failures:
            append_history(history, found, now)
        for out in wanted:
            write(out, _rendered(out, found))
    except StarAnalyzerError as error:
        fail(error)
    if gathered.failures:
        raise typer.Exit(EXIT_FAILED)
    if require_coverage and found.gaps:
        typer.echo(f"Missing: {', '.join(map(category_words, found.gaps))}.", err=True)
        raise typer.Exit(EXIT_FINDINGS)
    if any(f.severity in failing(fail_on) for f in found.findings):
        raise typer.Exit(EXIT_FINDINGS)


def _check_outputs(wanted: Sequence[Output], paths: Sequence[str]) -> None:
    """Refuse to write a report where the next run would read it as a story."""
    folders = [Path(path).resolve() for path in paths if Path(path).is_dir()]
    for out in wanted:
        if out.file is not None and out.file.suffix.lower() in BANK_SUFFIXES:
            place = out.file.resolve()
            if any(folder in place.parents for folder in folders):
                raise SettingsError(f"--output {out.file}: the next review would read it as a story; write it to another folder.")


def _configuration(paths: Sequence[str], config: Path | None, isolated: bool) -> Config:
    """The configuration of the bank: that of its folder, where it is one."""
    if config is None and not isolated and len(paths) == 1 and Path(paths[0]).is_dir():
        return find_config(Path(paths[0]))
    return configuration(config, isolated)


def _rendered(out: Output, found: BankReport) -> str:
    if out.form == "json":
        return found.model_dump_json(indent=2) + "\n"
    if out.form == "html":
        return found.to_html()
    if out.form == "markdown":
        return found.to_markdown()
    return as_text(bank_text(found), out.file)


story = typer.Typer(name="story", help="Stories of a bank.", no_args_is_help=True)


@story.callback()
def _story() -> None:
    pass


@story.command("new")
def new_story(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write it; standard output if left out.", show_default=False)
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the story.")] = "",
) -> None:
    """Write a commented template for a story: its card of seven fields, and room for the telling."""
    text = story_template(title)
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        _create(file, text)
    except StarAnalyzerError as error:
        fail(error)
    typer.echo(
        f"{printable(str(file))}: fill in the fields, write the telling below, then call: star-analyzer bank {printable(str(file.parent))}",
        err=True,
    )


def _create(file: Path, text: str) -> None:
    """Write a new file, with its folders; never over one that is there."""
    if file.suffix.lower() not in (".md", ".txt"):
        raise InputError(f"{file}: give a name that ends in .md: the template is Markdown.")
    if file.exists():
        raise InputError(f"{file}: is there already; give another name.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be written ({getattr(error, 'strerror', None) or error}).") from error
