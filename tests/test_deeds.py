"""Who did what: the doer of every verb, and whether it was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Read

from star_analyzer.evidence import Deed
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.deeds import FoundDeed, deeds
from star_analyzer.nlp.facts import unit_facts
from star_analyzer.nlp.matcher import CueMatcher

Deeds = Callable[[str], list[FoundDeed]]
Doers = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def found(read: Read, matcher: CueMatcher, lexicons: Lexicons) -> Deeds:
    """All deeds of a text."""

    def reading(text: str) -> list[FoundDeed]:
        seen, units = read(text)
        return [deed for unit in units for deed in deeds(seen, unit_facts(seen, unit, matcher, lexicons))]

    return reading


@pytest.fixture(scope="module")
def doers(found: Deeds) -> Doers:
    """The verbs of a text with their doers."""
    return lambda text: [(deed.verb, deed.doer) for deed in found(text)]


@pytest.mark.parametrize("write", [str, lambda s: s.lower().rstrip(".")], ids=["typed", "spoken"])
@pytest.mark.parametrize(
    ("subject", "doer"),
    [
        ("I", "i"),
        ("We", "we"),
        ("She", "other"),
        ("They", "other"),
        ("Everyone", "other"),
        ("The manager", "other"),
        ("Two colleagues", "other"),
        ("The users", "other"),
        ("My wife", "other"),
        ("My manager", "other"),
        ("Our vendor", "other"),
        ("Our CEO", "other"),
        ("The vendor", "other"),
        ("The company", "other"),
        ("Our company", "other"),
        ("The agency", "other"),
        ("It", "thing"),
        ("The model", "thing"),
        ("Our model", "thing"),
        ("My script", "thing"),
        ("The nightly job", "thing"),
        ("Latency", "thing"),
    ],
)
def test_doer(doers: Doers, subject: str, doer: str, write: Callable[[str], str]) -> None:
    """The subject tells who acted: the speaker, the group, somebody else, or a thing; a company is somebody, what one owns is not."""
    assert doers(write(f"{subject} stopped the import.")) == [("stop", doer)]


def test_a_name_is_somebody(doers: Doers) -> None:
    """A person called by name is somebody else."""
    assert doers("Anna stopped the import.") == [("stop", "other")]


@pytest.mark.parametrize("noun", ["team", "group", "squad", "crew", "department"])
def test_a_team_of_ones_own_is_we(doers: Doers, noun: str) -> None:
    """The team, whatever it is called and whatever stands before it, counts as "we"."""
    for words in (f"The {noun}", f"My {noun}", f"Our {noun}", f"The data science {noun}", f"Both {noun}s"):
        assert doers(f"{words} stopped the import.") == [("stop", "we")], words


@pytest.mark.parametrize("team", ["The other team", "Another team", "Their team", "The vendor's team"])
def test_a_team_of_others_is_not_we(doers: Doers, team: str) -> None:
    """A team that is said to be another one is somebody else."""
    assert doers(f"{team} stopped the import.") == [("stop", "other")]


@pytest.mark.parametrize(
    "text",
    [
        "The import was rewritten.",
        "The import has been rewritten.",
        "The import got rewritten.",
        "The reports were made by hand.",
        "We were asked.",
    ],
)
def test_passive_without_a_doer(doers: Doers, text: str) -> None:
    """A passive that names nobody is a deed of nobody, also when the one it happened to is a person."""
    ((_, doer),) = doers(text)
    assert doer == "passive"


@pytest.mark.parametrize(
    ("agent", "doer"),
    [
        ("me", "i"),
        ("me last week", "i"),
        ("us", "we"),
        ("our team", "we"),
        ("the data team", "we"),
        ("both teams", "we"),
        ("another team", "other"),
        ("him", "other"),
        ("Anna", "other"),
        ("the vendor", "other"),
        ("our vendor", "other"),
        ("the company", "other"),
        ("a bug", "thing"),
        ("hand", "passive"),
        ("Friday", "passive"),
    ],
)
def test_passive_with_a_doer(doers: Doers, agent: str, doer: str) -> None:
    """Whoever stands behind "by" is the doer of a passive; a manner or a day is none."""
    assert doers(f"The import was stopped by {agent}.") == [("stop", doer)]


@pytest.mark.parametrize("text", ["Shipped it in May.", "Fixed the build.", "Profiled the import."])
def test_no_subject_is_implied(found: Deeds, text: str) -> None:
    """In notes nobody is named: the doer is implied, and there are no words to show."""
    (deed,) = found(text)
    assert (deed.doer, deed.who, deed.finished) == ("implied", None, True)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("I profiled it and split the file.", ["profile", "split"]),
        ("I profiled it, split the file and loaded it.", ["profile", "split", "load"]),
        ("I profiled it, split the file, and loaded it.", ["profile", "split", "load"]),
    ],
)
@pytest.mark.parametrize(("subject", "doer"), [("I", "i"), ("We", "we"), ("She", "other")])
def test_joined_verbs_share_their_subject(found: Deeds, text: str, verbs: list[str], subject: str, doer: str) -> None:
    """The second and the third verb of a row are done by the subject of the first, and point at its words."""
    text = subject + text.removeprefix("I")
    deeds_found = found(text)
    assert [(d.verb, d.doer) for d in deeds_found] == [(verb, doer) for verb in verbs]
    assert {d.who for d in deeds_found} == {(0, len(subject))}
    assert all(d.finished for d in deeds_found)


def test_a_joined_clause_keeps_its_own_subject(doers: Doers) -> None:
    """A joined clause that has a subject is not given to the first one."""
    assert doers("I wrote the import and she loaded it.") == [("write", "i"), ("load", "other")]


def test_every_clause_has_its_doer(doers: Doers) -> None:
    """The verbs of side clauses are deeds with doers of their own; the main clause comes first."""
    assert doers("When the vendor stopped the import, I called her.") == [("call", "i"), ("stop", "other")]


@pytest.mark.parametrize(
    "lead", ["decided to", "tried to", "managed to", "began to", "started to", "helped", "helped the vendor", "helped Anna"]
)
def test_the_complement_is_the_deed(found: Deeds, lead: str) -> None:
    """In "decided to split" the deed is to split, and the span covers that verb."""
    text = f"I {lead} rewrite the import."
    (deed,) = found(text)
    assert (deed.verb, deed.doer, text[deed.start : deed.end], deed.finished) == ("rewrite", "i", "rewrite", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I tried the new tool.", [("try", "i")]),
        ("We started small.", [("start", "we")]),
        ("The feature went live.", [("go", "thing")]),
        ("I decided that we should split the file.", [("decide", "i"), ("split", "we")]),
        ("I decided that the vendor stopped too early.", [("decide", "i"), ("stop", "other")]),
    ],
)
def test_what_is_no_complement(doers: Doers, text: str, expected: list[tuple[str, str]]) -> None:
    """An object, an adjective, or a clause with its own subject does not take the place of the verb."""
    assert doers(text) == expected


def test_a_line_break_is_no_complement(doers: Doers) -> None:
    """A parser may hang a line break on a verb; it once stopped the program."""
    text = (
        "Started by keeping the rejects of one shift in a bin and opening them with two QA ladies and tea.\n"
        "Of 1,180, most were perfect pills with a light reflection on the foil."
    )
    assert ("start", "implied") in doers(text)


@pytest.mark.parametrize("text", ["I set up an alert.", "I decided to set up an alert."])
def test_particles(found: Deeds, text: str) -> None:
    """A verb is named with its particle, also as a complement."""
    (deed,) = found(text)
    assert deed.verb == "set up"
    assert text[deed.start : deed.end] == "set"


@pytest.mark.parametrize(
    "text",
    [
        "I wrote the import.",
        "I have written the import.",
        "I had written the import.",
        "I was writing the import.",
        "I did write the import.",
        "The import was written.",
        "I decided to write the import.",
        "I put the model behind a flag.",
        "I set up an alert for late files.",
        "I cut that order first.",
        "Rewrote the import from scratch.",
        "Rebuilt the dashboard.",
    ],
)
def test_finished(found: Deeds, text: str) -> None:
    """What is told in the past or the perfect was done, also where the form could be a present or stands at the start."""
    (deed,) = found(text)
    assert deed.finished


@pytest.mark.parametrize(
    "text",
    [
        "I did not write the import.",
        "I didn't write the import.",
        "I never wrote the import.",
        "I haven't written the import yet.",
        "I couldn't write the import.",
        "The import was not written.",
        "I did not try to write the import.",
        "I decided not to write the import.",
        "I decided never to write the import.",
        "Nobody wrote the import.",
    ],
)
def test_negated_is_not_finished(found: Deeds, text: str) -> None:
    """What was not done is no finished deed, wherever the "not" stands."""
    (deed,) = found(text)
    assert deed.verb == "write"
    assert not deed.finished


@pytest.mark.parametrize(
    "text",
    [
        "I will write the import.",
        "I'll write the import.",
        "I would write the import.",
        "I can write the import.",
        "We might write the import.",
        "I am going to write the import.",
        "I was going to write the import.",
        "The import will be written.",
        "I write the import every week.",
        "She writes the import.",
    ],
)
def test_plans_and_habits_are_not_finished(found: Deeds, text: str) -> None:
    """Future, condition, plan and present are no finished deeds."""
    (deed,) = found(text)
    assert deed.verb == "write"
    assert not deed.finished


@pytest.mark.parametrize("text", ["Bring a spare cable.", "Write the import.", "I bring two coffees.", "I always bring two coffees."])
def test_orders_and_habits_without_an_end(found: Deeds, text: str) -> None:
    """An imperative is not finished, also where the dictionary form is guessed wrong."""
    assert [deed.finished for deed in found(text)] == [False]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("I wrote the import.", True),
        ("I made a list.", True),
        ("I asked the vendor.", True),
        ("I knew the answer.", False),
        ("I wanted a new job.", False),
        ("We had two servers.", False),
        ("We thought about it.", False),
        ("She remained calm.", False),
    ],
)
def test_action(found: Deeds, text: str, action: bool) -> None:
    """To know, want, have or think is not to do something."""
    assert found(text)[0].action is action


@pytest.mark.parametrize("text", ["I was late.", "The result was a faster import.", "A hard week.", "Hello there!"])
def test_no_deed(found: Deeds, text: str) -> None:
    """To be something is no deed, and without a verb there is none."""
    assert found(text) == []


def test_spans_are_characters(found: Deeds) -> None:
    """Offsets point at verb and subject in the text as given, in every sentence and behind letters of several bytes."""
    text = "  Ça va – naïve café. Then I  rewrote it.\nOur old vendor stopped it."
    spans = [(d.who and text[slice(*d.who)], text[d.start : d.end]) for d in found(text)]
    assert spans[-2:] == [("I", "rewrote"), ("vendor", "stopped")]


def test_laid_out_as_evidence(found: Deeds) -> None:
    """A deed becomes evidence field by field."""
    (deed,) = found("I wrote the import.")
    assert FoundDeed._fields == Deed._fields
    assert Deed(*deed) == Deed(start=2, end=7, doer="i", who=(0, 1), verb="write", finished=True, action=True)


@pytest.mark.parametrize("subject", ["Dana and I", "My manager and I", "I and two nurses"])
def test_the_speaker_with_somebody_else(doers: Doers, subject: str) -> None:
    """What the speaker did together with somebody was done by both."""
    assert doers(f"{subject} traced the error for two days.") == [("trace", "we")]


@pytest.mark.parametrize(
    "text", ["We called Dana and I wrote it down.", "She left the keys and I locked the door.", "I and only I locked it."]
)
def test_a_clause_before_is_no_companion(doers: Doers, text: str) -> None:
    """What stands before "and I" in another clause does not act with the speaker."""
    assert "i" in {doer for _, doer in doers(text)}
