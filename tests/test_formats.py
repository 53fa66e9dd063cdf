"""The formats of a check: valid by their schemas for every rule, exact in small, and safe with any text."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Analyzer, Report
from star_analyzer.finding import Finding, Severity
from star_analyzer.render.check import FORMATS
from star_analyzer.render.data import check_json, check_jsonl
from star_analyzer.render.github import check_github
from star_analyzer.render.junit import check_junit
from star_analyzer.render.lines import check_lines
from star_analyzer.render.markdown import report_markdown
from star_analyzer.render.markdown_check import check_markdown
from star_analyzer.render.sarif import check_sarif
from star_analyzer.render.table import check_csv
from star_analyzer.results import CheckedAnswer, CheckResult, Failure, Located, Place
from star_analyzer.rules.selection import every_rule, rule_info

SCHEMAS = Path(__file__).resolve().parent / "schemas"
RULES = tuple(rule_info(rule) for rule in every_rule().values())
TEXT = "Our shop lost orders. I read the log, and it worked really well. I learned to read logs."
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def report(analyzer: Analyzer) -> Report:
    """Some report; the formats show findings, whatever they are about."""
    return analyzer.analyze(TEXT)


def finding(code: str = "OC201", message: str = "Say how much.", *, start: int | None = 39, severity: Severity | None = None) -> Finding:
    """A finding of a rule."""
    info = next(r for r in RULES if r.code == code)
    return Finding(
        code=code,
        name=info.name,
        severity=severity or info.severity,
        praise=info.praise,
        part=None,
        message=message,
        suggestion="Name the number.",
        follow_up="How do you know?",
        start=start,
        end=None if start is None else start + 18,
        quote=None if start is None else TEXT[start : start + 18],
        explanation={"at_least": 1},
        cues=(),
    )


def located(f: Finding, *, line: int = 1, fails: bool = True) -> Located:
    """The finding at its place in a file that holds nothing but the answer."""
    start = f.start or 0
    length = 18 if f.start is not None else 0
    place = Place(line=line, column=start + 1, end_line=line, end_column=start + 1 + length, offset=start, length=length)
    return Located(finding=f, place=place, fingerprint=f"{f.code}-{line}", fails=fails and not f.praise)


def result(
    report: Report, *found: Located, path: str = "a/x.md", title: str | None = None, failures: tuple[Failure, ...] = ()
) -> CheckResult:
    """A check of one answer."""
    place = Place(line=1, column=1, end_line=1, end_column=len(TEXT) + 1, offset=0, length=len(TEXT))
    answer = CheckedAnswer(path=path, title=title, number=1, of=1, place=place, report=report, findings=found, suppressed=0, known=0)
    return CheckResult(package="0.1.0", fail_on="warning", answers=(answer,), failures=failures, rules=RULES)


@pytest.fixture(scope="module")
def everything(report: Report) -> CheckResult:
    """A finding of every rule, with words and without, failing and not, and two files that could not be read."""
    found = [located(finding(r.code, start=39 if at % 2 else None), line=at + 1, fails=at % 3 > 0) for at, r in enumerate(RULES)]
    failures = (Failure(path="b.md", line=3, message="front matter: bad."), Failure(path="c.md", line=None, message="is a binary file."))
    return result(report, *found, failures=failures)


# ---- schemas


def test_sarif_is_valid_for_every_rule(everything: CheckResult) -> None:
    """SARIF follows the published schema, and every result leads to its rule."""
    log = json.loads(check_sarif(everything))
    jsonschema.validate(log, json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {r["ruleId"] for r in run["results"]} == {r.code for r in RULES if not r.praise}
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert len({r["partialFingerprints"]["starAnalyzer/v1"] for r in run["results"]}) == len(run["results"])
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2


def test_junit_is_valid_for_every_rule(everything: CheckResult) -> None:
    """JUnit follows the published schema; what fails is a failure, what could not be read an error."""
    text = check_junit(everything)
    xmlschema.validate(text, str(SCHEMAS / "junit-10.xsd"))
    root = ET.fromstring(text)
    failing = sum(f.fails for a in everything.answers for f in a.findings)
    assert len(root.findall(".//failure")) == failing > 10
    assert len(root.findall(".//error")) == 2
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))


def test_json_is_valid_for_every_rule(everything: CheckResult) -> None:
    """JSON follows the schema that the package prints, and comes back the same."""
    text = check_json(everything)
    jsonschema.validate(json.loads(text), CheckResult.model_json_schema(mode="serialization"), cls=jsonschema.Draft202012Validator)
    assert CheckResult.model_validate_json(text) == everything
    lines = check_jsonl(everything).splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["a/x.md", "b.md", "c.md"]


def test_a_report_is_valid_and_comes_back(report: Report) -> None:
    """The report's own JSON follows its schema and makes the same report again."""
    text = report.model_dump_json()
    jsonschema.validate(json.loads(text), Report.model_json_schema(mode="serialization"), cls=jsonschema.Draft202012Validator)
    assert Report.model_validate_json(text) == report
    assert Report.model_validate_json(text).model_dump_json() == text


# ---- exact in small


def test_lines_of_text(report: Report) -> None:
    """Findings as editors read them, failures, and a summary with singular and plural."""
    one = result(report, located(finding()), failures=(Failure(path="b.md", line=3, message="front matter: bad."),))
    assert check_lines(one).splitlines() == [
        "a/x.md:1:40: OC201 warning Say how much.",
        "b.md:3: error: front matter: bad.",
        "",
        "1 finding (1 warning) in 1 answer of 1 file; 1 file or answer could not be read.",
    ]
    assert check_lines(result(report)) == "Nothing found in 1 answer of 1 file.\n"
    assert check_lines(result(report), quiet=True) == ""
    coloured = check_lines(one, colour=True)
    assert "\x1b[33mwarning\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == check_lines(one)


