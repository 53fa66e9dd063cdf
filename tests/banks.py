"""Banks of stories for tests: those of `examples/bank` and `tests/bank`, and stories made of a few sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from star_analyzer import Analyzer, BankStory, Report, read_stories
from star_analyzer.bank.telling import Telling

HOME = Path(__file__).resolve().parent
EXAMPLES = HOME.parent / "examples" / "bank"
OTHERS = HOME / "bank"
REHEARSED = ("BK301", "BK302", "BK303", "BK304", "BK305", "BK306")
GAP_OF = {
    "parts-search": "improved_metric", "refund-reasons": "bad_data", "photo-check": "accuracy_vs_latency", "delivery-dates": "deployment",
    "chatbot-argument": "influence", "winback-mails": "failure", "smart-workshop": "ambiguity",
}  # fmt: skip
"""What goes with each of the examples."""


@cache
def stories(name: str) -> tuple[BankStory, ...]:
    """The stories of a folder: "examples", or one of `tests/bank`."""
    return tuple(read_stories([EXAMPLES if name == "examples" else OTHERS / name]))


def stem(story: BankStory) -> str:
    """The name of its file."""
    return Path(story.path or "").stem


def telling(analyzer: Analyzer, text: str, number: int = 1) -> Telling:
    """A telling as the comparisons see it."""
    report: Report = analyzer.analyze(text)
    return Telling(number, report)
