"""`Analyzer`: from an answer to a report. Wires the stages; every stage lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from star_analyzer._version import __version__
from star_analyzer.answer import Answer, read_answer
from star_analyzer.profiles import Settings
from star_analyzer.report import Provenance, Report

if TYPE_CHECKING:  # spaCy takes a second to import: it waits for the first answer
    from spacy.language import Language
    from spacy.tokens import Doc

    from star_analyzer.nlp.parts import PartReader


class Analyzer:
    """Analyses answers. Make one and reuse it: the pipeline is loaded with the first answer and kept.

    Args:
        pipeline: name or path of an installed spaCy pipeline with tagger, parser and lemmatizer to use
            instead of the bundled one.
        lexicons: folder of lexicon files laid over the packaged ones (docs/lexicons.md).
        speaking_rate: words a minute used to turn words into seconds.

    Raises:
        SettingsError: a setting makes no sense.
    """

    def __init__(
        self, *, pipeline: str | None = None, lexicons: str | Path | None = None, speaking_rate: float = Settings().speaking_rate
    ) -> None:
        self.settings = Settings(speaking_rate=speaking_rate)
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

        from star_analyzer.measures.sentences import abstained, sentences
        from star_analyzer.measures.structure import structure
        from star_analyzer.nlp.extract import extract
        from star_analyzer.rules import all as _registers_the_rules  # noqa: F401
        from star_analyzer.rules.readability import UNRELIABLE
        from star_analyzer.rules.registry import Sections, findings

        evidence = extract(doc, answer.text, self._reader.weights, self._pipeline_name)
        told = sentences(evidence, self.settings)
        built = structure(told, self.settings)
        found = findings(Sections(evidence, told, built))
        reliable = not any(f.code in UNRELIABLE for f in found)
        if not reliable:
            told = abstained(told)
            built = structure(told, self.settings)
        return Report(
            text=answer.text,
            question=answer.question,
            reliable=reliable,
            sentences=told,
            structure=built,
            findings=tuple(f for f in found if reliable or f.code in UNRELIABLE),
            provenance=Provenance(
                package=__version__,
                lexicons=self._reader.lexicons.content_hash,
                pipeline=evidence.pipeline,
                spacy=spacy_version,
            ),
        )


@lru_cache(maxsize=1)
def _shared() -> Analyzer:
    return Analyzer()


def analyze(text: str, *, question: str | None = None) -> Report:
    """Analyse one answer with the bundled pipeline and the default settings. See `Analyzer.analyze`."""
    return _shared().analyze(text, question=question)
