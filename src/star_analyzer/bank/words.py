"""The words of a telling, as the comparisons of stories see them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

_TOKEN = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STEMMER = snowballstemmer.stemmer("english")
FUNCTION_WORDS = frozenset(
    """
    a about above after again against all almost along already also although always am among an and another any anybody anyone anything
    are around as at away back be became because become been before behind being below between both but by can cannot could did do does
    doing done down during each either else enough even ever every everybody everyone everything few first for from get gets getting
    go goes going gone got had has have having he her here hers herself him himself his how however i if in inside instead into is it
    its itself just last later least less like made make makes making many may maybe me might mine more most much must my myself near
    neither never next no nobody none nor not nothing now of off often on once one only onto or other others our ours ourselves out
    over own per perhaps quite rather really right said same say says second see she should since so some somebody someone something
    soon still such than that the their theirs them themselves then there these they thing things third this those though three
    through till to together too took toward towards two under until up upon us very was way we well went were what when where whether
    which while who whole whom whose why will with within without would yet you your yours yourself
    i'm i'd i've i'll we're we'd we've we'll it's that's there's they're they'd they've he's she's don't didn't doesn't isn't wasn't
    weren't can't couldn't wouldn't shouldn't won't hadn't haven't hasn't aren't let's what's um uh er okay yeah
    """.split()
)
"""Words that tell how something is said and not what: they stay when somebody retells a story with other words for things."""


class Word(NamedTuple):
    """A word or number. Offsets are characters."""

    text: str
    """Folded, with straight apostrophes."""
    start: int
    end: int
    stem: str

    @property
    def content(self) -> bool:
        """Whether it says what the story is about."""
        return self.text not in FUNCTION_WORDS

    @property
    def matter(self) -> bool:
        """The same, but no number."""
        return self.content and not self.number

    @property
    def number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in their order."""
    out = []
    for match in _TOKEN.finditer(text):
        folded = match[0].casefold().replace("’", "'")
        out.append(Word(folded, match.start(), match.end(), _stem(folded)))
    return tuple(out)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    bare = word.removesuffix("'s")
    return bare if bare[0].isdigit() else str(_STEMMER.stemWord(bare))


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that say what it is about, without numbers."""
    return frozenset(word.stem for word in words_of(text) if word.matter)
