"""Stories from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from star_analyzer import BankStory, InputError, read_stories
from star_analyzer.bank.reading import read_bank_file
from star_analyzer.bank.template import story_template
from star_analyzer.cards import FIELD_NAMES
from star_analyzer.documents import read_document

TELLING = "Two tills counted Sunday twice. I set both clocks by one server."
CARD = {name: f"The {name} of it." for name in FIELD_NAMES}


def one(folder: Path, name: str, text: str) -> BankStory:
    """The only story of a file."""
    (folder / name).write_text(text, encoding="utf-8")
    (story,) = read_stories([folder / name])
    return story


def front(fields: dict[str, Any], telling: str = TELLING) -> str:
    """A Markdown file."""
    return "---\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in fields.items()) + f"---\n{telling}\n"


# ---- forms


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter(tmp_path: Path, name: str) -> None:
    """Title, seven fields, tags, prompts and question; the telling without them."""
    header = {"title": "The till", **CARD, "tags": ["bad_data"], "prompts": ["bad-data"], "question": "What?"}
    story = one(tmp_path, name, front(header))
    assert (story.title, dict(story.fields), story.tags, story.prompts, story.question) == (
        "The till", CARD, ("bad_data",), ("bad-data",), "What?",
    )  # fmt: skip
    assert story.text.strip() == TELLING
    assert story.path is not None
    assert story.path.endswith(name)


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    """One table, [[story]], a list, and an object with a list."""
    row = {"title": "The till", **CARD, "tags": ["failure"], "text": TELLING}
    lines = "".join(f"{k} = {json.dumps(v)}\n" for k, v in row.items())
    files = {
        "one.toml": lines, "many.toml": "[[story]]\n" + lines, "list.toml": "[[stories]]\n" + lines, "one.json": json.dumps(row),
        "list.json": json.dumps([row]), "object.json": json.dumps({"stories": [row]}), "crlf.toml": lines.replace("\n", "\r\n"),
    }  # fmt: skip
    found = [one(tmp_path, name, text) for name, text in files.items()]
    assert {(s.title, tuple(s.fields.items()), s.tags, s.text) for s in found} == {("The till", tuple(CARD.items()), ("failure",), TELLING)}


def test_several_in_a_file(tmp_path: Path) -> None:
    """Blocks of front matter, headings, tables: each begins a story; without a title it has the file's name and a number."""
    (tmp_path / "a.md").write_text(front({"title": "One"}) + "\n" + front({"title": "Two"}), encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# Three\n{TELLING}\n\n# Four\n{TELLING}\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text(f'[[story]]\ntext = "{TELLING}"\n[[story]]\ntext = "{TELLING}"\ntitle = "Six"\n', encoding="utf-8")
    assert [s.title for s in read_stories([tmp_path])] == ["One", "Two", "Three", "Four", "c 1", "Six"]


def test_titles(tmp_path: Path) -> None:
    """Front matter, then the heading, then the file's name; on one line."""
    assert one(tmp_path, "x.md", front({"title": "A\n b"})).title == "A b"
    assert one(tmp_path, "x.md", f"# The heading\n{TELLING}").title == "The heading"
    assert one(tmp_path, "x.md", TELLING).title == "x"


def test_a_recording_is_a_story(tmp_path: Path) -> None:
    """Subtitles and Whisper's JSON: the candidate's words with their times."""
    srt = "1\n00:00:00,000 --> 00:00:04,000\nTwo tills counted Sunday twice.\n\n2\n00:00:04,000 --> 00:00:09,000\nI set both clocks.\n"
    story = one(tmp_path, "a.srt", srt)
    assert story.timings
    segments = [{"start": 0.0, "end": 4.0, "text": " Two tills counted Sunday twice."}]
    for name, data in (("b.json", {"segments": segments}), ("c.json", segments)):
        told = one(tmp_path, name, json.dumps(data))
        assert told.timings
        assert told.text.strip() == "Two tills counted Sunday twice."


def test_short_keys_and_other_spellings(tmp_path: Path) -> None:
    """Aliases, spaces, dashes and capitals; the full name wins."""
    story = one(tmp_path, "a.md", "---\nGoal: g\nexact-role: I\nMain obstacle: o\nresult: r\nmeasurable_result: m\n---\n" + TELLING)
    assert dict(story.fields) == {"business_goal": "g", "exact_role": "I", "main_obstacle": "o", "measurable_result": "m"}


def test_tags_as_people_write_them(tmp_path: Path) -> None:
    """A list or commas; "bad data" is bad_data; nothing is none."""
    assert one(tmp_path, "a.md", front({"tags": "Bad data, failure"})).tags == ("bad_data", "failure")
    assert one(tmp_path, "a.md", "---\ntags:\ntitle: x\n---\n" + TELLING).tags == ()


def test_values_are_texts_as_written(tmp_path: Path) -> None:
    """What YAML would read as a number, a date, a time or a truth value, and flat lists. Tables may have numbers."""
    header = "---\nlesson: No\nmain_obstacle: 2024-05-01\nbusiness_goal: 12:30\nexact_role: [I read, I wrote]\n---\n"
    assert dict(one(tmp_path, "a.md", header + TELLING).fields) == {
        "business_goal": "12:30", "exact_role": "I read; I wrote", "main_obstacle": "2024-05-01", "lesson": "No",
    }  # fmt: skip
    assert dict(one(tmp_path, "a.toml", f'lesson = 12\nmain_obstacle = 2024-05-01\ntext = "{TELLING}"').fields) == {
        "main_obstacle": "2024-05-01", "lesson": "12",
    }  # fmt: skip


def test_a_colon_inside_a_value(tmp_path: Path) -> None:
    """Cards are sentences, and sentences have colons; also in the second story of a file."""
    header = "---\ntitle: Labels: the audit\nmain_obstacle: Labels: a third of them: wrong\nlesson: 'quoted: fine'\n---\n"
    story = one(tmp_path, "a.md", header + TELLING)
    assert story.title == "Labels: the audit"
    assert dict(story.fields) == {"main_obstacle": "Labels: a third of them: wrong", "lesson": "quoted: fine"}
    (tmp_path / "b.md").write_text(f"{header}{TELLING}\n\n{header}{TELLING}\n", encoding="utf-8")
    assert len(read_stories([tmp_path / "b.md"])) == 2
    (tmp_path / "b.md").write_text(f"{header}{TELLING}\n\n---\ntitle: x\nother: [\n---\n{TELLING}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.md:\d+: front matter: .*put the value into quotes"):
        read_stories([tmp_path / "b.md"])


@pytest.mark.parametrize(
    "value", ["`kubectl` was new", "@home", "%20 of it", "- look first", "'Sole engineer', the only one", "{x", "* all", "a: b"]
)
def test_signs_of_yaml_in_a_value(tmp_path: Path, value: str) -> None:
    """A sentence on one line is read as it is written."""
    assert dict(one(tmp_path, "a.md", f"---\nexact_role: {value}\n---\n{TELLING}").fields) == {"exact_role": value}


def test_the_telling_has_no_blank_lines_around_it(tmp_path: Path) -> None:
    """Neither of front matter nor of comments."""
    assert one(tmp_path, "a.md", f"---\ntitle: x\n---\n<!-- note -->\n\n{TELLING}\n\n").text == TELLING


def test_lists_that_grow_when_they_are_read(tmp_path: Path) -> None:
    """Aliases of YAML are not written out."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    for key in ("lesson", "title", "tags"):
        (tmp_path / "a.md").write_text(f"---\n{bomb}{key}: *a9\n---\n{TELLING}", encoding="utf-8")
        with pytest.raises(InputError, match=key):
            read_stories([tmp_path / "a.md"])


def test_one_path(tmp_path: Path) -> None:
    """A single path needs no list."""
    (tmp_path / "a.md").write_text(TELLING, encoding="utf-8")
    assert len(read_stories(tmp_path)) == len(read_stories(str(tmp_path))) == 1


def test_an_empty_long_key_does_not_hide_a_short_one(tmp_path: Path) -> None:
    """As in a template that was filled in beside it."""
    assert dict(one(tmp_path, "a.md", "---\nmeasurable_result:\nresult: 5%\n---\n" + TELLING).fields) == {"measurable_result": "5%"}


def test_folders(tmp_path: Path) -> None:
    """All forms, in the order of names; other files and configuration are left alone."""
    for name in ("b.md", "a.txt", "c.csv", ".hidden.md", "history.jsonl"):
        (tmp_path / name).write_text(TELLING, encoding="utf-8")
    (tmp_path / "d.toml").write_text(f'text = "{TELLING}"', encoding="utf-8")
    (tmp_path / "star-analyzer.toml").write_text('profile = "general"', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"', encoding="utf-8")
    assert [s.title for s in read_stories([tmp_path])] == ["a", "b", "d"]


# ---- what is wrong


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "a.md",
            "---\nmain_obstacel: x\n---\n" + TELLING,
            r"a\.md:2: front matter: there is no 'main_obstacel'; did you mean 'main_obstacle'",
        ),
        ("a.md", "---\nlesson: {a: b}\n---\n" + TELLING, r"a\.md:2: lesson: must be text"),
        ("a.md", "---\ntags: {a: b}\n---\n" + TELLING, r"a\.md:2: tags: must be a list"),
        ("a.md", "---\ntitle: x\ntags: [failed]\n---\n" + TELLING, r"a\.md:3: tags: there is no 'failed'; did you mean 'failure'"),
        ("a.md", "---\ntitle: [x]\n---\n" + TELLING, r"a\.md:2: front matter: title must be text"),
        ("a.md", "---\nprompts: [bad-date]\n---\n" + TELLING, r"a\.md:2: prompts: there is no 'bad-date'; did you mean 'bad-data'"),
        ("a.md", "---\ntitle: x\nother: [\n---\n" + TELLING, r"a\.md:\d: front matter: this cannot be read; put the value into quotes"),
        ("a.md", "", "a.md: "),
        ("a.md", "---\ntitle: x\n---\n", "no answer"),
        ("a.toml", "x = [", "is not TOML"),
        ("a.toml", 'title = "x"', "story 1: needs the telling under the key 'text'"),
        ("a.toml", 'text = "!!"', "story 1: needs the telling"),
        ("a.toml", "text = 3", "story 1: needs the telling"),
        ("a.toml", 'story = "x"', "needs tables with stories"),
        ("a.toml", 'lesson_ = "x"\ntext = "I did it."', "story 1: there is no 'lesson_'; did you mean 'lesson'"),
        ("a.json", "{", r"a\.json:1: is not JSON"),
        ("a.json", "3", "needs tables with stories"),
        ("a.json", "[3]", "needs tables with stories"),
        ("a.json", '{"segments": 3}', "is no transcript"),
        ("a.json", "[" * 100_000, "is not JSON"),
        ("none.md", None, "cannot be read"),
        ("a.json", "[]", "holds no story"),
        ("a.json", '{"stories": []}', "holds no story"),
        ("a.json", '{"schema_version": "1.0", "stories": []}', "is a report and holds no stories"),
        ("a.json", json.dumps({"text": TELLING, "title": ["x"]}), "story 1: title must be text"),
        ("a.json", json.dumps({"text": TELLING, "profile": 5}), "story 1: profile must be text"),
        ("a.json", json.dumps({"text": TELLING, "lesson": True}), "lesson: must be text"),
        ("a.json", json.dumps({"text": TELLING, "lesson": [{"a": "b"}]}), "lesson: must be text"),
        ("a.json", json.dumps({"text": TELLING, "title": "x \ud800"}), "title: has half of a character"),
        ("a.json", json.dumps([{"text": TELLING}, {"text": TELLING, "tags": ["nope"]}]), r"a\.json: story 2: tags: there is no 'nope'"),
        ("a.toml", "x = " + "1" * 5000, "is not TOML"),
        ("a.toml", "lesson = 0x" + "1" * 5000 + f'\ntext = "{TELLING}"', "lesson: must be text"),
        ("a.toml", '[[prompt]]\nid = "x"', "holds prompts and no stories"),
        ("a.md", f"---\nlesson: I look.\n---\n# One\n{TELLING}\n# Two\n{TELLING}", "one card stands above several headings"),
        ("star-analyzer.toml", 'profile = "general"', "is a configuration file"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, text: str | None, says: str) -> None:
    """File, line where there is one, what, and how to mend it."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_stories([tmp_path / name])


def test_all_wrong_files_are_named(tmp_path: Path) -> None:
    """Not only the first."""
    (tmp_path / "a.md").write_text("---\nlesson: {a: b}\n---\n" + TELLING, encoding="utf-8")
    (tmp_path / "b.toml").write_text("x = [", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.md.*b\.toml"):
        read_stories([tmp_path])


def test_an_empty_folder(tmp_path: Path) -> None:
    """The forms are named."""
    with pytest.raises(InputError, match=r"holds no \.md, \.txt, \.srt, \.vtt, \.toml or \.json file"):
        read_stories([tmp_path])


# ---- the template


@pytest.mark.parametrize("title", ["", "The till", 'A "b": c', "#1 — é", "a\nb", "a\x7fb", "'", "{x}", "---"])
def test_the_template_is_read_back(tmp_path: Path, title: str) -> None:
    """A title of any kind; the fields are empty until they are filled in; notes are no part of the telling."""
    story = one(tmp_path, "a.md", story_template(title) + "\n" + TELLING)
    assert story.title == (" ".join(title.split()).replace("\x7f", "") or "a")
    assert dict(story.fields) == {}
    assert story.text.strip() == TELLING
    assert story.tags == ()


def test_the_template_names_every_field() -> None:
    """With what belongs there, and the tags."""
    text = story_template()
    assert all(f"\n{name}:" in text for name in FIELD_NAMES)
    assert "accuracy_vs_latency" in text


def test_a_template_that_is_not_filled_in(tmp_path: Path) -> None:
    """Has no telling, and says so."""
    (tmp_path / "a.md").write_text(story_template("x"), encoding="utf-8")
    with pytest.raises(InputError, match="no answer"):
        read_stories([tmp_path / "a.md"])


# ---- anything

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "title", "tags", "story", "lesson"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(JSON)
def test_any_json_is_read_or_refused(data: Any) -> None:
    """Stories with a telling, or an `InputError`."""
    try:
        document = read_bank_file(Path("a.json"), json.dumps(data))
    except InputError:
        return
    assert all(any(c.isalnum() for c in s.text) for s in document.stories)
    assert all(document.text[s.start :].startswith(s.text) for s in document.stories)


@given(st.text(max_size=100))
def test_markdown_is_read_as_everywhere(text: str) -> None:
    """A bank reads the answers that `check` reads."""
    assert read_bank_file(Path("a.md"), text).stories == read_document(Path("a.md"), text).stories
