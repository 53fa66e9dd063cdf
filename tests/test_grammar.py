"""Who did what, when and in which voice, read from clear sentences as typed and as spoken, and from other label schemes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from conftest import Read
from spacy.lang.en import English
from spacy.tokens import Doc

from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.facts import unit_facts
from star_analyzer.nlp.grammar import Clause, clauses, roots
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.segments import Segment
from star_analyzer.nlp.units import Unit
from star_analyzer.nlp.view import View, view

Main = Callable[[str], Clause]
AsWritten = Callable[[str], str]
VOCAB = English().vocab


def typed(sentence: str) -> str:
    """The sentence as it is typed."""
    return sentence


def spoken(sentence: str) -> str:
    """The sentence as speech recognition writes it."""
    return sentence.lower().rstrip(".!?")


@pytest.fixture(params=[typed, spoken])
def written(request: pytest.FixtureRequest) -> AsWritten:
    """A way of writing: every test runs on typed text and on lower case without a full stop."""
    way: AsWritten = request.param
    return way


@pytest.fixture(scope="module")
def all_clauses(read: Read, matcher: CueMatcher, lexicons: Lexicons) -> Callable[[str], list[tuple[str, Clause]]]:
    """All clauses of a one-sentence text, the main one first, each with the word of its predicate."""

    def reading(text: str) -> list[tuple[str, Clause]]:
        found = read(text)
        (unit,) = found.units
        return [(found.view.lower[c.verb], c) for c in unit_facts(found.view, unit, matcher, lexicons).clauses]

    return reading


@pytest.fixture(scope="module")
def main(all_clauses: Callable[[str], list[tuple[str, Clause]]]) -> Main:
    """The main clause of a one-sentence text."""
    return lambda text: all_clauses(text)[0][1]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("I fixed the build.", "i"),
        ("We rewrote the import.", "we"),
        ("You asked a question.", "you"),
        ("It broke every night.", "it"),
        ("She left the company.", "they"),
        ("They agreed with me.", "they"),
        ("Everyone left early.", "they"),
        ("Nobody knew why.", "they"),
        ("This saved us a week.", "this"),
        ("That helped a lot.", "this"),
        ("My manager called the customer.", "my-role"),
        ("The customer complained.", "role"),
        ("The result was a faster site.", "result_noun"),
        ("Latency dropped by half.", "metric"),
        ("The dog barked.", "noun"),
        ("Maria opened the door.", "name"),
        ("My wife called the school.", "my"),
        ("What I learned was patience.", "what"),
        ("In the end I called her.", "i"),
        ("When the cable broke, I called the shop.", "i"),
        ("Fixed the build.", "none"),
    ],
)
def test_subject(main: Main, written: AsWritten, sentence: str, subject: str) -> None:
    """The subject of the main clause, by person or by what kind of thing it is."""
    assert main(written(sentence)).subject == subject


@pytest.mark.parametrize("sentence", ["My goal was to cut the cost.", "My task was to find a supplier."])
def test_subject_of_a_goal_sentence(main: Main, written: AsWritten, sentence: str) -> None:
    """In "my goal was to …", the plainest way to tell a task, the goal is the subject."""
    assert main(written(sentence)).subject == "my-goal"


def test_presentational_there(main: Main, written: AsWritten) -> None:
    """In "there were problems" either the word "there" or the problems are the subject, not nothing."""
    assert main(written("There were two problems.")).subject in ("there", "problem")


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("I fixed the build.", "past"),
        ("I was late.", "past"),
        ("I did not see it.", "past"),
        ("I was asked to help.", "past"),
        ("I know the owner.", "present"),
        ("She knows the owner.", "present"),
        ("I don't know the owner.", "present"),
        ("I was fixing the build.", "past-progressive"),
        ("We were looking for a cook.", "past-progressive"),
        ("I am writing a report.", "present-progressive"),
        ("I'm writing a report.", "present-progressive"),
        ("I have fixed the build.", "perfect"),
        ("I've fixed it.", "perfect"),
        ("I had fixed the build.", "pluperfect"),
        ("I hadn't known.", "pluperfect"),
        ("I will fix the build.", "future"),
        ("It won't work.", "future"),
        ("I'll fix it.", "future"),
        ("I would fix the build.", "would"),
        ("I'd fix it.", "would"),
        ("I could fix the build.", "could"),
        ("I can fix it.", "can"),
        ("I can't fix it.", "can"),
        ("I should fix the build.", "should"),
        ("I must leave.", "must"),
        ("I might leave.", "might"),
        ("Fix the build.", "base"),
        ("To fix the build.", "infinitive"),
        ("Great question!", "none"),
    ],
)
def test_tense(main: Main, written: AsWritten, sentence: str, tense: str) -> None:
    """The tense of the main clause, from its auxiliaries or its verb."""
    assert main(written(sentence)).tense == tense


@pytest.mark.parametrize("sentence", ["I'd left early.", "We'd already seen it."])
def test_contracted_had(main: Main, written: AsWritten, sentence: str) -> None:
    """'d before a participle is "had", not "would"."""
    assert main(written(sentence)).tense == "pluperfect"


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The build was fixed.", True),
        ("The files were deleted by my boss.", True),
        ("I was asked to help.", True),
        ("I have been chosen.", True),
        ("I fixed the build.", False),
        ("I was late.", False),
        ("I was fixing the build.", False),
        ("I have fixed the build.", False),
    ],
)
def test_passive(main: Main, written: AsWritten, sentence: str, passive: bool) -> None:
    """Passive clauses are told from active ones with the same auxiliaries."""
    assert main(written(sentence)).passive is passive


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("I did not fix the build.", True),
        ("I didn't fix the build.", True),
        ("I never fixed it.", True),
        ("I was not ready.", True),
        ("It won't work.", True),
        ("I fixed the build.", False),
        ("I think that she did not call.", False),
    ],
)
def test_negation(main: Main, written: AsWritten, sentence: str, negated: bool) -> None:
    """A clause is negated by its own "not" or "never", not by that of another clause."""
    assert main(written(sentence)).negated is negated


