"""`Analyzer`: from an answer to a report. Wires the stages; every stage lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from star_analyzer._version import __version__
from star_analyzer.answer import Answer, read_answer
from star_analyzer.profiles import DEFAULT_PROFILE, SPEAKING_RATE, Profile, Settings, load_profile
from star_analyzer.report import Provenance, Report

if TYPE_CHECKING:  # spaCy takes a second to import: it waits for the first answer
    from spacy.language import Language
    from spacy.tokens import Doc

    from star_analyzer.nlp.parts import PartReader

_KNOWN_ACRONYMS = ("acronym_common", "acronym_technical_plain")
"""Classes of the lexicons with acronyms that hiring managers know, also outside the field."""


class Analyzer:
    """Analyses answers. Make one and reuse it: the pipeline is loaded with the first answer and kept.

    Args:
        pipeline: name or path of an installed spaCy pipeline with tagger, parser and lemmatizer to use
            instead of the bundled one.
        lexicons: folder of lexicon files laid over the packaged ones (docs/lexicons.md).
        speaking_rate: words a minute used to turn words into seconds.
        profile: targets and thresholds of a role: the name of one of `star_analyzer.PROFILES`, a `Profile`, or the path of
            a TOML file with values of your own.
        glossary: terms and acronyms that the audience knows; they are not counted as jargon.
        readability: measure reading ease too; loading textstat takes about a second.

    Raises:
        SettingsError: a setting makes no sense.
    """

    def __init__(
        self,
        *,
        pipeline: str | None = None,
        lexicons: str | Path | None = None,
        speaking_rate: float = SPEAKING_RATE,
        profile: str | Path | Profile = DEFAULT_PROFILE,
        glossary: Iterable[str] = (),
        readability: bool = False,
    ) -> None:
        self.settings = Settings(speaking_rate=speaking_rate, readability=readability)
        self.profile = load_profile(profile)
        if terms := (glossary,) if isinstance(glossary, str) else tuple(glossary):
            self.profile = replace(self.profile, glossary=(*self.profile.glossary, *terms))
        self._pipeline = pipeline
        self._overlay = Path(lexicons).resolve() if lexicons is not None else None

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline, ending in `star_parts`. Loaded when first asked for; raises `PipelineError`, `LexiconError`."""
        from star_analyzer.nlp.pipeline import load_pipeline

        nlp = load_pipeline(self._pipeline, self._overlay)
        if "star_parts" not in nlp.pipe_names:
            nlp.add_pipe("star_parts", config={"overlay": str(self._overlay) if self._overlay else None})
        self._reader = self._part_reader(nlp)
        words = self._reader.lexicons.words_of
        self._known_acronyms = frozenset(word.casefold() for name in _KNOWN_ACRONYMS for word in words(name))
        meta = nlp.meta  # spaCy gathers it anew each time it is asked
        self._pipeline_name = f"{meta['lang']}_{meta['name']} {meta['version']}"
        return nlp

    def analyze(self, text: str, *, question: str | None = None) -> Report:
        """Analyse one answer.

        Args:
            text: the answer as it was said or written.
            question: the question that was asked, if known; it is carried into the report.

        Raises:
            InputError: the text cannot be an answer (not a string, no letter or digit, over the size limit).
        """
        answer = read_answer(text, question)
        from star_analyzer.nlp.pipeline import prepared

        return self._report(self.nlp(prepared(answer.text)), answer)

    def analyze_many(self, texts: Iterable[str]) -> Iterator[Report]:
        """Analyse answers one after the other, in order, in batches: faster than one by one.

        Raises `InputError` when it comes to a text that cannot be an answer; reports before it have been given.
        """
        from star_analyzer.nlp.pipeline import BATCH_SIZE, prepared

        waiting = iter(texts)
        while chunk := list(islice(waiting, BATCH_SIZE)):
            answers: list[Answer] = []
            failed: Exception | None = None
            for text in chunk:
                try:
                    answers.append(read_answer(text))
                except ValueError as error:
                    failed = error
                    break
            for answer, doc in zip(answers, self.nlp.pipe([prepared(a.text) for a in answers], batch_size=BATCH_SIZE), strict=True):
                yield self._report(doc, answer)
            if failed is not None:
                raise failed

    @staticmethod
    def _part_reader(nlp: Language) -> PartReader:
        from star_analyzer.nlp.parts import PartReader

        reader = nlp.get_pipe("star_parts")
        assert isinstance(reader, PartReader)
        return reader

    def _report(self, doc: Doc, answer: Answer) -> Report:
        from spacy.about import __version__ as spacy_version

        from star_analyzer.assemble import assemble
        from star_analyzer.nlp.extract import NO_QUESTION, extract, read_question
        from star_analyzer.nlp.pipeline import prepared

        asked = read_question(self.nlp(prepared(answer.question)), answer.question) if answer.question else NO_QUESTION
        evidence = extract(doc, answer.text, self._reader.weights, self._reader.claims, self._pipeline_name, asked, self._known_acronyms)
        provenance = Provenance(
            package=__version__, lexicons=self._reader.lexicons.content_hash, pipeline=evidence.pipeline, spacy=spacy_version
        )
        return assemble(evidence, answer, self.settings, self.profile, provenance)


@lru_cache(maxsize=1)
def _shared() -> Analyzer:
    return Analyzer()


def analyze(text: str, *, question: str | None = None) -> Report:
    """Analyse one answer with the bundled pipeline and the default settings. See `Analyzer.analyze`."""
    return _shared().analyze(text, question=question)
