"""Profiles: by name, from TOML, their sources, and what a wrong one is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path
from typing import Any

import pytest

from star_analyzer import PROFILES, Analyzer, Profile, SettingsError
from star_analyzer.evidence import CONSTRAINTS
from star_analyzer.profiles import DEFAULT_PROFILE, NEXT_STEPS, SOURCES, Band, load_profile, profile_from

Write = Callable[..., Path]
SIGNALS = ("framing", "data", "tradeoffs", "execution", "after_launch")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a TOML file and give its path."""

    def writes(text: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writes


# ---- the packaged ones


def test_there_are_profiles_of_these_roles() -> None:
    """The packaged profiles, each under its own name, the default among them."""
    assert set(PROFILES) == {"ml-engineer", "data-scientist", "software-engineer", "general"}
    assert all(profile.name == name for name, profile in PROFILES.items())
    assert DEFAULT_PROFILE in PROFILES


def test_every_threshold_has_a_source() -> None:
    """Every number of a profile says where it comes from, and no source is left behind."""
    lists = {f.name for f in fields(Profile) if isinstance(getattr(Profile("x"), f.name), (str, tuple))}
    assert lists == {"name", "constraints", "signals", "glossary", "audience"}
    assert set(SOURCES) == {f.name for f in fields(Profile)} - lists
    assert all(len(source) > 20 and source.endswith(".") for source in SOURCES.values())


@pytest.mark.parametrize("name", PROFILES)
def test_packaged_profiles_pass_their_own_checks(name: str) -> None:
    """What is packaged would be taken from a file too: known constraints and signals, bands in order, sensible lengths."""
    profile = PROFILES[name]
    values = {f.name: getattr(profile, f.name) for f in fields(Profile)}
    given = {k: {"target": v.target, "low": v.low, "high": v.high} if isinstance(v, Band) else v for k, v in values.items()}
    assert profile_from({"based_on": "general", **given}, "here") == profile
    assert set(profile.constraints) <= set(CONSTRAINTS)
    assert set(profile.signals) <= set(SIGNALS)
    assert len(profile.constraints) >= 2
    assert profile.shortest_seconds < profile.longest_seconds
    assert profile.setup.target + profile.action.target + profile.outcome.target == pytest.approx(1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("setup", Band(0.2, 0.1, 0.3)),
        ("action", Band(0.6, 0.5, 0.7)),
        ("outcome", Band(0.2, 0.1, 0.3)),
        ("setup_seconds", 30),
        ("setup_sentences", 5),
        ("shortest_seconds", 60),
        ("longest_seconds", 180),
        ("we_share", 0.5),
        ("we_deeds", 3),
        ("dense_terms", 3),
        ("terms_per_100", 7),
        ("fillers_per_minute", 8),
        ("hedges_per_100", 4),
        ("sentence_words", 40),
        ("mean_sentence_words", 28),
        ("reading_ease", 40),
        ("ramble_seconds", 45),
        ("openings", 4),
        ("algorithm_share", 0.25),
    ],
)
def test_default_limits_are_those_that_their_sources_name(field: str, value: Any) -> None:
    """The default profile holds what docs/labels.md and the sources say in words."""
    assert getattr(PROFILES[DEFAULT_PROFILE], field) == value


def test_profiles_cannot_be_changed() -> None:
    """A packaged profile is frozen, and so is the table of them."""
    with pytest.raises(FrozenInstanceError):
        PROFILES["general"].we_share = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        PROFILES["general"] = Profile("x")  # type: ignore[index]


def test_next_steps_are_a_handful() -> None:
    """Next steps are few."""
    assert 1 <= NEXT_STEPS <= 7


# ---- by name, as it is, from a file


@pytest.mark.parametrize("name", PROFILES)
def test_by_name(name: str) -> None:
    """A name gives the packaged profile."""
    assert load_profile(name) is PROFILES[name]


def test_a_profile_is_taken_as_it_is() -> None:
    """A `Profile` of the caller's own comes back itself."""
    mine = replace(PROFILES["general"], we_share=0.9)
    assert load_profile(mine) is mine


TABLE = (
    'name = "nurse"\nbased_on = "general"\nwe_share = 0.7\nsentence_words = 30\nglossary = ["NHS"]\nconstraints = ["privacy", "deadline"]\n'
)


@pytest.mark.parametrize("as_text", [True, False])
def test_from_a_file(write: Write, as_text: bool) -> None:
    """A file changes what it gives and keeps the rest of the profile that it is based on."""
    path = write(TABLE + "setup = { target = 0.3, low = 0.1, high = 0.5 }\n")
    assert load_profile(str(path) if as_text else path) == replace(
        PROFILES["general"],
        name="nurse",
        we_share=0.7,
        sentence_words=30,
        glossary=("NHS",),
        constraints=("privacy", "deadline"),
        setup=Band(0.3, 0.1, 0.5),
    )


