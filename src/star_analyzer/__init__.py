"""Reads answers to behavioural interview questions; see README.md.

    from star_analyzer import analyze
    report = analyze(answer_text)

Importing the package does not import spaCy; the first answer does.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from star_analyzer._version import __version__
from star_analyzer.analyzer import Analyzer, analyze
from star_analyzer.errors import InputError, LexiconError, PipelineError, SettingsError, StarAnalyzerError
from star_analyzer.profiles import PROFILES, Profile
from star_analyzer.report import Comparison, Cue, Finding, Part, Report, Sentence, Severity

if TYPE_CHECKING:
    from star_analyzer.bank import BankStory, append_history, read_history, read_stories, review_bank
    from star_analyzer.bank_report import BankReport

_LATER = {
    "BankReport": "star_analyzer.bank_report",
    "BankStory": "star_analyzer.bank",
    "append_history": "star_analyzer.bank",
    "read_history": "star_analyzer.bank",
    "read_stories": "star_analyzer.bank",
    "review_bank": "star_analyzer.bank",
}
"""Names whose modules are imported when they are first used: who reads one answer needs none of them."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)


__all__ = [
    "PROFILES",
    "Analyzer",
    "BankReport",
    "BankStory",
    "Comparison",
    "Cue",
    "Finding",
    "InputError",
    "LexiconError",
    "Part",
    "PipelineError",
    "Profile",
    "Report",
    "Sentence",
    "SettingsError",
    "Severity",
    "StarAnalyzerError",
    "__version__",
    "analyze",
    "append_history",
    "read_history",
    "read_stories",
    "review_bank",
]
