"""What a bank is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from star_analyzer.timing import Timing


@dataclass(frozen=True, slots=True)
class BankStory:
    """A story with its card. Read them from files with `read_stories`, or make them yourself."""

    text: str
    """The telling."""
    title: str = ""
    """Empty: the first words of the telling stand for it."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The seven fields of the card by name (`star_analyzer.cards.FIELDS`); those left out are empty."""
    tags: tuple[str, ...] = ()
    """Categories that you mean it for."""
    prompts: tuple[str, ...] = ()
    """Ids of the prompts that you mean it for."""
    question: str | None = None
    path: str | None = None
    """The file that it comes from."""
    timings: tuple[Timing, ...] = ()
    """When its words were said."""
