"""Verbs that the lemma tables lack or confuse, with their regular inflections."""

from __future__ import annotations

# Verbs of technical and office talk, younger than the tables.
_UNKNOWN = """
architect backfill backpropagate backtest bartend benchmark bookmark codesign curate deadlock declutter dogfood downweight
featurise featurize finetune fuzz hotfix mainstream misclassify misconfigure misreport multitask multithread onboard overbook
overdeliver overpredict overstaff plateau postprocess prefetch preload preprocess pretrain prototype rearchitect recheck
reconfigure reengineer refactor reindex reframe relaunch repackage repurpose rerank reroute rescope reskill retest retune
revalidate reweight roster scope shard skill storyboard text threshold timebox timestamp triage underpredict understaff underperform
upskill upweight version
""".split()

# The tables know the form, as one of a verb that lacks the last letter and is rarer: "rated" as "rat", "hoped" as "hop".
_CONFUSED = "bathe code cope distill enroll fine fulfill hate hope install pare plate rate scare scrape shine spare stage wane".split()

# The last consonant is doubled: "mislabelled", "overfitting". The plain spelling is read too.
_DOUBLING = "mislabel relabel overcommit overfit underfit reformat replan prep spec enrol fulfil distil subset screenshot".split()


def lemma_exceptions() -> dict[str, list[str]]:
    """Inflected form to lemma, in the form of a `lemma_exc` table."""
    found: dict[str, list[str]] = {}
    for verb in [*_UNKNOWN, *_CONFUSED, *_DOUBLING]:
        stems = [verb, verb + verb[-1]] if verb in _DOUBLING else [verb]
        for stem in stems:
            for form in _inflected(stem):
                found.setdefault(form, [verb])
        found[verb] = [verb]
    return found


def rarer_verbs() -> frozenset[str]:
    """Verbs to take out of the index, so that the commoner ones are found. Their doubled forms ("ratted") are exceptions already."""
    return frozenset(verb[:-1] for verb in _CONFUSED)


def _inflected(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [f"{verb}d", f"{verb[:-1]}ing", f"{verb}s"]
    if verb.endswith("y"):
        return [f"{verb[:-1]}ied", f"{verb}ing", f"{verb[:-1]}ies"]
    return [f"{verb}ed", f"{verb}ing", f"{verb}es" if verb.endswith(("s", "x", "ch", "sh", "z")) else f"{verb}s"]
