"""What the rules about banks document is what they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from star_analyzer import Analyzer, BankStory, review_bank
from star_analyzer.bank.reading import read_bank_file
from star_analyzer.bank_report import BankFinding
from star_analyzer.cards import FIELD_NAMES
from star_analyzer.rules.bank import BANK_RULES
from star_analyzer.rules.registry import Rule


def found(analyzer: Analyzer, text: str, code: str) -> list[BankFinding]:
    """What a rule finds in a file with several stories."""
    document = read_bank_file(Path("x.md"), text)
    stories = [
        BankStory(s.text, s.title or "", {n: str(s.fields[n]) for n in FIELD_NAMES if n in s.fields}, tuple(s.fields.get("tags", ())))
        for s in document.stories
    ]
    return [f for f in review_bank(stories, analyzer=analyzer).findings if f.code == code]


@pytest.mark.parametrize("rule", BANK_RULES.values(), ids=BANK_RULES)
def test_rules_about_banks_do_what_they_document(analyzer: Analyzer, rule: Rule) -> None:
    """*Flagged* is found, and in *Better* it is mended: that finding is gone."""
    flagged = found(analyzer, rule.docs["Flagged"], rule.code)
    assert flagged
    mended = [(f.explanation, f.stories) for f in found(analyzer, rule.docs["Better"], rule.code)]
    assert any((f.explanation, f.stories) not in mended for f in flagged)
    if rule.code not in ("BK201", "BK204"):  # what one story more cannot mend in full
        assert mended == []
    for finding in flagged:
        assert (finding.name, finding.severity) == (rule.name, rule.severity)
        assert finding.message.endswith((".", "”"))
        assert finding.suggestion
        assert finding.explanation


def test_a_prompt_that_is_meant_and_not_answered(analyzer: Analyzer) -> None:
    """BK203 speaks for prompts as for tags."""
    story = BankStory(
        "I read the logs of both tills. I set both clocks. Errors fell from 12% to 1%.", title="x", prompts=("drift", "failure")
    )
    messages = [f.explanation.get("prompt") for f in review_bank([story], analyzer=analyzer).findings if f.code == "BK203"]
    assert messages == ["drift", "failure"]
    shown = BankStory("The model had drifted, and it got worse each week. I retrained it. Errors fell from 12% to 1%.", prompts=("drift",))
    assert not [f for f in review_bank([shown], analyzer=analyzer).findings if f.code == "BK203"]
