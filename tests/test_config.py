"""Configuration: found, checked, merged, and traced to its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from star_analyzer.config import DEFAULTS, find_config, no_config, read_config, with_options
from star_analyzer.errors import SettingsError

FULL = """\
profile = "general"
glossary = ["ETL"]
audience = "engineer"
speaking_rate = 140
select = ["ST", "OW"]
ignore = ["ST105"]
fail_on = "error"
min_score = 50
exclude = ["drafts/"]
baseline = "known.json"
lexicons = "words"
readability = true
jobs = 2

[severity]
DL = "info"

[[overrides]]
paths = ["juniors/**"]
profile = "data-scientist"
ignore = ["OW201"]

[[overrides]]
paths = ["juniors/a.md"]
min_score = 10
"""


def put(folder: Path, text: str, name: str = "star-analyzer.toml") -> Path:
    """Write a configuration file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key_is_read(tmp_path: Path) -> None:
    """Every key arrives, paths count from the file's folder, and each value knows its line."""
    file = put(tmp_path, FULL)
    settings = read_config(file).settings
    assert set(settings) == set(DEFAULTS)
    values = {key: setting.value for key, setting in settings.items()}
    assert values["profile"] == "general"
    assert values["ignore"] == ("ST105",)
    assert values["severity"] == {"DL": "info"}
    assert values["baseline"] == tmp_path / "known.json"
    assert settings["speaking_rate"].origin == f"{file}:4"
    assert settings["severity"].origin == f"{file}:15"


def test_pyproject_gives_the_same(tmp_path: Path) -> None:
    """In pyproject.toml the same keys stand under [tool.star-analyzer]."""
    text = FULL.replace("[severity]", "[tool.star-analyzer.severity]").replace("[[overrides]]", "[[tool.star-analyzer.overrides]]")
    file = put(tmp_path, f'[project]\nname = "x"\n\n[tool.star-analyzer]\n{text}', "pyproject.toml")
    own = read_config(file)
    other = read_config(put(tmp_path, FULL))
    assert {k: s.value for k, s in own.settings.items()} == {k: s.value for k, s in other.settings.items()}
    assert own.settings["profile"].origin == f"{file}:5"
    assert len(own.overrides) == 2


def test_profile_of_ones_own(tmp_path: Path) -> None:
    """A profile may be a table, or a file beside the configuration."""
    put(tmp_path, 'based_on = "general"\nlongest_seconds = 100\n', "short.toml")
    assert read_config(put(tmp_path, 'profile = "short.toml"')).settings["profile"].value.longest_seconds == 100
    table = read_config(put(tmp_path, '[profile]\nbased_on = "general"\nlongest_seconds = 90\n')).settings["profile"]
    assert table.value.longest_seconds == 90


def test_overrides_for_paths(tmp_path: Path) -> None:
    """A later override wins; what is ignored adds up; other files keep the rest."""
    own = read_config(put(tmp_path, FULL))
    junior, other = own.for_path(tmp_path / "juniors/a.md"), own.for_path(tmp_path / "seniors/a.md")
    assert (junior["profile"].value, junior["ignore"].value, junior["min_score"].value) == ("data-scientist", ("ST105", "OW201"), 10)
    assert (other["profile"].value, other["ignore"].value, other["min_score"].value) == ("general", ("ST105",), 50)
    assert own.for_path(tmp_path / "juniors/b.md")["min_score"].value == 50
    assert junior["profile"].origin.endswith(":20")
    assert own.for_path(tmp_path.parent / "juniors/a.md") == dict(own.settings)


def test_excluded(tmp_path: Path) -> None:
    """Patterns are those of .gitignore, from the file's folder on."""
    own = read_config(put(tmp_path, FULL))
    assert own.excluded(tmp_path / "drafts/a.md")
    assert own.excluded(tmp_path / "sub/drafts/a.md")
    assert not own.excluded(tmp_path / "a.md")


def test_the_nearest_wins(tmp_path: Path) -> None:
    """A folder's own file hides those above; a pyproject.toml without the table does not count."""
    put(tmp_path, "min_score = 1")
    put(tmp_path / "a", "[project]\nname = 'x'\n", "pyproject.toml")
    put(tmp_path / "a/b", "[tool.star-analyzer]\nmin_score = 3\n", "pyproject.toml")
    assert find_config(tmp_path / "a").settings["min_score"].value == 1
    assert find_config(tmp_path / "a/b").settings["min_score"].value == 3
    put(tmp_path / "a/b", "min_score = 4")
    (tmp_path / "a/b/c").mkdir()
    assert find_config(tmp_path / "a/b/c").settings["min_score"].value == 4


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('\nprofil = "general"', 2, "profil: there is no such key; did you mean 'profile'?"),
        ("fail-on = 'error'", 1, "did you mean 'fail_on'?"),
        ("zzz = 1", 1, "keys are profile, "),
        ("profile = 'general'\nfail_on = 'warnings'", 2, "fail_on: cannot be 'warnings'; there are error, warning, info, never."),
        ("audience = 'mother'", 1, "cannot be 'mother'; there are manager, engineer, specialist."),
        ("min_score = 101", 1, "min_score: needs a number from 0 to 100, not 101."),
        ("min_score = true", 1, "needs a number"),
        ("jobs = 1.5", 1, "needs a whole number"),
        ("ignore = 'ST105'", 1, "ignore: needs a list of words."),
        ("readability = 1", 1, "needs true or false"),
        ("baseline = 1", 1, "needs a path"),
        ("profile = 'senior'", 1, "There is no profile 'senior'"),
        ("profile = 3", 1, "needs a name, the path of a .toml file, or a table."),
        ("[profile]\nlongest = 3", 1, "longest"),
        ("[severity]\nDL = 'loud'", 1, "severities are error, warning, info."),
        ("[[overrides]]\nprofile = 'general'", 1, "needs paths"),
        ("[[overrides]]\npaths = ['a']\n\n[[overrides]]\npaths = ['b']\njobs = 3", 6, "jobs: there is no such key"),
        ("[overrides]\npaths = ['a']", 1, "needs tables"),
    ],
)
def test_mistakes_are_said_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    """What is wrong, where, and what it should be."""
    file = put(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        read_config(file)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert says in str(error.value)


def test_what_is_no_toml(tmp_path: Path) -> None:
    """The parser's own words, with the file."""
    file = put(tmp_path, "a = ")
    with pytest.raises(SettingsError, match="is not valid TOML"):
        read_config(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match=r"has no table \[tool.star-analyzer\]"):
        read_config(put(tmp_path, "", "pyproject.toml"))


def test_the_command_line_wins_and_adds() -> None:
    """What an option says replaces the file's value; ignored rules and known terms are added; None says nothing."""
    settings = with_options(no_config().settings, {"profile": "general", "ignore": ("A",), "fail_on": None})
    assert (settings["profile"].value, settings["profile"].origin) == ("general", "command line")
    assert settings["fail_on"].origin == "default"
    more = with_options(settings, {"ignore": ("B",)})
    assert more["ignore"].value == ("A", "B")
