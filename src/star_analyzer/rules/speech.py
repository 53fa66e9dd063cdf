"""How an answer was spoken: pace, silences and words taken back. Most of it needs the times of a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.report import Severity
from star_analyzer.rules.registry import Draft, Sections, rule

_LEAST_SECONDS = 20.0
"""Of talk, below which its pace says nothing."""
_LEAST_PAUSES = 3
_LONGEST_PAUSE = 5.0
"""Seconds of a single silence that is worth a word."""
_LEAST_REPAIRS = 3
_LEAST_WORDS = 120
"""Words in which anybody who speaks freely hesitates at least once."""


def _pace(sections: Sections) -> float | None:
    """Words a minute as measured, of answers long enough."""
    built = sections.structure
    return built.words_per_minute if built.measured and built.seconds >= _LEAST_SECONDS else None


@rule(code="DL301", name="too-fast", severity=Severity.WARNING, since="0.1", helps=4)
def too_fast(sections: Sections) -> Iterator[Draft]:
    """The answer is spoken faster than people follow.

    What it checks:
        The transcript has times, and over the whole answer there are more words a minute than the profile's `fastest_wpm`.

    Why it matters:
        The interviewer is writing down what you say. What they miss was not said.

    Flagged:
        1
        00:00:00,000 --> 00:00:10,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas, because in that week we make a third of
        the money of the whole year and nobody at the office had any idea at all what was going on.

        2
        00:00:10,000 --> 00:00:22,000
        I read the log of four weeks line by line and saw that the disk was full every Friday night, so I moved the old orders away to
        another machine, set an alarm at eighty percent, and as a result lost orders fell from ten percent to none in a week.

    Better:
        1
        00:00:00,000 --> 00:00:16,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas, because in that week we make a third of
        the money of the whole year and nobody at the office had any idea at all what was going on.

        2
        00:00:16,000 --> 00:00:36,000
        I read the log of four weeks line by line and saw that the disk was full every Friday night, so I moved the old orders away to
        another machine, set an alarm at eighty percent, and as a result lost orders fell from ten percent to none in a week.

    Source:
        `fastest_wpm` in `profiles.py`: normal speech runs at 150 to 190 words a minute; beyond, comprehension falls, slowly at first.
    """
    pace, most = _pace(sections), sections.profile.fastest_wpm
    if pace is None or pace <= most:
        return
    parts = sorted(sections.delivery.pace, key=lambda p: -p.words_per_minute)
    where = f", fastest in the {parts[0].part.value.capitalize()}" if len(parts) > 1 else ""
    yield Draft(
        f"You speak {pace:.0f} words a minute{where}; past {most:.0f} listeners begin to lose words.",
        "Say it again with a breath at the end of every sentence, and a longer one before the result. If it gets too long, cut a step.",
        {"words_per_minute": pace, "at_most": most},
    )


@rule(code="DL302", name="too-slow", severity=Severity.INFO, since="0.1", helps=2)
def too_slow(sections: Sections) -> Iterator[Draft]:
    """The answer is spoken so slowly that attention drifts.

    What it checks:
        The transcript has times, and over the whole answer there are fewer words a minute than the profile's `slowest_wpm`.

    Why it matters:
        Slow is good for a number and tiring for a story: the listener runs ahead of you.

    Flagged:
        1
        00:00:00,000 --> 00:00:20,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:20,000 --> 00:00:50,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Better:
        1
        00:00:00,000 --> 00:00:08,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:08,000 --> 00:00:22,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Source:
        `slowest_wpm` and `comfortable_wpm` in `profiles.py`: conversation runs at 110 to 150 words a minute, audiobooks at 150 to 160.
    """
    pace, least = _pace(sections), sections.profile.slowest_wpm
    if pace is None or pace >= least:
        return
    silent = sum(p.seconds for p in sections.delivery.pauses)
    yield Draft(
        f"You speak {pace:.0f} words a minute" + (f", with {silent:.0f} seconds of silence" if silent else "") + "; most people speak 150.",
        "Say the setup from memory in one breath, and keep the slow pace for the decision and the number.",
        {"words_per_minute": pace, "at_least": least},
    )


@rule(code="DL303", name="long-pauses", severity=Severity.INFO, since="0.1", helps=2)
def long_pauses(sections: Sections) -> Iterator[Draft]:
    """There are silences in which the listener waits.

    What it checks:
        The transcript has times, and between two words there is a silence from the profile's `pause_seconds` up: three of them, or one
        of five seconds.

    Why it matters:
        A pause before the decision is strong. A pause in the middle of a step tells that you search for it.

    Flagged:
        1
        00:00:00,000 --> 00:00:08,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:15,500 --> 00:00:30,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Better:
        1
        00:00:00,000 --> 00:00:08,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:09,500 --> 00:00:24,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Source:
        Ours: the limits stand in `profiles.py` and here.
    """
    found = sections.delivery.pauses
    longest = max(found, key=lambda p: (p.seconds, -p.start), default=None)
    if longest is None or (len(found) < _LEAST_PAUSES and longest.seconds < _LONGEST_PAUSE):
        return
    part = sections.sentences[longest.sentence - 1].part
    yield Draft(
        f"There are {len(found)} silences of more than {sections.profile.pause_seconds:g} seconds; the longest takes {longest.seconds:g}."
        if len(found) > 1
        else f"There is a silence of {longest.seconds:g} seconds.",
        "Learn the first words of the sentence that comes behind it. If you need time to think, say so: “Let me think for a second”.",
        {"longest": longest.seconds, "pauses": len(found), "limit": sections.profile.pause_seconds},
        span=(longest.start, longest.end),
        part=part,
    )


@rule(code="DL304", name="repairs", severity=Severity.INFO, since="0.1", helps=3)
def many_repairs(sections: Sections) -> Iterator[Draft]:
    """Many words are said twice, started anew or broken off.

    What it checks:
        Words said twice (“I I went”), started anew (“we were we were late”) or broken off (“the ser- the server”) come more often in a
        minute than the profile's `repairs_per_minute`, and three times at least.

    Why it matters:
        Now and then is how people speak. All the time it tells that the story is being made up as you go.

    Flagged:
        So our shop our shop lost orders on Fridays and I I had to find out why. I read the the log of four weeks and I saw I saw that
        the disk was full. I moved the old ord- orders away and it it worked. As a result, lost orders fell from ten percent to none.

    Better:
        So our shop lost orders on Fridays and I had to find out why. I read the log of four weeks and I saw that the disk was full. I
        moved the old orders away and it worked. As a result, lost orders fell from ten percent to none.

    Source:
        Ours: the limit stands in `profiles.py`.
    """
    said, most = sections.delivery, sections.profile.repairs_per_minute
    if len(said.repairs) < _LEAST_REPAIRS or said.repairs_per_minute <= most:
        return
    first = said.repairs[0]
    yield Draft(
        f"You start anew {len(said.repairs)} times, {said.repairs_per_minute:g} times a minute: the first is at “{sections.quote(first)}”.",
        "Tell the story three times from five keywords on a card, not from a text. The sentences settle by themselves.",
        {"repairs_per_minute": said.repairs_per_minute, "at_most": most, "repairs": len(said.repairs)},
        span=(first.start, first.end),
        part=sections.sentences[first.sentence - 1].part,
    )


@rule(code="DL305", name="sounds-left-out", severity=Severity.INFO, since="0.1")
def sounds_left_out(sections: Sections) -> Iterator[Draft]:
    """The recogniser has probably left out the sounds of hesitation.

    What it checks:
        The transcript has times and at least 120 words, and in it there is no “um” or “uh” and nothing is said twice.

    Why it matters:
        Most recognisers clean up what they hear. Then a count of fillers says nothing about you.

    Flagged:
        1
        00:00:00,000 --> 00:00:25,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas, because in that week we make a third of
        the money of the whole year. I read the log of four weeks line by line and saw that the disk was full every Friday night.

        2
        00:00:25,000 --> 00:01:00,000
        I could have bought a bigger one, but I moved the old orders away to another machine, because that cost nothing and could be
        done the same day. I tried it on a copy first and counted the rows. Then I set an alarm at eighty percent and looked at it
        every week. As a result, lost orders fell from ten percent to none and stayed there for a year. I learned to ask what a machine
        does at night.

    Better:
        1
        00:00:00,000 --> 00:00:25,000
        So um our shop lost one order in ten on Fridays, and I had to find out why before Christmas, because in that week we make a
        third of the money of the whole year. I read the log of four weeks line by line and saw that the disk was full every night.

        2
        00:00:25,000 --> 00:01:00,000
        I could have bought a bigger one, but I moved the old orders away to another machine, because that cost nothing and could be
        done the same day. I tried it on a copy first and counted the rows. Then I set an alarm at eighty percent and looked at it
        every week. As a result, lost orders fell from ten percent to none and stayed there for a year. I learned to ask what a machine
        does at night.

    Source:
        Ours: people who speak freely hesitate several times a minute.
    """
    built, said = sections.structure, sections.delivery
    if not built.measured or built.words < _LEAST_WORDS or said.fillers or said.repairs:
        return
    yield Draft(
        f"In {built.words} words there is no “um” and nothing said twice: the recogniser has probably left them out.",
        "Listen to the recording once and count them yourself, or use a recogniser that keeps every sound.",
        {"words": built.words, "at_least": _LEAST_WORDS},
    )


@rule(code="DL902", name="comfortable-pace", severity=Severity.INFO, since="0.1", praise=True)
def comfortable_pace(sections: Sections) -> Iterator[Draft]:
    """The pace is comfortable to listen to.

    What it checks:
        The transcript has times, and over the whole answer the words a minute lie between the profile's `slowest_wpm` and
        `comfortable_wpm`.

    Why it matters:
        The listener has time to see what you tell.

    Flagged:
        1
        00:00:00,000 --> 00:00:08,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:08,000 --> 00:00:22,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Better:
        1
        00:00:00,000 --> 00:00:05,000
        Our shop lost one order in ten on Fridays, and I had to find out why before Christmas.

        2
        00:00:05,000 --> 00:00:12,000
        I read the log of four weeks and saw that the disk was full every Friday night. I moved the old orders away. As a result, lost
        orders fell from ten percent to none.

    Source:
        `slowest_wpm` and `comfortable_wpm` in `profiles.py`: conversation runs at 110 to 150 words a minute, audiobooks at 150 to 160.
    """
    pace, profile = _pace(sections), sections.profile
    if pace is None or not profile.slowest_wpm <= pace <= profile.comfortable_wpm:
        return
    yield Draft(
        f"You speak {pace:.0f} words a minute: comfortable to listen to.",
        "Keep this pace, also when the clock runs.",
        {"words_per_minute": pace, "low": profile.slowest_wpm, "high": profile.comfortable_wpm},
    )
