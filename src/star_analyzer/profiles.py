"""Targets and thresholds, each with its source, and the settings a caller may change."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from star_analyzer.errors import SettingsError
from star_analyzer.evidence import CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Band:
    """A target share with the range around it that needs no remark, all as fractions of 1."""

    target: float
    low: float
    high: float


_SPLIT = (
    "The 20/60/20 split is common coaching advice for STAR answers (a short setup, most of the time on what you did, "
    "a clear end). The band of ten points either way is ours: within it a listener would not notice."
)
_OURS = "Ours: "
SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "setup": _SPLIT,
        "action": _SPLIT,
        "outcome": _SPLIT,
        "setup_seconds": "Common coaching advice: thirty seconds, two or three sentences, before the first thing you did.",
        "setup_sentences": "Common coaching advice names two or three sentences; from six on the setup is the story.",
        "shortest_seconds": "Common coaching advice: one to three minutes. Under one minute nothing of the decision can be told.",
        "longest_seconds": "Common coaching advice: one to three minutes. Interviewers plan five minutes a question, their own included.",
        "we_share": _OURS + "from half of the deeds on, a listener cannot tell what the speaker did.",
        "passive_share": _OURS + "a third of deeds without a doer hides who decided.",
        "terms_per_100": _OURS
        + "for a listener outside the field, one unknown word in fifteen breaks the thread; vocabulary research puts "
        "comfortable reading at 95 to 98% known words (Hu and Nation 2000).",
        "dense_terms": _OURS + "three unknown terms in one sentence cannot be asked back.",
        "fillers_per_minute": _OURS + "conversation has about two to five a minute; twice that is noticed.",
        "repairs_per_minute": _OURS + "everybody starts anew now and then; one every ten seconds is heard.",
        "slowest_wpm": "American conversation runs at 110 to 150 words a minute (about 150 by the National Center for Voice and Speech, "
        "as L. B. Marshall quotes it in “How Fast Do I Speak?”, 2014). Below the lowest of that is ours.",
        "comfortable_wpm": "Audiobooks are recorded at 150 to 160 words a minute (the same). That 165 is still comfortable is ours.",
        "fastest_wpm": "Normal English speech runs at 150 to 190 words a minute (Psychology Today, “Is Speed Listening Right for You?”, "
        "July 2023). From there comprehension falls, slowly at first and fast past some 275 (Foulke and Sticht 1969, as told in “Auding "
        "and Reading” by Sticht and others, 1974): the limit is where normal speech ends.",
        "pause_seconds": _OURS + "a silence of one second is a thought; from two and a half on the listener waits.",
        "hedges_per_100": _OURS + "two a hundred words are polite; from four on every claim sounds doubtful.",
        "sentence_words": _OURS
        + "spoken sentences of more than forty words lose their beginning; plain-language guides ask for fifteen to twenty.",
        "mean_sentence_words": "Plain-language guides ask for fifteen to twenty words on average; above twenty-eight speech sounds read.",
        "reading_ease": "Flesch (1949) calls 60 to 70 plain English, 30 to 50 difficult. The limit in the middle of difficult is ours: "
        "technical answers need some long words.",
        "ramble_seconds": _OURS + "listeners wait about half a minute for something to happen; forty-five seconds is patient.",
        "openings": _OURS + "two sentences that start alike are rhythm, four are a list.",
        "algorithm_share": _OURS + "a quarter of the answer on how a method works is a lecture.",
        "decision_weight": _OURS + "what was decided and why tells most about technical roles, less about others.",
        "we_deeds": _OURS + "with fewer than three deeds a share of them means nothing.",
    }
)
"""Where every threshold of a profile comes from."""


AUDIENCES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "manager": frozenset(),
        "engineer": frozenset({"software", "data", "operations"}),
        "specialist": frozenset({"software", "data", "operations", "ml"}),
    }
)
"""Kinds of listener, and the fields whose words they know. The default is a hiring manager who is no specialist."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A role's targets and thresholds. `SOURCES` says where each comes from; shares are fractions of 1."""

    name: str
    setup: Band = Band(0.20, 0.10, 0.30)
    action: Band = Band(0.60, 0.50, 0.70)
    outcome: Band = Band(0.20, 0.10, 0.30)
    setup_seconds: float = 30.0
    setup_sentences: int = 5
    shortest_seconds: float = 60.0
    longest_seconds: float = 180.0
    we_share: float = 0.5
    we_deeds: int = 3
    passive_share: float = 0.34
    terms_per_100: float = 7.0
    dense_terms: int = 3
    fillers_per_minute: float = 8.0
    repairs_per_minute: float = 6.0
    slowest_wpm: float = 110.0
    comfortable_wpm: float = 165.0
    fastest_wpm: float = 190.0
    pause_seconds: float = 2.5
    hedges_per_100: float = 4.0
    sentence_words: int = 40
    mean_sentence_words: float = 28.0
    reading_ease: float = 40.0
    ramble_seconds: float = 45.0
    openings: int = 4
    algorithm_share: float = 0.25
    constraints: tuple[str, ...] = ()
    """Constraints that a story of this role should speak of at least two of."""
    signals: tuple[str, ...] = ("framing", "data", "tradeoffs", "execution", "after_launch")
    """Signals that count for the verdict."""
    decision_weight: float = 1.0
    """How much decisions count in the score against ownership and outcome (1: as they stand in `measures/verdict.py`)."""
    glossary: tuple[str, ...] = ()
    """Terms and acronyms that the audience knows; they are not counted as jargon."""
    audience: str = "manager"
    """Who listens (one of `AUDIENCES`): what they know by trade is not counted as jargon either."""


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "ml-engineer": Profile(
            "ml-engineer", constraints=("latency", "cost", "labels", "data_quality", "drift", "scale", "reliability", "interpretability")
        ),
        "data-scientist": Profile(
            "data-scientist",
            constraints=("labels", "data_quality", "drift", "interpretability", "fairness", "privacy", "deadline"),
            signals=("framing", "data", "tradeoffs", "execution"),
        ),
        "software-engineer": Profile(
            "software-engineer",
            constraints=("latency", "cost", "scale", "reliability", "maintainability", "deadline"),
            signals=("framing", "tradeoffs", "execution", "after_launch"),
        ),
        "general": Profile(
            "general",
            constraints=("deadline", "resources", "cost"),
            signals=("framing", "tradeoffs", "execution"),
            decision_weight=0.6,
            terms_per_100=5.0,
        ),
    }
)
DEFAULT_PROFILE = "ml-engineer"


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"


