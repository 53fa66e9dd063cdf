"""How understandable an answer is: technical terms, acronyms, verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from building import Said, evidence, words

from star_analyzer import PROFILES, Analyzer, Report
from star_analyzer.evidence import Evidence
from star_analyzer.measures.language import language
from star_analyzer.sections import Language

Analyze = Callable[[str], Report]
PROFILE = PROFILES["ml-engineer"]


def measured(found: Evidence, count: int = 100, **profile: Any) -> Language:
    """The language of an answer with so many words, by the default profile or with some of its values changed."""
    return language(found, count, replace(PROFILE, **profile))


def using(*terms: str, area: str = "ml", gloss: str | None = None, text: str | None = None) -> Said:
    """A sentence that uses some terms."""
    said = text or f"We used {' and '.join(terms)} there."
    return Said(said, mentions=[*((f"jargon.{area}", t) for t in terms), *([("explain.gloss", gloss)] if gloss else [])])


# ---- terms


@pytest.mark.parametrize("area", ["ml", "data", "software", "operations", "business"])
def test_terms_of_every_area(area: str) -> None:
    """A term carries its words, folded, its area and its sentence."""
    found = evidence("We were late.", using("Recall", area=area))
    (term,) = measured(found).terms
    assert (term.term, term.area, term.sentence, term.explained) == ("recall", area, 2, False)
    assert words(found, [term]) == ["Recall"]


def test_other_words_are_no_terms() -> None:
    """Only cues of jargon make terms."""
    found = evidence(Said("We used recall.", mentions=[("verb.strong", "used"), ("jargon.unheard", "recall")]))
    assert measured(found).terms == ()


def test_every_use_is_listed_in_text_order() -> None:
    """Terms of all areas come in text order, each use."""
    found = evidence(using("recall"), using("queue", area="software"), using("recall"))
    assert [(t.term, t.sentence) for t in measured(found).terms] == [("recall", 1), ("queue", 2), ("recall", 3)]


@pytest.mark.parametrize("turned", [False, True])
def test_overlapping_terms_are_counted_once(turned: bool) -> None:
    """Of two terms on the same words, whatever their areas, the longer that starts first is counted."""
    short, long = ("data", "ml") if turned else ("ml", "data")
    text = "We saw model drift there."
    found = evidence(
        Said(text, mentions=[(f"jargon.{short}", "model"), (f"jargon.{long}", "model drift"), (f"jargon.{short}", "drift")]),
    )
    assert [(t.term, t.area) for t in measured(found).terms] == [("model drift", long)]


@pytest.mark.parametrize(("count", "rate"), [(100, 2.0), (50, 4.0), (30, 6.7), (3, 66.7), (0, 0.0)])
def test_terms_in_100_words(count: int, rate: float) -> None:
    """The rate counts uses against the words of the answer, and an answer without words has none."""
    assert measured(evidence(using("recall", "queue")), count).terms_per_100_words == rate


# ---- explanations and what is known


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("We measured recall, which means how many we find.", "which means"),
        ("How many we find, basically recall, was low.", "basically"),
    ],
)
def test_an_explanation_beside_a_term_explains_it(text: str, gloss: str) -> None:
    """A term with an explanation close by, before or after, is explained."""
    assert [t.explained for t in measured(evidence(using("recall", text=text, gloss=gloss))).terms] == [True]


@pytest.mark.parametrize("apart", [60, 61])
def test_an_explanation_far_off_explains_nothing(apart: int) -> None:
    """From more than sixty characters on it is about something else."""
    text = f"We measured recall{'.' * apart}which means how many."
    assert measured(evidence(using("recall", text=text, gloss="which means"))).terms[0].explained is (apart == 60)


def test_an_explanation_in_another_sentence_explains_nothing() -> None:
    """The explanation has to stand in the sentence of the term."""
    found = evidence(using("recall", text="It was recall."), Said("Which means little.", mentions=[("explain.gloss", "Which means")]))
    assert not measured(found).terms[0].explained


def test_a_term_explained_once_is_explained_everywhere() -> None:
    """Every use of a term that is explained anywhere counts as explained, and none adds to the rate."""
    found = evidence(
        using("recall"), using("Recall", text="Recall, which means how many we find, fell.", gloss="which means"), using("recall", "queue")
    )
    got = measured(found)
    assert [(t.term, t.explained) for t in got.terms] == [("recall", True), ("recall", True), ("recall", True), ("queue", False)]
    assert got.terms_per_100_words == 1.0


@pytest.mark.parametrize("glossary", ["recall", "Recall", "RECALL"])
def test_terms_of_the_glossary_are_known(glossary: str) -> None:
    """What the audience knows is no jargon, whatever its letter case."""
    assert [t.term for t in measured(evidence(using("recall", "queue")), glossary=(glossary,)).terms] == ["queue"]


# ---- the densest sentence


@pytest.mark.parametrize(
    ("uses", "dense"),
    [
        ([2, 2], None),
        ([2, 3], 2),
        ([3, 4], 2),
        ([3, 3], 1),
        ([0, 0], None),
    ],
)
def test_the_densest_sentence(uses: list[int], dense: int | None) -> None:
    """The sentence with most unexplained terms, from the profile's limit up; of equals the first."""
    found = evidence(*(using(*("abcdefg"[:n])) if n else "It was late." for n in uses))
    got = measured(found).densest
    assert (None if got is None else got.sentence) == dense
    if got is not None:
        assert words(found, [got]) == [found.text[found.sentences[got.sentence - 1].start : found.sentences[got.sentence - 1].end]]


