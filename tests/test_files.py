"""Which files a check finds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from star_analyzer.files import Missing, find_files, shown_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with answers and other things."""
    for name in ("b.md", "a.txt", "sub/c.MD", "sub/deep/d.md", "notes.rst", ".hidden/e.md", "sub/.f.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("I did it.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str, leave_out: str = "?") -> list[str]:
    """What is found, relative to the current folder."""
    return [p.message if isinstance(p, Missing) else shown_path(p) for p in find_files(paths, lambda path: leave_out in str(path))]


def test_folders_are_searched_in_order(folder: Path) -> None:
    """Texts and Markdown of a folder and those below it, without hidden ones and other kinds."""
    assert names(".") == ["a.txt", "b.md", "sub/c.MD", "sub/deep/d.md"]


def test_a_file_named_is_read_whatever_its_name(folder: Path) -> None:
    """Only the search of folders looks at names."""
    assert names("notes.rst", ".hidden/e.md") == ["notes.rst", ".hidden/e.md"]


def test_patterns(folder: Path) -> None:
    """A pattern that the shell left alone is searched; one that fits nothing is said."""
    assert names("**/*.md") == ["b.md", "sub/deep/d.md"]
    assert names("*.html") == ["no file fits this pattern."]


def test_a_file_whose_name_looks_like_a_pattern(folder: Path) -> None:
    """An existing file is no pattern."""
    (folder / "[a].md").write_text("I did it.", encoding="utf-8")
    assert names("[a].md") == ["[a].md"]


def test_every_file_once(folder: Path) -> None:
    """Named twice and found again, a file is read once."""
    assert names("b.md", ".", str(folder / "b.md")) == ["b.md", "a.txt", "sub/c.MD", "sub/deep/d.md"]


def test_what_is_left_out(folder: Path) -> None:
    """The search leaves out what the configuration says; a file named by itself is read all the same."""
    assert names(".", leave_out="sub") == ["a.txt", "b.md"]
    assert names("sub/c.MD", leave_out="sub") == ["sub/c.MD"]


def test_a_folder_without_answers_is_said(folder: Path) -> None:
    """An empty search is an error and no success."""
    (folder / "empty").mkdir()
    assert names("empty") == ["holds no .md, .txt, .srt or .vtt file."]


def test_loops_of_links_end(folder: Path) -> None:
    """A link to the folder above is not followed, and a link to itself is an error."""
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self.md").symlink_to("self.md")
    found = names(".")
    assert found.count("b.md") == 1
    assert len(found) == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_read(folder: Path) -> None:
    """It is said, and the rest is found."""
    (folder / "sub").chmod(0)
    try:
        assert "Permission denied" in " ".join(names("."))
    finally:
        (folder / "sub").chmod(0o755)


def test_null_characters_are_no_traceback(folder: Path) -> None:
    """A path that cannot be is an error like another."""
    (found,) = find_files(["a\0b"])
    assert isinstance(found, Missing) or not found.exists()
