"""What is kept in compiled form: written whole, read only if it is sound, and equal to what the files say."""

from __future__ import annotations

import marshal
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import compiled, lexicons
from star_analyzer.compiled import FOLDER, read_compiled, write_compiled
from star_analyzer.errors import LexiconError
from star_analyzer.lexicons import TABLES, Lexicons, packaged_folder
from star_analyzer.nlp import matcher
from star_analyzer.nlp.trie import build
from star_analyzer.patterns import parse_pattern

CONTENT = {"cues": [{"id": "a", "patterns": ("i ran", "we ran"), "weights": {"action": 1.5}}], "count": 3, "none": None}
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.lists(inner, max_size=3).map(tuple), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


def kept(folder: Path) -> list[Path]:
    """The files in the folder of compiled forms, whatever their names."""
    return sorted((folder / FOLDER).iterdir()) if (folder / FOLDER).is_dir() else []


# ---- reading and writing


@given(content=PLAIN)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    """Plain data comes back as it was, tuples as tuples."""
    folder = tmp_path_factory.mktemp("kept")
    write_compiled(folder, "a", "1f", content)
    again = read_compiled(folder, "a", "1f")
    assert again == content
    assert type(again) is type(content)


def test_nothing_was_kept(tmp_path: Path) -> None:
    """Another name, other content, or no folder: there is nothing to read, and no error."""
    assert read_compiled(tmp_path, "a", "1f") is None
    write_compiled(tmp_path, "a", "1f", CONTENT)
    assert read_compiled(tmp_path, "b", "1f") is None
    assert read_compiled(tmp_path, "a", "2e") is None
    assert read_compiled(tmp_path / "nowhere", "a", "1f") is None


def test_other_pythons_keep_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Python reads and removes only what it wrote itself, as with modules."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    monkeypatch.setattr(sys.implementation, "cache_tag", "other-99")
    assert read_compiled(tmp_path, "a", "1f") is None
    write_compiled(tmp_path, "a", "2e", CONTENT)
    assert len(kept(tmp_path)) == 2


def test_older_forms_are_removed(tmp_path: Path) -> None:
    """Under one name the newest form is kept; other names, and files of others, are left alone."""
    for name in ("a", "b"):
        write_compiled(tmp_path, name, "1f", CONTENT)
    (tmp_path / FOLDER / "a-note.txt").write_text("mine", encoding="utf-8")
    before = set(kept(tmp_path))
    write_compiled(tmp_path, "a", "2e", CONTENT)
    assert read_compiled(tmp_path, "a", "1f") is None
    assert read_compiled(tmp_path, "a", "2e") == read_compiled(tmp_path, "b", "1f") == CONTENT
    assert len(set(kept(tmp_path)) & before) == 2
    assert len(kept(tmp_path)) == 3


def test_forms_of_an_older_format_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the format changes, what was kept in the old one is neither read nor left lying about."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    monkeypatch.setattr(compiled, "_FORMAT", 99)
    assert read_compiled(tmp_path, "a", "1f") is None
    write_compiled(tmp_path, "a", "1f", CONTENT)
    assert len(kept(tmp_path)) == 1


def test_writing_again(tmp_path: Path) -> None:
    """The same name and content may be written again; nothing else stays in the folder."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    write_compiled(tmp_path, "a", "1f", [1])
    assert read_compiled(tmp_path, "a", "1f") == [1]
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 20, -1])
def test_a_cut_off_file_is_ignored(tmp_path: Path, cut: int) -> None:
    """A file of which the end is missing gives nothing, and can be written anew."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    assert read_compiled(tmp_path, "a", "1f") is None
    write_compiled(tmp_path, "a", "1f", CONTENT)
    assert read_compiled(tmp_path, "a", "1f") == CONTENT


def test_a_damaged_file_is_ignored(tmp_path: Path) -> None:
    """Any one byte changed gives nothing: no error, and no other content."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    (path,) = kept(tmp_path)
    sound = path.read_bytes()
    for at in range(len(sound)):
        for flip in (0x01, 0x80, 0xFF):
            path.write_bytes(sound[:at] + bytes([sound[at] ^ flip]) + sound[at + 1 :])
            assert read_compiled(tmp_path, "a", "1f") is None, at


@pytest.mark.parametrize(
    "foreign",
    [b"", b"\0" * 8, b"not ours at all", marshal.dumps(CONTENT), b"(\xff\xff\xff\x7f" * 4, b"\xe3" * 100],
    ids=["empty", "zeros", "text", "bare content", "an endless tuple", "code"],
)
def test_a_foreign_file_is_ignored(tmp_path: Path, foreign: bytes) -> None:
    """A file that something else wrote under the name gives nothing."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    (path,) = kept(tmp_path)
    path.write_bytes(foreign)
    assert read_compiled(tmp_path, "a", "1f") is None


