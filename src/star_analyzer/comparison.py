"""What changed between two reports of the same story."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from star_analyzer.finding import Finding
from star_analyzer.sections import Model, Part

if TYPE_CHECKING:
    from star_analyzer.report import Report


class ShareChange(Model):
    """How the share of a part moved."""

    part: Part
    before: float
    after: float


class FactChange(Model):
    """A fact that is told now and was not, or the other way round."""

    fact: str = Field(description="Name of the fact (docs/labels.md); of a list, with the item: 'constraints: latency'.")
    change: Literal["gained", "lost"]
    better: bool | None = Field(description="Whether that is good; null where it depends on the story.")


class Comparison(Model):
    """The differences between an older and a newer report."""

    score_before: float | None
    score_after: float | None
    seconds_before: float
    seconds_after: float
    shares: tuple[ShareChange, ...]
    facts: tuple[FactChange, ...]
    solved: tuple[Finding, ...] = Field(description="Findings of the older report that the newer one no longer has.")
    new: tuple[Finding, ...] = Field(description="Findings that only the newer report has.")
    kept: tuple[Finding, ...] = Field(description="Findings of both, as the newer report has them.")
    praise_gained: tuple[Finding, ...]
    praise_lost: tuple[Finding, ...]

    @property
    def verdict(self) -> Literal["better", "worse", "mixed", "same"]:
        """Which way it went, by score and by facts that are better or worse to tell."""
        up = sum(1 for f in self.facts if f.better is not None and (f.change == "gained") == f.better)
        down = sum(1 for f in self.facts if f.better is not None and (f.change == "gained") != f.better)
        if self.score_before is not None and self.score_after is not None:
            up += self.score_after > self.score_before
            down += self.score_after < self.score_before
        up += bool(self.solved)
        down += bool(self.new)
        return "same" if not up and not down else "better" if not down else "worse" if not up else "mixed"


_GOOD = {
    "we_heavy": False, "role_clear": True, "result_quantified": True, "baseline_given": True, "vague_impact": False,
    "decision_reason": True, "alternatives": True, "tradeoff": True, "validation": True, "monitoring": True, "collaboration": True,
    "reflection": True,
}  # fmt: skip
"""Whether telling a fact is good. Lists depend on the story; acronyms that nobody explained are bad."""


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports. Findings are the same if they have the same code, however often each is found."""
    solved, kept, added = _findings([f for f in old.findings if not f.praise], [f for f in new.findings if not f.praise])
    praise_lost, _, praise_gained = _findings([f for f in old.findings if f.praise], [f for f in new.findings if f.praise])
    before, after = old.structure.shares, new.structure.shares
    return Comparison(
        score_before=old.verdict.score,
        score_after=new.verdict.score,
        seconds_before=old.structure.seconds,
        seconds_after=new.structure.seconds,
        shares=tuple(
            ShareChange(part=part, before=getattr(before, part.value).share, after=getattr(after, part.value).share) for part in Part
        ),
        facts=tuple(_facts(old, new)),
        solved=tuple(solved),
        new=tuple(added),
        kept=tuple(kept),
        praise_gained=tuple(praise_gained),
        praise_lost=tuple(praise_lost),
    )


def _findings(old: list[Finding], new: list[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Those of the old only, those of both, those of the new only."""
    left = Counter(f.code for f in old)
    kept, added = [], []
    for finding in new:
        if left[finding.code] > 0:
            left[finding.code] -= 1
            kept.append(finding)
        else:
            added.append(finding)
    solved: list[Finding] = []
    for finding in reversed(old):  # of several of one rule the last ones count as solved
        if left[finding.code] > 0:
            left[finding.code] -= 1
            solved.insert(0, finding)
    return solved, kept, added


def _facts(old: Report, new: Report) -> list[FactChange]:
    before, after = old.facts.model_dump(mode="json"), new.facts.model_dump(mode="json")
    out = []
    for name, was in before.items():
        now = after[name]
        if isinstance(was, list):
            better = False if name == "unexplained_acronyms" else None
            out += [FactChange(fact=f"{name}: {item}", change="gained", better=better) for item in now if item not in was]
            out += [FactChange(fact=f"{name}: {item}", change="lost", better=better) for item in was if item not in now]
        elif was != now:
            out.append(FactChange(fact=name, change="gained" if now else "lost", better=_GOOD.get(name)))
    return out
