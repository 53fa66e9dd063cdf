"""spaCy factories of the package. Loaded whenever any pipeline is made, so it imports nothing heavy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("star_boundaries", default_config={"overlay": None}, assigns=["token.is_sent_start"])
def star_boundaries(nlp: Language, name: str, overlay: str | None) -> Callable[[Doc], Doc]:
    """Sentence starts by punctuation, line breaks and list marks. Belongs before the parser."""
    from functools import partial
    from pathlib import Path

    from star_analyzer.nlp.pipeline import mark_boundaries

    return partial(mark_boundaries, overlay=Path(overlay) if overlay else None)


@Language.factory(
    "star_parts",
    default_config={"overlay": None},
    requires=["token.tag", "token.pos", "token.dep", "token.head", "token.lemma"],
    assigns=["doc.spans", "doc.user_data"],
)
def star_parts(nlp: Language, name: str, overlay: str | None) -> Callable[[Doc], Doc]:
    """A part for every sentence. `overlay` is a folder of lexicons laid over the packaged ones."""
    from pathlib import Path

    from star_analyzer.nlp.parts import PartReader

    return PartReader(Path(overlay) if overlay else None)


__all__: list[Any] = ["star_boundaries", "star_parts"]
