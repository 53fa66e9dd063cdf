"""Every rule against its case file: tests/rule_cases/CODE.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import star_analyzer.rules.all  # noqa: F401  (registers the rules)
from star_analyzer import Analyzer
from star_analyzer.profiles import DEFAULT_PROFILE
from star_analyzer.rules.registry import RULES

FOLDER = Path(__file__).parent / "rule_cases"
FILES = sorted(FOLDER.glob("*.toml"))
CASES = [
    pytest.param(path.stem, kind, case, id=f"{path.stem}-{kind}-{number}")
    for path in FILES
    for kind in ("fires", "quiet")
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get(kind, []), 1)
]


@lru_cache(maxsize=8)
def analyzer_for(profile: str, readability: bool) -> Analyzer:
    """One analyzer for each profile, with and without reading ease."""
    return Analyzer(profile=profile, readability=readability)


@pytest.mark.parametrize(("code", "kind", "case"), CASES)
def test_case(analyzer: Analyzer, code: str, kind: str, case: dict[str, Any]) -> None:
    """A rule fires where its case says so, on the words it names, and is quiet elsewhere."""
    plain = "profile" not in case and "readability" not in case
    one = analyzer if plain else analyzer_for(case.get("profile", DEFAULT_PROFILE), case.get("readability", False))
    text = case["text"].strip()
    report = one.analyze_transcript(text, "srt") if "-->" in text else one.analyze(text, question=case.get("question"))
    found = [f for f in report.findings if f.code == code]
    if kind == "quiet":
        assert [f.message for f in found] == []
        return
    assert found
    if "quote" in case:
        assert any(case["quote"] in (f.quote or "") for f in found)


@pytest.mark.parametrize("code", [c for c in sorted(RULES) if not c.startswith("IN")])
def test_every_rule_has_its_cases(code: str) -> None:
    """Three texts on which a rule fires and three on which it is quiet, all different."""
    path = FOLDER / f"{code}.toml"
    assert path.is_file()
    cases = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(cases) == {"fires", "quiet"}
    for kind in ("fires", "quiet"):
        texts = {" ".join(c["text"].split()) for c in cases[kind]}
        assert len(texts) == len(cases[kind]) >= 3
        assert all(set(c) <= {"text", "quote", "question", "profile", "readability", "why"} for c in cases[kind])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_case_file_has_its_rule(path: Path) -> None:
    """No case file is left behind when a rule goes."""
    assert path.stem in RULES
