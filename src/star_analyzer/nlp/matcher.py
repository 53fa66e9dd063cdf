"""Find the cues of the lexicons in a sentence.

All patterns share one trie over their elements, so a word that begins no pattern costs two look-ups
and patterns with a common beginning ("i was asked", "i was told") are walked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.view import View
from star_analyzer.patterns import Element, Pattern, fold

_POS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN", "SYM", "X"}),
    "adj": frozenset({"ADJ", "VERB", "ADV", "NOUN"}),
    "adv": frozenset({"ADV", "ADJ", "ADP", "SCONJ", "NOUN", "PART", "INTJ"}),
}
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen couple half third quarter "
    "several few".split()
)
# words that may stand before the start of a sentence proper
_LEAD_IN = frozenset("and so but then well um uh er okay ok yeah yes no also now because like basically actually".split())


@dataclass(slots=True)
class _Node:
    words: dict[str, list[_Node]] = field(default_factory=dict)
    lemmas: dict[str, list[_Node]] = field(default_factory=dict)
    classes: dict[str, list[_Node]] = field(default_factory=dict)
    numbers: list[_Node] = field(default_factory=list)
    gaps: list[tuple[int, _Node]] = field(default_factory=list)
    by_element: dict[Element, _Node] = field(default_factory=dict)
    ends: list[tuple[str, bool]] = field(default_factory=list)

    def child(self, element: Element) -> _Node:
        """The node behind an element, made when new."""
        node = self.by_element.get(element)
        if node is not None:
            return node
        node = self.by_element[element] = _Node()
        if element.gap:
            self.gaps.append((element.gap, node))
        for word in element.words:
            self.words.setdefault(word, []).append(node)
        for lemma in element.lemmas:
            self.lemmas.setdefault(lemma, []).append(node)
        for name in element.classes:
            self.classes.setdefault(name, []).append(node)
        if element.number:
            self.numbers.append(node)
        return node


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found: its id and the tokens it covers (`end` exclusive)."""

    cue: str
    start: int
    end: int


class CueMatcher:
    """Matches every pattern of the lexicons at once. Holds no state of a text."""

    def __init__(self, lexicons: Lexicons) -> None:
        """Build the trie and the index of the word classes."""
        self._root = _Node()
        for cue_id, patterns in lexicons.patterns.items():
            for pattern in patterns:
                self._insert(cue_id, pattern)
        # first lemma -> (remaining lemmas, class, parts of speech)
        self._class_words: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
        for word_class in lexicons.classes.values():
            if word_class.id.startswith("label_"):
                continue
            for word in word_class.words:
                first, *rest = fold(word).replace("-", " ").split()
                self._class_words.setdefault(first, []).append((tuple(rest), word_class.id, _POS[word_class.pos]))

    def _insert(self, cue_id: str, pattern: Pattern) -> None:
        node = self._root
        for element in pattern.elements:
            node = node.child(element)
        if (cue_id, pattern.at_start) not in node.ends:
            node.ends.append((cue_id, pattern.at_start))

    def classes_at(self, view: View, tokens: Sequence[int], at: int) -> list[tuple[str, int]]:
        """Word classes that begin at a place of a token list, each with its length in words."""
        i = tokens[at]
        entries = self._class_words.get(view.lemma[i], ())
        lower = view.lower[i]
        if lower != view.lemma[i]:
            entries = [*entries, *self._class_words.get(lower, ())]
        found: list[tuple[str, int]] = []
        for rest, name, pos in entries:
            if view.pos[i] not in pos:
                continue
            size = 1 + len(rest)
            if rest:
                if at + size > len(tokens):
                    continue
                after = tokens[at + 1 : at + size]
                if any(word not in (view.lemma[j], view.lower[j]) for word, j in zip(rest, after, strict=True)):
                    continue
            found.append((name, size))
        return found

    def match(self, view: View, tokens: Sequence[int], classes: Sequence[list[tuple[str, int]]]) -> list[Match]:
        """Cues among the tokens of one sentence, in text order; of one cue at one place the longest.

        `tokens` are indexes without punctuation, `classes[k]` what `classes_at` says of `tokens[k]`.
        """
        lead = 0
        while lead < len(tokens) - 1 and view.lower[tokens[lead]] in _LEAD_IN:
            lead += 1
        longest: dict[tuple[str, int], int] = {}
        root = self._root
        for at, i in enumerate(tokens):
            if view.lower[i] not in root.words and view.lemma[i] not in root.lemmas and not classes[at] and not self._is_number(view, i):
                continue
            for cue, at_start, end in self._walk(root, view, tokens, classes, at):
                if at_start and at > lead:
                    continue
                key = (cue, at)
                if end > longest.get(key, 0):
                    longest[key] = end
        return [Match(cue, tokens[at], tokens[end - 1] + 1) for (cue, at), end in longest.items()]

    def _walk(
        self, node: _Node, view: View, tokens: Sequence[int], classes: Sequence[list[tuple[str, int]]], at: int
    ) -> Iterator[tuple[str, bool, int]]:
        for cue, at_start in node.ends:
            yield cue, at_start, at
        if at >= len(tokens):
            return
        i = tokens[at]
        if node.words:
            for child in node.words.get(view.lower[i], ()):
                yield from self._walk(child, view, tokens, classes, at + 1)
        if node.lemmas:
            for child in node.lemmas.get(view.lemma[i], ()):
                yield from self._walk(child, view, tokens, classes, at + 1)
        if node.classes:
            for name, size in classes[at]:
                for child in node.classes.get(name, ()):
                    yield from self._walk(child, view, tokens, classes, at + size)
        if node.numbers and self._is_number(view, i):
            for child in node.numbers:
                yield from self._walk(child, view, tokens, classes, at + 1)
        for gap, child in node.gaps:
            for skip in range(min(gap, len(tokens) - at - 1) + 1):
                yield from self._walk(child, view, tokens, classes, at + skip)

    @staticmethod
    def _is_number(view: View, i: int) -> bool:
        word = view.lower[i]
        return word[0].isdigit() or word in _NUMBER_WORDS or (word[0] in ".~<>+-" and word[-1:].isdigit())
