"""The verdict: three questions, a score with all its terms, and nothing at all about a text that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from building import Did, Moved, Number, Said, evidence

from star_analyzer import PROFILES, Analyzer, Part, Profile, Report
from star_analyzer.answer import Answer
from star_analyzer.assemble import assemble, measure
from star_analyzer.evidence import Evidence
from star_analyzer.measures.signals import UNREAD
from star_analyzer.measures.verdict import no_verdict, verdict
from star_analyzer.profiles import Settings
from star_analyzer.report import Provenance
from star_analyzer.sections import Verdict

Analyze = Callable[[str], Report]
PROFILE = PROFILES["ml-engineer"]
QUESTIONS = ("production", "imperfect_data", "constraints")
MOST = {"balance": 12, "own work": 15, "outcome": 20, "decisions": 25, "limits": 8, "signals": 12, "lesson": 8}


def judged(found: Evidence, profile: Profile = PROFILE) -> Verdict:
    """The verdict on some evidence."""
    s = measure(found, Settings(), profile)
    return verdict(s.structure, s.ownership, s.decisions, s.constraints, s.signals, s.facts, s.story, profile)


def points(found: Evidence, profile: Profile = PROFILE) -> dict[str, float]:
    """The points of every term."""
    return {t.name: t.points for t in judged(found, profile).terms}


def deeds(*doers: str, **rest: Any) -> Said:
    """A sentence of Action with some deeds."""
    return Said("They built it.", deeds=[Did(d, "built") for d in doers], **rest)


def claim(*names: str, **rest: Any) -> Said:
    """A sentence that makes some claims."""
    return Said("It was so.", claims=dict.fromkeys(names, 0.9), **rest)


def mention(*kinds: str, **rest: Any) -> Said:
    """A sentence with some mentions."""
    return Said("It was so.", mentions=[(k, "was") for k in kinds], **rest)


FULL = [
    mention("framing.goal", "data.quality", part="situation", words=20),
    deeds("i", "i", "i", words=15, claims={"constraint:latency": 0.9, "constraint:labels": 0.9}),
    claim("reason", "alternative", "tradeoff", "validation", "collaboration", words=15),
    Said("It was so.", words=30, claims={"monitoring": 0.9}, mentions=[("launch.shipped", "was")]),
    claim("result:business", part="result", words=20),
]
FULL_MADE = ("role", "quantified", "baseline", "result:business", "lesson")


# ---- the score


def test_all_told_is_100() -> None:
    """An answer that tells everything has every point of every term."""
    got = judged(evidence(*FULL, made=FULL_MADE))
    assert {t.name: (t.points, t.most) for t in got.terms} == {name: (most, most) for name, most in MOST.items()}
    assert got.score == 100
    assert [getattr(got, q).level for q in QUESTIONS] == ["yes", "yes", "yes"]


@pytest.mark.parametrize("found", [evidence(), evidence("It was so."), evidence(deeds("we", "we", "passive"))])
def test_nothing_told_is_0(found: Evidence) -> None:
    """An answer that tells nothing of one's own earns nothing for it."""
    got = {t.name: t.points for t in judged(found).terms if t.name != "balance"}
    assert set(got.values()) == {0.0}


def test_an_answer_without_sentences_has_no_score() -> None:
    """Nothing is within a band and nothing is told."""
    assert judged(evidence()).score == 0


