"""How long it takes, when something happens, and how it sounds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from star_analyzer.report import Balance, Part, Sentence, Severity
from star_analyzer.rules.registry import Draft, Sections, rule
from star_analyzer.rules.wording import in_line, is_event
from star_analyzer.sections import Span

_FEWEST = 3
"""Fillers or hedges below this are chance, whatever their rate in a short answer."""
_END_MARKS = (".", "!", "?", "…")
_CLOSING = "\"'”’)]* "
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_JOINT = re.compile(r"(?:[,;:–—]\s*|\s)(?=(?:and|but|so|which|because|while|although|then|where|whereas|before|after|until|since)\b)", re.I)
_LEAST_PIECE = 8
"""Words that a piece of a sentence must have to stand as a sentence."""
_SHORTEST_NAME = 4
"""Letters that part of a cue's name must have to stand for the words said."""
_LEAD = 3
"""Words quoted before those that are meant."""
_STRETCHES = {"setup": "the setup", "action": "what you did", "outcome": "the end"}


def _ends(sentence: Sentence, text: str) -> bool:
    """Whether a sentence has an end mark; text from a speech recogniser has none."""
    return text[sentence.start : sentence.end].rstrip(_CLOSING).endswith(_END_MARKS)


def _punctuated(sentences: Sequence[Sentence], text: str) -> bool:
    """Whether sentence ends were written, so that sentences can be counted."""
    return 2 * sum(_ends(s, text) for s in sentences) > len(sentences)


