"""Write docs/rules.md from the docstrings of the rules.

    python docs/generate_rules.py            write the page
    python docs/generate_rules.py --check    exit with 1 if the page is not up to date

Run it after every change of a rule. The rules themselves are in src/star_analyzer/rules.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Sequence
from pathlib import Path

from star_analyzer.rules.registry import SECTIONS, Rule
from star_analyzer.rules.selection import every_rule

PAGE = Path(__file__).resolve().parent / "rules.md"
_QUOTED = frozenset({"Flagged", "Better"})
_INTRODUCTION = """\
# Rules

<!-- Written by docs/generate_rules.py from the docstrings in src/star_analyzer/rules. Do not edit. -->

A rule looks at the measures of a report and says what is worth telling the speaker. Codes are stable and
never reused. They begin with the family: IN, can the text be read as an answer at all; ST, how it is built; OW, who
did the work; OC, what came of it; CN, limits on the work; DC, decisions; PD, work in production; LG, language; DL,
delivery; SR, the story; CK, the files of a check; BK, a bank of stories. Codes with a 9 behind the letters are praise:
what works, said so that it is kept.

Severity `error`: the report cannot be relied on, or the answer lacks its core. `warning`: most listeners
would miss something. `info`: worth a thought.

The texts under *Flagged* and *Better* are analysed by the tests: a rule fires on the first and not on the second.
"""


def _row(rule: Rule) -> str:
    return f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {rule.severity.value} | {_summary(rule)} |"


def _anchor(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _summary(rule: Rule) -> str:
    return (inspect.getdoc(rule.check) or "").splitlines()[0]


def _joined(text: str) -> str:
    """One line a paragraph: how a docstring is wrapped says nothing."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _quoted(text: str) -> str:
    """A block that shows every character as it is: example texts may hold Markdown signs."""
    lines = text.splitlines()
    return "\n".join(["```text", *lines, "```"])


def _section(rule: Rule) -> str:
    pieces = [f"## {rule.code} {rule.name}", f"Severity `{rule.severity.value}`, since {rule.since}. {_summary(rule)}"]
    for title in SECTIONS:
        body = rule.docs[title]
        pieces += [f"**{title}**", _quoted(body) if title in _QUOTED else _joined(body)]
    return "\n\n".join(pieces)


def page() -> str:
    """The whole page, rules in the order of their codes."""
    rules = [*every_rule().values()]
    table = "\n".join(["| code | name | severity | says |", "|---|---|---|---|", *map(_row, rules)])
    return "\n\n".join([_INTRODUCTION.rstrip(), table, *map(_section, rules)]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the page. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the page is not up to date")
    args = parser.parse_args(arguments)
    wanted = page()
    if not args.check:
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{PAGE.name} is not up to date; run: python docs/generate_rules.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
