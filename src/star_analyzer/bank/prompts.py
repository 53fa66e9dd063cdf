"""The prompts of interviewers, how well each story answers them, and which story to keep for which.

The fit of a story is that of its strongest core trait, times 0.6 to 1 by how much it shows of what makes the answer better, and
less where something speaks against it, or where it is too short or too badly told to be an answer to anything.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from star_analyzer.bank.traits import MEANINGS, NOT_SHOWN, Trait, too_short
from star_analyzer.bank_report import FITS
from star_analyzer.errors import SettingsError
from star_analyzer.report import Report
from star_analyzer.sections import Span

_CORE_ALONE = 0.6
"""Part of the fit that the core trait brings by itself."""
_ONE_WORD, _MORE_WORDS = 0.6, 0.9
"""Strength of a single word of the prompt's list, and of two different ones: a word may be said of somebody else, or denied."""
_AGAINST = 0.6
"""What is left of the fit where something speaks against it."""
_PLAIN = 0.75
"""Strength from which it does: a failure in passing makes no story of failure."""
_TOO_SHORT = 0.75
"""What is left of the fit of a story that is over before it can be judged (DL101)."""
_BADLY_TOLD = 0.1
"""Part of the fit that the score of the telling decides."""
_NEAR = 0.15
"""How much worse another story may fit that takes a prompt from one that has more than its share."""
_EVEN = 1.5
"""A story is the best one for at most this many times its even share of the prompts, as long as another one fits nearly as well."""
_MOST_PROMPTS = 500
_KEYS = frozenset({"id", "group", "text", "core", "words", "also", "against"})


@dataclass(frozen=True)
class Prompt:
    """A prompt and what a story has to show for it."""

    id: str
    group: str
    text: str
    core: Mapping[str, float]
    words: tuple[str, ...]
    also: tuple[str, ...]
    against: tuple[str, ...] = ()

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The words as expressions."""
        return tuple(map(_pattern, self.words))


@dataclass(frozen=True, slots=True)
class PromptFit:
    """How well a story answers a prompt."""

    fit: float
    shows: tuple[str, ...]
    lacks: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The stories to tell to a prompt, as places in the bank from 0."""

    best: int | None
    second: int | None


def load_prompts(path: Path | None = None) -> tuple[Prompt, ...]:
    """The packaged prompts, or those of a file of the same form. Raises `SettingsError`."""
    if path is None:
        return _packaged()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError, and so are bytes that are no UTF-8
        raise SettingsError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    return _read(text, str(path))


@lru_cache(maxsize=1)
def _packaged() -> tuple[Prompt, ...]:
    return _read((files(__package__) / "prompts.toml").read_text("utf-8"), "prompts.toml")


def _read(text: str, path: str) -> tuple[Prompt, ...]:
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets without end
        raise SettingsError(f"{path}: is not TOML: {error}") from error
    rows = found.get("prompt")
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST_PROMPTS:
        raise SettingsError(f"{path}: needs 1 to {_MOST_PROMPTS} tables [[prompt]].")
    out = tuple(_prompt(row, f"{path}: prompt {number}") for number, row in enumerate(rows, 1))
    twice = [name for name, count in Counter(p.id for p in out).items() if count > 1]
    if twice:
        raise SettingsError(f"{path}: the id {twice[0]!r} is used twice.")
    return out


def _prompt(row: Any, where: str) -> Prompt:
    if not isinstance(row, dict):
        raise SettingsError(f"{where}: is no table.")
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise SettingsError(f"{where}: there is no key {unknown[0]!r}; keys are {', '.join(sorted(_KEYS))}.")
    for key in ("id", "group", "text"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise SettingsError(f"{where}: needs {key} as text.")
    core, words, also, against = row.get("core", {}), row.get("words", []), row.get("also", []), row.get("against", [])
    if not isinstance(core, dict) or not all(type(v) in (int, float) and 0 < v <= 1 for v in core.values()):
        raise SettingsError(f"{where}: core is a table of traits with weights above 0, at most 1.")
    for key, names in (("words", words), ("also", also), ("against", against)):
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip(" *") for name in names):
            raise SettingsError(f"{where}: {key} is a list of texts.")
    for name in (*core, *also, *against):
        if name not in MEANINGS:
            raise SettingsError(f"{where}: there is no trait {name!r}; traits are {', '.join(MEANINGS)}.")
    if not core and not words:
        raise SettingsError(f"{where}: needs core or words: otherwise no story can answer it.")
    return Prompt(row["id"], row["group"], row["text"], {k: float(v) for k, v in core.items()}, tuple(words), tuple(also), tuple(against))