@pytest.mark.parametrize(
    ("name", "said", "made", "share"),
    [
        ("balance", [Said("A.", "situation", words=20), Said("B.", words=60), Said("C.", "result", words=20)], (), 1),
        ("balance", [Said("A.", "situation", words=30), Said("B.", words=70)], (), 2.5 / 3),
        ("balance", [Said("A.", "situation", words=50), Said("B.", words=40), Said("C.", "result", words=10)], (), 1.5 / 3),
        ("balance", [Said("A.", words=100)], (), 1 / 3),
        ("balance", [Said("A.", "situation", words=45), Said("B.", words=40), Said("C.", "result", words=15)], (), 1.75 / 3),
        ("balance", [Said("A.", "result", words=100)], (), 0.5 / 3),
        ("balance", [Said("…", words=0)], (), 0),
        ("own work", [deeds("i", "i", "i")], (), 0.5),
        ("own work", [deeds("i", "i", "i")], ("role",), 1),
        ("own work", [deeds("implied", "implied", "implied")], (), 0.5),
        ("own work", [deeds("i", "i", "we")], (), 0.3),
        ("own work", [deeds("i")], (), 0.3),
        ("own work", [deeds("we", "we", "we", "i")], (), 0),
        ("own work", [deeds("we", "we")], (), 0),
        ("own work", [deeds("we", "we")], ("role",), 0.5),
        ("outcome", [Said("A.")], ("quantified",), 0.5),
        ("outcome", [Said("A.")], ("baseline",), 0.25),
        ("outcome", [Said("A.")], ("result:adoption",), 0.25),
        ("outcome", [Said("A.")], ("result:adoption", "result:business"), 0.25),
        ("decisions", [claim("reason")], (), 0.25),
        ("decisions", [claim("reason"), claim("reason")], (), 0.25),
        ("decisions", [claim("alternative"), claim("validation")], (), 0.5),
        ("decisions", [claim("reason", "alternative", "tradeoff")], (), 0.75),
        ("limits", [claim("constraint:fairness")], (), 0.5),
        ("limits", [claim("constraint:fairness", "constraint:cost", "constraint:scale")], (), 1),
        ("limits", [Said("Latency was not an issue.", claims={"constraint:latency": 0.9})], (), 0),
        ("signals", [mention("framing.goal")], (), 0.1),
        ("signals", [claim("monitoring"), mention("launch.shipped")], (), 0.2),
        ("lesson", [Said("A.")], ("lesson",), 1),
    ],
)
def test_terms(name: str, said: list[Said], made: tuple[str, ...], share: float) -> None:
    """Each term follows from what was told, in the share that docs and code promise."""
    assert points(evidence(*said, made=made))[name] == pytest.approx(MOST[name] * share, abs=0.051)


def test_the_score_is_the_sum_of_its_terms() -> None:
    """Points add up to the score, every term has a reason, and none has more than it can."""
    for made in [(), FULL_MADE[:2], FULL_MADE]:
        got = judged(evidence(*FULL[1:4], made=made))
        assert got.score == round(sum(t.points for t in got.terms))
        assert all(0 <= t.points <= t.most for t in got.terms)
        assert all(t.why for t in got.terms)
        assert all(round(n, 1) == n for t in got.terms for n in (t.points, t.most))


def test_the_order_of_telling_does_not_matter() -> None:
    """The same sentences in any order have the same score."""
    assert {judged(evidence(*order, made=FULL_MADE)).score for order in permutations(FULL)} == {100}


@pytest.mark.parametrize(
    ("said", "event"), [(Said("I always ask.", mentions=[("story.habit", "always")]), False), (Said("I asked."), True)]
)
def test_what_is_no_event_is_worth_half(said: Said, event: bool) -> None:
    """What is usually or would be done earns half, and every term says so."""
    got = judged(evidence(said, made=("lesson", "role"), story=1.0 if event else 0.0))
    assert [t.points for t in got.terms if t.name == "lesson"] == [8 if event else 4]
    assert all(("halved" in t.why) is not event for t in got.terms)


@pytest.mark.parametrize("profile", [*PROFILES.values(), *(replace(PROFILE, decision_weight=w) for w in (0.0, 0.35, 3.0))])
def test_the_most_that_can_be_reached_is_100(profile: Profile) -> None:
    """Whatever a profile weighs, all told is 100 and nothing above it."""
    got = judged(evidence(*FULL, made=FULL_MADE), profile)
    assert got.score == 100
    assert sum(t.most for t in got.terms) == pytest.approx(100, abs=0.36)


def test_a_profile_that_counts_no_signals() -> None:
    """Without signals that count, the signals can earn nothing and all told is still 100."""
    got = judged(evidence(*FULL, made=FULL_MADE), replace(PROFILE, signals=()))
    assert got.score == 100
    assert [(t.points, t.most) for t in got.terms if t.name == "signals"] == [(0, 0)]
    assert all(t.why for t in got.terms)


def test_only_the_signals_of_the_profile_count() -> None:
    """A signal that the role does not need neither earns nor costs."""
    found = evidence(claim("monitoring"), mention("launch.shipped"))
    assert points(found, replace(PROFILE, signals=("framing", "data")))["signals"] == 0
    assert points(found, replace(PROFILE, signals=("after_launch",)))["signals"] == 12


def test_decisions_weigh_as_the_profile_says() -> None:
    """With a smaller weight decisions earn less, and everything else more."""
    found = evidence(*FULL, made=FULL_MADE)
    usual, less = points(found), points(found, replace(PROFILE, decision_weight=0.5))
    assert less["decisions"] < usual["decisions"]
    assert all(less[name] > usual[name] for name in MOST if name != "decisions")


# ---- the questions

