"""The five signals: two independent traces make a yes, one makes it partly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from building import Did, Said, evidence, told

from star_analyzer import PROFILES, Report
from star_analyzer.evidence import Evidence
from star_analyzer.measures.decisions import decisions
from star_analyzer.measures.outcomes import outcomes
from star_analyzer.measures.ownership import ownership
from star_analyzer.measures.signals import UNREAD, no_signals, signals
from star_analyzer.sections import Signal, Signals

Analyze = Callable[[str], Report]
NAMES = ("framing", "data", "tradeoffs", "execution", "after_launch")


def measured(found: Evidence) -> Signals:
    """The signals of some evidence."""
    sentences = told(found)
    return signals(
        found, sentences, ownership(found, sentences, PROFILES["general"]), outcomes(found, sentences), decisions(found, sentences)
    )


def signal(found: Evidence, name: str) -> Signal:
    """One signal of some evidence."""
    got = getattr(measured(found), name)
    assert isinstance(got, Signal)
    return got


def claim(name: str, **rest: Any) -> Said:
    """A sentence that makes one claim."""
    return Said("It was so.", claims={name: 0.9}, **rest)


def mention(kind: str, **rest: Any) -> Said:
    """A sentence with one mention."""
    return Said("It was so.", mentions=[(kind, "was")], **rest)


def deeds(*doers: str, part: str = "action") -> Said:
    """A sentence with some deeds."""
    return Said("They built it.", part=part, deeds=[Did(d, "built") for d in doers])


FRAMED = [mention("framing.goal"), claim("result:business")]
DATA = [mention("data.quality"), claim("constraint:labels")]
WEIGHED = [claim("tradeoff"), claim("reason")]
EXECUTED = [deeds("i", "i"), mention("execution.obstacle")]
LAUNCHED = [claim("monitoring"), mention("launch.shipped")]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_told_is_a_no(name: str) -> None:
    """Without any trace the answer is no, without evidence, and in the words that nothing says so."""
    got = signal(evidence("It was so."), name)
    assert (got.level, got.evidence) == ("no", ())
    assert got.why.endswith(".")


@pytest.mark.parametrize(
    ("name", "traces"),
    [("framing", FRAMED), ("data", DATA), ("tradeoffs", WEIGHED), ("execution", EXECUTED), ("after_launch", LAUNCHED)],
)
def test_two_traces_are_a_yes_and_one_is_partly(name: str, traces: Sequence[Said]) -> None:
    """Both traces together are a yes with evidence of both; each alone is partly; the three levels are said in different words."""
    both = signal(evidence("Hello.", *traces), name)
    assert (both.level, [s.sentence for s in both.evidence]) == ("yes", [2, 3])
    alone = [signal(evidence("Hello.", trace), name) for trace in traces]
    assert [s.level for s in alone] == ["partly", "partly"]
    assert [[s.sentence for s in a.evidence] for a in alone] == [[2], [2]]
    assert len({both.why, alone[0].why, signal(evidence("Hello."), name).why}) == 3


@pytest.mark.parametrize(
    ("name", "trace"),
    [
        *[("data", mention(f"data.{k}")) for k in ("quality", "leakage", "bias", "slices", "labels")],
        *[("data", claim(f"constraint:{k}")) for k in ("data_quality", "labels", "drift")],
        ("tradeoffs", claim("alternative")),
        ("execution", mention("execution.removed")),
        ("execution", claim("collaboration")),
        ("execution", claim("validation")),
        ("execution", deeds("i", "implied")),
        ("after_launch", mention("launch.followup")),
        ("after_launch", mention("launch.rollback")),
    ],
)
def test_every_trace_counts(name: str, trace: Said) -> None:
    """Each of these alone makes its signal partly, and no other signal a yes."""
    got = measured(evidence(trace))
    assert getattr(got, name).level == "partly"
    assert "yes" not in {getattr(got, other).level for other in NAMES}


@pytest.mark.parametrize(
    ("name", "trace"),
    [
        ("framing", claim("result:model_quality")),
        ("data", claim("constraint:latency")),
        ("tradeoffs", claim("validation")),
        ("execution", deeds("i")),
        ("execution", deeds("we", "we", "we")),
        ("execution", deeds("i", "i", part="situation")),
        ("after_launch", claim("validation")),
    ],
)
def test_what_is_no_trace(name: str, trace: Said) -> None:
    """Other claims, a single step, and what others did tell nothing about the signal."""
    assert signal(evidence(trace), name).level == "no"


@pytest.mark.parametrize("rest", [{"part": "other"}, {"listed": True}])
@pytest.mark.parametrize(
    ("name", "kind"),
    [("framing", "framing.goal"), ("data", "data.bias"), ("execution", "execution.obstacle"), ("after_launch", "launch.rollback")],
)
def test_words_in_passing_do_not_count(name: str, kind: str, rest: dict[str, Any]) -> None:
    """Words outside the story, and in a sentence that only lists things, are no trace."""
    assert signal(evidence(mention(kind, **rest)), name).level == "no"


def test_the_sentence_of_the_words_decides() -> None:
    """A word counts by its own sentence, whatever stands around it."""
    around = [mention("data.bias", part="other"), mention("data.bias", listed=True)]
    assert signal(evidence(*around, "It was so.", *around), "data").level == "no"
    got = signal(evidence(Said("Hello.", part="other"), mention("data.bias"), Said("Cost, time.", listed=True)), "data")
    assert [s.sentence for s in got.evidence] == [2]


def test_two_words_of_one_trace_are_still_one_trace() -> None:
    """A yes needs both traces: twice the same kind of thing is partly."""
    assert signal(evidence(mention("data.quality"), mention("data.leakage"), mention("data.bias")), "data").level == "partly"


def test_evidence_shows_every_trace() -> None:
    """At most three sentences, each once, in text order, and none of the traces is crowded out."""
    got = signal(evidence(claim("reason"), claim("reason"), claim("reason"), claim("alternative"), claim("tradeoff")), "tradeoffs")
    assert [s.sentence for s in got.evidence] == [1, 4, 5]
    one = Said("It was so.", claims={"reason": 0.9, "tradeoff": 0.9})
    assert [s.sentence for s in signal(evidence(one), "tradeoffs").evidence] == [1]


def test_signals_of_an_unread_text() -> None:
    """A text that cannot be read gets no level but "no", and one reason that claims nothing about it."""
    for name in NAMES:
        assert getattr(no_signals(), name) == Signal(level="no", evidence=(), why=UNREAD)


def test_signals_of_a_plain_story(analyze: Analyze) -> None:
    """A story with launch and watching has ownership after launch; without both it has none."""
    body = (
        "Last year our shop lost orders every night. My task was to stop that. I traced the failures to a shared cache. "
        "I gave every job its own. {} As a result, lost orders fell from thirty a month to two."
    )
    after = "I rolled it out to all shops and set up an alert on the error rate, and I watched the dashboard for a month after launch."
    assert analyze(body.format(after)).signals.after_launch.level == "yes"
    assert analyze(body.format("")).signals.after_launch.level == "no"
