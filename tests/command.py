"""Running the command line in tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """What a run of the command left behind."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Everything printed."""
        return self.stdout + self.stderr


Run = Callable[..., Done]


def process(*arguments: str | Path, stdin: bytes = b"", flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own, with everything piped."""
    env = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS")}
    command = [sys.executable, *flags, "-m", "star_analyzer.cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False, env={**env, "PYTHONIOENCODING": "utf-8"})
