"""`rules`, `explain`, `schema` and `lexicons check`: what the package knows, without an answer."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from star_analyzer.bank_report import BankReport
from star_analyzer.cli.exits import EXIT_FINDINGS
from star_analyzer.cli.fail import fail
from star_analyzer.errors import StarAnalyzerError
from star_analyzer.render.plain import printable
from star_analyzer.render.reference import explained, listed
from star_analyzer.report import Report
from star_analyzer.results import CheckResult
from star_analyzer.rules.selection import codes_of, every_rule, rule_info


class ListFormat(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"


class Model(StrEnum):
    """What has a schema."""

    REPORT = "report"
    CHECK = "check"
    BANK = "bank"


Form = Annotated[ListFormat, typer.Option("--format", help="How to print.")]


def rules(form: Form = ListFormat.TEXT) -> None:
    """List all rules."""
    infos = [rule_info(rule) for rule in every_rule().values()]
    if form is ListFormat.JSON:
        typer.echo(json.dumps([info.model_dump(mode="json") for info in infos], indent=2, ensure_ascii=False))
    else:
        typer.echo(listed(infos), nl=False)


def explain(
    names: Annotated[list[str], typer.Argument(metavar="CODE", help="A code, the beginning of codes, or a name.", show_default=False)],
    form: Form = ListFormat.TEXT,
) -> None:
    """Print what a rule checks, why, and an example."""
    every = every_rule()
    try:
        infos = [rule_info(every[code]) for name in names for code in codes_of(name, "explain")]
    except StarAnalyzerError as error:
        fail(error)
    if form is ListFormat.JSON:
        typer.echo(json.dumps([info.model_dump(mode="json") for info in infos], indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(explained(info) for info in infos), nl=False)


def schema(
    of: Annotated[Model, typer.Argument(help="The report of `analyze`, the result of `check`, or the review of `bank`.")] = Model.REPORT,
) -> None:
    """Print the JSON Schema of the output."""
    models: dict[Model, type[BaseModel]] = {Model.REPORT: Report, Model.CHECK: CheckResult, Model.BANK: BankReport}
    typer.echo(json.dumps(models[of].model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))


lexicons = typer.Typer(name="lexicons", help="For people who edit lexicons.", no_args_is_help=True)


@lexicons.callback()
def _lexicons() -> None:
    pass


@lexicons.command("check")
def check_lexicons(folder: Annotated[Path, typer.Argument(help="Lexicon files laid over the packaged ones.")]) -> None:
    """Read the files of a folder, and try every example and counter-example. Exit code 1 if one does not do what it should."""
    from star_analyzer.nlp.trial import try_examples

    try:
        entries, wrong = try_examples(folder)
    except StarAnalyzerError as error:
        fail(error)
    for complaint in wrong:
        typer.echo(printable(complaint))
    verdict = f"{len(wrong)} examples do not do what they should" if wrong else "all examples do what they should"
    typer.echo(f"{entries} entries: {verdict}.")
    raise typer.Exit(EXIT_FINDINGS if wrong else 0)