def test_curly_apostrophe(main: Main) -> None:
    """Curly apostrophes change nothing."""
    assert main("I didn’t fix the build.").negated
    assert main("I’ve fixed it.").tense == "perfect"


@pytest.mark.parametrize(
    ("sentence", "word", "copular"),
    [
        ("I was responsible for two shops.", "responsible", True),
        ("She was a nurse.", "nurse", True),
        ("The shop was in trouble.", "trouble", True),
        ("I was not ready.", "ready", True),
        ("I was fixing the build.", "fixing", False),
        ("The build was fixed.", "fixed", False),
        ("I fixed the build.", "fixed", False),
    ],
)
def test_copula(
    all_clauses: Callable[[str], list[tuple[str, Clause]]], written: AsWritten, sentence: str, word: str, copular: bool
) -> None:
    """A clause with "be" is about what stands behind it, and its verb is "be"."""
    predicate, found = all_clauses(written(sentence))[0]
    assert predicate == word
    assert found.copular is copular
    assert (found.lemma == "be") is copular


@pytest.mark.parametrize(
    ("sentence", "complement"),
    [
        ("I decided to split the file.", "split"),
        ("I had to rewrite it.", "rewrite"),
        ("I tried to call her.", "call"),
        ("I wanted to leave.", "leave"),
        ("I was asked to help.", "help"),
        ("I fixed the build.", None),
    ],
)
def test_complement(read: Read, main: Main, written: AsWritten, sentence: str, complement: str | None) -> None:
    """The verb that another verb takes."""
    text = written(sentence)
    found = main(text).complement
    assert (None if found is None else read(text).view.lower[found]) == complement


def test_lemma_with_particle(main: Main, written: AsWritten) -> None:
    """A verb with its particle is one lemma."""
    assert main(written("We set up a server.")).lemma == "set up"
    assert main(written("It turned out that the cable was loose.")).lemma == "turn out"


