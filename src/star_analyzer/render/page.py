"""Self-contained HTML pages: nothing is fetched, and nothing but their own style and script can act.

Jinja2 is imported with the first page, not with the package.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from star_analyzer.render.plain import visible

if TYPE_CHECKING:
    from jinja2 import Template


def template(page: str, styles: Sequence[str], script: str | None, constants: Mapping[str, Any]) -> Template:
    """A template of `render/templates` with styles and script inside, and the hashes that allow these and nothing else."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    folder = files(__package__) / "templates"
    css = "".join((folder / name).read_text(encoding="utf-8") for name in styles)
    js = (folder / script).read_text(encoding="utf-8") if script else ""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    scripts = f"script-src {_hash(js)}; " if script else ""
    policy = f"default-src 'none'; style-src {_hash(css)}; {scripts}base-uri 'none'; form-action 'none'"
    own = {"policy": policy, "css": Markup(css), "js": Markup(js)}
    return made.from_string((folder / page).read_text(encoding="utf-8"), globals={**own, **constants})


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe(value: Any) -> Any:
    """Every value the template prints passes here, so that no control or direction-changing character gets through."""
    return visible(value) if type(value) is str else value