def test_an_empty_file_is_the_default_under_a_name_of_its_own(write: Write) -> None:
    """Without a word on the base it is the default profile, and its name says that it may be changed."""
    assert load_profile(write("")) == replace(PROFILES[DEFAULT_PROFILE], name=f"{DEFAULT_PROFILE} (changed)")
    assert load_profile(write('based_on = "general"')).name == "general (changed)"


def test_from_pyproject(write: Write) -> None:
    """In pyproject.toml the table [tool.star-analyzer.profile] is read and nothing else."""
    path = write('[project]\nname = "x"\n\n[tool.star-analyzer.profile]\n' + TABLE, "pyproject.toml")
    assert load_profile(path) == load_profile(write(TABLE))


def test_a_byte_order_mark_is_understood(write: Write, tmp_path: Path) -> None:
    """A file saved by an editor of Windows is read."""
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.encode())
    assert load_profile(path) == load_profile(write(TABLE))


def test_values_keep_the_type_of_the_field(write: Write) -> None:
    """A whole number is taken for a fraction too, and counts stay whole numbers."""
    got = load_profile(write("setup_seconds = 25\nsetup_sentences = 3\nwe_deeds = 4.0\n"))
    assert (got.setup_seconds, got.setup_sentences, got.we_deeds) == (25.0, 3, 4)
    assert isinstance(got.setup_seconds, float)
    assert isinstance(got.we_deeds, int)


@pytest.mark.parametrize(
    "text",
    [
        "we_share = 1",
        "we_share = 0.0",
        "setup = { target = 0, low = 0, high = 0 }",
        "action = { target = 1, low = 0.5, high = 1 }",
        "signals = []",
    ],
)
def test_values_at_the_limits_are_taken(write: Write, text: str) -> None:
    """The limits themselves are allowed."""
    load_profile(write(text))


# ---- what a wrong one is told

