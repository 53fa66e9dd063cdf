"""What a report says about answers of different shapes, and what it promises about itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError

import star_analyzer
from star_analyzer import Analyzer, InputError, Part, Report, SettingsError
from star_analyzer.nlp.pipeline import BATCH_SIZE

Analyze = Callable[[str], Report]
Fresh = Callable[..., str]

SITUATION = "At my last company the nightly import took six hours and the shops opened without prices."
TASK = "My task was to get it under an hour before the season started."
ACTION = "First I profiled the import, then I split the file into pieces and loaded them in parallel."
RESULT = "As a result, the import dropped from six hours to forty minutes."
REFLECTION = "I learned that I should always measure before I change anything."

STORY = " ".join([SITUATION, TASK, ACTION, RESULT, REFLECTION])
OTHER_STORY = (
    "In my first year as a nurse our ward was losing patient letters every week. I was asked to find out why. "
    "I followed twenty letters through the building and I wrote down where each one stopped. "
    "In the end, lost letters went from thirty a month to two."
)
SPOKEN = (
    "so at my last company the nightly import was taking six hours and the shops were opening without prices and my task was to get it "
    "under an hour so first i profiled the import and then i split the file into pieces and i loaded them in parallel and i wrote a check "
    "that compared the totals and as a result the import dropped from six hours to forty minutes and the shops have their prices on time"
)


def parts(report: Report) -> list[Part]:
    """Parts of all sentences in text order."""
    return [s.part for s in report.sentences]


def part_of(report: Report, words: str) -> Part:
    """Part of the one sentence that holds the words."""
    at = report.text.index(words)
    (found,) = [s for s in report.sentences if s.start <= at < s.end]
    return found.part


def test_plain_story_has_its_parts_in_order(analyze: Analyze) -> None:
    """A plain story gets one part for each of its five sentences, in the order told."""
    report = analyze(STORY)
    assert report.reliable
    assert parts(report) == [Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT, Part.REFLECTION]
    assert report.structure.order == tuple(parts(report))
    assert report.structure.missing == ()


def test_sentences_are_numbered_from_one(analyze: Analyze) -> None:
    """Sentences are numbered from 1 without gaps."""
    report = analyze(STORY)
    assert [s.number for s in report.sentences] == [1, 2, 3, 4, 5]


def test_story_without_task(analyze: Analyze) -> None:
    """A story told without a Task misses only the Task among the core parts, and a finding says so."""
    report = analyze(f"{SITUATION} {ACTION} {RESULT}")
    assert parts(report) == [Part.SITUATION, Part.ACTION, Part.RESULT]
    assert Part.TASK in report.structure.missing
    assert "ST102" in {f.code for f in report.findings}


def test_two_episodes(analyze: Analyze) -> None:
    """Two stories in one answer keep their own parts: the second does not have to start with what follows a Result."""
    report = analyze(
        f"{SITUATION} {ACTION} {RESULT} At another company our checkout was failing every Friday night. "
        "I traced the failures to a shared cache and I gave every job its own. In the end, failures dropped from ten a week to one."
    )
    assert part_of(report, "the nightly import took") is Part.SITUATION
    assert part_of(report, "First I profiled") is Part.ACTION
    assert part_of(report, "dropped from six hours") is Part.RESULT
    assert part_of(report, "our checkout was failing") is Part.SITUATION
    assert part_of(report, "I traced the failures") is Part.ACTION
    assert part_of(report, "dropped from ten") is Part.RESULT


def test_lesson_in_the_middle(analyze: Analyze) -> None:
    """A lesson told in the middle is a Reflection, and the story goes on after it."""
    report = analyze(
        f"{SITUATION} {TASK} {ACTION} I learned that I should always measure before I change anything. "
        "Then I wrote a check that compares the totals and I trained the operators on it. As a result, the import dropped to forty minutes."
    )
    assert part_of(report, "I learned that") is Part.REFLECTION
    assert part_of(report, "Then I wrote") is Part.ACTION
    assert part_of(report, "As a result") is Part.RESULT


def test_result_told_first(analyze: Analyze) -> None:
    """An answer told result-first keeps its parts: the order is a weak prior."""
    report = analyze(
        "As a result of my work, the nightly import dropped from six hours to forty minutes. "
        "Before that, the shops were opening without prices every morning. "
        "My task was to get the import under an hour. "
        "First I profiled it, then I split the file into pieces and I loaded them in parallel."
    )
    assert part_of(report, "My task was") is Part.TASK
    assert part_of(report, "First I profiled") is Part.ACTION
    assert part_of(report, "As a result") is Part.RESULT


def test_summary_first_is_situation_when_a_result_follows(analyze: Analyze) -> None:
    """A summary of the whole story placed first is Situation when the story has a Result of its own."""
    report = analyze(f"I once saved the launch of a shop by moving the data by hand. {SITUATION} {TASK} {ACTION} {RESULT}")
    assert part_of(report, "I once saved") is Part.SITUATION
    assert part_of(report, "As a result") is Part.RESULT


LABELLED = {
    "colon": ("Situation: {}\nTask: {}\nAction: {}\nResult: {}", ["Situation:", "Task:", "Action:", "Result:"]),
    "bold": ("**Situation**\n{}\n\n**Task**\n{}\n\n**Action**\n{}\n\n**Result**\n{}", ["**"]),
    "heading": ("## Situation\n{}\n\n## Task\n{}\n\n## Action\n{}\n\n## Result\n{}", ["##"]),
    "letter": ("S: {}\nT: {}\nA: {}\nR: {}", ["S:", "T:", "A:", "R:"]),
}


@pytest.mark.parametrize("style", LABELLED)
def test_section_labels_are_evidence_and_not_content(analyze: Analyze, style: str) -> None:
    """A section label stands in no sentence, is kept as the section of those below it, and leaves the parts right."""
    form, labels = LABELLED[style]
    contents = [SITUATION, TASK, ACTION, RESULT]
    report = analyze(form.format(*contents))
    quotes = [report.quote(s) or "" for s in report.sentences]
    assert quotes == contents
    assert not any(label in quote for label in labels for quote in quotes)
    expected = [Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT]
    assert [s.section for s in report.sentences] == expected
    assert parts(report) == expected
    assert report.structure.words == sum(len(c.split()) for c in contents)


def test_label_does_not_overrule_what_is_said(analyze: Analyze) -> None:
    """What stands below a label is judged by what it says: the section is reported, the part may differ."""
    report = analyze(f"Situation: {SITUATION}\nAction: {ACTION} {REFLECTION}")
    lesson = report.sentences[-1]
    assert lesson.section is Part.ACTION
    assert lesson.part is Part.REFLECTION


def test_single_sentence(analyze: Analyze) -> None:
    """One sentence makes a valid report with one sentence that spans it."""
    report = analyze("I fixed the build.")
    (sentence,) = report.sentences
    assert (sentence.number, sentence.start, sentence.end, sentence.words) == (1, 0, 18, 4)
    assert "IN101" in {f.code for f in report.findings}


def test_question_is_carried(analyzer: Analyzer) -> None:
    """The question is carried into the report; it changes what is said of the story and nothing of the answer itself."""
    question = "Tell me about a time you made something faster."
    report = analyzer.analyze(STORY, question=question)
    assert report.question == question
    plain = analyzer.analyze(STORY)
    assert plain.question is None
    assert report.story.asked
    assert not plain.story.asked
    for section in ("sentences", "structure", "ownership", "outcomes", "constraints", "decisions", "language", "delivery"):
        assert getattr(report, section) == getattr(plain, section)


def test_question_must_be_text(analyzer: Analyzer) -> None:
    """A question that is no str is refused."""
    with pytest.raises(InputError, match="question"):
        analyzer.analyze(STORY, question=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("before", ["", "\n\n  \t", "😀 "])
@pytest.mark.parametrize("text", [STORY, OTHER_STORY, SPOKEN, LABELLED["bold"][0].format(SITUATION, TASK, ACTION, RESULT)])
def test_offsets_slice_to_the_sentence(analyze: Analyze, text: str, before: str) -> None:
    """Offsets count characters, do not overlap, have no space at the edges, and cover every word of a story."""
    report = analyze(before + text)
    assert report.text == before + text
    end = 0
    for sentence in report.sentences:
        assert end <= sentence.start < sentence.end <= len(report.text)
        piece = report.text[sentence.start : sentence.end]
        assert piece == piece.strip() == report.quote(sentence)
        assert sentence.words == sum(any(c.isalnum() for c in w) for w in piece.split())
        for cue in sentence.cues:
            assert (cue.start is None) == (cue.end is None)
            if cue.start is not None and cue.end is not None:
                assert 0 <= cue.start < cue.end <= len(report.text)
        end = sentence.end
    if text is STORY:
        assert [report.quote(s) for s in report.sentences if s.number > 1] == [TASK, ACTION, RESULT, REFLECTION]
        assert (report.quote(report.sentences[0]) or "").endswith(SITUATION)


@pytest.mark.parametrize("text", [STORY, OTHER_STORY, SPOKEN, "I fixed the build."])
def test_shares_add_up(analyze: Analyze, text: str) -> None:
    """Words of the parts add up to all words, shares to 1, and balances to their parts."""
    built = analyze(text).structure
    shares = {part: getattr(built.shares, part.value) for part in Part}
    assert sum(s.words for s in shares.values()) == built.words
    assert sum(s.share for s in shares.values()) == pytest.approx(1, abs=0.004)
    for balance in (built.setup, built.action, built.outcome):
        assert balance.share == pytest.approx(sum(shares[p].share for p in balance.parts), abs=0.002)
        assert balance.verdict == ("under" if balance.share < balance.low else "over" if balance.share > balance.high else "within")


def test_confidences_and_margins(analyze: Analyze) -> None:
    """Confidence is a probability, the runner-up differs from the part, the margin stays in its range."""
    for sentence in analyze(STORY).sentences:
        assert 0 < sentence.confidence <= 1
        assert sentence.runner_up is not sentence.part
        assert -1 <= sentence.margin <= sentence.confidence + 0.001
        assert len(sentence.cues) <= 6


def test_same_input_same_bytes(analyzer: Analyzer) -> None:
    """One analyzer gives the same bytes for the same text, whatever it read in between, and so does a new one."""
    first = analyzer.analyze(STORY).model_dump_json()
    analyzer.analyze(OTHER_STORY)
    assert analyzer.analyze(STORY).model_dump_json() == first
    assert Analyzer().analyze(STORY).model_dump_json() == first


def test_same_bytes_across_processes(fresh: Fresh) -> None:
    """Two new processes with different hash seeds give the same bytes."""
    code = "import sys, star_analyzer\nprint(*(star_analyzer.analyze(t).model_dump_json() for t in sys.argv[1:]), sep='\\n')"
    one, two = (fresh(code, STORY, SPOKEN, env={"PYTHONHASHSEED": seed}) for seed in ("1", "4242"))
    assert json.loads(one.splitlines()[0])["text"] == STORY
    assert one == two


def test_module_function_equals_analyzer(analyzer: Analyzer) -> None:
    """The function `analyze` gives what an `Analyzer` with default settings gives."""
    assert star_analyzer.analyze(STORY, question="Why?") == analyzer.analyze(STORY, question="Why?")


def test_analyze_many_equals_analyze(analyzer: Analyzer) -> None:
    """Batches give the same bytes in the same order as one by one, for more texts than fit one batch."""
    pool = [STORY, "I fixed the build.", OTHER_STORY, "Sí.", SPOKEN]
    texts = [f"{pool[i % len(pool)]} {i}" for i in range(BATCH_SIZE + 3)]
    many = [r.model_dump_json() for r in analyzer.analyze_many(texts)]
    assert many == [analyzer.analyze(t).model_dump_json() for t in texts]


def test_analyze_many_of_nothing(analyzer: Analyzer) -> None:
    """No texts give no reports."""
    assert list(analyzer.analyze_many([])) == []


@pytest.mark.parametrize("place", [0, 2, BATCH_SIZE, BATCH_SIZE + 1])
def test_analyze_many_gives_the_reports_before_an_error(analyzer: Analyzer, place: int) -> None:
    """An InputError comes when its text is reached, after the reports of all texts before it."""
    texts = [f"I fixed build number {i}." for i in range(BATCH_SIZE + 4)]
    texts[place] = "..."
    reports = analyzer.analyze_many(texts)
    assert [next(reports).text for _ in range(place)] == texts[:place]
    with pytest.raises(InputError):
        next(reports)


def test_analyze_many_is_lazy(analyzer: Analyzer) -> None:
    """Texts are drawn as reports are asked for: an endless source works."""

    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield "I fixed the build."

    reports = analyzer.analyze_many(endless())
    assert next(reports).text == "I fixed the build."


def test_speaking_rate(analyzer: Analyzer) -> None:
    """The speaking rate changes times in proportion and nothing else."""
    slow = Analyzer(speaking_rate=75)
    report, usual = slow.analyze(STORY), analyzer.analyze(STORY)
    assert usual.structure.words_per_minute == 150
    assert report.structure.words_per_minute == 75
    assert report.structure.seconds == pytest.approx(report.structure.words * 60 / 75, abs=0.05)
    assert usual.structure.seconds == pytest.approx(usual.structure.words * 60 / 150, abs=0.05)
    assert [s.part for s in report.sentences] == [s.part for s in usual.sentences]
    for sentence in report.sentences:
        assert sentence.seconds == pytest.approx(sentence.words * 60 / 75, abs=0.05)


@pytest.mark.parametrize("rate", [60, 300, 150.5])
def test_speaking_rates_at_the_limits_are_taken(rate: float) -> None:
    """The limits themselves are allowed."""
    assert Analyzer(speaking_rate=rate).settings.speaking_rate == rate


@pytest.mark.parametrize("rate", [0, -1, 59.9, 300.1, float("nan"), float("inf"), float("-inf")])
def test_speaking_rate_out_of_range(rate: float) -> None:
    """A rate nobody speaks at is refused at once, with the range in the message."""
    with pytest.raises(SettingsError, match="60 to 300"):
        Analyzer(speaking_rate=rate)


@pytest.mark.parametrize("rate", ["150", None])
def test_speaking_rate_of_a_wrong_type(rate: object) -> None:
    """A rate that is no number is refused with a SettingsError, not with a bare TypeError."""
    with pytest.raises(SettingsError):
        Analyzer(speaking_rate=rate)  # type: ignore[arg-type]


def test_models_are_frozen(analyze: Analyze) -> None:
    """Nothing in a report can be set anew."""
    report = analyze(STORY)
    for model, field in [
        (report, "text"),
        (report.sentences[0], "part"),
        (report.structure, "words"),
        (report.structure.shares, "action"),
        (report.structure.setup, "share"),
        (report.provenance, "package"),
        *((f, "message") for f in report.findings[:1]),
        *((c, "weight") for c in report.sentences[0].cues[:1]),
    ]:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(model, field, getattr(model, field))


@pytest.mark.parametrize("text", [STORY, SPOKEN, "I fixed the build.", "Ich habe das Team geleitet und wir haben die Daten umgestellt. 😀"])
def test_json_round_trip(analyzer: Analyzer, text: str) -> None:
    """A report read back from its JSON is equal, and gives the same JSON."""
    report = analyzer.analyze(text, question="What did you do?")
    dumped = report.model_dump_json()
    again = Report.model_validate_json(dumped)
    assert again == report
    assert again.model_dump_json() == dumped


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_questions_and_times_as_texts(analyzer: Analyzer, count: int) -> None:
    """Too few or too many of them are an error; no text is left out in silence."""
    texts = ["I fixed the build.", "I mended the door."]
    for more in ({"questions": [None] * count}, {"timings": [()] * count}):
        with pytest.raises(ValueError, match=r"zip\(\)"):
            list(analyzer.analyze_many(texts, **more))


def test_json_of_another_schema_version_is_refused(analyze: Analyze) -> None:
    """JSON of another schema version or with unknown fields is not taken for a report."""
    data = analyze("I fixed the build.").model_dump(mode="json")
    assert data["schema_version"] == "1.2"
    for change in ({"schema_version": "2.0"}, {"surprise": 1}):
        with pytest.raises(ValidationError):
            Report.model_validate_json(json.dumps({**data, **change}))


def test_provenance(analyze: Analyze) -> None:
    """The report says what made it."""
    provenance = analyze(STORY).provenance
    assert provenance.package == star_analyzer.__version__
    assert all([provenance.lexicons, provenance.pipeline, provenance.spacy])


def test_lower_case_speech_keeps_the_story(analyze: Analyze) -> None:
    """A story as raw speech-to-text gives several sentences and keeps Situation, Action and Result."""
    report = analyze(SPOKEN)
    assert report.reliable
    assert len(report.sentences) >= 3
    assert {Part.SITUATION, Part.ACTION, Part.RESULT} <= set(parts(report))


def test_lower_case_punctuated_story(analyze: Analyze) -> None:
    """A story written without capitals is cut at its full stops and keeps Situation, Action and Result."""
    report = analyze(STORY.lower())
    assert len(report.sentences) == 5
    assert {Part.SITUATION, Part.ACTION, Part.RESULT} <= set(parts(report))
