"""What is said in a sentence: claims with their reasons, mentions, deeds, numbers; for the answer; and what a question asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest
from conftest import Read
from spacy.language import Language
from spacy.tokens import Doc

from star_analyzer.evidence import CLAIMS, PART_FAMILIES, TOPICS, Evidence
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.claims import LEAST_PROBABILITY, ClaimWeights, probability
from star_analyzer.nlp.extract import Question, extract, read_question
from star_analyzer.nlp.facts import unit_facts
from star_analyzer.nlp.matcher import CueMatcher
from star_analyzer.nlp.parts import ANSWER_KEY, KEY, PartReader
from star_analyzer.nlp.said import MOST_REASONS, MOST_TELLING, WITH_REASONS, Sayer, StoredAnswer, StoredSaid, topic_chances

ANSWER = (
    "At a payments company our fraud model blocked too many honest customers. I was responsible for cutting the false blocks by June. "
    "I chose a small model over a neural network because the risk team had to explain every block. "
    "I tested it in shadow mode for three weeks next to the old rules. I set up an alert for late files. "
    "As a result, false blocks fell from 3.1% to 1.3%. I learned to read the cases before I touch the model."
)
LIST = "Latency, cost, drift, fairness, monitoring, rollback, trade-offs, baselines, interpretability and scale."


class Said(NamedTuple):
    """What is said in a text, sentence by sentence and as a whole."""

    text: str
    sentences: list[StoredSaid]
    answer: StoredAnswer


Say = Callable[[str], Said]


@pytest.fixture(scope="module")
def say(nlp: Language) -> Say:
    """Read what a text says."""

    def saying(text: str) -> Said:
        doc = nlp(text)
        return Said(text, [unit["said"] for unit in doc.user_data[KEY]], doc.user_data[ANSWER_KEY])

    return saying


@pytest.fixture(scope="module")
def reader(nlp: Language) -> PartReader:
    """The component that read it."""
    found = nlp.get_pipe("star_parts")
    assert isinstance(found, PartReader)
    return found


@pytest.fixture(scope="module")
def ask(nlp: Language) -> Callable[[str], Question]:
    """What a question asks for."""
    return lambda text: read_question(nlp(text), text)


def claimed(said: StoredSaid) -> set[str]:
    """Names of the claims that a sentence keeps."""
    return {name for name, _, _ in said["claims"]}


def mentioned(said: Said, kind: str) -> list[str]:
    """Words of the mentions of one kind, in the order in which they are kept."""
    return [said.text[start:end] for s in said.sentences for _, k, start, end in s["mentions"] if k == kind]


# ---- mentions


@pytest.mark.parametrize("before", ["", "  ", "Ça va – naïve “café”. ", "It broke.\n\n- "])
def test_mentions_are_characters(say: Say, before: str) -> None:
    """Offsets point at the words in the text as given, whatever stands before them."""
    said = say(f"{before}I tested it in shadow mode for three weeks.")
    assert "in shadow mode" in mentioned(said, "decision.validation")


def test_mentions_name_entries_of_the_lexicons(say: Say, lexicons: Lexicons) -> None:
    """Each mention carries the id of an entry and its kind, and lies inside the sentence it is kept with."""
    said = say(ANSWER)
    mentions = [m for s in said.sentences for m in s["mentions"]]
    assert mentions
    assert all(lexicons.cues[cue].kind == kind for cue, kind, _, _ in mentions)
    for number, sentence in enumerate(ANSWER.split(". ")):
        start = ANSWER.index(sentence)
        assert all(start <= a < b <= start + len(sentence) + 1 for _, _, a, b in said.sentences[number]["mentions"])


def test_cues_of_the_parts_are_no_mentions(say: Say) -> None:
    """What only tells a sentence's part is not kept as something said."""
    families = {kind.split(".")[0] for s in say(ANSWER).sentences for _, kind, _, _ in s["mentions"]}
    assert "decision" in families
    assert not families & {"situation", "task", "action", "result", "reflection", "other", "discourse"}


def test_mentions_are_in_text_order(say: Say) -> None:
    """The report shows them as they come, sounds of hesitation among the others."""
    said = say("Ah, um, I tested it in shadow mode, er, for a week, uh, next to the old rules.")
    starts = [start for _, _, start, _ in said.sentences[0]["mentions"]]
    assert starts == sorted(starts)
    assert mentioned(said, "filler.sound")[-3:] == ["um", "er", "uh"]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Um, so, uh, we had a fire and, er, I ran.", ["Um", "uh", "er"]),
        ("so um we had a fire and erm i ran hmm", ["um", "erm", "hmm"]),
        ("We had a fire and I ran.", []),
        ("The umbrella error was her error.", []),
        ("The ER was full that night.", []),
        ("The part was 5 mm too short, or 6mm.", []),
        ("I counted 5, um, 6 of them.", ["um"]),
        ("I counted 5 um 6 of them.", ["um"]),
    ],
)
def test_sounds_of_hesitation(say: Say, text: str, sounds: list[str]) -> None:
    """Each "um" is kept with its place; inside words, in capitals or as a unit the same letters are none."""
    said = say(text)
    assert mentioned(said, "filler.sound") == sounds


