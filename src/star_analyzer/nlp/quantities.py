"""Numbers with meaning in a sentence: value, unit and what kind of quantity.

Reads characters, not spaCy's tokens, because tokenizers differ over "200ms", "$1.2M" and "3.5x": one regular
expression cuts a stretch into numbers, words and signs, and everything else looks at these and their neighbours.
What is no measurement (dates, versions, "24/7", sizes of teams, numbers of sections) is recognised as such and
kept under its own kind, so that nothing downstream has to guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
"""Number words below twenty."""
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""Number words for the tens."""
SECONDS = {
    "nanosecond": 1e-9, "microsecond": 1e-6, "millisecond": 1e-3, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0,
    "night": 86_400.0, "weekend": 172_800.0, "week": 604_800.0, "fortnight": 1_209_600.0, "sprint": 1_209_600.0, "month": 2_629_800.0,
    "quarter": 7_889_400.0, "year": 31_557_600.0, "decade": 315_576_000.0,
}  # fmt: skip
"""Units of time in seconds."""
OUTCOME_KINDS = frozenset({"percent", "percentage_points", "money", "time", "ratio", "rate", "metric", "count", "size"})
"""Kinds that can measure an outcome."""


class Quantity(NamedTuple):
    """A number in the text. `start` and `end` are character offsets; the span covers number and unit."""

    start: int
    end: int
    value: float
    """The number itself in its `unit`: 40 for "40%", 1.2e6 for "$1.2M", 2.5 for "two and a half days"."""
    unit: str
    """Singular, lower case, abbreviations written out ("hour", "%", "dollar", "ticket per week"); "" for a bare number."""
    kind: str
    """percent, percentage_points, money, time, ratio, rate, metric, size, count; or what is no measurement: date, people,
    ordinal, label, always."""
    metric: str
    """Model metric named beside it ("auc"), else ""."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Number words

_SMALL = {**ONES, **TENS}
_SCALES = {"thousand": 1e3, "grand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9}
_GROUPS_OF = {"hundred": 100.0, "dozen": 12.0}
_LETTERS = {"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "cr": 1e7}
"""Scales that are written right behind the digits: "20k", "$1.2M"."""
_SPACED_LETTERS = _words("k bn mn K M B")  # "5 m" is metres
_DIGIT_WORDS = {"zero": "0", "oh": "0", **{word: str(value) for word, value in ONES.items()}}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTIONS |= {f"{word}s": parts for word, parts in _FRACTIONS.items() if word != "half"}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_FOLDS = {f"{word}fold": value for word, value in [*ONES.items(), ("hundred", 100)]}
_ORDINALS = {"first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
"""But "twenty second" may be a time."""
_VAGUE = _words("few several many some")  # "a few hundred"
_HYPHENS = _words("- ‐ ‑")
_LONGEST_NUMBER = 15  # characters; longer ones are identifiers
_SHORTEST_IDENTIFIER = 8  # digits without commas that count nothing
_MOST_DECIMALS = 6

# Units

_ABBREVIATED_TIME = {
    "ns": "nanosecond", "µs": "microsecond", "μs": "microsecond", "ms": "millisecond", "msec": "millisecond", "millis": "millisecond",
    "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour", "h": "hour", "yr": "year",
    "yrs": "year", "wk": "week", "wks": "week",
}  # fmt: skip
_TIME = {**{word: word for word in SECONDS}, **{f"{word}s": word for word in SECONDS}, **_ABBREVIATED_TIME}
_CURRENCIES = {
    "$": "dollar", "usd": "dollar", "dollar": "dollar", "buck": "dollar", "€": "euro", "eur": "euro", "euro": "euro", "£": "pound",
    "gbp": "pound", "pound": "pound", "quid": "pound", "₹": "rupee", "inr": "rupee", "rs": "rupee", "rupee": "rupee", "¥": "yen",
    "jpy": "yen", "yen": "yen", "chf": "franc", "franc": "franc", "cad": "dollar", "aud": "dollar", "cent": "cent",
}  # fmt: skip
_BEFORE_AMOUNT = _words("$ € £ ₹ ¥ usd eur gbp inr rs jpy chf cad aud")
_DOLLAR_COUNTRIES = _words("us a c au ca nz hk s")  # "US$ 5"
_RATES = _words("qps rps tps rpm fps hz khz mhz ghz bpm mbps gbps kbps kmh mph")
_SIZES = {
    "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte", "tb": "terabyte", "pb": "petabyte", "gib": "gigabyte", "mib": "megabyte",
    "byte": "byte", "kilobyte": "kilobyte", "megabyte": "megabyte", "gigabyte": "gigabyte", "gig": "gigabyte", "terabyte": "terabyte",
    "petabyte": "petabyte", "kg": "kilogram", "kilo": "kilogram", "kilogram": "kilogram", "gram": "gram", "mg": "milligram",
    "milligram": "milligram", "ton": "ton", "tonne": "ton", "litre": "litre", "liter": "litre", "ml": "millilitre", "km": "kilometre",
    "kilometre": "kilometre", "kilometer": "kilometre", "mile": "mile", "metre": "metre", "meter": "metre", "cm": "centimetre",
    "centimetre": "centimetre", "centimeter": "centimetre", "mm": "millimetre", "millimetre": "millimetre",
    "millimeter": "millimetre", "inch": "inch", "inches": "inch", "foot": "foot",
    "feet": "foot", "kwh": "kilowatt hour", "degree": "degree", "°": "degree", "°c": "degree", "°f": "degree",
}  # fmt: skip


def _with_plurals(names: dict[str, str], kind: str) -> dict[str, tuple[str, str]]:
    units = {word: (name, kind) for word, name in names.items()}
    return units | {f"{word}s": (name, kind) for word, name in names.items() if word != "rs"}  # not "rss"


_UNITS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("%", "percent", "pct", "percentage"), ("%", "percent")),
    **dict.fromkeys(("pp", "ppt", "ppts", "pts", "point", "points"), ("point", "percentage_points")),
    "bps": ("basis point", "percentage_points"),
    **{word: (name, "time") for word, name in _TIME.items()},
    **{word: (word, "rate") for word in _RATES},
    **_with_plurals(_CURRENCIES, "money"),
    **_with_plurals(_SIZES, "size"),
}
"""Words that make a measurement of any number before them: name and kind."""
_SHORT_UNITS = {
    "s": ("second", "time"), "us": ("microsecond", "time"), "m": ("minute", "time"), "g": ("gram", "size"), "l": ("litre", "size"),
}  # fmt: skip
"""Units behind digits only. "m" is a minute behind hours only ("2h 30m"); else it is a million."""
_SPACED_UNITS = _words("s g l")
_BEFORE_TIME = _words(
    "business working work calendar man person engineer engineering developer staff nursing full whole straight extra more additional "
    "long short consecutive billable manual labor labour office"
)
"""May stand between a number and a unit of time: "3 business days"."""
_PER = _words("per / a an each every")
_PER_SHORT = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "wk": "week", "mo": "month", "yr": "year",
}  # fmt: skip
_PERIODS = _words("second minute hour day night week weekend fortnight sprint month quarter year")
_PER_NOUNS = _PERIODS | _words("request user customer order patient person student item unit call ticket page head query visit seat shift")
_RATE_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "nightly": "night",
    "yearly": "year",
    "annually": "year",
}
_COMPARATIVES = _words(
    "more less fewer faster slower quicker higher lower larger bigger smaller greater cheaper shorter longer better worse stronger "
    "safer easier lighter heavier richer leaner longer further denser cleaner"
)
_AFTER_RATIO = _COMPARATIVES | _words(
    "as the what our its their improvement speedup speed-up speed increase reduction decrease drop gain growth return roi lift jump"
)
"""Behind "3 times": makes a ratio of it, not a count of events."""
_RATIO_VERB = re.compile(
    r"(?:grew|grow\w{0,3}|increas\w{1,4}|improv\w{1,4}|rose|rise|risen|multipl\w{1,5}|jumped|reduc\w{1,4}|cut|dropped|fell|shrank|decreas\w{1,4}|"
    r"went|sped|speed\w{0,3}) (?:up |down )?(?:by )?(?:almost |nearly |about |around |over |roughly )?$"
)
_FARTHEST_VERB = 30  # characters
_STEPS = _words("increase decrease drop gain improvement lift jump rise fall reduction decline boost uplift swing")  # "a 5-point drop"
_CROSS_VALIDATION = _words("cross cv stratified crossvalidation cross-validation validation split splits")

# What a number counts

_PEOPLE = _words(
    "people person persons men man women woman guys folks engineer developer dev designer analyst scientist intern teammate colleague "
    "member coworker staff employee nurse doctor teacher manager consultant contractor cook waiter volunteer report director "
    "stakeholder annotator labeller labeler reviewer others tester programmer admin architect researcher chef cashier"
)
_GROUPS = _words("team group crew squad staff department class panel committee family household party pair cohort unit")
_NO_UNIT = _words(
    "of the a an and or to in on at for with from by out was were is are be been being am had has have having that which who when "
    "while so but as it we i they he she you me us him them my our their his her its this these those than then not no nor if because "
    "since after before during until till within without under over above below between through across into onto off up down about "
    "around per via each every all both any some such same more less fewer other different new old extra additional separate further "
    "last next first second now today yesterday tomorrow later earlier ago again also just only even still too very really quite "
    "almost nearly what how why where there here do did does done can could will would should may might must went go got get came "
    "come made make took take said told saw job using making reducing cutting saving leading giving being going doing getting against "
    "among instead rather versus vs whereas although though however plus yes well okay ok um uh er like always perhaps thanks whose "
    "myself ourselves once twice let lets afterwards nowadays overnight besides towards sometimes overall something ish odd ones"
)
"""Words that are never what is counted, and end the search for it."""
_FARTHEST_NOUN = 3  # words
_SKIPPED = _words("more less fewer other different new old extra additional separate of the our my their these those his her")
"""Of these, what may stand before a plural that is counted: "20 more orders", "5 of our shops"."""
_IRREGULAR = {"people": "person", "persons": "person", "children": "child", "men": "man", "women": "woman", "mice": "mouse", "feet": "foot"}
_SAME_IN_PLURAL = _words(
    "ms ns qps rps tps fps bps mbps gbps kbps series species news bus gas lens this always perhaps across plus yes its his has was "
    "does less status virus bonus campus corpus focus census chaos"
)

# What is no measurement

_MONTHS = _words(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december"
)
_BEFORE_YEAR = _MONTHS | _words("in since until till during early late mid year summer spring autumn fall winter end q1 q2 q3 q4 h1 h2")
_NUMBERED = _words(
    "version v ver release section chapter article clause figure fig table appendix step phase part ticket issue pr number no python "
    "java angular windows ios android node react vue spark django rails postgres postgresql mysql kafka kubernetes gpt llama http "
    "https tls php ruby cuda fortune route port room gate ward aisle bay bed platform type option act episode season round stage tier "
    "level grade sev severity priority iso rfc p page line question exercise lesson module tesla covid catch top aged age"
)
"""What stands before a number that is a name: "section 4", "Python 3"."""
_MAYBE_NUMBERED = _words(
    "day week month year quarter sprint team group class floor unit item error status code bug layer task iteration cycle line "
    "release shift"
)
"""The same, if no "the" or "a" stands before it: "sprint 12", but "saved the team 5 trips"."""
_EACH = _words("each every per")
_BE = _words("was am turned")
_ONE_PERSON = _words("i he she who")
_NAME_SIGNS = _words("@ # § № _ / \\")
_UNIT_LETTERS = _words("h s m g l x k b")
_DETERMINERS = _words("/ the a an each every per our my their his her this that last next one same whole first another")
_TIME_OF_DAY = _words("am pm o'clock o’clock oclock noon")
_CLOCK_HOURS = frozenset([*ONES][:12])
_BEFORE_DECADE = _words("the early late mid my her his their our")
_STAYED = _words("stayed stood was were is capped remained sat kept held stuck still")  # "stayed at 3", but "opens at 3"
_WORKING = _words("a the my our work working works worked open usual regular standard typical normal")  # "a nine to five"
_MODAL_AFTER = _words("have be not also need want well")  # "the 5 may have …"
_PARTS_OF_DAY = _words("morning afternoon evening")
_NOT_ONE = _words("no any every each this that the these which some another last first next new big good only by")
"""Before "one", which then is no number."""
_AFTER_PRONOUN = _words("of another on more thing way who that which by")
_EARLY_OR_LATE = _words("early late ahead faster earlier later instead behind")
_MOVED_BY = _words("by up down gained lost within")
_WHOLE = _words("full whole entire working")
_BEFORE_PERIOD = _words("from to into under within than nearly almost took takes saved saves")
"""Before "a week", which then is a measurement."""
_MEASURED = _words(
    "in to from within under by of than about only just every took takes take taking for around nearly almost over after at least "
    "most into roughly approximately is was until saved saves lost"
)
"""Before "one week", which else may begin a story: "one day I noticed …"."""
_SHARE_BEFORE = _words(
    "by to in about than nearly almost least only over under roughly around like maybe just a down up into at for of from approximately"
)
_SHARE_AFTER = _words("of the as our my their its what his her this that all again") | _COMPARATIVES
_NOT_A_SHARE = _words("first second other better last latter top bottom next front back")
"""Before "half": a piece, not a share."""

# Metrics of models

_METRICS = frozenset(
    (
        "f1,f1 score,f score,auc,roc auc,auroc,pr auc,auprc,precision,recall,accuracy,rmse,mse,mae,mape,wmape,smape,r2,r²,r squared,"
        "ndcg,map,mrr,bleu,rouge,rouge l,wer,word error rate,cer,iou,miou,dice,log loss,logloss,perplexity,gini,ks,specificity,"
        "sensitivity,hit rate,psi,kappa,error rate,false positive,false positives,false positive rate,false negative,false negatives,"
        "false negative rate,brier,brier score,average precision,mean average precision,mean absolute error"
    ).split(",")
)
"""With spaces for hyphens."""
_METRIC_STARTS = frozenset(name.split()[0] for name in _METRICS)
_METRIC_ENDS = frozenset(name.split()[-1] for name in _METRICS)
_ALSO_WORDS = _words("map dice ks cer psi")  # ordinary words, so believed beside decimals and percent only
_TO_METRIC = _words(
    "score of was is at to by from came went rose fell dropped improved increased about around over under up down only just reached hit "
    "then had climbed jumped moved now still on the test set holdout validation a class positive model : = ( ~ @ been stayed grew "
    "decreased like"
)
"""What may stand between the name of a metric and its number."""
_FROM_METRIC = _words("in of on the overall test validation mean average our better lower higher fewer more less macro micro top-1 top-5")
_FARTHEST_METRIC = 9  # tokens before the number

# Neighbours

_ABOUT_WORDS = _words(
    "about around roughly approximately nearly almost just only under over below less more than maybe like probably basically uh um "
    "er ~ ≈ < > ≤ ≥ an a the average of some at least most say well somewhere something usually typically"
)
_ARROWS = frozenset(("→", "->", "-->", "=>", "⇒", "➔", "⟶", "– >"))
_RANGES = _ARROWS | frozenset(
    "to,into,or,-,–,—,‑,‐,down to,up to,back to,all way to,all way down to,all way up to,straight to,right down to".split(",")
)
"""Between two numbers of the same thing, without the words above."""
_COMPARED = _RANGES | frozenset(
    "and,vs,vs .,versus,against,from,up from,down from,compared to,compared with,and then".split(","),
)
"""The same, and between two values of one metric."""
_KEPT_TO_ITSELF = OUTCOME_KINDS - {"money"}
"""Kinds that the first of two numbers gives to a bare second in "from A to B" only: "we grew 5% to 40"."""
_WIDEST_GAP = 8  # tokens

# Cutting a stretch into tokens. All repeats are possessive or bounded, so the time is linear whatever the text.

_TOKEN = re.compile(
    r"""
      (?P<word>   [^\W\d_]\w*+(?:['’][^\W\d_]++)*+ )               # the commonest first
    | (?P<always> 24\s?[/x×]\s?7(?![0-9]) )
    | (?P<clock>  [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?+(?![0-9:]) )
    | (?P<date>   [0-9]{4}-[0-9]{2}(?:-[0-9]{2})?+(?![0-9-])          # 2023-04-05
                | [0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/]) )        # 4/5/2023
    | (?P<label>  [0-9]++(?:\.[0-9]++){2,}+                           # versions, addresses
                | [0-9]++(?:\.[0-9]++)?+\.x(?!\w)
                | \([0-9]{3}\)\s?[0-9]{3}-[0-9]{4}(?![0-9])           # telephone numbers
                | [0-9]{3}-[0-9]{4}(?![0-9-])
                | \+?[0-9]{1,5}(?:-[0-9]{2,7}){2,6}(?![0-9])
                | \+[0-9]{1,3}(?:\s[0-9]{2,9}){2,6}(?![0-9])
                | 0[0-9]{2,5}(?:\s[0-9]{3,9}){1,4}(?![0-9]) )
    | (?P<number> (?: [0-9]{1,3}(?:,[0-9]{2,3}(?=,[0-9]{2,3}(?![0-9]))){0,5}+,[0-9]{3}(?![0-9])   # 1,200 or 12,34,567
                    | [0-9]++ )
                  (?:\.[0-9]++)?+ (?:e[+-]?[0-9]{1,2}(?!\w))?+
                | (?<![\w.])\.[0-9]++ )
    | (?P<sign>   -{1,2}> | => | [^\s] )
    """,
    re.VERBOSE,
)
_LETTER_RUNS = re.compile("[a-z]+")
_DIGIT = re.compile("[0-9]")
_TWO_DIGITS = re.compile("[0-5][0-9]")
_FEW_DIGITS = re.compile("[0-9]{1,15}")
_PAD = 8  # empty tokens behind the last


class _Tokens(NamedTuple):
    """The tokens of a stretch as parallel lists.

    Empty tokens behind the last make looking ahead safe, and as negative places count from the end, looking back too.
    """

    text: str
    words: list[str]
    """In lower case."""
    kinds: list[str]
    starts: list[int]
    ends: list[int]

    def glued(self, at: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def raw(self, at: int) -> str:
        """A token as written."""
        return self.text[self.starts[at] : self.ends[at]]


class _Number(NamedTuple):
    """A number without what it counts."""

    first: int
    stop: int
    """Tokens: the first, and the one behind the last."""
    value: float
    scale: float = 1.0
    """1e6 for "1.2 million"."""
    currency: str = ""
    plain: bool = False
    """Whether it is a whole number in digits, without commas, scale or sign."""

    def as_a(self, kind: str, unit: str = "", stop: int | None = None, value: float | None = None) -> _Found:
        """The quantity that this number is."""
        return _Found(self.first, self.stop if stop is None else stop, self.value if value is None else value, unit, kind, "", self.scale)


class _Found(NamedTuple):
    """A quantity in tokens."""

    first: int
    stop: int
    value: float
    unit: str
    kind: str
    metric: str = ""
    scale: float = 1.0

    @property
    def bare(self) -> bool:
        """Whether nothing says what is counted, so that a neighbour may: "5 to 10 people"."""
        return not self.unit and not self.metric and self.kind in ("count", _PRONOUN)


_PRONOUN = "one"
"""Kind of a "one" or "zero" that counts only if a neighbouring number says what: "from six tools to one"."""


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """All numbers in a stretch of the text, in order."""
    piece = text[start:end]
    if not _may_hold_numbers(piece):
        return []
    tokens = _tokenize(piece)
    return [
        Quantity(start + tokens.starts[f.first], start + tokens.ends[f.stop - 1], f.value, f.unit, f.kind, f.metric)
        for f in _linked(tokens, _read_all(tokens))
        if f.kind != _PRONOUN
    ]


def singular(word: str) -> str:
    """A word in lower case without its plural or possessive ending."""
    word = word.lower().rstrip("'’").removesuffix("'s").removesuffix("’s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "is")) or word in _SAME_IN_PLURAL:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


def _may_hold_numbers(piece: str) -> bool:
    """A cheap check that spares most sentences the rest."""
    if _DIGIT.search(piece):
        return True
    words = _LETTER_RUNS.findall(piece.lower())
    if not _STARTERS.isdisjoint(words):
        return True
    return not _PERIODS.isdisjoint(words) and any(
        period in _PERIODS and article in ("a", "an", "full") and (before in _BEFORE_PERIOD or before in ("of", "a"))
        for before, article, period in zip(words, words[1:], words[2:], strict=False)
    )


def _tokenize(piece: str) -> _Tokens:
    words, kinds, starts, ends = [], [], [], []
    for match in _TOKEN.finditer(piece):
        start, end = match.span()
        words.append(piece[start:end].lower())
        kinds.append(match.lastgroup or "")
        starts.append(start)
        ends.append(end)
    nothing = [""] * _PAD
    return _Tokens(piece, words + nothing, kinds + nothing, starts + [-1] * _PAD, ends + [-2] * _PAD)


def _read_all(tokens: _Tokens) -> list[_Found]:
    """The quantities by themselves, without what their neighbours tell about them."""
    found: list[_Found] = []
    at, free, count = 0, 0, len(tokens.words) - _PAD
    while at < count:
        kind = tokens.kinds[at]
        if kind == "sign" or (kind == "word" and tokens.words[at] not in _READERS):
            at += 1
            continue
        reader = _READERS[tokens.words[at]] if kind == "word" else _digits if kind == "number" else _fixed
        one = reader(tokens, at)
        if one is not None and one.first >= free:
            found.append(one)
            free = one.stop
        at = one.stop if one is not None else at + 1
    return found


# Numbers in digits


def _fixed(tokens: _Tokens, at: int) -> _Found:
    """A token whose form alone says what it is: "24/7", "10:30", "3.11.4"."""
    digits = _FEW_DIGITS.search(tokens.words[at])
    kind = tokens.kinds[at]
    return _Found(at, at + 1, float(digits.group()) if digits else 0.0, "", "date" if kind == "clock" else kind)


def _digits(tokens: _Tokens, at: int) -> _Found | None:
    """A quantity that begins with digits."""
    written = tokens.words[at]
    if len(written) > _LONGEST_NUMBER:
        return None
    if tokens.kinds[at + 2] == "number" and tokens.words[at + 1] in ("/", ":") and tokens.glued(at + 1) and tokens.glued(at + 2):
        return _joined(tokens, at)
    value = _float(written)
    first, currency, negative = _sign_and_currency(tokens, at)
    stop, scale = _scale(tokens, at + 1, currency)
    stop, value = _and_a_half(tokens, stop, value)
    if scale == 1 and stop > at + 1:  # "1 and a half million"
        stop, scale = _scale(tokens, stop, currency)
    if scale > 1:
        value = round(value * scale, 6)
    plain = stop == at + 1 and first == at and written.isdigit()
    return _measure(tokens, _Number(first, stop, -value if negative else value, scale, currency, plain))


def _float(written: str) -> float:
    return float(written.replace(",", "")) if len(written) <= _LONGEST_NUMBER else 0.0


def _sign_and_currency(tokens: _Tokens, at: int) -> tuple[int, str, bool]:
    """Where an amount begins, its currency, and whether it is below zero."""
    words = tokens.words
    first, currency = at, ""
    before = words[at - 1]
    if before == "." and words[at - 2] == "rs":
        first, currency = at - 2, "rupee"
    elif before in _BEFORE_AMOUNT:
        first, currency = at - 1, _CURRENCIES[before]
        if before == "$" and words[first - 1] in _DOLLAR_COUNTRIES and tokens.glued(first):
            first -= 1
    if words[first - 1] in ("-", "−", "+") and tokens.glued(first) and not tokens.glued(first - 1):
        return first - 1, currency, words[first - 1] != "+"
    return first, currency, False


def _scale(tokens: _Tokens, at: int, currency: str = "") -> tuple[int, float]:
    """The token behind a scale ("k", "million") that may stand at a place, and its factor."""
    word = tokens.words[at]
    factor = _SCALES.get(word) or _GROUPS_OF.get(word)
    if factor is None and word in _LETTERS:
        if not tokens.glued(at):
            factor = _LETTERS[word] if tokens.raw(at) in _SPACED_LETTERS else None
        elif word == "mm":
            factor = 1e6 if currency or tokens.raw(at) == "MM" else None
        elif word != "m" or _TIME.get(tokens.words[at - 2]) != "hour":  # "2h 30m" has minutes
            factor = _LETTERS[word]
    return (at + 1, factor) if factor else (at, 1.0)


def _and_a_half(tokens: _Tokens, at: int, value: float, of: float = 1.0) -> tuple[int, float]:
    """The token behind an "and a half" that may stand at a place, and the value with it."""
    words = tokens.words
    if words[at] == "and" and words[at + 1] in ("a", "one") and words[at + 2] in ("half", "quarter"):
        return at + 3, value + of / _FRACTIONS[words[at + 2]]
    return at, value


def _joined(tokens: _Tokens, at: int) -> _Found:
    """Two numbers with a slash or colon: a part of something, a mark, or a name ("1/3 of", "4.5/5", "50/50", "1:1")."""
    above, below = _float(tokens.words[at]), _float(tokens.words[at + 2])
    stop = at + 3
    if tokens.words[at + 1] == "/":
        if 0 < above < below and tokens.words[stop] == "of":
            return _Found(at, stop, above / below, "", "ratio")
        if above < below and below in (5, 10, 100):
            return _Found(at, stop, above, f"out of {below:g}", "ratio")
    return _Found(at, stop, above, "", "label")


# Numbers in words


def _spelled(tokens: _Tokens, at: int) -> _Found | None:
    """A quantity that begins with a number word."""
    words = tokens.words
    part = _after_hyphen(tokens, at + 1)
    periods = words[part].startswith("quarter") and part == at + 1 and words[part + 1] != "of"  # "two quarters later"
    if words[part] in _FRACTIONS and words[at] in ONES and not periods:
        return _share(tokens, at, part)
    if words[at] == "hundred" and words[at - 1] in _VAGUE:
        return None
    number = _number_words(tokens, at)
    if number is None:
        return None
    after = _after_hyphen(tokens, number.stop)
    if words[after] in _ORDINALS and words[number.stop - 1] in TENS:
        return _Found(at, after + 1, number.value + _ORDINALS[words[after]], "", "ordinal")
    if number.value == 24 and words[after] == "seven":
        return _Found(at, after + 1, 24, "", "always")
    year = _spelled_year(tokens, number)
    if year is not None:
        return year
    if number.stop == at + 1 and words[at] in ("one", "zero"):
        return _one(tokens, number)
    return _measure(tokens, number)


def _after_hyphen(tokens: _Tokens, at: int) -> int:
    """The place itself, or the one behind a hyphen between two words."""
    hyphen = tokens.words[at] in _HYPHENS and tokens.glued(at) and tokens.glued(at + 1) and tokens.kinds[at + 1] == "word"
    return at + 1 if hyphen else at


def _number_words(tokens: _Tokens, at: int) -> _Number | None:
    """The longest number in words from a place: "two hundred and fifty", "one and a half million", "zero point seven"."""
    begin = at + 1 if tokens.words[at] in ("a", "an") else at
    stop, value, scale = _whole(tokens, begin)
    if stop == begin:
        return None
    if tokens.words[begin] == "couple" and tokens.words[stop] == "of":
        return _Number(at, stop + 1, value)
    if tokens.words[stop] == "point" and tokens.words[stop + 1] == "something":
        stop += 2
    elif tokens.words[stop] == "point":
        stop, decimals = _decimals(tokens, stop + 1)
        value += decimals
    stop, value = _and_a_half(tokens, stop, value, scale)
    if scale == 1:
        stop, scale = _scale(tokens, stop)
        value *= scale
    return _Number(at, stop, round(value, 6), scale)


def _whole(tokens: _Tokens, at: int) -> tuple[int, float, float]:
    """A whole number in words: the token behind it, its value, and the scale that ends it.

    `room` is what the next small number must not exceed: after "twenty" 9, after "hundred" 99.
    """
    total = current = 0.0
    room, limit, scale = 1000.0, 1e12, 1.0
    stop = at
    while True:
        place = at if stop == at else _after_hyphen(tokens, stop)
        word = tokens.words[place]
        if place > stop and word in ("odd", "something"):  # "eighty-odd thousand"
            stop = place + 1
            continue
        if word == "and" and room in (99, 999) and tokens.words[place + 1] in _SMALL:
            place += 1
            word = tokens.words[place]
        small = _SMALL.get(word)
        if small is not None and small <= room:
            current += small
            room, scale = (9 if small >= 20 else 0), 1.0
        elif word in ("couple", "zero") and stop == at:
            current, room = (2.0 if word == "couple" else 0.0), 0
        elif word in _GROUPS_OF and (0 < current < 100 or stop == at):
            current = max(current, 1) * _GROUPS_OF[word]
            room, scale = (99, 100.0) if word == "hundred" else (0, 1.0)
        elif word in _SCALES and _SCALES[word] < limit and (current or stop == at):
            limit = scale = _SCALES[word]
            total, current, room = total + max(current, 1) * scale, 0.0, 999
        else:
            break
        stop = place + 1
    return stop, total + current, scale


def _decimals(tokens: _Tokens, at: int) -> tuple[int, float]:
    """What is spoken behind "point": "seven one", "eighty five". If no number follows, the point is no part of one either."""
    digits = ""
    stop = at
    while len(digits) < _MOST_DECIMALS:
        word = tokens.words[stop]
        if word in TENS:
            stop, value, _ = _whole(tokens, stop)
            digits += f"{value:.0f}"
        elif word in _DIGIT_WORDS:
            stop += 1
            digits += _DIGIT_WORDS[word]
        else:
            break
    return (stop, float(f"0.{digits}")) if digits else (at - 1, 0.0)


def _leading_point(tokens: _Tokens, at: int) -> _Found | None:
    """Decimals without a whole number: "point six two"."""
    stop, value = _decimals(tokens, at + 1)
    before = tokens.words[at - 1]
    if stop == at or before in _DETERMINERS or not (before in _TO_METRIC or before in _METRIC_ENDS or not before):
        return None
    return _measure(tokens, _Number(at, stop, value))


def _spelled_year(tokens: _Tokens, number: _Number) -> _Found | None:
    """A year in words that counts nothing: "twenty nineteen", "two thousand and nineteen"."""
    stop = number.stop
    if number.value in (19, 20) and stop == number.first + 1 and tokens.words[stop] in _SMALL:
        stop, value, _ = _whole(tokens, stop)
        year = number.value * 100 + value
        if not 10 <= value < 100:
            return None
    elif 2000 < number.value < 2100:
        year = number.value
    else:
        return None
    if _counts_plural(tokens, stop) or tokens.words[stop] in _UNITS:
        return None
    return number.as_a("date", stop=stop, value=year)


def _one(tokens: _Tokens, number: _Number) -> _Found | None:
    """A lone "one" or "zero": a number before a unit only ("one of them", "one day I noticed")."""
    before, after = tokens.words[number.first - 1], tokens.words[number.stop]
    found = _measure(tokens, number)
    if found is None or found.kind == "count" or found.kind not in OUTCOME_KINDS:
        if number.value and (before in _NOT_ONE or before in _HYPHENS or after in _AFTER_PRONOUN):
            return None
        zero = found is not None and found.unit and number.value == 0  # "zero complaints"
        return found if zero or (found is not None and found.kind != "count") else number.as_a(_PRONOUN)
    if found.unit == "point":
        return found if before in _MOVED_BY else None  # "at one point"
    if found.kind == "time" and SECONDS.get(found.unit, 0) >= SECONDS["day"]:
        spoken = before in _MEASURED or tokens.words[found.stop] in _EARLY_OR_LATE or after in _HYPHENS
        return found if spoken else None
    return found


def _article(tokens: _Tokens, at: int) -> _Found | None:
    """What an article may begin: "a hundred", "a third", "an hour and a half"."""
    following = tokens.words[at + 1]
    if following in _SCALES or following in _GROUPS_OF or following == "couple":
        return _spelled(tokens, at)
    if following in _FRACTIONS:
        return _share(tokens, at, at + 1)
    unit = at + 1 + (following in _WHOLE)
    return _period(tokens, at, unit) if tokens.words[unit] in _PERIODS else None


def _couple(tokens: _Tokens, at: int) -> _Found | None:
    """Two, as in "couple of weeks" or "couple hundred", not in "the couple"."""
    after = tokens.words[at + 1]
    return _spelled(tokens, at) if after == "of" or after in _GROUPS_OF or after in _SCALES else None


def _period(tokens: _Tokens, at: int, unit: int) -> _Found | None:
    """A unit of time without a number, where it is a measurement: "from a week to a day", "a year and a half"."""
    words = tokens.words
    stop, value = _and_a_half(tokens, unit + 1, 1.0)
    if stop == unit + 1:
        told = words[at - 1] in _BEFORE_PERIOD or (words[at - 1] == "of" and words[at - 2] == "instead")
        ends = tokens.kinds[stop] != "word" or (words[stop] in _NO_UNIT and words[stop] != "off")
        if not told or not ends or words[unit] in ("second", "quarter"):
            return None
    return _told_time(tokens, _Found(at, stop, value, words[unit], "time"))


def _share(tokens: _Tokens, at: int, part: int) -> _Found | None:
    """A fraction in words: "a third", "two thirds", "one half"."""
    words = tokens.words
    if words[part] == "half":
        return _half(tokens, part, at)
    if tokens.glued(part + 1) and words[part + 1] in _HYPHENS:
        return None
    count = ONES.get(words[at], 1)
    parts = _FRACTIONS[words[part]]
    if count > parts:
        return None
    before, after = words[at - 1], words[part + 1]
    if after == "of" and words[part + 2] in ("a", "an") and words[part + 3] in _PERIODS:
        return _Found(at, part + 4, count / parts, words[part + 3], "time")
    if words[part] == "quarter" and after in ("to", "past") and (words[part + 2] in ONES or tokens.kinds[part + 2] == "number"):
        return _Found(at, part + 3, 0.25, "", "date")
    if not words[part].endswith("s") and count == 1:
        if words[part] == "quarter":
            share = after in _SHARE_AFTER or before in ("by", "than", "nearly", "almost", "about", "only", "to")
        else:
            share = after in _SHARE_AFTER or before in _SHARE_BEFORE
        if not share or after in ("one", "time"):
            return None  # "a third person", "a quarter later"
    return _Found(at, part + 1, count / parts, "", "ratio")


def _half(tokens: _Tokens, at: int, first: int | None = None) -> _Found | None:
    """A half, with what it halves: "half a million", "half an hour", "in half"; and "half past nine"."""
    words = tokens.words
    first = at if first is None else first
    stop = _after_hyphen(tokens, at + 1)
    hyphen = stop > at + 1
    if words[stop] in ("a", "an") and not hyphen:
        whole, value, scale = _whole(tokens, stop + 1)
        if value > 2:  # not "half a couple"
            return _measure(tokens, _Number(first, whole, value / 2, scale))
        stop += 1
    word = words[stop]
    if _TIME.get(word) == word or (words[stop - 1] == "a" and word in ("percent", "percentage", "point")):
        return _measure(tokens, _Number(first, stop, 0.5))
    hour = word in _CLOCK_HOURS or (tokens.kinds[stop] == "number" and word.isdigit() and len(word) <= 2)
    if word == "past" or (hour and stop == at + 1):
        return _Found(first, stop + (2 if word == "past" else 1), 0.5, "", "date")
    before = words[first - 1]
    if before in _NOT_A_SHARE or hyphen or (words[at + 1] not in _SHARE_AFTER and before not in _SHARE_BEFORE):
        return None
    return _Found(first, at + 1, 0.5, "", "ratio")


def _twice(tokens: _Tokens, at: int) -> _Found | None:
    """How many times, in "twice as fast" and "once a week"; nothing where it only says how often something happened."""
    value = _TIMES[tokens.words[at]]
    if tokens.words[at + 1] in _AFTER_RATIO and value > 1:
        return _Found(at, at + 1, value, "times", "ratio")
    per, stop = _per(tokens, at + 1)
    return _Found(at, stop, value, f"time per {per}", "rate") if per else None


def _fold_word(tokens: _Tokens, at: int) -> _Found:
    """A ratio in one word: "tenfold"."""
    return _Found(at, at + 1, float(_FOLDS[tokens.words[at]]), "times", "ratio")


# What a number measures


def _measure(tokens: _Tokens, number: _Number) -> _Found | None:
    """A number with what it measures or names; the first rule that knows decides."""
    for rule in _RULES:
        found = rule(tokens, number)
        if found is not None:
            return found
    return None


def _glued_name(tokens: _Tokens, number: _Number) -> _Found | None:
    """Numbers inside names: "#42", "recall@10", "3D", "'19", "401k"."""
    before, after = tokens.words[number.first - 1], tokens.words[number.stop]
    if tokens.glued(number.first):
        if before in _NAME_SIGNS or (before == "." and tokens.glued(number.first - 1)):
            return number.as_a("label")
        if before in ("'", "’") and number.plain and number.value < 100 and not tokens.glued(number.first - 1):
            return number.as_a("date")
    if tokens.glued(number.stop) and tokens.kinds[number.stop] == "word":
        letter = len(after) == 1 and (after not in _UNIT_LETTERS or tokens.raw(number.stop) == "G")  # "3D", "5G"
        if letter or _DIGIT.search(after):
            return number.as_a("label", stop=number.stop + 1)
    elif number.value in (401_000, 403e9) and tokens.words[number.stop - 2] in ("401", "403"):
        return number.as_a("label")
    return None


def _ordinal(tokens: _Tokens, number: _Number) -> _Found | None:
    """Ordinals and decades: "2nd", "3rd of May", "the 90s"."""
    words, before, stop = tokens.words, tokens.words[number.first - 1], number.stop
    if not tokens.glued(stop):
        return None
    if words[stop] in ("st", "nd", "rd", "th"):
        month = words[stop + 1 + (words[stop + 1] == "of")]
        return number.as_a("date" if month in _MONTHS or before in _MONTHS else "ordinal", stop=stop + 1)
    if words[stop] == "s" and number.plain and number.value % 10 == 0 and (before in _BEFORE_DECADE or number.value >= 1900):
        return number.as_a("date", stop=stop + 1)
    return None


def _time_of_day(tokens: _Tokens, number: _Number) -> _Found | None:
    """Hours of the clock: "9 am", "6 p.m.", "3 in the morning"."""
    words, stop = tokens.words, number.stop
    if number.value > 24:
        return None
    if words[stop] in _TIME_OF_DAY:
        return number.as_a("date", stop=stop + 1)
    dotted = words[stop] in ("a", "p") and words[stop + 1] == "." and words[stop + 2] == "m" and tokens.glued(stop + 1)
    if dotted or (words[stop] == "in" and words[stop + 1] == "the" and words[stop + 2] in _PARTS_OF_DAY):
        return number.as_a("date", stop=stop + 3)
    return None


def _measurement(tokens: _Tokens, number: _Number) -> _Found | None:
    """A number before a unit that makes a measurement of anything: percent, money, time, size, rates, times."""
    at = number.stop
    if tokens.words[at] == "+" and tokens.glued(at):
        at += 1
    at = _after_hyphen(tokens, at)
    word = tokens.words[at]
    if number.currency:
        return _price(tokens, number, at)
    reader = _UNIT_READERS.get(word)
    if reader is not None:
        found = reader(tokens, number, at)
        if found is not None:
            return found
    unit = _unit(tokens, number, at)
    if unit is None and word in _BEFORE_TIME:
        at = _after_hyphen(tokens, at + 1)
        unit = (_TIME[tokens.words[at]], "time") if tokens.words[at] in _TIME else None
    if unit is not None:
        return _with_unit(tokens, number, at, *unit)
    factor = tokens.words[number.first - 1] == "of" and tokens.words[number.first - 2] == "factor"  # "by a factor of three"
    return number.as_a("ratio", "times") if factor else _grand(tokens, number)


def _unit(tokens: _Tokens, number: _Number, at: int) -> tuple[str, str] | None:
    """Name and kind of the unit that stands at a place."""
    word = tokens.words[at]
    if word in _BEFORE_AMOUNT and tokens.kinds[at + 1] == "number":  # "in 2020 $5m"
        return None
    if word in _SHORT_UNITS and (tokens.glued(at) or (word in _SPACED_UNITS and tokens.kinds[number.stop - 1] == "number")):
        return _SHORT_UNITS[word]
    return _UNITS.get(word.removesuffix("'s").removesuffix("’s"))


def _with_unit(tokens: _Tokens, number: _Number, at: int, unit: str, kind: str) -> _Found | None:
    """A number with the unit at a place."""
    word, stop = tokens.words[at], at + 1
    if kind == "time":
        stop, value = _and_a_half(tokens, stop, number.value)
        return _told_time(tokens, number.as_a(kind, unit, stop, value))
    if kind in ("percent", "percentage_points"):
        return _percent(tokens, number, at, unit, kind)
    if unit == "degree" and number.value in (180, 360) and word == "degree":
        return number.as_a("label", stop=stop)
    if word in ("pound", "pounds") and tokens.words[stop] == "of":
        kind = "size"
    if word == "°" and tokens.words[stop] in ("c", "f") and tokens.glued(stop):
        stop += 1
    return _per_something(tokens, number.as_a(kind, unit, stop))


def _percent(tokens: _Tokens, number: _Number, at: int, unit: str, kind: str) -> _Found:
    """Percent and points, with the metric that they are of."""
    stop = at + 1
    if kind == "percent" and tokens.words[stop] in ("point", "points"):
        unit, kind, stop = "point", "percentage_points", stop + 1
    if at > number.stop and tokens.words[at] == "point" and tokens.words[stop] not in _STEPS:  # "a 5-point scale"
        return number.as_a("label", stop=stop)
    metric = _metric_before(tokens, number.first, number.value, sure=True) or _metric_after(tokens, stop)
    return _per_something(tokens, number.as_a(kind, unit, stop)._replace(metric=metric))


def _price(tokens: _Tokens, number: _Number, at: int) -> _Found:
    """An amount behind a sign of currency. Its name may follow too: "$5 USD"."""
    again = at == number.stop and _UNITS.get(tokens.words[at], ("", ""))[1] == "money"
    return _per_something(tokens, number.as_a("money", number.currency, number.stop + again))


def _grand(tokens: _Tokens, number: _Number) -> _Found | None:
    """Thousands of whatever currency: "five grand"."""
    return _per_something(tokens, number.as_a("money", "money")) if tokens.words[number.stop - 1] == "grand" else None


def _told_time(tokens: _Tokens, found: _Found) -> _Found:
    """A duration, unless the words behind it say that it is an age or a point in time."""
    words, stop = tokens.words, found.stop
    if words[stop] in ("'", "’"):
        stop += 1
    after = words[_after_hyphen(tokens, stop)]
    if after == "old" or after == "experience" or (after == "of" and words[stop + 1] == "experience"):
        return found._replace(unit="", kind="label")
    if after == "ago" or (after == "later" and words[stop + 1] != "than") or (after == "from" and words[stop + 1] == "now"):
        return found._replace(stop=stop + (2 if after == "from" else 1), unit="", kind="date")
    return _per_something(tokens, found)


def _per_something(tokens: _Tokens, found: _Found) -> _Found:
    """The quantity with the "a week" or "per order" that may follow."""
    per, stop = _per(tokens, found.stop)
    if not per and tokens.words[stop] in _RATE_ADVERBS and found.unit:
        per, stop = _RATE_ADVERBS[tokens.words[stop]], stop + 1
    if not per:
        return found
    kind = "rate" if found.kind in ("count", "size", "metric") else found.kind
    return found._replace(stop=stop, unit=f"{found.unit} per {per}".strip(), kind=kind)


def _per(tokens: _Tokens, at: int) -> tuple[str, int]:
    """What an amount is spread over ("per order", "a week", "/s"), and the token behind it; or "" and the place itself."""
    words = tokens.words
    if words[at] not in _PER:
        return "", at
    noun, stop = words[at + 1], at + 2
    if words[at] == "/":
        noun = _PER_SHORT.get(noun, singular(noun))
        return (noun, stop) if tokens.glued(at) and noun in _PER_NOUNS else ("", at)
    if words[at] != "per":
        return (noun, stop) if noun in _PERIODS else ("", at)
    if tokens.kinds[at + 1] == "number" or noun in _SCALES or noun in _GROUPS_OF:  # "per 1,000 requests"
        counted = _noun(tokens, stop)
        return (f"{noun.replace(',', '')} {counted.unit}", counted.stop) if counted else (noun, stop)
    return (singular(noun), stop) if tokens.kinds[at + 1] == "word" else ("", at)


# Units that need a look around


def _times_x(tokens: _Tokens, number: _Number, at: int) -> _Found | None:
    """A ratio such as "3x", not "2 x 4" or "two x-rays"."""
    if tokens.kinds[at + 1] == "number":
        return number.as_a("label", stop=at + 2)
    if tokens.words[at + 1] in _HYPHENS and tokens.glued(at + 1):
        return None
    per, stop = _per(tokens, at + 1)
    if per:
        return number.as_a("rate", f"time per {per}", stop)
    return number.as_a("ratio", "times", at + 1)


def _times_word(tokens: _Tokens, number: _Number, at: int) -> _Found:
    """What "three times" is: a ratio ("… faster", "grew …"), a rate ("… a week") or a count."""
    if tokens.words[at + 1] == "out":
        share = _out_of(tokens, number, at + 1)
        if share is not None:
            return share
    per, stop = _per(tokens, at + 1)
    if per:
        return number.as_a("rate", f"time per {per}", stop)
    before = tokens.text[max(0, tokens.starts[number.first] - _FARTHEST_VERB) : tokens.starts[number.first]].lower()
    if tokens.words[at + 1] in _AFTER_RATIO or _RATIO_VERB.search(before):
        return number.as_a("ratio", "times", at + 1)
    return number.as_a("count", "time", at + 1)


def _fold(tokens: _Tokens, number: _Number, at: int) -> _Found:
    """A ratio such as "3-fold", not "5-fold cross-validation"."""
    validation = tokens.words[at] == "folds" or tokens.words[_after_hyphen(tokens, at + 1)] in _CROSS_VALIDATION
    kind = "label" if validation else "ratio"
    return number.as_a(kind, "times" if kind == "ratio" else "", at + 1)


def _cent(tokens: _Tokens, number: _Number, at: int) -> _Found | None:
    """Percent in two words."""
    return _with_unit(tokens, number, at + 1, "%", "percent") if tokens.words[at + 1] == "cent" else None


def _kind_of_points(tokens: _Tokens, number: _Number, at: int) -> _Found | None:
    """Points in two words: "percentage points", "basis points"."""
    stop = _after_hyphen(tokens, at + 1)
    if tokens.words[stop] not in ("point", "points"):
        return None
    unit = "basis point" if tokens.words[at] == "basis" else "point"
    return _with_unit(tokens, number._replace(stop=stop), stop, unit, "percentage_points")


def _out_of(tokens: _Tokens, number: _Number, at: int) -> _Found | None:
    """Marks and shares: "8 out of 10"."""
    if tokens.words[at + 1] != "of":
        return None
    whole = _whole_after(tokens, at + 2 + (tokens.words[at + 2] in ("the", "our")))
    if whole is None or whole.value < number.value:
        return None
    return number.as_a("ratio", f"out of {whole.value:g}", whole.stop)


def _in_so_many(tokens: _Tokens, number: _Number, at: int) -> _Found | None:
    """A share such as "one in five", not "1 in 5 days"."""
    whole = _whole_after(tokens, at + 1)
    if whole is None or not 1 <= number.value < whole.value <= 1000 or tokens.words[_after_hyphen(tokens, whole.stop)] in _UNITS:
        return None
    if number.value != 1 and whole.value > 20 and whole.value not in (100, 1000):
        return None
    return number.as_a("ratio", stop=whole.stop, value=number.value / whole.value)


def _whole_after(tokens: _Tokens, at: int) -> _Number | None:
    """A whole number at a place, maybe behind "every"."""
    at += tokens.words[at] == "every"
    if tokens.kinds[at] == "number" and len(tokens.words[at]) <= _LONGEST_NUMBER:
        return _Number(at, at + 1, _float(tokens.words[at]))
    return _number_words(tokens, at) if tokens.words[at] in _SMALL or tokens.words[at] in ("a", "hundred") else None


# Numbers that name something


def _date(tokens: _Tokens, number: _Number) -> _Found | None:
    """Days of months, years, and hours behind "at"."""
    words, value = tokens.words, number.value
    before, after = words[number.first - 1], words[number.stop]
    whole = value == int(value) and number.scale == 1
    if not whole or number.currency:
        return None
    date = number.as_a("date")
    if 1 <= value <= 31:
        if after in _MONTHS and words[number.stop + 1] not in _MODAL_AFTER:
            return date._replace(stop=number.stop + 1)
        if before in _MONTHS and not _counts_plural(tokens, number.stop):
            return date
    if number.plain and 1900 <= value <= 2100 and len(words[number.first]) == 4:
        portion = before == "of" and singular(words[number.first - 2]) != words[number.first - 2]  # "in batches of 2000"
        if before in _BEFORE_YEAR or not (portion or _counts_plural(tokens, number.stop)):
            return date
    if before == "at" and 1 <= value <= 12 and words[number.first - 2] not in _STAYED and not _counts_plural(tokens, number.stop):
        return None if _metric_before(tokens, number.first, value) else date
    return None


def _label(tokens: _Tokens, number: _Number) -> _Found | None:
    """Numbers that are names: "section 4", "Python 3", "INC-42", "sprint 12"."""
    words, first = tokens.words, number.first
    if number.currency or first == 0:
        return None
    before, place = words[first - 1], first - 1
    tied = before in _HYPHENS and tokens.glued(first) and tokens.glued(first - 1) and tokens.kinds[first - 2] == "word"
    unit = tokens.kinds[first - 3] == "number" and tokens.glued(first - 2)  # "5k-10k"
    named = (
        (tied and not unit)
        or before in ("#", "№", "§", "per")  # "complaints per 100 orders"
        or (before == "." and words[first - 2] in ("no", "fig", "ver", "p"))
        or (before in _NUMBERED and words[place - 1] not in _EACH)
        or (before in _MAYBE_NUMBERED and words[place - 1] not in _DETERMINERS)
    )
    code = len(words[first]) >= _SHORTEST_IDENTIFIER or (words[first][0] == "0" and len(words[first]) > 1)
    identifier = number.plain and code and not _noun(tokens, number.stop)
    return _Found(first, number.stop, number.value, "", "label") if named or identifier else None


# Numbers that count something


def _counted(tokens: _Tokens, number: _Number) -> _Found:
    """What is left: metrics of models, people, and whatever the noun behind the number says."""
    first, stop, value = number.first, number.stop, number.value
    stop += tokens.words[stop] == "+" and tokens.glued(stop)
    hyphen = _after_hyphen(tokens, stop) > stop
    noun = _noun(tokens, _after_hyphen(tokens, stop))
    if noun and not (noun.plural or hyphen or _may_count_singular(tokens, number, noun)):
        noun = None
    metric = ""
    if noun is None or value != int(value) or tokens.words[stop] in _METRIC_STARTS:
        metric = _metric_before(tokens, first, value)
    metric = metric or _metric_after(tokens, stop)
    if metric:
        return _per_something(tokens, number.as_a("metric", singular(metric), stop)._replace(metric=metric))
    if _is_people(tokens, first, stop, noun.unit if noun else ""):
        return number.as_a("people", noun.unit if noun else "", noun.stop if noun else stop)
    if noun is None:
        age = tokens.words[first - 1] in _BE and tokens.words[first - 2] in _ONE_PERSON  # "I was sixteen"
        return number.as_a("label", stop=stop) if age else _per_something(tokens, number.as_a("count", stop=stop))
    if hyphen:  # "three-tier", "12-lead"
        return number.as_a("label", stop=noun.stop)
    return _per_something(tokens, number.as_a("count", noun.unit, noun.stop))


class _Noun(NamedTuple):
    """What is counted."""

    unit: str
    stop: int
    plural: bool


def _may_count_singular(tokens: _Tokens, number: _Number, noun: _Noun) -> bool:
    """Whether a number may count a noun without an "s": "a 40 page document", "200 req/s", but not "20 overall"."""
    if number.value in (0, 1) or noun.unit in _PEOPLE:
        return True
    return tokens.words[number.first - 1] in ("a", "an") or tokens.words[noun.stop] in _PER


def _noun(tokens: _Tokens, at: int) -> _Noun | None:
    """The first plural of the next words, else the next word."""
    first: _Noun | None = None
    place, skipped = at, False
    for _ in range(_FARTHEST_NOUN):
        word = tokens.words[place]
        if tokens.kinds[place] != "word" or word in _SMALL or (word in _NO_UNIT and word not in _SKIPPED) or word.endswith("ly"):
            break
        stop = _compound(tokens, place)
        if word in _SKIPPED:
            skipped = True
        else:
            last = tokens.words[stop - 1]
            plural = last in _IRREGULAR or (singular(last) != last and "'" not in last and "’" not in last)
            noun = _Noun(singular(tokens.text[tokens.starts[place] : tokens.ends[stop - 1]]), stop, plural)
            if plural:
                return noun
            first = first or noun
        place = stop
    return None if skipped else first


def _counts_plural(tokens: _Tokens, at: int) -> bool:
    """Whether a plural follows, so that the number before is no date."""
    noun = _noun(tokens, at)
    return noun is not None and noun.plural


def _compound(tokens: _Tokens, at: int) -> int:
    """The token behind a word with its hyphenated tail: "follow-ups"."""
    tail = _after_hyphen(tokens, at + 1)
    return tail + 1 if tail > at + 1 else at + 1


def _is_people(tokens: _Tokens, first: int, stop: int, noun: str) -> bool:
    """Whether a number is the size of a team: "five engineers", "a team of six", "three of us", "we were four"."""
    words = tokens.words
    if noun in _PEOPLE:
        return True
    if noun:
        return noun.replace("-", "") in _PEOPLE or noun == "strong"
    if words[stop] == "of" and (words[stop + 1] == "us" or (words[stop + 1] == "them" and words[first - 1] == "the")):
        return True
    place = first - 1
    while words[place] != "of" and words[place] in _ABOUT_WORDS and place > first - 4:
        place -= 1
    if words[place] == "of":
        return words[place - 1] in _GROUPS
    return words[place] in ("were", "are") and words[place - 1] == "we"


# Metrics


def _metric_before(tokens: _Tokens, first: int, value: float, *, sure: bool = False) -> str:
    """The metric that a number belongs to, looking back over "went from", "of about" and the like."""
    place = first - 1
    words = tokens.words
    while place >= 0 and place >= first - _FARTHEST_METRIC:
        if words[place] in _METRIC_ENDS:
            name = _metric_ending(tokens, place)
            if name:
                return name if sure or value <= 1 or value != int(value) or name not in _ALSO_WORDS else ""
        if tokens.kinds[place] == "number" and words[place - 1] == "@":  # "recall@10"
            place -= 1
        elif words[place] not in _TO_METRIC:
            return ""
        place -= 1
    return ""


def _metric_ending(tokens: _Tokens, place: int) -> str:
    """The longest name of a metric that ends at a place."""
    words = tokens.words
    name = best = words[place]
    best = name if name in _METRICS else ""
    for _ in range(2):
        place -= 2 if words[place - 1] in _HYPHENS else 1
        if place < 0 or tokens.kinds[place] != "word":
            break
        name = f"{words[place]} {name}"
        best = name if name in _METRICS else best
    if best == "recall" and words[place] in ("i", "we", "you", "can", "cannot"):
        return ""
    return best


def _metric_after(tokens: _Tokens, stop: int) -> str:
    """The metric that follows a number: "0.91 AUC", "92% test accuracy"."""
    words = tokens.words
    place = stop
    while words[place] in _FROM_METRIC and place < stop + 3:
        place += 1
    if words[place] not in _METRIC_STARTS:
        return ""
    name = words[place]
    best = name if name in _METRICS else ""
    for _ in range(2):
        place += 2 if words[place + 1] in _HYPHENS else 1
        name = f"{name} {words[place]}"
        best = name if name in _METRICS else best
        if not words[place]:
            break
    return best


# Neighbours that explain each other


def _linked(tokens: _Tokens, found: Iterable[_Found]) -> list[_Found]:
    """The quantities, with what they owe to their neighbours: the "people" of "5 to 10 people", the "AUC" of "AUC 0.6 → 0.7"."""
    out: list[_Found] = []
    for second in found:
        if out and second.first - out[-1].stop <= _WIDEST_GAP:
            out[-1:] = _link(tokens, out[-1], second)
        else:
            out.append(second)
    return out


def _link(tokens: _Tokens, one: _Found, two: _Found) -> tuple[_Found, ...]:
    gap = " ".join(w for w in tokens.words[one.stop : two.first] if w not in _ABOUT_WORDS and w not in (",", "("))
    merged = _merged(tokens, one, two, gap) if one.kind == "time" else None
    if merged is not None:
        return (merged,)
    if one.bare and two.bare and one.value == two.value == 50 and gap in ("", "-"):  # "fifty-fifty"
        return one._replace(kind="label"), two._replace(kind="label")
    between = gap in ("and", "&") and _word_before(tokens, one.first) == "between"
    guess = gap == "" and one.bare and two.value == one.value + 1  # "four five people"
    if gap in _RANGES or between or guess:
        return _range(tokens, one, two, gap)
    if one.bare and tokens.words[one.stop] == "of" and gap == "" and one.value <= two.value:  # "two of the three shops"
        return _like(one, two), two
    listed = two.bare and ((gap == "" and one.kind == "metric") or (gap == "and" and one.kind == "label"))  # "grade 7 and 8"
    if listed or (gap in _COMPARED and one.metric and not two.metric):
        return one, _like(two, one)
    return one, two


def _range(tokens: _Tokens, one: _Found, two: _Found, gap: str) -> tuple[_Found, _Found]:
    """Two numbers of the same thing: a range, or a before and an after."""
    before = _word_before(tokens, one.first)
    if one.bare and two.bare and (one.value, two.value) == (9, 5) and (before in _WORKING or tokens.words[one.first - 1] in _WORKING):
        return one._replace(kind="date"), two._replace(kind="date")
    told = before == "from" or gap in _ARROWS
    if one.bare and two.bare:
        if (one.kind == _PRONOUN) != (two.kind == _PRONOUN) and (told or gap == "or") and 0 not in (one.value, two.value):
            return one._replace(kind="count"), two._replace(kind="count")
        if one.kind == "count" and two.kind == _PRONOUN and told:
            two = two._replace(kind="count")  # "from 12 to zero"
        return one, two
    one, two = _same_scale(one, two, told)
    if one.kind == "metric" and two.kind == "percent" and one.value > 1:  # "precision went from 61 to 74 percent"
        one = one._replace(kind=two.kind, unit=two.unit)
        two = two._replace(metric=two.metric or one.metric)
    elif one.bare:
        one = _like(one, two)
    elif two.bare and (told or one.kind not in _KEPT_TO_ITSELF or one.metric or two.kind == _PRONOUN):
        two = _like(two, one)
    elif one.kind == two.kind:
        one, two = _like(one, two), _like(two, one)
    return one, two


def _like(one: _Found, other: _Found) -> _Found:
    """The first with the unit of the other if it has none, and with its metric if they are of one kind."""
    if one.bare:
        return one._replace(unit=other.unit, kind=other.kind, metric=other.metric)
    return one._replace(metric=other.metric) if one.kind == other.kind and not one.metric else one


def _same_scale(one: _Found, two: _Found, told: bool) -> tuple[_Found, _Found]:
    """The million for both of "2 to 3 million" and "3 million to 2", but not of "500 to 2 million", "five to a million" or
    "four hundred to thirty".
    """
    part = two.value / two.scale
    near = _near(one.value, part) and part != 1 and (two.scale > 100 or one.value < part)
    if one.scale == 1 < two.scale and near and (one.bare or one.kind == "money"):
        one = one._replace(value=one.value * two.scale, scale=two.scale)
    elif two.scale == 1 and one.scale > 100 and told and two.bare and _near(two.value, one.value / one.scale):
        two = two._replace(value=two.value * one.scale, scale=one.scale)
    return one, two


def _near(one: float, two: float) -> bool:
    return 0 < one < 10 * two and two < 10 * one


def _merged(tokens: _Tokens, one: _Found, two: _Found, gap: str) -> _Found | None:
    """Hours and minutes as one quantity: "2 hours and 30 minutes", "2 h 30"."""
    long, short = SECONDS.get(one.unit, 0.0), SECONDS.get(two.unit, 0.0)
    if two.unit == "" and one.unit in ("hour", "minute") and two.first == one.stop and two.stop == two.first + 1:
        short = long / 60 if _TWO_DIGITS.fullmatch(tokens.words[two.first]) else 0.0
    elif two.kind != "time" or gap not in ("", "and") or tokens.words[one.stop] == "," or _word_before(tokens, one.first) == "between":
        return None
    if not 0 < short < long or two.value * short >= long:
        return None
    return one._replace(stop=two.stop, value=one.value + two.value * short / long)


def _word_before(tokens: _Tokens, at: int) -> str:
    """The word before a place, not counting "about" and the like."""
    place = at - 1
    while place > at - _WIDEST_GAP and tokens.words[place] in _ABOUT_WORDS:
        place -= 1
    return tokens.words[place]


_Rule = Callable[[_Tokens, _Number], _Found | None]
_RULES: tuple[_Rule, ...] = (_glued_name, _ordinal, _time_of_day, _measurement, _date, _label, _counted)
_READERS: dict[str, Callable[[_Tokens, int], _Found | None]] = {
    **dict.fromkeys([*_SMALL, "zero", "hundred"], _spelled),
    **dict.fromkeys(_FOLDS, _fold_word),
    **dict.fromkeys(["a", "an"], _article),
    **dict.fromkeys(_TIMES, _twice),
    "couple": _couple,
    "half": _half,
    "point": _leading_point,
}
"""Words that may begin a quantity."""
_UNIT_READERS: dict[str, Callable[[_Tokens, _Number, int], _Found | None]] = {
    "x": _times_x, "×": _times_x, "times": _times_word, "fold": _fold, "folds": _fold, "per": _cent, "percentage": _kind_of_points,
    "basis": _kind_of_points, "out": _out_of, "in": _in_so_many,
}  # fmt: skip
_STARTERS = (frozenset(_READERS) - {"a", "an", "point"}) | frozenset(_SCALES) | frozenset(_FRACTIONS) | frozenset(_GROUPS_OF)
"""Without one of these words or a digit, only a period ("to a week") can be a quantity."""
