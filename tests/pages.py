"""Pages read the strict way, for the tests of what is written as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
VOID = {"meta", "br", "rect", "line", "link", "img", "input"}


class Page(HTMLParser):
    """A page read the strict way: every element closed in order, with attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.inside: dict[str, list[str]] = {"style": [], "script": [], "title": []}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        top = self.open[-1] if self.open else ""
        self.inside.get(top, self.said).append(data)

    @property
    def text(self) -> str:
        """What is shown, style and script left out."""
        return "".join(self.said)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
