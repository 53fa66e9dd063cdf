"""The sections of the report beyond its structure: frozen pydantic models, ready for JSON.

Offsets are characters of the answer: `text[start:end]` are the words. `sentence` is the number of the sentence, from 1.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """Base of everything in a report: frozen, and unknown fields are refused."""

    # validators are built when they are first used: `import star_analyzer` and `explain` need none of them
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Part(StrEnum):
    """What a sentence does in the answer (docs/labels.md)."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    REFLECTION = "reflection"
    OTHER = "other"


class Span(Model):
    """Some words of a sentence."""

    sentence: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Reason(Model):
    """What spoke for a claim: a feature of the weight table with its weight in natural-log odds."""

    name: str
    meaning: str
    weight: float
    start: int | None = Field(description="Offset of its first character, or null when it is the whole sentence.")
    end: int | None


class Claim(Span):
    """Something that a sentence says, with its probability. The span is the sentence, the reasons point to the words."""

    probability: float = Field(ge=0, le=1)
    reasons: tuple[Reason, ...]


class Deed(Span):
    """A verb with its grammatical doer."""

    doer: Literal["i", "we", "other", "passive", "implied"] = Field(
        description="`implied`: no subject is said, as in “Shipped it on time”; `passive`: it is not said who did it."
    )
    who: str | None = Field(description="The subject as it stands in the text.")
    verb: str = Field(description="Dictionary form.")
    part: Part


class Doers(Model):
    """How many deeds of the Action each doer has."""

    i: int
    we: int
    other: int
    passive: int
    implied: int


class Ownership(Model):
    """Who did the work. Only Action counts: "we" in a Situation is no fault."""

    deeds: tuple[Deed, ...]
    in_action: Doers
    we_share: float | None = Field(description="Deeds of “we” in Action among those of “I”, “we” and an unsaid subject; null without any.")
    verdict: Literal["own", "shared", "team", "unclear"]
    role: tuple[Claim, ...] = Field(description="Sentences that make the speaker's own responsibility or contribution unmistakable.")
    credits: tuple[Span, ...] = Field(description="Words that credit the speaker inside the work of a team.")
    collaboration: tuple[Claim, ...] = Field(description="Sentences in which a named other role or team took part.")


class Quantity(Span):
    """A number with its meaning."""

    value: float
    unit: str
    kind: str = Field(
        description="percent, percentage_points, money, time, ratio, rate, metric, size, count; or date, people, ordinal, label, always, "
        "which measure nothing."
    )
    metric: str = Field(description="Model metric named beside it, or empty.")
    part: Part
    outcome: bool = Field(description="Whether it measures an outcome.")


class Change(Span):
    """A before and an after, or only their ratio."""

    before: float | None
    after: float | None
    ratio: float | None
    unit: str
    part: Part
    direction: Literal["up", "down", "unknown"]


class Implausible(Span):
    """A number that cannot be true as it stands."""

    why: str


class ResultKind(Model):
    """A kind of result and the sentences that show it."""

    kind: str
    evidence: tuple[Claim, ...]


class Outcomes(Model):
    """What came of it, in numbers and in words."""

    quantities: tuple[Quantity, ...]
    changes: tuple[Change, ...]
    measured: tuple[Claim, ...] = Field(description="Sentences whose number measures the outcome.")
    baseline: tuple[Claim, ...] = Field(description="Sentences that tell before and after, or their ratio.")
    vague: tuple[Span, ...] = Field(description="Claims of success that nobody could check.")
    vague_only: bool = Field(description="The outcome is claimed only in such words.")
    kinds: tuple[ResultKind, ...]
    implausible: tuple[Implausible, ...]


class Constraint(Model):
    """A limit or force on the work, found or not."""

    name: str
    status: Literal["quantified", "stated", "negated", "absent"]
    matters: bool = Field(description="Whether the profile expects a story to speak of it.")
    evidence: tuple[Claim, ...]


class Constraints(Model):
    """Limits and forces on the work (docs/labels.md)."""

    items: tuple[Constraint, ...]
    missing: tuple[str, ...] = Field(description="Constraints that matter for this kind of story and are absent.")


class Decision(Model):
    """One decision, as far as it is told in neighbouring sentences. Null: not told."""

    choice: Span | None
    reason: Span | None
    alternative: Span | None
    tradeoff: Span | None
    validation: Span | None


class Decisions(Model):
    """What was decided and how."""

    choices: tuple[Span, ...]
    reasons: tuple[Claim, ...]
    alternatives: tuple[Claim, ...]
    tradeoffs: tuple[Claim, ...]
    validations: tuple[Claim, ...]
    linked: tuple[Decision, ...]


Level = Literal["yes", "partly", "no"]