def test_joined_verbs_share_their_subject(all_clauses: Callable[[str], list[tuple[str, Clause]]], written: AsWritten) -> None:
    """A second verb without a subject has that of the first."""
    found = all_clauses(written("I fixed it and wrote a test."))
    assert [(word, c.subject, c.tense) for word, c in found] == [("fixed", "i", "past"), ("wrote", "i", "past")]


def test_joined_verbs_with_their_own_subjects(all_clauses: Callable[[str], list[tuple[str, Clause]]], written: AsWritten) -> None:
    """A second verb with a subject keeps it."""
    found = dict(all_clauses(written("I called her and she sent a man.")))
    assert found["called"].subject == "i"
    assert found["sent"].subject == "they"


def test_main_clause_comes_first(all_clauses: Callable[[str], list[tuple[str, Clause]]], written: AsWritten) -> None:
    """A time clause in front does not become the main clause."""
    found = all_clauses(written("When the cable broke, I called the shop."))
    assert [word for word, _ in found] == ["called", "broke"]


def test_that_clause_is_another_clause(all_clauses: Callable[[str], list[tuple[str, Clause]]], written: AsWritten) -> None:
    """A clause behind "that" has its own subject and tense."""
    found = dict(all_clauses(written("I think that she was right.")))
    assert (found["think"].subject, found["think"].tense) == ("i", "present")
    assert (found["right"].subject, found["right"].tense, found["right"].copular) == ("they", "past", True)


def test_no_words_no_clauses() -> None:
    """A unit without words has no clause and no root."""
    empty = View("", [], [], [], [], [], [], [], [], [])
    unit = Unit(0, 0, (), (), Segment(0, 0), False)
    assert roots(empty, unit) == []
    assert clauses(empty, unit, {}) == []


# ---- other label schemes, by documents made by hand


def doc_of(*tokens: tuple[str, str, str, str, str, int]) -> tuple[View, Unit]:
    """A view and its unit from (word, lemma, pos, tag, dependency, head) for every token."""
    words, lemmas, pos, tags, deps, heads = (list(column) for column in zip(*tokens, strict=True))
    doc = Doc(VOCAB, words=words, lemmas=lemmas, pos=pos, tags=tags, deps=deps, heads=heads)
    seen = view(doc)
    everything = tuple(range(len(doc)))
    return seen, Unit(0, len(doc.text), everything, tuple(i for i in everything if seen.word[i]), Segment(0, len(doc.text)), False)


def test_clearnlp_passive() -> None:
    """Passive subjects and auxiliaries of the ClearNLP scheme are read under their UD names."""
    seen, unit = doc_of(
        ("I", "I", "PRON", "PRP", "nsubjpass", 3),
        ("was", "be", "AUX", "VBD", "auxpass", 3),
        ("never", "never", "ADV", "RB", "neg", 3),
        ("asked", "ask", "VERB", "VBN", "ROOT", 3),
        ("to", "to", "PART", "TO", "aux", 5),
        ("help", "help", "VERB", "VB", "xcomp", 3),
        (".", ".", "PUNCT", ".", "punct", 3),
    )
    assert seen.dep[:4] == ["nsubj:pass", "aux:pass", "advmod", "root"]
    (found,) = clauses(seen, unit, {})
    assert (found.subject, found.tense, found.passive, found.negated, found.complement) == ("i", "past", True, True, 5)


def test_clearnlp_objects_and_particles() -> None:
    """Objects, indirect objects and particles are read under their UD names."""
    seen, unit = doc_of(
        ("We", "we", "PRON", "PRP", "nsubj", 1),
        ("handed", "hand", "VERB", "VBD", "ROOT", 1),
        ("over", "over", "ADP", "RP", "prt", 1),
        ("them", "they", "PRON", "PRP", "dative", 1),
        ("our", "our", "PRON", "PRP$", "poss", 5),
        ("keys", "key", "NOUN", "NNS", "dobj", 1),
    )
    assert seen.dep == ["nsubj", "root", "compound:prt", "iobj", "nmod:poss", "obj"]
    (found,) = clauses(seen, unit, {})
    assert (found.subject, found.tense, found.lemma, found.passive) == ("we", "past", "hand over", False)


