"""Find the cues of the lexicons in a sentence.

All patterns share one trie over their elements, so a word that begins no pattern costs two look-ups
and patterns with a common beginning ("i was asked", "i was told") are walked once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from star_analyzer.compiled import read_compiled, write_compiled
from star_analyzer.lexicons import Lexicons
from star_analyzer.nlp.trie import Node, Trie, build
from star_analyzer.nlp.view import View
from star_analyzer.patterns import NUMBER, fold

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
NOT_MATCHED = ("label_", "acronym_")
"""Beginnings of the ids of classes that are read elsewhere and not looked for in sentences."""
ONLY_IN_PATTERNS = "term_"
"""Beginning of the ids of classes that patterns use and that say nothing by themselves."""
_MOST_STATES = 50_000  # then the merged states are made anew, so that a long-lived process does not grow
# words that may stand before the start of a sentence proper
_LEAD_IN = frozenset("and so but then well um uh er okay ok yeah yes no also now because like basically actually".split())


Edges = tuple[tuple[str, int], ...]
"""Keys of the trie that fit a word, each with the number of words it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The edges that a word can take. There is one object for all words with the same edges, so that a state can
    remember where it leads.
    """

    edges: Edges


class _Word(NamedTuple):
    """What is known of a word form, whatever stands around it."""

    step: Step
    classes: tuple[str, ...]
    longer: dict[str, list[tuple[tuple[str, ...], str]]]
    """By their second word, the longer class words that it may begin."""


class _State:
    """All places of the trie that one run of words leads to, merged; made as texts need them."""

    __slots__ = ("_all", "_known", "ends", "nodes", "onward", "reached")

    def __init__(self, nodes: tuple[int, ...], trie: list[Node]) -> None:
        self._all = trie
        self._known: dict[str, _State | None] = {}
        self.nodes = nodes
        self.ends = tuple({end: None for node in nodes for end in trie[node][2]})
        self.reached: dict[Step, tuple[tuple[_State, int], ...]] = {}
        # what may follow, and behind how many skipped words
        self.onward: list[tuple[_State, int]] = [(self, 0)] if any(trie[node][0] for node in nodes) else []
        behind = [gap for node in nodes for gap in trie[node][1]]
        for skipped in range(max((gap for gap, _ in behind), default=-1) + 1):
            self.onward.append((_State(tuple(n for gap, n in behind if gap >= skipped), trie), skipped))

    def follow(self, step: Step) -> tuple[tuple[_State, int], ...]:
        """Where the edges of a word lead, and behind how many words."""
        found = []
        for key, size in step.edges:
            if key not in self._known:
                nodes = tuple(behind for node in self.nodes for behind in self._all[node][0].get(key, ()))
                self._known[key] = _State(nodes, self._all) if nodes else None
            state = self._known[key]
            if state is not None:
                found.append((state, size))
        out = self.reached[step] = tuple(found)
        return out


class Match(NamedTuple):
    """A cue found: its id and the tokens it covers (`end` exclusive)."""

    cue: str
    start: int
    end: int


def _trie(lexicons: Lexicons) -> Trie:
    """The trie of all patterns, from what was kept of these very lexicons or made anew."""
    folder = lexicons.folder
    kept = read_compiled(folder, "trie", lexicons.content_hash) if folder else None
    if isinstance(kept, tuple) and len(kept) == 2:
        return Trie(*kept)
    trie = build(lexicons.patterns)
    if folder:
        write_compiled(folder, "trie", lexicons.content_hash, tuple(trie))
    return trie


class CueMatcher:
    """Matches every pattern of the lexicons at once. Holds no state of a text."""

    def __init__(self, lexicons: Lexicons) -> None:
        """Build the trie and the index of the word classes."""
        self._nodes, self._keys = _trie(lexicons)
        self._start, self._made = _State((0,), self._nodes), 0
        self._read_cached = lru_cache(maxsize=20_000)(self._read_word)
        self._steps: dict[Edges, Step] = {}  # as many as the lexicons have words
        # first lemma -> (remaining lemmas, class, parts of speech)
        self._class_words: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
        for word_class in lexicons.classes.values():
            if word_class.id.startswith(NOT_MATCHED):
                continue
            for word in word_class.words:
                first, *rest = fold(word).replace("-", " ").split()
                self._class_words.setdefault(first, []).append((tuple(rest), word_class.id, _POS[word_class.pos]))

    def _read_word(self, lower: str, lemma: str, pos: str) -> _Word:
        edges = [(key, 1) for key in (lower, f"<{lemma}>") if key in self._keys]
        if pos == "VERB" and lemma == lower:
            edges += [(key, 1) for key in (f"<{base}>" for base in _bases(lower)) if key in self._keys]
        if is_number(lower):
            edges.append((NUMBER, 1))
        entries = self._class_words.get(lemma, [])
        if lower != lemma:
            entries = [*entries, *self._class_words.get(lower, ())]
        if not entries and pos == "VERB":
            entries = [entry for base in _bases(lower) for entry in self._class_words.get(base, ())]
        classes: dict[str, None] = {}
        longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for rest, name, allowed in entries:
            if not rest:
                if pos in allowed:
                    classes[name] = None
            elif pos in allowed or "NOUN" in allowed:  # of "soup bowl" the tagger may call "soup" what it likes
                longer.setdefault(rest[0], []).append((rest, name))
        edges += [(f"{{{name}}}", 1) for name in classes]
        return _Word(self._step(tuple(edges)), tuple(n for n in classes if not n.startswith(ONLY_IN_PATTERNS)), longer)

    def _step(self, edges: Edges) -> Step:
        found = self._steps.get(edges)
        if found is None:
            found = self._steps[edges] = Step(edges)
        return found

    def look_up(self, view: View, tokens: Sequence[int]) -> tuple[list[Step], dict[int, tuple[str, ...]]]:
        """For every word the edges of the trie that it can take; and the word classes that begin at each token.

        `tokens` are the indexes of a sentence's words, without punctuation.
        """
        lower, lemma, pos, read = view.lower, view.lemma, view.pos, self._read_cached
        steps: list[Step] = []
        classes: dict[int, tuple[str, ...]] = {}
        for at, i in enumerate(tokens):
            word = read(lower[i], lemma[i], pos[i])
            step, names = word.step, word.classes
            if word.longer and at + 1 < len(tokens):
                edges = step.edges
                following = tokens[at + 1]
                for rest, name in word.longer.get(lemma[following], []) + word.longer.get(lower[following], []):
                    after = tokens[at + 1 : at + 1 + len(rest)]
                    fits = len(after) == len(rest) and all(w in (lemma[j], lower[j]) for w, j in zip(rest, after, strict=True))
                    if fits and (f"{{{name}}}", 1 + len(rest)) not in edges:
                        edges = (*edges, (f"{{{name}}}", 1 + len(rest)))
                        if name not in names and not name.startswith(ONLY_IN_PATTERNS):
                            names = (*names, name)
                step = self._step(edges)
            steps.append(step)
            if names:
                classes[i] = names
        return steps, classes

    def match(self, view: View, tokens: Sequence[int], steps: Sequence[Step]) -> list[Match]:
        """Cues among the words of one sentence, in text order; of one cue at one place the longest.

        `steps` is what `look_up` says of the same tokens.
        """
        count = len(tokens)
        lead = 0
        while lead < count - 1 and view.lower[tokens[lead]] in _LEAD_IN:
            lead += 1
        longest: dict[tuple[str, int], int] = {}
        if self._made > _MOST_STATES:
            self._start, self._made = _State((0,), self._nodes), 0
        start = self._start
        for at in range(count):
            stack = [(start, at)]
            while stack:
                state, here = stack.pop()
                reached = state.reached.get(steps[here])
                if reached is None:
                    reached = state.follow(steps[here])
                    self._made += 1
                for following, size in reached:
                    end = here + size
                    for cue, at_start in following.ends:
                        if (not at_start or at <= lead) and end > longest.get((cue, at), 0):
                            longest[cue, at] = end
                    for behind, skipped in following.onward:
                        if end + skipped < count:
                            stack.append((behind, end + skipped))
        return [Match(cue, tokens[at], tokens[end - 1] + 1) for (cue, at), end in longest.items()]


def _bases(verb: str) -> list[str]:
    """Dictionary forms that an inflected verb may have. The lemmatizer guesses wrong where its tables lack a verb
    ("refactored": "refactore").
    """
    for ending in ("ed", "ing"):
        stem = verb.removesuffix(ending)
        if stem != verb and len(stem) > 2:
            return [stem, f"{stem}e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return []


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or spelled out."""
    return word[0].isdigit() or word in _NUMBER_WORDS or (word[0] in ".~<>+-" and word[-1:].isdigit())
