"""What takes long to read is kept in compiled form, as Python keeps modules in `__pycache__`.

Reading and checking a megabyte of TOML and laying out its patterns takes longer than analysing an answer. The compiled
form stands beside the lexicons under the hash of everything it was made from, so it can never be out of date; where the
folder cannot be written, nothing is kept and the files are read each time. Like Python's own compiled files, it is
in Python's `marshal` format and trusted as much as the code beside it.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

FOLDER = "__pycache__"
_FORMAT = 2
_SUM = 4  # bytes in front of the content: `marshal` may run out of memory over a damaged file


def _path(folder: Path, name: str, content_hash: str) -> Path:
    return folder / FOLDER / f"{name}-{_FORMAT}-{content_hash}.{sys.implementation.cache_tag}"


def read_compiled(folder: Path, name: str, content_hash: str) -> Any | None:
    """What was kept under this name for this content, or None."""
    collects = gc.isenabled()
    gc.disable()  # it would look through all that is loaded again and again, and find nothing
    try:
        kept = memoryview(_path(folder, name, content_hash).read_bytes())
        return marshal.loads(kept[_SUM:]) if kept[:_SUM] == _sum(kept[_SUM:]) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None
    finally:
        if collects:
            gc.enable()


def _sum(content: bytes | memoryview) -> bytes:
    return zlib.crc32(content).to_bytes(_SUM, "little")


def write_compiled(folder: Path, name: str, content_hash: str, content: Any) -> None:
    """Keep plain data, whole or not at all; older forms are removed. Failing to is no error."""
    path = _path(folder, name, content_hash)
    plain = marshal.dumps(content)
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_sum(plain) + plain)
            Path(scratch).chmod(0o644)
            Path(scratch).replace(path)
        except OSError:
            Path(scratch).unlink(missing_ok=True)
            raise
        for old in path.parent.glob(f"{name}-*{path.suffix}"):
            if old != path:
                old.unlink(missing_ok=True)
