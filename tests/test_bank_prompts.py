"""The prompts: the packaged file, files of one's own, the fit of a story, and who gets which prompt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from star_analyzer import Analyzer, Report, SettingsError
from star_analyzer.bank.prompts import FITS, Prompt, choose, fit, load_prompts
from star_analyzer.bank.traits import MEANINGS, Trait, traits
from star_analyzer.evidence import CATEGORIES


def prompt(**rest: object) -> Prompt:
    """A prompt with a few fields."""
    given: dict[str, object] = {"id": "x", "group": "g", "text": "t", "core": {}, "words": (), "also": (), **rest}
    return Prompt(**given)  # type: ignore[arg-type]


# ---- the packaged prompts


def test_the_packaged_prompts() -> None:
    """About forty, in the groups that interviewers have, with texts of their own, and each category is asked for."""
    found = load_prompts()
    assert 38 <= len(found) <= 50
    assert len({p.text for p in found}) == len(found)
    groups = {"improvement", "data", "trade-off", "deployment", "influence", "failure", "conflict", "ambiguity", "ownership", "impact"}
    assert groups <= {p.group for p in found}
    asked = {name for p in found for name, weight in p.core.items() if weight == 1}
    assert {f"category:{name}" for name in CATEGORIES} <= asked


def test_prompts_of_a_group_stand_together() -> None:
    """The matrix shows a group once."""
    seen = [p.group for p in load_prompts()]
    changes = [a for a, b in zip(seen, [*seen[1:], None], strict=True) if a != b]
    assert len(changes) == len(set(changes))


def test_every_prompt_can_be_answered() -> None:
    """A story that shows all a prompt asks for reaches its fit."""
    everything = {name: Trait(1.0, ()) for name in MEANINGS}
    report = Analyzer().analyze("I am here.")
    for each in load_prompts():
        if each.core:
            assert fit(each, everything, report).fit >= FITS, each.id


# ---- a file of one's own

GOOD = '[[prompt]]\nid = "a"\ngroup = "g"\ntext = "Tell me."\ncore = { "own" = 1 }\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs 1 to 500 tables"),
        ("[[prompt", "is not TOML"),
        ('prompt = "x"', "needs 1 to 500 tables"),
        ("prompt = [1]", "prompt 1: is no table"),
        (GOOD.replace('text = "Tell me."\n', ""), "prompt 1: needs text"),
        (GOOD.replace('"g"', "3"), "prompt 1: needs group"),
        (GOOD.replace('"own" = 1', '"own" = 2'), "weights above 0"),
        (GOOD.replace('"own" = 1', '"own" = true'), "weights above 0"),
        (GOOD.replace('"own" = 1', '"owned" = 1'), "no trait 'owned'"),
        (GOOD.replace('"own" = 1', ""), "needs core or words"),
        (GOOD + 'also = "own"', "also is a list"),
        (GOOD + 'also = ["owns"]', "no trait 'owns'"),
        (GOOD + 'words = ["*"]', "words is a list"),
        (GOOD + 'word = ["a"]', "there is no key 'word'"),
        (GOOD + GOOD, "the id 'a' is used twice"),
        ("x = " + "1" * 5000, "is not TOML"),
        ("x = " + "[" * 50_000, "is not TOML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """The message says where and what."""
    file = tmp_path / "p.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_prompts(file)


def test_a_file_that_has_changed(tmp_path: Path) -> None:
    """Is read anew; a mark at its beginning is no part of it."""
    file = tmp_path / "p.toml"
    for text in ("One.", "Two."):
        file.write_text("\ufeff" + GOOD.replace("Tell me.", text), encoding="utf-8")
        assert load_prompts(file)[0].text == text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The path is named."""
    for name in ("none.toml", "a\0b"):
        with pytest.raises(SettingsError, match="cannot be read"):
            load_prompts(tmp_path / name)


# ---- fit


def told(report: Report, score: int = 100, *, short: bool = False) -> Report:
    """The report with another score, and without the finding that it is too short."""
    findings = tuple(f for f in report.findings if short or f.code != "DL101")
    return report.model_copy(update={"findings": findings, "verdict": report.verdict.model_copy(update={"score": score})})


TEXT = "My colleague disagreed. I had argued for a trial, and he refused it. In the end he agreed."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("disagree*",), 0.6),
        (("disagree",), 0.0),
        (("disagree*", "argue*"), 0.9),
        (("argued * trial",), 0.6),
        (("argued * refused",), 0.0),
        (("in the end",), 0.6),
        (("colleagues",), 0.0),
        (("fus*",), 0.0),
    ],
)
def test_words(analyzer: Analyzer, words: tuple[str, ...], found: float) -> None:
    """A star is any ending, or one to three words; words begin where words begin; two different ones count more than one."""
    report = told(analyzer.analyze(TEXT))
    result = fit(prompt(words=words), {}, report)
    assert result.fit == found
    assert bool(result.evidence) == bool(found)
    assert all(report.text[s.start : s.end] for s in result.evidence)


def test_core_counts_most_and_the_rest_helps(analyzer: Analyzer) -> None:
    """The strongest core trait times its weight; 0.6 of it alone, all of it with everything else."""
    report = told(analyzer.analyze("I am here."))
    one = prompt(core={"own": 1.0, "says:role": 0.5}, also=("says:reason", "says:lesson"))
    assert fit(one, {"own": Trait(1.0, ())}, report).fit == 0.6
    assert fit(one, {"says:role": Trait(1.0, ())}, report).fit == 0.3
    assert fit(one, {"own": Trait(1.0, ()), "says:reason": Trait(1.0, ())}, report).fit == 0.8
    full = fit(one, {"own": Trait(1.0, ()), "says:reason": Trait(1.0, ()), "says:lesson": Trait(1.0, ())}, report)
    assert (full.fit, full.lacks) == (1.0, ())
    nothing = fit(one, {"says:reason": Trait(1.0, ())}, report)
    assert (nothing.fit, nothing.shows) == (0.0, ())
    assert nothing.lacks == (MEANINGS["says:lesson"],)