def test_clearnlp_copula() -> None:
    """ClearNLP makes the verb "be" the root: it is read as a clause in the past with "be"."""
    seen, unit = doc_of(
        ("I", "I", "PRON", "PRP", "nsubj", 1),
        ("was", "be", "AUX", "VBD", "ROOT", 1),
        ("responsible", "responsible", "ADJ", "JJ", "acomp", 1),
    )
    assert seen.dep[2] == "xcomp"
    (found,) = clauses(seen, unit, {})
    assert (found.subject, found.tense, found.lemma) == ("i", "past", "be")


UD = ["nsubj:pass", "aux:pass", "obj", "iobj", "acl:relcl", "nmod:poss", "obl:agent", "discourse", "cop", "nsubj", "conj"]


@pytest.mark.parametrize("label", UD)
def test_ud_labels_stay(label: str) -> None:
    """Labels of Universal Dependencies pass through unchanged."""
    seen, _ = doc_of(("a", "a", "NOUN", "NN", "root", 0), ("b", "b", "NOUN", "NN", label, 0))
    assert seen.dep[1] == label


def test_view_is_parallel(read: Read) -> None:
    """All lists of a view are of one length, offsets slice to the words, and children are the reverse of heads."""
    text = "Well — I’d told Zoë’s team (twice!) about the €3.5M gap; “fine”, she said.\n\n  So we left 😀."
    seen = read(text).view
    lists: list[list[Any]] = [seen.lower, seen.lemma, seen.pos, seen.tag, seen.dep, seen.head, seen.start, seen.end, seen.word]
    assert len({len(column) for column in lists}) == 1
    for word, start, end in zip(seen.lower, seen.start, seen.end, strict=True):
        assert text[start:end].lower().replace("’", "'") == word
    for i, child in product(range(len(seen.head)), repeat=2):
        assert (child in seen.children[i]) is (seen.head[child] == i and child != i)


@pytest.mark.parametrize(
    ("word", "pos", "expected"),
    [
        ("house", "NOUN", True),
        ("%", "SYM", True),
        ("$", "SYM", True),
        ("3", "NUM", True),
        (",", "PUNCT", False),
        ("\n", "SPACE", False),
        ("*", "SYM", False),
    ],
)
def test_what_counts_as_a_word(word: str, pos: str, expected: bool) -> None:
    """Words, numbers and signs of amounts count; space, punctuation and other signs do not."""
    seen, _ = doc_of(("a", "a", "NOUN", "NN", "root", 0), (word, word, pos, "X", "dep", 0))
    assert seen.word[1] is expected


@pytest.mark.parametrize("filler", ["um", "Uh", "er", "hmm"])
def test_fillers_are_no_words(filler: str) -> None:
    """Sounds of hesitation are passed over."""
    seen, _ = doc_of(("a", "a", "NOUN", "NN", "root", 0), (filler, filler, "INTJ", "UH", "discourse", 0))
    assert not seen.word[1]


def test_missing_lemma() -> None:
    """Without a lemma the word itself stands in."""
    doc = Doc(VOCAB, words=["Plates", "fell"], pos=["NOUN", "VERB"], tags=["NNS", "VBD"], deps=["nsubj", "root"], heads=[1, 1])
    assert view(doc).lemma == ["plates", "fell"]


def test_letters_that_grow_in_lower_case() -> None:
    """The end of a word is counted in the text, also where its lower case is longer."""
    doc = Doc(VOCAB, words=["İİ", "fell"], pos=["NOUN", "VERB"], tags=["NN", "VBD"], deps=["nsubj", "root"], heads=[1, 1])
    seen = view(doc)
    assert list(zip(seen.start, seen.end, strict=True)) == [(0, 2), (3, 7)]
