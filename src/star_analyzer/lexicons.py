"""Load, check and fingerprint the lexicons.

The format is described in docs/lexicons.md. A wrong file is refused with its name, the entry and the
line, because the people who edit these files are not the people who read tracebacks.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from star_analyzer.compiled import read_compiled, write_compiled
from star_analyzer.errors import LexiconError
from star_analyzer.evidence import PART_FAMILIES
from star_analyzer.patterns import Pattern, fold, parse_pattern

SCHEMA = 1
WEIGHTS_FILE = "part_weights.tsv"
BOUNDARY_WEIGHTS_FILE = "boundary_weights.tsv"
CLAIM_WEIGHTS_FILE = "claim_weights.tsv"
TABLES = (WEIGHTS_FILE, BOUNDARY_WEIGHTS_FILE, CLAIM_WEIGHTS_FILE)
PartOfSpeech = Literal["verb", "noun", "adj", "adv"]
_ID = r"^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_'-]*)*$"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=_ID)
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)
    note: str = ""


class Cue(_Entry):
    """Phrases that hint at something. Cues of one `kind` say the same thing in other words."""

    kind: str = Field(pattern=_ID)
    patterns: tuple[str, ...] = Field(min_length=1)
    weights: dict[Literal["situation", "task", "action", "result", "reflection", "other"], FiniteFloat] = Field(default_factory=dict)
    """Log-odds by part, added by hand to the fitted weights (for overlays)."""


class WordClass(_Entry):
    """Words that belong together, by dictionary form. A word may be two or three words long."""

    pos: PartOfSpeech
    words: tuple[str, ...] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    schema_: int = Field(alias="schema")
    id: str = Field(pattern=_ID)
    version: str
    language: Literal["en"]
    source: str
    licence: str
    notes: str = ""
    disabled: tuple[str, ...] = ()
    """Ids of entries of the packaged lexicons that an overlay switches off."""
    cue: tuple[Cue, ...] = ()
    class_: tuple[WordClass, ...] = Field(default=(), alias="class")


def _family(cue: Cue) -> str:
    return cue.kind.partition(".")[0]


@dataclass(frozen=True)
class Lexicons:
    """All lexicons in force, with one hash over everything that was read."""

    cues: Mapping[str, Cue]
    classes: Mapping[str, WordClass]
    patterns: Mapping[str, tuple[Pattern, ...]]
    versions: Mapping[str, str]
    weights: str
    """Text of the weight table (read by `nlp/chain.py`)."""
    content_hash: str
    claim_weights: str = ""
    """Text of the table of the claims (read by `nlp/claims.py`)."""
    folder: Path | None = None
    """Where compiled forms of these very lexicons may be kept; None where an overlay is laid over them."""

    def words_of(self, class_id: str) -> tuple[str, ...]:
        """The words of a class, none if there is no such class (an overlay may have switched it off)."""
        found = self.classes.get(class_id)
        return found.words if found else ()

    @cached_property
    def part_cues(self) -> frozenset[str]:
        """Ids of the cues that tell something about parts; the others tell what is said."""
        return frozenset(cue.id for cue in self.cues.values() if _family(cue) in PART_FAMILIES)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that some cue hints at."""
        return frozenset(cue.kind for cue in self.cues.values())


def packaged_folder() -> Path:
    """Where the lexicons are: inside the installed package, or in the checkout's `data/lexicons`."""
    here = Path(__file__).resolve().parent
    candidates = (here / "data" / "lexicons", here.parent.parent / "data" / "lexicons")
    for folder in candidates:
        if (folder / WEIGHTS_FILE).is_file():
            return folder
    raise LexiconError("no lexicons found; reinstall star-analyzer", file=candidates[0])


def _header_line(text: str, section: str, index: int) -> int | None:
    """Line (from 1) of the index-th `[[section]]` header."""
    found = [m.start() for m in re.finditer(rf"(?m)^[ \t]*\[\[{section}\]\]", text)]
    return text.count("\n", 0, found[index]) + 1 if index < len(found) else None


def _place(text: str, raw: object, location: tuple[int | str, ...]) -> tuple[str | None, int | None]:
    """Entry id and line of a validation error."""
    if len(location) < 2 or not isinstance(location[1], int) or not isinstance(raw, dict):
        return None, None
    section = str(location[0])
    line = _header_line(text, section, location[1])
    try:
        return str(raw[section][location[1]]["id"]), line
    except (KeyError, IndexError, TypeError):
        return f"{section} number {location[1] + 1}", line


