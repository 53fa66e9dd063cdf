"""Transcripts of every form: what the candidate says, when, and the question; nothing else is judged."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from command import Run
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Analyzer
from star_analyzer.documents import read_document
from star_analyzer.errors import InputError
from star_analyzer.repairs import repairs, without_repairs
from star_analyzer.timing import Clock, Timing, usable
from star_analyzer.transcripts import is_labelled, read_labelled, read_subtitles, read_transcript, read_whisper

SRT = """1
00:00:00,000 --> 00:00:04,000
Interviewer: Tell me about a time you fixed something.

2
00:00:05,000 --> 00:00:15,000
Candidate: Our shop lost one order in ten on Fridays,
and I had to find out why before <i>Christmas</i>.

3
00:00:16,000 --> 00:00:17,000
Interviewer: Mhm.

4
00:00:18,000 --> 00:00:30,000
Candidate: I read the log of 4 weeks and saw that the disk was full. [laughs]

5
00:00:30,000 --> 00:00:36,500
As a result, lost orders fell from 10% to none.
"""


def words(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


# ---- subtitles


def test_only_the_candidate_is_kept() -> None:
    """Numbers, times, tags, labels, noises and the interviewer are blanked at the same length; the question is found."""
    told = read_subtitles(SRT, "srt")
    assert len(told.text) == len(SRT)
    assert words(told.text) == (
        "Our shop lost one order in ten on Fridays, and I had to find out why before Christmas . I read the log of 4 weeks and saw that the "
        "disk was full. As a result, lost orders fell from 10% to none."
    )
    assert all(a in (b, " ") for a, b in zip(told.text, SRT, strict=True))
    assert told.question == "Tell me about a time you fixed something."
    assert told.speakers == 2


def test_times_are_those_of_the_candidate() -> None:
    """Time in which others speak is taken out; silences of the candidate stay."""
    told = read_subtitles(SRT, "srt")
    clock = Clock(told.timings)
    assert clock.begin(SRT.index("Our shop")) == 0.0
    assert clock.begin(SRT.index("I read")) == pytest.approx(5 + 10 + 1 - 5 + 0, abs=0.01)
    assert clock.finish(SRT.index("none.") + 5) == pytest.approx(36.5 - 5 - 2, abs=0.01)


def test_vtt_with_voices_notes_and_rolling_lines() -> None:
    """WebVTT: voice tags are speakers, notes and names of cues are not said, a line repeated by the next cue is said once."""
    vtt = (
        "WEBVTT\n\nNOTE about nothing\n\nintro\n00:01.000 --> 00:03.000\n<v Anna>What did you fix last year?\n\n"
        "00:03.000 --> 00:06.000 align:start\n<v Ben>Our shop lost one order in ten on every Friday, and I\n\n"
        "00:06.000 --> 00:09.000\nand I had to find out why.\nI read <00:07.000><c>the log</c>.\n\n00:09.000 --> 00:10.000\nI read <00:07.000><c>the log</c>.\n"
        "\nNOTE done\n"
    )
    told = read_subtitles(vtt, "vtt")
    assert len(told.text) == len(vtt)
    assert words(told.text).startswith("Our shop lost one order in ten on every Friday, and I and I had to find out why. I read the log")
    assert words(told.text).count("log") == 1
    assert "NOTE" not in told.text
    assert told.question == "What did you fix last year?"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\r\n".join(SRT.split("\n")), "disk was full."),
        (SRT.replace("00:00:18,000 --> 00:00:30,000", "00:00:10,000 --> 00:00:30,000"), "disk was full."),
        (SRT.replace("00:00:18,000 --> 00:00:30,000", "00:00:18,000 -->"), "disk was full."),
        (SRT.replace("00:00:30,000 --> 00:00:36,500", "00:00:36,500 --> 00:00:30,000"), "fell from 10%"),
        (SRT.replace("\n\n", "\n"), "disk was full."),
        (SRT.replace("5\n00:00:30", "00:00:30"), "fell from 10%"),
    ],
    ids=["CRLF", "overlapping", "missing time", "backwards", "no empty lines", "no number"],
)
def test_malformed_cues_lose_no_words(text: str, kept: str) -> None:
    """Whatever is wrong with numbers and times, the words are read, and times that make no sense are left out."""
    told = read_subtitles(text, "srt")
    assert kept in words(told.text)
    assert "-->" not in told.text
    clock = Clock(told.timings)
    assert all(a.begin <= b.begin for a, b in pairwise(clock.timings))


@pytest.mark.parametrize(
    ("text", "form"),
    [("", "srt"), ("Just text.", "srt"), ("WEBVTT\n", "vtt"), ("1\n00:00:01,000 --> 00:00:02,000\n\n", "srt"), ("{}", "whisper"), ("[", "whisper"),
     ('{"segments": [1]}', "whisper"), ('{"segments": [{"start": 0}]}', "whisper"), ("[" * 100_000, "whisper"), ("x", "docx")],
)  # fmt: skip
def test_what_is_no_transcript(text: str, form: str) -> None:
    """An error says so; nothing is made up."""
    with pytest.raises(InputError):
        read_transcript(text, form)


PIECES = st.lists(
    st.sampled_from(
        ["1\n", "00:00:01,000 --> 00:00:02,000\n", "00:00:03,000 --> 00:00:02,000\r\n", "I did it. ", "Interviewer: ", "Candidate: ", "Q: ", "<i>a</i>",
         "<v Ann>", "\n", "\n\n", "12\n", "-->", "👩‍🚀 ", "{\\an8}", "[music]", "WEBVTT\n\n", "NOTE x\n", "00:01.000 --> 00:02.500\n", ": ", "<", "um um "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES, st.sampled_from(["srt", "vtt", "text"]))
def test_offsets_are_those_of_the_file(text: str, form: str) -> None:
    """What is kept stands where it stood; everything else is blank."""
    try:
        told = read_transcript(text, form)
    except InputError:
        return
    assert len(told.text) == len(text)
    assert all(a in (b, " ") for a, b in zip(told.text, text, strict=True))
    assert all(0 <= t.start < t.end <= len(text) for t in told.timings)


# ---- labelled text


@pytest.mark.parametrize(
    ("text", "question", "kept"),
    [
        ("Interviewer: Why?\nMe: Because the old log was full and nobody in the shop had ever looked.\n", "Why?", "Because the old log"),
        ("Q: Why?\nA: Because the old log was full and nobody in the shop had ever looked.\n", "Why?", "Because the old log"),
        ("**Interviewer:** Why?\n\n**Candidate:** Because the old log was full and nobody had ever looked at it.", "Why?", "Because the old log"),
        ("Speaker 1: Why is that?\nSpeaker 2: Because the old log was full and nobody in the shop had ever looked.", "Why is that?", "Because the"),
        ("[00:01] HR: Why?\n[00:05] Dana: Because the old log was full and nobody in the shop had looked.\n[00:09] HR: Ok.\n[00:11] Dana: Yes.",
         "Why?", "Because the old log"),
    ],
)  # fmt: skip
def test_labels_of_speakers(text: str, question: str, kept: str) -> None:
    """However the speakers are called, the candidate is the one who tells."""
    assert is_labelled(text)
    told = read_labelled(text)
    assert told.question == question
    assert words(told.text).startswith(kept)
    assert "Why" not in told.text


@pytest.mark.parametrize(
    "text",
    [
        "S: Our shop lost orders.\nT: I had to find out why.\nA: I read the log.\nR: It fell to none.",
        "Situation: Our shop lost orders.\nAction: I read the log.\nResult: It fell.",
        "My boss said: stop. I asked her: why?",
        "Note: this is it.\nNote: that too.",
    ],
)
def test_other_labels_are_no_speakers(text: str) -> None:
    """Labels of parts, and colons in sentences, take nothing away."""
    assert not is_labelled(text)


def test_the_question_is_the_one_before_the_first_answer() -> None:
    """Small talk before it and questions after it are not it."""
    told = read_labelled(
        "Interviewer: Can you hear me?\nCandidate: Yes.\nInterviewer: Tell me about a failure.\n"
        "Candidate: Our shop lost one order in ten on Fridays and I had to find out why.\nInterviewer: And then?\nCandidate: I read the log.\n"
    )
    assert told.question == "Tell me about a failure."
    assert words(told.text).endswith("I read the log.")


# ---- Whisper


def whisper(**more: object) -> str:
    """JSON as Whisper writes it."""
    said = ["Our shop lost one order in ten on Fridays.", "I read the log and moved the old files.", "Lost orders fell from ten to none."]
    segments = [{"id": i, "start": 4.0 * i, "end": 4.0 * i + 3.5, "text": f" {text}", **more} for i, text in enumerate(said)]
    return json.dumps({"text": " ".join(said), "segments": segments, "language": "en"})


def test_whisper_segments_and_words() -> None:
    """Times of words are used where there are any, else those of segments; milliseconds of whisper.cpp too."""
    told = read_whisper(whisper())
    assert told.text.startswith("Our shop lost one order in ten on Fridays. I read")
    assert [(t.begin, t.finish) for t in told.timings] == [(0, 3.5), (4, 7.5), (8, 11.5)]
    timed = json.dumps({"segments": [{"text": "I did it", "words": [{"word": " I", "start": 0, "end": 0.2}, {"word": " did", "start": 0.3, "end": 0.6},
                                                                   {"word": " it", "start": None, "end": 1}, 7]}]})  # fmt: skip
    assert [(told.start, told.end) for told in read_whisper(timed).timings] == [(0, 1), (2, 5)]
    cpp = json.dumps({"transcription": [{"text": " I did it.", "offsets": {"from": 0, "to": 1500}}]})
    assert read_whisper(cpp).timings == (Timing(0, 9, 0.0, 1.5),)


def test_whisper_with_speakers() -> None:
    """Speakers of a diarised transcript are told apart."""
    data = {
        "segments": [
            {"text": "Tell me about a failure.", "start": 0, "end": 2, "speaker": "SPEAKER_00"},
            {"text": "Our shop lost one order in ten on Fridays and I had to find out why.", "start": 3, "end": 9, "speaker": "SPEAKER_01"},
            {"text": "I read the log.", "start": 9, "end": 11, "speaker": "SPEAKER_01"},
        ]
    }
    told = read_whisper(json.dumps(data))
    assert told.question == "Tell me about a failure."
    assert words(told.text).startswith("Our shop")
    assert Clock(told.timings).begin(told.text.index("Our")) == 0.0


# ---- times in the report


def test_times_are_measured(analyzer: Analyzer) -> None:
    """Seconds, words a minute, pace and pauses come from the transcript, and the report says that they are measured."""
    report = analyzer.analyze_transcript(SRT.replace("00:00:30,000 --> 00:00:36,500", "00:00:33,000 --> 00:00:39,500"), "srt")
    assert report.structure.measured
    assert report.structure.seconds == pytest.approx(39.5 - 5 - 2, abs=0.2)
    assert report.structure.words_per_minute == pytest.approx(60 * report.structure.words / report.structure.seconds, abs=0.5)
    assert report.delivery.seconds_before_action == pytest.approx(11, abs=0.3)
    assert [p.seconds for p in report.delivery.pauses] == [3.0]
    assert report.question == "Tell me about a time you fixed something."
    typed = analyzer.analyze("Our shop lost orders. I read the log. Orders came back.")
    assert (typed.structure.measured, typed.structure.words_per_minute, typed.delivery.pauses, typed.delivery.pace) == (
        False,
        150.0,
        (),
        (),
    )


def test_too_few_times_measure_nothing(analyzer: Analyzer) -> None:
    """Where most words have no time, times are assumed."""
    report = analyzer.analyze(
        "Our shop lost orders. I read the log. Orders came back. I learned to look.", timings=[Timing(0, 21, 0.0, 60.0)]
    )
    assert not report.structure.measured
    assert report.structure.seconds < 20


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_a_clock_knows_which_words_have_times(timed: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    """Some characters have a time if any known stretch shares one with them, also where stretches overlap."""
    clock = Clock([Timing(start, end, float(k), k + 1.0) for k, (start, end) in enumerate(sorted(timed))])
    assert clock.covers(*asked) is any(t.start < asked[1] and asked[0] < t.end for t in clock.timings)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20), st.floats(0, 100), st.floats(0, 20)), max_size=12))
def test_a_clock_never_runs_backwards(raw: list[tuple[int, int, float, float]]) -> None:
    """From whatever times, words get times that do not go back."""
    timings = usable([Timing(start, start + length, begin, begin + took) for start, length, begin, took in raw])
    if not timings:
        return
    clock = Clock(timings)
    begins = [clock.begin(t.start) for t in timings]
    assert begins == sorted(begins)
    assert all(clock.begin(t.start) <= clock.finish(t.end) + 1e-9 for t in timings)


# ---- repairs


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I I went to the the shop", "I went to the shop"),
        ("we were we were late", "we were late"),
        ("i was asked i was asked to stay", "i was asked to stay"),
        ("the ser- the server was um the um the disk", "the server was the disk"),
        ("we we we did it", "we did it"),
        ("I was, I was tired", "I was tired"),
        ("they th- they came", "they came"),
    ],
)
def test_what_was_taken_back_is_blanked(said: str, meant: str) -> None:
    """Of words said twice the last stands; what was broken off is gone; no character moves."""
    bare = without_repairs(said)
    assert len(bare) == len(said)
    assert words(re.sub(r"\bum\b", "", bare)) == meant


@pytest.mark.parametrize(
    "text",
    ["a very very old server that that had had", "pre- and post-launch", "logged in in the morning", "what it is is a test", "no, no, no", "state-of-the-art",
     "1 1 2 2", "We asked her. Her answer came.", "the team. The team left", "a non- linear model"],
)  # fmt: skip
def test_what_was_meant_twice_stays(text: str) -> None:
    """Words may stand twice on purpose."""
    assert repairs(text) == ()


@given(st.text(st.sampled_from("ai I,-\n um the"), max_size=60))
def test_repairs_are_in_order_and_of_the_text(text: str) -> None:
    """Spans stand in order, do not overlap, and never take the whole text."""
    found = repairs(text)
    assert all(0 <= a < b <= len(text) for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert [c for c in without_repairs(text) if c == "\n"] == [c for c in text if c == "\n"]


def test_repairs_do_not_change_the_reading(analyzer: Analyzer) -> None:
    """With restarts and sounds put in, the sentences keep their parts, and the repairs are counted."""
    clean = analyzer.analyze(
        "Our shop lost orders. I had to find out why. I read the log of four weeks. As a result, it fell to none. I learned to look."
    )
    messy = analyzer.analyze(
        "Our our shop lost um orders. I had to I had to find out why. I I read the lo- the log of four weeks. As a result, it uh it fell to none. "
        "I learned I learned to look."
    )
    assert [s.part for s in messy.sentences] == [s.part for s in clean.sentences]
    assert len(messy.delivery.repairs) == 6
    assert clean.delivery.repairs == ()


def with_sounds_and_restarts(text: str, seed: int) -> tuple[str, list[int]]:
    """The text as somebody says it who searches for words; and where each of its characters is then."""
    chance = random.Random(seed)
    out: list[str] = []
    moved: list[int] = []
    length = 0
    for piece in re.findall(r"\S+|\s+", text):
        before = ""
        draw = 1.0 if piece.isspace() else chance.random()
        if draw < 0.04:
            before = chance.choice(["um ", "uh ", "you know "])
        elif draw < 0.07 and piece.isalpha():
            before = f"{piece} "
        elif draw < 0.085 and piece.isalpha() and len(piece) > 4:
            before = f"{piece[:3]}- "
        out += [before, piece]
        length += len(before)
        moved += range(length, length + len(piece))
        length += len(piece)
    return "".join(out), [*moved, length]


def test_sounds_and_restarts_hardly_change_the_parts(analyzer: Analyzer) -> None:
    """Over the examples, 19 of 20 sentences keep their part when um, repeated and broken-off words are put in."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.md"))]
    same = total = 0
    for seed in range(3):
        messy = [with_sounds_and_restarts(text, seed) for text in texts]
        for clean, noisy, (_, moved) in zip(analyzer.analyze_many(texts), analyzer.analyze_many([m[0] for m in messy]), messy, strict=True):
            for s in clean.sentences:
                middle = (moved[s.start] + moved[s.end - 1]) // 2
                found = next((n.part for n in noisy.sentences if n.start <= middle < n.end), None)
                same += found is s.part
                total += 1
    assert total > 100
    assert same >= 0.95 * total


