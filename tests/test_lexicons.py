"""Loading the lexicons: what is refused and how it is said, overlays, and the content hash."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from star_analyzer import Analyzer, LexiconError, Part
from star_analyzer.lexicons import TABLES, Lexicons, load_lexicons, packaged_folder

HEAD = """schema = 1
id = "mine"
version = "1.0.0"
language = "en"
source = "Written for this test."
licence = "MIT"

"""
CUE = """[[cue]]
id = "mine.juggled"
kind = "task.assigned"
patterns = ["i|we <juggle> plates"]
examples = ["I juggled plates."]
counter_examples = ["We sat down."]
"""
CLASS = """[[class]]
id = "tableware"
pos = "noun"
words = ["plate", "soup bowl"]
examples = ["A plate broke."]
counter_examples = ["We sat down."]
"""
CUE_LINE = HEAD.count("\n") + 1

Load = Callable[..., Lexicons]
Refused = Callable[..., LexiconError]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the packaged lexicons with an overlay file of the given content."""

    def loading(content: str | bytes, name: str = "mine.toml") -> Lexicons:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_lexicons(tmp_path)

    return loading


@pytest.fixture
def refused(load: Load) -> Refused:
    """The error that an overlay file of the given content raises."""

    def refusing(content: str | bytes, name: str = "mine.toml") -> LexiconError:
        with pytest.raises(LexiconError) as caught:
            load(content, name)
        return caught.value

    return refusing


def placed(error: LexiconError, entry: str | None, line: int | None, file: str = "mine.toml") -> str:
    """Check that an error names its place in the message and in its fields; the message."""
    message = str(error)
    assert file in message
    assert error.file.endswith(file)
    assert (error.entry, error.line) == (entry, line)
    if entry is not None:
        assert entry in message
    if line is not None:
        assert f"{file}:{line}: " in message
    return message


def test_packaged_folder_is_found() -> None:
    """The folder of the lexicons holds the files that the package reads."""
    folder = packaged_folder()
    for name in ("situation.toml", "task.toml", "action.toml", "result.toml", "reflection.toml", "other.toml", "part_weights.tsv"):
        assert (folder / name).is_file(), name


def test_packaged_lexicons_are_whole(lexicons: Lexicons) -> None:
    """Every part has cues, every cue has patterns, and every file has a version."""
    assert {kind.split(".")[0] for kind in lexicons.kinds} >= {part.value for part in Part}
    assert set(lexicons.patterns) == set(lexicons.cues)
    assert all(lexicons.patterns.values())
    assert set(lexicons.versions) == {path.stem for path in packaged_folder().glob("*.toml")}


def test_file_ids_are_file_names() -> None:
    """The id of a lexicon file is its name without .toml, as the documentation says."""
    for path in packaged_folder().glob("*.toml"):
        assert f'id = "{path.stem}"' in path.read_text(encoding="utf-8").split("[[")[0]


def test_unknown_key_with_a_near_match(refused: Refused) -> None:
    """A misspelt optional key is refused, and the right spelling is offered."""
    message = placed(refused(HEAD + CUE + 'noet = "why"\n'), "mine.juggled", CUE_LINE)
    assert "noet" in message
    assert "did you mean 'note'" in message


@pytest.mark.parametrize(("right", "wrong"), [("patterns", "patern"), ("examples", "exampels")])
def test_misspelt_required_key(refused: Refused, right: str, wrong: str) -> None:
    """A misspelt required key is named as it stands, with the right spelling; "required" alone would puzzle."""
    message = placed(refused(HEAD + CUE.replace(f"\n{right} ", f"\n{wrong} ")), "mine.juggled", CUE_LINE)
    assert wrong in message
    assert f"did you mean '{right}'" in message


def test_unknown_key_of_the_header(refused: Refused) -> None:
    """A misspelt key of the header is refused too."""
    message = placed(refused(HEAD.replace("\n\n", '\nnotse = "x"\n\n') + CUE), None, None)
    assert "notse" in message
    assert "did you mean 'notes'" in message


def test_american_licence(refused: Refused) -> None:
    """The likeliest slip, "license", is answered with "licence"."""
    message = placed(refused(HEAD.replace("licence", "license") + CUE), None, None)
    assert "license" in message
    assert "licence" in message.replace("license", "")


def test_unknown_key_without_a_near_match(refused: Refused) -> None:
    """A key like no other is refused without a guess."""
    message = placed(refused(HEAD + CUE + "zzzzqq = 1\n"), "mine.juggled", CUE_LINE)
    assert "zzzzqq" in message
    assert "did you mean" not in message


def test_unknown_key_of_a_class(refused: Refused) -> None:
    """The line is that of the class, not of a cue before it."""
    error = refused(HEAD + CUE + CLASS + "colour = 'red'\n")
    assert "colour" in placed(error, "tableware", CUE_LINE + CUE.count("\n"))


