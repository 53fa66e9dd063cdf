"""What was said, as it was given, and the few things that can make it no answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from star_analyzer.errors import InputError
from star_analyzer.timing import Timing

MAX_CHARACTERS = 200_000
"""Longest text accepted, in characters: about four hours of talk at 150 words a minute.

An answer takes one to three minutes (about 450 words); anything over the limit is a transcript of a
whole interview or a file given by mistake, and analysing it as one answer would mislead.
"""

MAX_QUESTION = 10_000
"""Longest question accepted, in characters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question. `text` is kept to the letter: all offsets point into it."""

    text: str
    question: str | None = None
    timings: tuple[Timing, ...] = ()
    """When its words were said, if that is known."""


def read_answer(text: object, question: object = None, timings: Sequence[Timing] = ()) -> Answer:
    """Check that a text can be an answer. Raises `InputError` saying what is wrong and how to mend it."""
    if not isinstance(text, str):
        raise InputError(f"An answer must be a str, not {type(text).__name__}. Decode bytes first: data.decode('utf-8').")
    if question is not None and not isinstance(question, str):
        raise InputError(f"The question must be a str or None, not {type(question).__name__}.")
    if question is not None and len(question) > MAX_QUESTION:
        raise InputError(f"The question has {len(question):,} characters; the limit is {MAX_QUESTION:,}. Give the question alone.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}. Give one answer at a time, not a whole interview."
        )
    if not any(c.isalnum() for c in text):
        what = "The text is empty." if not text.strip() else "The text holds no letter and no digit."
        raise InputError(f"{what} Give the words of one answer.")
    for name, value in (("text", text), ("question", question or "")):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(
                f"The {name} holds half of a surrogate pair at character {error.start}, so it cannot be written as UTF-8. "
                "Decode the source again with the right encoding."
            ) from None
    return Answer(text, question or None, tuple(timings))
