"""The card of a story: the seven things that a candidate should be able to say about it in a sentence each."""

from __future__ import annotations

from typing import NamedTuple


class CardField(NamedTuple):
    """One line of the card."""

    name: str
    """The key in files."""
    label: str
    asks: str
    """What belongs there."""
    example: str
    aliases: tuple[str, ...]
    """Shorter keys that mean the same."""


FIELDS = (
    CardField(
        "business_goal",
        "business goal",
        "What somebody outside the team wanted to change, and for whom; with a number if there was one.",
        "Cut the refund calls by a fifth before the autumn sale.",
        ("goal",),
    ),
    CardField(
        "ml_problem_type",
        "ML problem type",
        "What is predicted from what: classification, ranking, forecasting, … of what.",
        "Binary classification of support tickets: refund or not.",
        ("problem_type", "ml_problem"),
    ),
    CardField(
        "exact_role",
        "exact role",
        "What was yours alone, and what was not. Begin with “I”.",
        "I chose the data and trained the model; Priya's team served it.",
        ("role", "my_role"),
    ),
    CardField(
        "main_obstacle",
        "main obstacle",
        "The one thing that made it hard.",
        "One label in seven was wrong, because agents clicked the first reason in the list.",
        ("obstacle",),
    ),
    CardField(
        "key_technical_decision",
        "key technical decision",
        "What you chose, what you turned down for it, and why.",
        "I had 2,000 tickets labelled again rather than tune the model, because the errors were in the labels.",
        ("decision", "key_decision", "technical_decision"),
    ),
    CardField(
        "measurable_result",
        "measurable result",
        "A number that others saw move, with what it was before.",
        "Wrongly routed tickets fell from 18% to 7% in six weeks.",
        ("result", "results"),
    ),
    CardField(
        "lesson",
        "lesson",
        "What you do differently since then; concrete enough that somebody could see you do it.",
        "I read a hundred labels by hand before I train anything.",
        ("lessons", "learning"),
    ),
)
"""In the order in which they stand on the card."""

FIELD_NAMES = tuple(field.name for field in FIELDS)
ALIASES = {alias: field.name for field in FIELDS for alias in field.aliases}
STORY_KEYS = ("title", "question", "profile", "tags", "prompts", *FIELD_NAMES)
"""Keys of a story that mean something; others are left alone."""