def _pattern(words: str) -> re.Pattern[str]:
    """The expression for some words: "*" at the end of a word is any ending; alone it is one to three words."""
    pieces = []
    for word in words.split():
        bare = word.strip("*")
        pieces.append(
            re.escape(bare).replace("'", "['’]") + (r"[\w'’-]*" if word.endswith("*") else "") if bare else r"[\w'’-]+(?:\s+[\w'’-]+){0,2}"
        )
    before = r"(?<![\w])" if words[0].isalnum() else ""
    after = "" if words.endswith("*") else r"(?![\w'’-])"
    return re.compile(before + r"\s+".join(pieces) + after, re.IGNORECASE)


def fit(prompt: Prompt, shown: Mapping[str, Trait], report: Report) -> PromptFit:
    """How well a story that shows these traits answers a prompt."""
    best, core = 0.0, NOT_SHOWN
    named: list[str] = []
    for name, weight in prompt.core.items():
        trait = shown.get(name, NOT_SHOWN)
        if weight * trait.strength > best:
            best, core, named = weight * trait.strength, trait, [MEANINGS[name]]
    found = _words(prompt, report) if report.reliable else []
    strength = 0.0 if not found else _ONE_WORD if len({told for told, _ in found}) == 1 else _MORE_WORDS
    if strength > best:
        best, core = strength, Trait(strength, tuple(span for _, span in found[:2]))
        named = ["the words " + ", ".join(f"“{told}”" for told in list(dict.fromkeys(told for told, _ in found))[:3])]
    also = {name: shown.get(name, NOT_SHOWN).strength for name in prompt.also}
    share = sum(also.values()) / len(also) if also else 1.0
    return PromptFit(
        fit=round(best * (_CORE_ALONE + (1 - _CORE_ALONE) * share) * _told(prompt, shown, report), 3),
        shows=(*named, *(MEANINGS[name] for name, s in also.items() if s > 0 and MEANINGS[name] not in named)) if best else (),
        lacks=tuple(MEANINGS[name] for name, s in also.items() if not s),
        evidence=core.evidence,
    )


def _told(prompt: Prompt, shown: Mapping[str, Trait], report: Report) -> float:
    """What is left of a fit by what speaks against the story, and by how it is told."""
    against = _AGAINST if any(shown.get(name, NOT_SHOWN).strength >= _PLAIN for name in prompt.against) else 1.0
    short = _TOO_SHORT if too_short(report) else 1.0
    return against * short * (1 - _BADLY_TOLD * (1 - report.verdict.score / 100))


def _words(prompt: Prompt, report: Report) -> list[tuple[str, Span]]:
    """The words of the prompt's list in the telling, folded, in text order."""
    places = sorted((m.start(), m.end()) for pattern in prompt.patterns for m in pattern.finditer(report.text))
    out: list[tuple[str, Span]] = []
    for start, end in places:
        number = next((s.number for s in report.sentences if s.start <= start < s.end), None)
        if number is not None:
            out.append((" ".join(report.text[start:end].casefold().split()), Span(sentence=number, start=start, end=end)))
    return out


def choose(fits: Sequence[Sequence[float]], scores: Sequence[int]) -> list[Choice]:
    """The best and the second story for every prompt.

    `fits` has a row for each prompt and a place for each story. Prompts for which it matters most which story is taken choose
    first; a story that is taken for more than its share of them is left for others as long as another one fits nearly as well.
    `scores`, one a story, decide between equal fits.
    """
    able = [[k for k, value in enumerate(row) if value >= FITS] for row in fits]
    prompts, stories = sum(map(bool, able)), len({k for row in able for k in row})
    most = math.ceil(_EVEN * prompts / stories) if stories else 0
    used: Counter[int] = Counter()
    best: dict[int, int] = {}
    open_rows = {at for at, row in enumerate(able) if row}
    while open_rows:
        ranked = {}
        for at in open_rows:
            near = [k for k in able[at] if fits[at][k] >= max(fits[at]) - _NEAR]
            free = [k for k in near if used[k] < most] or near
            order = sorted(free, key=lambda k: (-fits[at][k], used[k], -scores[k], k))
            regret = fits[at][order[0]] - (fits[at][order[1]] if len(order) > 1 else 0.0)
            ranked[at] = (regret, order[0])
        at = max(sorted(ranked), key=lambda at: ranked[at][0])
        best[at] = ranked[at][1]
        used[best[at]] += 1
        open_rows.remove(at)
    seconds: Counter[int] = Counter()
    out = []
    for at, row in enumerate(fits):
        first = best.get(at)
        others = [k for k in able[at] if k != first]
        order = sorted(others, key=lambda k: (-round(row[k], 1), seconds[k] + used[k], -row[k], -scores[k], k))
        second = order[0] if order else None
        if second is not None:
            seconds[second] += 1
        out.append(Choice(first, second))
    return out
