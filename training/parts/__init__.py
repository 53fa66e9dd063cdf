"""Weights of the parts."""
