"""When the words of an answer were said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Timing(NamedTuple):
    """Some characters of the text, and the seconds from when to when they were said."""

    start: int
    end: int
    begin: float
    finish: float


def usable(timings: Sequence[Timing]) -> tuple[Timing, ...]:
    """Those that stand in order and do not run backwards; where cues overlap, the later one begins when it says."""
    kept: list[Timing] = []
    for t in sorted(timings):
        if t.end > t.start and t.finish > t.begin >= (kept[-1].begin if kept else 0.0):
            kept.append(t)
    return tuple(kept)


class Clock:
    """Reads the time at which a character was said, between known times in proportion to the characters."""

    def __init__(self, timings: Sequence[Timing]) -> None:
        """Take the timings of a whole answer."""
        self.timings = usable(timings)
        self._starts = [t.start for t in self.timings]
        self._farthest = [*accumulate((t.end for t in self.timings), max)]

    def covers(self, start: int, end: int) -> bool:
        """Whether the time of some of these characters is known."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._farthest[before - 1] > start

    def begin(self, offset: int) -> float:
        """Seconds at which the word from this character on begins."""
        return self._at(offset, ahead=True)

    def finish(self, offset: int) -> float:
        """Seconds at which the word up to this character ends."""
        return self._at(offset, ahead=False)

    def _at(self, offset: int, *, ahead: bool) -> float:
        place = bisect_right(self._starts, offset if ahead else offset - 1) - 1
        if place < 0:
            return self.timings[0].begin
        t = self.timings[place]
        if offset >= t.end:
            following = self.timings[place + 1] if ahead and place + 1 < len(self.timings) else None
            return following.begin if following else t.finish
        return t.begin + (t.finish - t.begin) * (offset - t.start) / (t.end - t.start)
