"""`config show`: what is in force, and where each value comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from star_analyzer.cli.fail import fail
from star_analyzer.cli.shared import ConfigFile
from star_analyzer.config import find_config, read_config
from star_analyzer.errors import StarAnalyzerError
from star_analyzer.profiles import Profile
from star_analyzer.render.plain import printable

config = typer.Typer(name="config", help="The configuration in force.", no_args_is_help=True)


@config.callback()
def _config() -> None:
    pass


@config.command("show")
def show_config(
    path: Annotated[Path, typer.Argument(help="The file or folder for which it is in force.")] = Path(),
    file: ConfigFile = None,
) -> None:
    """Print every key with its value and where it comes from."""
    try:
        if not path.exists():
            raise typer.BadParameter(f"{printable(str(path))}: there is no such file or folder.")
        own = read_config(file) if file else find_config(path if path.is_dir() else path.parent)
        found = own.for_path(path)
    except StarAnalyzerError as error:
        fail(error)
    rows = [(key, _shown(setting.value), setting.origin) for key, setting in found.items()]
    left, middle = max(len(key) for key, _, _ in rows), min(50, max(len(value) for _, value, _ in rows))
    typer.echo(printable(f"# {own.file}") if own.file else "# no configuration file")
    for key, value, origin in rows:
        typer.echo(f"{key:<{left}} = {printable(value):<{middle}}  # {printable(origin)}")


def _shown(value: Any) -> str:
    if isinstance(value, Profile):
        return json.dumps(value.name)
    if value is None:
        return "none"
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    return json.dumps(list(value) if isinstance(value, tuple) else value if isinstance(value, dict) else str(value), ensure_ascii=False)
