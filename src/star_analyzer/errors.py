"""Every error the package raises on purpose."""

from __future__ import annotations

from pathlib import Path


class StarAnalyzerError(Exception):
    """Base of all errors raised by star_analyzer."""


class InputError(StarAnalyzerError, ValueError):
    """What was given cannot be an answer: not a string, empty, or over the size limit."""


class PipelineError(StarAnalyzerError):
    """The spaCy pipeline is missing, cannot be loaded, or lacks what the analysis reads."""


class SettingsError(StarAnalyzerError, ValueError):
    """A setting has a value that makes no sense."""


class LexiconError(StarAnalyzerError, ValueError):
    """A lexicon file is wrong. Says which file, which entry and which line, and how to mend it."""

    def __init__(self, message: str, *, file: Path | str, entry: str | None = None, line: int | None = None) -> None:
        """Build the message `file:line: entry: what is wrong`."""
        place = str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {entry}: {message}" if entry else f"{place}: {message}")
        self.file, self.entry, self.line = str(file), entry, line