def test_github_annotations(report: Report) -> None:
    """One command a finding, with its place; something absent has a line only."""
    found = (located(finding(message="50% off: a, b")), located(finding("ST104", start=None), fails=True))
    assert check_github(result(report, *found, path="a,b:c.md")).splitlines() == [
        "::warning file=a%2Cb%3Ac.md,line=1,endLine=1,col=40,endColumn=57,title=OC201 vague-impact::50%25 off: a, b Name the number.",
        "::warning file=a%2Cb%3Ac.md,line=1,title=ST104 missing-result::Say how much. Name the number.",
    ]


def test_sarif_regions(report: Report) -> None:
    """Places are given by line, column and offset; a path is an address."""
    (run,) = json.loads(check_sarif(result(report, located(finding()), path="a b/ü#.md")))["runs"]
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "a%20b/%C3%BC%23.md", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {"startLine": 1, "startColumn": 40, "endLine": 1, "endColumn": 58, "charOffset": 39, "charLength": 18}
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_messages_are_plain(report: Report) -> None:
    """Braces are no placeholders and brackets no links."""
    (run,) = json.loads(check_sarif(result(report, located(finding(message="{0} [a](b)")), path="/tmp/x.md")))["runs"]
    assert run["results"][0]["message"]["text"].startswith("{{0}} [a] (b)")
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///tmp/x.md"}


def test_junit_of_a_clean_answer_is_a_passing_test(report: Report) -> None:
    """A CI server shows how many answers were read."""
    root = ET.fromstring(check_junit(result(report, title="The shop")))
    (case,) = root.findall(".//testcase")
    assert (case.get("classname"), len(case)) == ("a/x.md: The shop", 0)


def test_csv_is_for_spreadsheets(report: Report) -> None:
    """Every finding is a row, praise too; what would be run as a formula is not."""
    for evil in ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1"):
        rows = list(csv.DictReader(io.StringIO(check_csv(result(report, located(finding(message=evil)), located(finding("OC901")))))))
        assert rows[0]["message"] == f"'{evil}"
        assert [row["praise"] for row in rows] == ["no", "yes"]


def test_praise_is_no_complaint(report: Report) -> None:
    """Formats that list what is wrong leave praise out."""
    praised = result(report, located(finding("OC901", message="GREATWORK")))
    for form in (check_lines, check_github, check_sarif, check_junit, check_markdown):
        assert "GREATWORK" not in form(praised), form
    assert "GREATWORK" in check_csv(praised)
    assert "GREATWORK" in check_json(praised)


# ---- any text

EVIL = st.lists(
    st.sampled_from(
        ["\x1b[31m", "\n", "\r\n", "::error::x", "]]>", "<script>alert(1)</script>", "<!--", "=1+1", "|", "`", "**b**", "[a](javascript:x)", "%0A",
         "\u202e", "\x00", "\x9b", "\ufffe", "👩‍🚀", "a", " ", "\u2028", "&lt;", "@all", "http://x", "#1"]
    ),
    min_size=1,
    max_size=8,
).map("".join)  # fmt: skip


@given(EVIL, EVIL, EVIL)
def test_no_text_breaks_a_format(report: Report, message: str, path: str, title: str) -> None:
    """Whatever a message, a path or a title holds, formats stay what they are, and nothing drives a terminal."""
    evil = result(
        report, located(finding(message=message)), path=path, title=title, failures=(Failure(path=path, line=1, message=message),)
    )
    for form in ("text", "github", "markdown"):
        assert not RAW.search(FORMATS[form](evil)), form
    assert len(check_lines(evil, quiet=True).splitlines()) == 2
    assert all(re.match(r"::(?:warning|error) file=", line) for line in check_github(evil).split("\n")[:-1])
    assert check_github(evil).count("\n") == 2
    assert json.loads(check_sarif(evil))["runs"][0]["results"][0]["message"]["text"].startswith(message.replace("](", "] ("))
    xmlschema.validate(check_junit(evil), JUNIT)
    assert json.loads(check_json(evil))["answers"][0]["path"] == path
    (row,) = csv.DictReader(io.StringIO(check_csv(evil), newline=""))
    assert row["message"].lstrip("'").replace("\x00", "") == message.replace("\x00", "").lstrip("'")
    shown = check_markdown(evil)
    assert not re.search(r"<(?:script|!--)|(?<!\\)\]\(|\*\*b\*\*|(?<!\\)`|@all|http://", shown)


JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


@given(EVIL)
def test_markdown_report_is_text(report: Report, evil: str) -> None:
    """In the report, too, the speaker's words format nothing; every sentence and finding is there, the score only where wanted."""
    hostile = report.model_copy(
        update={
            "text": evil + report.text[len(evil) :],
            "question": evil,
            "next_steps": (finding(message=evil),),
            "findings": (finding(message=evil), finding("OC901", message=evil)),
        }
    )
    shown = report_markdown(hostile, title=evil)
    assert not RAW.search(shown)
    assert not re.search(r"<(?:script|!--)|(?<!\\)\]\(|\*\*b\*\*|(?<!\\)`|@all|http://", shown)
    assert shown.count("**OC201**") == 1
    assert "**Score" in shown
    assert "**Score" not in report_markdown(hostile, score=False)


def test_formats_are_deterministic(everything: CheckResult) -> None:
    """The same result gives the same bytes."""
    for name, form in FORMATS.items():
        assert form(everything) == form(everything), name
