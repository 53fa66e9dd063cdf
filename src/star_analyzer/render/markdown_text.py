"""Make a user's text safe inside Markdown: it shows as it was written and formats nothing."""

from __future__ import annotations

import re

from star_analyzer.render.plain import printable

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@:-])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", ":": "&#58;"}
"""Written as entities: a backslash does not keep every reader from HTML, mentions and addresses."""


def escaped(text: str) -> str:
    """One line of Markdown that shows the text literally."""
    shown = _ACTIVE.sub(lambda m: _ENTITIES.get(m.group(), f"\\{m.group()}"), printable(text).strip())
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", shown)  # no ordered list
