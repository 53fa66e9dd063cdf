"""Which files a check reads."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STDIN = "-"
"""The path that means standard input."""
SUFFIXES = (".md", ".txt", ".srt", ".vtt")
"""Files that are read when a folder is given. A file named by itself is read whatever its name."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A path that leads to no file."""

    path: str
    message: str


def find_files(
    paths: Iterable[str], excluded: Callable[[Path], bool] = lambda _: False, suffixes: Sequence[str] = SUFFIXES
) -> Iterator[Path | Missing]:
    """The files that the paths name, each once, folders searched in the order of names for files that end in one of `suffixes`.

    A path is a file, a folder, "-", or a pattern such as "stories/**/*.md" where the shell has not replaced it. Hidden files
    and folders, and folders behind symbolic links, are left out of a search, so that no loop of links is followed.
    """
    seen: set[Path] = set()
    for given in paths:
        for found in _expanded(given, excluded, suffixes):
            if isinstance(found, Missing):
                yield found
            elif (real := _real(found)) not in seen:
                seen.add(real)
                yield found


def _expanded(given: str, excluded: Callable[[Path], bool], suffixes: Sequence[str]) -> Iterator[Path | Missing]:
    try:
        path = Path(given)
        if given == STDIN:
            yield path
        elif path.is_dir():
            yield from _inside(path, excluded, suffixes)
        elif path.exists() or not glob.has_magic(given):
            yield path
        else:
            matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - the pattern may be absolute
            if not matches:
                yield Missing(given, "no file fits this pattern.")
            for match in matches:
                inside = Path(match)
                if inside.is_dir():
                    continue
                if not excluded(inside):
                    yield inside
    except (OSError, ValueError) as error:
        yield Missing(given, f"cannot be read ({getattr(error, 'strerror', None) or error}).")


def _inside(folder: Path, excluded: Callable[[Path], bool], suffixes: Sequence[str]) -> Iterator[Path | Missing]:
    failed: list[OSError] = []
    any_file = False
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for name in sorted(names):
            path = Path(place, name)
            if name[0] != "." and path.suffix.lower() in suffixes:
                any_file = True
                if not excluded(path):
                    yield path
    for error in failed:
        yield Missing(str(error.filename), f"cannot be read ({error.strerror}).")
    if not any_file and not failed:
        yield Missing(str(folder), f"holds no {', '.join(suffixes[:-1])} or {suffixes[-1]} file.")


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself, a null character
        return path.absolute()


def shown_path(path: Path) -> str:
    """How a file is called in results: relative to the current folder where it is inside of it, with forward slashes.

    Bytes of a name that are no UTF-8 are shown as their escapes: no format could hold them.
    """
    if str(path) == STDIN:
        return "standard input"
    try:
        shown = path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (OSError, RuntimeError, ValueError):
        shown = path.as_posix()
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
