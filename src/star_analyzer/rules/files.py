"""Rules about the files of a check and not about an answer: what comments silence, and the least score.

They read no report, so `checking.py` finds what they say; here are their codes and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.report import Severity
from star_analyzer.rules.registry import Draft, Rule, Sections, rule

FILE_RULES: dict[str, Rule] = {}


@rule(code="CK101", name="unused-suppression", severity=Severity.WARNING, since="0.1", into=FILE_RULES)
def unused_suppression(_: Sections) -> Iterator[Draft]:
    """A comment silences a rule that says nothing there.

    What it checks:
        Every code of every `star-analyzer: ignore` comment silences at least one finding.

    Why it matters:
        A comment that has outlived its finding hides the next one.

    Flagged:
        <!-- star-analyzer: ignore LG101: everybody knows these terms -->
        Our shop lost orders on Fridays, and I had to find out why. I read the log of four weeks and found a full disk. I moved the
        old orders away and set an alarm. As a result, no order was lost in the next year.

    Better:
        Our shop lost orders on Fridays, and I had to find out why. I read the log of four weeks and found a full disk. I moved the
        old orders away and set an alarm. As a result, no order was lost in the next year.

    Source:
        Ours, after the linters that do the same (RUF100 of ruff).
    """
    yield from ()


@rule(code="CK102", name="unknown-suppression", severity=Severity.ERROR, since="0.1", into=FILE_RULES)
def unknown_suppression(_: Sections) -> Iterator[Draft]:
    """A comment names a rule that there is not.

    What it checks:
        Every code of every `star-analyzer: ignore` comment is a rule, the beginning of codes, or the name of a rule.

    Why it matters:
        A misspelt code silences nothing, and nobody notices.

    Flagged:
        <!-- star-analyzer: ignore-answer XY999 -->
        Our shop lost orders on Fridays, and I had to find out why. I read the log of four weeks and found a full disk. I moved the
        old orders away and set an alarm. As a result, no order was lost in the next year.

    Better:
        Our shop lost orders on Fridays, and I had to find out why. I read the log of four weeks and found a full disk. I moved the
        old orders away and set an alarm. As a result, no order was lost in the next year.

    Source:
        Ours.
    """
    yield from ()


@rule(code="CK201", name="score-too-low", severity=Severity.ERROR, since="0.1", into=FILE_RULES)
def score_too_low(_: Sections) -> Iterator[Draft]:
    """The score is below the least that was asked for.

    What it checks:
        With `--min-score` or the key `min_score`, the score of every answer that has one.

    Why it matters:
        A collection of model answers should stay one.

    Flagged:
        It was a big project and it went really well in the end. We did a lot of things together, and everybody was happy with us.

    Better:
        Our shop lost one order in ten on Fridays. I had to find out why before Christmas. I read the log of four weeks and saw that
        the disk was full every Friday night. I could have bought a bigger one, but I moved old orders away, because that cost
        nothing. I tried it on a copy first. Then I set an alarm at 80% and looked at it every week. As a result, lost orders fell
        from 10% to 0 and stayed there for a year. I learned to ask what a machine does at night.

    Source:
        Whoever sets the least score.
    """
    yield from ()