EXECUTED = [deeds("i", "i"), mention("execution.obstacle")]
LAUNCHED = [claim("monitoring"), mention("launch.shipped")]


@pytest.mark.parametrize(
    ("said", "level", "sentences"),
    [
        ([], "no", []),
        (EXECUTED, "partly", [1, 2]),
        (LAUNCHED, "partly", [1, 2]),
        ([EXECUTED[0]], "partly", [1]),
        ([EXECUTED[0], LAUNCHED[0]], "partly", [1, 2]),
        ([*EXECUTED, *LAUNCHED], "yes", [1, 2, 3]),
        ([*EXECUTED, EXECUTED[1], LAUNCHED[0]], "partly", [1, 2, 4]),
    ],
)
def test_production(said: Sequence[Said], level: str, sentences: list[int]) -> None:
    """Yes needs both execution and what came after launch; the evidence shows both."""
    got = judged(evidence(*said)).production
    assert (got.level, [s.sentence for s in got.evidence]) == (level, sentences)
    assert got.question.endswith("?")


def test_why_of_a_question() -> None:
    """The reason says what was found and what is missing for each signal behind the question, and names all that a no lacks."""
    found = evidence(*EXECUTED)
    signals = measure(found, Settings(), PROFILE).signals
    assert judged(found).production.why == f"{signals.execution.why} {signals.after_launch.why}"
    assert judged(evidence("It was so.")).production.why == "Nothing tells what you did, and what happened after launch."
    assert judged(evidence("It was so.")).imperfect_data.why == "Nothing tells what the data hid and what you did about it."


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ([], "no"),
        ([mention("data.bias")], "partly"),
        ([claim("constraint:drift")], "partly"),
        ([mention("data.bias"), claim("constraint:drift")], "yes"),
    ],
)
def test_imperfect_data(said: Sequence[Said], level: str) -> None:
    """The question on data has the level of its signal."""
    assert judged(evidence(*said)).imperfect_data.level == level


LIMIT = claim("constraint:data_quality", "constraint:cost")
DENIED = Said("Cost was not an issue.", claims={"constraint:cost": 0.9})
WEIGHED = [claim("tradeoff"), claim("reason")]


@pytest.mark.parametrize(
    ("said", "level", "words"),
    [
        ([], "no", "No limit on the work is named"),
        ([DENIED], "no", "No limit on the work is named"),
        ([LIMIT], "partly", "(cost, data quality), but not what was given up"),
        ([LIMIT, WEIGHED[1]], "partly", "(cost, data quality), but not what was given up"),
        (WEIGHED, "partly", "no limit is named"),
        ([*WEIGHED, DENIED], "partly", "no limit is named"),
        ([LIMIT, *WEIGHED], "yes", "(cost, data quality) and weighed"),
    ],
)
def test_constraints(said: Sequence[Said], level: str, words: str) -> None:
    """Yes needs a limit that is named and something that was weighed; a limit that is denied is none."""
    got = judged(evidence(*said)).constraints
    assert got.level == level
    assert words in got.why


def test_evidence_for_limits_names_each_sentence_once() -> None:
    """Two limits in one sentence are shown once, and at most three sentences are shown."""
    found = evidence(LIMIT, claim("constraint:scale"), claim("constraint:privacy"), claim("constraint:deadline"))
    sentences = [s.sentence for s in judged(found).constraints.evidence]
    assert sentences == sorted(set(sentences))
    assert len(sentences) == 3
    assert [s.sentence for s in judged(evidence("Hello.", LIMIT)).constraints.evidence] == [2]


# ---- a text that cannot be read

TEXT_OF_ALL = "Um, we chose the SLO, basically, so waste fell from 20% to 7%, I think, though it was their fault, not mine."
ALL = Said(
    TEXT_OF_ALL,
    "situation",
    words=300,
    mentions=[
        (kind, "waste")
        for kind in (
            "own.credit",
            "own.weak",
            "outcome.vague",
            "decision.choice",
            "framing.goal",
            "data.quality",
            "execution.obstacle",
            "launch.shipped",
            "jargon.ml",
            "verb.strong",
            "explain.algorithm",
            "filler.phrase",
            "hedge.doubt",
            "story.habit",
            "story.hypothetical",
            "story.admits",
            "story.deflects",
        )
    ],
    claims=dict.fromkeys(
        ("role", "quantified", "baseline", "reason", "alternative", "tradeoff", "validation", "monitoring", "collaboration", "lesson"), 0.9
    )
    | {"constraint:latency": 0.9, "result:business": 0.9},
    deeds=[Did("i", "chose", who="we")],
    quantities=[Number("20%", 120, "percent", "%", "recall")],
    changes=[Moved("from 20% to 7%", 20, 7)],
)
PROVENANCE = Provenance(package="0", lexicons="0", pipeline="none", spacy="0")


