"""The next steps: the few findings that would help most."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

import star_analyzer.rules.all  # noqa: F401  (registers the rules)
from star_analyzer import Finding, Report, Severity
from star_analyzer.profiles import NEXT_STEPS
from star_analyzer.rules.registry import RULES, next_steps

Analyze = Callable[[str], Report]

HELPFUL = sorted(code for code, rule in RULES.items() if rule.helps)
PRAISE = sorted(code for code, rule in RULES.items() if rule.praise)


def finding(code: str, start: int | None = None, *, praise: bool | None = None) -> Finding:
    """A finding of a registered rule."""
    rule = RULES[code]
    return Finding(
        code=code,
        name=rule.name,
        severity=rule.severity,
        praise=rule.praise if praise is None else praise,
        part=None,
        message="It is so.",
        suggestion="Do it.",
        follow_up=None,
        start=start,
        end=None if start is None else start + 1,
        quote=None if start is None else "x",
        explanation={},
        cues=(),
    )


def codes(found: tuple[Finding, ...]) -> list[str]:
    """Codes of some findings."""
    return [f.code for f in found]


def test_there_are_rules_that_help_and_rules_that_praise() -> None:
    """Helpfulness is from 0 to 10, and praise is never a thing to mend."""
    assert len(HELPFUL) > NEXT_STEPS
    assert PRAISE
    assert all(0 <= rule.helps <= 10 for rule in RULES.values())
    assert not set(HELPFUL) & set(PRAISE)
    assert all(rule.severity is Severity.INFO for rule in RULES.values() if rule.praise)


def test_the_most_helpful_come_first() -> None:
    """Findings are ranked by what mending them helps, equals by code, whatever the order in which they were found."""
    found = [finding(code) for code in HELPFUL]
    Random(7).shuffle(found)
    ranked = codes(next_steps(found, len(found)))
    assert ranked == sorted(HELPFUL, key=lambda code: (-RULES[code].helps, code))
    assert ranked[0] in {code for code in HELPFUL if RULES[code].helps == 10}


@pytest.mark.parametrize("most", [0, 1, 3, 5, 1000])
def test_no_more_than_asked_for(most: int) -> None:
    """At most so many, and they are the first of the ranking."""
    found = [finding(code) for code in HELPFUL]
    assert codes(next_steps(found, most)) == codes(next_steps(found, 1000))[:most]


def test_each_rule_once() -> None:
    """Of several findings of one rule the first stands for it, and leaves room for others."""
    code, other = sorted(HELPFUL, key=lambda c: -RULES[c].helps)[:2]
    found = [finding(code, 5), finding(code, 1), finding(other, 9), finding(code, 7)]
    assert [(f.code, f.start) for f in next_steps(found, 5) if f.code == code] == [(code, 5)]
    assert len(next_steps(found, 5)) == 2


def test_praise_and_what_cannot_be_mended_are_no_steps() -> None:
    """Praise is no step, whatever its rule would help, and neither is a rule that helps nothing."""
    helpless = [code for code, rule in RULES.items() if not rule.helps]
    assert next_steps([finding(code) for code in helpless], 99) == ()
    assert next_steps([finding(HELPFUL[0], praise=True)], 99) == ()


def test_nothing_found_needs_no_steps() -> None:
    """No findings, no steps."""
    assert next_steps([], 5) == ()


WEAK = (
    "So basically we had this project at my company and everybody worked on it. We did a lot of meetings and we were involved in the "
    "planning. The team built the new system and the team tested it. It went really well and everyone was very happy with it."
)


def test_next_steps_of_a_weak_answer(analyze: Analyze) -> None:
    """A weak answer has the full number of steps; each is among the findings, each rule once, the ranking held."""
    report = analyze(WEAK)
    steps = report.next_steps
    assert len(steps) == NEXT_STEPS
    assert all(step in report.findings for step in steps)
    assert len(set(codes(steps))) == len(steps)
    helps = [RULES[step.code].helps for step in steps]
    assert helps == sorted(helps, reverse=True)
    left = {f.code for f in report.findings} - set(codes(steps))
    assert max(RULES[code].helps for code in left) <= helps[-1]
