"""Whatever is given: a valid report or an InputError that says how to mend it; never a crash, never a hang."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from star_analyzer import Analyzer, InputError, Part, Report, StarAnalyzerError
from star_analyzer.answer import MAX_CHARACTERS

Analyze = Callable[[str], Report]

SECONDS = 60
STARTING = 20  # seconds to load the pipeline on a busy machine
STORY = "Our import took six hours. I split the file into pieces. As a result, it dropped to forty minutes."
FOREIGN = {
    "german": "Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt. Danach liefen die "
    "Abfragen schneller, und die Filialen konnten jeden Morgen pünktlich öffnen.",
    "spanish": "El año pasado dirigí un equipo pequeño y juntos cambiamos la base de datos de la empresa. Después las consultas fueron "
    "mucho más rápidas y las tiendas pudieron abrir puntualmente todas las mañanas.",
}
CHINESE = "去年我带领一个小团队迁移了公司的数据库。之前每天晚上的导入需要六个小时。我把文件分成几个部分并行加载。结果导入只需要四十分钟。"
PYTHON = """\
def load(path: str) -> dict[str, int]:
    with open(path) as file:
        rows = [line.split("|") for line in file if not line.startswith("#")]
    return {row[0]: int(row[1]) for row in rows if len(row) == 2}

@app.route("/api/<id>", methods=["GET"])
def get(id): return {"id": id, "x": [y ** 2 for y in range(10)]} == {}
"""
C = """\
static int scan(const char *s, struct node **out) {
    for (int i = 0; s[i] != '\\0'; ++i) { if (s[i] == '{' || s[i] == '[') { stack[++top] = &s[i]; } }
    *out = (top > 0) ? (struct node *)stack[top] : NULL; return out[0]->flags & (MASK << 2) ^ ~top;
}
"""
JSON = '{"rows": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []}, {"id": 3, "tags": ["c"]}], "meta": {"next": null, "ok": [[], {}]}}'
SOURCES = {"python": PYTHON, "c": C, "json": JSON}
PATHOLOGICAL = {
    "lines of one letter": "a\n" * 75_000,
    "marks without words": "!?" * 70_000 + " a",
    "list marks": "- " * 75_000 + "a",
    "open brackets": "(" * 75_000 + "a",
}


def check(report: Report) -> None:
    """What holds for every report: it round-trips, offsets are ordered and slice inside the text, shares add up."""
    text = report.text
    assert Report.model_validate_json(report.model_dump_json()) == report
    end = 0
    for number, sentence in enumerate(report.sentences, 1):
        assert sentence.number == number
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == report.quote(sentence)
        assert any(c.isalnum() for c in text[sentence.start : sentence.end])
        end = sentence.end
        for cue in sentence.cues:
            if cue.start is not None and cue.end is not None:
                assert 0 <= cue.start < cue.end <= len(text)
    for finding in report.findings:
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start < finding.end <= len(text)
            assert finding.quote == text[finding.start : finding.end]
    shares = [getattr(report.structure.shares, part.value) for part in Part]
    assert sum(s.words for s in shares) == report.structure.words == sum(s.words for s in report.sentences)
    if report.structure.words:
        assert sum(s.share for s in shares) == pytest.approx(1, abs=0.004)
    if not report.reliable:
        assert all(s.part is Part.OTHER and s.confidence == 0 and not s.cues for s in report.sentences)
        assert report.findings


@pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\u00a0\u2003\u3000", "\u2028\u2029\x0b\x0c"])
def test_empty(analyze: Analyze, text: str) -> None:
    """An empty text, of any kind of white space, is refused as empty."""
    with pytest.raises(InputError, match="empty"):
        analyze(text)


@pytest.mark.parametrize("text", [None, 5, b"I fixed the build.", bytearray(b"I did."), ["I fixed it."], object()])
def test_not_a_string(analyze: Analyze, text: object) -> None:
    """What is not a str is refused with the name of its type."""
    with pytest.raises(InputError, match=type(text).__name__):
        analyze(text)  # type: ignore[arg-type]


def test_bytes_say_how_to_decode(analyze: Analyze) -> None:
    """Bytes are refused with the remedy."""
    with pytest.raises(InputError, match="decode"):
        analyze(b"I fixed the build.")  # type: ignore[arg-type]


def test_input_error_is_both_kinds_of_error() -> None:
    """An InputError can be caught as the package's own error and as a ValueError."""
    assert issubclass(InputError, StarAnalyzerError)
    assert issubclass(InputError, ValueError)


