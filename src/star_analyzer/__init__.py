"""Reads answers to behavioural interview questions; see README.md.

    from star_analyzer import analyze
    report = analyze(answer_text)

Importing the package does not import spaCy; the first answer does.
"""

from star_analyzer._version import __version__
from star_analyzer.analyzer import Analyzer, analyze
from star_analyzer.errors import InputError, LexiconError, PipelineError, SettingsError, StarAnalyzerError
from star_analyzer.profiles import PROFILES, Profile
from star_analyzer.report import Comparison, Cue, Finding, Part, Report, Sentence, Severity

__all__ = [
    "PROFILES",
    "Analyzer",
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
]
