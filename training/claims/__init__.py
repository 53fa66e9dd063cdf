"""Fit the weights of the claims."""