@pytest.mark.parametrize("text", ["...", "?!", "-- — …", "“”", "***\n---\n###", "😀😀", "$ % &", "()[]{}", "\x00", "\u200b\u202e"])
def test_nothing_said(analyze: Analyze, text: str) -> None:
    """Punctuation, symbols, emoji and invisible characters alone are refused: no letter, no digit."""
    with pytest.raises(InputError, match="no letter and no digit"):
        analyze(text)


def test_over_the_limit(analyze: Analyze) -> None:
    """One character over the limit is refused at once, with both figures."""
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"200,001 .* 200,000"):
        analyze("a" * (MAX_CHARACTERS + 1))
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("text", ["I fixed \ud800 the build.", "\udfff I fixed it.", "I fixed it \ude00\ud83d."])
def test_lone_surrogate(analyze: Analyze, text: str) -> None:
    """Half of a surrogate pair is refused with its place."""
    at = next(i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff")
    with pytest.raises(InputError, match=f"character {at}"):
        analyze(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yes",
        "I",
        "7",
        "²",
        "I fixed it 😀.",
        "👩\u200d💻 I fixed it. 🎉🎉",
        "\x00I fixed\x00 the build.\x00",
        "I \x1b[31mfixed\x1b[0m it.\x07 Then \x08I\x7f rang \x9bher.",
        "\ufeffI fixed it.",
        "I fixed it.\r\nThen I rang.\rThen I\u2028left.\n\n\x0b\x0c\x85I went home.",
        "\u202eI fixed it.\u202c \u2066Then I left.\u2069",
        "قمت بإصلاح النظام. ثم اتصلت بالعميل.",
        "תיקנתי את המערכת. I fixed it.",
        "a\u0301\u0302\u0303" * 50,
        "I" + "\u0301" * 2000,
        "x" * 5000,
        "I fixed it" + "!" * 3000,
        "I " + "very " * 800 + "gladly fixed it.",
        "Situation:",
        "Situation: Task: Action: Result:",
        "**Situation**\n\n**Action**",
        "S:\nT:\nA:\nR:",
        "1.\n2.\n3. I fixed it",
        "- a\n- b\n- c",
        "<script>alert(1)</script> I fixed it.",
        "https://example.org/a?b=c#d I fixed it, me@example.org.",
        "İstanbul'da ﬁxed ẞ it. ǅ",
        "٣ ४ 五",
    ],
)
def test_odd_but_readable(analyze: Analyze, text: str) -> None:
    """Odd characters, lone words, labels without content: a valid report, with the text kept to the letter."""
    report = analyze(text)
    assert report.text == text
    check(report)


def test_mixed_newlines_part_sentences(analyze: Analyze) -> None:
    """Every kind of line break ends a sentence that has its full stop, and stands in none."""
    report = analyze("I fixed it.\r\nThen I rang.\rThen I left.\u2028I went home.\nI slept.")
    assert [report.quote(s) for s in report.sentences] == ["I fixed it.", "Then I rang.", "Then I left.", "I went home.", "I slept."]


def test_line_breaks_do_not_change_the_parts(analyze: Analyze) -> None:
    """Windows, old Mac and Unix line ends give the same parts and words."""
    readings = []
    for end in ("\n", "\r\n", "\r"):
        report = analyze(STORY.replace(". ", "." + end))
        readings.append([(s.part, s.words) for s in report.sentences])
    assert readings[0] == readings[1] == readings[2]
    assert len(readings[0]) == 3


def test_one_word(analyze: Analyze) -> None:
    """One word is a sentence of one word, and too short."""
    report = analyze("Yes")
    assert [(s.start, s.end, s.words) for s in report.sentences] == [(0, 3, 1)]
    assert "IN101" in {f.code for f in report.findings}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages(analyze: Analyze, language: str) -> None:
    """Text in another language gives the finding that says so, and the report is not reliable."""
    report = analyze(FOREIGN[language])
    check(report)
    assert "IN102" in {f.code for f in report.findings}
    assert not report.reliable


def test_chinese(analyze: Analyze) -> None:
    """A whole story in Chinese, which puts no spaces between words, is not read as an English answer."""
    report = analyze(CHINESE)
    check(report)
    assert "IN102" in {f.code for f in report.findings}
    assert not report.reliable


def test_right_to_left(analyze: Analyze) -> None:
    """A story in Arabic is not read as an English answer, and its offsets hold."""
    report = analyze(
        "في العام الماضي كنت أقود فريقا صغيرا وكان النظام بطيئا جدا. قمت بتقسيم الملف إلى أجزاء. ونتيجة لذلك أصبح النظام سريعا."
    )
    check(report)
    assert "IN102" in {f.code for f in report.findings}
    assert not report.reliable