def test_a_folder_in_the_place_of_the_file_is_ignored(tmp_path: Path) -> None:
    """Neither reading nor writing minds what stands in the way."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    (path,) = kept(tmp_path)
    path.unlink()
    path.mkdir()
    assert read_compiled(tmp_path, "a", "1f") is None
    write_compiled(tmp_path, "a", "1f", CONTENT)
    assert kept(tmp_path) == [path], "a scratch file was left behind"


def refuse(*_: object, **__: object) -> Any:
    """What a system does that allows no writing."""
    raise PermissionError(13, "Permission denied")


def no_space(*_: object, **__: object) -> Any:
    """What a full disk does."""
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("way", ["no folder", "a file in its place", "no new files", "no new folder", "no renaming", "full disk"])
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Where nothing can be kept, nothing is kept, no scratch file is left, and nobody is bothered."""
    folder = tmp_path / "lexicons"
    if way != "no folder":
        folder.mkdir()
    with monkeypatch.context() as patch:
        if way == "a file in its place":
            (folder / FOLDER).write_text("", encoding="utf-8")
        elif way == "no new files":
            patch.setattr("tempfile.mkstemp", refuse)
        elif way == "no new folder":
            patch.setattr(Path, "mkdir", refuse)
        elif way == "no renaming":
            patch.setattr(Path, "replace", refuse)
        elif way == "full disk":
            patch.setattr(Path, "chmod", no_space)
        write_compiled(folder, "a", "1f", CONTENT)
    assert read_compiled(folder, "a", "1f") is None
    assert kept(folder) == []


def test_the_file_may_be_read_by_others(tmp_path: Path) -> None:
    """What one user compiled serves the next: the file is not as private as a scratch file."""
    write_compiled(tmp_path, "a", "1f", CONTENT)
    (path,) = kept(tmp_path)
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o644


def test_what_is_no_plain_data_leaves_nothing_behind(tmp_path: Path) -> None:
    """An object cannot be kept; that is a mistake of the program, and no half-written file stays."""
    with pytest.raises(ValueError, match="marshal"):
        write_compiled(tmp_path, "a", "1f", object())
    assert kept(tmp_path) == []


# ---- the lexicons

MINE = """schema = 1
id = "mine"
version = "1.0.0"
language = "en"
source = "Written for this test."
licence = "MIT"

[[cue]]
id = "mine.juggled"
kind = "task.assigned"
patterns = ["i|we (often) <juggle> .. {tableware}", "^ don't juggle"]
weights = { task = 1.5 }
examples = ["I juggled plates."]
counter_examples = ["We sat down."]

[[cue]]
id = "mine.juggled-again"
kind = "task.assigned"
patterns = ["i|we juggled again"]
examples = ["I juggled again."]
counter_examples = ["We sat down."]
note = "Shares its beginning."

[[class]]
id = "tableware"
pos = "noun"
words = ["plate", "soup bowl"]
examples = ["A plate broke."]
counter_examples = ["We sat down."]
"""
Load = Callable[[], Lexicons]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packaged lexicons, nothing compiled yet, from which the package reads."""
    folder = tmp_path / "lexicons"
    shutil.copytree(packaged_folder(), folder, ignore=shutil.ignore_patterns(FOLDER))
    monkeypatch.setattr(lexicons, "packaged_folder", lambda: folder)
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small lexicon and the packaged tables, from which the package reads."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    for name in TABLES:
        shutil.copy(packaged_folder() / name, folder)
    monkeypatch.setattr(lexicons, "packaged_folder", lambda: folder)
    return folder


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read and checked as TOML, in order."""
    names: list[str] = []
    read = lexicons._read_file

    def reading(path: Path) -> Any:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(lexicons, "_read_file", reading)
    return names


load: Load = lexicons.load_lexicons.__wrapped__
"""Loads anew each time, as a new process does."""


def test_compiled_lexicons_equal_the_files(copied: Path, files_read: list[str]) -> None:
    """The second time nothing is read as TOML, and cues, classes, patterns, versions, tables and hash are the same."""
    from_files = load()
    assert set(files_read) == {path.name for path in copied.glob("*.toml")}
    files_read.clear()
    from_compiled = load()
    assert files_read == []
    assert dict(from_compiled.cues) == dict(from_files.cues)
    assert list(from_compiled.cues) == list(from_files.cues)
    assert dict(from_compiled.classes) == dict(from_files.classes)
    assert dict(from_compiled.patterns) == dict(from_files.patterns)
    assert from_compiled.versions == from_files.versions
    assert from_compiled.content_hash == from_files.content_hash
    assert (from_compiled.weights, from_compiled.claim_weights) == (from_files.weights, from_files.claim_weights)
    assert from_compiled.kinds == from_files.kinds
    assert from_compiled.folder == from_files.folder == copied


