"""Before and after: two numbers that are told as a change, and words that say their ratio ("halved").

A pair is known by the words between two neighbouring quantities and right around them: "from A to B", "A → B",
"used to be A, now B", "B, down from A". Only a few dozen characters around the numbers are looked at, so the
time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from star_analyzer.nlp.quantities import ONES, OUTCOME_KINDS, SECONDS, TENS, Quantity


class Change(NamedTuple):
    """A before and an after, or only their ratio. Offsets are characters of the text."""

    start: int
    end: int
    before: float | None
    after: float | None
    """Both in `unit`: "nine hours to forty minutes" is told as 540 and 40 minutes."""
    ratio: float | None
    """After divided by before, where only that is said: 0.5 for "halved", 3 for "3x faster"."""
    unit: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST_GAP = 72  # characters between the two numbers
_AROUND = 64  # characters before the first and behind the second

_WORD = re.compile(r"[^\W_]++(?:['’][^\W_]++)*+|-{1,2}>|=>|–>|[→⇒➔⟶.;:!?]")
_ABOUT = _words(
    "about around roughly approximately nearly almost just only under over below above less fewer more than least most average "
    "averaging some maybe like probably basically say well something a an the our its their um uh er somewhere"
)
"""Say nothing about what stands before or behind a number."""
_ARROWS = _words("→ -> --> => ⇒ ➔ ⟶ –>")
_TO = _words("to into became becomes becoming")
_STRAIGHT = _words("all way down up back straight right")
_BREAKS = _words("and but then because so or which . ; : ! ?")
"""Between "from A" and "to B" there are none of these."""
_STOPS = _words(". ; : ! ?")
_DOWN = _words(
    "cut cuts cutting reduce reduced reduces reducing drop drops dropped dropping fell fall falls falling fallen decline declined "
    "declining decrease decreased decreasing down slash slashed slashing shrank shrink shrunk shrinking lower lowered lowering trim "
    "trimmed trimming shorten shortened shortening shaved halved sank"
)
_UP = _words(
    "grew grow grown growing grows rose rise rises risen rising increase increased increases increasing up raise raised raising climb "
    "climbed climbing jump jumped jumping improve improved improves improving improvement boost boosted boosting expand expanded "
    "scale scaled scaling leapt lifted doubled"
)
_MOVED = _DOWN | _UP | _words("went go goes going gone move moved moving bring brought bringing took taken got getting get turned")
_TURNS = _MOVED - _words("took go going goes get come comes taken")
"""Verbs that make a change of "five hours to three" and "5% to 8%"."""
_ONCE = _words("used was were took take had cost needed required before previously initially originally first until")
_NOW = _words("now today nowadays currently afterwards after end finally")
_BEFORE = _words("before previously originally initially earlier beforehand")
_TAKES = _words("takes take took is was needs needed costs cost got gets it's")
_STEPS = _words("improvement increase drop decrease reduction decline jump rise gain growth change fall")
_BASELINE = _words("before previously baseline last year quarter month originally earlier control old first previous")
_RANGING = _words(
    "range ranged ranges ranging anywhere vary varied varies varying scale takes take lasts age aged ages hours everything worked open"
)
"""Before "from A to B": a range."""
_LOOSE_KINDS = _words("count rate")
_SAME_UNITS = (
    SECONDS,
    {"byte": 1.0, "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12, "petabyte": 1e15},
    {"milligram": 1e-3, "gram": 1.0, "kilogram": 1e3, "ton": 1e6},
    {"millimetre": 1e-3, "centimetre": 1e-2, "metre": 1.0, "kilometre": 1e3},
    {"cent": 0.01, "dollar": 1.0},
    {"cent": 0.01, "euro": 1.0},
    {"basis point": 0.01, "point": 1.0},
)
"""Units that can be told in each other."""
_PLACES = 9  # decimals that are kept of a computed value

# Ratios

_LESS = "less|fewer|lower|smaller|cheaper|shorter|slower|quieter|lighter"
_MORE = "more|higher|larger|bigger|faster|quicker|longer|greater|better|stronger|safer|heavier"
_AS = r"as\s{1,3}[a-z]{2,12}"  # "as many", "as fast"
_AMOUNT = "cost|price|size|number|amount|rate|effort|work|latency|memory|speed|volume"
_OF_BEFORE = (
    r"of\s{1,3}(?:what\s{1,3}(?:it|we|they|i|he|she|you|that|this|there)(?:['’]d|\s{1,3}(?:was|were|had|used|has|would|cost|took|paid|spent))"
    r"|(?:the|its|their|our|his|her|my)\s{1,3}(?:original|previous|former|initial|old|earlier|prior|usual))\b"
)
"""The end of "a third of what it was", "of its former size"."""
_THAN_BEFORE = re.compile(
    rf"""(?ix) \s{{1,3}} (?: (?P<same> {_AS}\b | {_OF_BEFORE} | the\s{{1,3}}(?:{_AMOUNT})\b | what\b )
       | (?P<less> (?:{_LESS})\b | (?:reduction|decrease|drop|saving)s?\b )
       | (?P<more> (?:{_MORE})\b | (?:improvement|speed-?\s?up|increase|gain|growth|jump|rise|boost)s?\b ) )"""
)
"""Behind "3 times" or "a third"."""
_SHARE_OF_BEFORE = re.compile(rf"(?i)\s{{1,3}}{_OF_BEFORE}")
"""Behind "30%"."""
_OF_THE_TIME = re.compile(rf"(?i)\s{{1,3}}(?:of\s{{1,3}})?the\s{{1,3}}(?:time|{_AMOUNT})\b")
_SO_MANY_IN = re.compile(r"(?i)\sin\s")  # "one in five" is a share of something, not of what was before
_BEFORE_TIME = _words("in for takes took at to")
"""Of "in half the time"; but "half the time it was broken"."""
_BECAME = re.compile(
    r"""[HhDdTtQq](?i:(?=[aoru]))(?<![\w-].)                             # these letters first make the search fast
        (?i:(?P<half>alv(?:ed|ing))|(?P<double>oubl(?:ed|ing))|(?P<triple>r(?:ipl|ebl)(?:ed|ing))|(?P<quadruple>uadrupl(?:ed|ing))
          | (?P<base>alve|ouble|riple)(?=\s{1,3}(?:the|our|my|its|their|what)\b)
        )(?i:(?![\w-]|\s{1,3}(?:down|back|over|as|up|check)\b))""",
    re.VERBOSE,
)
_RATIOS = {"half": 0.5, "double": 2.0, "triple": 3.0, "quadruple": 4.0, "alve": 0.5, "ouble": 2.0, "riple": 3.0}
_ONLY_WANTED = _words("to could would should will can must might")  # "the goal was to double the sales"
_MANAGED = _words("managed able helped us them")


def changes(text: str, start: int, end: int, found: Sequence[Quantity]) -> list[Change]:
    """All changes told in a stretch of the text, in order. `found` are its quantities."""
    measures = [q for q in found if q.kind in OUTCOME_KINDS]
    told = [_pair(one, two, way) for one, two in pairwise(measures) if (way := _direction(text, start, end, one, two))]
    told += [c for q in measures if (c := _ratio(text, start, end, q))]
    told += _became(text, start, end)
    out: list[Change] = []
    for change in sorted(told, key=lambda c: (c.start, c.ratio is not None)):
        if not out or change.start >= out[-1].end:
            out.append(change)
    return out


# Pairs


class _Around(NamedTuple):
    """Two quantities with the words around them, without "about" and the like."""

    one: Quantity
    two: Quantity
    before: list[str]
    gap: list[str]
    after: list[str]


def _direction(text: str, start: int, end: int, one: Quantity, two: Quantity) -> int:
    """1 if the first of two numbers is the before, -1 if the second is, 0 if they are no change ("two to three weeks")."""
    if two.start - one.end > _LONGEST_GAP or not _comparable(one, two):
        return 0
    gap = _told(text, one.end, two.start)
    if not gap:
        return 0
    before = _told(text, max(start, one.start - _AROUND), one.start)
    pair = _Around(one, two, before, gap, _told(text, two.end, min(end, two.end + _AROUND)))
    if gap[-1] in _ARROWS:
        return 1 if len(gap) <= 4 and _same_thing(one, two) else 0
    if _down_from(pair) or _compared(pair):
        return -1
    if gap[-1] in _TO:
        return 1 if _from_to(pair, text) or _brought_to(pair) else 0
    return 1 if _now(pair) or _beforehand(pair) or _instead(pair) else 0


def _told(text: str, start: int, end: int) -> list[str]:
    return [w for w in _WORD.findall(text[start:end].lower()) if w not in _ABOUT]


def _comparable(one: Quantity, two: Quantity) -> bool:
    """Whether two numbers may be of the same thing."""
    if one.kind == two.kind:
        return one.kind != "ratio" or one.unit == two.unit
    if one.kind in _LOOSE_KINDS and two.kind in _LOOSE_KINDS:
        return True
    return "" in (one.unit, two.unit) and "count" in (one.kind, two.kind) and "ratio" not in (one.kind, two.kind)


def _same_thing(one: Quantity, two: Quantity) -> bool:
    """Whether two numbers surely are of the same thing."""
    if one.kind == two.kind and one.kind not in _LOOSE_KINDS:
        return True
    (name, per), (other_name, other_per) = _parts(one.unit), _parts(two.unit)
    return name == other_name or ("" in (name, other_name) and (per == other_per or "" in (per, other_per)))


def _from_to(pair: _Around, text: str) -> bool:
    """Whether it is "from A to B", or without "from" what cannot be a range: "cut five days to two", "grew 5% to 8%"."""
    gap, before = pair.gap, pair.before
    if len(gap) > 9 or not _BREAKS.isdisjoint(gap):
        return False
    place = _last(before, "from")
    moving = any(w in _TURNS for w in _last_clause(before))
    hours = _may_be_hours(pair)
    if place is not None and len(before) - place <= 5 and _BREAKS.isdisjoint(before[place:]) and _TO.isdisjoint(before[place:]):
        return (place == 0 or before[place - 1] not in _RANGING) and (moving or not hours)
    if hours or not _same_thing(pair.one, pair.two) or before[-1:] == ["by"]:  # "by 8 points to 0.74": a difference and where it led
        return False
    if _value_in(pair.one, pair.two.unit) > pair.two.value:
        return moving or (len(gap) <= 3 and pair.one.kind not in _LOOSE_KINDS and pair.one.kind == pair.two.kind)
    own = pair.one.kind == "metric" or not _is_number_only(text[pair.one.start : pair.one.end])
    return moving and own and pair.one.kind == pair.two.kind and _STRAIGHT.issuperset(gap[:-1])


def _may_be_hours(pair: _Around) -> bool:
    """Whether it may be "Wednesdays from two to four"."""
    return not pair.one.unit and not pair.two.unit and all(q.value in range(13) for q in (pair.one, pair.two))


def _brought_to(pair: _Around) -> bool:
    """Whether a verb leads to the second: "12 a month, and we got it down to 2"."""
    if _MOVED.isdisjoint(pair.gap[:-1]) or not _STOPS.isdisjoint(pair.gap) or pair.gap[-2] == "up":
        return False
    return _same_thing(pair.one, pair.two) and (bool(pair.one.unit) or not pair.two.unit)


def _now(pair: _Around) -> bool:
    """Whether it is "used to take A, now B" or "it was A, after that it was B"."""
    if len(pair.gap) > 9 or not _says_now(pair.gap) or not _same_thing(pair.one, pair.two):
        return False
    return not _ONCE.isdisjoint(_last_clause(pair.before))


def _beforehand(pair: _Around) -> bool:
    """Whether it is "A before, B after"."""
    if (_BEFORE.isdisjoint(pair.gap[:3]) and pair.gap[:2] != ["at", "first"]) or not _same_thing(pair.one, pair.two):
        return False
    return not _NOW.isdisjoint(pair.after[:3]) or not _NOW.isdisjoint(pair.gap)


def _says_now(gap: list[str]) -> bool:
    """Whether the second number is said to be later: "now", "in the end", "and after that"."""
    place = _last(gap, *_NOW)
    if place is None:
        return False
    if gap[place] == "after":
        return place == 0 or gap[place - 1] in ("and", "but", "then", ";")
    return gap[place] != "end" or gap[place - 1] in ("in", "by", "at")


def _instead(pair: _Around) -> bool:
    """Whether it is "instead of A it takes B"."""
    return pair.before[-2:] in (["instead", "of"], ["rather", "than"], ["rather"]) and not _TAKES.isdisjoint(pair.gap)


def _down_from(pair: _Around) -> bool:
    """Whether it is "B, down from A" or "to B from A"."""
    gap = pair.gap
    place = _last(gap, "from")
    if place is None or len(gap) - place > 4 or not _STOPS.isdisjoint(gap[place:]) or not _TO.isdisjoint(pair.after[:3]):
        return False
    if place == 0:
        return bool(pair.before) and pair.before[-1] in ("to", "at", "is", "now", "into")
    return gap[place - 1] in _DOWN or gap[place - 1] in _UP or gap[place - 1] in _STEPS


def _compared(pair: _Around) -> bool:
    """Whether it is "B instead of A", "B, it used to be A" or "B vs A before"."""
    gap, last = pair.gap, pair.gap[-2:]
    if not _same_thing(pair.one, pair.two) or len(gap) > 8 or not (pair.one.unit or pair.two.unit):
        return False
    if last in (["instead", "of"], ["compared", "to"], ["compared", "with"], ["opposed", "to"]) or gap[-1] == "rather":
        return True
    if gap[-3:] in (["used", "to", "be"], ["used", "to", "take"]) or ("where" in gap[-4:] and gap[-1] in ("was", "were", "been")):
        return True
    versus = _last(gap, "vs", "versus", "against")
    return versus is not None and (not _BASELINE.isdisjoint(gap[versus:]) or not _BASELINE.isdisjoint(pair.after[:4]))


def _last(words: list[str], *wanted: str) -> int | None:
    return next((k for k in range(len(words) - 1, -1, -1) if words[k] in wanted), None)


def _last_clause(words: list[str]) -> list[str]:
    stop = _last(words, ".", ";", "!", "?")
    return words if stop is None else words[stop + 1 :]


def _is_number_only(written: str) -> bool:
    """Whether a quantity is written without its unit, so that it has it from its neighbour."""
    last = re.split(r"[\s-]", written.lower())[-1]
    return last[-1:].isdigit() or last in ONES or last in TENS or last in ("hundred", "half", "zero")


def _value_in(one: Quantity, unit: str) -> float:
    """A value in the unit of another quantity, where one can be told in the other."""
    if one.unit == unit:
        return one.value
    name, per = _parts(one.unit)
    other_name, other_per = _parts(unit)
    return round(one.value * _factor(name, other_name) / _factor(per, other_per), _PLACES)


def _parts(unit: str) -> tuple[str, str]:
    """A unit and what it is spread over: "call" and "day" of "call per day"."""
    name, _, per = f" {unit}".partition(" per ")
    return name.strip(), per


def _factor(unit: str, other: str) -> float:
    return next((table[unit] / table[other] for table in _SAME_UNITS if unit in table and other in table), 1.0)


def _pair(one: Quantity, two: Quantity, direction: int) -> Change:
    old, new = (one, two) if direction > 0 else (two, one)
    unit = new.unit or old.unit
    if unit.startswith("per "):  # "from 12 calls a day to 4 a day"
        unit = f"{_parts(old.unit)[0]} {unit}".strip()
    elif old.unit.startswith(f"{unit} per "):  # "$4k a month → $160"
        unit = old.unit
    return Change(one.start, two.end, _value_in(old, new.unit), new.value, None, unit)


# Ratios


def _ratio(text: str, start: int, end: int, quantity: Quantity) -> Change | None:
    """The ratio that a quantity is, by the words around it: "3x faster", "by a third", "30% of what it was"."""
    value, at = quantity.value, quantity.end
    if quantity.kind == "percent":
        share = _SHARE_OF_BEFORE.match(text, at, end)
        return Change(quantity.start, share.end(), None, None, round(value / 100, _PLACES), "") if share else None
    if quantity.kind != "ratio" or quantity.unit not in ("", "times") or value <= 0 or _SO_MANY_IN.search(text, quantity.start, at):
        return None
    before = _last_clause(_told(text, max(start, quantity.start - _AROUND), quantity.start))
    after = _THAN_BEFORE.match(text, at, end)
    if after is None and value < 1 and before and before[-1] in _BEFORE_TIME:
        after = _OF_THE_TIME.match(text, at, end)
    ratio = _ratio_by_words(value, quantity.unit, before, after)
    return Change(quantity.start, after.end() if after else at, None, None, round(ratio, _PLACES), "") if ratio else None


def _ratio_by_words(value: float, unit: str, before: list[str], after: re.Match[str] | None) -> float | None:
    """After divided by before for "3 times" (unit) or "a third" (no unit), between the words before and the match behind."""
    less = after is not None and after.lastgroup == "less"
    more = after is not None and after.lastgroup == "more"
    verb = next((w for w in reversed(before) if w in _DOWN or w in _UP), "")
    if unit:
        if after is not None:
            return 1 / value if less else value
        near = verb in before[-6:]
        return (1 / value if verb in _DOWN else value) if verb and near else None
    if after is not None:
        return 1 - value if less else 1 + value if more else value
    if not verb or not before:
        return None
    if before[-1] == "by":
        return 1 - value if verb in _DOWN else 1 + value
    return value if (before[-1] in ("to", "into") and verb in _DOWN) or (before[-1] == "in" and value == 0.5) else None


def _became(text: str, start: int, end: int) -> list[Change]:
    """Words that say a ratio themselves: "halved", "doubled"."""
    piece = text[start:end]
    return [
        Change(start + match.start(), start + match.end(), None, None, _RATIOS[(match["base"] or match.lastgroup or "").lower()], "")
        for match in _BECAME.finditer(piece)
        if not match["base"] or _happened(piece[max(0, match.start() - _AROUND) : match.start()])
    ]


def _happened(before: str) -> bool:
    """Whether "double the sales" was more than a wish."""
    words = _WORD.findall(before.lower())[-4:]
    return not _MANAGED.isdisjoint(words) or (bool(words) and words[-1] not in _ONLY_WANTED)
