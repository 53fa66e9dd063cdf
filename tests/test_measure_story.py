"""What kind of story it is, whether it is one that was asked for, and the facts of the whole answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from building import Did, Said, evidence, told, words

from star_analyzer import PROFILES, Analyzer, Report
from star_analyzer.evidence import ANSWERS, CATEGORIES, CLAIMS, CONSTRAINTS, RESULT_KINDS, Evidence
from star_analyzer.measures.facts import facts
from star_analyzer.measures.language import language
from star_analyzer.measures.ownership import ownership
from star_analyzer.measures.story import story
from star_analyzer.sections import Facts, Story

Analyze = Callable[[str], Report]


def measured(found: Evidence) -> Story:
    """The story of some evidence."""
    return story(found, told(found))


def habit(part: str = "other") -> Said:
    """A sentence on what one usually does."""
    return Said("I always ask.", part=part, mentions=[("story.habit", "always")])


def would(part: str = "other") -> Said:
    """A sentence on what one would do."""
    return Said("I would ask.", part=part, mentions=[("story.hypothetical", "would")])


# ---- kind


@pytest.mark.parametrize(
    ("said", "past", "kind"),
    [
        ([Said("I built it.")], 1.0, "event"),
        ([Said("It fell.", part="result")], 1.0, "event"),
        ([Said("It was late.", part="situation")], 1.0, "none"),
        ([Said("I build it.")], 0.0, "none"),
        ([], 0.0, "none"),
        ([habit()], 0.0, "habit"),
        ([would()], 0.0, "hypothetical"),
        ([habit(), would()], 0.0, "habit"),
        ([habit(), would(), would()], 0.0, "hypothetical"),
        ([habit("action")], 0.2, "habit"),
        ([habit("action"), habit("action")], 0.29, "habit"),
        ([habit("action"), habit("action")], 0.3, "event"),
        ([habit("action"), Said("I built it.")], 1.0, "event"),
        ([would("result"), Said("I built it.")], 1.0, "event"),
        ([habit(), *[Said("It was late.", part="situation")] * 3], 0.5, "habit"),
        ([habit(), *[Said("It was late.", part="situation")] * 7], 0.5, "none"),
        ([habit(), habit(), *[Said("It was late.", part="situation")] * 6], 0.5, "habit"),
    ],
)
def test_kind(said: list[Said], past: float, kind: str) -> None:
    """An event is acted or has a result and is told in the past; habits and wishes without that are no event."""
    assert measured(evidence(*said, story=past)).kind == kind


def test_two_habits_in_one_sentence_are_one_sentence() -> None:
    """Sentences are counted, not words."""
    twice = Said("I always, always ask.", part="other", mentions=[("story.habit", "always"), ("story.habit", "ask")])
    assert measured(evidence(twice, would(), would(), story=0.0)).kind == "hypothetical"


def test_words_of_the_story() -> None:
    """Habits, wishes, admissions and blame are shown in their words."""
    text = "I always would own it, they failed."
    found = evidence(
        Said(
            text,
            mentions=[
                ("story.habit", "always"),
                ("story.hypothetical", "would"),
                ("story.admits", "own it"),
                ("story.deflects", "they failed"),
            ],
        )
    )
    got = measured(found)
    assert [words(found, s) for s in (got.habits, got.hypotheticals, got.admits_failure, got.deflects)] == [
        ["always"],
        ["would"],
        ["own it"],
        ["they failed"],
    ]


# ---- categories and the question


def test_categories_of_an_event() -> None:
    """An event keeps its categories with probability and sentences; what is no event serves none."""
    topics = {"failure": 0.8, "deployment": 0.3}
    got = measured(evidence(Said("I broke it."), topics=topics)).categories
    assert [(c.name, c.probability, [e.sentence for e in c.evidence]) for c in got] == [("failure", 0.8, [1]), ("deployment", 0.3, [1])]
    assert measured(evidence(habit(), story=0.0, topics=topics)).categories == ()


def fits(asked: tuple[str, ...], topics: dict[str, float], made: tuple[str, ...] = (), *, admits: bool = False, event: bool = True) -> str:
    """Whether a story of these categories fits a question."""
    said = Said("I broke it.", mentions=[("story.admits", "broke")] if admits else [])
    found = evidence(
        said if event else habit(), story=1.0 if event else 0.0, topics=topics, made=made, asked=tuple(f"ask.{a}" for a in asked)
    )
    got = measured(found)
    assert got.asked == asked
    return got.fits


@pytest.mark.parametrize(
    ("asked", "topics", "fit"),
    [
        ((), {"failure": 0.9}, "unknown"),
        (("leadership",), {"failure": 0.9}, "unknown"),
        (("failure",), {"failure": 0.9}, "yes"),
        (("leadership", "failure"), {"failure": 0.9}, "yes"),
        (("conflict",), {"influence": 0.9}, "yes"),
        (("tradeoff",), {"ambiguity": 0.9}, "yes"),
        (("tradeoff",), {"ambiguity": 0.2, "accuracy_vs_latency": 0.9}, "yes"),
        (("failure",), {"failure": 0.8, "influence": 0.985}, "yes"),
        (("failure",), {"failure": 0.75}, "yes"),
        (("failure",), {"failure": 0.74}, "unknown"),
        (("failure",), {"failure": 0.5, "influence": 0.6}, "unknown"),
        (("failure",), {"failure": 0.3, "influence": 0.9}, "no"),
        (("failure",), {"influence": 0.9}, "no"),
        (("failure",), {}, "unknown"),
        (("failure",), {"failure": 0.8, "influence": 0.999}, "no"),
        (("failure", "influence"), {"influence": 0.9}, "yes"),
    ],
)
def test_fits(asked: tuple[str, ...], topics: dict[str, float], fit: str) -> None:
    """Yes and no only where it is clear; without a question, or with one that takes any story, unknown."""
    assert fits(asked, topics) == fit


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ("metric", "quantified"),
        ("metric", "baseline"),
        ("data", "constraint:data_quality"),
        ("data", "constraint:labels"),
        ("tradeoff", "tradeoff"),
        ("deployment", "monitoring"),
    ],
)
def test_a_trace_of_what_was_asked_for_tips_the_scale(asked: str, made: str) -> None:
    """A sentence that claims what was asked for makes even chances a yes, and keeps a no from being said."""
    name = ANSWERS[asked][0]
    assert fits((asked,), {name: 0.5}) == "unknown"
    assert fits((asked,), {name: 0.5}, (made,)) == "yes"
    assert fits((asked,), {name: 0.49}, (made,)) == "unknown"
    assert fits((asked,), {"influence": 0.9}) == "no"
    assert fits((asked,), {"influence": 0.9}, (made,)) == "unknown"
    assert fits((asked,), {name: 0.5}, ("lesson",)) == "unknown"


def test_an_admitted_failure_is_a_trace() -> None:
    """Words that admit a failure speak for a story of failure, and for no other."""
    assert fits(("failure",), {"failure": 0.5}, admits=True) == "yes"
    assert fits(("influence",), {"influence": 0.5}, admits=True) == "unknown"


def test_what_is_no_event_fits_no_question() -> None:
    """A question that asks for a story is not answered with habits."""
    assert fits(("failure",), {"failure": 0.9}, event=False) == "no"
    assert fits(("leadership",), {"failure": 0.9}, event=False) == "unknown"


def test_answers_to_questions_are_known_categories() -> None:
    """What a question asks for names categories that exist."""
    assert {name for names in ANSWERS.values() for name in names} <= set(CATEGORIES)


QUESTION = "Tell me about a time you failed."
FAILURE = (
    "In March I deployed a change on a Friday without a test. It broke the checkout of forty shops and it was my mistake. "
    "I rolled it back within the hour and called every shop myself. As a result, no shop left us. I learned to never deploy on a Friday."
)


def test_a_plain_failure_fits_a_question_for_one(analyzer: Analyzer) -> None:
    """The kind of question is read from it, and a story that tells just that is not called off the question."""
    got = analyzer.analyze(FAILURE, question=QUESTION).story
    assert got.asked == ("failure",)
    assert got.kind == "event"
    assert got.fits == "yes"
    assert analyzer.analyze(FAILURE).story.fits == "unknown"


# ---- facts


def read(found: Evidence) -> Facts:
    """The facts of some evidence."""
    sentences, profile = told(found), PROFILES["general"]
    return facts(found, ownership(found, sentences, profile), language(found, 100, profile), story(found, sentences))


NOTHING = read(evidence("It was so."))


def test_nothing_told_has_no_facts() -> None:
    """An answer that claims nothing has no fact."""
    assert set(NOTHING.model_dump().values()) == {False, ()}


@pytest.mark.parametrize(
    ("claim", "fact", "value"),
    [
        ("role", "role_clear", True),
        ("quantified", "result_quantified", True),
        ("baseline", "baseline_given", True),
        ("reason", "decision_reason", True),
        ("alternative", "alternatives", True),
        ("tradeoff", "tradeoff", True),
        ("validation", "validation", True),
        ("monitoring", "monitoring", True),
        ("collaboration", "collaboration", True),
        ("lesson", "reflection", True),
        *[(f"constraint:{name}", "constraints", (name,)) for name in CONSTRAINTS],
        *[(f"result:{name}", "result_kinds", (name,)) for name in RESULT_KINDS],
    ],
)
def test_each_claim_of_the_answer_is_one_fact(claim: str, fact: str, value: Any) -> None:
    """What the answer as a whole claims is a fact; every claim is read, and changes no other fact."""
    assert claim in CLAIMS
    assert read(evidence("It was so.", made=(claim,))) == NOTHING.model_copy(update={fact: value})


def test_a_claim_of_one_sentence_is_no_fact() -> None:
    """The threshold of the whole answer decides, not a sentence."""
    assert read(evidence(Said("It was so.", claims={"reason": 0.9}))) == NOTHING


@pytest.mark.parametrize(
    ("doers", "heavy"),
    [([], False), (["we"], True), (["we", "i"], False), (["we", "implied"], False), (["we", "we", "i"], True), (["other", "other"], False)],
)
def test_we_heavy(doers: list[str], heavy: bool) -> None:
    """More deeds of "we" than of the speaker, said or unsaid."""
    assert read(evidence(Said("They built it.", deeds=[Did(d, "built") for d in doers]))).we_heavy is heavy


def test_the_other_lists() -> None:
    """Vague impact, categories and unexplained acronyms come from the whole answer; acronyms in order, each once."""
    got = read(evidence("I cut the SLO.", "The MTTR rose.", "The SLO held.", vague=True, topics={"failure": 0.9, "deployment": 0.4}))
    assert got.vague_impact
    assert got.categories == ("failure", "deployment")
    assert got.unexplained_acronyms == ("MTTR", "SLO")


def test_facts_of_a_plain_story(analyze: Analyze) -> None:
    """A plain story has the facts that it tells, and none that it doesn't."""
    got = analyze(
        "Last spring our bakery threw away a fifth of its bread. My task was to halve that by the summer. "
        "I wrote down what was left every evening for three weeks. I cut one kind of roll because nobody bought it. "
        "As a result, waste fell from 20% to 7%. I learned to count before I cut."
    ).facts
    assert got.role_clear
    assert got.result_quantified
    assert got.baseline_given
    assert got.decision_reason
    assert got.reflection
    for fact in ("we_heavy", "vague_impact", "monitoring", "tradeoff", "collaboration"):
        assert not getattr(got, fact), fact
    assert got.unexplained_acronyms == ()
