"""Which rules speak, and how severely."""

from __future__ import annotations

import pytest

from star_analyzer import Analyzer
from star_analyzer.errors import SettingsError
from star_analyzer.finding import Severity
from star_analyzer.rules.registry import RULES
from star_analyzer.rules.selection import codes_of, every_rule, rule_info, selection

WEAK = "We had a problem with the shelves. We moved them. We moved the lamps. We asked the staff. It worked really well in the end."


def codes(*, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
    """The codes in force."""
    return set(selection(select, ignore).severities)


def test_all_by_default() -> None:
    """Nothing said, every rule speaks with its own severity."""
    assert codes() == codes(select=("ALL",)) == set(every_rule())
    assert selection().severities["OW201"] is RULES["OW201"].severity


def test_one_rule_and_not_a_family() -> None:
    """A single code can be left out, or kept out of a family that is left out: the longer name wins."""
    assert set(every_rule()) - codes(ignore=("OW201",)) == {"OW201"}
    assert codes(select=("OW201",), ignore=("OW",)) == {"OW201"}
    assert codes(select=("OW",), ignore=("OW201",)) == {c for c in RULES if c.startswith("OW")} - {"OW201"}
    assert codes(select=("OW201",), ignore=("OW201",)) == set()


def test_names_are_as_good_as_codes() -> None:
    """A rule can be called by its name."""
    assert codes_of("team-action", "x") == ["OW201"]
    assert set(every_rule()) - codes(ignore=("team-action",)) == {"OW201"}


@pytest.mark.parametrize(
    ("name", "near"), [("OW999", "OW9"), ("OV201", "OW201"), ("team-actoin", "team-action"), ("ow201", "OW201"), ("??", "families are")]
)
def test_unknown_names_are_errors_with_a_near_match(name: str, near: str) -> None:
    """A misspelt rule silences nothing without saying so."""
    with pytest.raises(SettingsError) as error:
        selection(ignore=(name,))
    assert f"ignore: there is no rule {name!r}" in str(error.value)
    assert near in str(error.value)


def test_severities() -> None:
    """A family gets another severity, and one of it a third one; other rules keep theirs."""
    found = selection(severity={"DL101": "error", "DL": "info"}).severities
    assert found["DL101"] is Severity.ERROR
    assert found["DL103"] is Severity.INFO
    assert found["OW201"] is RULES["OW201"].severity
    with pytest.raises(SettingsError, match="severity: DL cannot be 'loud'"):
        selection(severity={"DL": "loud"})


def test_the_analyzer_leaves_rules_out(analyzer: Analyzer) -> None:
    """Findings and next steps are those of the rules in force; sections, facts and score do not change."""
    usual = analyzer.analyze(WEAK)
    assert {"OW201", "OC201"} & {f.code for f in usual.findings}
    picked = analyzer.variant(ignore=["OW"], severity={"OC": "error"}).analyze(WEAK)
    assert [f.code for f in picked.findings if f.code.startswith("OW")] == []
    assert {f.code for f in picked.findings} == {f.code for f in usual.findings if not f.code.startswith("OW")}
    assert all(f.severity is Severity.ERROR for f in picked.findings if f.code.startswith("OC"))
    assert [f.severity for f in picked.findings] == sorted((f.severity for f in picked.findings), key=list(Severity).index)
    assert not any(f.code.startswith("OW") for f in picked.next_steps)
    assert (picked.verdict, picked.facts) == (usual.verdict, usual.facts)


def test_a_text_that_cannot_be_read_stays_so(analyzer: Analyzer) -> None:
    """Silencing the finding does not make a report out of nothing."""
    report = analyzer.variant(ignore=["IN"]).analyze("один два три четыре пять шесть семь восемь девять десять")
    assert not report.reliable
    assert report.findings == ()


def test_variants_share_the_pipeline(analyzer: Analyzer) -> None:
    """Another profile costs no second pipeline, and leaves the first analyzer as it is."""
    other = analyzer.variant(profile="general", audience="specialist", glossary=["lamp"])
    assert other.nlp is analyzer.nlp
    assert (other.profile.name, other.profile.audience, analyzer.profile.name) == ("general", "specialist", "ml-engineer")


def test_what_an_audience_knows_is_no_jargon(analyzer: Analyzer) -> None:
    """An engineer knows the words of software, a specialist also those of machine learning; business words stay."""
    text = "I moved the Kubernetes cluster, and I trained a gradient boosting model with k-fold cross-validation. It held for a year."
    terms = {
        audience: {t.area for t in analyzer.variant(audience=audience).analyze(text).language.terms}
        for audience in ("manager", "engineer", "specialist")
    }
    assert "ml" in terms["manager"]
    assert terms["engineer"] == {"ml"}
    assert terms["specialist"] == set()
    with pytest.raises(SettingsError, match="There is no audience 'managers'; did you mean 'manager'"):
        Analyzer(audience="managers")


def test_every_rule_as_data() -> None:
    """Lists and formats get the rule's own documentation."""
    for code, rule in every_rule().items():
        info = rule_info(rule)
        assert (info.code, info.what) == (code, rule.docs["What it checks"])
