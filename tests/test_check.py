"""`check`, end to end: exit codes, places, suppression, baseline, configuration, hostile input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from command import Run, process

from star_analyzer import __version__
from star_analyzer.documents import read_document
from star_analyzer.render.check import FORMATS
from star_analyzer.rules.files import FILE_RULES
from star_analyzer.rules.registry import Rule

GOOD = (
    "Our bakery threw away a fifth of its bread last spring. My task was to halve that by the summer. "
    "I wrote down what was left every evening for three weeks. I could have baked less of everything, but I cut the order for one kind of "
    "roll, because half of the waste was that roll. I tried it in one shop first, and I gave up a full shelf in the evening for it. "
    "I checked the bins every week after that. As a result, waste fell from 20% to 7%, which saved 300 euros a week. "
    "I learned to count before I cut.\n"
)
TEAM = (
    "Our shop lost orders. I had to find the reason. We read the log. We called the supplier. We moved the files. We tested it for a week. "
    "As a result, lost orders fell from 10 to 2 a day. I learned to read logs.\n"
)
MORE = "I counted the people at the door for two weeks, and I asked every tenth of them what they had been looking for. "
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def put(name: str, text: str) -> Path:
    """Write a file in the current folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def found(run: Run, *arguments: str, code: int | None = None) -> dict[str, list[int]]:
    """Codes with the lines where they are found, praise left out."""
    done = run("check", "--format", "json", *arguments)
    if code is not None:
        assert done.exit_code == code, done.output
    out: dict[str, list[int]] = {}
    for answer in json.loads(done.stdout)["answers"]:
        for f in answer["findings"]:
            if not f["finding"]["praise"]:
                out.setdefault(f["finding"]["code"], []).append(f["place"]["line"])
    return out


# ---- exit codes and places


def test_clean_is_0_and_findings_are_1(run: Run) -> None:
    """Whether a check fails is said by --fail-on; praise never fails it."""
    put("team.md", TEAM)
    assert run("check", "--select", "OW201").exit_code == 1
    assert run("check", "--select", "OW201", "--fail-on", "error").exit_code == 0
    assert run("check", "--select", "OW201", "--fail-on", "never").exit_code == 0
    assert run("check", "--select", "OW9", "--fail-on", "info").exit_code == 0


def test_lines(run: Run) -> None:
    """One line a finding: path, line, column, code, severity, message; then a summary."""
    put("a/team.md", f"# Orders\n\n{TEAM}")
    done = run("check", "a", "--select", "OW201")
    first, empty, summary = done.stdout.splitlines()
    assert re.fullmatch(r"a/team\.md:3:\d+: OW201 warning .+", first)
    assert empty == ""
    assert summary == "1 finding (1 warning) in 1 answer of 1 file."
    assert run("check", "a", "--select", "OW201", "--quiet").stdout.splitlines() == [first]
    assert run("check", "a", "--select", "IN101").stdout == "Nothing found in 1 answer of 1 file.\n"


def test_columns_are_characters_of_the_file(run: Run) -> None:
    """Offsets, lines and columns point to the words, behind emoji, accents, a heading and another answer."""
    put("x.md", f"---\ntitle: One\n---\n{GOOD}\n---\ntitle: Zwei 👩‍🚀\n---\n\nÀ 👩‍🚀 day. {TEAM.replace('. ', '.' + chr(13) + chr(10), 1)}")
    text = Path("x.md").read_bytes().decode()
    lines = re.split(r"\r\n|\n", text)
    done = json.loads(run("check", "--format", "json").stdout)
    seen = 0
    for answer in done["answers"]:
        for f in answer["findings"]:
            place, quote = f["place"], f["finding"]["quote"]
            if quote is None:
                assert place["length"] == 0
                continue
            seen += 1
            assert text[place["offset"] : place["offset"] + place["length"]] == quote
            if place["line"] == place["end_line"]:
                assert lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1] == quote
    assert seen >= 3
    assert [a["title"] for a in done["answers"]] == ["One", "Zwei 👩‍🚀"]