@pytest.mark.parametrize("language", SOURCES)
def test_source_code(analyze: Analyze, language: str) -> None:
    """Source code is not read as an answer."""
    report = analyze(SOURCES[language])
    check(report)
    assert not report.reliable
    assert {f.code for f in report.findings} & {"IN102", "IN103"}


def test_english_with_foreign_names_is_reliable(analyze: Analyze) -> None:
    """Some foreign words, a link and a line of code do not make an English answer unreliable."""
    report = analyze(f"{STORY} Frau Müller-Lüdenscheidt from Łódź said “sehr gut”, and I linked https://example.org/x in `main()`.")
    check(report)
    assert report.reliable


def test_nul_keeps_the_offsets(analyze: Analyze) -> None:
    """NUL characters are kept and counted like any other character."""
    report = analyze("I fixed it.\x00 Then I rang the customer.")
    check(report)
    assert report.text.count("\x00") == 1
    assert "Then I rang the customer." in (report.quote(report.sentences[-1]) or "")


TIMED = """
import sys, time
from star_analyzer import Analyzer
analyzer = Analyzer()
analyzer.analyze("I fixed the build.")
text = sys.stdin.buffer.read().decode()
began = time.perf_counter()
report = analyzer.analyze(text)
took = time.perf_counter() - began
sys.stdout.buffer.write(f"{took}\\n{report.model_dump_json()}".encode())
"""


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_texts_end_in_time(name: str) -> None:
    """Texts of 150,000 characters made to be slow are done within a minute; run in a process of its own, which can be stopped."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", TIMED], input=PATHOLOGICAL[name].encode(), capture_output=True, timeout=SECONDS + STARTING, check=True
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"not done after {SECONDS} s")
    took, dumped = done.stdout.decode().split("\n", 1)
    report = Report.model_validate_json(dumped)
    check(report)
    assert report.text == PATHOLOGICAL[name]
    assert float(took) < SECONDS


@pytest.mark.parametrize(
    "sentence", ["I fixed the build and told the team about it. ", "so i fixed the build and then i told the team about it "]
)
def test_long_texts_end_in_time(analyze: Analyze, sentence: str) -> None:
    """Prose and unpunctuated speech of 190,000 characters are done within a minute, cut into thousands of sentences."""
    text = (sentence * 5000)[:190_000].strip()
    began = time.perf_counter()
    report = analyze(text)
    assert time.perf_counter() - began < SECONDS
    check(report)
    assert len(report.sentences) > 1000


PIECES = st.sampled_from(
    ["I ", "we ", "fixed ", "the import", ". ", "\n", "- ", "Situation: ", "**Action**\n", "R: ", "! ", "(", "“", "1) ", " as a result ",
     "dropped by 40% ", "\r\n", "…", "don't ", "e.g. ", "\x00", "é", "😀", " ", "\t", "I learned that "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map("".join))


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@example(text="Situation: Situation: Situation:")
@example(text="I'm\u200bI'd\u200b")
@example(text="S: T: A: R: L: I")
def test_any_text_gives_a_report_or_an_input_error(analyzer: Analyzer, text: str) -> None:
    """Any text gives a valid report, the same bytes twice, or an InputError; nothing else."""
    try:
        report = analyzer.analyze(text)
    except InputError:
        assert not any(c.isalnum() for c in text) or any("\ud800" <= c <= "\udfff" for c in text)
        return
    assert report.text == text
    check(report)
    assert analyzer.analyze(text).model_dump_json() == report.model_dump_json()


@settings(max_examples=60, deadline=None)
@given(data=st.one_of(st.binary(max_size=50), st.integers(), st.none(), st.lists(st.text(), max_size=3), st.booleans()))
def test_anything_else_gives_an_input_error(analyzer: Analyzer, data: object) -> None:
    """Whatever is not a str gives an InputError."""
    with pytest.raises(InputError):
        analyzer.analyze(data)  # type: ignore[arg-type]


def test_letters_that_grow_in_lower_case_keep_the_offsets(analyze: Analyze) -> None:
    """A letter that is longer in lower case (İ) shifts no offset, also where unpunctuated text is cut."""
    plain = (
        "so at my last company in Izmir the import was slow and i split the file in IIII and i loaded it in IIII and then i went to IIII "
        "and we moved the data to IIII and as a result the import dropped to forty minutes in IIII and i learned to measure first"
    )
    report, dotted = analyze(plain), analyze(plain.replace("I", "İ"))
    check(dotted)
    for sentence in dotted.sentences:
        piece = dotted.text[sentence.start : sentence.end]
        assert piece == piece.strip()
        for cue in sentence.cues:
            if cue.start is not None:
                quote = dotted.quote(cue) or ""
                assert quote == quote.strip()
    assert len(report.sentences) > 1
    check(report)
