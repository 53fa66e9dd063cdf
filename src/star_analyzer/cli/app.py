"""The command with all its subcommands."""

from __future__ import annotations

import importlib
import io
import sys
import traceback
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from star_analyzer._version import __version__
from star_analyzer.cli.exits import EXIT_FAILED
from star_analyzer.render.plain import printable

_COMMANDS = {
    "analyze": "analyze:analyze",
    "bank": "bank:bank",
    "check": "check:check",
    "config": "settings:config",
    "diff": "diff:diff",
    "explain": "reference:explain",
    "explain-sentence": "analyze:explain_sentence",
    "lexicons": "reference:lexicons",
    "rules": "reference:rules",
    "schema": "reference:schema",
    "story": "bank:story",
}
"""Every subcommand with its module and its function or group there."""


class _Commands(TyperGroup):
    """Imports the module of a subcommand when it is asked for: `explain` should not wait for what only `check` needs."""

    # newer versions of typer carry a copy of click: the types of contexts and commands have no name that is good for all
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names, in alphabetical order."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The subcommand, or None if there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        found: Any = getattr(importlib.import_module(f"star_analyzer.cli.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
            single.command(cmd_name)(found)
            found = single
        return get_command(found)


app = typer.Typer(
    name="star-analyzer",
    help="Reads answers to behavioural interview questions, offline.",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"star-analyzer {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show "→" is no reason to fail
    try:
        app()
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        raise SystemExit(EXIT_FAILED) from None
    except Exception as error:  # exit code 1 would mean "findings"
        for line in traceback.format_exception(error):
            for row in line.splitlines():
                print(" " * (len(row) - len(row.lstrip())) + printable(row.strip()), file=sys.stderr)
        raise SystemExit(EXIT_FAILED) from None
