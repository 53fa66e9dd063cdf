"""From evidence to the report: every section, the findings, the verdict. Pure; knows nothing of spaCy."""

from __future__ import annotations

from dataclasses import replace

from star_analyzer.answer import Answer
from star_analyzer.evidence import Evidence
from star_analyzer.measures.constraints import constraints
from star_analyzer.measures.decisions import decisions
from star_analyzer.measures.delivery import delivery
from star_analyzer.measures.facts import facts
from star_analyzer.measures.language import language
from star_analyzer.measures.outcomes import outcomes
from star_analyzer.measures.ownership import ownership
from star_analyzer.measures.sentences import abstained, sentences
from star_analyzer.measures.signals import no_signals, signals
from star_analyzer.measures.story import story
from star_analyzer.measures.structure import structure
from star_analyzer.measures.verdict import no_verdict, verdict
from star_analyzer.profiles import NEXT_STEPS, Profile, Settings
from star_analyzer.report import Provenance, Report
from star_analyzer.rules import all as _registers_the_rules  # noqa: F401
from star_analyzer.rules.readability import UNRELIABLE
from star_analyzer.rules.registry import Sections, findings, next_steps
from star_analyzer.rules.selection import Selection


def assemble(
    evidence: Evidence, answer: Answer, settings: Settings, profile: Profile, provenance: Provenance, rules: Selection | None = None
) -> Report:
    """Measure the evidence, run the rules, and judge. A text that cannot be read as an answer gets a report that says only that."""
    s = measure(evidence, settings, profile)
    found = findings(s)
    reliable = not any(f.code in UNRELIABLE for f in found)
    if not reliable:
        s = _unread(evidence, settings, profile)
        found = tuple(f for f in found if f.code in UNRELIABLE)
        judged = no_verdict()
    else:
        judged = verdict(s.structure, s.ownership, s.decisions, s.constraints, s.signals, s.facts, s.story, profile)
    found = rules.apply(found) if rules else found
    return Report(
        text=answer.text,
        question=answer.question,
        reliable=reliable,
        sentences=tuple(s.sentences),
        structure=s.structure,
        ownership=s.ownership,
        outcomes=s.outcomes,
        constraints=s.constraints,
        decisions=s.decisions,
        signals=s.signals,
        language=s.language,
        delivery=s.delivery,
        story=s.story,
        facts=s.facts,
        verdict=judged,
        next_steps=next_steps(found, NEXT_STEPS),
        findings=found,
        provenance=provenance,
    )


def measure(evidence: Evidence, settings: Settings, profile: Profile, *, abstain: bool = False) -> Sections:
    """Every section of the report. With `abstain` the sentences get no part."""
    told = sentences(evidence, settings)
    if abstain:
        told = abstained(told)
    built = structure(told, settings, profile, evidence.clock)
    owned = ownership(evidence, told, profile)
    came = outcomes(evidence, told)
    limits = constraints(evidence, profile)
    decided = decisions(evidence, told)
    worded = language(evidence, built.words, profile)
    kind = story(evidence, told)
    return Sections(
        evidence=evidence,
        sentences=told,
        structure=built,
        ownership=owned,
        outcomes=came,
        constraints=limits,
        decisions=decided,
        signals=signals(evidence, told, owned, came, decided),
        language=worded,
        delivery=delivery(evidence, told, settings, profile),
        story=kind,
        facts=facts(evidence, owned, worded, kind),
        profile=profile,
    )


def _unread(evidence: Evidence, settings: Settings, profile: Profile) -> Sections:
    """The sections of a text that cannot be read as an answer: its sentences and times. Nothing is made up, nor said to be missing."""
    s = measure(_silent(evidence), replace(settings, readability=False), profile, abstain=True)
    return replace(
        s,
        constraints=s.constraints.model_copy(update={"missing": ()}),
        signals=no_signals(),
        delivery=s.delivery.model_copy(update={"ramble": None}),
    )


def _silent(evidence: Evidence) -> Evidence:
    """The evidence without its words and anything that was read out of them. All offsets stay."""
    bare = (replace(s, mentions=(), claims=(), deeds=(), quantities=(), changes=()) for s in evidence.sentences)
    blank = " " * len(evidence.text)
    return replace(evidence, text=blank, sentences=tuple(bare), made=(), topics=(), vague=False, story=0.0, asked=())
