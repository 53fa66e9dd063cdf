"""Comments that silence rules: where each holds, and which of them have silenced something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from star_analyzer.documents import Document, Story, Suppression
from star_analyzer.errors import SettingsError
from star_analyzer.report import Finding, Report
from star_analyzer.rules.selection import codes_of


@dataclass(slots=True)
class Silencer:
    """The comments of one file, and which of their codes have silenced something."""

    document: Document
    unknown: dict[tuple[int, str], str]
    """Names that stand for no rule, with what to say of them."""
    codes: dict[tuple[int, str], frozenset[str]]
    used: set[tuple[int, str]] = field(default_factory=set)

    def silences(self, finding: Finding, start: int, end: int, scopes: Mapping[int, tuple[int, int]]) -> bool:
        """Whether a comment silences a finding about these characters of the file. `scopes`: the stretch of each comment."""
        hit = False
        for (at, name), codes in self.codes.items():
            first, behind = scopes[at]
            if finding.code in codes and first < max(end, start + 1) and start < behind:
                self.used.add((at, name))
                hit = True
        return hit


def silencer(document: Document) -> Silencer:
    """Look up the names in the comments of a file."""
    unknown: dict[tuple[int, str], str] = {}
    codes: dict[tuple[int, str], frozenset[str]] = {}
    for at, suppression in enumerate(document.suppressions):
        for name in suppression.names:
            try:
                codes[at, name] = frozenset(codes_of(name, "star-analyzer comment"))
            except SettingsError as error:
                unknown[at, name] = str(error).partition(": ")[2]
    return Silencer(document, unknown, codes)


def scope(suppression: Suppression, story: Story, first: bool, report: Report) -> tuple[int, int]:
    """The characters of the file in which a comment silences, as far as they are in this answer."""
    whole = (story.start, story.start + len(story.text))
    if suppression.scope == "file":
        return whole
    inside = whole[0] <= suppression.start < whole[1] or (first and suppression.start < whole[0])
    if not inside:
        return (0, 0)
    if suppression.scope == "answer":
        return whole
    at = max(suppression.end, whole[0]) - whole[0]
    if suppression.scope == "sentence":
        following = next((s for s in report.sentences if s.start >= at), None)
        return (whole[0] + following.start, whole[0] + following.end) if following else (0, 0)
    return _block(story, at)


def _block(story: Story, at: int) -> tuple[int, int]:
    """The lines from the next word on, up to an empty one."""
    text = story.text
    begin = len(text) - len(text[at:].lstrip())
    end = begin
    for line in text[begin:].splitlines(keepends=True):
        if not line.strip():
            break
        end += len(line)
    return story.start + begin, story.start + end
