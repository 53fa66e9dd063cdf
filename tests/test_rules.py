"""Every rule keeps its promise: its examples, its documentation, its figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import pytest

import star_analyzer.rules.all  # noqa: F401  (registers the rules)
from star_analyzer import Analyzer, Part, Report, Severity
from star_analyzer.rules.readability import UNRELIABLE
from star_analyzer.rules.registry import RULES, SECTIONS, rule

Analyze = Callable[[str], Report]

CODES = sorted(RULES)
GERMAN = (
    "Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt. "
    "Danach liefen die Abfragen schneller, und die Filialen konnten jeden Morgen pünktlich öffnen."
)
CODE = (
    "for (int i = 0; i < n; ++i) { a[i] = b[i] ^ {c}; } /* @x */ if (x == {y}) { return [z]; } \\n {{ }} <html></html> $$ @@ ~~ == {};" * 2
)


def read_example(code: str, section: str) -> Report:
    """Analyse an example of a rule: its text, "Question: … Answer: …", or a transcript with times."""
    if "-->" in RULES[code].docs[section]:
        return everything().analyze_transcript(RULES[code].docs[section], "srt")
    text = " ".join(RULES[code].docs[section].split())
    asked = re.fullmatch(r"Question: (.+?) Answer: (.+)", text)
    return everything().analyze(asked[2] if asked else text, question=asked[1] if asked else None)


@lru_cache(maxsize=1)
def everything() -> Analyzer:
    """An analyzer that measures reading ease too: a rule is about it."""
    return Analyzer(readability=True)


def codes(report: Report) -> set[str]:
    """Codes of all findings."""
    return {f.code for f in report.findings}


@pytest.mark.parametrize("code", CODES)
def test_flagged_text_is_flagged(code: str) -> None:
    """The Flagged text of a rule gives its code."""
    assert code in codes(read_example(code, "Flagged"))


@pytest.mark.parametrize("code", CODES)
def test_better_text_is_not_flagged(code: str) -> None:
    """The Better text of a rule does not give its code, and is a reliable reading."""
    report = read_example(code, "Better")
    assert code not in codes(report)
    assert report.reliable


@pytest.mark.parametrize("code", CODES)
def test_documentation_is_whole(code: str) -> None:
    """A rule has its five sections, a first line, a name in kebab case, and a code of a known group."""
    found = RULES[code]
    assert found.code == code
    assert re.fullmatch(r"(IN|ST|OW|OC|CN|DC|PD|LG|DL|SR)\d{3}", code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.name)
    assert set(found.docs) == set(SECTIONS)
    assert all(found.docs[section].strip() for section in SECTIONS)
    assert (found.check.__doc__ or "").splitlines()[0].endswith(".")


def test_there_are_rules_of_all_groups_with_unique_names() -> None:
    """All groups are there, and no two rules share a name."""
    assert {code[:2] for code in CODES} == {"IN", "ST", "OW", "OC", "CN", "DC", "PD", "LG", "DL", "SR"}
    assert len({r.name for r in RULES.values()}) == len(RULES)


def test_codes_that_make_a_report_unreliable_are_errors() -> None:
    """What makes a whole report unreliable is a registered rule of the gravest kind."""
    assert set(RULES) >= UNRELIABLE
    assert all(RULES[code].severity is Severity.ERROR for code in UNRELIABLE)


@pytest.mark.parametrize("text", [GERMAN, CODE])
def test_unreliable_report_says_only_so(analyze: Analyze, text: str) -> None:
    """A report that is not reliable has only IN findings, and all its sentences are Other with confidence 0 and no cues."""
    report = analyze(text)
    assert not report.reliable
    assert report.findings
    assert all(re.fullmatch(r"IN\d{3}", c) for c in codes(report))
    for sentence in report.sentences:
        assert sentence.part is Part.OTHER
        assert sentence.confidence == 0
        assert sentence.cues == ()
    assert report.structure.order == ()
    assert report.structure.shares.other.words == report.structure.words


@pytest.mark.parametrize("code", CODES)
def test_findings_explain_themselves(code: str) -> None:
    """A finding carries what was compared: at least one measured value and one limit, all finite numbers or words."""
    report = read_example(code, "Flagged")
    limits = {"at_least", "at_most", "limit", "target", "low", "high"}
    for finding in report.findings:
        assert finding.name == RULES[finding.code].name
        assert finding.severity is RULES[finding.code].severity
        assert finding.message.endswith((".", "!"))
        assert finding.suggestion
        keys = set(finding.explanation)
        assert keys & limits, finding
        assert keys - limits, finding
        values = [v for v in finding.explanation.values() if not isinstance(v, str)]
        assert all(abs(v) < 1e6 for v in values)
        assert (finding.start is None) == (finding.end is None) == (finding.quote is None)
        if finding.start is not None:
            assert report.text[finding.start : finding.end] == finding.quote


def test_too_short_compares_what_was_counted(analyze: Analyze) -> None:
    """The words and the limit in a too-short finding are those of the report and the documentation."""
    (finding,) = [f for f in analyze("I fixed the build.").findings if f.code == "IN101"]
    assert finding.explanation == {"words": 4, "at_least": 25}


@pytest.mark.parametrize("code", ["ST201", "ST202", "ST203"])
def test_balance_findings_carry_the_balance(code: str) -> None:
    """A finding about balance repeats share, target and band of the report's structure."""
    report = read_example(code, "Flagged")
    (finding,) = [f for f in report.findings if f.code == code]
    balance = {"ST201": report.structure.setup, "ST202": report.structure.action, "ST203": report.structure.outcome}[code]
    assert finding.explanation == {"share": balance.share, "target": balance.target, "low": balance.low, "high": balance.high}


@pytest.mark.parametrize("code", CODES)
def test_findings_are_in_order(code: str) -> None:
    """Findings come gravest first, then by code, and a code of an absence comes once."""
    found = read_example(code, "Flagged").findings
    keys = [(list(Severity).index(f.severity), f.code, f.start or 0) for f in found]
    assert keys == sorted(keys)
    absent = [f.code for f in found if f.start is None]
    assert len(absent) == len(set(absent))


@pytest.mark.parametrize("code", [c for c in CODES if c.startswith("ST1")])
def test_absence_is_never_placed(code: str) -> None:
    """A finding about something absent has no invented position."""
    for finding in read_example(code, "Flagged").findings:
        if finding.code == code:
            assert finding.start is finding.end is finding.quote is None


def test_a_code_cannot_be_used_twice() -> None:
    """Registering a second rule under a code in use is refused and leaves the first in place."""
    first = RULES["IN101"]
    with pytest.raises(ValueError, match="IN101 is used twice"):
        rule(code="IN101", name="again", severity=Severity.INFO, since="0.1")(first.check)
    assert RULES["IN101"] is first


def test_a_rule_without_documentation_is_refused() -> None:
    """A rule whose docstring lacks sections is refused by name of what is missing, and is not registered."""

    def bare(sections):  # type: ignore[no-untyped-def]
        """What it checks:
        Nothing.
        """
        return iter(())

    with pytest.raises(ValueError, match="lacks Why it matters, Flagged, Better, Source"):
        rule(code="IN999", name="bare", severity=Severity.INFO, since="0.1")(bare)
    assert "IN999" not in RULES