def test_duplicate_id_in_one_file(refused: Refused) -> None:
    """The second use of an id is refused at its own line."""
    second = CUE.replace("plates", "cups")
    assert "twice" in placed(refused(HEAD + CUE + second), "mine.juggled", CUE_LINE + CUE.count("\n"))


def test_a_cue_and_a_class_may_not_share_an_id(refused: Refused) -> None:
    """Ids are unique over cues and classes together."""
    assert "twice" in str(refused(HEAD + CUE.replace("mine.juggled", "tableware") + CLASS))


def test_duplicate_id_over_packaged_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id used in two packaged files is refused, naming the second file."""
    base, overlay = tmp_path / "base", tmp_path / "overlay"
    base.mkdir()
    overlay.mkdir()
    (base / "a.toml").write_text(HEAD + CUE, encoding="utf-8")
    (base / "b.toml").write_text(HEAD + CUE.replace("plates", "cups"), encoding="utf-8")
    for table in TABLES:
        (base / table).write_text("", encoding="utf-8")
    monkeypatch.setattr("star_analyzer.lexicons.packaged_folder", lambda: base)
    with pytest.raises(LexiconError) as caught:
        load_lexicons(overlay)
    assert "twice" in placed(caught.value, "mine.juggled", CUE_LINE, "b.toml")


def test_duplicate_pattern_of_a_packaged_entry(refused: Refused, lexicons: Lexicons) -> None:
    """A pattern that a packaged cue has is refused, naming that cue."""
    owner = next(cue for cue in lexicons.cues.values() if cue.kind == "task.assigned")
    message = placed(refused(HEAD + CUE.replace("i|we <juggle> plates", owner.patterns[0])), "mine.juggled", CUE_LINE)
    assert owner.id in message
    assert "keep one" in message


def test_duplicate_pattern_of_another_entry(refused: Refused) -> None:
    """Case and spaces do not make a pattern another one."""
    second = CUE.replace("mine.juggled", "mine.other").replace("i|we <juggle> plates", "I|We  <juggle>  PLATES")
    error = refused(HEAD + CUE + second)
    assert "mine.juggled" in placed(error, "mine.other", CUE_LINE + CUE.count("\n"))


@pytest.mark.parametrize("again", ["i|we <juggle> plates", "I|we  <juggle> PLATES"])
def test_duplicate_pattern_in_one_entry(refused: Refused, again: str) -> None:
    """A pattern written twice in one entry is refused, also in other case or with other spaces."""
    error = refused(HEAD + CUE.replace('plates"]', f'plates", "{again}"]'))
    assert "keep one" in placed(error, "mine.juggled", CUE_LINE)


def test_bad_pattern(refused: Refused) -> None:
    """A pattern that cannot be read is quoted with the reason."""
    message = placed(refused(HEAD + CUE.replace("<juggle> plates", "<juggle> ...")), "mine.juggled", CUE_LINE)
    assert "cannot end with a gap" in message
    assert "<juggle> ..." in message


def test_unknown_class(refused: Refused) -> None:
    """A pattern that names no class is refused, with the nearest class."""
    message = placed(refused(HEAD + CUE.replace("plates", "{metrik}")), "mine.juggled", CUE_LINE)
    assert "{metrik}" in message
    assert "did you mean {metric}" in message


def test_class_may_stand_in_a_later_file(tmp_path: Path, load: Load) -> None:
    """A pattern may use a class that a later file defines."""
    (tmp_path / "zz.toml").write_text(HEAD.replace("mine", "zz") + CLASS, encoding="utf-8")
    found = load(HEAD + CUE.replace("plates", "{tableware}"))
    assert {"tableware"} <= found.classes.keys()


def test_bad_toml(refused: Refused) -> None:
    """Broken TOML is refused with the line at which reading stopped."""
    message = placed(refused(HEAD + 'patterns = ["i ran]\n'), None, None)
    assert "not valid TOML" in message
    assert f"line {CUE_LINE}" in message


def test_not_utf8(refused: Refused) -> None:
    """A file in another encoding is refused, with the byte and the remedy."""
    content = (HEAD + CUE.replace("plates", "caf\u00e9s")).encode("latin-1")
    message = placed(refused(content), None, None)
    assert f"byte {content.index(0xE9)}" in message
    assert "save it as UTF-8" in message


def test_utf8_with_a_mark(load: Load) -> None:
    """A byte order mark, which Windows editors put in front, does no harm."""
    assert "mine.juggled" in load(b"\xef\xbb\xbf" + (HEAD + CUE).encode()).cues


def test_windows_line_ends(load: Load, refused: Refused) -> None:
    """A file with Windows line ends is read."""
    assert "mine.juggled" in load((HEAD + CUE).replace("\n", "\r\n")).cues


def test_wrong_schema(refused: Refused) -> None:
    """A file of another schema is refused, with the schema that is read."""
    message = placed(refused(HEAD.replace("schema = 1", "schema = 2") + CUE), None, 1)
    assert "schema 2" in message
    assert "reads schema 1" in message


def test_missing_schema(refused: Refused) -> None:
    """A file without a schema is refused."""
    assert "schema" in placed(refused(HEAD.replace("schema = 1\n", "")), None, None)


@pytest.mark.parametrize("key", ["examples", "counter_examples"])
def test_missing_examples(refused: Refused, key: str) -> None:
    """No entry without an example and a counter-example."""
    lines = [line for line in CUE.splitlines() if not line.startswith(key)]
    message = placed(refused(HEAD + "\n".join(lines)), "mine.juggled", CUE_LINE)
    assert f"{key}: " in message


@pytest.mark.parametrize("key", ["examples", "counter_examples", "patterns"])
def test_empty_lists(refused: Refused, key: str) -> None:
    """An empty list is no better than none."""
    lines = [f"{key} = []" if line.startswith(key) else line for line in CUE.splitlines()]
    assert f"{key}: " in placed(refused(HEAD + "\n".join(lines)), "mine.juggled", CUE_LINE)


def test_missing_id(refused: Refused) -> None:
    """An entry without an id is named by its number."""
    second = CUE.replace('id = "mine.juggled"\n', "")
    assert "id" in placed(refused(HEAD + CUE + second), "cue number 2", CUE_LINE + CUE.count("\n"))


@pytest.mark.parametrize("name", ["Mine", "1st", "mine..a", "mine.a b", ".a", ""])
def test_bad_id(refused: Refused, name: str) -> None:
    """An id is lower-case words joined by dots."""
    assert "id: " in str(refused(HEAD + CUE.replace("mine.juggled", name)))


def test_word_of_a_class_too_long(refused: Refused) -> None:
    """A word of a class has at most three words."""
    assert "one to three words" in placed(refused(HEAD + CLASS.replace("soup bowl", "very big soup bowl")), "tableware", CUE_LINE)


def test_word_of_a_class_twice(refused: Refused) -> None:
    """A word stands once in its class, whatever its case."""
    assert "'Plate'" in placed(refused(HEAD + CLASS.replace("soup bowl", "Plate")), "tableware", CUE_LINE)


def test_unknown_part_of_speech(refused: Refused) -> None:
    """A class is of one of four parts of speech."""
    assert "pos: " in placed(refused(HEAD + CLASS.replace('"noun"', '"pronoun"')), "tableware", CUE_LINE)


def test_unknown_language(refused: Refused) -> None:
    """Only English lexicons are read."""
    assert "language" in str(refused(HEAD.replace('"en"', '"de"') + CUE))


def test_overlay_adds(load: Load, lexicons: Lexicons) -> None:
    """A new entry of an overlay is added, everything else stays."""
    found = load(HEAD + CUE + CLASS)
    assert found.cues.keys() - lexicons.cues.keys() == {"mine.juggled"}
    assert found.classes.keys() - lexicons.classes.keys() == {"tableware"}
    assert lexicons.cues.keys() < found.cues.keys()
    assert found.versions["mine+overlay"] == "1.0.0"


def test_overlay_replaces(load: Load, lexicons: Lexicons) -> None:
    """An entry with a known id takes the place of the packaged one."""
    known = next(cue for cue in lexicons.cues.values() if cue.kind == "task.assigned")
    found = load(HEAD + CUE.replace("mine.juggled", known.id))
    assert found.cues[known.id].patterns == ("i|we <juggle> plates",)
    assert found.cues.keys() == lexicons.cues.keys()
    assert len(found.patterns[known.id]) == 1


def test_replaced_patterns_are_free_again(load: Load, lexicons: Lexicons) -> None:
    """The patterns of a replaced entry may be used by the entry that replaces it."""
    known = next(cue for cue in lexicons.cues.values() if cue.kind == "task.assigned")
    found = load(HEAD + CUE.replace("mine.juggled", known.id).replace("i|we <juggle> plates", known.patterns[0]))
    assert found.cues[known.id].patterns == known.patterns[:1]


def test_overlay_disables(load: Load, lexicons: Lexicons) -> None:
    """An id listed under `disabled` is switched off, and its patterns are free."""
    known = next(cue for cue in lexicons.cues.values() if cue.kind == "task.assigned")
    content = HEAD.replace("\n\n", f'\ndisabled = ["{known.id}"]\n\n') + CUE.replace("i|we <juggle> plates", known.patterns[0])
    found = load(content)
    assert known.id not in found.cues
    assert known.id not in found.patterns
    assert "mine.juggled" in found.cues


def test_unknown_disabled_id(refused: Refused, lexicons: Lexicons) -> None:
    """Disabling an id that does not exist is refused, with the nearest one."""
    known = next(iter(lexicons.cues))
    message = placed(refused(HEAD.replace("\n\n", f'\ndisabled = ["{known}s"]\n\n')), None, None)
    assert f"'{known}s'" in message
    assert f"did you mean '{known}'" in message


def test_disabling_a_class_that_patterns_use(refused: Refused) -> None:
    """Disabling a class that packaged patterns need is refused, and the overlay file that does it is named."""
    message = str(refused(HEAD.replace("\n\n", '\ndisabled = ["metric"]\n\n')))
    assert "{metric}" in message
    assert "mine.toml" in message


def test_new_kind_without_weights(refused: Refused) -> None:
    """A kind for which no weights were fitted needs weights of its own; file, entry, line and the nearest kind are named."""
    message = placed(refused(HEAD + CUE.replace("task.assigned", "task.asigned")), "mine.juggled", CUE_LINE)
    assert "'task.asigned'" in message
    assert "'task.assigned'" in message


def test_new_kind_with_weights(load: Load) -> None:
    """A new kind with weights is welcome."""
    found = load(HEAD + CUE.replace("task.assigned", "task.circus") + "weights = { task = 3.0, action = -1 }\n")
    assert found.cues["mine.juggled"].weights == {"task": 3.0, "action": -1.0}
    assert "task.circus" in found.kinds


def test_weights_for_an_unknown_part(refused: Refused) -> None:
    """A weight for a part that does not exist would silently do nothing, so it is refused."""
    message = placed(refused(HEAD + CUE + "weights = { actoin = 3.0 }\n"), "mine.juggled", CUE_LINE)
    assert "actoin" in message


@pytest.mark.parametrize("weight", ["nan", "inf", "-inf"])
def test_weights_that_are_no_numbers(refused: Refused, weight: str) -> None:
    """Infinite weights would make every probability meaningless, so they are refused."""
    assert "weights" in placed(refused(HEAD + CUE + f"weights = {{ action = {weight} }}\n"), "mine.juggled", CUE_LINE)


def test_overlay_weights_count(tmp_path: Path) -> None:
    """Weights of an overlay entry change the part of a sentence, and the reason is shown."""
    (tmp_path / "mine.toml").write_text(HEAD + CUE + "weights = { reflection = 25.0 }\n", encoding="utf-8")
    (sentence,) = Analyzer(lexicons=tmp_path).analyze("I juggled plates.").sentences
    assert sentence.part is Part.REFLECTION
    assert math.isclose(max(cue.weight for cue in sentence.cues), 25.0, abs_tol=1.0)
    assert sentence.cues[0].name == "phrase:mine.juggled"


def test_overlay_label(tmp_path: Path) -> None:
    """A section label that an overlay adds is known in the text."""
    label = CLASS.replace("tableware", "label_task").replace('"plate", "soup bowl"', '"errand"')
    (tmp_path / "mine.toml").write_text(HEAD + label, encoding="utf-8")
    report = Analyzer(lexicons=tmp_path).analyze("Errand: count the plates before the guests arrive.")
    assert [s.section for s in report.sentences] == [Part.TASK]


def test_content_hash(tmp_path: Path, lexicons: Lexicons) -> None:
    """The hash is that of the content in force: not of the folder's name, and any change changes it."""
    hashes = []
    for name, content in (("a", HEAD + CUE), ("b", HEAD + CUE), ("c", HEAD + CUE + 'note = "x"\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.toml").write_text(content, encoding="utf-8")
        hashes.append(load_lexicons(tmp_path / name).content_hash)
    assert hashes[0] == hashes[1]
    assert len({*hashes, lexicons.content_hash}) == 3


def test_empty_overlay_changes_nothing(tmp_path: Path, lexicons: Lexicons) -> None:
    """An overlay folder without files has the hash of the packaged lexicons."""
    assert load_lexicons(tmp_path).content_hash == lexicons.content_hash


def test_overlay_is_not_a_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused by name."""
    with pytest.raises(LexiconError, match="is not a folder") as caught:
        load_lexicons(tmp_path / "nowhere")
    assert "nowhere" in str(caught.value)


def test_folder_named_like_a_file(tmp_path: Path) -> None:
    """A folder that ends in .toml is refused as a file that cannot be read."""
    (tmp_path / "odd.toml").mkdir()
    with pytest.raises(LexiconError, match="cannot be read"):
        load_lexicons(tmp_path)


def test_errors_are_value_errors() -> None:
    """A lexicon error can be caught as a ValueError and knows its place."""
    error = LexiconError("is wrong", file="x.toml", entry="a.b", line=3)
    assert isinstance(error, ValueError)
    assert str(error) == "x.toml:3: a.b: is wrong"
