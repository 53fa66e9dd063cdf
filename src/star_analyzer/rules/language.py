"""Whether the words can be understood by somebody from outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from star_analyzer.acronyms import acronyms
from star_analyzer.report import Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import bare, is_event, listed, part_of
from star_analyzer.sections import Span, Term
from star_analyzer.spans import mentions, words_of

_FEWEST_TERMS = 4
"""Terms below this are no jargon, whatever their rate in a short answer."""
_MOST_NAMED = 3
"""Terms named in one message. More than three are a list."""
_FEW_SENTENCES = 2
"""In a text of so few sentences "dense" and "full of jargon" are the same."""
_LEAST_LETTERS = 2
"""Letters of an acronym that has words behind it: “F1” has none."""
_NEAR = 60
"""Characters between a term and the words that explain it."""

_SMALL = frozenset(
    "a an the our my in into on onto to of for from with by at around and or is was were are be got it them that per each use used".split()
)
_CLAUSE_END = re.compile(r"[,;:.!?–—)](?=\s|$|[\"”’)])|\s[–—-]\s|\n")


def _name(term: Term, sections: Sections) -> str:
    """A term without the small words around it that its cue needs: "in snowflake" is "snowflake"."""
    words = bare(term, sections).split()
    while len(words) > 1 and words[0].lower() in _SMALL:
        del words[0]
    while len(words) > 1 and words[-1].lower() in _SMALL:
        del words[-1]
    return " ".join(words)


def _unexplained(sections: Sections) -> list[Term]:
    return [t for t in sections.language.terms if not t.explained]


def _is_jargon(sections: Sections) -> bool:
    language = sections.language
    return (
        is_event(sections)
        and language.terms_per_100_words > sections.profile.terms_per_100
        and len({t.term for t in _unexplained(sections)}) >= _FEWEST_TERMS
    )


def _commonest(terms: Sequence[Term]) -> list[Term]:
    """The commonest terms, each at its first use; of equally common ones the first."""
    count = Counter(t.term for t in terms)
    first: dict[str, Term] = {}
    for term in terms:
        first.setdefault(term.term, term)
    return sorted(first.values(), key=lambda t: (-count[t.term], t.start))[:_MOST_NAMED]


@rule(code="LG101", name="jargon", severity=Severity.WARNING, since="0.1", helps=5)
def jargon(sections: Sections) -> Iterator[Draft]:
    """Too many technical terms that are not explained.

    What it checks:
        More unexplained technical terms in a hundred words than the profile's `terms_per_100` (7), and four different ones at
        least. A term that is explained where it first comes does not count, nor does one of your glossary.

    Why it matters:
        A listener who has to guess at words stops following the story, and seldom says so.

    Flagged:
        Our ranking service at the shop was stale. I was responsible for it. I built embeddings with a transformer model, put them
        into a vector database, added a reranker with cross-entropy loss and early stopping, and served it all on Kubernetes
        behind gRPC. As a result, clicks on the first page rose from 20% to 26%.

    Better:
        Our ranking service at the shop was stale. I was responsible for it. I trained a model that places similar products close
        to each other, and a second one that sorts the best hundred again. I tested both with a tenth of the visitors for a
        week. As a result, clicks on the first page rose from 20% to 26%.

    Source:
        Readers are comfortable with 95 to 98% known words (Hu and Nation 2000); the limit is in `profiles.py`.
    """
    if not _is_jargon(sections):
        return
    terms = _unexplained(sections)
    named = _commonest(terms)
    words = [_name(t, sections) for t in named]
    rate = sections.language.terms_per_100_words
    yield Draft(
        f"{len(terms)} technical terms in {sections.structure.words} words are not explained, among them {listed(words)}.",
        f"Say “{words[0]}” as you would to a friend from another trade, or add half a sentence: “{words[0]}, which means …”. "
        "Then leave out every term that the story does not need.",
        {"terms": len(terms), "terms_per_100_words": rate, "limit": sections.profile.terms_per_100},
        span=(named[0].start, named[0].end),
        part=part_of(named[0], sections),
        follow_up=f"“{words[0]}”: what is that, in a sentence?",
    )


@rule(code="LG102", name="unexplained-acronyms", severity=Severity.INFO, since="0.1", helps=3)
def unexplained_acronyms(sections: Sections) -> Iterator[Draft]:
    """Acronyms that the audience may not know are never explained.

    What it checks:
        Acronyms outside the list of common ones and your glossary, without their words beside them (“mean time to repair
        (MTTR)”). Those that the jargon rule names are left to it.

    Why it matters:
        Three letters cannot be guessed. Saying the words once takes a second.

    Flagged:
        The lifts in our hospital failed twice a week. My task was to bring the MTTR down before winter. I called the FM supplier,
        asked for the fault lists of a year, and moved the spare parts into the building. As a result, a repair took forty minutes
        instead of five hours.

    Better:
        The lifts in our hospital failed twice a week. My task was to bring the mean time to repair (MTTR) down before winter. I
        called the supplier, asked for the fault lists of a year, and moved the spare parts into the building. As a result, a
        repair took forty minutes instead of five hours.

    Source:
        Plain-language guides: spell an acronym out at its first use.
    """
    if not is_event(sections):
        return
    named = _commonest(_unexplained(sections)) if _is_jargon(sections) else []
    left = [
        a
        for a in sections.language.acronyms
        if sum(c.isalpha() for c in a.term) >= _LEAST_LETTERS and not any(t.start < a.end and a.start < t.end for t in named)
    ]
    if not left:
        return
    first = left[0]
    others = len(left) - _MOST_NAMED
    more = f" and {others} more" if others > 0 else ""
    words = [a.term for a in left[:_MOST_NAMED]]
    named_ones = ", ".join(f"“{w}”" for w in words) + more if more else listed(words)
    yield Draft(
        f"{named_ones} {'is' if len(left) == 1 else 'are'} used without the words behind {'it' if len(left) == 1 else 'them'}.",
        f"Say the words at the first use, once: “… ({first.term})”. After that {'it' if len(left) == 1 else 'each'} can stand alone.",
        {"acronyms": ", ".join(a.term for a in left), "unexplained": len(left), "limit": 0},
        span=(first.start, first.end),
        part=part_of(first, sections),
        follow_up=f"What does “{first.term}” stand for?",
    )


@rule(code="LG103", name="dense-sentence", severity=Severity.INFO, since="0.1", helps=4)
def dense_sentence(sections: Sections) -> Iterator[Draft]:
    """One sentence holds more unknown terms than anybody can take in at once.

    What it checks:
        A sentence with at least the profile's `dense_terms` (3) unexplained technical terms. In a text of one or two sentences
        the jargon rule says so instead.

    Why it matters:
        A listener can hold one new word and ask about it. With three the sentence is lost.

    Flagged:
        Our search at the shop was slow at noon. My task was to get it under a second before the sale. I talked with the two people
        who had written it and read the old notes. Then I put a read replica behind a connection pool and sharded the orders. I
        watched it over two weekends. As a result, a search took 0.4 seconds instead of three.

    Better:
        Our search at the shop was slow at noon. My task was to get it under a second before the sale. I talked with the two people
        who had written it and read the old notes. Then I made a second copy of the database for reading only. I watched it over
        two weekends. As a result, a search took 0.4 seconds instead of three.

    Source:
        The number of terms is in `profiles.py`.
    """
    dense = sections.language.densest
    if not is_event(sections) or dense is None or (_is_jargon(sections) and len(sections.sentences) <= _FEW_SENTENCES):
        return
    terms = [t for t in _unexplained(sections) if t.sentence == dense.sentence]
    words = list(dict.fromkeys(_name(t, sections) for t in terms))
    if len(words) < sections.profile.dense_terms:
        return
    more = len(words) - _MOST_NAMED
    told = listed(words) if more <= 0 else ", ".join(f"“{w}”" for w in words[:_MOST_NAMED]) + f" and {more} more"
    yield Draft(
        f"One sentence has {len(words)} terms that a listener from outside would have to look up: {told}.",
        f"Make two sentences of it. Keep “{words[0]}” if you must, and say what “{words[1]}” and “{words[2]}” did for you.",
        {"terms_in_the_sentence": len(words), "limit": sections.profile.dense_terms},
        span=(dense.start, dense.end),
        part=part_of(dense, sections),
        follow_up="Could you say that again for somebody from another department?",
    )


@rule(code="LG104", name="algorithm-lecture", severity=Severity.WARNING, since="0.1", helps=4)
def algorithm_lecture(sections: Sections) -> Iterator[Draft]:
    """Much of the answer explains how a method works.

    What it checks:
        Sentences that explain how an algorithm or a model works have more than the profile's `algorithm_share` (25%) of the
        words.

    Why it matters:
        The textbook is known or can be read. What only you can tell is why you took that method and what happened.

    Flagged:
        Our shop lost customers each month, and I was asked to find out which ones would leave. I used gradient boosting. Each tree
        corrects the one before it. The algorithm computes a score for each node and splits the rows where the loss falls most.
        It learns to tell the two groups apart. As a result, we called the right 200 customers, and 60 stayed.

    Better:
        Our shop lost customers each month, and I was asked to find out which ones would leave. I chose gradient boosting, because
        the table was small and full of gaps. I checked it on the customers of the last quarter before anybody was called. As a
        result, we called the right 200 customers, and 60 stayed.

    Source:
        The share is in `profiles.py`.
    """
    told = sections.language.algorithm
    words = sections.structure.words
    if not is_event(sections) or not told:
        return
    share = words_of(told, sections.evidence) / words
    if share <= sections.profile.algorithm_share:
        return
    first = told[0]
    quote = bare(first, sections)
    yield Draft(
        f"{share:.0%} of the words explain how a method works, beginning with “{quote}”.",
        f"Cut “{quote}”{' and what follows it' if len(told) > 1 else ''} down to half a sentence. "
        "Use the time for why you chose that method and not another.",
        {"share": round(share, 3), "limit": sections.profile.algorithm_share, "sentences": len(told)},
        span=(first.start, first.end),
        part=part_of(first, sections),
        follow_up="I know how it works; why did you choose it here?",
        cues=_algorithm_cues(sections),
    )


def _algorithm_cues(sections: Sections) -> tuple[str, ...]:
    found = (m.cue for s in sections.evidence.sentences for m in s.mentions if m.kind == "explain.algorithm")
    return tuple(dict.fromkeys(f"phrase:{cue}" for cue in found))


@rule(code="LG901", name="terms-explained", severity=Severity.INFO, since="0.1", praise=True)
def terms_explained(sections: Sections) -> Iterator[Draft]:
    """A technical term is explained where it first comes.

    What it checks:
        Beside the first use of a technical term or of an acronym stand the words that explain it.

    Why it matters:
        It keeps the listener with you, and shows that you can talk to people outside your trade.

    Flagged:
        The lifts in our hospital failed twice a week. My task was to bring the mean time to repair (MTTR) down before winter. I
        called the supplier, asked for the fault lists of a year, and moved the spare parts into the building. As a result, a
        repair took forty minutes instead of five hours.

    Better:
        The lifts in our hospital failed twice a week. My task was to bring the MTTR down before winter. I called the FM supplier,
        asked for the fault lists of a year, and moved the spare parts into the building. As a result, a repair took forty minutes
        instead of five hours.

    Source:
        Plain-language guides: explain a term at its first use.
    """
    if not is_event(sections):
        return
    found = sorted([*_explained_terms(sections), *_explained_acronyms(sections)], key=lambda pair: pair[1].start)
    if not found:
        return
    term, place = found[0]
    yield Draft(
        f"“{bare(place, sections)}” explains “{term}” where it first comes.",
        "Keep it, and from there on use the term as often as you like."
        if len(found) == 1
        else "Keep it, and do the same for every term that the next listener may not know.",
        {"terms_explained": len({t for t, _ in found}), "at_least": 1},
        span=(place.start, place.end),
        part=part_of(place, sections),
    )


def _explained_terms(sections: Sections) -> Iterator[tuple[str, Span]]:
    """Technical terms explained at their first use, from the first to the last word of it."""
    text = sections.evidence.text
    glosses = mentions(sections.evidence, "explain.gloss")
    seen: set[str] = set()
    for term in sections.language.terms:
        if term.term in seen:
            continue
        seen.add(term.term)
        gloss = next((g for g in glosses if g.sentence == term.sentence and -_NEAR <= g.start - term.end <= _NEAR), None)
        if not term.explained or gloss is None:
            continue
        end = sections.sentences[term.sentence - 1].end
        stop = _CLAUSE_END.search(text, max(gloss.end, term.end), end)
        start = min(term.start, gloss.start)
        yield _name(term, sections), Span(sentence=term.sentence, start=start, end=stop.start() if stop else end)


def _explained_acronyms(sections: Sections) -> Iterator[tuple[str, Span]]:
    """Acronyms with their words beside them."""
    evidence = sections.evidence
    for acronym in acronyms(evidence.text, evidence.known_to(sections.profile.glossary)):
        place = next((s for s in sections.sentences if s.start <= acronym.start < s.end), None)
        if place is None or not acronym.explained:
            continue
        yield (
            acronym.text,
            _with_words(
                acronym.text, acronym.start, acronym.end, Span(sentence=place.number, start=place.start, end=place.end), evidence.text
            ),
        )


def _with_words(name: str, start: int, end: int, sentence: Span, text: str) -> Span:
    """An acronym with the words that spell it: those before its bracket, or those up to the end of the clause behind it."""
    before = text[sentence.start : start].rstrip()
    if before.endswith("("):
        letters = sum(c.isalpha() for c in name)
        words = list(re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", before))
        first = next((w for w in words[-letters - 3 :] if w.group()[0].lower() == name[0].lower()), words[-1] if words else None)
        closed = text.find(")", end, sentence.end)
        return Span(
            sentence=sentence.sentence,
            start=sentence.start + first.start() if first else start,
            end=closed + 1 if closed >= 0 else end,
        )
    stop = _CLAUSE_END.search(text, min(end + 2, sentence.end), sentence.end)
    bracket = text[end : end + 2].lstrip().startswith("(")
    behind = stop.end() if stop and bracket and text[stop.start()] == ")" else stop.start() if stop else sentence.end
    return Span(sentence=sentence.sentence, start=start, end=behind)
