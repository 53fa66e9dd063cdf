"""All patterns in one trie: shared beginnings, gaps, ends, and that nothing is lost or added."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from star_analyzer.nlp.trie import Trie, build
from star_analyzer.patterns import Element, Pattern, parse_pattern

Path = tuple[str | int, ...]
"""A way through the trie: keys of edges, and the sizes of gaps."""


def trie_of(**patterns: Iterable[str]) -> Trie:
    """The trie of patterns as they are written in the lexicons."""
    return build({cue: [variant for text in texts for variant in parse_pattern(text)] for cue, texts in patterns.items()})


def ways(trie: Trie, node: int = 0) -> Iterator[tuple[Path, str, bool]]:
    """Every way from a node to an end, with the cue and whether it must begin its sentence."""
    edges, gaps, ends = trie.nodes[node]
    for cue, at_start in ends:
        yield (), cue, at_start
    steps: list[tuple[str | int, int]] = [*((key, behind) for key, nodes in edges.items() for behind in nodes), *gaps]
    for step, behind in steps:
        for path, cue, at_start in ways(trie, behind):
            yield (step, *path), cue, at_start


def expected(patterns: Mapping[str, Iterable[Pattern]]) -> set[tuple[Path, str, bool]]:
    """The same from the patterns themselves."""
    found: set[tuple[Path, str, bool]] = set()
    for cue, variants in patterns.items():
        for pattern in variants:
            steps: list[Path] = [element.keys or (element.gap,) for element in pattern.elements]
            found |= {(path, cue, pattern.at_start) for path in product(*steps)}
    return found


def after(trie: Trie, *path: str) -> int:
    """The node behind a run of words, where there is only one."""
    node = 0
    for key in path:
        (node,) = trie.nodes[node][0][key]
    return node


def test_no_patterns() -> None:
    """Without patterns there is the root, and nothing leads on from it."""
    assert build({}) == Trie([({}, (), ())], frozenset())


def test_a_word_after_the_other() -> None:
    """A pattern is a chain of nodes, and its cue stands at the last one only."""
    trie = trie_of(a=["i ran home"])
    assert [ends for _, _, ends in trie.nodes] == [(), (), (), (("a", False),)]
    assert trie.nodes[after(trie, "i", "ran", "home")][2] == (("a", False),)


def test_shared_beginnings() -> None:
    """Patterns of one cue or of several share the nodes of their common beginning."""
    trie = trie_of(a=["i was asked", "i was told"], b=["i was asked to"])
    assert len(trie.nodes) == 1 + len(["i", "was", "asked", "told", "to"])
    asked = after(trie, "i", "was", "asked")
    assert trie.nodes[asked][2] == (("a", False),)
    assert trie.nodes[asked][0].keys() == {"to"}


def test_the_same_pattern_of_two_cues() -> None:
    """Two cues may end at one node, in the order in which they came."""
    trie = trie_of(a=["i ran"], b=["i ran"])
    assert len(trie.nodes) == 3
    assert trie.nodes[after(trie, "i", "ran")][2] == (("a", False), ("b", False))


def test_an_end_is_kept_once() -> None:
    """A variant that comes twice ends once; tied to the start it is another end."""
    trie = trie_of(a=["i ran", "i ran", "^ i ran"])
    assert trie.nodes[after(trie, "i", "ran")][2] == (("a", False), ("a", True))


def test_alternatives_lead_to_one_node() -> None:
    """Whatever word of an element is said, the way goes on at the same node."""
    trie = trie_of(a=["i|we|<they> ran"])
    assert len(trie.nodes) == 3
    assert len({trie.nodes[0][0][key] for key in ("i", "we", "<they>")}) == 1


def test_a_word_of_several_elements() -> None:
    """A word that fits two elements leads to the nodes of both, so that neither pattern finds what the other wants."""
    trie = trie_of(a=["i|we ran"], b=["i sat"])
    assert len(trie.nodes[0][0]["i"]) == 2
    assert len(trie.nodes[0][0]["we"]) == 1
    assert (("we", "sat"), "b", False) not in set(ways(trie))


def test_gaps() -> None:
    """A gap leads on without a word, and says how many may be skipped; the same gap is shared."""
    trie = trie_of(a=["plates .. fell"], b=["plates .. broke"], c=["plates ... sank"])
    edges, gaps, ends = trie.nodes[after(trie, "plates")]
    assert (edges, ends) == ({}, ())
    assert [size for size, _ in gaps] == [2, 4]
    short, long = (set(trie.nodes[behind][0]) for _, behind in gaps)
    assert (short, long) == ({"fell", "broke"}, {"sank"})


def test_a_gap_is_no_key() -> None:
    """The keys are those of all edges, of every kind; gaps have none."""
    trie = trie_of(a=["i <run> .. {metric} #"], b=["i ran"])
    assert trie.keys == {"i", "<run>", "{metric}", "#", "ran"}


def test_leaves_share_one_dictionary() -> None:
    """Ends of patterns are many; they do not take the room of an empty dictionary each."""
    trie = trie_of(a=["i ran", "i sat", "we left"])
    leaves = [edges for edges, _, _ in trie.nodes if not edges]
    assert len(leaves) == 3
    assert len({id(edges) for edges in leaves}) == 1


def test_a_trie_is_plain_data() -> None:
    """It can be kept by Python's own means and is the same when it comes back."""
    trie = trie_of(a=["i|we <run> .. {metric} #", "^ so"], b=["i ran"])
    assert Trie(*marshal.loads(marshal.dumps(tuple(trie)))) == trie


WORDS = st.lists(st.sampled_from(["i", "we", "<run>", "{metric}", "#"]), min_size=1, max_size=3, unique=True)
ELEMENTS = st.one_of(WORDS.map(lambda keys: Element(tuple(keys))), st.sampled_from([Element((), 2), Element((), 4)]))
PATTERNS = st.builds(Pattern, st.lists(ELEMENTS, min_size=1, max_size=4).map(tuple), st.booleans())
ALL = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.lists(PATTERNS, max_size=5), max_size=3)


@given(ALL)
def test_nothing_is_lost_or_added(patterns: dict[str, list[Pattern]]) -> None:
    """The ways through the trie are those of the patterns, each with its cue and its tie to the start."""
    trie = build(patterns)
    assert set(ways(trie)) == expected(patterns)
    assert trie.keys == {key for variants in patterns.values() for p in variants for element in p.elements for key in element.keys}


@given(ALL)
def test_every_node_is_reached_once(patterns: dict[str, list[Pattern]]) -> None:
    """Each node but the root lies behind one node only: beginnings are shared, endings are not."""
    trie = build(patterns)
    behind = [{*(n for nodes in edges.values() for n in nodes), *(n for _, n in gaps)} for edges, gaps, _ in trie.nodes]
    assert sorted(n for nodes in behind for n in nodes) == list(range(1, len(trie.nodes)))
