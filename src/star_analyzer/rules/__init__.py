"""Rules: pure functions from the sections of a report to findings."""
