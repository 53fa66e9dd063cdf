"""Files with several answers, front matter, headings and comments: what is read, and that no offset moves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.documents import LARGEST_FILE, Document, Lines, blank, decoded, read_document
from star_analyzer.errors import InputError

TWO = """---
question: Tell me about a failure.
profile: general
---
# The bakery

We threw bread away. I counted it.

---

Then I cut the order.

---
title: The shop
---
I moved the shelf.
"""


def read(text: str) -> Document:
    """Read a text as a file."""
    return read_document(Path("x.md"), text)


def test_front_matter_begins_answers() -> None:
    """Every block of front matter begins an answer; a mere line of dashes does not."""
    bakery, shop = read(TWO).stories
    assert (bakery.title, bakery.question, bakery.fields["profile"]) == ("The bakery", "Tell me about a failure.", "general")
    assert "Then I cut the order." in bakery.text
    assert (shop.title, shop.question, shop.text.split()) == ("The shop", None, ["I", "moved", "the", "shelf."])


def test_headings_begin_answers() -> None:
    """Several headings of the first level begin an answer each, and are no part of it."""
    stories = read("# One\n\nI baked.\n\n# Two #\n\nI sold.\n").stories
    assert [s.title for s in stories] == ["One", "Two"]
    assert [s.text.split() for s in stories] == [["I", "baked."], ["I", "sold."]]


def test_headings_of_parts_begin_none() -> None:
    """A heading that names a part of an answer belongs to it."""
    (story,) = read(
        "# Situation:\n\nWe baked.\n\n# T\n\nI had to stop.\n\n# Action (mine)\n\nI counted.\n\n# Lessons learned\n\nI look.\n"
    ).stories
    assert story.title is None
    for heading in ("# Situation:", "# T", "# Action (mine)", "# Lessons learned"):
        assert heading in story.text


def test_headings_that_only_begin_like_a_label_are_titles() -> None:
    """Titles such as "A time I failed" and "Results day" begin answers."""
    stories = read("# A time I failed\n\nI baked.\n\n# Results day\n\nI sold.\n").stories
    assert [s.title for s in stories] == ["A time I failed", "Results day"]


def test_words_before_the_first_heading_are_an_answer_too() -> None:
    """Nothing is lost."""
    stories = read("I began.\n\n# One\n\nI baked.\n\n# Two\n\nI sold.\n").stories
    assert [s.text.split()[0] for s in stories] == ["I", "I", "I"]


TEXTS = st.lists(
    st.sampled_from(
        ["---\n", "question: why\n", "# Title\n", "# Action\n", "<!-- note -->", "<!-- star-analyzer: ignore OW -->", "<!--", "-->", "I did it. ",
         "Wir 👩‍🚀 waren. ", "\n", "\r\n", "\r", "\n\n", "- one\n", "title: x\n", "===\n"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(TEXTS)
def test_offsets_point_into_the_file(text: str) -> None:
    """An answer's text is that of the file at the same place, but for blanked characters; answers do not overlap."""
    try:
        document = read(text)
    except InputError:
        return
    behind = 0
    for story in document.stories:
        assert story.start >= behind
        behind = story.start + len(story.text)
        own = text[story.start : behind]
        assert len(own) == len(story.text)
        assert all(a == b or b == " " for a, b in zip(own, story.text, strict=True))
    for s in document.suppressions:
        assert text[s.start : s.end].startswith("<!--")
        assert text[s.start : s.end].endswith("-->")


@given(st.text(st.sampled_from("ab\r\n👩"), max_size=30))
def test_lines_and_columns(text: str) -> None:
    """Lines are counted as editors count them, columns in characters."""
    lines = Lines(text)
    for offset in range(len(text)):
        if text[offset] == "\n" and offset and text[offset - 1] == "\r":
            continue
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        assert lines.at(offset) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@given(st.text(max_size=40))
def test_blank_keeps_lengths_and_line_breaks(text: str) -> None:
    """What is blanked takes as much room, on as many lines."""
    assert len(blank(text)) == len(text)
    assert blank(text).splitlines() == [" " * len(line) for line in blank(text).splitlines()]
    assert [c for c in blank(text) if c in "\r\n"] == [c for c in text if c in "\r\n"]


def test_comments_are_no_part_of_the_answer() -> None:
    """Comments of all kinds are blanked; those of the analyser are read with scope and reason."""
    text = (
        "<!-- star-analyzer: ignore-file ST -->\n\n<!-- a note -->\nWe baked. <!-- star-analyzer: ignore OW201, LG101: my team --> I sold.\n\n"
        "<!-- star-analyzer: ignore DL101 -->\nMore.\n"
    )
    document = read(text)
    (story,) = document.stories
    assert story.text.split() == ["We", "baked.", "I", "sold.", "More."]
    assert [(s.scope, s.names, s.reason) for s in document.suppressions] == [
        ("file", ("ST",), ""),
        ("sentence", ("OW201", "LG101"), "my team"),
        ("block", ("DL101",), ""),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I did.\n<!-- star-analyzer: ignroe OW201 -->", "line 2: star-analyzer comment: there is no 'ignroe'; did you mean 'ignore'?"),
        ("<!-- star-analyzer: ignore -->", "line 1: star-analyzer comment: say which rules"),
        ("---\nquesiton: why\n---\nI did.", "line 2: front matter: there is no 'quesiton'; did you mean 'question'?"),
        ("---\nquestion: [why]\n---\nI did.", "line 2: front matter: question must be text"),
        ("---\nquestion: why\nother: [\n---\nI did.", "line 4: front matter: this cannot be read"),
        ("---\na: b\n---\nI did.\n\n" * 1001, "more than 1,000 front matter blocks"),
    ],
    ids=["unknown scope", "no codes", "misspelt key", "no text", "no YAML", "too many"],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, says: str) -> None:
    """A mistake in front matter or in a comment is an error that names the line and the remedy."""
    with pytest.raises(InputError) as error:
        read(text)
    assert says in str(error.value)


def test_keys_of_other_programs_are_left_alone() -> None:
    """Front matter may hold what other programs read."""
    (story,) = read("---\ntags: [a, b]\ndate: 2026-01-02\n---\nI did.").stories
    assert story.fields["tags"] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 900_000,
        "---\n" * 900_000,
        "# \n" * 900_000,
        f"# {'#' * 3_000_000}x",
        "---\na: " + "[" * 15_000 + "\n---\n",
        "\n" * 3_900_000,
    ],
    ids=["comments", "fences", "headings", "long heading", "brackets", "lines"],
)
def test_texts_made_to_be_slow_end_in_time(text: str) -> None:
    """Nothing of a large file is read again and again."""
    began = time.perf_counter()
    try:
        read(text)
    except InputError as error:
        assert "front matter" in str(error)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\x00\x01", "binary"), ("Café".encode("latin-1"), "UTF-8 (byte 3)"), (b"a" * (LARGEST_FILE + 1), "larger than")],
)
def test_bytes_that_are_no_text(data: bytes, says: str) -> None:
    """What is no text is refused with the remedy."""
    with pytest.raises(InputError) as error:
        decoded(data)
    assert says in str(error.value)


def test_byte_order_marks_are_no_characters() -> None:
    """A mark at the start moves no offset."""
    assert decoded(b"\xef\xbb\xbfI did.") == decoded("I did.".encode("utf-16")) == "I did."
