"""Who did what: the grammatical doer of every verb of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from star_analyzer.nlp.facts import UnitFacts
from star_analyzer.nlp.grammar import Clause
from star_analyzer.nlp.view import SUBJECTS, View

Doer = Literal["i", "we", "other", "passive", "implied", "thing"]
_NO_DEED = frozenset(
    "be have need want know like love feel seem appear hope wish mean matter belong exist remain stay become get happen depend lack cost "
    "contain include consist think believe guess suppose remember understand see hear".split()
)
"""Verbs that say a state or a thought, not something done. "Get" is more often "become" than "obtain"."""
_PERSONS = frozenset({"they", "role", "my-role", "self_role", "name", "my", "our", "our-role"})
"""Subjects that are somebody else, also "my wife" and "our vendor"."""
_OTHERS = frozenset("him her them you someone somebody everyone everybody people others whoever".split())
_PEOPLE = frozenset({"role", "self_role"})
_COMPANIES = frozenset("company firm startup business organisation organization agency consultancy bank insurer ministry council".split())
_LONGEST_COMPANION = 6
"""Words of "my old manager and" before "I"."""
_DONE = frozenset({"past", "perfect", "pluperfect", "participle", "past-progressive"})
_TEAM = frozenset("team group squad crew department we us".split())
_NOT_OURS = frozenset("other another their his her whose".split())
_LEADS = frozenset("decide try start begin manage go help".split())
"""Verbs whose complement is the deed: "decided to split"."""
_NOT = frozenset({"not", "n't", "never", "nt"})
_NOBODY = frozenset({"nobody", "none"})
_SAME_IN_PAST = frozenset("set put cut split shut hit read".split())
"""Forms that are past and present; a tagger that knows only the sentence often takes "I set up" for a present."""


class FoundDeed(NamedTuple):
    """A verb with its doer; laid out as `evidence.Deed`."""

    start: int
    end: int
    doer: Doer
    who: tuple[int, int] | None
    verb: str
    finished: bool
    action: bool


def deeds(view: View, facts: UnitFacts) -> list[FoundDeed]:
    """The deeds of a sentence, the main clause first."""
    return [deed for clause in facts.clauses if (deed := _deed(view, clause, facts.classes)) is not None]


def _deed(view: View, clause: Clause, classes: Mapping[int, tuple[str, ...]]) -> FoundDeed | None:
    if clause.copular or view.pos[clause.verb] not in ("VERB", "AUX"):
        return None
    verb, lemma = clause.verb, clause.lemma
    if lemma in _LEADS and clause.complement is not None and _has_same_doer(view, clause.complement):
        verb = clause.complement
        particle = next((view.lower[c] for c in view.children[verb] if view.dep[c] == "compound:prt"), "")
        lemma = f"{view.lemma[verb]} {particle}".rstrip()
    token = clause.subject_token
    who = (view.start[token], view.end[token]) if token is not None else None
    action = lemma.partition(" ")[0] not in _NO_DEED
    return FoundDeed(view.start[verb], view.end[verb], _doer(view, clause, classes), who, lemma, _finished(view, clause, verb), action)


def _has_same_doer(view: View, complement: int) -> bool:
    """Whether a complement is a verb without a subject of its own: not "started small" or "decided that we should split"."""
    return view.pos[complement] == "VERB" and not any(view.dep[c] in SUBJECTS for c in view.children[complement])


def _finished(view: View, clause: Clause, verb: int) -> bool:
    nobody = clause.subject_token is not None and view.lower[clause.subject_token] in _NOBODY
    if clause.negated or nobody or any(view.lower[c] in _NOT for c in view.children[verb]):
        return False
    if clause.tense in _DONE:
        return verb == clause.verb or clause.lemma != "go" or clause.tense != "past-progressive"  # "was going to split" is a plan
    form, tag = view.lower[clause.verb], view.tag[clause.verb]
    if clause.tense == "present":
        return tag == "VBP" and form in _SAME_IN_PAST
    # "Rewrote it" cannot be a base form; of "Bring" the lemmatizer makes "bre"
    return clause.tense == "base" and tag == "VB" and form != view.lemma[clause.verb] and not form.endswith(("ing", "s"))


def _doer(view: View, clause: Clause, classes: Mapping[int, tuple[str, ...]]) -> Doer:
    if clause.passive:
        agent = next((c for c in view.children[clause.verb] if _is_agent(view, c, classes)), None)
        if agent is None:
            return "passive"
        if view.lower[agent] == "me":
            return "i"
        return "we" if _is_own_team(view, agent) else "other" if _is_person(view, agent, classes) else "thing"
    subject, token = clause.subject, clause.subject_token
    if token is not None and _with_me(view, token):
        return "we"
    if subject == "i":
        return "i"
    if token is not None and view.lemma[token] in _TEAM:
        return "we" if _is_own_team(view, token) else "other"
    if subject == "we":
        return "we"
    if subject in _PERSONS or (token is not None and view.lemma[token] in _COMPANIES):
        return "other"
    return "implied" if subject == "none" else "thing"


def _with_me(view: View, token: int) -> bool:
    """Whether the subject is the speaker with somebody else: "Dana and I", "I and two nurses".

    Read from the words: parsers take such a subject apart. Before "and I" nothing may stand but that somebody, or it
    would be the end of another clause ("we called Dana and I wrote it down").
    """
    if view.lower[token] != "i":
        return False
    if view.lower[token + 1 : token + 2] == ["and"]:
        following = view.pos[token + 2 : token + 5]
        return "NOUN" in following[:3] and not {"VERB", "AUX"} & set(following[: following.index("NOUN")])
    at = token - 1
    if at < 1 or view.lower[at] != "and":
        return False
    while at > 0 and view.pos[at - 1] not in ("PUNCT", "SPACE", "VERB", "AUX", "SCONJ"):
        at -= 1
    if at > 0 and view.pos[at - 1] in ("VERB", "AUX"):
        return False
    return any(view.pos[i] in ("NOUN", "PROPN") for i in range(at, token - 1)) and token - at <= _LONGEST_COMPANION


def _is_agent(view: View, token: int, classes: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a word behind a passive says who did it. Parsers take some of them for a time or a place: then it has to be somebody."""
    if view.dep[token] == "obl:agent":
        return view.lower[token] != "hand"
    by = any(view.dep[c] == "case" and view.lower[c] == "by" for c in view.children[token])
    somebody = view.lower[token] == "me" or _is_person(view, token, classes)
    return by and view.dep[token] == "obl" and somebody and view.pos[token] != "PROPN"  # "by Friday"


def _is_own_team(view: View, token: int) -> bool:
    """Whether a word is a team that the speaker may belong to: not "another team" or "the vendor's team"."""
    foreign = (
        view.lower[c] in _NOT_OURS or (view.dep[c] == "nmod:poss" and view.lower[c] not in ("my", "our")) for c in view.children[token]
    )
    return view.lemma[token] in _TEAM and not any(foreign)


def _is_person(view: View, token: int, classes: Mapping[int, tuple[str, ...]]) -> bool:
    ours = any(view.dep[c] == "nmod:poss" and view.lower[c] in ("my", "our") for c in view.children[token])
    named = view.pos[token] == "PROPN" or view.lower[token] in _OTHERS or view.lemma[token] in (_COMPANIES | _TEAM)
    return ours or named or not _PEOPLE.isdisjoint(classes.get(token, ()))
