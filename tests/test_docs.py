"""The documentation does what it says: its code runs, its rules page is up to date, its paths exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_rules_page_is_up_to_date() -> None:
    """docs/rules.md is what the docstrings of the rules give."""
    script = HOME / "docs" / "generate_rules.py"
    if not script.is_file():
        pytest.skip("docs/generate_rules.py is not beside the tests")
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
