"""What must not change, or must change in one direction, when an answer is changed in a known way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from star_analyzer import Part, Report

Analyze = Callable[[str], Report]

STORIES = {
    "fraud": (
        "At a payments company our fraud model blocked too many honest customers. I was responsible for cutting the false blocks by the "
        "end of the quarter. I looked at two hundred blocked payments by hand and found that most of them were travellers. "
        "I chose a small gradient boosting model over a neural network because the risk team had to explain every block. "
        "I tested it in shadow mode for three weeks next to the old rules. I gave up a little recall for that. "
        "As a result, false blocks fell from 3.1% to 1.3%. I learned to read the cases before I touch the model."
    ),
    "bakery": (
        "Last spring our bakery threw away a fifth of its bread. My task was to halve that by the summer. "
        "I wrote down what was left every evening for three weeks, and I found that most of it was one kind of roll. "
        "I cut that order first, because nobody would miss it, and asked the shops to call me before noon. "
        "I tried it in one shop before I took it to the others. As a result, waste fell from 20% to 7%. I learned to count before I cut."
    ),
    "import": (
        "At my last company the nightly import took six hours and the shops opened without prices. My task was to get it under an hour. "
        "First I profiled it with the database team. Then I split the file into pieces and loaded them in parallel, because the lock was "
        "the bottleneck. I thought about buying a faster server instead, but it would only have hidden the problem. "
        "I compared the totals with the old run for a week before I switched over. I also set up an alert for late files. "
        "As a result, the import dropped to forty minutes. It taught me to measure before I plan."
    ),
}
MEASURED = "In the end, the error rate dropped from 12% to 4%."
BUZZWORDS = "Latency, cost, drift, labels, fairness, monitoring, rollback, A/B testing, trade-offs, baselines, interpretability and scale."

story = pytest.mark.parametrize("name", STORIES)


def codes(report: Report) -> set[str]:
    """Codes of all findings."""
    return {f.code for f in report.findings}


def parts(report: Report) -> list[Part]:
    """Parts of all sentences."""
    return [s.part for s in report.sentences]


@story
def test_a_measured_result_never_adds_a_missing_result(analyze: Analyze, name: str) -> None:
    """Without its last two sentences a story gets a measured result added, and lacks none then."""
    body = re.split(r"(?<=[.]) ", STORIES[name])[:-2]
    assert "ST104" in codes(analyze(" ".join(body)))
    after = analyze(" ".join([*body, MEASURED]))
    assert "ST104" not in codes(after)
    assert after.facts.result_quantified


@story
def test_we_for_i_in_the_action_turns_ownership(analyze: Analyze, name: str) -> None:
    """The same deeds told with "we" are a team's deeds; told with "I" they are the speaker's own."""
    before = analyze(STORIES[name])
    text = STORIES[name]
    for sentence in reversed(before.sentences):
        if sentence.part is Part.ACTION:
            words = text[sentence.start : sentence.end]
            text = text[: sentence.start] + re.sub(r"\bI\b", "we", re.sub(r"^I\b", "We", words)) + text[sentence.end :]
    after = analyze(text)
    assert not before.facts.we_heavy
    assert before.ownership.verdict == "own"
    assert after.facts.we_heavy
    assert after.ownership.verdict == "team"
    assert after.verdict.score < before.verdict.score


@story
def test_letter_case_changes_little(analyze: Analyze, name: str) -> None:
    """In small letters all the same is told."""
    before, after = analyze(STORIES[name]), analyze(STORIES[name].lower())
    assert len(after.sentences) == len(before.sentences)
    same = sum(a is b for a, b in zip(parts(before), parts(after), strict=True))
    assert same >= len(before.sentences) - 1
    for fact in ("we_heavy", "result_quantified", "baseline_given", "decision_reason", "validation", "reflection"):
        assert getattr(after.facts, fact) == getattr(before.facts, fact), fact


@story
@pytest.mark.parametrize("gap", ["\n", "\r\n", "\n\n", "  "])
def test_a_line_break_changes_nothing(analyze: Analyze, name: str, gap: str) -> None:
    """What stands between two sentences says nothing."""
    before = analyze(STORIES[name])
    after = analyze(re.sub(r"(?<=[.]) (?=As a result)", gap, STORIES[name]))
    assert parts(after) == parts(before)
    assert after.facts == before.facts
    assert after.verdict.score == before.verdict.score
    assert codes(after) == codes(before)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("As a result,", "In the end,"),
        ("fell from", "dropped from"),
        ("I learned to", "It taught me to"),
        ("because", "since"),
        ("I tested it", "I tried it out"),
    ],
)
def test_a_synonym_changes_no_fact(analyze: Analyze, old: str, new: str) -> None:
    """Another word for the same tells the same."""
    before, after = analyze(STORIES["fraud"]), analyze(STORIES["fraud"].replace(old, new))
    assert STORIES["fraud"].count(old) == 1
    assert after.facts == before.facts


@story
def test_result_told_first_keeps_the_facts(analyze: Analyze, name: str) -> None:
    """Moving the Result to the front changes neither what is told nor, beyond a few points, the score."""
    sentences = re.split(r"(?<=[.]) ", STORIES[name])
    moved = " ".join([sentences[-2].replace("As a result, ", "").capitalize(), *sentences[:-2], sentences[-1]])
    before, after = analyze(STORIES[name]), analyze(moved)
    for fact in ("role_clear", "result_quantified", "baseline_given", "decision_reason", "validation", "reflection", "we_heavy"):
        assert getattr(after.facts, fact) == getattr(before.facts, fact), fact
    assert abs(after.verdict.score - before.verdict.score) <= 8


@story
def test_buzzwords_earn_nothing(analyze: Analyze, name: str) -> None:
    """A list of buzzwords raises neither the score nor any fact of decision."""
    before, after = analyze(STORIES[name]), analyze(f"{STORIES[name]} {BUZZWORDS}")
    assert after.verdict.score <= before.verdict.score
    for fact in ("decision_reason", "alternatives", "tradeoff", "validation", "monitoring", "constraints"):
        assert getattr(after.facts, fact) == getattr(before.facts, fact), fact


def test_buzzwords_in_a_frame_earn_nothing(analyze: Analyze) -> None:
    """Saying that one considered everything is still a list."""
    stuffed = "I care about latency, cost, drift, fairness, labels, monitoring and rollback."
    before, after = analyze(STORIES["bakery"]), analyze(f"{STORIES['bakery']} {stuffed}")
    assert after.verdict.score <= before.verdict.score
    assert after.facts.constraints == before.facts.constraints
