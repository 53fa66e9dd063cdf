"""Exit codes."""

EXIT_FINDINGS = 1
"""The analysis is complete, and something was found that fails."""
EXIT_FAILED = 2
"""The analysis is not complete."""
