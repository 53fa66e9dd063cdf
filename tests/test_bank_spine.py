"""Spines, plan and history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from banks import stories
from hypothesis import given, settings
from hypothesis import strategies as st

from star_analyzer import Analyzer, BankReport, BankStory, InputError, append_history, read_history, review_bank
from star_analyzer.bank.history import is_new, point, trend
from star_analyzer.bank.plan import MOST_EXERCISES
from star_analyzer.bank.spine import line_of, spine
from star_analyzer.report import Part

GERMAN = "Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt, damit alles schneller läuft."
LONG = (
    "Our shop had two tills, and both of them counted Sunday twice. My task was to find out why before the end of the year. "
    "So first, I read the logs of both tills for two days and two nights with a pencil in my hand, because nobody had ever looked at them, and "
    "I found that one of the clocks was an hour behind. Then I set both clocks by one server. "
    "As a result, wrong counts fell, after a week in which nobody had believed that such a small thing could ever have been the cause, from "
    "12% to 1%. I learned to ask what time a machine thinks it is."
)


# ---- spines


def test_a_spine_is_the_story_in_its_own_words(analyzer: Analyzer) -> None:
    """All parts in their order, a line each, whole sentences where they are short, cut where a clause ends where they are not."""
    report = analyzer.analyze(LONG)
    lines = [(b.part, report.text[b.start : b.end]) for b in spine(report, 1)]
    assert [part for part, _ in lines] == sorted((p for p, _ in lines), key=list(Part).index)
    told = [text for _, text in lines]
    assert "I read the logs of both tills for two days and two nights with a pencil in my hand" in told
    assert "I set both clocks by one server" in told
    assert "I learned to ask what time a machine thinks it is" in told
    assert all(len(text.split()) <= 22 for text in told if "12%" not in text)
    assert any("12% to 1%" in text for text in told), "the number is why the sentence is there"


def test_a_spine_is_short(analyzer: Analyzer) -> None:
    """Eight lines at most, whatever the story; each a piece of a sentence."""
    for story in (*stories("examples"), *stories("other")):
        report = analyzer.analyze(story.text)
        found = spine(report, 3)
        assert 3 <= len(found) <= 8
        for bullet in found:
            sentence = report.sentences[bullet.sentence - 1]
            assert sentence.start <= bullet.start < bullet.end <= sentence.end
            assert bullet.part is sentence.part
            assert bullet.story == 3


def test_no_spine_of_what_cannot_be_read(analyzer: Analyzer) -> None:
    """Nothing can be said about it."""
    assert spine(analyzer.analyze(GERMAN), 1) == ()


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["I read 12 logs", ",", "because", "of it", ".", "so", " ", "um", "and then", "fell to 3%", "—", "\n", "(", "Ben"]),
        min_size=1,
        max_size=60,
    )
)
def test_lines_stay_inside_their_sentences(analyzer: Analyzer, pieces: list[str]) -> None:
    """Whatever is said."""
    text = " ".join(["I", *pieces])
    report = analyzer.analyze(text)
    for bullet in spine(report, 1):
        sentence = report.sentences[bullet.sentence - 1]
        assert sentence.start <= bullet.start < bullet.end <= sentence.end
        assert text[bullet.start : bullet.end].strip() == text[bullet.start : bullet.end]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Instead of a larger model I took two rules.", "Instead of a larger model I took two rules"),
        ("So far nobody had looked at the logs.", "So far nobody had looked at the logs"),
        ("First of all, I read the logs.", "I read the logs"),
        ("So then I read the logs.", "I read the logs"),
        ("But for the alert I built we would have lost it.", "But for the alert I built we would have lost it"),
        ("As a result of my change, errors fell to 3%.", "As a result of my change, errors fell to 3%"),
        (
            "I would have kept the model which the team had trained for two years, if the labels that we had bought had not been wrong.",
            "I would have kept the model which the team had trained for two years, if the labels that we had bought had not been wrong",
        ),
        (
            "I trained the model (a small one, with 12 features that I had picked by hand, because nobody knew more than that) in a week.",
            None,
        ),
    ],
)
def test_cuts_keep_the_sense(analyzer: Analyzer, sentence: str, line: str | None) -> None:
    """What leads over goes, what says something stays; no bracket is left open and no condition is lost."""
    report = analyzer.analyze(f"Our shop had two tills, and errors were at 12%. {sentence} I learned to look.")
    start, end = line_of(report, report.sentences[1])
    assert report.text[start:end] == (line or sentence.rstrip("."))


# ---- the plan


def test_an_unreadable_story_comes_first(analyzer: Analyzer) -> None:
    """It is to be told again; it has no other exercise."""
    bank = review_bank([GERMAN, *stories("examples")[:2]], analyzer=analyzer)
    assert [f.code for f in bank.findings if f.severity.value == "error"] == ["BK103"]
    assert (bank.plan[0].kind, bank.plan[0].story) == ("mend", 1)
    assert not any(e.story == 1 for e in bank.plan[1:])
    assert bank.story(1).best_for == ()


def test_what_several_stories_need_is_one_exercise(analyzer: Analyzer) -> None:
    """The same advice stands once, with the titles of the others."""
    bank = review_bank(stories("examples"), analyzer=analyzer)
    added = [e.code for e in bank.plan if e.kind == "add"]
    assert len(added) == len(set(added))
    assert any("The same helps" in e.why for e in bank.plan)


def test_a_long_setup_is_trimmed(analyzer: Analyzer) -> None:
    """How much, and which sentences."""
    setup = (
        "Our company sells bread. It was founded by my uncle. It has forty shops in three towns. The shops are old. Most people there are "
        "nice to each other. There is a bakery behind the largest of them. It has two ovens. One of the ovens is blue. "
    )
    rest = (
        "I read the logs of both tills. I set both clocks by one server. As a result, wrong counts fell from 12% to 1%. I learned to look."
    )
    bank = review_bank([BankStory(setup + rest, title="The till")], analyzer=analyzer)
    (trim,) = [e for e in bank.plan if e.kind == "trim"]
    assert "“There is a bakery behind the largest of them.”" in trim.task
    assert trim.story == 1


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_a_plan_is_an_evening(analyzer: Analyzer, count: int) -> None:
    """Twelve exercises at most; each says what and why; the last one is to tell a story."""
    every = [*stories("rehearsed"), *stories("thin"), *stories("other")][:count]
    bank = review_bank(every, analyzer=analyzer)
    assert 1 <= len(bank.plan) <= MOST_EXERCISES
    assert all(e.minutes == 10 and e.task and e.why for e in bank.plan)
    assert all(e.story is None or 1 <= e.story <= count for e in bank.plan)
    assert bank.plan[-1].kind == "tell"


def test_of_three_twins_one_stays(analyzer: Analyzer) -> None:
    """Two are replaced, none of them is worked on."""
    one = stories("examples")[0]
    bank = review_bank([one, one, one, *stories("examples")[1:4]], analyzer=analyzer)
    assert [s.title for s in bank.stories[:3]] == [one.title, f"{one.title} (2)", f"{one.title} (3)"]
    assert [e.story for e in bank.plan if e.kind == "replace"] == [2, 3]
    assert not any(e.story in (2, 3) for e in bank.plan if e.kind != "replace")


def test_what_a_story_is_meant_for_is_an_exercise(analyzer: Analyzer) -> None:
    """A tag that the telling does not show is nearer than a new story."""
    bank = review_bank([BankStory(stories("examples")[0].text, title="x", tags=("failure",))], analyzer=analyzer)
    assert "BK203" in [e.code for e in bank.plan]
    assert not any(e.kind == "write" and "went wrong" in e.task for e in bank.plan)
    gap = next(f for f in bank.findings if f.code == "BK201" and f.explanation["category"] == "failure")
    assert gap.suggestion.startswith("You mean “x” for it")


def test_a_story_that_is_too_short_is_made_longer(analyzer: Analyzer) -> None:
    """Before it is told aloud."""
    bank = review_bank(
        [
            BankStory(
                "Last spring our two tills counted Sunday twice. I read the logs of both for two days. I set both clocks by one server. As a result, errors fell from 12% to 1%.",
                title="x",
            )
        ],
        analyzer=analyzer,
    )
    assert [e.code for e in bank.plan if e.kind == "add"] == ["DL101"]


def test_nothing_is_said_of_the_tags_of_an_unreadable_story(analyzer: Analyzer) -> None:
    """BK103 says all that there is to say."""
    bank = review_bank([BankStory(GERMAN, tags=("failure",), prompts=("drift",))], analyzer=analyzer)
    assert "BK203" not in [f.code for f in bank.findings]


# ---- history


@pytest.fixture(scope="module")
def bank(analyzer: Analyzer) -> BankReport:
    """A small bank."""
    return review_bank(stories("other")[:2], analyzer=analyzer)


def test_a_history_is_written_and_read(tmp_path: Path, analyzer: Analyzer, bank: BankReport) -> None:
    """A line for each state; what was written is read; the same state again is none."""
    file = tmp_path / "h.jsonl"
    assert read_history(file) == ()
    other = review_bank(stories("other")[:1], analyzer=analyzer)
    assert append_history(file, other, "2026-01-01T10:00:00+00:00")
    assert append_history(file, bank, "2026-01-02T10:00:00+00:00")
    assert not append_history(file, bank, "2026-01-03T10:00:00+00:00")
    assert read_history(file) == (point(other, "2026-01-01T10:00:00+00:00"), point(bank, "2026-01-02T10:00:00+00:00"))
    assert file.read_text(encoding="utf-8").count("\n") == 2


def test_a_line_that_was_cut_off_is_ended_first(tmp_path: Path, analyzer: Analyzer, bank: BankReport) -> None:
    """The next state stands on a line of its own."""
    file = tmp_path / "h.jsonl"
    before = point(review_bank(stories("other")[:1], analyzer=analyzer), "a")
    file.write_text(before.model_dump_json(), encoding="utf-8")
    append_history(file, bank, datetime(2026, 1, 2, tzinfo=UTC))
    assert read_history(file) == (before, point(bank, "2026-01-02T00:00:00+00:00"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1: is no line of a history"),
        ("\n\n3\n", "line 3"),
        ('{"when": 1}', "line 1"),
        ('{"schema_version": "9.0"}', "schema_version"),
    ],
)
def test_a_wrong_history_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """With its line."""
    file = tmp_path / "h.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_history(file)


def test_a_folder_is_no_history(tmp_path: Path, bank: BankReport) -> None:
    """Reading says so, and so does writing where no file can be."""
    with pytest.raises(InputError, match="cannot be read"):
        read_history(tmp_path)
    with pytest.raises(InputError, match="cannot be written"):
        append_history(tmp_path / "none" / "h.jsonl", bank, "2026-01-02")
    with pytest.raises(InputError, match="is no date and time"):
        append_history(tmp_path / "h.jsonl", bank, "tomorrow")


def test_the_same_state_is_no_progress(bank: BankReport) -> None:
    """Only the time differs."""
    now = point(bank, "b")
    assert not is_new([point(bank, "a")], now)
    assert is_new([], now)
    assert is_new([now.model_copy(update={"prompts": now.prompts + 1})], now)


def test_trend(analyzer: Analyzer, bank: BankReport) -> None:
    """Scores by title, the oldest first; a story that was not there has none; this state stands last, once."""
    older = point(review_bank(stories("other")[:1], analyzer=analyzer), "a")
    now = point(bank, "c")
    found = trend([older], now)
    assert found.when == ("a", "c")
    one, two = bank.stories
    assert [s.scores for s in found.stories] == [(one.report.verdict.score,) * 2, (None, two.report.verdict.score)]
    assert trend([older, point(bank, "b")], now).when == ("a", "c")
    with_trend = review_bank(stories("other")[:2], analyzer=analyzer, history=[older], when="c")
    assert with_trend.trend == found
    assert bank.trend is None


def test_a_renamed_story_keeps_its_past(analyzer: Analyzer, bank: BankReport) -> None:
    """By its text; and stories of one title are told apart."""
    story = stories("other")[0]
    older = point(bank, "a")
    renamed = review_bank([BankStory(story.text, title="another"), story], analyzer=analyzer, history=[older], when="b")
    assert renamed.trend is not None
    score = bank.stories[0].report.verdict.score
    assert [s.scores for s in renamed.trend.stories] == [(score, score), (score, score)]
