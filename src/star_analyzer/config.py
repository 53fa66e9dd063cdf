"""Configuration files: found, read, checked, and said where each value comes from."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pathspec

from star_analyzer.errors import SettingsError
from star_analyzer.profiles import (
    AUDIENCES,
    DEFAULT_PROFILE,
    FASTEST,
    PROFILES,
    SLOWEST,
    SPEAKING_RATE,
    Profile,
    load_profile,
    profile_from,
)

OWN_FILE = "star-analyzer.toml"
CONFIGURATION = (OWN_FILE, "pyproject.toml")
"""Files that hold settings and no answers."""
TABLE = "tool.star-analyzer"
FAIL_ON = ("error", "warning", "info", "never")
DEFAULTS: Mapping[str, Any] = {
    "profile": DEFAULT_PROFILE,
    "audience": None,
    "glossary": (),
    "speaking_rate": SPEAKING_RATE,
    "readability": False,
    "lexicons": None,
    "select": (),
    "ignore": (),
    "severity": {},
    "exclude": (),
    "fail_on": "warning",
    "min_score": 0.0,
    "baseline": None,
    "jobs": 1,
}
"""Every key with what holds where nobody says anything."""
_PER_RUN = ("exclude", "fail_on", "baseline", "jobs", "lexicons")
OVERRIDABLE = tuple(key for key in DEFAULTS if key not in _PER_RUN)
"""Keys that an override for some paths may set; the others are about a whole run."""
_ADD_UP = ("ignore", "glossary")
"""Lists to which an override or the command line adds; of other keys the last value holds."""
RANGES: Mapping[str, tuple[float, float]] = {"speaking_rate": (SLOWEST, FASTEST), "min_score": (0, 100), "jobs": (0, 256)}
"""The least and the greatest value of every number."""
_LISTS = ("glossary", "select", "ignore", "exclude")
DEFAULT_ORIGIN = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from: "default", "command line", "file:line"."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for some paths only."""

    paths: pathspec.GitIgnoreSpec
    settings: Mapping[str, Setting]


@dataclass(frozen=True)
class Config:
    """The settings of one configuration file, or none."""

    file: Path | None
    settings: Mapping[str, Setting]
    overrides: tuple[Override, ...] = ()

    @cached_property
    def folder(self) -> Path:
        """The folder that the file's paths count from."""
        return self.file.parent if self.file else Path.cwd()

    def for_path(self, path: Path) -> dict[str, Setting]:
        """What is in force for a file: of several overrides that fit, a later one wins; lists of `ignore` and `glossary` add up."""
        found = dict(self.settings)
        inside = _relative(path, self.folder)
        for override in self.overrides if inside else ():
            if override.paths.match_file(inside):
                for key, setting in override.settings.items():
                    _set(found, key, setting)
        return found

    def excluded(self, path: Path) -> bool:
        """Whether a file is left out when its folder is searched."""
        inside = _relative(path, self.folder)
        return bool(inside) and self._exclude.match_file(inside)

    @cached_property
    def _exclude(self) -> pathspec.GitIgnoreSpec:
        return pathspec.GitIgnoreSpec.from_lines(self.settings["exclude"].value)


def _set(settings: dict[str, Setting], key: str, new: Setting) -> None:
    """Let a value hold, beside the one before where values add up."""
    old = settings.get(key)
    if key in _ADD_UP and old is not None and old.value:
        new = Setting((*old.value, *new.value), f"{old.origin}, {new.origin}")
    settings[key] = new


def _relative(path: Path, folder: Path) -> str:
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except (OSError, ValueError):
        return ""


def no_config() -> Config:
    """The defaults."""
    return Config(None, {key: Setting(value, DEFAULT_ORIGIN) for key, value in DEFAULTS.items()})


def find_config(start: Path) -> Config:
    """The configuration of the nearest folder, from `start` upwards, that has one. Raises `SettingsError` for one that is wrong."""
    folder = start.resolve()
    return next((found for place in (folder, *folder.parents) if (found := config_in(place))), no_config())


def config_in(folder: Path) -> Config | None:
    """The configuration that stands in this very folder, if there is one. Raises `SettingsError` for one that is wrong."""
    own, shared = folder / OWN_FILE, folder / "pyproject.toml"
    return _config(own) if own.is_file() else _config(shared) if shared.is_file() else None


def read_config(file: Path) -> Config:
    """Read a configuration file. Raises `SettingsError` naming file and line, with a near match for a key that there is not."""
    found = _config(file)
    if found is None:
        raise SettingsError(f"{file}: has no table [{TABLE}].")
    return found


def _config(file: Path) -> Config | None:
    """The settings of a file, or None for a pyproject.toml that has none."""
    text, values = _parsed(file)
    table = _table(values, file)
    if table is None:
        return None
    reader = _Reader(file, text, "" if file.name != "pyproject.toml" else f"{TABLE}.")
    settings = dict(no_config().settings)
    settings.update(reader.settings(table, "", (*DEFAULTS, "overrides")))
    overrides = table.get("overrides", [])
    if not isinstance(overrides, list) or not all(isinstance(o, dict) for o in overrides):
        raise reader.error("overrides", "needs tables: [[overrides]] with paths = [...]")
    return Config(file, settings, tuple(reader.override(o, number) for number, o in enumerate(overrides)))


