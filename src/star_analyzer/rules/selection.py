"""Which rules speak, and how severely."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from star_analyzer.errors import SettingsError
from star_analyzer.report import Finding, Severity
from star_analyzer.results import RuleInfo
from star_analyzer.rules import all as _registers_the_rules  # noqa: F401
from star_analyzer.rules.bank import BANK_RULES
from star_analyzer.rules.files import FILE_RULES
from star_analyzer.rules.registry import RULES, SECTIONS, Rule, in_order

ALL = "ALL"
"""Selects every rule."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules in force with their severities, by code."""

    severities: Mapping[str, Severity]

    def apply(self, found: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings of the rules in force, the most severe first, each with the severity that it has here."""
        return in_order(
            f if f.severity is self.severities[f.code] else f.model_copy(update={"severity": self.severities[f.code]})
            for f in found
            if f.code in self.severities
        )


def every_rule() -> dict[str, Rule]:
    """The rules for answers, for files and for banks of stories, by code."""
    return dict(sorted({**RULES, **FILE_RULES, **BANK_RULES}.items()))


def codes_of(name: str, where: str) -> list[str]:
    """The codes that a code, the beginning of codes ("OW", "OW2"), the name of a rule or "ALL" stands for.

    Raises `SettingsError` with a near match for what stands for none.
    """
    every = every_rule()
    if name == ALL:
        return [*every]
    if name.isupper():
        found = [code for code in every if code.startswith(name)]
    else:
        found = [rule.code for rule in every.values() if rule.name == name]
    if not found:
        families = sorted({code[:2] for code in every})
        known = {known.upper(): known for known in (*every, *families, ALL, *(rule.name for rule in every.values()))}
        near = [known[key] for key in difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.5)]
        hint = f"did you mean {near[0]!r}?" if near else f"families are {', '.join(families)}; `star-analyzer rules` lists all."
        raise SettingsError(f"{where}: there is no rule {name!r}; {hint}")
    return found


def selection(select: Iterable[str] = (), ignore: Iterable[str] = (), severity: Mapping[str, str] | None = None) -> Selection:
    """The rules that `select` names (none: all), without those that `ignore` names; the longer of two names wins.

    So `select=["OW201"], ignore=["OW"]` keeps OW201 alone of its family. `severity` gives rules another severity.

    Raises:
        SettingsError: a name stands for no rule, or a severity is none.
    """
    chosen = tuple(select) or (ALL,)
    every = every_rule()
    strength = dict.fromkeys(every, -1)
    out = dict.fromkeys(every, False)
    for names, yes in ((chosen, True), (tuple(ignore), False)):
        for name in names:
            weight = 0 if name == ALL else len(name) if name.isupper() else len("OW201")
            for code in codes_of(name, "select" if yes else "ignore"):
                if weight >= strength[code]:
                    strength[code], out[code] = weight, yes
    severities = {code: every[code].severity for code, yes in out.items() if yes}
    for name, value in sorted((severity or {}).items(), key=lambda pair: len(pair[0])):
        if value not in [*Severity]:
            raise SettingsError(f"severity: {name} cannot be {value!r}; there are {', '.join(Severity)}.")
        for code in codes_of(name, "severity"):
            if code in severities:
                severities[code] = Severity(value)
    return Selection(severities)


def rule_info(rule: Rule) -> RuleInfo:
    """A rule as data, for lists and formats."""
    what, why, flagged, better, source = (rule.docs[title] for title in SECTIONS)
    return RuleInfo(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        praise=rule.praise,
        since=rule.since,
        what=what,
        why=why,
        flagged=flagged,
        better=better,
        source=source,
    )
