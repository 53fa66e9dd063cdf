"""Sentence ends in text without punctuation."""
