"""Rules about a bank of stories and not about one answer.

They read no report on an answer, so `bank/findings.py` finds what they say; here are their codes and documentation. The
texts under *Flagged* and *Better* are files with several stories.
"""

from __future__ import annotations

from collections.abc import Iterator

from star_analyzer.report import Severity
from star_analyzer.rules.registry import Draft, Rule, Sections, rule

BANK_RULES: dict[str, Rule] = {}


@rule(code="BK101", name="few-stories", severity=Severity.INFO, since="0.1", into=BANK_RULES)
def few_stories(_: Sections) -> Iterator[Draft]:
    """A bank has fewer than five stories.

    What it checks:
        The number of stories, against 5.

    Why it matters:
        An interview asks for four to six stories, and a story told twice counts once.

    Flagged:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

    Better:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

        ---
        title: The till
        ---
        Two tills counted Sunday twice. I found the clock that was an hour off and set both by the same server.

        ---
        title: The queue
        ---
        Customers waited twelve minutes at noon. I moved one person from the store room to the counter, and it was four.

        ---
        title: The label printer
        ---
        Every tenth label was unreadable. I read the manual of the printer, cleaned its head, and wrote down how.

        ---
        title: The rota
        ---
        Nobody wanted to work on Saturdays. I asked each of the nine what they would swap it for and made a rota of that.

    Source:
        Common coaching advice: five to seven stories that can be told to most prompts.
    """
    yield from ()


@rule(code="BK102", name="many-stories", severity=Severity.INFO, since="0.1", into=BANK_RULES)
def many_stories(_: Sections) -> Iterator[Draft]:
    """A bank has more than seven stories.

    What it checks:
        The number of stories, against 7, and which of them no prompt needs.

    Why it matters:
        What is half known is told badly. Seven stories, each good for several prompts, are enough and can be kept ready.

    Flagged:
        ---
        title: One
        ---
        I cleaned the freezer.

        ---
        title: Two
        ---
        I mended the till.

        ---
        title: Three
        ---
        I moved the queue.

        ---
        title: Four
        ---
        I repaired the printer.

        ---
        title: Five
        ---
        I wrote the rota.

        ---
        title: Six
        ---
        I counted the stock.

        ---
        title: Seven
        ---
        I called the supplier.

        ---
        title: Eight
        ---
        I painted the door.

    Better:
        ---
        title: One
        ---
        I cleaned the freezer.

        ---
        title: Two
        ---
        I mended the till.

    Source:
        Common coaching advice: five to seven stories that can be told to most prompts.
    """
    yield from ()


@rule(code="BK103", name="unreadable-story", severity=Severity.ERROR, since="0.1", into=BANK_RULES)
def unreadable_story(_: Sections) -> Iterator[Draft]:
    """A story of the bank cannot be read as an answer.

    What it checks:
        Whether the report on the story can be relied on (the IN rules say why not).

    Why it matters:
        Such a story is left out of coverage and matrix: nothing can be said about it.

    Flagged:
        ---
        title: Die Kasse
        ---
        Im letzten Jahr habe ich die Kassen unseres Ladens geprüft und dabei gesehen, dass zwei von ihnen den Sonntag doppelt zählten.

    Better:
        ---
        title: The till
        ---
        Last year I checked the tills of our shop and saw that two of them counted Sunday twice, so I set both by one clock.

    Source:
        Ours.
    """
    yield from ()