# ---- files


def test_files_of_transcripts(run: Run) -> None:
    """`analyze` and `check` read transcripts by their names; places are lines of the file."""
    Path("talk.srt").write_text(SRT, encoding="utf-8-sig")
    Path("talk.json").write_text(whisper(), encoding="utf-8")
    report = json.loads(run("analyze", "talk.srt", "--format", "json").stdout)
    assert report["structure"]["measured"]
    assert report["question"].startswith("Tell me")
    assert json.loads(run("analyze", "talk.json", "--format", "json").stdout)["structure"]["measured"]
    for f in json.loads(run("check", "talk.srt", "--format", "json").stdout)["answers"][0]["findings"]:
        if f["finding"]["quote"]:
            assert SRT[f["place"]["offset"] :].startswith(f["finding"]["quote"].split()[0])
    assert "talk.srt" in run("check", ".").stdout
    assert "talk.json" not in run("check", ".").stdout
    Path("bad.srt").write_text("no times", encoding="utf-8")
    done = run("check", "bad.srt")
    assert (done.exit_code, "bad.srt: error: holds no cue with times" in done.stdout) == (2, True)


def test_a_written_answer_stays_one(tmp_path: Path) -> None:
    """A text without speakers is no transcript."""
    (story,) = read_document(tmp_path / "x.md", "Situation: we lost orders.\n\nAction: I read the log.\n").stories
    assert "Situation" in story.text
