"""The command line: formats, inputs that cannot be read, exit codes, and output that is safe to print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import Done, Run, process

from star_analyzer import PROFILES, Analyzer, __version__
from star_analyzer.profiles import DEFAULT_PROFILE

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ANSWER = (
    "Last spring our bakery threw away a fifth of its bread. My task was to halve that by the summer. "
    "I wrote down what was left every evening for three weeks, and I cut the order for one kind of roll. "
    "As a result, waste fell from 20% to 7%. I learned to count before I cut."
)
ESCAPES = "\x1b[31m\x07\x9b2J\u202e"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A file with a good answer."""
    path = tmp_path / "answer.txt"
    path.write_text(ANSWER, encoding="utf-8")
    return path


# ---- formats


def test_text_report_names_parts_and_balance(run: Run, answer: Path) -> None:
    """The text report shows the balance and every sentence with its part."""
    done = run("analyze", answer)
    assert done.exit_code == 0
    assert "Balance" in done.stdout
    assert "Your answer, sentence by sentence" in done.stdout
    assert "threw away a fifth" in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_json_report_is_the_report_of_the_library(run: Run, answer: Path, analyzer: Analyzer) -> None:
    """JSON of one file is one object, equal to what Python code gets."""
    done = run("analyze", answer, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == analyzer.analyze(ANSWER).model_dump(mode="json")


def test_json_of_several_files_is_one_array(run: Run, answer: Path, tmp_path: Path) -> None:
    """Several files give one array of reports, in the order of the arguments."""
    other = tmp_path / "other.txt"
    other.write_text("We were late. I called the customer and told her why.", encoding="utf-8")
    done = run("analyze", answer, other, "--format", "json")
    assert [r["text"] for r in json.loads(done.stdout)] == [ANSWER, other.read_text(encoding="utf-8")]


def test_text_of_several_files_names_each(run: Run, answer: Path, tmp_path: Path) -> None:
    """With several files every text report begins with its file's name."""
    other = tmp_path / "other.txt"
    other.write_text(ANSWER, encoding="utf-8")
    done = run("analyze", answer.name, other.name)
    lines = done.stdout.splitlines()
    assert lines.index("answer.txt") < lines.index("other.txt")


def test_question_is_carried_into_the_report(run: Run, answer: Path) -> None:
    """The question is printed and stands in the JSON."""
    question = "Tell me about a time you saved something."
    assert question in " ".join(run("analyze", answer, "--question", question).stdout.split())
    assert json.loads(run("analyze", answer, "--question", question, "--format", "json").stdout)["question"] == question


@pytest.mark.parametrize("form", ["text", "json"])
def test_standard_input(run: Run, form: str) -> None:
    """A dash reads the answer from standard input."""
    done = run("analyze", "-", "--format", form, stdin=ANSWER)
    assert done.exit_code == 0
    assert "bakery" in done.stdout


def test_empty_standard_input_is_an_error(run: Run) -> None:
    """Nothing on standard input gives an error that names it, not a report."""
    done = run("analyze", "-", stdin="")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "standard input" in done.stderr


def test_every_example_is_analysed(run: Run) -> None:
    """The packaged examples all give a reliable report."""
    paths = sorted(EXAMPLES.glob("*.md"))
    assert paths
    reports = json.loads(run("analyze", *paths, "--format", "json").stdout)
    assert len(reports) == len(paths)
    assert all(r["reliable"] for r in reports)


# ---- inputs


def _missing(folder: Path) -> Path:
    return folder / "nowhere.txt"


def _directory(folder: Path) -> Path:
    (folder / "sub").mkdir()
    return folder / "sub"


def _file(data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "bad.txt"
        path.write_bytes(data)
        return path

    return make


BAD = {
    "missing": (_missing, "cannot be read"),
    "empty directory": (_directory, "holds no .md, .txt, .srt or .vtt file"),
    "binary": (_file(b"\x7fELF\x02\x01\x00\x00\x00" + bytes(range(256))), "binary"),
    "latin-1": (_file("Im Café war ich müde.".encode("latin-1")), "UTF-8"),
    "broken UTF-16": (_file(b"\xff\xfeI\x00 \x00w"), "UTF-16"),
    "too many bytes": (_file(b"a " * 2_000_001), "larger than"),
    "too many characters": (_file(b"I went home. " * 20_000), "200,000"),
    "empty": (_file(b""), "empty"),
    "no letters": (_file(b"... --- !!!"), "no letter"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_an_error_and_the_rest_is_analysed(run: Run, answer: Path, tmp_path: Path, kind: str) -> None:
    """A bad file is named on standard error with exit code 2, and the files around it are still analysed."""
    make, says = BAD[kind]
    path = make(tmp_path)
    (tmp_path / "more.txt").write_text(ANSWER, encoding="utf-8")
    done = run("analyze", answer.name, path.name, "more.txt", "--format", "json")
    assert done.exit_code == 2
    assert [r["text"] for r in json.loads(done.stdout)] == [ANSWER, ANSWER]
    assert done.stderr.startswith(f"error: {path.name}:")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_bad_file_alone_prints_nothing_on_standard_output(run: Run, tmp_path: Path) -> None:
    """When nothing could be analysed, standard output stays empty."""
    for form in ("text", "json"):
        done = run("analyze", _missing(tmp_path), "--format", form)
        assert (done.exit_code, done.stdout) == (2, "")


def test_text_after_a_bad_first_file(run: Run, answer: Path) -> None:
    """A file that failed does not leave a dividing line before the first report."""
    done = run("analyze", "nowhere.txt", answer.name)
    assert done.exit_code == 2
    assert done.stdout.lstrip("\n").startswith("answer.txt\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_are_understood(run: Run, tmp_path: Path, encoding: str) -> None:
    """Files with a byte order mark are read, and the mark is no part of the text."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = tmp_path / "marked.txt"
    path.write_bytes(mark + ANSWER.encode(encoding))
    done = run("analyze", path, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["text"] == ANSWER


# ---- nothing in a text or a name drives the terminal


def test_escape_sequences_in_the_text_are_not_printed_raw(run: Run, tmp_path: Path) -> None:
    """Control and direction-changing characters of an answer or a question are shown, not sent."""
    path = tmp_path / "evil.txt"
    path.write_text(ANSWER.replace("bakery", f"bakery {ESCAPES} shop").replace("I learned", f"{ESCAPES} I learned"), encoding="utf-8")
    for arguments in (["analyze", path, "--question", f"Why {ESCAPES}?"], ["explain-sentence", path, "1"]):
        done = run(*arguments)
        assert done.exit_code == 0
        assert not RAW.search(done.output)
        assert "\\x1b" in done.output


def test_escape_sequences_in_json_are_escaped(run: Run, tmp_path: Path) -> None:
    """JSON carries control characters as JSON escapes."""
    path = tmp_path / "evil.txt"
    path.write_text(ANSWER + " \x1b[31m", encoding="utf-8")
    done = run("analyze", path, "--format", "json")
    assert "\x1b" not in done.stdout
    assert json.loads(done.stdout)["text"].endswith("\x1b[31m")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such file names")
def test_escape_sequences_in_file_names_are_not_printed_raw(run: Run, answer: Path) -> None:
    """File names are shown with their control characters escaped, in reports and in errors."""
    evil = answer.rename(answer.with_name("a\x1b[2Jb\nc.txt"))
    other = answer.with_name("other.txt")
    other.write_text(ANSWER, encoding="utf-8")
    for arguments in (
        ["analyze", evil, other],
        ["analyze", f"{evil}x"],
        ["explain-sentence", f"{evil}x", "1"],
        ["explain-sentence", evil, "99"],
    ):
        done = run(*arguments)
        assert not RAW.search(done.output)
        assert "\\x1b[2J" in "".join(done.output.split("\n"))


def test_markup_in_the_text_is_text(run: Run, tmp_path: Path) -> None:
    """Square brackets, which rich takes for markup, are printed as they are."""
    path = tmp_path / "markup.txt"
    path.write_text(ANSWER.replace("bakery", "[red]bakery[/red]"), encoding="utf-8")
    assert "[red]bakery[/red]" in " ".join(run("analyze", path).stdout.split())


# ---- settings


@pytest.mark.parametrize("rate", ["0", "-150", "59", "301", "nan", "inf"])
@pytest.mark.parametrize("command", ["analyze", "explain-sentence"])
def test_rate_out_of_range(run: Run, answer: Path, command: str, rate: str) -> None:
    """A speaking rate nobody speaks at is refused with the range."""
    done = run(command, answer, *(["1"] if command == "explain-sentence" else []), "--rate", rate)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "60" in done.stderr
    assert "300" in done.stderr


def test_rate_changes_the_times(run: Run, answer: Path) -> None:
    """Half the rate doubles the time."""
    slow, fast = (json.loads(run("analyze", answer, "--format", "json", "--rate", r).stdout)["structure"]["seconds"] for r in ("75", "150"))
    assert slow == pytest.approx(2 * fast, abs=0.2)


HEADER = 'schema = 1\nid = "mine"\nversion = "1"\nlanguage = "en"\nsource = "me"\nlicence = "MIT"\n'
ENTRY = 'examples = ["It was on my plate."]\ncounter_examples = ["No."]\n'
BROKEN = {
    "not TOML": ("schema = [", "mine.toml"),
    "unknown key": (HEADER + f'[[class]]\nid = "label_task"\npos = "noun"\nwordz = ["job"]\n{ENTRY}', "label_task"),
    "unknown class": (HEADER + f'[[cue]]\nid = "task.mine"\nkind = "task.assigned"\npatterns = ["my {{jobb}}"]\n{ENTRY}', "jobb"),
    "new kind": (HEADER + f'[[cue]]\nid = "task.mine"\nkind = "task.mine"\npatterns = ["on my plate"]\n{ENTRY}', "weights"),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("command", ["analyze", "explain-sentence"])
def test_a_broken_lexicon_gives_a_clear_error(run: Run, answer: Path, tmp_path: Path, command: str, kind: str) -> None:
    """A wrong lexicon file is named with what is wrong in it, without a traceback."""
    text, says = BROKEN[kind]
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    done = run(command, answer, *(["1"] if command == "explain-sentence" else []), "--lexicons", folder)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert str(folder) in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_lexicon_is_told_once_and_not_blamed_on_the_answers(run: Run, answer: Path, tmp_path: Path) -> None:
    """With several answers a wrong lexicon is one error, about the lexicon."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "mine.toml").write_text("schema = [", encoding="utf-8")
    done = run("analyze", answer, answer, "--lexicons", folder)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"error: {folder}")
    assert done.stderr.count("\n") == 1


def test_a_lexicon_folder_that_is_none(run: Run, answer: Path, tmp_path: Path) -> None:
    """A missing overlay folder is an error that names it."""
    done = run("analyze", answer, "--lexicons", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "nowhere" in done.stderr


# ---- profile, glossary, readability, score


def data(done: Done) -> Any:
    """The report of a run that printed JSON."""
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", PROFILES)
def test_profile_by_name(run: Run, answer: Path, name: str) -> None:
    """The named profile says which limits matter; without a name it is the default one."""
    matters = {
        c["name"] for c in data(run("analyze", answer, "--format", "json", "--profile", name))["constraints"]["items"] if c["matters"]
    }
    assert matters == set(PROFILES[name].constraints)
    if name == DEFAULT_PROFILE:
        assert run("analyze", answer, "--profile", name).stdout == run("analyze", answer).stdout


@pytest.mark.parametrize("file", ["mine.toml", "pyproject.toml"])
def test_profile_from_a_file(run: Run, answer: Path, tmp_path: Path, file: str) -> None:
    """A TOML file gives values of one's own, at its top or in the table of pyproject.toml."""
    head = "[tool.star-analyzer.profile]\n" if file == "pyproject.toml" else ""
    (tmp_path / file).write_text(f'{head}based_on = "general"\naction = {{ target = 0.4, low = 0.3, high = 0.45 }}\n', encoding="utf-8")
    action = data(run("analyze", answer, "--format", "json", "--profile", file))["structure"]["action"]
    assert (action["target"], action["low"], action["high"]) == (0.4, 0.3, 0.45)
    assert "target 40% (30–45%)" in run("analyze", answer, "--profile", file).stdout


@pytest.mark.parametrize(
    ("profile", "text", "says"),
    [
        ("ml-enginer", None, "did you mean 'ml-engineer'?"),
        ("xyzzy", None, "there are ml-engineer"),
        ("nowhere.toml", None, "nowhere.toml: cannot be read"),
        ("mine.toml", "we_shere = 0.5", "mine.toml: unknown key 'we_shere'; did you mean 'we_share'?"),
        ("mine.toml", "we_share = 50", "mine.toml: we_share is a fraction of 1"),
        ("mine.toml", "we_share =", "mine.toml: is not valid TOML"),
        ("pyproject.toml", "", "pyproject.toml: has no table [tool.star-analyzer.profile]"),
    ],
)
def test_a_wrong_profile_is_told_once_and_nothing_is_analysed(
    run: Run, answer: Path, tmp_path: Path, profile: str, text: str | None, says: str
) -> None:
    """A wrong profile gives exit code 2 and one line that says what is wrong and what would be right."""
    if text is not None:
        (tmp_path / profile).write_text(text, encoding="utf-8")
    done = run("analyze", answer, answer, "--profile", profile)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_name_of_a_wrong_profile_is_not_printed_raw(run: Run, answer: Path) -> None:
    """Control characters in a profile's name are escaped."""
    done = run("analyze", answer, "--profile", f"x{ESCAPES}")
    assert done.exit_code == 2
    assert not RAW.search(done.output)


def test_glossary(run: Run, tmp_path: Path) -> None:
    """A term of the audience is no jargon; the option may be repeated, and takes acronyms too."""
    path = tmp_path / "terms.txt"
    path.write_text(ANSWER.replace("for three weeks", "with gradient boosting, as the SLO asks"), encoding="utf-8")

    def unknown(*options: str) -> set[str]:
        language = data(run("analyze", path, "--format", "json", *options))["language"]
        return {t["term"] for t in (*language["terms"], *language["acronyms"])}

    assert {"gradient boosting", "SLO"} <= unknown()
    assert {"gradient boosting", "SLO"} & unknown("--glossary", "Gradient Boosting") == {"SLO"}
    assert not {"gradient boosting", "SLO"} & unknown("--glossary", "gradient boosting", "--glossary", "SLO")


def test_readability(run: Run, answer: Path) -> None:
    """Reading ease is measured when asked for."""
    assert data(run("analyze", answer, "--format", "json"))["delivery"]["reading_ease"] is None
    assert 0 < data(run("analyze", answer, "--format", "json", "--readability"))["delivery"]["reading_ease"] < 120


def test_score_is_shown_or_hidden(run: Run, answer: Path, analyzer: Analyzer) -> None:
    """The score is shown unless it is not wanted; the questions stay, and JSON is the same."""
    score = f"Score {analyzer.analyze(ANSWER).verdict.score} of 100"
    shown, hidden = (run("analyze", answer, *options).stdout for options in ((), ("--no-score",)))
    assert score in shown
    assert shown == run("analyze", answer, "--score").stdout
    assert "of 100" not in hidden
    assert "Would this convince an interviewer?" in hidden
    assert run("analyze", answer, "--no-score", "--format", "json").stdout == run("analyze", answer, "--format", "json").stdout


def test_help_names_the_options(run: Run) -> None:
    """Help of analyze names every option."""
    shown = run("analyze", "--help").stdout
    for option in ("--profile", "--glossary", "--readability", "--no-score"):
        assert option in shown


# ---- explain-sentence, version, help


def test_explain_sentence(run: Run, answer: Path, analyzer: Analyzer) -> None:
    """The explanation names part, runner-up and the sentence's words."""
    told = analyzer.analyze(ANSWER).sentences[3]
    done = run("explain-sentence", answer, "4")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Sentence 4: {told.part.value.capitalize()}")
    assert told.runner_up.value.capitalize() in done.stdout
    assert ANSWER[told.start : told.end] in " ".join(done.stdout.split())
    for cue in told.cues:
        assert cue.meaning.split()[0] in done.stdout


@pytest.mark.parametrize("number", ["0", "-1", "99"])
def test_explain_sentence_out_of_range(run: Run, answer: Path, analyzer: Analyzer, number: str) -> None:
    """A number that no sentence has is refused, with how many there are."""
    done = run("explain-sentence", answer, "--", number)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert number in done.stderr
    assert str(len(analyzer.analyze(ANSWER).sentences)) in done.stderr


def test_version(run: Run) -> None:
    """--version prints the version of the package and nothing else."""
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"star-analyzer {__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["analyze", "--help"], ["explain-sentence", "--help"]])
def test_help_says_what_to_give(run: Run, arguments: list[str]) -> None:
    """Help of every command shows its usage once, without doubled signs."""
    done = run(*arguments)
    assert done.exit_code == 0
    assert "Usage:" in done.stdout
    assert "...}..." not in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["analyze", "--help"]])
def test_help_and_version_do_not_import_spacy(arguments: list[str]) -> None:
    """What needs no answer to be analysed starts without spaCy, numpy and textstat."""
    done = process(*arguments, flags=("-X", "importtime"))
    assert done.returncode == 0
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.decode().splitlines() if line.count("|") == 2}
    assert "star_analyzer" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "textstat"}


# ---- as a process


def test_piped_output_is_plain(answer: Path) -> None:
    """Piped text has no colour codes, no other control characters and no trailing spaces."""
    done = process("analyze", answer)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode("utf-8").replace("\r\n", "\n")
    assert not RAW.search(text)
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert max(map(len, text.split("\n"))) <= 80


def test_process_exit_code_and_streams(answer: Path, tmp_path: Path) -> None:
    """As a process: reports on standard output, errors on standard error, exit code 2."""
    done = process("analyze", "-", tmp_path / "nowhere.txt", "--format", "json", stdin=ANSWER.encode())
    assert done.returncode == 2
    assert [r["text"] for r in json.loads(done.stdout)] == [ANSWER]
    assert b"nowhere.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_that_cannot_show_the_report(answer: Path) -> None:
    """Standard output in an old encoding gets the report with signs replaced, not a traceback."""
    command = [sys.executable, "-m", "star_analyzer.cli", "analyze", str(answer)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
