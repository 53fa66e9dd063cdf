"""Targets and thresholds, each with its source, and the settings a caller may change."""

from __future__ import annotations

from dataclasses import dataclass

from star_analyzer.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Band:
    """A target share with the range around it that needs no remark, all as fractions of 1."""

    target: float
    low: float
    high: float
    source: str


_SPLIT = (
    "The 20/60/20 split is common coaching advice for STAR answers (a short setup, most of the time on what you did, "
    "a clear end). The band of ten points either way is ours: within it a listener would not notice."
)

SETUP = Band(0.20, 0.10, 0.30, _SPLIT)
ACTION = Band(0.60, 0.50, 0.70, _SPLIT)
OUTCOME = Band(0.20, 0.10, 0.30, _SPLIT)

SPEAKING_RATE = 150.0
"""Words a minute of conversational English; audiobooks and talks run at about 150 to 160."""

_SLOWEST, _FASTEST = 60.0, 300.0

SHORTEST_STORY = 25
"""Words. Ten seconds of talk hold no situation, action and result; shares below this mean nothing."""

LEAST_ENGLISH = 0.12
"""Share of English function words below which a text is not taken for English. English prose has 0.4 to 0.6,
other European languages stay under 0.1."""

MOST_FOREIGN = 0.5
"""Share of letters that are not Latin above which a text is not taken for English."""

LEAST_PROSE = 0.80
"""Share of ordinary characters below which a text is not taken for prose."""

MOST_CODE = 0.06
"""Share of brackets, equals signs and other marks of source code above which a text is taken for code. Answers, also
very technical ones, have up to 0.02; Python, C and JSON have 0.08 to 0.29."""

DOUBTFUL = 0.60
"""Mean probability of the chosen parts below which the whole reading is called doubtful."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a caller may set. Raises `SettingsError` for a value that makes no sense."""

    speaking_rate: float = SPEAKING_RATE
    """Words a minute used to turn words into seconds."""

    def __post_init__(self) -> None:
        """Check the ranges."""
        if isinstance(self.speaking_rate, bool) or not isinstance(self.speaking_rate, (int, float)):
            raise SettingsError(f"speaking_rate must be a number of words a minute, not {type(self.speaking_rate).__name__}.")
        if not _SLOWEST <= self.speaking_rate <= _FASTEST:
            raise SettingsError(
                f"speaking_rate is {self.speaking_rate:g}; people speak at {_SLOWEST:g} to {_FASTEST:g} words a minute "
                f"(default {SPEAKING_RATE:g})."
            )