@rule(code="BK201", name="category-gap", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def category_gap(_: Sections) -> Iterator[Draft]:
    """No story of the bank shows one of the seven categories.

    What it checks:
        The seven categories of docs/labels.md (improved metric, bad data, accuracy against latency, deployment, influence,
        failure, ambiguity), by what the tellings show and not by their tags. `--require-coverage` makes it fail the command.

    Why it matters:
        Interviewers ask for these seven in one wording or another. Whoever has no story bends one that does not fit.

    Flagged:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

    Better:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

        ---
        title: The forecast that I got wrong
        ---
        Last year I failed with a forecast of ice cream sales. I had trained it on summers only, and in March it ordered eight
        pallets that we had to throw away. It was my mistake: I told my manager the same day, switched it off and paid the
        supplier a visit. I learned to look at the months that a model has never seen before I trust it.

    Source:
        The categories are those that interviewers of machine-learning engineers ask for; see docs/labels.md.
    """
    yield from ()


@rule(code="BK202", name="category-weak", severity=Severity.INFO, since="0.1", into=BANK_RULES)
def category_weak(_: Sections) -> Iterator[Draft]:
    """The only story for a category shows it weakly.

    What it checks:
        The probability of the category in the story that shows it best, against 0.5.

    Why it matters:
        A story in which the thing asked for is a side remark sounds like a story about something else.

    Flagged:
        ---
        title: The labels
        ---
        Every tenth label was wrong. I read a hundred of them by hand and threw out the bad ones. Then I trained the model again.

    Better:
        ---
        title: The labels
        ---
        The training data that I was given was wrong: every tenth label had been clicked by mistake, and a third of the rows were
        missing. I read a hundred labels by hand to see what the data hid, had 2,000 of them labelled again, and threw out the rest
        before I trained the model.

    Source:
        Ours.
    """
    yield from ()


@rule(code="BK203", name="meant-and-not-shown", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def meant_and_not_shown(_: Sections) -> Iterator[Draft]:
    """A story is meant for a category or a prompt, and the telling does not show it.

    What it checks:
        The `tags` and `prompts` of the front matter against what the telling shows: a category by its threshold, a prompt by a
        fit of 0.45.

    Why it matters:
        You know what the story is about; the listener knows only what you say.

    Flagged:
        ---
        title: The freezer
        tags: [failure]
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

    Better:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

    Source:
        Ours.
    """
    yield from ()


@rule(code="BK204", name="prompts-without-story", severity=Severity.INFO, since="0.1", into=BANK_RULES)
def prompts_without_story(_: Sections) -> Iterator[Draft]:
    """No story fits any prompt of a group.

    What it checks:
        For every group of prompts (improvement, data, conflict, …) whether a story reaches a fit of 0.45 with one of them.

    Why it matters:
        These are questions that you would have to answer without having thought about them.

    Flagged:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

    Better:
        ---
        title: The freezer
        ---
        Our freezer alarm rang for nothing. I moved the probe away from the fan, and false alarms fell from nine a week to one.

        ---
        title: The disagreement
        ---
        My colleague Ben disagreed with me about the new scales and refused to use them. I argued for a trial of one week on one
        counter, because neither of us knew which was right. We agreed that he would count himself, and I asked our manager to
        wait for it. He had objected that they were slow. They were, by four seconds, and he found one wrong price a day. In the end
        he asked for a second pair, and I learned to let people count for themselves.

    Source:
        The prompts are those of `bank/prompts.toml`, gathered from common advice for candidates and put into our own words.
    """
    yield from ()


@rule(code="BK205", name="one-story-for-everything", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def one_story_for_everything(_: Sections) -> Iterator[Draft]:
    """One story is the best for too many prompts.

    What it checks:
        Of the prompts that a story fits, the share for which the same story is the best one, after prompts were spread as evenly as
        the fits allow; against 0.4, from three stories on.

    Why it matters:
        It can be told once. After that the bank is what the other stories are.

    Flagged:
        ---
        title: The ranking
        ---
        Last spring our shop's search showed dead links, and sales from search had fallen by 12%. I owned the ranking. I read 300
        searches by hand and found that a third of the clicks in our logs came from bots, so I threw them out. I considered a
        neural ranker, but it needed 200 milliseconds, so I gave up a little quality for a linear model that took 20. I tested it in
        shadow mode, rolled it out to 5% and set an alert. As a result, sales from search rose from $1.0 million to $1.2 million a
        month. I learned to read logs before I train.

        ---
        title: The door
        ---
        I painted the door of the shop. It was green before. Now it is blue, and it looks nice.

        ---
        title: The window
        ---
        I cleaned the window of the shop. It was grey before. Now the light comes in.

    Better:
        ---
        title: The door
        ---
        I painted the door of the shop. It was green before. Now it is blue, and it looks nice.

        ---
        title: The window
        ---
        I cleaned the window of the shop. It was grey before. Now the light comes in.

    Source:
        The limit is ours.
    """
    yield from ()


@rule(code="BK301", name="same-opening", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def same_opening(_: Sections) -> Iterator[Draft]:
    """Stories begin with the same formula.

    What it checks:
        The first eight words of every two stories, hesitation left out: four or more words that are the same at the start, or the
        same frame of small words with other names in it. It speaks when that holds for 40% of the stories, two at least.

    Why it matters:
        The second story that begins like the first is heard as a text learned by heart.

    Flagged:
        ---
        title: The till
        ---
        In my last role at a bakery, I was asked to look at the tills. I set both clocks by one server.

        ---
        title: The queue
        ---
        In my last role at a bank, I was asked to look at the queue. I moved one person to the counter.

    Better:
        ---
        title: The till
        ---
        Two tills counted Sunday twice, and nobody knew why. I set both clocks by one server.

        ---
        title: The queue
        ---
        “Twelve minutes for a roll!” said a customer, and left. I moved one person to the counter.

    Source:
        Common advice of coaches: have stories and not scripts. The thresholds are ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK302", name="same-connectives", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def same_connectives(_: Sections) -> Iterator[Draft]:
    """Stories go from step to step with the same connectives in the same order.

    What it checks:
        The connectives that sentences open with (“First”, “After that”, “As a result”): three different ones or more in the same
        order, and 60% of all. It speaks when that holds for 40% of the stories, two at least.

    Why it matters:
        A frame into which facts are filled is heard as one.

    Flagged:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. First, I read the logs of both. Then, I set them by one server. As a result, the counts agree.

        ---
        title: The queue
        ---
        Customers waited too long. First, I counted them at noon. Then, I moved one person there. As a result, nobody leaves.

    Better:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. First, I read the logs of both. Then, I set them by one server. As a result, the counts agree.

        ---
        title: The queue
        ---
        Customers waited too long. I stood there at noon and counted them, which took me three days. One person from the store room
        was all that it needed, and nobody leaves any more.

    Source:
        Common advice of coaches: have stories and not scripts. The thresholds are ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK303", name="same-rhythm", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def same_rhythm(_: Sections) -> Iterator[Draft]:
    """Stories have sentences of the same length one after the other.

    What it checks:
        The words of each sentence, side by side, in stories of six sentences and more whose numbers of sentences differ by one at most.
        The shorter of two sentences has, on average, 80% of the words of the longer. It speaks when that holds for 40% of the stories,
        two at least.

    Why it matters:
        Nobody who remembers falls into the same sentences twice; whoever recites does.

    Flagged:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. My manager wanted to know why. I read the long logs of both machines for two days. One of the
        clocks was an hour behind. I set both of them by the same server. Since then the two counts agree.

        ---
        title: The queue
        ---
        Many customers left at noon. Our owner asked me to help. I stood beside the counter for three days and counted. Most of the
        rush was over soon. I moved one of us to the front. After that nobody left without bread.

    Better:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. My manager wanted to know why. I read the long logs of both machines for two days. One of the
        clocks was an hour behind. I set both of them by the same server. Since then the two counts agree.

        ---
        title: The queue
        ---
        Many customers left at noon, and when I asked one of them outside why, he said that twelve minutes for a roll were a joke. So
        I counted. Three days, from eleven to one, with a pencil. The rush was over after twenty minutes, which nobody had known. I
        moved one of us to the front for just that time. They stay now.

    Source:
        Common advice of coaches: have stories and not scripts. The thresholds are ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK304", name="same-phrases", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def same_phrases(_: Sections) -> Iterator[Draft]:
    """Stories share set phrases.

    What it checks:
        Runs of five words and more that two stories have in common, with two words in them that are no small ones; ten words in all.

    Why it matters:
        A set phrase that comes again tells the listener that the words were there before the story.

    Flagged:
        ---
        title: The till
        ---
        I took full ownership of the problem from day one and read the logs. I set both clocks by one server.

        ---
        title: The queue
        ---
        It was noon and they were leaving. I took full ownership of the problem from day one and moved one person to the counter.

    Better:
        ---
        title: The till
        ---
        I said that I would find out, and read the logs of both tills. I set both clocks by one server.

        ---
        title: The queue
        ---
        It was noon and they were leaving. I left the store room and went to the counter myself.

    Source:
        Common advice of coaches: have stories and not scripts. The thresholds are ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK305", name="same-lesson", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def same_lesson(_: Sections) -> Iterator[Draft]:
    """Stories end with the same lesson.

    What it checks:
        The sentences that say what was learned, or the last one: half of the words that are no small ones in common, three at
        least. It speaks when that holds for 40% of the stories, two at least.

    Why it matters:
        A lesson that fits every story was learned in none of them.

    Flagged:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. I set both clocks by one server. I learned to talk to stakeholders early and often.

        ---
        title: The queue
        ---
        Customers waited too long. I moved one person to the counter. I learned that talking to stakeholders early is worth it.

    Better:
        ---
        title: The till
        ---
        Two tills counted Sunday twice. I set both clocks by one server. I learned to ask what time a machine thinks it is.

        ---
        title: The queue
        ---
        Customers waited too long. I moved one person to the counter. Since then I count for three days before I change a rota.

    Source:
        Common advice of coaches: a lesson is what you do differently since. The threshold is ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK306", name="twin-stories", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def twin_stories(_: Sections) -> Iterator[Draft]:
    """Two stories are the same one.

    What it checks:
        Three things: whether three quarters of the words stand in the same runs of five; whether the sentences, side by side in their
        order, have the same frames (small words in their order with holes for the rest, which stay when somebody puts in synonyms),
        with a likeness of 0.37, or 0.6 for stories of less than 100 words; whether three quarters of the numbers are the same, three
        at least and one of them no round one.

    Why it matters:
        Two files are not two stories: an interviewer who hears both has heard one.

    Flagged:
        ---
        title: The till
        ---
        Two of our tills counted every Sunday twice, and nobody in the shop knew why. I read the logs of both for two days and found that
        one of the clocks was an hour behind. So I set both of them by the same server and told the owner what it had been.

        ---
        title: The register
        ---
        Two of our registers booked every Sunday twice, and nobody in the store knew why. I studied the records of both for two days and
        saw that one of the timers was an hour behind. So I tied both of them to the same machine and showed the boss what it had been.

    Better:
        ---
        title: The till
        ---
        Two of our tills counted every Sunday twice, and nobody in the shop knew why. I read the logs of both for two days and found that
        one of the clocks was an hour behind. So I set both of them by the same server and told the owner what it had been.

        ---
        title: The queue
        ---
        Customers left at noon. I stood beside the counter with a pencil, and after three days it was plain that the rush lasted twenty
        minutes. One person from the store room, for just that time, was all that it needed.

    Source:
        The threshold is ours (benchmarks/README.md).
    """
    yield from ()


@rule(code="BK401", name="empty-field", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def empty_field(_: Sections) -> Iterator[Draft]:
    """A field of a story's card is empty, or there is no card.

    What it checks:
        The seven fields: business goal, ML problem type, exact role, main obstacle, key technical decision, measurable result,
        lesson. “TBD” and the like are empty too.

    Why it matters:
        They are what follow-up questions are about. What you cannot write in a sentence you cannot say in one.

    Flagged:
        ---
        title: The till
        business_goal: Counts that agree, so that the owner need not stay on Sunday nights.
        lesson: TBD
        ---
        Two tills counted Sunday twice. I set both clocks by one server.

    Better:
        ---
        title: The till
        business_goal: Counts that agree, so that the owner need not stay on Sunday nights.
        ml_problem_type: Anomaly detection in the counts of tills.
        exact_role: I read the logs and set the clocks; Ben wrote the alarm.
        main_obstacle: Nobody had kept the logs of more than two days.
        key_technical_decision: One server for both clocks rather than a correction in the counts, because clocks drift again.
        measurable_result: Wrong counts fell from 1 a week to 0 in a year.
        lesson: I ask what time a machine thinks it is before I read its log.
        ---
        Two tills counted Sunday twice. I set both clocks by one server.

    Source:
        The seven fields are common coaching advice for machine-learning engineers.
    """
    yield from ()


@rule(code="BK402", name="vague-field", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def vague_field(_: Sections) -> Iterator[Draft]:
    """A field of a story's card says too little.

    What it checks:
        A result without a number, a role without “I”, a problem type that names none, a lesson that anybody could have, and fields
        of fewer than three words that say something (two for the obstacle).

    Why it matters:
        What would be true of any project says nothing about yours.

    Flagged:
        ---
        title: The till
        measurable_result: It worked really well.
        lesson: Communication is key.
        ---
        Two tills counted Sunday twice. I set both clocks by one server.

    Better:
        ---
        title: The till
        measurable_result: Wrong counts fell from 1 a week to 0 in a year.
        lesson: I ask what time a machine thinks it is before I read its log.
        ---
        Two tills counted Sunday twice. I set both clocks by one server.

    Source:
        Ours, after docs/labels.md (vague impact).
    """
    yield from ()


@rule(code="BK403", name="field-not-told", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def field_not_told(_: Sections) -> Iterator[Draft]:
    """A field of a story's card does not show in the telling.

    What it checks:
        The role: whether the telling says “I” where the work is done, or makes clear what was yours. The lesson: whether a sentence
        says what you learned. Obstacle and decision: whether at least 15% of their words are in the telling, by their stems.
        Synonyms are other words to it, so look before you change anything.

    Why it matters:
        What stands on the card only is not heard by anybody.

    Flagged:
        ---
        title: The till
        exact_role: I owned the counts of both tills.
        ---
        We had two tills that counted Sunday twice. We read the logs, and we found a clock that was an hour behind. We set it right.

    Better:
        ---
        title: The till
        exact_role: I owned the counts of both tills.
        ---
        We had two tills that counted Sunday twice. I read the logs, and I found a clock that was an hour behind. I set it right.

    Source:
        Ours.
    """
    yield from ()


@rule(code="BK404", name="result-not-told", severity=Severity.WARNING, since="0.1", into=BANK_RULES)
def result_not_told(_: Sections) -> Iterator[Draft]:
    """A number of the measurable result is not in the telling.

    What it checks:
        Every number of the field that measures something, against the numbers of the telling, in digits or words.

    Why it matters:
        The number is what listeners keep. If the card says another one than you, they keep that.

    Flagged:
        ---
        title: The till
        measurable_result: Wrong counts fell from 12% to 1%.
        ---
        Two tills counted Sunday twice, and I had to find out why. I set both clocks by one server. Wrong counts fell a lot.

    Better:
        ---
        title: The till
        measurable_result: Wrong counts fell from 12% to 1%.
        ---
        Two tills counted Sunday twice, and I had to find out why. I set both clocks by one server. Wrong counts fell from twelve
        percent to one percent.

    Source:
        Ours.
    """
    yield from ()
