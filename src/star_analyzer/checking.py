"""Check the answers of files: place what is found, leave out what is silenced or known, and say what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from star_analyzer._version import __version__
from star_analyzer.config import Config, with_options
from star_analyzer.documents import Document
from star_analyzer.files import shown_path
from star_analyzer.finding import failing
from star_analyzer.fingerprints import fingerprint, numbered
from star_analyzer.gathering import Gathered, Task, analysed, gather
from star_analyzer.report import Finding, Report, Severity
from star_analyzer.results import CheckedAnswer, CheckResult, Located, Place
from star_analyzer.rules.files import FILE_RULES
from star_analyzer.rules.selection import every_rule, rule_info
from star_analyzer.suppressions import Silencer, scope, silencer


def check_files(
    paths: Iterable[str],
    config: Config,
    options: Mapping[str, Any],
    *,
    explicit: bool = False,
    stdin: bytes | None = None,
    known: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CheckResult:
    """Check every answer of the files.

    Args:
        paths: files, folders, patterns, or "-" for `stdin`.
        config: what holds for the run.
        options: what the command line says, by the keys of `config.DEFAULTS`; None says nothing.
        explicit: whether `config` holds for every file too; otherwise each file has the configuration nearest to it.
        stdin: what was read from standard input.
        known: fingerprints of a baseline.
        progress: called with the number of answers analysed and that of all.

    Raises:
        SettingsError: a setting makes no sense.
        PipelineError, LexiconError: nothing can be analysed at all.
    """
    run = with_options(config.settings, options)
    gathered = gather(paths, config, options, explicit=explicit, stdin=stdin)
    reports = analysed(gathered.tasks, run["jobs"].value, progress or (lambda _done, _all: None))
    level = run["fail_on"].value
    answers = list(_answers(gathered, reports, failing(level), known or {}))
    return CheckResult(
        package=__version__,
        fail_on=level,
        answers=tuple(answers),
        failures=tuple(gathered.failures),
        rules=tuple(rule_info(rule) for rule in every_rule().values()),
    )


def _answers(
    gathered: Gathered, reports: Sequence[Report], fail_on: frozenset[Severity], known: Mapping[str, str]
) -> Iterator[CheckedAnswer]:
    done = list(zip(gathered.tasks, reports, strict=True))
    placed: list[tuple[Task, Report, list[tuple[Finding, Place]], int]] = []
    for place, pairs in groupby(done, key=lambda pair: pair[0].document):
        document = gathered.documents[place]
        silence = silencer(document)
        own = [(task, report, *_kept(document, silence, task, report)) for task, report in pairs]
        # what comments did not silence is known only when all answers of the file are done
        for at, (task, report, found, suppressed) in enumerate(own):
            found = [*found, *_of_comments(silence, task, own[at - 1][0] if at else None, last=at == len(own) - 1)]
            placed.append((task, report, sorted(found, key=lambda pair: (pair[1].offset, pair[0].code)), suppressed))
    names = iter(numbered(fingerprint(finding, report) for _, report, found, _ in placed for finding, _ in found))
    for task, report, found, suppressed in placed:
        document = gathered.documents[task.document]
        located = []
        left_out = 0
        for finding, where in found:
            name = next(names)
            if name in known and not finding.praise:
                left_out += 1
                continue
            fails = finding.severity in fail_on and not finding.praise
            located.append(Located(finding=finding, place=where, fingerprint=name, fails=fails))
        yield CheckedAnswer(
            path=shown_path(document.path),
            title=task.story.title,
            number=task.number,
            of=len(document.stories),
            place=document.place(task.story.start, task.story.start + len(task.story.text.rstrip())),
            report=report,
            findings=tuple(located),
            suppressed=suppressed,
            known=left_out,
        )


def _kept(document: Document, silence: Silencer, task: Task, report: Report) -> tuple[list[tuple[Finding, Place]], int]:
    """The findings of an answer that no comment silences, with their places, and the number of the others."""
    scopes = {at: scope(s, task.story, task.number == 1, report) for at, s in enumerate(document.suppressions)}
    top = task.story.start + (report.sentences[0].start if report.sentences else 0)
    kept, suppressed = [], 0
    found = [*report.findings, *_of_score(task, report)]
    for finding in found:
        absent = finding.start is None or finding.end is None
        start, end = (top, top) if absent else (task.story.start + (finding.start or 0), task.story.start + (finding.end or 0))
        if silence.silences(finding, start, end, scopes):
            suppressed += 1
        else:
            kept.append((finding, document.place(start, end)))
    return kept, suppressed


def _of_score(task: Task, report: Report) -> Iterator[Finding]:
    score = report.verdict.score
    if score is not None and score < task.least and "CK201" in task.rules.severities:
        yield _finding(
            "CK201",
            task,
            f"The score is {score:g}; at least {task.least:g} is asked for.",
            "Begin with the next steps that the report of this answer names.",
            {"score": score, "at_least": task.least},
        )


def _of_comments(silence: Silencer, task: Task, before: Task | None, *, last: bool) -> Iterator[tuple[Finding, Place]]:
    """What is to be said of the comments that stand in an answer or, for the first and the last one, outside of all."""
    document, rules = silence.document, task.rules.severities
    start = task.story.start if before else 0
    behind = len(document.text) + 1 if last else task.story.start + len(task.story.text)
    for at, suppression in enumerate(document.suppressions):
        if not start <= suppression.start < behind:
            continue
        where = document.place(suppression.start, suppression.end)
        for name in suppression.names:
            if (hint := silence.unknown.get((at, name))) and "CK102" in rules:
                yield _finding("CK102", task, f"A comment silences “{name}”; {hint}", "Mend the code or take it out.", {}), where
            elif (at, name) in silence.codes and (at, name) not in silence.used and "CK101" in rules:
                yield _finding("CK101", task, f"A comment silences {name}, which says nothing there.", "Take the code out.", {}), where


def _finding(code: str, task: Task, message: str, suggestion: str, explanation: dict[str, float | int | str]) -> Finding:
    return Finding(
        code=code,
        name=FILE_RULES[code].name,
        severity=task.rules.severities[code],
        praise=False,
        part=None,
        message=message,
        suggestion=suggestion,
        follow_up=None,
        start=None,
        end=None,
        quote=None,
        explanation=explanation,
        cues=(),
    )