def test_entries_from_compiled_form_are_whole(small: Path) -> None:
    """Every field of an entry is there with its type, so that nothing notices where it came from."""
    from_files, from_compiled = load(), load()
    for name, cue in from_files.cues.items():
        assert from_compiled.cues[name].model_dump() == cue.model_dump()
        assert type(from_compiled.cues[name].patterns) is tuple
        assert from_compiled.patterns[name] == tuple(v for phrase in cue.patterns for v in parse_pattern(phrase))
    for name, word_class in from_files.classes.items():
        assert from_compiled.classes[name].model_dump() == word_class.model_dump()
        assert from_compiled.words_of(name) == word_class.words
    assert len(from_compiled.patterns) == len(from_compiled.cues)
    assert "no-such-cue" not in from_compiled.patterns


@pytest.mark.parametrize("name", ["mine.toml", *TABLES])
def test_a_changed_file_is_read_anew(small: Path, files_read: list[str], name: str) -> None:
    """A change of any file, a weight table too, makes another hash, and what was compiled before is not used."""
    before = load()
    with (small / name).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    files_read.clear()
    after = load()
    assert files_read
    assert after.content_hash != before.content_hash
    assert len([path for path in kept(small) if path.name.startswith("lexicons-")]) == 1


def test_a_wrong_file_is_refused_each_time(small: Path) -> None:
    """What could not be read is not kept: the message comes again."""
    (small / "mine.toml").write_text("schema = ", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(LexiconError, match=r"mine\.toml"):
            load()
    assert kept(small) == []


@pytest.mark.parametrize("foreign", [[], {}, {"cues": 1}, {"cues": [1], "classes": [], "versions": {}}, {"cues": [{}], "classes": []}, "x"])
def test_foreign_content_under_the_name_of_the_lexicons(small: Path, files_read: list[str], foreign: object) -> None:
    """Sound data that is no lexicon is passed over, and the files are read."""
    sound = load()
    write_compiled(small, "lexicons", sound.content_hash, foreign)
    files_read.clear()
    assert dict(load().cues) == dict(sound.cues)
    assert files_read


def test_a_damaged_compiled_lexicon_is_mended(small: Path, files_read: list[str]) -> None:
    """A broken file costs one reading; then the compiled form is there again."""
    sound = load()
    (path,) = kept(small)
    path.write_bytes(path.read_bytes()[:-10])
    assert dict(load().cues) == dict(sound.cues)
    files_read.clear()
    load()
    assert files_read == []


def test_lexicons_without_a_place_to_keep_them(small: Path, files_read: list[str]) -> None:
    """In a folder that cannot be written the files are read each time, and say the same."""
    (small / FOLDER).write_text("", encoding="utf-8")
    first, second = load(), load()
    assert files_read.count("mine.toml") == 2
    assert dict(first.patterns) == dict(second.patterns)
    assert first.content_hash == second.content_hash


def test_an_overlay_is_never_kept(small: Path, tmp_path: Path, files_read: list[str]) -> None:
    """Lexicons with an overlay are read from the files, and nothing of them is stored."""
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    own = MINE.replace("mine", "yours").replace("tableware", "cutlery").replace("juggle", "stack")
    (overlay / "yours.toml").write_text(own, encoding="utf-8")
    load()
    before = kept(small)
    files_read.clear()
    found = lexicons.load_lexicons.__wrapped__(overlay)
    assert found.folder is None
    assert {"mine.juggled", "yours.stackd"} <= found.cues.keys()
    assert files_read == ["mine.toml", "yours.toml"]
    assert kept(small) == before
    assert kept(overlay) == []


# ---- the trie


def test_the_trie_is_kept(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trie of the patterns is built once and then read, and both are the trie of the patterns."""
    found = load()
    expected = build(found.patterns)
    assert matcher._trie(found) == expected
    monkeypatch.setattr(matcher, "build", refuse)
    assert matcher._trie(load()) == expected


def test_the_trie_of_an_overlay_is_not_kept(small: Path) -> None:
    """Lexicons that have no folder of their own get their trie built each time."""
    found = load()
    before = kept(small)
    bare = Lexicons(found.cues, found.classes, found.patterns, found.versions, found.weights, "0" * 16)
    assert matcher._trie(bare) == build(found.patterns)
    assert kept(small) == before