# ---- claims


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("I was responsible for cutting the false blocks by June.", "role"),
        ("I chose a small model over a neural network because the risk team had to explain every block.", "reason"),
        ("I chose a small model over a neural network because the risk team had to explain every block.", "alternative"),
        ("I tested it in shadow mode for three weeks next to the old rules.", "validation"),
        ("As a result, false blocks fell from 3.1% to 1.3%.", "quantified"),
        ("As a result, false blocks fell from 3.1% to 1.3%.", "baseline"),
        ("I learned to read the cases before I touch the model.", "lesson"),
    ],
)
def test_plain_claims(say: Say, sentence: str, claim: str) -> None:
    """What is said in the plainest words is claimed, by that sentence of the answer, and by the answer."""
    said = say(ANSWER)
    number = ANSWER[: ANSWER.index(sentence)].count(". ")
    assert claim in claimed(said.sentences[number])
    assert claim in said.answer["made"]


@pytest.mark.parametrize("text", ["We sat down.", "The sky was blue that morning.", "It was raining."])
def test_nothing_to_claim(say: Say, text: str) -> None:
    """Small talk claims nothing."""
    said = say(text)
    assert claimed(said.sentences[0]) == set()
    assert said.answer["made"] == []


def test_claims_of_a_sentence_follow_from_its_chances(say: Say) -> None:
    """Those from the least probability on are kept with their chance; the chances of all are kept for the answer."""
    for said in say(ANSWER).sentences:
        kept = {CLAIMS[k]: chance for k, chance in enumerate(said["chances"]) if chance >= LEAST_PROBABILITY}
        assert {name: chance for name, chance, _ in said["claims"]} == pytest.approx(kept, abs=0.0006)
        assert len(said["chances"]) == len(CLAIMS)


def test_a_claim_adds_up_by_hand(read: Read, matcher: CueMatcher, lexicons: Lexicons) -> None:
    """With a table of four rows: the chance is that of the sum, and the reasons are what spoke for it, not what spoke against it."""
    at, other = CLAIMS.index("reason"), CLAIMS.index("lesson")
    rows = {
        "says:rang": ((at, 3.0), (other, -9.0)),
        "part:action": ((at, 0.5),),
        "says:baker": ((at, -1.0),),
        "place:first": ((at, 50.0),),
    }
    none = (0.0,) * (len(CLAIMS) + len(TOPICS))
    text = "Then I rang the baker."
    seen, (unit,) = read(text)
    facts = unit_facts(seen, unit, matcher, lexicons)
    said = Sayer(lexicons, ClaimWeights("1", rows, none, none)).said(seen, unit, facts, "action")
    assert said["chances"][at] == pytest.approx(probability(2.5))
    assert said["chances"][other] == pytest.approx(probability(-9.0))
    (reasons,) = [reasons for name, _, reasons in said["claims"] if name == "reason"]
    assert reasons == [("says:rang", 3.0, 7, 11), ("part:action", 0.5, None, None)]
    assert "lesson" not in claimed(said)


def test_reasons_are_weights_of_the_table(say: Say, reader: PartReader) -> None:
    """The reasons for a likely claim are features with a weight for it, at most three, the strongest first."""
    claims = [claim for s in say(ANSWER).sentences for claim in s["claims"]]
    assert claims
    assert any(chance >= WITH_REASONS for _, chance, _ in claims)
    for name, chance, reasons in claims:
        assert (0 < len(reasons) <= MOST_REASONS) is (chance >= WITH_REASONS)
        weights = [weight for _, weight, _, _ in reasons]
        assert weights == sorted(weights, reverse=True)
        for feature, weight, _, _ in reasons:
            assert dict(reader.claims.rows[feature])[CLAIMS.index(name)] == weight > 0


def test_reasons_point_at_words(say: Say) -> None:
    """A reason that rests on a word points at that word, one that rests on a cue at a mention of it, inside the sentence."""
    pointed = 0
    for number, sentence in enumerate(ANSWER.split(". ")):
        start = ANSWER.index(sentence)
        said = say(ANSWER).sentences[number]
        for name, _, first, behind in (reason for _, _, reasons in said["claims"] for reason in reasons):
            if first is None or behind is None:
                continue
            pointed += 1
            assert start <= first < behind <= start + len(sentence) + 1
            family, _, rest = name.partition(":")
            if family == "says" and rest.isalpha():
                assert ANSWER[first:behind].lower() == rest
            if family == "cue" and rest.partition(".")[0] not in PART_FAMILIES:
                assert (rest, first, behind) in [(kind, a, b) for _, kind, a, b in said["mentions"]]
    assert pointed