WRONG = {
    "unknown key": ("we_shere = 0.5", "'we_shere'", "did you mean 'we_share'?"),
    "far key": ("xyzzy = 0.5", "'xyzzy'", "there are name, setup"),
    "unknown base": ('based_on = "ml-enginer"', "based_on", "did you mean 'ml-engineer'?"),
    "far base": ('based_on = "xyzzy"', "based_on", "there are ml-engineer, data-scientist"),
    "base of a wrong type": ("based_on = 5", "based_on", "there are ml-engineer"),
    "unknown constraint": ('constraints = ["latencies"]', "constraints", "did you mean 'latency'?"),
    "unknown signal": ('signals = ["framing", "dat"]', "signals", "did you mean 'data'?"),
    "constraints as a word": ('constraints = "latency"', "constraints", "a list of words"),
    "numbers for words": ("glossary = [1]", "glossary", "a list of words"),
    "name of a wrong type": ("name = 5", "name", "needs a word"),
    "empty name": ('name = ""', "name", "needs a word"),
    "word for a number": ('we_share = "half"', "we_share", "needs a number"),
    "yes for a number": ("we_share = true", "we_share", "needs a number"),
    "below zero": ("we_share = -0.1", "we_share", "0 or more, not -0.1"),
    "not a number": ("setup_seconds = nan", "setup_seconds", "needs a number"),
    "without end": ("setup_seconds = inf", "setup_seconds", "needs a number"),
    "far too much": ("setup_seconds = 1000000", "setup_seconds", "needs a number"),
    "half a sentence": ("setup_sentences = 2.5", "setup_sentences", "whole number, not 2.5"),
    "percent for a share": ("we_share = 50", "we_share", "a fraction of 1, not 50"),
    "share above one": ("algorithm_share = 1.01", "algorithm_share", "a fraction of 1"),
    "band as a number": ("setup = 0.2", "setup", "needs a target, a low and a high"),
    "band without high": ("setup = { target = 0.2, low = 0.1 }", "setup", "needs a target, a low and a high"),
    "band with more": ("setup = { target = 0.2, low = 0.1, high = 0.3, top = 1 }", "setup", "needs a target, a low and a high"),
    "band in percent": ("action = { target = 60, low = 50, high = 70 }", "action", "0 ≤ low ≤ target ≤ high ≤ 1"),
    "high above one": ("action = { target = 0.6, low = 0.5, high = 1.5 }", "action", "0 ≤ low ≤ target ≤ high ≤ 1"),
    "target below low": ("action = { target = 0.4, low = 0.5, high = 0.7 }", "action", "0 ≤ low ≤ target ≤ high ≤ 1"),
    "target above high": ("action = { target = 0.8, low = 0.5, high = 0.7 }", "action", "0 ≤ low ≤ target ≤ high ≤ 1"),
    "word in a band": ('outcome = { target = "x", low = 0, high = 1 }', "outcome.target", "needs a number"),
    "below zero in a band": ("outcome = { target = 0.2, low = -0.1, high = 1 }", "outcome.low", "0 or more"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_value_is_named_with_file_key_and_remedy(write: Write, kind: str) -> None:
    """The message says in which file, which key, and what would be right."""
    text, key, remedy = WRONG[kind]
    path = write(text)
    with pytest.raises(SettingsError) as caught:
        load_profile(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert key in message
    assert remedy in message


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("we_share = ", "mine.toml", "is not valid TOML"),
        ("a = 1\na = 2\n", "mine.toml", "is not valid TOML"),
        ("[tool.other]\nx = 1\n", "pyproject.toml", "[tool.star-analyzer.profile]"),
        ("", "pyproject.toml", "[tool.star-analyzer.profile]"),
        ("tool = 5\n", "pyproject.toml", "[tool.star-analyzer.profile]"),
        ('[tool.star-analyzer]\nprofile = "general"\n', "pyproject.toml", "[tool.star-analyzer.profile]"),
        ("[tool.star-analyzer.profile]\nwe_shere = 1\n", "pyproject.toml", "did you mean 'we_share'?"),
    ],
)
def test_a_wrong_file_is_named(write: Write, text: str, name: str, says: str) -> None:
    """A file that is no TOML, or has no table of ours, is named with what is wrong."""
    path = write(text, name)
    with pytest.raises(SettingsError, match=re.escape(says)) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("kind", ["missing", "folder", "latin-1"])
def test_a_file_that_cannot_be_read(tmp_path: Path, kind: str) -> None:
    """A file that is missing, a folder, or no UTF-8 is an error that names it."""
    path = tmp_path / "mine.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "latin-1":
        path.write_bytes('name = "Müller"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="is not valid TOML" if kind == "latin-1" else "cannot be read") as caught:
        load_profile(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ml-enginer", "did you mean 'ml-engineer'?"),
        ("generel", "did you mean 'general'?"),
        ("xyzzy", "there are ml-engineer, data-scientist, software-engineer, general"),
        ("", "there are ml-engineer"),
        ("mine.json", "a .toml file"),
        (Path("general"), "a .toml file"),
    ],
)
def test_an_unknown_name(name: str | Path, says: str) -> None:
    """A name that no profile has is told the nearest, or all of them, and that a file will do."""
    with pytest.raises(SettingsError, match=re.escape(says)) as caught:
        load_profile(name)
    assert repr(str(name)) in str(caught.value)


@pytest.mark.parametrize("profile", [None, 5, {"we_share": 0.5}, b"general"])
def test_a_profile_of_a_wrong_type(profile: Any) -> None:
    """What is no name, path or profile is refused by its type, not with a bare TypeError."""
    with pytest.raises(SettingsError, match=type(profile).__name__):
        load_profile(profile)


# ---- in the analyzer

ANSWER = (
    "Last spring our bakery threw away a fifth of its bread. My task was to halve that by the summer. "
    "We wrote down what was left every evening. We cut one kind of roll. I called the shops. As a result, waste fell from 20% to 7%."
)


def test_the_analyzer_judges_by_its_profile(analyzer: Analyzer) -> None:
    """The profile's limits and constraints show in the report; what was found in the text does not change."""
    plain = analyzer.analyze(ANSWER)
    mine = Analyzer(profile=replace(PROFILES["general"], we_share=0.9, action=Band(0.3, 0.2, 0.5))).analyze(ANSWER)
    assert (plain.ownership.verdict, mine.ownership.verdict) == ("team", "shared")
    assert (mine.structure.action.target, mine.structure.action.low, mine.structure.action.high) == (0.3, 0.2, 0.5)
    assert {c.name for c in mine.constraints.items if c.matters} == set(PROFILES["general"].constraints)
    assert mine.sentences == plain.sentences
    assert mine.outcomes == plain.outcomes


def test_the_analyzer_refuses_a_wrong_profile_at_once() -> None:
    """An unknown profile is refused before anything is loaded or read."""
    with pytest.raises(SettingsError, match="did you mean"):
        Analyzer(profile="ml-enginer")


def test_glossaries_of_profile_and_caller_add_up() -> None:
    """Terms given to the analyzer are added to those of the profile, and the packaged profile stays as it is."""
    mine = replace(PROFILES["general"], glossary=("SLO",))
    assert Analyzer(profile=mine, glossary=["MTTR"]).profile.glossary == ("SLO", "MTTR")
    assert Analyzer(glossary=iter(["MTTR"])).profile.glossary == ("MTTR",)
    assert Analyzer(glossary="MTTR").profile.glossary == ("MTTR",)
    assert PROFILES[DEFAULT_PROFILE].glossary == ()