class Signal(Model):
    """One of the five things that tell whether somebody can work in production."""

    level: Level
    evidence: tuple[Span, ...]
    why: str = Field(description="What was found or missing, in a sentence.")


class Signals(Model):
    """Framing, data, trade-offs, execution, ownership after launch."""

    framing: Signal
    data: Signal
    tradeoffs: Signal
    execution: Signal
    after_launch: Signal


class Term(Span):
    """A technical term or acronym."""

    term: str
    area: str
    explained: bool


class Language(Model):
    """How understandable it is for the audience, and how strong."""

    terms: tuple[Term, ...] = Field(description="Technical terms, every use.")
    terms_per_100_words: float = Field(description="Those that are never explained.")
    acronyms: tuple[Term, ...] = Field(description="Acronyms that the audience may not know and the answer never explains, first use.")
    densest: Span | None = Field(description="The sentence with most unexplained terms, from three up.")
    strong_verbs: tuple[Span, ...]
    weak_verbs: tuple[Span, ...]
    algorithm: tuple[Span, ...] = Field(description="Sentences that explain how a method works rather than what was decided.")


class RepeatedOpening(Model):
    """Neighbouring sentences that start alike."""

    opening: str
    sentences: tuple[int, ...]


class Pace(Model):
    """How fast a part is spoken."""

    part: Part
    words_per_minute: float


class Pause(Span):
    """A silence. The span is the word before it and the one behind it, with what stands between."""

    seconds: float


class Delivery(Model):
    """How it sounds and how long it takes."""

    seconds: float
    seconds_before_action: float | None = Field(description="Time until the first Action begins; null without Action.")
    setup_sentences: int = Field(description="Sentences before the first Action.")
    mean_sentence_words: float
    longest_sentence: Span | None
    longest_sentence_words: int
    fillers: tuple[Span, ...]
    fillers_per_minute: float
    repairs: tuple[Span, ...] = Field(
        description="Words said twice, started anew or broken off; they are left out before parts are judged."
    )
    repairs_per_minute: float
    pace: tuple[Pace, ...] = Field(description="Of every part long enough to tell, in the order told; empty where no times are known.")
    pauses: tuple[Pause, ...] = Field(description="Silences from the profile's limit up; empty where no times are known.")
    hedges: tuple[Span, ...] = Field(description="Outside Reflection: honest doubt about what was learned is no hedge.")
    repeated_openings: tuple[RepeatedOpening, ...]
    ramble: Span | None = Field(description="Longest stretch of Situation and Other, from the profile's limit up.")
    repeated: tuple[Span, ...] = Field(description="Sentences that say almost the same as an earlier one.")
    reading_ease: float | None = Field(description="Flesch reading ease (textstat), if it was asked for.")


def category_words(name: str) -> str:
    """The name of a category as words: "accuracy_vs_latency" is "accuracy against latency"."""
    return name.replace("_vs_", " against ").replace("_", " ")


class Category(Model):
    """A story category that the answer serves."""

    name: str
    probability: float
    evidence: tuple[Span, ...]


class Story(Model):
    """What kind of story it is, and whether it fits the question."""

    categories: tuple[Category, ...]
    kind: Literal["event", "habit", "hypothetical", "none"] = Field(
        description="Whether something that happened is told, or only what is usually or would be done."
    )
    habits: tuple[Span, ...]
    hypotheticals: tuple[Span, ...]
    admits_failure: tuple[Span, ...]
    deflects: tuple[Span, ...]
    asked: tuple[str, ...] = Field(description="What the question asks for: failure, conflict, metric, …")
    fits: Literal["yes", "no", "unknown"]


class Facts(Model):
    """Yes-or-no facts about the answer, by the definitions of docs/labels.md."""

    we_heavy: bool
    role_clear: bool
    result_quantified: bool
    baseline_given: bool
    vague_impact: bool
    constraints: tuple[str, ...]
    decision_reason: bool
    alternatives: bool
    tradeoff: bool
    validation: bool
    monitoring: bool
    collaboration: bool
    reflection: bool
    result_kinds: tuple[str, ...]
    categories: tuple[str, ...]
    unexplained_acronyms: tuple[str, ...]


class ScoreTerm(Model):
    """One term of the score."""

    name: str
    points: float
    most: float
    why: str


class Question(Model):
    """One of the three questions behind the verdict."""

    question: str
    level: Level
    evidence: tuple[Span, ...]
    why: str


class Verdict(Model):
    """Would this convince someone that the speaker can operate in production, with imperfect data, under constraints?

    It is about what was told, never about the person.
    """

    production: Question
    imperfect_data: Question
    constraints: Question
    score: int = Field(ge=0, le=100, description="Sum of the terms. It follows what was told, not the order of telling.")
    terms: tuple[ScoreTerm, ...]