def _minutes(seconds: float) -> str:
    """Seconds as people say them."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} second{'' if whole == 1 else 's'}"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" + (f" {rest} seconds" if rest else "")


def _words_in(seconds: float, sections: Sections) -> float:
    return seconds * sections.structure.words_per_minute / 60


def _to_tens(words: float) -> int:
    """Words to cut or add, rounded up to ten: nobody counts them more closely."""
    return max(10, 10 * math.ceil(words / 10))


def _setup(sections: Sections) -> list[Sentence] | None:
    """The sentences before the first Action, or None without Action."""
    before: list[Sentence] = []
    for sentence in sections.sentences:
        if sentence.part is Part.ACTION:
            return before
        if sentence.words:
            before.append(sentence)
    return None


def _is_late(sections: Sections) -> bool:
    """Whether the first Action comes too late, in seconds or in sentences of setup."""
    before = _setup(sections)
    if not before or not is_event(sections):
        return False
    took = sections.delivery.seconds_before_action or 0.0
    return took > sections.profile.setup_seconds or _setup_sentences(before, sections) > sections.profile.setup_sentences


def _setup_sentences(before: Sequence[Sentence], sections: Sections) -> int:
    """Sentences of setup before the first Action, greetings and asides left out; none where no sentence ends were written."""
    return sum(s.part is not Part.OTHER for s in before) if _punctuated(before, sections.evidence.text) else 0


@rule(code="DL101", name="short-answer", severity=Severity.INFO, since="0.1", helps=6)
def short_answer(sections: Sections) -> Iterator[Draft]:
    """A story told in less than a minute.

    What it checks:
        Said aloud, the answer takes less than the profile's `shortest_seconds` (60), in a story of 25 words or more.

    Why it matters:
        In less than a minute there is room for what happened, not for why you did it that way, and the why is what is rated.

    Flagged:
        The bakery where I worked kept running out of rye bread before noon. My task was to stop that without baking more than
        we could sell. I counted what was sold each hour for two weeks, and then I moved one batch of rye from four to nine in
        the morning. As a result, we had rye until closing time, and we threw away less.

    Better:
        The bakery where I worked kept running out of rye bread before noon, and regulars had started to go elsewhere. My task
        was to stop that without baking more than we could sell. First I counted what was sold each hour for two weeks, because
        nobody could tell me when exactly we ran out. I saw that half of the rye was gone by ten. I thought about a bigger batch
        at four in the morning, but on quiet days we would have thrown a third of it away. Instead I moved one of the two
        batches to nine, which meant that the second oven had to be free then. I talked to the pastry cook, and we agreed that
        his tarts could go in at seven. For the first week I wrote down every evening what was left, so that I could go back if
        it went wrong. As a result, we had rye until closing time, and the bread we threw away fell from twelve loaves a day to
        four. I learned to count before I argue.

    Source:
        Common coaching advice: one to three minutes.
    """
    took, least = sections.delivery.seconds, sections.profile.shortest_seconds
    if not is_event(sections) or took >= least:
        return
    decided = sections.decisions
    if not decided.alternatives:
        add, follow_up = "what else you could have done and why you did not", "What else did you consider?"
    elif not decided.reasons:
        add, follow_up = "why you did it this way", "Why did you do it that way?"
    elif not decided.validations:
        add, follow_up = "how you checked that it worked", "How did you know that it worked?"
    else:
        add, follow_up = "what was hardest about it and how you got past that", "What was the hardest part of it?"
    missing = _to_tens(_words_in(least - took, sections))
    yield Draft(
        f"Said aloud, this takes about {_minutes(took)} ({sections.structure.words} words): the story is over before it can be judged.",
        f"Add about {missing} words, and spend them on {add}.",
        {"seconds": took, "at_least": least, "words": sections.structure.words},
        follow_up=follow_up,
    )


@rule(code="DL102", name="too-long", severity=Severity.WARNING, since="0.1", helps=6)
def too_long(sections: Sections) -> Iterator[Draft]:
    """A story that takes more than three minutes.

    What it checks:
        Said aloud, the answer takes more than the profile's `longest_seconds` (180), in a story. The stretch that is furthest
        over its band is where to cut.

    Why it matters:
        Interviewers plan about five minutes for a question, with their own questions in it. Who talks for four of them is
        stopped, often before the result.

    Flagged:
        Two years ago I worked in the back office of a firm that runs car parks in eleven towns. There were about sixty of
        us, and the office was on the third floor of an old brewery. My team was five people, and we were handling the
        letters of drivers who had been fined. The letters came by post, by mail and through a form on the website, and
        each of the three ways had its own list. The lists were kept by three colleagues who had been there for many
        years. In spring a new machine was put up at the hospital car park, and it was reading the number plates wrongly.
        There were suddenly four hundred letters a week where there had been ninety, and some people waited seven weeks
        for an answer. The local paper had written about it twice. The head of the office was worried, the hospital was
        threatening to end the contract, and two of my colleagues were ill at the time. My task was to get the waiting
        time back under ten days before the contract was up in June, without hiring anybody. First I read two hundred of
        the letters, because nobody could tell me what people were writing about. I put each on one of five piles. I found
        that six out of ten were about the new machine, and that those could all be answered in the same way. I thought
        about a standard letter for all of them, but then people with a real complaint would have been angry for good.
        Instead I wrote a short list of questions by which a colleague could tell in a minute whether it was the machine.
        I tried the list on fifty old letters, and it was wrong on two. After that I put the three lists together into one
        sheet, so that everybody could see what was oldest. I asked the colleagues who had kept the lists to check my
        sheet, and they found eleven letters that were missing. I also called the maker of the machine every morning and
        gave them the plates that had been read wrongly the day before, because they did not believe us at first. I sat
        with the two newest colleagues for a week and answered letters together with them. When the sheet was too slow I
        split it by town. I told the hospital every Friday how many letters were left. As a result, the waiting time fell
        from seven weeks to eight days by the middle of May, and the maker changed the camera at the end of the month. The
        hospital signed for three more years. The sheet with the five piles is still in use, and the head of the office
        now looks at it each Monday before he does anything else. I learned that I should read what people write before I
        count it, and since then I have always begun with a pile of real letters, whatever the question is that I have
        been asked.

    Better:
        Two years ago I worked in the back office of a firm that runs car parks. In spring a new machine at the hospital
        was reading number plates wrongly: there were four hundred letters a week where there had been ninety, and people
        waited seven weeks for an answer. My task was to get that under ten days by June, without hiring anybody. First I
        read two hundred of the letters, because nobody could tell me what people were writing about. I found that six out
        of ten were about the new machine, and that those could be answered in the same way. I thought about a standard
        letter for all of them, but then people with a real complaint would have been angry for good. Instead I wrote a
        short list of questions by which a colleague could tell in a minute whether it was the machine. I tried it on
        fifty old letters, and it was wrong on two. I also called the maker every morning with the plates of the day
        before. As a result, the waiting time fell from seven weeks to eight days by the middle of May, and the hospital
        signed for three more years. I learned to read what people write before I count it.

    Source:
        Common coaching advice: one to three minutes.
    """
    took, most = sections.delivery.seconds, sections.profile.longest_seconds
    if not is_event(sections) or took <= most:
        return
    built = sections.structure
    cut = _to_tens(_words_in(took - most, sections))
    where, why, span, part = _where_to_cut(sections)
    yield Draft(
        f"Said aloud, this takes about {_minutes(took)} ({built.words} words); after {_minutes(most)} a listener waits for the end.",
        f"Cut about {cut} words, first of all from {where}: {why}.",
        {"seconds": took, "at_most": most, "words": built.words, "words_to_cut": cut},
        span=span,
        part=part,
        follow_up="Let me stop you there: what came of it in the end?",
    )


def _where_to_cut(sections: Sections) -> tuple[str, str, tuple[int, int] | None, Part | None]:
    """The stretch to cut, why it, and its longest sentence: the one furthest over its band, else the asides, else the longest one."""
    built = sections.structure
    stretches: dict[str, Balance] = {"setup": built.setup, "action": built.action, "outcome": built.outcome}
    over = [(b.share - b.high, name) for name, b in stretches.items() if b.verdict == "over"]
    if over:
        name = max(over)[1]
        balance = stretches[name]
        parts: tuple[Part, ...] = balance.parts
        where, why = _STRETCHES[name], f"it is {balance.share:.0%} of the answer, and {balance.target:.0%} is enough"
    elif built.shares.other.share > stretches["setup"].low:
        parts = (Part.OTHER,)
        where, why = "what does not belong to the story", f"that is {built.shares.other.share:.0%} of the answer"
    else:
        return (
            "the steps that any colleague would have taken too",
            "the balance is right, so shorten every part a little and keep the steps that were your own idea",
            None,
            None,
        )
    longest = max((s for s in sections.sentences if s.part in parts), key=lambda s: (s.words, -s.number))
    return where, f"{why}. Begin with “{in_line(longest, sections)}”", (longest.start, longest.end), longest.part


@rule(code="DL103", name="late-action", severity=Severity.WARNING, since="0.1", helps=7)
def late_action(sections: Sections) -> Iterator[Draft]:
    """It takes too long until the speaker does something.

    What it checks:
        The first Action begins later than the profile's `setup_seconds` (30) or after more than `setup_sentences` (5) sentences
        of setup. Sentences are counted only where their ends were written.

    Why it matters:
        Until you do something there is nothing to rate, and a listener who waits half a minute has begun to look for the point.

    Flagged:
        At my last company we sold garden furniture online. There were three warehouses, one in the north, one in the south and
        a small one near the airport that had come with a firm we had bought. Each of them had its own stock list, and the lists
        were compared by hand on Fridays by a colleague who had done it for eleven years. In the summer the orders doubled, and
        customers were buying chairs that nobody had. The support team was drowning in angry mails. My task was to stop that
        before the sale in August. I wrote a job that compared the three lists every ten minutes. As a result, wrong orders fell
        from thirty a week to two.

    Better:
        At my last company we sold garden furniture online, and customers were buying chairs that nobody had, because three
        warehouses kept three stock lists. My task was to stop that before the sale in August. I wrote a job that compared the
        lists every ten minutes. I let it only report for a week, and I went through its findings with the warehouse managers.
        As a result, wrong orders fell from thirty a week to two.

    Source:
        Common coaching advice: two or three sentences and half a minute of setup.
    """
    before = _setup(sections)
    if not before or not _is_late(sections):
        return
    profile, took = sections.profile, sections.delivery.seconds_before_action or 0.0
    counted = _setup_sentences(before, sections)
    first = next(s for s in sections.sentences if s.part is Part.ACTION)
    early = before[: len(before) // 2 + 1]  # what is told last before the first step is mostly the problem itself
    longest = max(early, key=lambda s: (s.part is not Part.TASK, s.words, -s.number))
    after = f"{_minutes(took)}" if took > profile.setup_seconds else f"{counted} sentences"
    yield Draft(
        f"The first thing you do, “{in_line(first, sections)}”, comes after {after}.",
        f"Say in one sentence what was wrong, in one what you had to achieve, and go on with “{in_line(first, sections, 30)}”. "
        f"The first to go: “{in_line(longest, sections)}”.",
        {
            "seconds_before_action": took,
            "limit": profile.setup_seconds,
            "sentences_before_action": counted,
            "limit_of_sentences": profile.setup_sentences,
        },
        span=(before[0].start, before[-1].end),
        part=Part.SITUATION,
        follow_up="And what was it that you did?",
    )


def _commonest(spans: Sequence[Span], sections: Sections) -> tuple[Counter[str], Span, tuple[str, ...]]:
    """Words by how often they come, the first place of the commonest, and the cues behind all of them."""
    named: list[tuple[str, str, Span]] = []
    for span in spans:
        said = sections.quote(span)
        known = sections.evidence.sentences[span.sentence - 1].mentions
        cue = next((m.cue for m in known if (m.start, m.end) == (span.start, span.end)), "")
        named.append((_bare(said, cue), cue, span))
    count = Counter(words for words, _, _ in named)
    most = count.most_common(1)[0][0]
    first = next(span for words, _, span in named if words == most)
    return count, first, tuple(dict.fromkeys(f"phrase:{cue}" for _, cue, _ in named if cue))


def _bare(said: str, cue: str) -> str:
    """What was said without the words around it that the cue needs: "it actually" is "actually" by the name of its cue."""
    words = " ".join(_WORD.findall(said.casefold())) or said
    core = cue.partition(".")[2].split("-")
    pieces = [" ".join(core[first:behind]) for first in range(len(core)) for behind in range(first + 1, len(core) + 1)]
    known = [p for p in pieces if len(p) >= _SHORTEST_NAME and f" {p} " in f" {words} "]
    return re.sub(r"\bi\b", "I", max(known, key=len, default=words))


def _listed(count: Counter[str], most: int = 3) -> str:
    """“you know” four times, “basically” twice, …"""
    times = {1: "once", 2: "twice"}
    said = [f"“{words}” {times.get(n, f'{n} times')}" for words, n in count.most_common(most)]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]


@rule(code="DL201", name="fillers", severity=Severity.INFO, since="0.1", helps=3)
def fillers(sections: Sections) -> Iterator[Draft]:
    """Filler words come so often that they are noticed.

    What it checks:
        Three or more fillers (um, you know, basically, …), and more of them a minute than the profile's `fillers_per_minute` (8).

    Why it matters:
        A few are how people talk. From one every seven seconds on, a listener hears the fillers.

    Flagged:
        So basically we had, you know, a warehouse that was kind of always late with the parcels, and I was asked to fix it.
        I basically walked through it with the night shift, and I actually saw that, you know, the labels were printed in the
        wrong order. So basically I changed the order. As a result, we were like forty minutes faster.

    Better:
        We had a warehouse that was always late with the parcels, and I was asked to fix it. I walked through it with the night
        shift and saw that the labels were printed in the wrong order. I changed the order. As a result, we were forty minutes
        faster.

    Source:
        Ours: conversation has about two to five a minute; twice that is noticed.
    """
    found, most = sections.delivery.fillers, sections.profile.fillers_per_minute
    if not is_event(sections) or len(found) < _FEWEST or sections.delivery.fillers_per_minute <= most:
        return
    count, first, cues = _commonest(found, sections)
    word = next(iter(count.most_common(1)))[0]
    yield Draft(
        f"{len(found)} fillers in {_minutes(sections.delivery.seconds)}: {_listed(count)}.",
        f"Record yourself once and stop at every “{word}”. Say nothing there instead: a pause of a second sounds like thinking.",
        {"fillers": len(found), "fillers_per_minute": sections.delivery.fillers_per_minute, "at_most": most, "commonest": word},
        span=(first.start, first.end),
        part=sections.sentences[first.sentence - 1].part,
        follow_up="Can you sum that up in one sentence?",
        cues=cues,
    )


@rule(code="DL202", name="hedges", severity=Severity.INFO, since="0.1", helps=3)
def hedges(sections: Sections) -> Iterator[Draft]:
    """Doubt is put on so many claims that none of them stands.

    What it checks:
        Three or more hedges (I think, maybe, sort of, …) outside Reflection, and more of them in a hundred words than the
        profile's `hedges_per_100` (4).

    Why it matters:
        A listener cannot tell which of your doubts are real. The one that is should be the only one.

    Flagged:
        At the clinic I think the letters were probably going to the old address, more or less half of them. I was asked to fix
        it. I guess I looked at the export first, and maybe it was the wrong column. I probably changed that. As a result, I
        believe it was a bit better, perhaps ten letters a week came back instead of fifty or so.

    Better:
        At the clinic half of the letters were going to the old address. I was asked to fix it. I looked at the export first and
        found that it read the wrong column. I changed that. As a result, about ten letters a week came back instead of fifty. I
        am not sure that the last ten had the same cause.

    Source:
        Ours: two in a hundred words are polite; from four on every claim sounds doubtful.
    """
    found, words, most = sections.delivery.hedges, sections.structure.words, sections.profile.hedges_per_100
    if not is_event(sections) or len(found) < _FEWEST or 100 * len(found) / words <= most:
        return
    count, first, cues = _commonest(found, sections)
    weightiest = _hedge_to_drop(found, sections) or first
    sentence = sections.sentences[weightiest.sentence - 1]
    dropped = next(iter(_commonest([weightiest], sections)[0]))
    yield Draft(
        f"{len(found)} hedges in {words} words: {_listed(count)}.",
        f"Say “{_around(weightiest, sentence, sections)}” once without “{dropped}”. If it is still true, leave it like that; "
        "if you are not sure, say what you do know: a number, a name, what you saw.",
        {"hedges": len(found), "per_100_words": round(100 * len(found) / words, 1), "at_most": most},
        span=(weightiest.start, weightiest.end),
        part=sentence.part,
        follow_up="How sure are you of that, and how do you know?",
        cues=cues,
    )


def _around(words: Span, sentence: Sentence, sections: Sections) -> str:
    """Some words with what stands around them in their sentence."""
    before = sections.evidence.text[sentence.start : words.start].split()
    lead = " ".join(before[-_LEAD:])
    tail = in_line(Span(sentence=words.sentence, start=words.start, end=sentence.end), sections, 50)
    return f"{'… ' if len(before) > _LEAD else ''}{lead} {tail}".strip()


def _hedge_to_drop(found: Sequence[Span], sections: Sections) -> Span | None:
    """The hedge that costs most: one on the result, else one on what was done."""
    for part in (Part.RESULT, Part.ACTION):
        for span in found:
            if sections.sentences[span.sentence - 1].part is part:
                return span
    return None


@rule(code="DL203", name="long-sentence", severity=Severity.INFO, since="0.1", helps=2)
def long_sentence(sections: Sections) -> Iterator[Draft]:
    """A sentence too long to be said in one breath.

    What it checks:
        The longest sentence that has an end mark has more words than the profile's `sentence_words` (40).

    Why it matters:
        When such a sentence ends, the listener has lost its beginning; and the one deed in it that matters is buried.

    Flagged:
        At my last job the delivery vans left late every morning. My task was to change that. I stood at the gate for a week with
        a list, and I saw that the drivers were waiting for the second pallet, which came from the cold store at the other end of
        the yard, so I asked the store to begin half an hour earlier and moved the pallet to the gate. As a result, the vans left
        on time.

    Better:
        At my last job the delivery vans left late every morning. My task was to change that. I stood at the gate for a week with
        a list. I saw that the drivers were waiting for the second pallet, which came from the cold store at the other end of the
        yard. I asked the store to begin half an hour earlier, and I moved the pallet to the gate. As a result, the vans left on
        time.

    Source:
        Plain-language guides ask for fifteen to twenty words; what is spoken gets twice that here.
    """
    most = sections.profile.sentence_words
    if not is_event(sections):
        return
    long = [s for s in sections.sentences if s.words > most and _ends(s, sections.evidence.text)]
    if not long:
        return
    worst = max(long, key=lambda s: (s.words, -s.number))
    more = f" {len(long) - 1} more {'is' if len(long) == 2 else 'are'} over {most} words too." if len(long) > 1 else ""
    yield Draft(
        f"The sentence that begins “{in_line(worst, sections, 40)}” has {worst.words} words.{more}",
        _split(sections.evidence.text[worst.start : worst.end]),
        {"words": worst.words, "at_most": most, "sentences_over": len(long)},
        span=(worst.start, worst.end),
        part=worst.part,
        follow_up="Could you take me through that again, one step at a time?",
    )


def _split(sentence: str) -> str:
    """Where a long sentence can be ended: at the joint nearest to its middle."""
    whole = len(sentence.split())
    joints = [
        (abs(before - whole / 2), m.start(), m.end())
        for m in _JOINT.finditer(sentence)
        if _LEAST_PIECE <= (before := len(sentence[: m.start()].split())) <= whole - _LEAST_PIECE
    ]
    if not joints:
        return "Tell it as two sentences: first what you saw, then what you did."
    _, left, right = min(joints)
    end = " ".join(sentence[:left].split()[-4:]).rstrip(",;:–—")
    start = " ".join(sentence[right:].split()[:5]).rstrip(",;:.")
    return f"End it after “{end}” and begin a new sentence with what follows (“{start} …”)."


@rule(code="DL204", name="same-openings", severity=Severity.INFO, since="0.1", helps=1)
def same_openings(sections: Sections) -> Iterator[Draft]:
    """Neighbouring sentences start with the same words.

    What it checks:
        The profile's `openings` (4) or more sentences in a row start with the same two words.

    Why it matters:
        Told like that, every step weighs the same, and the one that mattered goes by unheard.

    Flagged:
        Last winter the heating of our school failed in exam week. I was asked to keep the exams going. Then I called the
        caretaker. Then I moved two classes into the gym. Then I borrowed heaters from the theatre group. Then I told the
        parents. As a result, every exam was written on its day.

    Better:
        Last winter the heating of our school failed in exam week. I was asked to keep the exams going. First I called the
        caretaker, who said it would take three days. So I moved two classes into the gym. For the others I borrowed heaters from
        the theatre group. Then I told the parents. As a result, every exam was written on its day.

    Source:
        Ours: two sentences that start alike are rhythm, four are a list.
    """
    if not is_event(sections) or not sections.delivery.repeated_openings:
        return
    run = max(sections.delivery.repeated_openings, key=lambda o: (len(o.sentences), -o.sentences[0]))
    first, last = sections.sentences[run.sentences[0] - 1], sections.sentences[run.sentences[-1] - 1]
    said = " ".join(sections.evidence.text[first.start : first.end].split()[:2]).rstrip(",;:")
    second = sections.sentences[run.sentences[1] - 1]
    yield Draft(
        f"{len(run.sentences)} sentences in a row start with “{said}”.",
        f"Join two of them, or begin one with its reason: “Because …, …” in place of “{in_line(second, sections, 45)}”.",
        {"sentences": len(run.sentences), "limit": sections.profile.openings, "opening": run.opening},
        span=(first.start, last.end),
        part=first.part,
        follow_up="Which of these steps made the difference?",
    )


@rule(code="DL205", name="rambling", severity=Severity.WARNING, since="0.1", helps=7)
def rambling(sections: Sections) -> Iterator[Draft]:
    """A long stretch in which nothing is done and nothing comes of it.

    What it checks:
        Situation and Other without a break for the profile's `ramble_seconds` (45) or more, except before the first Action
        where DL103 says so.

    Why it matters:
        Listeners wait about half a minute for something to happen. Then they stop following, and do not come back for the end.

    Flagged:
        Our hotel had forty double bookings in one summer, because the desk and the website did not know of each other. My
        task was to end that before Easter. I called the maker of the booking system first. It was a firm in Leeds. The
        hotel itself was an old spa that belonged to a family, and the father was running the kitchen while the two sons
        were running the rest. There was also a golf course, which had its own bookings, and there was a small chapel for
        weddings. The town had about nine thousand people. In winter there were hardly any guests, and in summer there
        were so many that the car park was full by ten. The owners were thinking about a second building, but the council
        was against it, and there was a lot of talk about that in the town. The old station was empty at that time, and
        there were plans for a museum in it, which the owners were also against. Then I connected the two lists and tested
        the link for a week with bookings of my own. As a result, we had no double booking the next summer.

    Better:
        Our hotel had forty double bookings in one summer, because the desk and the website did not know of each other. My
        task was to end that before Easter. I called the maker of the booking system first. He told me that the link had
        been there for years, but that nobody had switched it on. I connected the two lists and tested the link for a week
        with bookings of my own, and I showed the night porter how to switch it off again. As a result, we had no double
        booking the next summer.

    Source:
        Ours: listeners wait about half a minute for something to happen; forty-five seconds is patient.
    """
    stretch = sections.delivery.ramble
    if stretch is None or not is_event(sections):
        return
    before = _setup(sections)
    if before and _is_late(sections) and stretch.start <= before[-1].start:
        return
    inside = [s for s in sections.sentences if stretch.start <= s.start < stretch.end]
    took = _minutes(sum(s.words for s in inside) * 60 / sections.structure.words_per_minute)
    after = next((s for s in sections.sentences if s.start >= stretch.end and s.words), None)
    going_on = f", and go straight to “{in_line(after, sections, 40)}”" if after else ""
    longest = max(inside, key=lambda s: (s.words, -s.number))
    yield Draft(
        f"For about {took}, from “{in_line(inside[0], sections, 40)}” on, nothing is done and nothing comes of it.",
        f"Keep the one sentence of it that the story needs{going_on}. The first to go: “{in_line(longest, sections)}”.",
        {"seconds": round(sum(s.seconds for s in inside), 1), "limit": sections.profile.ramble_seconds, "sentences": len(inside)},
        span=(stretch.start, stretch.end),
        part=inside[0].part,
        follow_up="Sorry, let me bring you back: what did you do next?",
    )


@rule(code="DL206", name="repetition", severity=Severity.INFO, since="0.1", helps=3)
def repetition(sections: Sections) -> Iterator[Draft]:
    """A sentence says again what another has said.

    What it checks:
        A sentence shares at least four fifths of its content words with an earlier one.

    Why it matters:
        Said twice, it takes the time of something new, and sounds as if there were nothing new.

    Flagged:
        Our night shift lost an hour on every full moon market because the ice machine froze. I was asked to end that. I cleaned
        the valve of the ice machine and set the timer to six. The machine then ran through the market. So I cleaned the valve of
        the ice machine and I set its timer to six. As a result, we lost no hour in the whole of autumn.

    Better:
        Our night shift lost an hour on every full moon market because the ice machine froze. I was asked to end that. I cleaned
        the valve of the ice machine and set the timer to six. Then I showed the night shift how to do it without me. As a result,
        we lost no hour in the whole of autumn.

    Source:
        Counting words: sentences that share four fifths of their content words say the same.
    """
    if not is_event(sections) or not sections.delivery.repeated:
        return
    again = sections.delivery.repeated[0]
    earlier = _said_before(again, sections)
    more = len(sections.delivery.repeated) - 1
    too = f" {more} more sentence{' repeats' if more == 1 else 's repeat'} an earlier one too." if more else ""
    yield Draft(
        f"“{sections.quote(again)}” says again what “{in_line(earlier, sections, 45)}” has said.{too}",
        "Cut the second of the two. If it is there because the step mattered, say in its place what changed through it.",
        {"repeated_sentences": more + 1, "limit": 0, "earlier_sentence": earlier.number},
        span=(again.start, again.end),
        part=sections.sentences[again.sentence - 1].part,
        follow_up="Is there anything else that you did?",
    )


def _said_before(again: Span, sections: Sections) -> Sentence:
    """The earlier sentence that shares most words with one that repeats it."""
    text = sections.evidence.text

    def words(item: Sentence | Span) -> set[str]:
        return set(_WORD.findall(text[item.start : item.end].casefold()))

    own = words(again)
    earlier = sections.sentences[: again.sentence - 1]
    return max(earlier, key=lambda s: (len(own & words(s)) / max(1, len(own | words(s))), -s.number))


@rule(code="DL207", name="hard-to-read", severity=Severity.INFO, since="0.1", helps=2)
def hard_to_read(sections: Sections) -> Iterator[Draft]:
    """Long words and long sentences make it hard to follow by ear.

    What it checks:
        Flesch reading ease is below the profile's `reading_ease` (40). Only if it was measured (`readability=True`), and only
        where sentence ends were written.

    Why it matters:
        A reader can go back; a listener cannot. What reads like a report is not heard.

    Flagged:
        In the previous organisation, inconsistent documentation practices significantly complicated the certification procedures.
        I was responsible for harmonising departmental documentation requirements. I systematically investigated organisational
        dependencies, prioritised regulatory obligations and subsequently established standardised approval procedures across
        participating departments. As a result, certification preparation accelerated considerably, from eleven to four weeks.

    Better:
        At my last firm every team wrote its papers in its own way, and each audit took us months. I had to bring that into one
        form. I went from team to team, asked what the auditor would look at first, and wrote one short list for all of us. As a
        result, we were ready for the audit in four weeks, not eleven.

    Source:
        Flesch (1949): 60 to 70 is plain English, 30 to 50 is difficult.
    """
    ease, least = sections.delivery.reading_ease, sections.profile.reading_ease
    if ease is None or ease >= least or not is_event(sections) or not _punctuated(sections.sentences, sections.evidence.text):
        return
    mean, most = sections.delivery.mean_sentence_words, sections.profile.mean_sentence_words
    words = _longest_words(sections.evidence.text)
    quoted = [f"“{w}”" for w in words]
    named = f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else "the long words"
    if mean > most:
        advice = (
            f"Your sentences have {mean:.0f} words on average: end every second one at its “and” or “which”, and say {named} in short "
            "words."
        )
    else:
        advice = (
            f"Say {named} in the words that you would use to a friend, and turn nouns back into deeds: “I checked”, not “a check was made”."
        )
    yield Draft(
        f"Reading ease is {ease:.0f} (plain English has 60 to 70): this is hard to follow by ear.",
        advice,
        {"reading_ease": ease, "at_least": least, "words_a_sentence": mean},
        follow_up="Can you say that in plain words, as to somebody from another field?",
    )


def _longest_words(text: str, most: int = 3) -> list[str]:
    """The longest words, each once, in the order in which they come."""
    seen = dict.fromkeys(w for w in _WORD.findall(text) if w.islower())
    kept = sorted(seen, key=len, reverse=True)[:most]
    return [w for w in seen if w in kept]


@rule(code="DL901", name="good-length-and-start", severity=Severity.INFO, since="0.1", praise=True)
def good_length_and_start(sections: Sections) -> Iterator[Draft]:
    """The story has the right length, and soon something is done.

    What it checks:
        The answer takes between the profile's `shortest_seconds` and `longest_seconds`, and the first Action begins within
        `setup_seconds` and `setup_sentences`.

    Why it matters:
        It leaves the listener time for questions, and it shows what you did while they still listen closely.

    Flagged:
        In my second year as a nurse on a children's ward we gave the evening medicine late three days out of five. I was
        asked to find out why and to bring it under one day a week. First I went along with the trolley for four evenings
        and wrote down every stop. I saw that we walked back to the cupboard eleven times on a round, because the trolley
        had been packed for adults. I thought about buying a second trolley, but there was no money before autumn. Instead
        I packed the one that we had by room, not by kind of medicine, and I put a list of what belongs where on its side.
        My colleagues were afraid of mixing up two children, so I asked the pharmacist to check every drawer with me for
        the first week, and we found one mistake on the second day, which I changed at once. As a result, the round took
        fifty minutes instead of eighty, and in the next two months the medicine was late three times in all. I learned
        that walking along tells me more than asking.

    Better:
        On the children's ward we gave the evening medicine late three days out of five. I was asked to find out why. I
        went along with the trolley for four evenings and saw that we walked back to the cupboard eleven times on a round.
        I packed the trolley by room, not by kind of medicine. As a result, the round took fifty minutes instead of
        eighty.

    Source:
        Common coaching advice: one to three minutes, of which half a minute of setup.
    """
    profile, took = sections.profile, sections.delivery.seconds
    before = sections.delivery.seconds_before_action
    if not is_event(sections) or before is None or _is_late(sections):
        return
    if not profile.shortest_seconds <= took <= profile.longest_seconds:
        return
    first = next(s for s in sections.sentences if s.part is Part.ACTION)
    start = f"after {_minutes(before)} you act" if before else "you act from the first word"
    yield Draft(
        f"A good length, about {_minutes(took)}, and {start}: “{in_line(first, sections)}”.",
        f"Keep it at that. If the interviewer is in a hurry, shorten the steps after “{in_line(first, sections, 30)}” and keep the end.",
        {
            "seconds": took,
            "low": profile.shortest_seconds,
            "high": profile.longest_seconds,
            "seconds_before_action": before,
            "limit": profile.setup_seconds,
        },
        span=(first.start, first.end),
        part=Part.ACTION,
    )
