"""The yes-or-no facts of docs/labels.md, from the other sections."""

from __future__ import annotations

from star_analyzer.evidence import CONSTRAINTS, RESULT_KINDS, Evidence
from star_analyzer.sections import Facts, Language, Ownership, Story


def facts(evidence: Evidence, owned: Ownership, language: Language, story: Story) -> Facts:
    """Read the facts. What the answer claims as a whole decides, also where no single sentence is certain."""
    made = frozenset(evidence.made)
    counts = owned.in_action
    return Facts(
        we_heavy=counts.we > counts.i + counts.implied,
        role_clear="role" in made,
        result_quantified="quantified" in made,
        baseline_given="baseline" in made,
        vague_impact=evidence.vague,
        constraints=tuple(name for name in CONSTRAINTS if f"constraint:{name}" in made),
        decision_reason="reason" in made,
        alternatives="alternative" in made,
        tradeoff="tradeoff" in made,
        validation="validation" in made,
        monitoring="monitoring" in made,
        collaboration="collaboration" in made,
        reflection="lesson" in made,
        result_kinds=tuple(name for name in RESULT_KINDS if f"result:{name}" in made),
        categories=tuple(c.name for c in story.categories),
        unexplained_acronyms=tuple(sorted({t.term for t in language.acronyms})),
    )
