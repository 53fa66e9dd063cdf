"""A check as JUnit XML (the schema of Jenkins' xUnit plugin), which most CI servers show as a list of tests."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from star_analyzer.results import CheckedAnswer, CheckResult, Located

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_junit(result: CheckResult) -> str:
    """One suite a file; one test for every finding that fails, or one passing test for an answer without any.

    Findings that do not fail stand in the output of the answer's passing test.
    """
    root = ET.Element("testsuites", name="star-analyzer")
    suites: dict[str, list[ET.Element]] = {}
    for answer in result.answers:
        suites.setdefault(answer.path, []).extend(_cases(answer))
    for failure in result.failures:
        case = ET.Element("testcase", name="reading", classname=_xml(failure.path))
        ET.SubElement(case, "error", type="not-analysed", message=_xml(failure.message))
        suites.setdefault(failure.path, []).append(case)
    for path, cases in suites.items():
        suite = ET.SubElement(
            root,
            "testsuite",
            name=_xml(path),
            tests=str(len(cases)),
            failures=str(sum(case.find("failure") is not None for case in cases)),
            errors=str(sum(case.find("error") is not None for case in cases)),
        )
        suite.extend(cases)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _cases(answer: CheckedAnswer) -> list[ET.Element]:
    name = answer.title or f"answer {answer.number}"
    classname = _xml(f"{answer.path}: {name}" if answer.of > 1 or answer.title else answer.path)
    out = []
    for located in answer.findings:
        if located.fails:
            f = located.finding
            case = ET.Element("testcase", name=_xml(f"{f.code} {f.name}, line {located.place.line}"), classname=classname)
            failure = ET.SubElement(case, "failure", type=f.code, message=_xml(f.message))
            failure.text = _xml(_told(answer, located))
            out.append(case)
    notes = [located for located in answer.findings if not located.fails and not located.finding.praise]
    if not out or notes:
        case = ET.Element("testcase", name="notes" if out else "answer", classname=classname)
        if notes:
            ET.SubElement(case, "system-out").text = _xml("\n\n".join(_told(answer, located) for located in notes))
        out.append(case)
    return out


def _told(answer: CheckedAnswer, located: Located) -> str:
    f, place = located.finding, located.place
    quote = f"\n“{' '.join(f.quote.split())}”" if f.quote else ""
    return f"{answer.path}:{place.line}:{place.column}: {f.code} {f.severity.value} {f.message}{quote}\n{f.suggestion}"


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 forbids, which show as their escapes."""
    return _NOT_XML.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), text)
