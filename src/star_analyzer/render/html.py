"""The report as one self-contained HTML page: nothing is fetched, nothing of the answer can run.

Jinja2 is imported with the first page, not with the package.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from star_analyzer.finding import Finding
from star_analyzer.render import words
from star_analyzer.render.markdown import report_markdown, score_markdown
from star_analyzer.render.marked import Note, Piece, notes, paragraphs, pieces
from star_analyzer.render.page import template
from star_analyzer.render.plain import printable, visible
from star_analyzer.report import Part, Report, Sentence

if TYPE_CHECKING:
    from jinja2 import Template

_HEIGHT = 760
"""Height of the frame in a notebook, in pixels."""
_SIGNS = {
    True: '<span class="sign" aria-hidden="true">+</span><span class="vh">for: </span>',
    False: '<span class="sign" aria-hidden="true">−</span><span class="vh">against: </span>',
}


def report_html(report: Report, *, title: str | None = None, score: bool = True) -> str:
    """The whole report as a page; `score` shows the verdict's score."""
    return _page().render(
        report=report,
        title=title or words.NAME,
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
    from markupsafe import Markup

    letters = {p: Markup(f'<span class="k {p.value}" aria-hidden="true">{words.LETTERS[p]}</span>') for p in Part}
    names = {p: words.named(p) for p in Part}
    constants = {"letters": letters, "names": names, "words": words, "printable": printable}
    return template("report.html.j2", ("report.css",), "report.js", constants)


def _story(report: Report) -> dict[str, Any]:
    """What the template shows of a report that can be relied on."""
    from markupsafe import Markup

    noted = notes(report)
    told = paragraphs(report)
    groups = words.groups(report)
    numbers = {(n.finding.code, n.finding.start): n for n in noted}
    return {
        "groups": groups,
        "note_of": lambda finding: numbers.get((finding.code, finding.start)),
        "where": {(f.code, f.start): place for name in ("step", "good", "also") for f, place in _places(groups, name)},
        "paragraphs": told,
        "noted": [[n for t in p.told for n in noted if n.sentence == t.sentence.number] for p in told],
        "inside": {s.number: Markup(_inside(pieces(report, s, noted))) for s in report.sentences},
        "reasons": {s.number: Markup(_reasons(report, s)) for s in report.sentences},
        "stretches": words.stretches(report),
        "runs": _runs(report),
        "scale": _scale(report),
        "counts": dict(words.shares(report)),
        "shown": _shown,
        "sure": _sure,
    }


def _places(groups: words.Groups, name: str) -> list[tuple[Finding, str]]:
    """The findings of one group with the ids of the places where they stand in full."""
    found = {"step": groups.steps, "good": groups.praise, "also": groups.rest}[name]
    return [(finding, f"{name}{k}") for k, finding in enumerate(found, 1)]


def _shown(note: Note) -> str:
    return "good" if note.finding.praise else note.finding.severity.value


def _text(text: str) -> str:
    """Words of the answer or of a weight table inside markup that is put together here and not in the template."""
    return escape(visible(text))


def _inside(cut: tuple[Piece, ...]) -> str:
    """The words of a sentence with its marks."""
    out: list[str] = []
    for piece in cut:
        for n in piece.begins:
            out.append(f'<sup class="n {_shown(n)}"><span class="vh"> note </span>{n.number}<span class="vh"> </span></sup>')
        words_of, cue = _text(piece.text), " cue" if piece.cue else ""
        if piece.found:
            out.append(f'<mark class="{_shown(piece.found[0])}{cue}">{words_of}</mark>')
        else:
            out.append(f'<span class="cue">{words_of}</span>' if cue else words_of)
    return "".join(out)


def _reasons(report: Report, sentence: Sentence) -> str:
    """The rows of the explanation: every cue with its words and both weights, and what the sentences around add."""
    rows = []
    for cue in sentence.cues:
        quoted = cue.start is not None and "“" not in cue.meaning  # some meanings quote the words
        words_of = f" <q>{_text(report.text[cue.start : cue.end])}</q>" if quoted else ""
        weights = f"<td>{_signed(cue.weight)}</td><td>{_signed(cue.weight_for_runner_up)}</td>"
        rows.append(f"<tr><td>{_SIGNS[cue.weight >= cue.weight_for_runner_up]}{_text(cue.meaning)}{words_of}</td>{weights}</tr>")
    around = f"<td>{_SIGNS[sentence.order_weight >= 0]}the sentences around it</td><td>{_signed(sentence.order_weight)}</td><td></td>"
    return "\n".join([*rows, f"<tr>{around}</tr>"])


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
    said = sum(s.seconds for s in report.sentences) or 1.0
    # as many seconds of the timeline as of the answer: recorded silences belong to no sentence and are spread over all
    scale, at = _scale(report) * said / (report.structure.seconds or said), 0.0
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
            "wide": width >= 4,
        }
    return out
