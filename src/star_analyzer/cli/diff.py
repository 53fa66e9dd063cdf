"""`diff`: what got better, worse or is new between two drafts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from star_analyzer.cli.fail import fail
from star_analyzer.cli.shared import ConfigFile, Isolated, ProfileName, Rate, options, read_one
from star_analyzer.comparison import Comparison
from star_analyzer.errors import InputError, StarAnalyzerError
from star_analyzer.gathering import Task, analysed
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
        said = options(profile=profile, rate=rate)
        before, after = (_only(path, read_one(path, said, config, isolated, question)) for path in (old, new))
        found: Comparison = before.compare(after)
    except StarAnalyzerError as error:
        fail(error)
    typer.echo(found.model_dump_json(indent=2) + "\n" if form is DiffFormat.JSON else comparison_text(found), nl=False)


def _only(path: str, tasks: Sequence[Task]) -> Report:
    if len(tasks) != 1:
        raise InputError(f"{path}: has {len(tasks)} answers; give a file with one.")
    return analysed(tasks)[0]
