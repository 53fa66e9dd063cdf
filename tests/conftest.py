"""Fixtures of the suite: one analyzer for all tests, and hypothesis profiles that keep runs short and steady."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from command import Done, Run
from hypothesis import HealthCheck, settings
from spacy.language import Language
from typer.testing import CliRunner

from star_analyzer import Analyzer, Report, cli, gathering
from star_analyzer.lexicons import Lexicons, load_lexicons
from star_analyzer.nlp.facts import unit_facts
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.pipeline import label_words, unit_list
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import View, view

settings.register_profile("dev", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker here and not in pyproject.toml: the tests also run beside an installed wheel."""
    config.addinivalue_line("markers", 'browser: opens the HTML report in Chromium; leave out with -m "not browser"')


class Reading(NamedTuple):
    """A parsed text with its units."""

    view: View
    units: list[Unit]


Read = Callable[[str], Reading]
Fresh = Callable[..., str]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The analyzer with the bundled pipeline and the packaged lexicons."""
    return Analyzer()


@pytest.fixture(scope="session")
def nlp(analyzer: Analyzer) -> Language:
    """The loaded pipeline of the analyzer."""
    return analyzer.nlp


@pytest.fixture(scope="session")
def lexicons() -> Lexicons:
    """The packaged lexicons."""
    return load_lexicons()


@pytest.fixture(scope="session")
def labels() -> dict[str, str]:
    """The section labels of the packaged lexicons."""
    return label_words()


@pytest.fixture(scope="session")
def matcher(lexicons: Lexicons) -> CueMatcher:
    """A matcher over the packaged lexicons."""
    return CueMatcher(lexicons)


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """Parse a text and find its units, without deciding on parts."""

    def reading(text: str) -> Reading:
        with nlp.select_pipes(disable=["star_parts"]):
            doc = nlp(text)
        seen = view(doc)
        return Reading(seen, unit_list(doc, seen))

    return reading


@pytest.fixture(scope="session")
def analyze(analyzer: Analyzer) -> Callable[[str], Report]:
    """Analyse an answer with the shared analyzer."""
    return analyzer.analyze


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Run Python code in a new process in an empty folder, and give back what it printed."""
    folder = tmp_path_factory.mktemp("fresh")

    def run(code: str, *arguments: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8")

    return run


def fired(reading: Reading, matcher: CueMatcher, lexicons: Lexicons) -> set[str]:
    """Ids of all cues and word classes found in a text."""
    ids: set[str] = set()
    for unit in reading.units:
        facts = unit_facts(reading.view, unit, matcher, lexicons)
        ids.update(match.cue for match in facts.matches)
        ids.update(name for names in facts.classes.values() for name in names)
    return ids


@pytest.fixture
def run(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder; the suite's pipeline is used, to save loading."""

    def base(overlay: Path | None) -> Analyzer:
        return analyzer if overlay is None else Analyzer(lexicons=overlay)

    monkeypatch.setattr(gathering, "_base", base)
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)

    def runs(*arguments: str | Path, stdin: str | bytes | None = None) -> Done:
        done = CliRunner().invoke(cli.app, [str(a) for a in arguments], input=stdin)
        return Done(done.exit_code, done.stdout, done.stderr)

    return runs
