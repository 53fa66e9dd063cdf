"""Reports whose words try to act: as markup, as Markdown, as an escape for a terminal."""

from __future__ import annotations

from star_analyzer import Report

STRONG = (
    "Last year our fraud model at a payments company blocked 3.1% of honest orders, and two shops gave notice. "
    "My task was to halve that before the summer, within 50 milliseconds a decision.\n\n"
    "First I read 300 blocked orders by hand with Dana from support, because nobody had looked at single cases. "
    "I considered a neural network, but it needed 120 milliseconds, so I gave up a little recall and chose a smaller model. "
    "I tested it in shadow mode for two weeks, rolled it out, and set an alert that would switch us back.\n\n"
    "As a result, false blocks fell from 3.1% to 1.3%, and everybody was really happy. I learned to read real cases before I pick a model."
)
WEAK = (
    "So yeah, communication is really important, I think. We have this platform with gRPC and a service mesh, and the DAGs were late. "
    "We looked at whether the CDC pipeline should move to something else. It was a bit better in the end."
)
GERMAN = "Im letzten Jahr habe ich ein kleines Team geleitet und wir haben gemeinsam die Datenbank umgestellt, damit alles schneller läuft."
EVIL = {
    "script": "<script>window.ran = 1</script>",
    "image": "<img src=x onerror='window.ran = 1'>",
    "svg": '"><svg onload="window.ran = 1">',
    "closing": "</script></style></title></textarea></pre></a></p></mark>",
    "comment": "<!-- -->]]>",
    "entity": "&lt;b&gt; &amp;amp; &#0;",
    "template": "{{ 7*7 }} {% raw %} {# x #}",
    "bidi": "\u202eabc\u2066d\u200f",
    "escape": "\x1b[31mred\x1b]0;x\x07\x00\x9b2J",
    "markdown": "`a` **b** [c](javascript:d) ![e](f) | # ~~g~~ @all :smile: $x$ http://h www.i.j",
}


def answer(evil: str) -> str:
    """An answer that says something evil in every part."""
    return STRONG.replace("orders, and", f"orders {evil}, and").replace("from 3.1% to", f"from 3.1% {evil} to").replace("really", evil)


def poisoned(report: Report, evil: str) -> Report:
    """The report with the evil words in everything that a speaker or a lexicon can write."""
    spoil = {"message": evil, "suggestion": evil, "quote": evil}
    findings = tuple(f.model_copy(update=spoil | ({"follow_up": evil} if f.follow_up else {})) for f in report.findings)
    steps = {(f.code, f.start) for f in report.next_steps}
    cues = tuple(c.model_copy(update={"meaning": evil}) for c in report.sentences[0].cues)
    return report.model_copy(
        update={
            "text": (evil * (len(report.text) // max(1, len(evil)) + 1))[: len(report.text)],
            "question": evil,
            "findings": findings,
            "next_steps": tuple(f for f in findings if (f.code, f.start) in steps),
            "sentences": (report.sentences[0].model_copy(update={"cues": cues}), *report.sentences[1:]),
        }
    )