def profile_from(values: Mapping[str, Any], where: str) -> Profile:
    """A profile from a table: `based_on` names the one whose values hold where none is given. Raises `SettingsError`."""
    values = dict(values)
    base = values.pop("based_on", DEFAULT_PROFILE)
    if not isinstance(base, str) or base not in PROFILES:
        raise SettingsError(f"{where}: based_on: there is no profile {base!r}{_near(str(base), list(PROFILES))}")
    known = {f.name: f for f in fields(Profile)}
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{where}: unknown key {name!r}{_near(name, list(known))}")
        checked[name] = _checked(name, value, getattr(PROFILES[base], name), where)
    return replace(PROFILES[base], **{"name": f"{base} (changed)", **checked})


def _checked(name: str, value: Any, like: Any, where: str) -> Any:
    """The value in the type of the one it replaces. Raises `SettingsError`."""
    if isinstance(like, Band):
        if not isinstance(value, Mapping) or set(value) - {"target", "low", "high"} or not set(value) >= {"target", "low", "high"}:
            raise SettingsError(f"{where}: {name} needs a target, a low and a high, as fractions of 1")
        band = Band(*(_checked(f"{name}.{key}", value[key], 0.5, where) for key in ("target", "low", "high")))
        if not 0 <= band.low <= band.target <= band.high <= 1:
            raise SettingsError(f"{where}: {name} needs 0 ≤ low ≤ target ≤ high ≤ 1")
        return band
    if isinstance(like, tuple):
        if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
            raise SettingsError(f"{where}: {name} needs a list of words")
        allowed = {"constraints": CONSTRAINTS, "signals": Profile("").signals}.get(name)
        wrong = [v for v in value if allowed and v not in allowed]
        if wrong:
            raise SettingsError(f"{where}: {name}: there is no {wrong[0]!r}{_near(wrong[0], list(allowed or ()))}")
        return tuple(value)
    if isinstance(like, str):
        if not isinstance(value, str) or not value:
            raise SettingsError(f"{where}: {name} needs a word")
        if name == "audience" and value not in AUDIENCES:
            raise SettingsError(f"{where}: there is no audience {value!r}{_near(value, list(AUDIENCES))}")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        raise SettingsError(f"{where}: {name} needs a number of 0 or more, not {value!r}")
    if isinstance(like, int) and value != int(value):
        raise SettingsError(f"{where}: {name} needs a whole number, not {value!r}")
    if name.endswith("_share") and value > 1:
        raise SettingsError(f"{where}: {name} is a fraction of 1, not {value!r}")
    return type(like)(value)


