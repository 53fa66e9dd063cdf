"""Cutting a text into sentences by characters alone: punctuation, lines, lists and section labels."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from star_analyzer.nlp.pipeline import label_words
from star_analyzer.nlp.segments import Segment, segments

LABELS = label_words()


def cut(text: str) -> list[str]:
    """The texts of the segments."""
    return [text[s.start : s.end] for s in segments(text, LABELS)[0]]


def sections(text: str) -> list[tuple[str, str | None]]:
    """The texts of the segments with the part that a label announced."""
    return [(text[s.start : s.end], s.section) for s in segments(text, LABELS)[0]]


def marked(text: str) -> list[str]:
    """The texts of the section labels, without space around them."""
    return [text[start:end].strip() for start, end in segments(text, LABELS)[1]]


def only(text: str) -> Segment:
    """The single segment of a text."""
    (segment,) = segments(text, LABELS)[0]
    return segment


@pytest.mark.parametrize(
    "sentences",
    [
        ["I rang the baker.", "She had closed."],
        ["Was it late?", "It was!", "Nobody minded."],
        ["Wait?!", "What??", "No!!!", "Yes."],
        ["We had tools, e.g. Bash scripts, i.e. the old ones.", "Then I left."],
        ["We moved to v1.2 and to v. 2 of the client.", "It ran."],
        ["The A/B test ran 3.5x faster for $1.5M.", "We kept it."],
        ["It cost €2.50.", "I paid."],
        ["Node.js helped.", "So did Node.js.", "Then we left."],
        ["We use .NET.", "It is old."],
        ["See https://a.example/b?c=1.2.", "Then leave."],
        ["We met at 9 a.m. and left at 5 p.m.", "It was late."],
        ["We had pens, paper, etc.", "They ran out."],
        ["Mr. Smith and Dr. Jones left.", "I stayed."],
        ["Sales in the U.S. fell.", "I live in the U.S.", "It is big."],
        ["I joined Acme Inc. in May.", "I left Acme Inc.", "It was sold."],
        ["No. 5 was late.", "On Oct. 5 we stopped."],
        ['He said "It works."', "I left."],
        ['He asked "Why?" and left.', "“Stop!” she said."],
        ["We left (it was late).", "I slept.", "(I never sleep well.)", "Then I left."],
        ["Well...", "I left.", "And then… the end."],
        ["It was… odd.", "I left."],
        ["I got 3.5.", "Then I got 4."],
        ["we ran.", "then we sat.", "i left."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    """Full stops and the like end sentences; those inside words, numbers and abbreviations do not."""
    assert cut(" ".join(sentences)) == sentences


def test_glued_sentences() -> None:
    """A missing space after a full stop does not hide a sentence, and a dotted name stays whole."""
    assert cut("It was done.Then we left. We called System.Out there.") == ["It was done.", "Then we left.", "We called System.Out there."]


def test_no_capitals() -> None:
    """Without capitals a full stop still ends a sentence."""
    text = "the till broke. customers waited outside. i rang the shop. they sent a man."
    assert len(cut(text)) == 4


@pytest.mark.parametrize("name", ["p99", "p95", "k8s", "x86", "i18n", "s3", "r2"])
def test_names_of_a_letter_and_a_number(name: str) -> None:
    """A name like p99 starts a sentence without a capital, in a text that has capitals elsewhere."""
    sentences = ["I moved the job to Frankfurt.", f"{name} went down.", "Nobody minded.", "Then I left."]
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize("text", ["We saw approx. p99 of 3 ms.", "We use e.g. s3 for that.", "It is in v. 2 of k8s. net was down."])
def test_such_names_inside_a_sentence(text: str) -> None:
    """Behind an abbreviation they start nothing, and a small word that is no such name does not either."""
    assert cut(f"We had two servers. {text}") == ["We had two servers.", text]


def test_no_punctuation() -> None:
    """Text without any punctuation is one segment, marked as a run-on when it is long."""
    assert not only("we ran home").run_on
    assert only("so we had a till that broke every day and i rang the shop and they sent a man").run_on


def test_punctuated_text_is_no_run_on() -> None:
    """A text with full stops has no run-on."""
    assert not any(s.run_on for s in segments("I rang the shop that had sold us the till. They sent a man.", LABELS)[0])


def test_endless_sentence_is_a_run_on() -> None:
    """A "sentence" of over eighty words is a chain of clauses, whatever its full stop says."""
    assert only("I ran and then I sat " * 20 + "down.").run_on


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_line_breaks(end: str) -> None:
    """Line breaks of every system end a sentence that has no full stop."""
    assert cut(f"Count the plates{end}Then wash them{end}Go home") == ["Count the plates", "Then wash them", "Go home"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_hard_wrapped_text(end: str) -> None:
    """Lines that an editor broke at a fixed width are joined again."""
    lines = [
        "Last autumn the till in our shop broke twice a day, and the queue went",
        "all the way out of the door while two of us wrote down what people had",
        "bought. I rang the dealer on the first morning and asked for a man, and",
        "he came at noon.",
    ]
    found = cut(end.join(lines))
    assert len(found) == 2
    assert found[0].split()[-1] == "bought."
    assert found[1].split()[:3] == ["I", "rang", "the"]


def test_a_small_letter_goes_on() -> None:
    """A long line goes on in the next when that begins with a small letter."""
    assert len(cut("The till in our shop broke twice a day in the autumn\nand nobody could say why.")) == 1


@pytest.mark.parametrize("word", ["the", "to", "a", "of", "with", "and", "because", "my", "was", "THE"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", " \n  "])
def test_a_line_that_leads_on(word: str, end: str) -> None:
    """A long line that ends with a word like "the" or "to" goes on in the next, also before a capital or a number."""
    for following in ("Kubernetes cluster in May.", "Anna at noon.", "300 customers a day."):
        text = f"The import took four hours a night before we moved it {word}{end}{following} Then I left."
        assert cut(text) == [text.removesuffix(" Then I left."), "Then I left."], following


@pytest.mark.parametrize("word", ["server", "up", "it", "now", "the:", "to.", "theatre", "into-the-unknown"])
def test_a_line_that_does_not_lead_on(word: str) -> None:
    """A line that ends with any other word, or with a mark behind it, is a sentence of its own."""
    first = f"The import took four hours a night before we moved {word}"
    assert cut(f"{first}\nKubernetes was next.") == [first, "Kubernetes was next."]


def test_a_short_line_does_not_lead_on() -> None:
    """A heading may end with any word."""
    assert cut("What I aimed to\nKubernetes was next.") == ["What I aimed to", "Kubernetes was next."]


@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n", "\n- ", "\n2. "])
def test_a_blank_line_or_a_list_mark_does_not_lead_on(between: str) -> None:
    """A new paragraph and a new list item begin anew, whatever stood before."""
    first = "The import took four hours a night before we moved it to the"
    assert cut(f"{first}{between}Kubernetes was next.") == [first, "Kubernetes was next."]


def test_blank_line_ends_a_sentence() -> None:
    """A blank line ends a sentence even before a small letter."""
    assert len(cut("The till in our shop broke twice a day in the autumn\n\nand nobody could say why.")) == 2


@pytest.mark.parametrize("mark", ["-", "*", "+", "•", "–", "1.", "1)", "(1)", "a)", "[ ]", "[x]", "→", "✓", "  -", "\t•"])
def test_list_marks(mark: str) -> None:
    """List marks are no part of the sentence, and each item is a sentence."""
    text = f"{mark} counted plates\n{mark} washed cups"
    found = segments(text, LABELS)[0]
    assert [text[s.start : s.end] for s in found] == ["counted plates", "washed cups"]
    assert all(s.bullet for s in found)


def test_numbered_list_after_a_lead() -> None:
    """A line with a colon stands apart from the list under it."""
    text = "I did three things:\n1. I counted.\n2. I washed.\n3. I left."
    assert cut(text) == ["I did three things:", "I counted.", "I washed.", "I left."]


def test_a_year_is_no_list_mark() -> None:
    """A number of more than two digits at the start of a line is not a list mark."""
    assert cut("2019 was a hard year.\n2020 was worse.") == ["2019 was a hard year.", "2020 was worse."]


def test_rules_and_decoration_are_nothing() -> None:
    """Lines without a letter or digit are no sentences."""
    assert cut("* * *\nHello there\n---\n“”\nGoodbye") == ["Hello there", "Goodbye"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Situation: we were late.", "situation"),
        ("situation: we were late.", "situation"),
        ("TASK: be quick.", "task"),
        ("Task : be quick.", "task"),
        ("Task\uff1a be quick.", "task"),
        ("**Action** I ran.", "action"),
        ("**Action:** I ran.", "action"),
        ("**Action**: I ran.", "action"),
        ("*Action:* I ran.", "action"),
        ("__Action__: I ran.", "action"),
        ("`Action`: I ran.", "action"),
        ("[Action] I ran.", "action"),
        ("## Result\nI won.", "result"),
        ("### Result:\nI won.", "result"),
        ("Task - be quick.", "task"),
        ("Task – be quick.", "task"),
        ("Result — I won.", "result"),
        ("Result\nI won.", "result"),
        ("Result\r\nI won.", "result"),
        ("Result\rI won.", "result"),
        ("Result\u2028I won.", "result"),
        ("Result (after three weeks): I won.", "result"),
        ("Situation/Task: we were late.", "situation"),
        ("Situation and Task: we were late.", "situation"),
        ("The result: I won.", "result"),
        ("My approach: I ran.", "action"),
        ("What I did: I ran.", "action"),
        ("Lessons learned: ask first.", "reflection"),
        ("- Task: be quick.", "task"),
        ("> Task: be quick.", "task"),
        ("1. Task: be quick.", "task"),
        ("T - Task: be quick.", "task"),
    ],
)
def test_labels(text: str, part: str) -> None:
    """A section label in any of its shapes announces a part and is no content."""
    ((said, section),) = sections(text)
    assert section == part
    assert said in ("we were late.", "be quick.", "I ran.", "I won.", "ask first.")
    assert len(marked(text)) == 1
    assert only(text).labelled


def test_letters_as_labels() -> None:
    """Single letters are labels where at least two of them label lines."""
    text = "S: we were late.\nT: be quick.\nA: I ran.\nR: I won."
    assert sections(text) == [("we were late.", "situation"), ("be quick.", "task"), ("I ran.", "action"), ("I won.", "result")]


def test_a_lone_letter_is_no_label() -> None:
    """One letter with a colon may be anything."""
    assert sections("A: I ran.") == [("A: I ran.", None)]


def test_labels_on_one_line() -> None:
    """Labels with a colon are found in running text as well."""
    text = "Situation: we were late. Task: be quick. Action: I ran. Result: I won."
    assert [section for _, section in sections(text)] == ["situation", "task", "action", "result"]


def test_a_label_holds_until_the_next() -> None:
    """Every sentence under a label is in its section; only the first stands right behind it."""
    found = segments("Action:\n- I ran.\n- I sat.\nResult: I won. It held.", LABELS)[0]
    assert [(s.section, s.labelled) for s in found] == [("action", True), ("action", False), ("result", True), ("result", False)]


def test_before_the_first_label_there_is_no_section() -> None:
    """What stands above the first label is in no section."""
    assert sections("This is about a shop.\nTask: be quick.") == [("This is about a shop.", None), ("be quick.", "task")]


def test_two_labels_in_a_row() -> None:
    """An empty section leaves nothing but its label."""
    assert sections("Situation:\nTask: be quick.") == [("be quick.", "task")]
    assert marked("Situation:\nTask: be quick.") == ["Situation:", "Task:"]


def test_labels_alone() -> None:
    """A text of labels alone has no sentence."""
    assert cut("Situation:\nTask:\nAction:\nResult:") == []


@pytest.mark.parametrize(
    "text",
    [
        "Task forces were set up that spring.",
        "Task after task came in.",
        "My task was hard.",
        "The task was to count plates.",
        "Result after result came in.",
        "Results were good: we won twice.",
        "Action items were listed.",
        "Action-packed days followed.",
        "Context-driven work was new to us.",
        "Situations like these are rare.",
        "Situation, we were late.",
        "In hindsight, I would ask first.",
        "I said task: be quick.",
        "We had a problem: the till broke.",
    ],
)
def test_sentences_that_merely_begin_like_labels(text: str) -> None:
    """A sentence that begins with, or holds, a label word is no label."""
    assert sections(text) == [(text, None)]
    assert marked(text) == []


@pytest.mark.parametrize("text", ["İmpact: we won.", "SİTUATİON: we were late.", "Sıtuatıon: we were late.", "taſk: be quick."])
def test_letters_that_fold_into_others(text: str) -> None:
    """Dotted and dotless i and the long s, which match other letters without regard to case, do not break the search for labels."""
    assert cut(text)


def test_long_s_as_letter() -> None:
    """The same in single-letter labels."""
    assert cut("ſ: we were late\nt: be quick\na: I ran")


def test_other_writing_systems() -> None:
    """Full stops of other writing systems end sentences without a space."""
    assert cut("我们迟到了。我跑了！") == ["我们迟到了。", "我跑了！"]


PIECES = st.sampled_from(
    [
        "Situation:", "Task", "**Action**", "## Result", "S:", "T:", "- ", "1. ", "(a) ", "* ", "\n", "\n\n", "\r\n", "\r", "\u2028", "\x85", " ",
        "\t", "\u00a0", ". ", ".", "...", "…", "? ", "! ", ": ", ", ", "e.g. ", "v1.2", "$1.5M", "Node.js", "“", "”", '"', "(", ")", "the till broke",
        "I rang", "Then we left", "a", "B", "é", "İ", "ß", "ſ", "我们。", "\u0301", "\x00", "—", " - ", "x" * 60, "so we ran and then " * 5,
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=80))
MARK = re.compile(r"(?:[^\w]|_|\d{1,2}[.)]|[A-Za-z][.)]|\[[xX]\])*")


@given(TEXTS)
@example("1. a. Task: I ran.Then we left\r\n- “No.” he said")
def test_segments_fit_the_text(text: str) -> None:
    """Segments are in order, do not overlap, are trimmed, hold a letter or digit, and lie inside the text."""
    found, marks = segments(text, LABELS)
    behind = 0
    for segment in found:
        assert behind <= segment.start < segment.end <= len(text)
        said = text[segment.start : segment.end]
        assert said == said.strip()
        assert any(c.isalnum() for c in said)
        behind = segment.end
    assert all(0 <= start < end <= len(text) for start, end in marks)
    for (_, end), (start, _) in itertools.pairwise(marks):
        assert end <= start


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    """Every letter and digit is in exactly one segment or label, or in a list mark."""
    found, marks = segments(text, LABELS)
    spans = sorted([(s.start, s.end) for s in found] + marks)
    behind = 0
    for start, end in [*spans, (len(text), len(text))]:
        assert start >= behind, "a label lies inside a segment"
        assert MARK.fullmatch(text[behind:start]), f"lost: {text[behind:start]!r}"
        behind = end


@given(TEXTS)
def test_same_text_same_segments(text: str) -> None:
    """Cutting keeps nothing from one text to the next."""
    assert segments(text, LABELS) == segments(text, LABELS)


LONG = {
    "one word": "a" * 30_000,
    "one number": "1" * 30_000,
    "underscores": "_" * 30_000 + "a",
    "full stops": "." * 30_000 + "a",
    "blank lines": "a" + "\n" * 30_000 + "b",
    "indented blank lines": "\n " * 15_000 + "a",
    "spaces": "a" + " " * 30_000 + "b",
    "stars": "*" * 30_000 + "a",
    "list marks": "- " * 15_000 + "a",
    "label letters": "S:\n" * 10_000,
    "label words": "task and " * 3_300,
    "closing brackets": "a." + ")" * 30_000,
}


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_the_length(name: str) -> None:
    """Thirty thousand characters of one kind are cut in a moment; taking every pair of them would take many seconds."""
    began = time.perf_counter()
    segments(LONG[name], LABELS)
    assert time.perf_counter() - began < 1.5
