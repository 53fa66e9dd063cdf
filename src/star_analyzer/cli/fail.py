"""How a subcommand ends that cannot do its work."""

from __future__ import annotations

from typing import NoReturn

import typer

from star_analyzer.cli.exits import EXIT_FAILED
from star_analyzer.errors import StarAnalyzerError
from star_analyzer.render.plain import printable


def fail(error: StarAnalyzerError) -> NoReturn:
    """Say on standard error what went wrong, and end with exit code 2."""
    typer.echo(f"error: {printable(str(error))}", err=True)
    raise typer.Exit(EXIT_FAILED) from None
