"""`analyze` and `explain-sentence`: reports of answers, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from star_analyzer.cli.exits import EXIT_FAILED
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
    Readability,
    Select,
    as_text,
    options,
    outputs,
    read,
    read_one,
    show,
    words,
    write,
)
from star_analyzer.errors import InputError, SettingsError, StarAnalyzerError
from star_analyzer.files import shown_path
from star_analyzer.gathering import Gathered, analysed
from star_analyzer.render.plain import printable
from star_analyzer.render.text import explanation_text, report_text
from star_analyzer.report import Report

FORMATS = ("text", "json", "jsonl", "markdown", "html")


class Titled(NamedTuple):
    """A report with what to call it."""

    title: str
    report: Report


def analyze(
    paths: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files with answers, folders, or - for standard input.", show_default=False)
    ],
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"How to print: {', '.join(FORMATS)}.", show_default=False)
    ] = None,
    output: Outputs = None,
    question: Annotated[str | None, typer.Option("--question", help="The question that was asked.")] = None,
    profile: ProfileName = None,
    audience: Audience = None,
    glossary: Glossary = None,
    rate: Rate = None,
    lexicons: Lexicons = None,
    readability: Readability = False,
    select: Select = None,
    ignore: Ignore = None,
    score: Annotated[bool, typer.Option("--score/--no-score", help="Show the score.")] = True,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Analyse answers and print a report for each. Exit code 2 if any could not be analysed."""
    try:
        wanted = outputs(form, output, FORMATS)
        said = options(
            profile=profile,
            audience=audience,
            glossary=glossary,
            rate=rate,
            lexicons=lexicons,
            readability=readability,
            select=words(select),
            ignore=words(ignore),
        )
        gathered = read(paths, said, config, isolated, question)
        reports = _titled(gathered)
        for failure in gathered.failures:
            typer.echo(f"error: {printable(failure.where)}: {printable(failure.message)}", err=True)
        several = len(paths) > 1 or len(reports) > 1
        for out in wanted if reports else ():
            write(out, _rendered(out, reports, several=several, score=score))
    except StarAnalyzerError as error:
        fail(error)
    if gathered.failures:
        raise typer.Exit(EXIT_FAILED)


def _titled(gathered: Gathered) -> list[Titled]:
    out = []
    for task, report in zip(gathered.tasks, analysed(gathered.tasks), strict=True):
        document = gathered.documents[task.document]
        name = shown_path(document.path)
        if len(document.stories) > 1:
            name = f"{name}: {task.story.title or f'answer {task.number}'}"
        out.append(Titled(name, report))
    return out


def _rendered(out: Output, reports: Sequence[Titled], *, several: bool, score: bool) -> str:
    """All reports in one format."""
    if out.form == "json":
        dumped = [r.report.model_dump_json(indent=2) for r in reports]
        return ("[\n" + ",\n".join(dumped) + "\n]" if several else dumped[0]) + "\n"
    if out.form == "jsonl":
        return "".join(r.report.model_dump_json() + "\n" for r in reports)
    if out.form == "html":
        if len(reports) > 1:
            raise SettingsError(f"A page shows one answer, and there are {len(reports)}. Give one file with one answer.")
        return reports[0].report.to_html(title=reports[0].title, score=score)
    if out.form == "markdown":
        return "\n".join(r.report.to_markdown(title=r.title if several else None, score=score) for r in reports)
    texts = [as_text(report_text(r.report, title=r.title if several else None, score=score), out.file) for r in reports]
    return ("\n" + "─" * 60 + "\n\n").join(texts)


def explain_sentence(
    path: Annotated[str, typer.Argument(help="File with an answer, or - for standard input.", show_default=False)],
    number: Annotated[int, typer.Argument(help="Number of the sentence, as `analyze` prints it.", show_default=False)],
    answer: Annotated[int, typer.Option("--answer", metavar="N", help="Which answer of the file.")] = 1,
    rate: Rate = None,
    lexicons: Lexicons = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Say why a sentence got its part: the reasons, their weights, the runner-up and the margin."""
    try:
        tasks = read_one(path, options(rate=rate, lexicons=lexicons), config, isolated)
        task = next((t for t in tasks if t.number == answer), None)
        if task is None:
            raise InputError(f"{path}: There is no answer {answer}; the file has {len(tasks)}.")
        (report,) = analysed([task])
        if not 1 <= number <= len(report.sentences):
            raise InputError(f"{path}: There is no sentence {number}; the answer has {len(report.sentences)}.")
    except StarAnalyzerError as error:
        fail(error)
    show(explanation_text(report, report.sentences[number - 1]))
