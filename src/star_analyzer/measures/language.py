"""How understandable an answer is for its audience, and how strong its verbs are."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from star_analyzer.acronyms import acronyms
from star_analyzer.evidence import Evidence
from star_analyzer.patterns import fold
from star_analyzer.profiles import AUDIENCES, Profile
from star_analyzer.sections import Language, Term
from star_analyzer.spans import mentions, numbers, sentence_span

_AREAS = {f"jargon.{area}": area for area in ("ml", "data", "software", "operations", "business")}
_NEAR = 60
"""Characters behind a term within which an explanation ("which means", "basically a") explains it."""


def language(evidence: Evidence, words: int, profile: Profile) -> Language:
    """Measure the language. A term explained at its first use counts as explained for good."""
    exempt = {fold(term) for term in profile.glossary}
    by_trade = AUDIENCES[profile.audience]
    glosses = {n: tuple(found) for n, found in groupby(mentions(evidence, "explain.gloss"), key=lambda g: g.sentence)}
    terms: list[Term] = []
    explained: set[str] = set()
    areas = {(m.start, m.end): area for kind, area in _AREAS.items() for _, m in evidence.mentions.get(kind, ())}
    for m in mentions(evidence, *_AREAS):
        term = fold(evidence.text[m.start : m.end])
        if areas[m.start, m.end] in by_trade:
            exempt.add(term)
        if term in exempt:
            continue
        if any(-_NEAR <= g.start - m.end <= _NEAR for g in glosses.get(m.sentence, ())):
            explained.add(term)
        area = areas[m.start, m.end]
        terms.append(Term.model_construct(sentence=m.sentence, start=m.start, end=m.end, term=term, area=area, explained=False))
    terms = [t.model_copy(update={"explained": True}) if t.term in explained else t for t in terms]
    open_terms = [t for t in terms if not t.explained]
    per_sentence = Counter(t.sentence for t in open_terms)
    densest = max(per_sentence, key=lambda n: (per_sentence[n], -n), default=None)
    return Language.model_construct(
        terms=tuple(terms),
        terms_per_100_words=round(100 * len(open_terms) / words, 1) if words else 0.0,
        acronyms=tuple(_acronyms(evidence, evidence.known_to(exempt))),
        densest=None if densest is None or per_sentence[densest] < profile.dense_terms else sentence_span(evidence, densest),
        strong_verbs=mentions(evidence, "verb.strong"),
        weak_verbs=mentions(evidence, "own.weak"),
        algorithm=tuple(sentence_span(evidence, n) for n in sorted(numbers(mentions(evidence, "explain.algorithm")))),
    )


def _acronyms(evidence: Evidence, known: frozenset[str]) -> list[Term]:
    found = []
    for acronym in acronyms(evidence.text, known):
        place = evidence.sentence_at(acronym.start)
        if place and acronym.start < evidence.sentences[place - 1].end and not acronym.explained:
            found.append(
                Term.model_construct(
                    sentence=place, start=acronym.start, end=acronym.end, term=acronym.text, area="acronym", explained=False
                )
            )
    return found