def test_something_unread_is_2_and_the_rest_is_checked(run: Run) -> None:
    """A bad file is reported, the others are still checked, and the exit code says that the analysis is not complete."""
    put("team.md", TEAM)
    Path("bad.md").write_bytes(b"\xff\x00\x80")
    put("wrong.md", "---\nquestion: why\nprofile: nobody\n---\nI did it all.\n")
    put("empty.md", "\n")
    done = run("check", "--select", "OW201")
    assert done.exit_code == 2
    assert "team.md:1:" in done.stdout
    assert "bad.md: error: is a binary file" in done.stdout
    assert re.search(r"wrong\.md:4: error: There is no profile 'nobody'", done.stdout)
    assert "empty.md: error: The text is empty." in done.stdout
    assert "3 files or answers could not be read." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "XX1"], "select: there is no rule 'XX1'"),
        (["--ignore", "OW2O1"], "did you mean 'OW201'?"),
        (["--format", "xml"], "--format xml: there is no such format; formats are text, json"),
        (["--output", "report"], "--output report: say which format"),
        (["--output", "sarif:nowhere/x.sarif"], "nowhere/x.sarif: cannot be written"),
        (["--fail-on", "always"], "--fail-on always: there are error, warning, info, never."),
        (["--min-score", "101"], "--min-score needs a number from 0 to 100"),
        (["--jobs", "-1"], "--jobs needs a number"),
        (["--profile", "senior"], "There is no profile 'senior'"),
        (["--audience", "dog"], "There is no audience 'dog'"),
        (["--rate", "5"], "speaking_rate is 5"),
        (["--baseline", "none.json"], "none.json: cannot be read"),
        (["--update-baseline"], "--update-baseline needs --baseline FILE"),
        (["--config", "none.toml"], "none.toml: cannot be read"),
        (["nowhere.md"], "nowhere.md: error: cannot be read (No such file or directory)"),
        (["--lexicons", "nowhere"], "nowhere"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_what_is_wrong_is_said_with_exit_code_2(run: Run, arguments: list[str], says: str) -> None:
    """Whatever is wrong with the call is said in plain words, and is no finding."""
    put("team.md", TEAM)
    done = run("check", *arguments)
    assert done.exit_code == 2
    assert says in done.output
    assert "Traceback" not in done.output


def test_standard_input(run: Run) -> None:
    """`-` is a file like others."""
    done = run("check", "-", "--select", "OW201", stdin=TEAM)
    assert done.exit_code == 1
    assert done.stdout.startswith("standard input:1:")


def test_front_matter_is_in_force(run: Run) -> None:
    """A file's own question and profile hold for its answer, and an option holds for all."""
    put("x.md", f"---\nquestion: Tell me about a failure.\nprofile: general\n---\n{GOOD}")
    (answer,) = json.loads(run("check", "--format", "json").stdout)["answers"]
    assert answer["report"]["question"] == "Tell me about a failure."
    own = {c["name"] for c in answer["report"]["constraints"]["items"] if c["matters"]}
    assert own == {"deadline", "resources", "cost"}
    (answer,) = json.loads(run("check", "--format", "json", "--profile", "software-engineer").stdout)["answers"]
    assert "latency" in {c["name"] for c in answer["report"]["constraints"]["items"] if c["matters"]}


def test_least_score(run: Run) -> None:
    """An answer below it gets a finding of its own; one above does not."""
    put("a.md", GOOD)
    put("b.md", "It was big and it went really well. We did lots of things together, and everybody was happy with us in the end.")
    done = run("check", "--select", "CK201", "--min-score", "40")
    assert done.exit_code == 1
    assert re.findall(r"^(\S+?):1:1: CK201 error", done.stdout, re.M) == ["b.md"]
    assert run("check", "--select", "CK201", "--min-score", "1").exit_code == 0


def test_several_outputs_in_one_run(run: Run) -> None:
    """Every FORMAT:FILE gets its format, and standard output its own."""
    put("team.md", TEAM)
    done = run("check", "--output", "sarif:a.sarif", "--output", "junit:b.xml", "--format", "github", "--select", "OW201")
    assert done.stdout.startswith("::warning file=team.md,line=1")
    assert json.loads(Path("a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert Path("b.xml").read_text(encoding="utf-8").startswith("<?xml")
    done = run("check", "--output", "c.csv", "--select", "OW201")
    assert done.stdout == ""
    assert Path("c.csv").read_text(encoding="utf-8").startswith("path,answer")


def test_a_file_named_in_two_ways_is_checked_once(run: Run) -> None:
    """Whatever leads to it, also in several arguments."""
    put("sub/x.md", TEAM)
    Path("link.md").symlink_to("sub/x.md")
    done = run("check", "sub/x.md", Path("sub/x.md").resolve(), "link.md", "sub", "--select", "OW201", "--quiet")
    assert len(done.stdout.splitlines()) == 1


def test_jobs_change_nothing(run: Run) -> None:
    """Several processes give the same result, to the byte."""
    for number in range(20):
        put(f"{number:02}.md", TEAM if number % 2 else GOOD)
    assert run("check", "--jobs", "2", "--format", "json").stdout == run("check", "--format", "json").stdout


# ---- suppression


def test_the_next_block(run: Run) -> None:
    """A comment on a line of its own silences the next paragraph and no other."""
    vague = f"Our shop was slow. I moved the shelf. {MORE}\n\nIn the end it worked really well.\n\nIt was a huge success.\n"
    assert found(run, put("x.md", vague).name, "--select", "OC201") == {"OC201": [3]}
    put("x.md", vague.replace("In the", "<!-- star-analyzer: ignore OC201: said by the customer -->\n\nIn the"))
    assert found(run, "--select", "OC201,CK") == {}
    put("x.md", vague.replace("It was", "<!-- star-analyzer: ignore OC201 -->\n\nIt was"))
    assert found(run, "--select", "OC201,CK") == {"OC201": [3], "CK101": [5]}
    put("x.md", f"<!-- star-analyzer: ignore ST104 -->\nOur shop was slow. I moved the shelf and the lamps. {'I called the staff. ' * 6}")
    assert found(run, "--select", "ST104,CK", code=0) == {}  # what is absent is found at the first sentence


def test_the_next_sentence(run: Run) -> None:
    """A comment within a line silences the sentence behind it."""
    vague = f"Our shop was slow. I moved the shelf. {MORE}In the end it worked really well. I learned to look.\n"
    assert found(run, put("x.md", vague).name, "--select", "OC201") == {"OC201": [1]}
    put("x.md", vague.replace("In the", "<!-- star-analyzer: ignore OC201 --> In the"))
    assert found(run, "--select", "OC201,CK") == {}
    put("x.md", vague.replace("I learned", "<!-- star-analyzer: ignore OC201 --> I learned"))
    assert found(run, "--select", "OC201,CK") == {"OC201": [1], "CK101": [1]}


def test_an_answer_and_a_file(run: Run) -> None:
    """`ignore-answer` holds for the answer in which it stands, `ignore-file` for all."""
    file = f"---\ntitle: a\n---\n{TEAM}\n---\ntitle: b\n---\n{TEAM}"
    put("x.md", file)
    assert found(run, "--select", "OW201")["OW201"] == [4, 9]
    put("x.md", file.replace("title: b\n---\n", "title: b\n---\n<!-- star-analyzer: ignore-answer OW -->\n"))
    assert found(run, "--select", "OW201") == {"OW201": [4]}
    put("x.md", f"<!-- star-analyzer: ignore-file team-action -->\n{file}")
    assert found(run, "--select", "OW201,CK") == {}
    put("x.md", f"{file}\n\n<!-- star-analyzer: ignore-file OW -->\n")
    assert found(run, "--select", "OW201,CK") == {}


def test_suppressed_findings_are_counted(run: Run) -> None:
    """The summary says how many were left out."""
    put("x.md", f"<!-- star-analyzer: ignore-file OW201 -->\n{TEAM}")
    assert run("check", "--select", "OW201").stdout == "Nothing found in 1 answer of 1 file; 1 suppressed.\n"


@pytest.mark.parametrize("rule", FILE_RULES.values(), ids=FILE_RULES)
def test_rules_about_files_do_what_they_document(run: Run, rule: Rule) -> None:
    """*Flagged* is found and *Better* is not."""
    for title, hit in (("Flagged", True), ("Better", False)):
        put("x.md", rule.docs[title])
        done = found(run, "--select", rule.code, "--min-score", "50")
        assert (rule.code in done) is hit, title


# ---- baseline


def test_baseline_survives_moving_text(run: Run) -> None:
    """What is known is left out, also when it moves to another line and file; what is new is not."""
    put("x.md", TEAM)
    assert run("check", "--baseline", "known.json", "--update-baseline").exit_code == 0
    assert "Our shop" not in Path("known.json").read_text(encoding="utf-8")
    assert run("check", "--baseline", "known.json").exit_code == 0
    Path("x.md").unlink()
    put("moved/y.md", f"# A title\n\n{TEAM.replace('. ', '.  ')}")
    done = run("check", "--baseline", "known.json", "--select", "OW201")
    assert done.exit_code == 0
    assert "1 in the baseline" in done.stdout
    put("z.md", TEAM.replace("the log", "the old book"))
    assert set(re.findall(r"^(\S+?):", run("check", "--baseline", "known.json", "--select", "OW201").stdout, re.M)) == {"z.md"}


def test_a_second_copy_is_new(run: Run) -> None:
    """The baseline knows how often a finding was there."""
    put("x.md", TEAM)
    run("check", "--baseline", "known.json", "--update-baseline", "--select", "OW201")
    put("y.md", TEAM)
    assert "1 in the baseline" in run("check", "--baseline", "known.json", "--select", "OW201").stdout
    assert run("check", "--baseline", "known.json", "--select", "OW201").exit_code == 1


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9, "entries": {}}', '{"version": 1, "entries": {"a": 1}}', "[" * 100_000])
def test_what_is_no_baseline(run: Run, text: str) -> None:
    """A file that is none is an error and not an empty baseline."""
    put("known.json", text)
    put("x.md", TEAM)
    done = run("check", "--baseline", "known.json")
    assert done.exit_code == 2
    assert "is no baseline" in done.stderr


# ---- configuration


def test_configuration_of_the_nearest_folder(run: Run) -> None:
    """Every file is judged by the configuration nearest to it; --isolated and --config change that."""
    put("star-analyzer.toml", 'ignore = ["OW201"]\n')
    put("x.md", TEAM)
    put("sub/y.md", TEAM)
    put("sub/star-analyzer.toml", "")
    assert set(re.findall(r"^(\S+?):\d+:\d+: OW201", run("check").stdout, re.M)) == {"sub/y.md"}
    assert set(re.findall(r"^(\S+?):\d+:\d+: OW201", run("check", "--isolated").stdout, re.M)) == {"x.md", "sub/y.md"}
    assert "OW201" not in run("check", "--config", "star-analyzer.toml").stdout


def test_a_wrong_configuration_is_said(run: Run) -> None:
    """Of the run: nothing is checked. Of a folder: its files are reported, the rest is checked."""
    put("x.md", TEAM)
    put("sub/y.md", TEAM)
    put("sub/star-analyzer.toml", "min_scor = 3")
    done = run("check", "--select", "OW201")
    assert done.exit_code == 2
    assert "x.md:1:" in done.stdout
    assert "sub/y.md: error:" in done.stdout
    assert "did you mean 'min_score'?" in done.stdout
    put("star-analyzer.toml", "min_scor = 3")
    done = run("check")
    assert (done.exit_code, done.stdout) == (2, "")


def test_severity_of_the_configuration_decides(run: Run) -> None:
    """A rule made an error fails where only errors do."""
    put("star-analyzer.toml", 'fail_on = "error"\nselect = ["OW201"]\n[severity]\nOW201 = "error"\n')
    put("x.md", TEAM)
    done = run("check")
    assert done.exit_code == 1
    assert "OW201 error" in done.stdout


def test_exclude_patterns_add_up(run: Run) -> None:
    """The file's patterns and those of the option are both left out."""
    put("star-analyzer.toml", 'exclude = ["old/"]\n')
    for name in ("old/a.md", "draft-b.md", "c.md"):
        put(name, TEAM)
    done = run("check", "--select", "OW201", "--exclude", "draft-*", "--quiet")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["c.md"]


def test_config_show(run: Run) -> None:
    """Every key with its value and the place it comes from."""
    put("star-analyzer.toml", 'min_score = 30\n[[overrides]]\npaths = ["a/*"]\nprofile = "general"\n')
    put("a/x.md", TEAM)
    shown = dict(re.findall(r"(?m)^(\w+) += (.*)$", run("config", "show", "a/x.md").stdout))
    assert re.fullmatch(r"30 +# .*star-analyzer\.toml:1", shown["min_score"])
    assert re.fullmatch(r'"general" +# .*star-analyzer\.toml:4', shown["profile"])
    assert re.fullmatch(r'"warning" +# default', shown["fail_on"])
    assert run("config", "show", "nowhere").exit_code == 2


# ---- hostile input


def test_hostile_names_and_texts_are_never_printed_raw(run: Run) -> None:
    """Names and texts with escapes, line breaks and commands drive neither a terminal nor a CI server."""
    evil = "a\x1b[2J\n::error::b\u202e.md"
    put(evil, f"::error file=x::boo\n\n{TEAM}\x1b[31m It worked \x9b2J really well.\n")
    for form in ("text", "github", "markdown"):
        done = run("check", "--format", form)
        assert not RAW.search(done.output), form
        for line in done.stdout.splitlines():
            assert not line.startswith("::") or re.match(r"::(?:error|warning|notice) file=a\\x1b\[2J %3A%3Aerror", line), line
    Path(evil).write_bytes(b"\0")
    for form in ("text", "github", "markdown"):
        done = run("check", "--format", form)
        assert done.exit_code == 2
        assert not RAW.search(done.output)


def test_a_name_that_is_no_text(run: Run) -> None:
    """A file name of bytes that are no UTF-8 is shown with escapes, and the file is checked."""
    Path(os.fsdecode(b"a\xff.md")).write_text(TEAM, encoding="utf-8")
    for form in ("text", "json", "sarif", "junit", "csv"):
        done = run("check", "--select", "OW201", "--format", form)
        assert done.exit_code == 1
        assert "xff" in done.stdout


def test_installed_command(tmp_path: Path) -> None:
    """As a process of its own: exit codes 0, 1 and 2, nothing on standard error, no colours in a pipe."""
    file = tmp_path / "x.md"
    file.write_text(TEAM, encoding="utf-8")
    done = process("check", "--isolated", "--select", "OW201", file)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\x1b" not in done.stdout
    assert process("check", "--isolated", "--select", "IN101", file).returncode == 0
    assert process("check", "--isolated", tmp_path / "none.md").returncode == 2


def test_every_format_from_the_installed_command(tmp_path: Path) -> None:
    """One run of the command writes all formats, each of them readable, and fails as it should."""
    (tmp_path / "x.md").write_text(TEAM, encoding="utf-8")
    forms = {form: tmp_path / f"out.{form}" for form in FORMATS}
    wanted = [argument for form, file in forms.items() for argument in ("--output", f"{form}:{file}")]
    done = process("check", "--isolated", "--select", "OW201", tmp_path / "x.md", *wanted)
    assert done.returncode == 1
    assert all("OW201" in file.read_text(encoding="utf-8") for file in forms.values())
    for form in ("json", "sarif"):
        json.loads(forms[form].read_text(encoding="utf-8"))
    ET.parse(forms["junit"])


def test_progress_and_colours_on_a_terminal_only(tmp_path: Path) -> None:
    """A terminal sees how far the analysis is, in colour unless NO_COLOR is set; --quiet and pipes see nothing of it."""
    (tmp_path / "x.md").write_text(TEAM, encoding="utf-8")
    shown = {
        name: on_a_terminal(["check", "--isolated", "--select", "OW201", str(tmp_path / "x.md"), *more], env)
        for name, more, env in (("plain", [], {}), ("quiet", ["-q"], {}), ("no colour", [], {"NO_COLOR": "1"}))
    }
    assert b"Reading answers" in shown["plain"]
    assert b"\x1b[33mwarning" in shown["plain"]
    assert b"Reading answers" not in shown["quiet"]
    assert b"\x1b[33mwarning" not in shown["no colour"]
    assert b" warning " in shown["no colour"]


def on_a_terminal(arguments: list[str], env: dict[str, str]) -> bytes:
    """What a terminal gets to see of the command."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CI", "TTY_COMPATIBLE", "TTY_INTERACTIVE")}
    command = [sys.executable, "-m", "star_analyzer.cli", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm-256color", **env}) as running:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        running.wait(timeout=60)
    os.close(ours)
    return seen


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "OW201"], ["--help"], ["--version"], ["schema"], ["check", "--help"]])
def test_what_needs_no_answer_needs_no_spacy(arguments: list[str]) -> None:
    """Lists and help come without spaCy."""
    done = process(*arguments, flags=("-X", "importtime"))
    assert done.returncode == 0
    loaded = {line.rsplit(b"|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith(b"import time:")}
    assert b"star_analyzer" in loaded
    assert not {b"spacy", b"thinc", b"numpy"} & loaded


# ---- reference


def test_rules_and_explain(run: Run) -> None:
    """The list has every rule once; a rule is explained by code, family or name; unknown ones are errors."""
    lines = run("rules").stdout.splitlines()
    assert sum(line.startswith("OW201  warning  team-action") for line in lines) == 1
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert len(listed) == len(lines)
    assert {"CK101", "OW201"} <= {rule["code"] for rule in listed}
    for name in ("OW201", "team-action"):
        done = run("explain", name)
        assert done.stdout.startswith("OW201 team-action (warning, since ")
        assert "Why it matters" in done.stdout
    assert run("explain", "OW").stdout.count("What it checks") > 3
    done = run("explain", "OW20l")
    assert (done.exit_code, "did you mean 'OW20" in done.stderr) == (2, True)


def test_version_and_unknown_commands(run: Run) -> None:
    """A misspelt command is an error."""
    assert run("--version").stdout == f"star-analyzer {__version__}\n"
    assert run("chek").exit_code == 2


def test_lexicons_check(run: Run) -> None:
    """A folder of one's own entries is tried: wrong examples are named, a file that cannot be read is an error."""
    head = 'schema = 1\nid = "own"\nversion = "1.0.0"\nlanguage = "en"\nsource = "ours"\nlicence = "MIT"\nnotes = "Ours."\n\n'
    entry = (
        '[[cue]]\nid = "task.own-burden"\nkind = "task.assigned"\npatterns = ["it fell to me"]\n'
        'examples = ["It fell to me to sort the letters."]\ncounter_examples = ["{}"]\n'
    )
    put("own/own.toml", head + entry.format("The cup fell."))
    good = run("lexicons", "check", "own")
    assert good.exit_code == 0, good.output
    assert good.stdout == "1 entries: all examples do what they should.\n"
    put("bad/own.toml", head + entry.format("In the end it fell to me alone."))
    bad = run("lexicons", "check", "bad")
    assert bad.exit_code == 1
    assert "task.own-burden: fires in its counter-example" in bad.stdout
    put("broken/own.toml", "broken")
    assert run("lexicons", "check", "broken").exit_code == 2
    assert run("lexicons", "check", "nowhere").exit_code == 2


def test_diff(run: Run) -> None:
    """Two drafts: what got better, and nothing where nothing changed."""
    put("old.md", "We had waste. We cut orders. It worked really well.\n")
    put("new.md", GOOD)
    done = run("diff", "old.md", "new.md")
    assert done.exit_code == 0
    assert done.stdout.startswith(("Better", "Mixed"))
    assert "+ result quantified" in done.stdout
    assert run("diff", "new.md", "new.md").stdout.startswith("No change")
    data = json.loads(run("diff", "old.md", "new.md", "--format", "json").stdout)
    assert data["score_after"] > data["score_before"]
    assert run("diff", "old.md", "none.md").exit_code == 2


def test_a_place_outside_of_the_text_is_the_end(tmp_path: Path) -> None:
    """Places can be asked for up to the end of the text."""
    document = read_document(tmp_path, "a\nb")
    assert document.place(3, 3).line == 2
