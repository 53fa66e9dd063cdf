"""`Analyzer`: from an answer to a report. Wires the stages; every stage lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from star_analyzer._version import __version__
from star_analyzer.answer import Answer, read_answer
from star_analyzer.profiles import DEFAULT_PROFILE, SPEAKING_RATE, Profile, Settings, load_profile, with_audience
from star_analyzer.report import Provenance, Report
from star_analyzer.timing import Timing
from star_analyzer.transcripts import read_transcript

if TYPE_CHECKING:  # spaCy takes a second to import: it waits for the first answer
    from spacy.language import Language
    from spacy.tokens import Doc

    from star_analyzer.nlp.parts import PartReader
    from star_analyzer.rules.selection import Selection

_KNOWN_ACRONYMS = ("acronym_common", "acronym_technical_plain")
"""Classes of the lexicons with acronyms that hiring managers know, also outside the field."""


class _Loaded:
    """A pipeline with what is read from its lexicons; loaded when first asked for, shared by analyzers that differ in settings."""

    def __init__(self, pipeline: str | None, overlay: Path | None) -> None:
        self.pipeline, self.overlay = pipeline, overlay

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, ending in `star_parts`."""
        from star_analyzer.nlp.pipeline import load_pipeline

        nlp = load_pipeline(self.pipeline, self.overlay)
        if "star_parts" not in nlp.pipe_names:
            nlp.add_pipe("star_parts", config={"overlay": str(self.overlay) if self.overlay else None})
        return nlp

    @cached_property
    def reader(self) -> PartReader:
        """Its last component."""
        from star_analyzer.nlp.parts import PartReader

        reader = self.nlp.get_pipe("star_parts")
        assert isinstance(reader, PartReader)
        return reader

    @cached_property
    def known_acronyms(self) -> frozenset[str]:
        """Acronyms that every audience knows, folded."""
        return frozenset(word.casefold() for name in _KNOWN_ACRONYMS for word in self.reader.lexicons.words_of(name))

    @cached_property
    def name(self) -> str:
        """Name and version of the pipeline."""
        meta = self.nlp.meta  # spaCy gathers it anew each time it is asked
        return f"{meta['lang']}_{meta['name']} {meta['version']}"


