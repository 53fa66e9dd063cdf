"""The report as one self-contained HTML page: nothing is fetched, nothing of the answer can run.

Jinja2 is imported with the first page, not with the package.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from star_analyzer.render import words
from star_analyzer.render.marked import Note, notes, paragraphs
from star_analyzer.render.markdown import report_markdown, score_markdown
from star_analyzer.render.plain import printable, visible
from star_analyzer.report import Finding, Part, Report, Sentence

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "Report on an answer"
_HEIGHT = 760
"""Height of the frame in a notebook, in pixels."""


def report_html(report: Report, *, title: str | None = None, score: bool = True) -> str:
    """The whole report as a page; `score` shows the verdict's score."""
    return _page().render(
        report=report,
        title=title or NAME,
        markdown=report_markdown(report, title=title, score=False),
        markdown_score=score_markdown(report) if score and report.reliable else "",
        score=score,
        **(_story(report) if report.reliable else {}),
    )


def notebook_html(report: Report) -> str:
    """The page in a frame of its own, so that neither its styles nor its script meet those of the notebook."""
    return (
        f'<iframe title="star_analyzer: report on an answer" sandbox="allow-scripts" allow="clipboard-write" '
        f'width="100%" height="{_HEIGHT}" frameborder="0" srcdoc="{escape(report_html(report))}"></iframe>'
    )


@lru_cache(maxsize=1)
def _page() -> Template:
    """The template with style and script inside, and the hashes that allow these two and nothing else."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    folder = files(__package__) / "templates"
    page, css, js = ((folder / name).read_text(encoding="utf-8") for name in ("report.html.j2", "report.css", "report.js"))
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    policy = f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(js)}; base-uri 'none'; form-action 'none'"
    constants = {"policy": policy, "css": Markup(css), "js": Markup(js), "words": words, "parts": tuple(Part), "printable": printable}  # noqa: S704
    return made.from_string(page, globals=constants)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe(value: Any) -> Any:
    """Every value the template prints passes here, so that no control or direction-changing character gets through."""
    return visible(value) if type(value) is str else value


def _story(report: Report) -> dict[str, Any]:
    """What the template shows of a report that can be relied on."""
    noted = notes(report)
    groups = words.groups(report)
    numbers = {(n.finding.code, n.finding.start): n for n in noted}
    return {
        "groups": groups,
        "note_of": lambda finding: numbers.get((finding.code, finding.start)),
        "where": {(f.code, f.start): place for name in ("step", "good", "also") for f, place in _places(groups, name)},
        "paragraphs": paragraphs(report, noted),
        "reasons": {s.number: _reasons(report, s) for s in report.sentences},
        "stretches": words.stretches(report),
        "runs": _runs(report),
        "scale": _scale(report),
        "counts": {part: share for part, share in words.shares(report)},
        "shown": _shown,
        "signed": _signed,
        "sure": _sure,
    }


def _places(groups: words.Groups, name: str) -> list[tuple[Finding, str]]:
    """The findings of one group with the ids of the places where they stand in full."""
    found = {"step": groups.steps, "good": groups.praise, "also": groups.rest}[name]
    return [(finding, f"{name}{k}") for k, finding in enumerate(found, 1)]


def _shown(note: Note) -> str:
    return "good" if note.finding.praise else note.finding.severity.value


def _reasons(report: Report, sentence: Sentence) -> list[tuple[str, str, str, str, bool]]:
    """Meaning, words, both weights of every cue, and whether it speaks for the part."""
    return [
        (
            cue.meaning,
            "" if cue.start is None or "“" in cue.meaning else report.text[cue.start : cue.end],  # some meanings quote the words
            _signed(cue.weight),
            _signed(cue.weight_for_runner_up),
            cue.weight >= cue.weight_for_runner_up,
        )
        for cue in sentence.cues
    ]


def _signed(weight: float) -> str:
    return f"{weight:+.2f}".replace("-", "−")


def _sure(probability: float) -> str:
    """A probability in percent; none is ever shown as certain."""
    return "Over 99%" if probability > 0.99 else f"{probability:.0%}"


def _scale(report: Report) -> float:
    """Seconds across the timeline: the answer, and the setup line with some room where the answer is shorter."""
    return max(report.structure.seconds, words.ACT_BY * 1.1)


def _runs(report: Report) -> list[dict[str, Any]]:
    """Neighbouring sentences of one part as one stretch of the timeline, in percent of its width."""
    scale, at = _scale(report), 0.0
    out: list[dict[str, Any]] = []
    for sentence in report.sentences:
        if not out or out[-1]["part"] is not sentence.part:
            out.append({"part": sentence.part, "at": at, "seconds": 0.0, "cuts": []})
        else:
            out[-1]["cuts"].append(f"{100 * at / scale:.2f}%")
        out[-1]["seconds"] += sentence.seconds
        at += sentence.seconds
    for run in out:
        width = 100 * run["seconds"] / scale
        run |= {
            "x": f"{100 * run['at'] / scale:.2f}%",
            "width": f"{width:.2f}%",
            "middle": f"{100 * run['at'] / scale + width / 2:.2f}%",
            "wide": width >= 4,
        }
    return out
