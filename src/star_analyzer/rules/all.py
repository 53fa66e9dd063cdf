"""Import every module that registers rules."""

from star_analyzer.rules import readability, structure

__all__ = ["readability", "structure"]