def test_reasons_of_the_whole_sentence_point_nowhere(say: Say) -> None:
    """A reason that rests on the part or on the numbers of a sentence has no words of its own."""
    reasons = [r for s in say(ANSWER).sentences for _, _, rs in s["claims"] for r in rs]
    whole = [r for r in reasons if r[0].startswith(("part:", "quantity:", "change:"))]
    assert whole
    assert all((start, end) == (None, None) for _, _, start, end in whole)


@pytest.mark.parametrize("text", [LIST, f"We care about {LIST.lower()}"])
def test_a_mere_list_makes_no_claims(say: Say, text: str) -> None:
    """A list of buzzwords is known as a list and earns nothing, though its words are mentioned."""
    said = say(text)
    (sentence,) = said.sentences
    assert sentence["listed"]
    assert (sentence["claims"], sentence["chances"], sentence["topic"]) == ([], [], [])
    assert sentence["mentions"]
    assert said.answer["made"] == []


def test_a_list_changes_nothing_in_an_answer(say: Say) -> None:
    """Put behind an answer, it adds no claim."""
    alone, longer = say(ANSWER), say(f"{ANSWER} {LIST}")
    assert longer.sentences[-1]["listed"]
    assert [s["listed"] for s in longer.sentences[:-1]] == [False] * len(alone.sentences)
    assert set(longer.answer["made"]) <= set(alone.answer["made"])


def test_one_word_makes_no_claim(say: Say) -> None:
    """A single word is no claim, whatever it is."""
    (sentence,) = say("Latency.").sentences
    assert (sentence["claims"], sentence["chances"]) == ([], [])


# ---- deeds and numbers


def test_deeds_numbers_and_changes(say: Say) -> None:
    """A sentence keeps who did what, its numbers and its changes, each pointing at the text."""
    text = "I split the file. As a result, false blocks fell from 3.1% to 1.3%."
    first, second = say(text).sentences
    assert [(d.verb, d.doer, text[d.start : d.end]) for d in first["deeds"]] == [("split", "i", "split")]
    assert (first["quantities"], first["changes"]) == ([], [])
    assert [(text[q.start : q.end], q.value, q.unit) for q in second["quantities"]] == [("3.1%", 3.1, "%"), ("1.3%", 1.3, "%")]
    assert [(c.before, c.after) for c in second["changes"]] == [(3.1, 1.3)]


# ---- the answer


def test_telling_sentences(say: Say) -> None:
    """For every topic at most two places of the answer are kept, in text order."""
    answer = say(ANSWER).answer
    assert len(answer["telling"]) == len(answer["topics"]) == len(TOPICS)
    assert any(answer["telling"])
    for places in answer["telling"]:
        assert places == sorted(set(places))
        assert len(places) <= MOST_TELLING
        assert all(0 <= place < ANSWER.count(".") for place in places)


def test_empty_text(say: Say) -> None:
    """No sentence, no claim."""
    said = say("")
    assert said.sentences == []
    assert said.answer["made"] == []
    assert said.answer["telling"] == [[]] * len(TOPICS)


# ---- stored documents


@pytest.fixture(scope="module")
def evidence(reader: PartReader) -> Callable[[Doc], Evidence]:
    """What the measures get from a document."""
    return lambda doc: extract(doc, doc.text, reader.weights, reader.claims, "x")


def test_what_is_said_survives_bytes(nlp: Language) -> None:
    """After Doc.to_bytes and from_bytes everything that is said is there, to the last digit."""
    doc = nlp(f"Um, {ANSWER} {LIST}")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for key in (KEY, ANSWER_KEY):
        assert json.dumps(again.user_data[key]) == json.dumps(doc.user_data[key])


