"""A bank of stories reviewed as a whole: coverage, prompts, how rehearsed it sounds, cards, a plan for practice."""

from star_analyzer.bank.history import append_history, read_history
from star_analyzer.bank.reading import read_stories
from star_analyzer.bank.review import review_bank
from star_analyzer.bank.story import BankStory

__all__ = ["BankStory", "append_history", "read_history", "read_stories", "review_bank"]
