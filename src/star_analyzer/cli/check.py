"""`check`: findings over files, for CI."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from star_analyzer.checking import check_files
from star_analyzer.cli.exits import EXIT_FAILED
from star_analyzer.cli.fail import fail
from star_analyzer.cli.shared import (
    Audience,
    ConfigFile,
    Glossary,
    Ignore,
    Isolated,
    Jobs,
    Lexicons,
    Output,
    Outputs,
    ProfileName,
    Rate,
    Readability,
    Select,
    configuration,
    one_of,
    options,
    outputs,
    progress_bar,
    standard_input,
    wants_colour,
    words,
    write,
)
from star_analyzer.config import FAIL_ON, RANGES, with_options
from star_analyzer.errors import SettingsError, StarAnalyzerError
from star_analyzer.fingerprints import read_baseline, write_baseline
from star_analyzer.render.check import FORMATS
from star_analyzer.render.lines import check_lines
from star_analyzer.results import CheckResult


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders (.md and .txt in them), patterns, or -.", show_default="."),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"How to print: {', '.join(FORMATS)}.", show_default=False)
    ] = None,
    output: Outputs = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", metavar="SEVERITY", help=f"Exit code 1 from this severity on: {', '.join(FAIL_ON)}.")
    ] = None,
    min_score: Annotated[float | None, typer.Option("--min-score", metavar="N", help="A lower score is a finding.")] = None,
    profile: ProfileName = None,
    audience: Audience = None,
    glossary: Glossary = None,
    rate: Rate = None,
    lexicons: Lexicons = None,
    readability: Readability = False,
    exclude: Annotated[list[str] | None, typer.Option(metavar="PATTERN", help="Leave out of folders, as in .gitignore.")] = None,
    baseline: Annotated[str | None, typer.Option("--baseline", metavar="FILE", help="Leave out the findings of this file.")] = None,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Write the findings of this run to the baseline.")] = False,
    jobs: Jobs = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only, no summary and no progress.")] = False,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Check the answers of files. Exit code 0: clean; 1: findings; 2: something could not be analysed."""
    try:
        own = configuration(config, isolated)
        said = options(
            profile=profile,
            audience=audience,
            glossary=glossary,
            rate=rate,
            lexicons=lexicons,
            readability=readability,
            select=words(select),
            ignore=words(ignore),
            fail_on=one_of("--fail-on", fail_on, FAIL_ON),
            min_score=_within("min_score", min_score),
            jobs=None if jobs is None else int(_within("jobs", jobs) or 0),
            exclude=words(exclude),
            baseline=baseline,
        )
        wanted = outputs(form, output, FORMATS)
        run = with_options(own.settings, said)
        known_in = run["baseline"].value
        if update_baseline and known_in is None:
            raise SettingsError("--update-baseline needs --baseline FILE, or the key `baseline` of the configuration.")
        known = {} if known_in is None or update_baseline else read_baseline(Path(known_in))
        asked = tuple(paths or ["."])
        progress, done = progress_bar(not quiet)
        try:
            result = check_files(
                asked,
                own,
                said,
                explicit=config is not None or isolated,
                stdin=standard_input(asked),
                known=known,
                progress=progress,
            )
        finally:
            done()
        if update_baseline:
            entries = {f.fingerprint: f.finding.code for a in result.answers for f in a.findings if not f.finding.praise}
            write_baseline(Path(known_in), entries)
            typer.echo(f"{len(entries)} findings written to the baseline.", err=True)
            raise typer.Exit(EXIT_FAILED if result.failures else 0)
        for out in wanted:
            write(out, _rendered(out, result, quiet=quiet))
    except StarAnalyzerError as error:
        fail(error)
    raise typer.Exit(result.exit_code)


def _rendered(out: Output, result: CheckResult, *, quiet: bool) -> str:
    if out.form == "text":
        return check_lines(result, colour=out.file is None and wants_colour(Console()), quiet=quiet)
    return FORMATS[out.form](result)


def _within(key: str, value: float | None) -> float | None:
    low, high = RANGES[key]
    if value is not None and not low <= value <= high:
        raise SettingsError(f"--{key.replace('_', '-')} needs a number from {low:g} to {high:g}, not {value:g}.")
    return value