def test_evidence_of_a_restored_document(nlp: Language, evidence: Callable[[Doc], Evidence]) -> None:
    """Extracting from a restored document works, and gives the same evidence with claims, mentions, deeds, numbers and topics."""
    doc = nlp(f"Um, {ANSWER} {LIST}")
    first = evidence(doc)
    assert evidence(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == first
    assert first.made
    for name in ("mentions", "claims", "deeds", "quantities", "changes"):
        assert any(getattr(sentence, name) for sentence in first.sentences), name
    assert [s.listed for s in first.sentences] == [False] * (len(first.sentences) - 1) + [True]


def test_evidence_by_kind_and_name(nlp: Language, evidence: Callable[[Doc], Evidence]) -> None:
    """Evidence finds mentions by kind and claims by name, with the number of their sentence, from 1, in text order."""
    found = evidence(nlp(ANSWER))
    assert {number for number, _ in found.claims["quantified"]} >= {6}
    assert next(number for number, _ in found.mentions["decision.validation"]) == 4
    for pairs in (*found.claims.values(), *found.mentions.values()):
        numbers = [number for number, _ in pairs]
        assert numbers == sorted(numbers)


# ---- the question


@pytest.mark.parametrize("write", [str, str.upper, lambda s: s.lower().rstrip("?.")], ids=["typed", "capitals", "spoken"])
@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Tell me about a time you failed.", "failure"),
        ("What is your greatest weakness?", "failure"),
        ("Tell me about a disagreement with a teammate.", "conflict"),
        ("Tell me about a time you persuaded someone.", "influence"),
        ("Tell me about a time you dealt with ambiguity.", "ambiguity"),
        ("Tell me about a model you improved.", "metric"),
        ("Tell me about a time you dealt with bad data.", "data"),
        ("Tell me about a trade-off you made.", "tradeoff"),
        ("Tell me about a model you deployed to production.", "deployment"),
        ("Tell me about a time you worked under a tight deadline.", "pressure"),
        ("Tell me about something you learned.", "learning"),
        ("Tell me about yourself.", "about-you"),
    ],
)
def test_kind_of_a_question(ask: Callable[[str], Question], question: str, kind: str, write: Callable[[str], str]) -> None:
    """A plain question of each kind is known for what it asks, however it is written."""
    assert ask(write(question)).kinds == (f"ask.{kind}",)


def test_a_question_may_ask_for_two_things(ask: Callable[[str], Question]) -> None:
    """Every kind is named once, in the order of the alphabet, over all sentences."""
    assert ask("What did you learn when you failed? Tell me about a time you failed.").kinds == ("ask.failure", "ask.learning")


@pytest.mark.parametrize("question", ["", "Hello there.", "What happened next?"])
def test_a_question_of_no_kind(ask: Callable[[str], Question], question: str) -> None:
    """A question that any story answers has no kind."""
    assert ask(question).kinds == ()


def test_features_of_a_question(ask: Callable[[str], Question]) -> None:
    """Kinds and words of a question are the features that speak for topics of the answer."""
    asked = ask("Tell me about a time you failed.")
    assert {"asked:ask.failure", "asked:failed", "asked:tell"} <= set(asked.features)
    assert ask("").features == ()


def test_other_mentions_of_a_question_are_no_kinds(ask: Callable[[str], Question], say: Say) -> None:
    """What a question mentions besides, a test or a limit, is nothing that it asks for."""
    question = "Tell me about a time you failed an A/B test and the latency limit."
    assert {"decision.validation", "constraint.latency"} & {kind for s in say(question).sentences for _, kind, _, _ in s["mentions"]}
    assert all(kind.startswith("ask.") for kind in ask(question).kinds)


def test_the_evidence_says_what_was_asked(nlp: Language, reader: PartReader, ask: Callable[[str], Question]) -> None:
    """The question is carried into the evidence and changes nothing in the sentences."""
    doc = nlp(ANSWER)
    plain = extract(doc, ANSWER, reader.weights, reader.claims, "x")
    asked = extract(doc, ANSWER, reader.weights, reader.claims, "x", ask("Tell me about a time you failed."))
    assert (plain.asked, asked.asked) == ((), ("ask.failure",))
    assert plain.sentences == asked.sentences


def test_the_question_adds_to_the_topics() -> None:
    """The weights of a question's features are added to the topics of the answer, and to nothing else."""
    failure = TOPICS.index("category:failure")
    rows = {"asked:failed": ((0, 9.0), (len(CLAIMS) + failure, 2.0))}
    none = (0.0,) * (len(CLAIMS) + len(TOPICS))
    weights = ClaimWeights("1", rows, none, none)
    stored = StoredAnswer(made=[], topics=[-1.0] * len(TOPICS), telling=[])
    alone = topic_chances(weights, stored, [])
    asked = topic_chances(weights, stored, ["asked:failed", "asked:time"])
    assert alone == pytest.approx([probability(-1.0)] * len(TOPICS))
    assert asked[failure] == pytest.approx(probability(1.0))
    assert asked[:failure] + asked[failure + 1 :] == pytest.approx(alone[1:])
    assert stored["topics"] == [-1.0] * len(TOPICS), "the stored answer was changed"


def test_words_that_weigh_only_for_the_answer_are_looked_for(reader: PartReader) -> None:
    """A word with a weight for a topic of the answer alone is a feature of its sentence, as it was in the fit."""
    words = {n.removeprefix("answer:") for n in reader.claims.rows if n.startswith("answer:says:")}
    assert words
    assert words <= reader._known