def _read_file(path: Path) -> tuple[_File, str]:
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is not valid TOML: {error}", file=path) from error
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        # a misspelt key is reported twice, as unknown and as missing: the first tells more
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        entry, line = _place(text, raw, first["loc"])
        field = ".".join(str(p) for p in (first["loc"][2:] if entry else first["loc"]))
        hint = _unknown_key_hint(field, first["loc"]) if first["type"] == "extra_forbidden" else ""
        raise LexiconError(f"{field}: {first['msg']}{hint}", file=path, entry=entry, line=line) from error
    if file.schema_ != SCHEMA:
        raise LexiconError(f"has schema {file.schema_}; this version reads schema {SCHEMA}", file=path, line=1)
    return file, text


def _unknown_key_hint(field: str, location: tuple[int | str, ...]) -> str:
    """The known key that a misspelt one is nearest to, among those of the same place."""
    model: type[BaseModel] = _File if len(location) < 3 else Cue if location[0] == "cue" else WordClass
    known = [info.alias or name for name, info in model.model_fields.items()]
    near = difflib.get_close_matches(field, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _entries(file: _File) -> Iterator[tuple[str, int, Cue | WordClass]]:
    for index, cue in enumerate(file.cue):
        yield "cue", index, cue
    for index, word_class in enumerate(file.class_):
        yield "class", index, word_class


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands. The line is looked for only when there is something to complain about."""

    path: Path
    entry: str
    text: str
    section: str
    index: int

    def error(self, message: str) -> LexiconError:
        return LexiconError(message, file=self.path, entry=self.entry, line=_header_line(self.text, self.section, self.index))


class _Collector:
    """Gathers entries from the files in order, refusing what clashes."""

    def __init__(self) -> None:
        self.cues: dict[str, Cue] = {}
        self.classes: dict[str, WordClass] = {}
        self.patterns: dict[str, tuple[Pattern, ...]] = {}
        self.versions: dict[str, str] = {}
        self._phrases: dict[tuple[str, str], str] = {}
        self._disabled: dict[str, Path] = {}
        self.places: dict[str, _Place] = {}
        self._class_uses: list[tuple[str, _Place]] = []

    def add(self, path: Path, *, overlay: bool) -> str:
        file, text = _read_file(path)
        here: set[str] = set()
        for name in file.disabled:
            if name not in self.cues and name not in self.classes:
                near = difflib.get_close_matches(name, [*self.cues, *self.classes], n=1)
                raise LexiconError(f"disabled: no entry has the id {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""), file=path)
            self._remove(name)
            self._disabled[name] = path
        for section, index, entry in _entries(file):
            place = _Place(path, entry.id, text, section, index)
            clash = entry.id in here or (not overlay and (entry.id in self.cues or entry.id in self.classes))
            if clash:
                raise place.error("this id is used twice; ids are unique over all files")
            here.add(entry.id)
            self.places[entry.id] = place
            self._remove(entry.id)
            if isinstance(entry, Cue):
                self._add_cue(entry, place)
            else:
                self._add_class(entry, place)
        self.versions[f"{file.id}+overlay" if overlay else file.id] = file.version
        return text

    def _remove(self, name: str) -> None:
        if self.cues.pop(name, None):
            self.patterns.pop(name)
            self._phrases = {phrase: owner for phrase, owner in self._phrases.items() if owner != name}
        self.classes.pop(name, None)

    def _add_cue(self, cue: Cue, place: _Place) -> None:
        parsed: list[Pattern] = []
        # "I owned the" is a cue for the Task and one for a clear role: a phrase is unique among what it is weighed with
        family = _family(cue)
        group = "parts" if family in PART_FAMILIES else family
        for number, phrase in enumerate(cue.patterns):
            folded = " ".join(fold(phrase).split())
            owner = self._phrases.setdefault((group, folded), cue.id)
            if owner != cue.id or folded in (" ".join(fold(p).split()) for p in cue.patterns[:number]):
                raise place.error(f"the pattern {phrase!r} stands in {owner!r} too; keep one")
            try:
                variants = parse_pattern(phrase)
            except ValueError as error:
                raise place.error(f"pattern {phrase!r}: {error}") from error
            self._class_uses += [(name, place) for v in variants for e in v.elements for name in e.keys if name[0] == "{"]
            parsed += variants
        self.cues[cue.id], self.patterns[cue.id] = cue, tuple(parsed)

    def _add_class(self, word_class: WordClass, place: _Place) -> None:
        seen: set[str] = set()
        for word in word_class.words:
            if fold(word) in seen:
                raise place.error(f"the word {word!r} stands twice")
            if not 1 <= len(word.split()) <= 3:
                raise place.error(f"{word!r}: a word of a class has one to three words")
            seen.add(fold(word))
        self.classes[word_class.id] = word_class

    def check_class_uses(self) -> None:
        for use, place in self._class_uses:
            name = use.strip("{}")
            if name not in self.classes:
                near = difflib.get_close_matches(name, self.classes, n=1)
                hint = f"; did you mean {{{near[0]}}}?" if near else ""
                if name in self._disabled:
                    message = f"disabled: the class {{{name}}} is still used by {place.entry!r}; disable that too, or replace the class"
                    raise LexiconError(message, file=self._disabled[name])
                raise place.error(f"there is no class {{{name}}}{hint}")


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LexiconError("is not a folder", file=folder)
    return sorted(folder.glob("*.toml"))


@lru_cache(maxsize=4)
def load_lexicons(overlay: Path | None = None) -> Lexicons:
    """Load the packaged lexicons and, over them, those of an overlay folder.

    An overlay entry with a known id replaces it, one with a new id is added, and ids listed under
    `disabled` are switched off. Raises `LexiconError`.
    """
    folder = packaged_folder()
    paths = _files(folder)
    own = [(path.name, _text(path)) for path in [*paths, *(folder / name for name in TABLES)]]
    laid_over = [(f"overlay/{path.name}", _text(path)) for path in _files(overlay)] if overlay is not None else []
    fingerprint = _fingerprint([*own, *laid_over])
    tables = dict(own[len(paths) :])
    if overlay is None and isinstance(kept := read_compiled(folder, "lexicons", fingerprint), dict):
        with contextlib.suppress(KeyError, TypeError, ValueError):  # written by something else: read the files
            return _from_compiled(kept, tables, fingerprint, folder)
    collected = _Collector()
    for path in paths:
        collected.add(path, overlay=False)
    if overlay is not None:
        base_kinds = {cue.kind for cue in collected.cues.values()}
        for path in _files(overlay):
            collected.add(path, overlay=True)
        _check_kinds(collected, base_kinds)
    collected.check_class_uses()
    if overlay is None:
        write_compiled(folder, "lexicons", fingerprint, _compiled(collected))
    return Lexicons(
        collected.cues,
        collected.classes,
        collected.patterns,
        collected.versions,
        tables[WEIGHTS_FILE],
        fingerprint,
        tables[CLAIM_WEIGHTS_FILE],
        folder if overlay is None else None,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(f"cannot be read ({error.strerror})", file=path) from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", file=path) from error


def _fingerprint(contents: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for name, text in contents:
        digest.update(f"{name}\0{len(text)}\0{text}".encode())
    return digest.hexdigest()[:16]


class _Patterns(Mapping[str, tuple[Pattern, ...]]):
    """The patterns of cues whose patterns are known to be right, parsed when they are asked for."""

    def __init__(self, cues: Mapping[str, Cue]) -> None:
        self._cues = cues

    def __getitem__(self, name: str) -> tuple[Pattern, ...]:
        return tuple(variant for phrase in self._cues[name].patterns for variant in parse_pattern(phrase))

    def __iter__(self) -> Iterator[str]:
        return iter(self._cues)

    def __len__(self) -> int:
        return len(self._cues)


def _compiled(collected: _Collector) -> dict[str, Any]:
    """Everything that was read and checked, as plain data."""
    return {
        "cues": [cue.model_dump() for cue in collected.cues.values()],
        "classes": [word_class.model_dump() for word_class in collected.classes.values()],
        "versions": dict(collected.versions),
    }


def _from_compiled(kept: Mapping[str, Any], tables: Mapping[str, str], fingerprint: str, folder: Path) -> Lexicons:
    """The inverse of `_compiled`. Nothing is checked again: the same content was, when it was compiled."""
    cues = {c["id"]: Cue.model_construct(**c) for c in kept["cues"]}
    classes = {c["id"]: WordClass.model_construct(**c) for c in kept["classes"]}
    weights, claims = tables[WEIGHTS_FILE], tables[CLAIM_WEIGHTS_FILE]
    return Lexicons(cues, classes, _Patterns(cues), kept["versions"], weights, fingerprint, claims, folder)


def _check_kinds(collected: _Collector, known: set[str]) -> None:
    """A new kind without weights would silently do nothing."""
    for cue in collected.cues.values():
        if cue.kind not in known and not cue.weights:
            near = difflib.get_close_matches(cue.kind, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise collected.places[cue.id].error(
                f"kind {cue.kind!r} is new, so no weights were fitted for it; give the entry `weights` of its own.{hint}"
            )


__all__ = ["Cue", "Lexicons", "WordClass", "load_lexicons", "packaged_folder"]
