"""The command line. Imports nothing of spaCy until an answer is analysed."""

from star_analyzer.cli.app import app, main

__all__ = ["app", "main"]
