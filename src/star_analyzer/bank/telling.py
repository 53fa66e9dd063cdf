"""A telling as the comparisons of stories see it: sentences with their words, read once a story."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from star_analyzer.bank.words import Word, words_of
from star_analyzer.bank_report import Quote
from star_analyzer.report import Part, Report

_HESITATION = frozenset({"so", "well", "um", "uh", "er", "okay", "ok", "yeah", "yes", "right", "and", "like", "sure"})
"""Words before the first real one of a story that is told aloud."""


@dataclass(frozen=True)
class Line:
    """A sentence."""

    number: int
    start: int
    end: int
    part: Part
    words: tuple[Word, ...]
    """Offsets are those of the telling."""


@dataclass(frozen=True)
class Telling:
    """A story's sentences."""

    story: int
    report: Report

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The sentences that have a word."""
        words = words_of(self.report.text)
        out, at = [], 0
        for s in self.report.sentences:
            while at < len(words) and words[at].start < s.start:
                at += 1
            first = at
            while at < len(words) and words[at].start < s.end:
                at += 1
            if at > first:
                out.append(Line(s.number, s.start, s.end, s.part, words[first:at]))
        return tuple(out)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words of its sentences."""
        return tuple(word for line in self.lines for word in line.words)

    @cached_property
    def opening(self) -> tuple[Word, ...]:
        """The words of the first sentence from the first that is no hesitation."""
        words = self.lines[0].words if self.lines else ()
        first = next((k for k, word in enumerate(words) if word.text not in _HESITATION), 0)
        return words[first:]

    @cached_property
    def closing(self) -> tuple[Line, ...]:
        """The sentences with the lesson, or the last one where no lesson is told."""
        told = tuple(line for line in self.lines if line.part is Part.REFLECTION)
        return told or self.lines[-1:]

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of the words that say what it is about, without numbers."""
        return frozenset(word.stem for word in self.words if word.matter)

    def words_from(self, first: Word, last: Word) -> str:
        """The text from a word to another one, on one line."""
        return " ".join(self.report.text[first.start : last.end].split())

    def quote(self, start: int, end: int) -> Quote:
        """Some of its characters."""
        number = next((line.number for line in reversed(self.lines) if line.start <= start), 1)
        return Quote(story=self.story, sentence=number, start=start, end=end)

    def quote_line(self, line: Line) -> Quote:
        """A whole sentence."""
        return Quote(story=self.story, sentence=line.number, start=line.start, end=line.end)