def with_audience(profile: Profile, audience: str) -> Profile:
    """The same profile for other listeners. Raises `SettingsError` for an audience that there is not."""
    if audience not in AUDIENCES:
        raise SettingsError(f"There is no audience {audience!r}{_near(audience, list(AUDIENCES))}.")
    return replace(profile, audience=audience)


def load_profile(profile: str | Path | Profile) -> Profile:
    """A profile by name, from a TOML file, or as it is. Raises `SettingsError` saying what is wrong and where."""
    if isinstance(profile, Profile):
        return profile
    if not isinstance(profile, (str, Path)):
        raise SettingsError(f"A profile is a name, a Profile or the path of a .toml file, not {type(profile).__name__}.")
    if isinstance(profile, str) and profile in PROFILES:
        return PROFILES[profile]
    path = Path(profile)
    if path.suffix != ".toml":
        raise SettingsError(f"There is no profile {str(profile)!r}{_near(str(profile), list(PROFILES))}. Or give a .toml file.")
    try:
        values: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: is not valid TOML: {error}") from error
    if path.name == "pyproject.toml":
        values = _table_of_pyproject(values, str(path))
    return profile_from(values, str(path))


def _table_of_pyproject(values: Any, where: str) -> Mapping[str, Any]:
    for key in ("tool", "star-analyzer", "profile"):
        values = values.get(key) if isinstance(values, Mapping) else None
    if not isinstance(values, Mapping):
        raise SettingsError(f"{where}: has no table [tool.star-analyzer.profile]")
    return values


SPEAKING_RATE = 150.0
"""Words a minute of conversational English; audiobooks and talks run at about 150 to 160."""

SLOWEST, FASTEST = 60.0, 300.0
"""Words a minute that anybody speaks."""

NEXT_STEPS = 5
"""Findings shown first. More than a handful is a list that nobody works through."""

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
    readability: bool = False
    """Whether to measure reading ease, which takes a second to load."""

    def __post_init__(self) -> None:
        """Check the ranges."""
        if isinstance(self.speaking_rate, bool) or not isinstance(self.speaking_rate, (int, float)):
            raise SettingsError(f"speaking_rate must be a number of words a minute, not {type(self.speaking_rate).__name__}.")
        if not SLOWEST <= self.speaking_rate <= FASTEST:
            raise SettingsError(
                f"speaking_rate is {self.speaking_rate:g}; people speak at {SLOWEST:g} to {FASTEST:g} words a minute "
                f"(default {SPEAKING_RATE:g})."
            )