def _parsed(file: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file and what it says."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: is not valid TOML: {error}") from error


def _table(values: Mapping[str, Any], file: Path) -> Mapping[str, Any] | None:
    if file.name != "pyproject.toml":
        return values
    tool = values.get("tool")
    found = tool.get("star-analyzer") if isinstance(tool, dict) else None
    if found is None:
        return None
    if not isinstance(found, dict):
        raise SettingsError(f"{file}: {TABLE} needs to be a table.")
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the keys of one file, and knows the lines on which they stand."""

    file: Path
    text: str
    prefix: str
    """Of the tables of the file: "tool.star-analyzer." in pyproject.toml."""

    def error(self, key: str, what: str, number: int | None = None) -> SettingsError:
        return SettingsError(f"{self.origin(key, number)}: {key.rpartition('.')[2]}: {what}")

    def origin(self, key: str, number: int | None = None) -> str:
        line = _line_of(self.text, self.prefix, key, number)
        return f"{self.file}:{line}" if line else str(self.file)

    def settings(self, table: Mapping[str, Any], under: str, known: Iterable[str], number: int | None = None) -> dict[str, Setting]:
        out = {}
        for key, value in table.items():
            path = f"{under}{key}"
            if key not in known:
                near = difflib.get_close_matches(key.replace("-", "_"), list(known), n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"keys are {', '.join(known)}."
                raise self.error(path, f"there is no such key; {hint}", number)
            if key not in ("overrides", "paths"):
                out[key] = Setting(self.value(key, value, path, number), self.origin(path, number))
        return out

    def override(self, table: Mapping[str, Any], number: int) -> Override:
        settings = self.settings(table, "overrides.", (*OVERRIDABLE, "paths"), number)
        patterns = table.get("paths")
        if not isinstance(patterns, list) or not patterns or not all(isinstance(p, str) for p in patterns):
            raise self.error("overrides", 'needs paths = ["folder/*.md", …]', number)
        return Override(pathspec.GitIgnoreSpec.from_lines(patterns), settings)

    def value(self, key: str, value: Any, path: str, number: int | None) -> Any:
        """The value as the program takes it. Raises `SettingsError`."""
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
                raise self.error(path, "needs a list of words.", number)
            return tuple(value)
        if key == "profile":
            return self.profile(value, path, number)
        if key in ("lexicons", "baseline"):
            if not isinstance(value, str) or not value:
                raise self.error(path, "needs a path.", number)
            return (self.file.parent / value).resolve()
        if key == "severity":
            if not isinstance(value, dict) or not all(v in FAIL_ON[:3] for v in value.values()):
                raise self.error(path, 'needs a table such as { DL = "info" }; severities are error, warning, info.', number)
            return dict(value)
        if key in ("fail_on", "audience"):
            allowed = FAIL_ON if key == "fail_on" else tuple(AUDIENCES)
            if value not in allowed:
                raise self.error(path, f"cannot be {value!r}; there are {', '.join(allowed)}.", number)
            return value
        if key == "readability":
            if not isinstance(value, bool):
                raise self.error(path, "needs true or false.", number)
            return value
        low, high = RANGES[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise self.error(path, f"needs a number from {low:g} to {high:g}, not {value!r}.", number)
        if key == "jobs" and not isinstance(value, int):
            raise self.error(path, f"needs a whole number, not {value!r}.", number)
        return value

    def profile(self, value: Any, path: str, number: int | None) -> str | Profile:
        """A name, a file, or a table of values."""
        where = self.origin(path, number)
        if isinstance(value, dict):
            return profile_from(value, where)
        if not isinstance(value, str):
            raise self.error(path, "needs a name, the path of a .toml file, or a table.", number)
        if value in PROFILES:
            return value
        try:
            return load_profile(self.file.parent / value if value.endswith(".toml") else value)
        except SettingsError as error:
            raise SettingsError(f"{where}: profile: {error}") from error


def _line_of(text: str, prefix: str, key: str, number: int | None) -> int | None:
    """The line of a key such as "overrides.profile" of the override with that number. None if it is written in an unusual way."""
    table, _, name = f"{prefix}{key}".rpartition(".")
    current, count, header = "", -1, None
    for at, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+\s*(?:#.*)?$", line)
        if opened:
            current = re.sub(r"\s*\.\s*", ".", opened[1].replace('"', "").replace("'", ""))
            if current == f"{prefix}overrides":
                count += 1
            if current == f"{table}.{name}".lstrip(".") and (number is None or count == number):
                header = header or at
        elif current == table and (number is None or count == number) and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
            return at
    return header


def with_options(settings: Mapping[str, Setting], options: Mapping[str, Any]) -> dict[str, Setting]:
    """The settings with what the command line says; None says nothing. `ignore` and `glossary` add to what the file has."""
    out = dict(settings)
    for key, value in options.items():
        if value is not None:
            _set(out, key, Setting(value, "command line"))
    return out
