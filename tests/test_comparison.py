"""What changed between two reports, and names of findings that survive moving."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Analyzer, Report
from star_analyzer.comparison import Comparison, compare
from star_analyzer.fingerprints import fingerprint, numbered
from star_analyzer.render.comparison import comparison_text

WEAK = "Our shop lost orders. We read the log and we moved the files. We called the supplier and asked for the lists of last year. It worked really well in the end."
STRONG = (
    "Our shop lost one order in ten on Fridays. I had to find out why before Christmas. I read the log of four weeks and saw that the disk "
    "was full every Friday night. I could have bought a bigger one, but I moved old orders away, because that cost nothing. I tried it on "
    "a copy first. As a result, lost orders fell from 10% to 1%. I learned to ask what a machine does at night."
)


@pytest.fixture(scope="module")
def drafts(analyzer: Analyzer) -> tuple[Report, Report]:
    """Two drafts of a story."""
    weak, strong = analyzer.analyze_many([WEAK, STRONG])
    return weak, strong


def test_what_got_better(drafts: tuple[Report, Report]) -> None:
    """Facts, score, findings and shares are compared, from the older to the newer."""
    weak, strong = drafts
    found = weak.compare(strong)
    assert found.verdict in ("better", "mixed")
    assert (found.score_before, found.score_after) == (weak.verdict.score, strong.verdict.score)
    facts = {(f.fact, f.change, f.better) for f in found.facts}
    assert {("result_quantified", "gained", True), ("we_heavy", "lost", False), ("reflection", "gained", True)} <= facts
    assert "OC201" in {f.code for f in found.solved}
    assert not {f.code for f in found.solved} & {f.code for f in found.kept}
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_the_other_way_round(drafts: tuple[Report, Report]) -> None:
    """Backwards, what was gained is lost and what was solved is new."""
    weak, strong = drafts
    there, back = compare(weak, strong), compare(strong, weak)
    assert {f.fact for f in there.facts if f.change == "gained"} == {f.fact for f in back.facts if f.change == "lost"}
    assert sorted(f.code for f in there.solved) == sorted(f.code for f in back.new)
    assert sorted(f.code for f in there.praise_gained) == sorted(f.code for f in back.praise_lost)
    assert back.verdict in ("worse", "mixed")


def test_nothing_changed(drafts: tuple[Report, Report]) -> None:
    """A report compared with itself is the same, whatever it is like."""
    for report in drafts:
        found = report.compare(report)
        assert (found.verdict, found.facts, found.solved, found.new) == ("same", (), (), ())
        assert len(found.kept) == sum(not f.praise for f in report.findings)
        assert comparison_text(found).startswith("No change")


def test_as_text(drafts: tuple[Report, Report]) -> None:
    """Every fact that changed and every finding solved or new stands in the text."""
    weak, strong = drafts
    text = comparison_text(weak.compare(strong))
    found = weak.compare(strong)
    assert f"Score   {found.score_before:g} → {found.score_after:g}" in text
    for fact in found.facts:
        assert fact.fact.replace("_", " ") in text
    for finding in (*found.solved, *found.new):
        assert finding.code in text


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_equal_fingerprints_are_numbered(names: list[str]) -> None:
    """All are different afterwards, and the first of each keeps its name."""
    out = numbered(names)
    assert len(set(out)) == len(out)
    assert [name.partition("-")[0] for name in out] == names
    assert {out[names.index(name)] for name in names} == set(names)


def test_fingerprints_are_of_code_and_words(analyzer: Analyzer) -> None:
    """Case, white space, punctuation and what stands around do not count; the code and the words of the sentence do."""
    report = analyzer.analyze(WEAK)
    about = next(f for f in report.findings if f.start is not None)
    moved = analyzer.analyze(f"# Title\n\n{WEAK.replace('. ', '.   ')}")
    twin = next(f for f in moved.findings if f.code == about.code and f.start is not None)
    assert twin.start != about.start
    assert fingerprint(twin, moved) == fingerprint(about, report)
    assert fingerprint(about.model_copy(update={"code": "XX999"}), report) != fingerprint(about, report)
    other = report.model_copy(update={"text": report.text.replace("log", "map").replace("really", "truly")})
    assert fingerprint(about, other) != fingerprint(about, report)
    absent = next(f for f in report.findings if f.start is None)
    assert fingerprint(absent, report) != fingerprint(about.model_copy(update={"code": absent.code}), report) or about.start == 0