def test_how_it_is_told_counts_a_little(analyzer: Analyzer) -> None:
    """A tenth for the score; a quarter where it is over before it can be judged; four tenths where something speaks against it."""
    report = analyzer.analyze(
        "Last spring our two tills counted Sunday twice. I read the logs of both for two days. I set both clocks by one server. As a result, errors fell from 12% to 1%."
    )
    assert any(f.code == "DL101" for f in report.findings)
    one, own = prompt(core={"own": 1.0}, against=("says:failure",)), {"own": Trait(1.0, ())}
    assert fit(one, own, told(report)).fit == 1.0
    assert fit(one, own, told(report, 50)).fit == 0.95
    assert fit(one, own, told(report, short=True)).fit == 0.75
    assert fit(one, {**own, "says:failure": Trait(1.0, ())}, told(report)).fit == 0.6
    assert fit(one, {**own, "says:failure": Trait(0.7, ())}, told(report)).fit == 1.0


def test_what_the_candidate_means_counts(analyzer: Analyzer) -> None:
    """A tag alone nearly as much as what is shown; shown and meant, most. It adds nothing to a text that cannot be read."""
    report = analyzer.analyze("I read the logs of both tills. I set both clocks by one server. Errors fell from 12% to 1%.")
    assert "category:failure" not in traits(report)
    assert traits(report, ("failure",))["category:failure"].strength == 0.75
    assert "category:improved_metric" in traits(report)
    assert traits(report, ("improved_metric",))["category:improved_metric"].strength >= 0.95
    assert traits(analyzer.analyze("Im letzten Jahr habe ich ein kleines Team geleitet und umgestellt."), ("failure",)) == {}


def test_a_report_that_is_not_reliable_shows_nothing(analyzer: Analyzer) -> None:
    """Neither traits nor words count."""
    report = analyzer.analyze("Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt.")
    assert not report.reliable
    assert traits(report) == {}
    assert fit(prompt(words=("team",)), {}, report).fit == 0


# ---- the choice

TABLES = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.floats(0, 1).map(lambda x: round(x, 2)), min_size=n, max_size=n), min_size=0, max_size=25)
)


@given(TABLES, st.data())
def test_choice_keeps_its_promises(fits: list[list[float]], data: st.DataObject) -> None:
    """Best and second fit and differ; a prompt that a story fits has one, and a second one if two do; the share is kept."""
    count = len(fits[0]) if fits else 0
    scores = data.draw(st.lists(st.integers(0, 100), min_size=count, max_size=count))
    chosen = choose(fits, scores)
    assert len(chosen) == len(fits)
    used = [0] * count
    for row, choice in zip(fits, chosen, strict=True):
        able = [k for k, value in enumerate(row) if value >= FITS]
        assert (choice.best is None) == (not able)
        assert (choice.second is None) == (len(able) < 2)
        assert choice.best is None or choice.best in able
        assert choice.second is None or (choice.second in able and choice.second != choice.best)
        if choice.best is not None:
            used[choice.best] += 1
    prompts = sum(any(v >= FITS for v in row) for row in fits)
    serving = len({k for row in fits for k, v in enumerate(row) if v >= FITS})
    most = -(-3 * prompts // (2 * serving)) if serving else 0
    for row, choice in zip(fits, chosen, strict=True):
        near = [k for k, value in enumerate(row) if value >= max(FITS, max(row) - 0.15)]
        if choice.best is not None:
            assert choice.best in near
            if used[choice.best] > most:  # only where no other story that fits nearly as well had room
                assert all(used[k] >= most for k in near)


def test_the_story_that_fits_best_is_chosen_where_there_is_room() -> None:
    """Two prompts, two stories: each is told to what it fits better, even where one is better at both; never to what it hardly fits."""
    assert [(c.best, c.second) for c in choose([[1.0, 0.6], [0.9, 0.9]], [50, 50])] == [(0, 1), (1, 0)]
    assert [c.best for c in choose([[1.0, 0.5]] * 4, [50, 50])] == [0] * 4
    assert [(c.best, c.second) for c in choose([[0.4, 0.3]], [50, 50])] == [(None, None)]


def test_equal_fits_go_to_the_better_told_story() -> None:
    """The score of the telling decides."""
    assert choose([[0.8, 0.8]], [60, 70])[0].best == 1


# ---- traits


def test_traits_come_from_the_report(analyzer: Analyzer) -> None:
    """What an answer says is a trait with the words that say it."""
    report = analyzer.analyze(
        "Our app had to answer within 50 milliseconds. I was responsible for the model. I considered a large network, but it needed 200 "
        "milliseconds, so I gave up a point of accuracy for a small one. I tested it on 500 photos first. Answers fell from 900 to 40 "
        "milliseconds. I learned to ask how long people wait."
    )
    shown = traits(report)
    assert set(shown) <= set(MEANINGS)
    assert {"says:role", "says:alternative", "says:tradeoff", "says:validation", "limit:latency", "says:quantified"} <= set(shown)
    assert shown["limit:latency"].strength > 0.85
    for trait in shown.values():
        assert 0 < trait.strength <= 1
        assert all(0 <= s.start < s.end <= len(report.text) for s in trait.evidence)
