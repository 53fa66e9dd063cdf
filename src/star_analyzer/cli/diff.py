"""`diff`: what got better, worse or is new between two drafts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from star_analyzer.cli.fail import fail
from star_analyzer.cli.shared import ConfigFile, Isolated, ProfileName, Rate, configuration, options, standard_input
from star_analyzer.comparison import Comparison
from star_analyzer.config import Config
from star_analyzer.errors import InputError, StarAnalyzerError
from star_analyzer.gathering import analysed, gather
from star_analyzer.render.comparison import comparison_text
from star_analyzer.report import Report


class DiffFormat(StrEnum):
    """How the differences are printed."""

    TEXT = "text"
    JSON = "json"


def diff(
    old: Annotated[str, typer.Argument(help="The older draft.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The newer draft, or - for standard input.", show_default=False)],
    form: Annotated[DiffFormat, typer.Option("--format", help="How to print.")] = DiffFormat.TEXT,
    question: Annotated[str | None, typer.Option("--question", help="The question that was asked.")] = None,
    profile: ProfileName = None,
    rate: Rate = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Compare two drafts of an answer: what got better, what got worse, what is new."""
    try:
        own, explicit = configuration(config, isolated), config is not None or isolated
        said = options(profile=profile, rate=rate)
        before, after = (_report(path, own, said, explicit, question) for path in (old, new))
        found: Comparison = before.compare(after)
    except StarAnalyzerError as error:
        fail(error)
    typer.echo(found.model_dump_json(indent=2) + "\n" if form is DiffFormat.JSON else comparison_text(found), nl=False)


def _report(path: str, config: Config, said: Mapping[str, Any], explicit: bool, question: str | None) -> Report:
    gathered = gather([path], config, said, explicit=explicit, stdin=standard_input([path]), question=question)
    if gathered.failures:
        raise InputError(f"{gathered.failures[0].path}: {gathered.failures[0].message}")
    if len(gathered.tasks) != 1:
        raise InputError(f"{path}: has {len(gathered.tasks)} answers; give a file with one.")
    return analysed(gathered.tasks)[0]
