"""Make a user's text safe inside Markdown: it shows as it was written and formats nothing."""

from __future__ import annotations

import re

from star_analyzer.render.plain import printable

# what means something inside a line; a colon and "www." only where they would make a link or an emoji
_ACTIVE = re.compile(r"[\\`*_\[\]|~#$<>&@]|:(?=//|\w)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^([-+=]|\d{1,9}[.)])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", ":": "&#58;"}
"""Written as entities: a backslash does not keep every reader from HTML, mentions and addresses."""


def escaped(text: str) -> str:
    """One line of Markdown that shows the text literally."""
    shown = _ACTIVE.sub(lambda m: _ENTITIES.get(m[0]) or f"\\{m[0]}", printable(text).strip())
    return _START.sub(lambda m: f"{m[1][:-1]}\\{m[1][-1]}", shown)  # no list and no underlined heading
