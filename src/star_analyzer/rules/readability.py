"""Whether the text can be read as an answer at all. A report that cannot be relied on says so."""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.profiles import DOUBTFUL, LEAST_ENGLISH, LEAST_PROSE, MOST_CODE, MOST_FOREIGN, SHORTEST_STORY
from star_analyzer.report import Severity
from star_analyzer.rules.registry import Draft, Sections, rule

UNRELIABLE = frozenset({"IN102", "IN103"})
"""Codes that make the whole report unreliable."""

_FEWEST_WORDS_TO_TELL_A_LANGUAGE = 8


@rule(code="IN101", name="too-short", severity=Severity.WARNING, since="0.1")
def too_short(sections: Sections) -> Iterator[Draft]:
    """An answer too short to hold a story.

    What it checks:
        Fewer than 25 words, about ten seconds of talk.

    Why it matters:
        Parts are still named, but shares of so few words mean nothing, and an interviewer has heard no story.

    Flagged:
        I fixed the build.

    Better:
        Our nightly build failed twice a week last spring. I was asked to make it reliable. I traced the failures to a shared
        cache, gave every job its own, and added an alert. Since then it has failed once in five months.

    Source:
        Counting: at 150 words a minute 25 words take ten seconds; coaches ask for one to three minutes.
    """
    words = sections.structure.words
    if words < SHORTEST_STORY:
        yield Draft(
            f"The answer has {words} words, about {sections.structure.seconds:.0f} seconds of talk: too short to tell a story.",
            "Tell where it was, what you had to achieve, what you did and what came of it: a minute or two in all.",
            {"words": words, "at_least": SHORTEST_STORY},
        )


@rule(code="IN102", name="not-english", severity=Severity.ERROR, since="0.1")
def not_english(sections: Sections) -> Iterator[Draft]:
    """A text that does not read as English.

    What it checks:
        Fewer than 12% of the words are common English function words (the, of, I, was, …), or more than half of the letters are
        not Latin.

    Why it matters:
        Every rule here is about English. On another language the report would be made up.

    Flagged:
        Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt, damit die Abfragen
        schneller laufen.

    Better:
        Last year I led a small team, and together we moved the database so that the queries would run faster for the shops.

    Source:
        Function words make up 40 to 60% of running English; German, French and Spanish texts stay below 10% by this list.
    """
    words = sections.structure.words
    share = sections.evidence.english
    other_script = sections.evidence.foreign > MOST_FOREIGN
    if other_script or (words >= _FEWEST_WORDS_TO_TELL_A_LANGUAGE and share < LEAST_ENGLISH and sections.evidence.prose >= LEAST_PROSE):
        yield Draft(
            f"This does not read as English: {share:.0%} of its words are common English ones.",
            "Give the answer in English. Nothing else in this report can be relied on.",
            {
                "english_function_words": round(share, 3),
                "at_least": LEAST_ENGLISH,
                "letters_not_latin": round(sections.evidence.foreign, 3),
            },
        )


@rule(code="IN103", name="not-prose", severity=Severity.ERROR, since="0.1")
def not_prose(sections: Sections) -> Iterator[Draft]:
    """Code, a log or symbols instead of sentences.

    What it checks:
        Fewer than 80% of the characters are letters, digits or the punctuation of prose; or more than 6% of them, and 20 at
        least, are brackets, equals signs and other marks of source code.

    Why it matters:
        Sentences cannot be found in source code, so parts and shares would be made up.

    Flagged:
        {{{ ]]] == <<< |||| ~~~ ^^^ x1 = {y2}; [[z]] <> <= >= \\\\ {} {} [] [] }}} @@@ $a = {b}; @c = [d]; \\\\n {e} == {f};

    Better:
        I replaced the parser that choked on unusual brackets, and the import has run through every night since.

    Source:
        Counting: technical answers have up to 2% of such marks, Python, C and JSON 8 to 29%.
    """
    share, code = sections.evidence.prose, sections.evidence.code
    if share < LEAST_PROSE or code > MOST_CODE:
        yield Draft(
            "This does not read as sentences: too many of its characters are brackets and other symbols.",
            "Give the words of the answer, without code or log lines. Nothing else in this report can be relied on.",
            {"prose_characters": round(share, 3), "at_least": LEAST_PROSE, "code_marks": round(code, 3), "at_most": MOST_CODE},
        )


@rule(code="IN104", name="no-story", severity=Severity.WARNING, since="0.1")
def no_story(sections: Sections) -> Iterator[Draft]:
    """An answer that tells no event: opinions, self-description, what one would do.

    What it checks:
        More than half of the words belong to no part of a story; or nothing at all is told in the past and Action and Result
        are less than half of the words.

    Why it matters:
        A behavioural question asks for something that happened once. What you usually do, or would do, shows nothing.

    Flagged:
        I am a very organised person and I think communication is the key to everything. I would always talk to my colleagues
        first. Teamwork is important to me and I believe that people should be honest with each other at work.

    Better:
        In March two colleagues stopped talking over a missed deadline. I asked both to lunch, let each tell their side, and
        proposed that we plan the next release together. They agreed, and we shipped it a week early.

    Source:
        The idea behind behavioural interviewing: past behaviour in a concrete event is what is rated.
    """
    shares = sections.structure.shares
    if sections.structure.words < SHORTEST_STORY:
        return
    told = sections.evidence.story
    if shares.other.share > 0.5 or (told == 0.0 and shares.action.share + shares.result.share < 0.5):
        yield Draft(
            f"Most of this tells no event: {shares.other.share:.0%} of the words belong to no part of a story, "
            f"{told:.0%} of the sentences tell something in the past.",
            "Pick one time it happened, and tell it: “Last March, …”. Leave out what you usually do or would do.",
            {"share_of_no_part": shares.other.share, "share_told_in_the_past": round(told, 3), "limit": 0.5},
        )


@rule(code="IN105", name="doubtful-reading", severity=Severity.INFO, since="0.1")
def doubtful(sections: Sections) -> Iterator[Draft]:
    """An answer whose parts could not be told apart with confidence.

    What it checks:
        The mean probability of the chosen parts is below 60%.

    Why it matters:
        The shares may be off. Often it is also a sign that a listener would not know where they are in the story.

    Flagged:
        Blue ones, mostly. It went on like that. Then the other door. That was it, more or less. Whatever came. The list, the
        keys, the van. It stayed the same with some of them. And then again.

    Better:
        Our shop lost orders at night. I was asked to find out why. I compared the logs with the till, found that two jobs wrote
        to one file, and split them. No order has been lost since.

    Source:
        The probabilities are calibrated on labelled answers: of readings below 60% nearly half are wrong.
    """
    told = [s for s in sections.sentences if s.words]
    if not told:
        return
    mean = sum(s.confidence * s.words for s in told) / sum(s.words for s in told)
    if mean < DOUBTFUL:
        yield Draft(
            f"The parts are hard to tell apart here (mean probability {mean:.0%}), so take the shares with a pinch of salt.",
            "Say which part you are in: “My task was…”, “What I did first…”, “In the end…”.",
            {"mean_probability": round(mean, 3), "at_least": DOUBTFUL},
        )
