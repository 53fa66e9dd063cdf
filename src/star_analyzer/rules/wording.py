"""What several rules need: whether a story is told at all, and its words for use inside a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from star_analyzer.profiles import SHORTEST_STORY
from star_analyzer.report import Part, Sentence
from star_analyzer.rules.registry import Sections
from star_analyzer.sections import Claim, Span

_NEXT = r"(?:i|we|it|he|she|they|the|our|my|then|so|as a result|since then|after that|in the end)\b"
"""What begins a clause behind "and"."""
_CLAUSE_START = re.compile(rf"[,;:!?–—]\s+(?:(?:and|but|so|because)\s+)?|\s(?:because|but)\s+|\sand\s+(?={_NEXT})|\s(?=since then\b)", re.I)
_CLAUSE_END = re.compile(
    r"[,;:.!?–—](?=\s|$|[\"”’)])|\s[–—-]\s|\n|\s(?=(?:because|since|so that|but|which|while)\s)|" rf"\s(?=and {_NEXT})",
    re.I,
)
_LEAD = re.compile(r"(?:(?:and|so|but|then)\s+)*(?:as a result|in the end|after that|since then)?,?\s*", re.I)
"""What joins a clause to the one before."""
_DOER = re.compile(
    r"\b(?:i|we|it|they|he|she|(?:the|our|my|a|this|that)(?:\s(?!(?:and|so|but|i|we)\b)[\w'’-]+){1,3})"
    r"(?:\s+(?:then|also|finally|therefore|instead|just|was|were|\w+ly))*"
    r"(?:\s+(?:decided|tried|chose|started|began|managed|went on) to)?\s*$",
    re.I,
)
"""What stands before a verb: who did it."""


def is_event(sections: Sections) -> bool:
    """Whether something that happened is told, at a length that can be judged."""
    return sections.structure.words >= SHORTEST_STORY and sections.story.kind == "event"


def acts(sections: Sections) -> bool:
    """Whether an event is told in which somebody does something."""
    return is_event(sections) and any(s.part is Part.ACTION for s in sections.sentences)


def part_of(span: Span, sections: Sections) -> Part:
    """The part of the sentence in which some words stand."""
    return sections.sentences[span.sentence - 1].part


def bare(span: Span, sections: Sections, most: int = 60) -> str:
    """Words for use inside a message, without the full stop and without what joins them to the sentence before."""
    joint = _LEAD.match(sections.quote(span))
    lead = len(joint.group()) if joint else 0
    return sections.quote(span, most + lead)[lead:].rstrip(".,;:! ")


def in_line(item: Sentence | Span, sections: Sections, most: int = 60) -> str:
    """Words for use inside a message that goes on behind them."""
    return sections.quote(item, most).rstrip(".,;: ")


def clause(words: Span, sections: Sections) -> Span:
    """The clause in which some words stand."""
    text, sentence = sections.evidence.text, sections.evidence.sentences[words.sentence - 1]
    start = sentence.start
    for joint in _CLAUSE_START.finditer(text, sentence.start, words.start):
        start = joint.end()
    return Span(sentence=words.sentence, start=start, end=_end(words, sections))


def phrase(words: Span, sections: Sections) -> Span:
    """A verb with who did it, to the end of the clause."""
    sentence = sections.evidence.sentences[words.sentence - 1]
    doer = _DOER.search(sections.evidence.text[sentence.start : words.start])
    return Span(sentence=words.sentence, start=sentence.start + doer.start() if doer else words.start, end=_end(words, sections))


def _end(words: Span, sections: Sections) -> int:
    sentence = sections.evidence.sentences[words.sentence - 1]
    stop = _CLAUSE_END.search(sections.evidence.text, words.end, sentence.end)
    return stop.start() if stop else sentence.end


def names(found: Iterable[Claim]) -> tuple[str, ...]:
    """The features that spoke for some claims."""
    return tuple(dict.fromkeys(r.name for c in found for r in c.reasons))


def listed(words: Sequence[str]) -> str:
    """Words in quotation marks, joined as people do."""
    return joined([f"“{w}”" for w in words])


def joined(words: Sequence[str]) -> str:
    """Words joined as people do: “one, two and three”."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