class AnalyzerSettings(TypedDict, total=False):
    """The arguments of `Analyzer` that need no pipeline of their own."""

    speaking_rate: float
    profile: str | Path | Profile
    glossary: Iterable[str]
    audience: str | None
    readability: bool
    select: Iterable[str]
    ignore: Iterable[str]
    severity: Mapping[str, str] | None


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
        audience: who listens: "manager" (not a specialist), "engineer" (knows the words of software, data and operations) or
            "specialist" (knows those of machine learning too). What they know is not counted as jargon. None: as the profile says.
        readability: measure reading ease too; loading textstat takes about a second.
        select: codes, beginnings of codes or names of the rules to run; none given: all.
        ignore: those to leave out. Of `select` and `ignore` the longer name wins.
        severity: another severity for a code or a beginning of codes, for example `{"DL": "info"}`.

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
        audience: str | None = None,
        readability: bool = False,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
    ) -> None:
        self._loaded = _Loaded(pipeline, Path(lexicons).resolve() if lexicons is not None else None)
        self.settings = Settings(speaking_rate=speaking_rate, readability=readability)
        self.profile = _profile(profile, glossary, audience)
        self._rules = _rules(select, ignore, severity)

    def variant(self, **settings: Unpack[AnalyzerSettings]) -> Analyzer:
        """Another analyzer with the same pipeline and lexicons, which are not loaded again, and settings of its own."""
        other = Analyzer(**settings)
        other._loaded = self._loaded
        return other

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline, ending in `star_parts`. Loaded when first asked for; raises `PipelineError`, `LexiconError`."""
        return self._loaded.nlp

    def analyze(self, text: str, *, question: str | None = None, timings: Sequence[Timing] = ()) -> Report:
        """Analyse one answer.

        Args:
            text: the answer as it was said or written.
            question: the question that was asked, if known; it is carried into the report.
            timings: when its words were said, if known; then times are measured and not assumed.

        Raises:
            InputError: the text cannot be an answer (not a string, no letter or digit, over the size limit).
        """
        answer = read_answer(text, question, timings)
        from star_analyzer.nlp.pipeline import prepared

        return self._report(self.nlp(prepared(answer.text)), answer)

    def analyze_transcript(self, text: str, form: str, *, question: str | None = None) -> Report:
        """Analyse what the candidate says in a transcript.

        Args:
            text: the whole transcript.
            form: "srt", "vtt", "whisper" (JSON of a recogniser) or "text" (turns with speaker labels).
            question: the question that was asked; otherwise the one found in the transcript.

        Raises:
            InputError: the text is no transcript of this form, or the candidate says nothing in it.
        """
        told = read_transcript(text, form)
        return self.analyze(told.text, question=question or told.question, timings=told.timings)

    def analyze_many(
        self,
        texts: Iterable[str],
        questions: Iterable[str | None] | None = None,
        timings: Iterable[Sequence[Timing]] | None = None,
    ) -> Iterator[Report]:
        """Analyse answers one after the other, in order, in batches: faster than one by one.

        Args:
            texts: the answers.
            questions: the question of each answer, as many as there are texts; None: they are not known.
            timings: when the words of each answer were said, as many as there are texts; None: that is not known.

        Raises `InputError` when it comes to a text that cannot be an answer; reports before it have been given.
        """
        from star_analyzer.nlp.pipeline import BATCH_SIZE, prepared

        asked = zip(texts, repeat(None)) if questions is None else zip(texts, questions, strict=True)
        waiting = zip(asked, repeat(())) if timings is None else zip(asked, timings, strict=True)
        while chunk := list(islice(waiting, BATCH_SIZE)):
            answers: list[Answer] = []
            failed: Exception | None = None
            for (text, question), times in chunk:
                try:
                    answers.append(read_answer(text, question, times))
                except ValueError as error:
                    failed = error
                    break
            for answer, doc in zip(answers, self.nlp.pipe([prepared(a.text) for a in answers], batch_size=BATCH_SIZE), strict=True):
                yield self._report(doc, answer)
            if failed is not None:
                raise failed

    def _report(self, doc: Doc, answer: Answer) -> Report:
        from spacy.about import __version__ as spacy_version

        from star_analyzer.assemble import assemble
        from star_analyzer.nlp.extract import NO_QUESTION, extract, read_question
        from star_analyzer.nlp.pipeline import prepared

        loaded = self._loaded
        asked = read_question(loaded.nlp(prepared(answer.question)), answer.question) if answer.question else NO_QUESTION
        reader = loaded.reader
        evidence = extract(doc, answer.text, reader.weights, reader.claims, loaded.name, asked, loaded.known_acronyms, answer.timings)
        provenance = Provenance(package=__version__, lexicons=reader.lexicons.content_hash, pipeline=evidence.pipeline, spacy=spacy_version)
        return assemble(evidence, answer, self.settings, self.profile, provenance, self._rules)


def _profile(profile: str | Path | Profile, glossary: Iterable[str], audience: str | None) -> Profile:
    out = load_profile(profile)
    if terms := _names(glossary):
        out = replace(out, glossary=(*out.glossary, *terms))
    return out if audience is None else with_audience(out, audience)


def _rules(select: Iterable[str], ignore: Iterable[str], severity: Mapping[str, str] | None) -> Selection | None:
    chosen, left_out = _names(select), _names(ignore)
    if not chosen and not left_out and not severity:
        return None
    from star_analyzer.rules.selection import selection

    return selection(chosen, left_out, severity)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@lru_cache(maxsize=1)
def _shared() -> Analyzer:
    return Analyzer()


def analyze(text: str, *, question: str | None = None) -> Report:
    """Analyse one answer with the bundled pipeline and the default settings. See `Analyzer.analyze`."""
    return _shared().analyze(text, question=question)
