"""The documentation does what it says: its code runs, its rules page is up to date, its paths exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from command import Run

HOME = Path(__file__).resolve().parent.parent
PAGES = [path for path in [HOME / "README.md", *sorted((HOME / "docs").glob("*.md"))] if path.is_file()]
CHECKOUT = (HOME / "pyproject.toml").is_file()
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"(?<![\w/.-])(?:(?:src|data|docs|examples|training|benchmarks|tests)(?:/[\w.-]*\w)+|[A-Z]{4,}\.md)")

needs_checkout = pytest.mark.skipif(not CHECKOUT, reason="the rest of the checkout is not beside the tests")


def named(path: Path) -> str:
    """Name of a page in test ids."""
    return path.name


def test_there_are_pages() -> None:
    """README and the docs folder are found, so the tests below mean something."""
    assert len(PAGES) >= 4
    assert any(_PYTHON.search(page.read_text(encoding="utf-8")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python code of a page runs from top to bottom in one namespace, in an empty folder."""
    blocks = list(_PYTHON.finditer(page.read_text(encoding="utf-8")))
    if not blocks:
        pytest.skip("no Python code on this page")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks:
        line = block.string.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block.group(1), str(page), "exec"), names)
    assert capsys.readouterr().out.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["generate_rules.py", "generate_schemas.py"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    """docs/rules.md is what the docstrings of the rules give, and the schemas are those of the models."""
    script = HOME / "docs" / name
    if not script.is_file():
        pytest.skip(f"docs/{name} is not beside the tests")
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


@needs_checkout
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link leads to a file."""
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in links if not (page.parent / link).exists()] == []


@needs_checkout
def test_paths_named_in_the_readme_exist() -> None:
    """README names files of the checkout without linking them; each is there."""
    text = (HOME / "README.md").read_text(encoding="utf-8")
    paths = set(_PATH.findall(text))
    assert {"docs/labels.md", "examples/spoken.md", "src/star_analyzer"} <= paths
    assert sorted(path for path in paths if not (HOME / path).exists()) == []


@needs_checkout
def test_table_of_folders_exists() -> None:
    """Every name in backticks in README's table of folders is there."""
    table = (HOME / "README.md").read_text(encoding="utf-8").partition("## Where things are")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named_there = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    assert named_there
    assert [name for name in named_there if not (HOME / name).exists()] == []


@needs_checkout
def test_architecture_map_names_real_files() -> None:
    """Every module the map of the code names stands in the package."""
    import star_analyzer

    package = Path(star_analyzer.__file__).parent
    text = (HOME / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = set(re.findall(r"(?<![\w/])((?:nlp|measures|rules|render)/\w+\.py)", text))
    assert modules
    assert sorted(m for m in modules if not (package / m).is_file()) == []


def test_public_names_are_those_of_the_page() -> None:
    """docs/api.md names what the package exports, and nothing else is exported."""
    import star_analyzer

    table = (HOME / "docs" / "api.md").read_text(encoding="utf-8").partition("| name | is |")[2].partition("\n\n")[0]
    cells = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    assert sorted(re.findall(r"`([A-Za-z_]+)", cells)) == sorted(star_analyzer.__all__)


@needs_checkout
def test_the_way_through_ci_is_as_shown(run: Run, tmp_path: Path) -> None:
    """The answer of docs/ci.md gives the lines and the exit code that the page shows."""
    page = (HOME / "docs" / "ci.md").read_text(encoding="utf-8")
    answer = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)[0]
    shown = re.findall(r"```console\n\$ star-analyzer check stories --select OW\n(.*?)\n\$ echo \$\?\n(\d)\n```", page, re.DOTALL)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "shop.md").write_text(answer, encoding="utf-8")
    done = run("check", "stories", "--select", "OW")
    assert [(done.stdout.strip(), str(done.exit_code))] == [(lines.strip(), code) for lines, code in shown]


@needs_checkout
def test_configuration_page_holds(tmp_path: Path) -> None:
    """The files of docs/configuration.md are read without complaint and name every key."""
    from star_analyzer.config import DEFAULTS, read_config

    blocks = re.findall(r"```toml\n(.*?)```", (HOME / "docs" / "configuration.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for at, block in enumerate(blocks):
        file = tmp_path / f"{at}.toml"
        file.write_text(block, encoding="utf-8")
        settings = read_config(file).settings
        if at == 0:
            assert {key for key, setting in settings.items() if setting.origin == "default"} == set()
            assert set(settings) == set(DEFAULTS)


@needs_checkout
def test_the_night_before_is_as_shown(run: Run, tmp_path: Path) -> None:
    """What docs/bank.md shows of the seven examples, and of six of them, is what the command prints."""
    page = (HOME / "docs" / "bank.md").read_text(encoding="utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL)]
    folders = {"examples/bank": HOME / "examples" / "bank", "my-stories": tmp_path / "my-stories"}
    shutil.copytree(folders["examples/bank"], folders["my-stories"])
    (folders["my-stories"] / "winback-mails.md").unlink()
    spine = next(block for block in blocks if block.startswith("3 Raising"))
    shown = {name: block.partition("\n")[2] for block in blocks for name in folders if block.startswith(f"$ star-analyzer bank {name}\n")}
    assert set(shown) == set(folders)
    for name, text in (*shown.items(), ("examples/bank", spine)):
        printed = re.sub(r"\s+", " ", run("bank", folders[name]).stdout)
        for piece in re.split(r"\n(?=\S)", textwrap.dedent(text).strip()):
            assert re.sub(r"\s+", " ", piece) in printed


@needs_checkout
def test_the_files_of_the_bank_page_are_read(tmp_path: Path) -> None:
    """Its TOML is a story, and prompts."""
    from star_analyzer import read_stories
    from star_analyzer.bank.prompts import load_prompts

    story, prompts = re.findall(r"```toml\n(.*?)```", (HOME / "docs" / "bank.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "s.toml").write_text(story, encoding="utf-8")
    (tmp_path / "p.toml").write_text(prompts, encoding="utf-8")
    assert [s.title for s in read_stories([tmp_path / "s.toml"])] == ["The queue"]
    assert [p.id for p in load_prompts(tmp_path / "p.toml")] == ["on-call"]
