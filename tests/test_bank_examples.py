"""Whole banks: seven examples that cover everything, copies, formulas, real variety, and cards that do not fit."""

from __future__ import annotations

import pytest
from banks import GAP_OF, REHEARSED, stem, stories

from star_analyzer import Analyzer, BankReport, review_bank


@pytest.fixture(scope="module")
def seven(analyzer: Analyzer) -> BankReport:
    """The review of the seven examples."""
    return review_bank(stories("examples"), analyzer=analyzer)


def codes(bank: BankReport) -> set[str]:
    """The codes of all findings."""
    return {f.code for f in bank.findings}


def test_seven_examples_cover_everything(seven: BankReport) -> None:
    """Every category has a story that shows it, and nothing sounds rehearsed."""
    assert seven.gaps == ()
    assert {c.status for c in seven.categories} == {"covered"}
    assert not codes(seven) & {
        *REHEARSED,
        "BK101",
        "BK102",
        "BK103",
        "BK201",
        "BK202",
        "BK203",
        "BK205",
        "BK401",
        "BK402",
        "BK403",
        "BK404",
    }


@pytest.mark.parametrize("name", GAP_OF)
def test_taking_one_away_shows_exactly_that_gap(analyzer: Analyzer, name: str) -> None:
    """The category of the story that is gone is missing, no other one, and the plan begins with writing one."""
    bank = review_bank([s for s in stories("examples") if stem(s) != name], analyzer=analyzer)
    assert bank.gaps == (GAP_OF[name],)
    found = [f for f in bank.findings if f.code == "BK201"]
    assert [f.explanation["category"] for f in found] == [GAP_OF[name]]
    assert bank.plan[0].kind == "write"
    assert bank.plan[0].code == "BK201"


def test_each_prompt_has_a_story_and_none_has_all(seven: BankReport) -> None:
    """Most prompts have a best story, many a second one, and every story is the best one for some."""
    told = [p for p in seven.prompts if p.best is not None]
    assert len(told) >= 36
    assert sum(p.second is not None for p in told) >= 18
    counts = [len(s.best_for) for s in seven.stories]
    assert min(counts) >= 2
    assert max(counts) <= 0.25 * len(told)
    for row in told:
        assert row.best != row.second
        assert row.id in seven.story(row.best or 0).best_for


def test_the_prompt_of_a_category_is_answered_by_its_story(seven: BankReport) -> None:
    """A sample of prompts with the stories that a reader would choose."""
    wanted = {
        "improved-metric": "parts-search", "bad-data": "refund-reasons", "accuracy-latency": "photo-check", "to-production": "delivery-dates",
        "convinced": "chatbot-argument", "disagreement": "chatbot-argument", "failure": "winback-mails", "unclear-goal": "smart-workshop",
        "few-labels": "refund-reasons", "after-launch": "delivery-dates", "adoption": "chatbot-argument", "drift": "delivery-dates",
    }  # fmt: skip
    rows = {p.id: p for p in seven.prompts}
    chosen = {name: (seven.story(rows[name].best or 0).path or "") for name in wanted}
    assert {name: path.rpartition("/")[2].removesuffix(".md") for name, path in chosen.items()} == wanted


@pytest.mark.parametrize("name", ["chatbot-argument", "delivery-dates", "parts-search", "photo-check", "retold"])
def test_a_copy_is_named_as_the_twin(analyzer: Analyzer, name: str) -> None:
    """A copy with synonyms, or the story told anew, among the seven: it and its original are twins, and nothing else is alike."""
    copy = next(s for s in stories("twins") if stem(s) == name)
    original = "refund-reasons" if name == "retold" else name
    bank = review_bank([*stories("examples"), copy], analyzer=analyzer)
    found = [f for f in bank.findings if f.code in REHEARSED]
    assert [f.code for f in found] == ["BK306"]
    titles = {bank.story(n).title for n in found[0].stories}
    assert titles == {copy.title, next(s.title for s in stories("examples") if stem(s) == original)}
    assert found[0].evidence
    assert any(e.kind == "replace" for e in bank.plan)


def test_stories_of_one_person_are_no_formula(analyzer: Analyzer) -> None:
    """Seven different stories of another candidate: nothing is alike. Nor are all fourteen together."""
    other = stories("other")
    assert not codes(review_bank(other, analyzer=analyzer)) & set(REHEARSED)
    assert not codes(review_bank([*other, *stories("examples")], analyzer=analyzer)) & set(REHEARSED)


def test_formulas_are_heard(analyzer: Analyzer) -> None:
    """Five stories with one frame: opening, connectives, rhythm, phrases and lesson are named, side by side; they are no twins."""
    bank = review_bank(stories("rehearsed"), analyzer=analyzer)
    found = {f.code: f for f in bank.findings if f.code in REHEARSED}
    assert set(found) == set(REHEARSED) - {"BK306"}
    for finding in found.values():
        assert finding.stories == (1, 2, 3, 4, 5)
        assert {q.story for pair in finding.evidence for q in (pair.left, pair.right)} == {1, 2, 3, 4, 5}
    reworded = [e.story for e in bank.plan if e.kind == "reword"]
    assert len(reworded) == len(set(reworded)) == 5


def test_two_of_seven_alike_are_not_yet_a_formula(analyzer: Analyzer) -> None:
    """Opening, connectives, rhythm and lesson speak about the bank: two stories of eight do not make it sound rehearsed."""
    bank = review_bank([*stories("other"), *stories("rehearsed")[:2]], analyzer=analyzer)
    assert {f.code for f in bank.findings if f.code in REHEARSED} == {"BK304"}
    assert {found.kind for found in bank.likenesses} >= {"opening", "connectives", "rhythm", "lesson"}


def test_cards_that_do_not_fit_are_named(analyzer: Analyzer) -> None:
    """A role that the telling does not show, a result that is not told, and fields that say nothing."""
    bank = review_bank(stories("thin"), analyzer=analyzer)
    by_name = {stem(story): shown for story, shown in zip(stories("thin"), bank.stories, strict=True)}

    def status(name: str) -> dict[str, str]:
        return {f.name: f.status for f in by_name[name].fields}

    assert status("role-not-shown")["exact_role"] == "not_told"
    assert status("result-not-told")["measurable_result"] == "not_told"
    vague = status("vague-fields")
    assert set(vague.values()) == {"vague", "empty"}
    found = {(f.code, f.stories) for f in bank.findings}
    assert ("BK403", (by_name["role-not-shown"].number,)) in found
    assert ("BK404", (by_name["result-not-told"].number,)) in found
    assert ("BK401", (by_name["vague-fields"].number,)) in found


def test_the_same_bank_gives_the_same_bytes(analyzer: Analyzer, seven: BankReport) -> None:
    """Reviewing again changes nothing, and the report survives JSON."""
    again = review_bank(stories("examples"), analyzer=analyzer)
    assert again.model_dump_json() == seven.model_dump_json()
    assert BankReport.model_validate_json(seven.model_dump_json()) == seven


def test_the_order_of_stories_changes_numbers_and_nothing_else(analyzer: Analyzer, seven: BankReport) -> None:
    """Categories, likeness and the best stories are those of the same titles."""
    turned = review_bank(stories("examples")[::-1], analyzer=analyzer)

    def best(bank: BankReport) -> dict[str, set[str]]:
        return {c.name: {bank.story(s.story).title for s in c.stories} for c in bank.categories}

    assert best(turned) == best(seven)
    assert len(turned.likenesses) == len(seven.likenesses)
    assert {p.id for p in turned.prompts if p.best} == {p.id for p in seven.prompts if p.best}
