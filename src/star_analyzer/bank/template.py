"""The template of a story."""

from __future__ import annotations

import json

from star_analyzer.cards import FIELDS
from star_analyzer.evidence import CATEGORIES

_INTRODUCTION = """\
---
# A story for your bank. Write the telling first if you like: the card is what it boils down to.
# Lines that begin with # are notes; leave them or take them out.
"""
_TAGS = f"""
# What you mean the story for, of: {", ".join(CATEGORIES)}
tags: []
---
"""
_TELLING = """
<!--
Tell it here, as you would say it: 200 to 300 words are a minute and a half to two minutes.
 - Two or three sentences of how things were, and one of what you had to reach.
 - Most of it: what you did, step by step, with "I"; what you decided, why, and what you turned down for it.
 - What came of it, with the number before and after; what happened after launch.
 - What you do differently since then.
-->
"""


def story_template(title: str = "") -> str:
    """The template, ready for a title; its fields are empty, and comments say what belongs there."""
    lines = [f"title: {json.dumps(_plain(title), ensure_ascii=False)}"]
    for field in FIELDS:
        lines += ["", f"# {field.label}: {field.asks}", f"# Example: {field.example}", f"{field.name}:"]
    return _INTRODUCTION + "\n".join(lines) + "\n" + _TAGS + _TELLING


def _plain(title: str) -> str:
    """The title on one line, without characters that YAML refuses."""
    return "".join(c for c in " ".join(title.split()) if c.isprintable())
