"""How often answers of different people are taken for alike: the chance level of the comparisons of a bank.

    python benchmarks/likeness.py CORPUS.jsonl [...] [--pairs N]

Takes N pairs of answers from different sources (the field `source` of each line, its answer in `text`), with a fixed seed, and
prints for every comparison the score that 99 and 99.9% of the pairs stay below, the highest one, and the share that reaches the
threshold. Nobody of these people had heard the other: what is alike is alike by chance.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from star_analyzer import Analyzer
from star_analyzer.bank import rehearsed
from star_analyzer.bank.telling import Telling
from star_analyzer.bank.twins import twin
from star_analyzer.bank_report import Likeness

COMPARISONS: dict[str, Callable[[Telling, Telling], Likeness | None]] = {
    "opening": rehearsed.opening,
    "connectives": rehearsed.connectives,
    "rhythm": rehearsed.rhythm,
    "phrases": rehearsed.phrases,
    "lesson": rehearsed.lesson,
    "twin": twin,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=5000)
    args = parser.parse_args(arguments)
    rows = [json.loads(line) for path in args.corpus for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    tellings = [Telling(n, report) for n, report in enumerate(Analyzer().analyze_many(row["text"] for row in rows), 1)]
    readable = [at for at, telling in enumerate(tellings) if telling.report.reliable]
    apart = [(a, b) for a, b in combinations(readable, 2) if rows[a]["source"] != rows[b]["source"]]
    pairs = random.Random(1).sample(apart, min(args.pairs, len(apart)))
    print(f"{len(pairs)} pairs of {len(readable)} answers")
    for name, compare in COMPARISONS.items():
        found = [compare(tellings[a], tellings[b]) for a, b in pairs]
        scores = sorted(f.score if f else 0.0 for f in found)
        most = [scores[min(len(scores) - 1, int(len(scores) * share))] for share in (0.99, 0.999, 1)]
        over = sum(f is not None and f.score >= f.threshold for f in found) / len(pairs)
        print(f"{name:<12} 99%: {most[0]:.2f}  99.9%: {most[1]:.2f}  highest: {most[2]:.2f}  reach the threshold: {over:.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
