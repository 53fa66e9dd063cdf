"""`bank` and `story new` as commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from banks import EXAMPLES, GAP_OF, OTHERS
from command import Run

from star_analyzer import BankReport, read_history
from star_analyzer.render.bank_text import bank_text
from star_analyzer.render.text import to_text

TELLING = "Two tills counted Sunday twice. I set both clocks by one server.\n"


def without(folder: Path, *names: str) -> Path:
    """The examples without some of them."""
    shutil.copytree(EXAMPLES, folder)
    for name in names:
        (folder / f"{name}.md").unlink()
    return folder


def test_a_bank_as_text(run: Run) -> None:
    """The headline first, exit code 0, nothing on standard error."""
    done = run("bank", EXAMPLES)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout.startswith("7 stories · all 7 kinds of story covered")
    for heading in ("Stories", "What stands out", "Kinds of story", "Practice plan", "Prompts and stories", "Cards", "Spines"):
        assert f"\n{heading}" in done.stdout


def test_every_format_and_several_at_once(run: Run) -> None:
    """JSON validates, the others are those of the library."""
    done = run("bank", EXAMPLES, "--format", "json", "--output", "markdown:b.md", "--output", "html:b.html", "--output", "text:b.txt")
    bank = BankReport.model_validate_json(done.stdout)
    assert Path("b.md").read_text(encoding="utf-8") == bank.to_markdown()
    assert Path("b.html").read_text(encoding="utf-8") == bank.to_html()
    assert Path("b.txt").read_text(encoding="utf-8") == to_text(bank_text(bank), width=100)
    assert [s.path for s in bank.stories] == [(EXAMPLES / f"{name}.md").as_posix() for name in sorted(GAP_OF)]


@pytest.mark.parametrize("name", ["review.md", "sub/review.json", "x.txt"])
def test_no_report_among_the_stories(run: Run, tmp_path: Path, name: str) -> None:
    """The next review would read it as one. A page is none."""
    folder = without(tmp_path / "stories")
    (folder / "sub").mkdir()
    done = run("bank", folder, "--output", folder / name)
    assert (done.exit_code, "would read it as a story" in done.stderr) == (2, True)
    assert run("bank", folder, "--output", folder / "bank.html").exit_code == 0


def test_what_a_file_name_says_is_the_format(run: Run) -> None:
    """--output bank.html alone writes a page and prints nothing."""
    done = run("bank", EXAMPLES, "--output", "bank.html")
    assert (done.exit_code, done.stdout) == (0, "")
    assert Path("bank.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(("name", "gap"), [("winback-mails", "failure"), ("photo-check", "accuracy against latency")])
def test_require_coverage(run: Run, tmp_path: Path, name: str, gap: str) -> None:
    """0 where every kind is there, 1 and the missing ones where not; the review is printed all the same."""
    assert run("bank", EXAMPLES, "--require-coverage").exit_code == 0
    done = run("bank", without(tmp_path / "six", name), "--require-coverage")
    assert done.exit_code == 1
    assert done.stderr == f"Missing: {gap}.\n"
    assert "BK201" in done.stdout
    assert run("bank", tmp_path / "six").exit_code == 0


def test_fail_on(run: Run) -> None:
    """Findings about the bank fail it from the severity that is asked for; never by themselves."""
    codes = {
        level: run("bank", OTHERS / "rehearsed", "--fail-on", level, "--select", "BK3").exit_code for level in ("error", "warning", "info")
    }
    assert codes == {"error": 0, "warning": 1, "info": 1}
    assert run("bank", OTHERS / "rehearsed").exit_code == 0
    assert run("bank", OTHERS / "rehearsed", "--fail-on", "warning", "--ignore", "BK").exit_code == 0
    done = run("bank", OTHERS / "rehearsed", "--fail-on", "bad")
    assert (done.exit_code, "there are error, warning, info, never" in done.stderr) == (2, True)


def test_select_and_severity_of_the_configuration(run: Run, tmp_path: Path) -> None:
    """The configuration of the run counts for findings about the bank."""
    Path("star-analyzer.toml").write_text('ignore = ["BK2"]\n[severity]\nBK305 = "error"\n', encoding="utf-8")
    shutil.copytree(OTHERS / "rehearsed", "stories")
    found = json.loads(run("bank", "stories", "--format", "json").stdout)["findings"]
    assert {f["code"][:3] for f in found} == {"BK3", "BK4"}
    assert {f["severity"] for f in found if f["code"] == "BK305"} == {"error"}
    every = json.loads(run("bank", "stories", "--format", "json", "--isolated").stdout)["findings"]
    assert {"BK2"} < {f["code"][:3] for f in every}


def test_the_configuration_of_the_folder(run: Run) -> None:
    """It holds for the bank that stands there, wherever the command is called."""
    shutil.copytree(OTHERS / "rehearsed", "stories")
    Path("stories/star-analyzer.toml").write_text('ignore = ["BK2"]\n', encoding="utf-8")
    assert {f["code"][:3] for f in json.loads(run("bank", "stories", "--format", "json").stdout)["findings"]} == {"BK3", "BK4"}


def test_too_many_stories(run: Run) -> None:
    """Each is compared with each: there is a limit for the command too."""
    Path("many.md").write_text("\n\n".join(f"---\ntitle: s{n}\n---\n{TELLING}" for n in range(61)), encoding="utf-8")
    done = run("bank", "many.md")
    assert (done.exit_code, "There are 61 stories; a bank has at most 60." in done.stderr) == (2, True)


def test_settings_hold_for_the_tellings(run: Run) -> None:
    """A speaking rate changes their times."""
    slow, fast = (json.loads(run("bank", EXAMPLES, "--format", "json", "--rate", rate).stdout) for rate in ("100", "200"))
    seconds = [[s["report"]["structure"]["seconds"] for s in bank["stories"]] for bank in (slow, fast)]
    assert all(a == pytest.approx(2 * b, rel=0.01) for a, b in zip(*seconds, strict=True))


def test_a_bad_file_among_good_ones(run: Run, tmp_path: Path) -> None:
    """It is named, the others are reviewed, exit code 2."""
    folder = without(tmp_path / "stories")
    (folder / "bad.toml").write_text("x = [", encoding="utf-8")
    done = run("bank", folder)
    assert done.exit_code == 2
    assert "bad.toml: is not TOML" in done.stderr
    assert done.stdout.startswith("7 stories (and 1 that could not be read)")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nothing",), "nothing: cannot be read"),
        (("empty",), "holds no .md"),
        (("empty", "--format", "sarif"), "there is no such format"),
        (("empty", "--prompts", "none.toml"), "none.toml: cannot be read"),
        (("empty", "--history", "bad.jsonl"), "line 1: is no line of a history"),
        (("empty", "--history", "nodir/h.jsonl"), "there is no folder nodir"),
    ],
)
def test_what_cannot_be_done(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """Said on standard error; exit code 2; no review."""
    Path("empty").mkdir()
    Path("bad.jsonl").write_text("{", encoding="utf-8")
    done = run("bank", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_prompts_of_ones_own(run: Run) -> None:
    """They take the place of the packaged ones."""
    Path("p.toml").write_text('[[prompt]]\nid = "x"\ngroup = "chat"\ntext = "A chatbot?"\nwords = ["chatbot"]\n', encoding="utf-8")
    found = json.loads(run("bank", EXAMPLES, "--prompts", "p.toml", "--format", "json").stdout)
    assert [(p["id"], p["best"]) for p in found["prompts"]] == [("x", 1)]


def test_a_history_grows_when_something_changes(run: Run, tmp_path: Path) -> None:
    """The first run writes, the same again does not, a change does; the trend is shown from the second state on."""
    folder = without(tmp_path / "stories", "winback-mails")
    assert "Progress" not in run("bank", folder, "--history", "h.jsonl").stdout
    run("bank", folder, "--history", "h.jsonl")
    assert len(read_history(Path("h.jsonl"))) == 1
    shutil.copy(EXAMPLES / "winback-mails.md", folder)
    done = run("bank", folder, "--history", "h.jsonl")
    assert len(read_history(Path("h.jsonl"))) == 2
    assert "Kinds of story covered" in done.stdout.partition("Progress")[2]
    assert "6 → 7" in done.stdout


def test_a_history_is_left_alone_when_a_file_failed(run: Run, tmp_path: Path) -> None:
    """Half a bank is no state of it."""
    folder = without(tmp_path / "stories")
    (folder / "bad.json").write_text("{", encoding="utf-8")
    assert run("bank", folder, "--history", "h.jsonl").exit_code == 2
    assert not Path("h.jsonl").exists()


def test_standard_input(run: Run) -> None:
    """A story from a pipe."""
    done = run("bank", "-", stdin=TELLING)
    assert done.exit_code == 0
    assert "1 story" in done.stdout


# ---- story new


def test_a_template_and_back(run: Run) -> None:
    """Written with its folder, not over another file, and reviewed when there is a telling."""
    done = run("story", "new", "stories/till.md", "--title", "The till")
    assert done.exit_code == 0
    assert "star-analyzer bank stories" in done.stderr
    assert run("story", "new", "stories/till.md").exit_code == 2
    assert "is there already" in run("story", "new", "stories/till.md").stderr
    assert run("bank", "stories").exit_code == 2
    with Path("stories/till.md").open("a", encoding="utf-8") as file:
        file.write(TELLING)
    bank = BankReport.model_validate_json(run("bank", "stories", "--format", "json").stdout)
    assert bank.story(1).title == "The till"
    assert {f.status for f in bank.story(1).fields} == {"empty"}


def test_a_template_is_markdown(run: Run) -> None:
    """Another suffix would be read as something else."""
    done = run("story", "new", "s.toml")
    assert (done.exit_code, "ends in .md" in done.stderr) == (2, True)
    assert not Path("s.toml").exists()


def test_a_template_on_standard_output(run: Run) -> None:
    """Nothing is written."""
    done = run("story", "new")
    assert done.stdout.startswith("---\n")
    assert list(Path().iterdir()) == []


def test_a_template_that_cannot_be_written(run: Run) -> None:
    """The place is named."""
    Path("file").touch()
    done = run("story", "new", "file/x.md")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_the_schema(run: Run) -> None:
    """`schema bank` is that of the JSON."""
    import jsonschema

    schema = json.loads(run("schema", "bank").stdout)
    jsonschema.validate(json.loads(run("bank", EXAMPLES, "--format", "json").stdout), schema)