def whole(**rest: Any) -> Report:
    """The report on an answer in which everything is found, told five times over."""
    found = evidence(
        *[ALL] * 5,
        made=FULL_MADE,
        topics={"failure": 0.9},
        asked=("ask.failure",),
        vague=True,
        **rest,
    )
    return assemble(found, Answer(found.text, "Why?"), Settings(readability=True), PROFILE, PROVENANCE)


def claimed(value: Any, path: str = "") -> Iterator[str]:
    """Paths of everything in a section that is not empty, null, false, zero or a bare name."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from claimed(below, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for below in value:
            yield from claimed(below, path)
    elif value not in (None, False, 0, 0.0, "no", "none", "unknown", "absent", "unclear", UNREAD):
        yield path


SECTIONS = (
    "ownership",
    "outcomes",
    "constraints",
    "decisions",
    "signals",
    "language",
    "delivery",
    "story",
    "facts",
    "verdict",
    "next_steps",
)
KEPT = {
    "constraints": {".items.name", ".items.matters"},
    "delivery": {
        ".seconds",
        ".setup_sentences",
        ".mean_sentence_words",
        ".longest_sentence.sentence",
        ".longest_sentence.end",
        ".longest_sentence_words",
    },
    "verdict": {f".{name}.question" for name in QUESTIONS},
}
"""What may be said of any text: counts and times, and the names of what was asked."""


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("rest", [{"english": 0.0}, {"prose": 0.1}, {"code": 0.5}, {"foreign": 0.9}])
def test_an_unreliable_report_claims_nothing(section: str, rest: dict[str, float]) -> None:
    """Whatever was found in a text that is not English or not prose, no section says anything of it, nor that something is missing."""
    report = whole(**rest)
    assert not report.reliable
    data = report.model_dump(mode="json")[section]
    assert set(claimed(data)) <= KEPT.get(section, set())


@pytest.mark.parametrize("section", [s for s in SECTIONS if s != "next_steps"])
def test_a_reliable_report_claims_what_was_found(section: str) -> None:
    """The same text, taken for readable, has something to say in every section."""
    report = whole()
    assert report.reliable
    assert set(claimed(report.model_dump(mode="json")[section])) - KEPT.get(section, set())


def test_the_verdict_on_an_unread_text() -> None:
    """No score, no terms, no level but "no", and the reason why nothing is said."""
    got = whole(english=0.0).verdict
    assert got == no_verdict()
    assert (got.score, got.terms) == (0, ())
    readable = judged(evidence("It was so."))
    for name in QUESTIONS:
        question = getattr(got, name)
        assert (question.level, question.evidence, question.why) == ("no", (), UNREAD)
        assert question.question == getattr(readable, name).question


def test_an_unreliable_report_keeps_the_text() -> None:
    """Text, question and the places of the sentences stay, and all sentences are Other."""
    report, readable = whole(english=0.0), whole()
    assert report.text == readable.text
    assert report.question == "Why?"
    assert [(s.start, s.end, s.words) for s in report.sentences] == [(s.start, s.end, s.words) for s in readable.sentences]
    assert {s.part for s in report.sentences} == {Part.OTHER}
    assert [f.code for f in report.findings] == ["IN102"]


GERMAN = (
    "Im letzten Jahr habe ich, um, ein kleines Team geleitet, und wir haben den SLA von 20% auf 7% gesenkt. "
    "Danach liefen die Abfragen schneller, und die Filialen konnten jeden Morgen pünktlich öffnen. "
)


def test_a_german_answer(analyzer: Analyzer) -> None:
    """A long answer in German, repeated, with numbers and acronyms, to a question in English: nothing is said of it."""
    report = Analyzer(readability=True).analyze(GERMAN * 8, question="Tell me about a time you failed.")
    assert not report.reliable
    assert report.verdict == no_verdict()
    assert report.story.fits == "unknown"
    assert report.delivery.ramble is None
    assert report.delivery.reading_ease is None
    assert report.delivery.repeated == report.delivery.repeated_openings == report.delivery.fillers == ()
    assert report.language.acronyms == report.facts.unexplained_acronyms == ()
    assert report.constraints.missing == ()
    assert Report.model_validate_json(report.model_dump_json()) == report
