"""The answer cut for showing: paragraphs, sentences, and pieces that carry the marks of findings and cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from star_analyzer.report import Finding, Report, Sentence

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about words of the answer, with the number that stands in the text and beside it."""

    number: int
    finding: Finding
    sentence: int
    """Number of the sentence that it begins in."""
    wide: bool
    """Whether it reaches beyond that sentence; then only its beginning is marked."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence between two places where a mark begins or ends."""

    text: str
    begins: tuple[Note, ...]
    """Notes whose words begin here."""
    found: tuple[Note, ...]
    """Notes whose words these are, wide ones left out."""
    cue: bool
    """Whether a reason for the part rests on these words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence. `label` is what stands before it and belongs to no sentence, such as "Task:"."""

    sentence: Sentence
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together in the text."""

    told: tuple[Told, ...]
    rest: str
    """What stands behind the last sentence of the answer and belongs to none."""


def notes(report: Report) -> tuple[Note, ...]:
    """The findings about words of the answer, numbered in text order."""
    placed = sorted(((f.start, f.end, k) for k, f in enumerate(report.findings) if f.start is not None and f.end is not None))
    out = []
    for number, (start, end, k) in enumerate(placed, 1):
        inside = next((s for s in report.sentences if start < s.end), report.sentences[-1] if report.sentences else None)
        if inside is not None:
            out.append(Note(number, report.findings[k], inside.number, end > inside.end))
    return tuple(out)


def paragraphs(report: Report) -> tuple[Paragraph, ...]:
    """The answer in paragraphs; every character but white space stands in one of them."""
    text, sentences = report.text, report.sentences
    inside = [text[s.start : s.end] for s in sentences]
    wrapped = any("\n" in words for words in inside)
    spaced = any(_BLANK_LINE.search(words) for words in inside)
    out: list[Paragraph] = []
    told: list[Told] = []

    def close(rest: str = "") -> None:
        if told:
            out.append(Paragraph(tuple(told), rest))
            told.clear()

    behind = 0
    for sentence in sentences:
        gap = text[behind : sentence.start]
        label = gap.strip()
        # a line break ends a paragraph, unless lines are broken inside sentences too: then only an empty line does,
        # and where sentences run across those as well, as in subtitles, nothing but a label
        if "\n" in gap and (label or not wrapped or (not spaced and _BLANK_LINE.search(gap))):
            close()
        told.append(Told(sentence, label))
        behind = sentence.end
    close(text[behind:].strip())
    return tuple(out)


def pieces(report: Report, sentence: Sentence, noted: Sequence[Note]) -> tuple[Piece, ...]:
    """A sentence cut wherever a cue, or a finding that begins in it, begins or ends."""
    text, first, last = report.text, sentence.start, sentence.end
    noted = [n for n in noted if n.sentence == sentence.number]
    marks = [(max(first, n.finding.start or 0), last if n.wide else (n.finding.end or 0), n) for n in noted]
    cues = [(c.start, c.end) for c in sentence.cues if c.start is not None and c.end is not None]
    at = {first, last}
    for start, end, note in marks:
        at.update((start,) if note.wide else (start, end))
    for start, end in cues:
        at.update((start, end))
    return tuple(
        Piece(
            text[start:end],
            tuple(n for s, _, n in marks if s == start),
            tuple(n for s, e, n in marks if not n.wide and s <= start and end <= e),
            any(s <= start and end <= e for s, e in cues),
        )
        for start, end in pairwise(sorted(place for place in at if first <= place <= last))
    )
