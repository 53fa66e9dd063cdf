"""Every example of the lexicons fires its own entry, and no counter-example does."""

from __future__ import annotations

import pytest
from spacy.language import Language

from star_analyzer.lexicons import Cue, Lexicons, WordClass, load_lexicons
from star_analyzer.nlp.matcher import NOT_MATCHED, ONLY_IN_PATTERNS, CueMatcher
from star_analyzer.nlp.pipeline import unit_list
from star_analyzer.nlp.trial import fired_in
from star_analyzer.nlp.view import view

_LEXICONS = load_lexicons()
ENTRIES: dict[str, Cue | WordClass] = {
    **_LEXICONS.cues,
    **{name: entry for name, entry in _LEXICONS.classes.items() if not name.startswith(NOT_MATCHED)},
}
LABELS = {name: entry for name, entry in _LEXICONS.classes.items() if name.startswith("label_")}


@pytest.fixture(scope="module")
def found(nlp: Language, lexicons: Lexicons, matcher: CueMatcher) -> dict[str, set[str]]:
    """For every example and counter-example the ids of the entries that fire."""
    texts = sorted({text for entry in ENTRIES.values() for text in (*entry.examples, *entry.counter_examples)})
    with nlp.select_pipes(disable=["star_parts"]):
        return fired_in(texts, nlp, matcher, lexicons)


@pytest.mark.parametrize("name", ENTRIES)
def test_entry(name: str, found: dict[str, set[str]]) -> None:
    """An entry fires in all its examples and in none of its counter-examples."""
    entry = ENTRIES[name]
    silent = [text for text in entry.examples if name not in found[text]]
    wrong = [text for text in entry.counter_examples if name in found[text]]
    assert not silent, f"{name} does not fire in its example"
    assert not wrong, f"{name} fires in its counter-example"


@pytest.mark.parametrize("name", LABELS)
def test_label(name: str, nlp: Language) -> None:
    """A section label is found in its examples, announces its part, and is not found in its counter-examples."""
    entry = LABELS[name]
    for text in (*entry.examples, *entry.counter_examples):
        doc = nlp(text)
        sections = {unit.segment.section for unit in unit_list(doc, view(doc))}
        assert (name.removeprefix("label_") in sections) is (text in entry.examples), text


@pytest.mark.parametrize("name", [name for name in _LEXICONS.classes if name.startswith(ONLY_IN_PATTERNS)])
def test_class_of_patterns(name: str) -> None:
    """A class that only patterns use is used by one."""
    assert any(f"{{{name}}}" in phrase for cue in _LEXICONS.cues.values() for phrase in cue.patterns)


FAMILIES = (
    *("situation", "task", "action", "result", "reflection", "other", "discourse"),
    *("constraint", "decision", "launch", "outcome", "result_kind", "people", "own", "verb", "data", "framing", "execution"),
    *("jargon", "filler", "hedge", "explain", "category", "story", "ask"),
)


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if isinstance(entry, Cue)])
def test_kind_has_a_known_family(name: str) -> None:
    """The kind of a packaged cue begins with a family of docs/lexicons.md, and so does its id."""
    cue = _LEXICONS.cues[name]
    assert cue.kind.split(".")[0] in FAMILIES
    assert name.split(".")[0] == cue.kind.split(".")[0]
