"""Import every module that registers rules."""

from star_analyzer.rules import (
    constraints,
    decisions,
    delivery,
    language,
    outcomes,
    ownership,
    production,
    readability,
    speech,
    story,
    structure,
)

__all__ = [
    "constraints",
    "decisions",
    "delivery",
    "language",
    "outcomes",
    "ownership",
    "production",
    "readability",
    "speech",
    "story",
    "structure",
]