def test_the_profile_says_what_is_dense() -> None:
    """A profile's own limit decides."""
    found = evidence(using("a", "b"))
    assert measured(found, dense_terms=2).densest is not None
    assert measured(found, dense_terms=3).densest is None


def test_explained_terms_make_no_sentence_dense() -> None:
    """Only unexplained terms are counted."""
    found = evidence(using("a", "b", "c", text="We used a, b, c, which means it.", gloss="which means"))
    assert measured(found).densest is None


# ---- acronyms


@pytest.mark.parametrize(
    ("known", "glossary", "shown"),
    [((), (), ["MTTR", "SLO"]), (("mttr",), (), ["SLO"]), ((), ("SLO", "mttr"), []), (("mttr", "slo"), (), [])],
)
def test_unknown_acronyms(known: tuple[str, ...], glossary: tuple[str, ...], shown: list[str]) -> None:
    """Acronyms that neither everybody nor this audience knows are listed with their sentence."""
    found = evidence("The MTTR was high.", "The MTTR fell and the SLO held.", known_acronyms=frozenset(known))
    got = measured(found, glossary=glossary).acronyms
    assert [t.term for t in got] == words(found, got) == shown
    assert [t.sentence for t in got] == [{"MTTR": 1, "SLO": 2}[t.term] for t in got]
    assert {(t.area, t.explained) for t in got} <= {("acronym", False)}


def test_explained_acronyms_are_not_listed() -> None:
    """An acronym with its words beside it is not listed."""
    assert measured(evidence("The mean time to repair (MTTR) was high.", "The MTTR fell.")).acronyms == ()


def test_an_acronym_outside_the_sentences_is_not_listed() -> None:
    """A section label or heading belongs to no sentence and is no use of an acronym."""
    found = evidence("The team was late.", "We told them so.")
    moved = replace(found, text=found.text.replace("The team was late.", "SLO team was late."))
    first, second = found.sentences
    assert [t.term for t in measured(moved).acronyms] == ["SLO"]
    assert measured(replace(moved, sentences=(replace(first, start=4), second))).acronyms == ()


# ---- verbs and lectures


def test_verbs_and_lectures() -> None:
    """Strong and weak verbs are words; a lecture is shown as whole sentences, each once."""
    found = evidence(
        Said("I built it and was involved.", mentions=[("verb.strong", "built"), ("own.weak", "was involved")]),
        Said("A tree splits and splits.", mentions=[("explain.algorithm", "A tree"), ("explain.algorithm", "splits")]),
    )
    got = measured(found)
    assert words(found, got.strong_verbs) == ["built"]
    assert words(found, got.weak_verbs) == ["was involved"]
    assert words(found, got.algorithm) == ["A tree splits and splits."]


def test_a_glossary_of_the_caller(analyzer: Analyzer) -> None:
    """Terms and acronyms given to the analyzer are known to the audience."""
    text = (
        "Last year our gradient boosting model missed its SLO. I retrained the gradient boosting model. As a result, it met the SLO again."
    )
    plain = analyzer.analyze(text).language
    assert "gradient boosting" in {t.term for t in plain.terms}
    assert [t.term for t in plain.acronyms] == ["SLO"]
    told = Analyzer(glossary=["Gradient Boosting", "SLO"]).analyze(text).language
    assert "gradient boosting" not in {t.term for t in told.terms}
    assert told.acronyms == ()
    assert told.terms_per_100_words < plain.terms_per_100_words
