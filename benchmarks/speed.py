"""How fast `analyze` is, against the bare spaCy pipeline in the same run.

    python benchmarks/speed.py [--answers 200] [--repeat 3]

Prints words a second of the pipeline alone (`nlp.pipe` without `star_parts`), of the pipeline with
`star_parts`, and of `Analyzer.analyze_many` over the same answers; what reading (`star_parts`) and judging
(measures, rules, report) add to the pipeline's time; what a check of the same answers as files takes; the
time of the first answer in a fresh process against `import spacy`; and peak memory. Ratios are what to
compare: machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from star_analyzer import Analyzer

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def answers(count: int) -> list[str]:
    """So many answers of real length, made by rotating the sentences of the examples."""
    stories = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    out = []
    for i in range(count):
        paragraphs = stories[i % len(stories)].split("\n\n")
        shift = i // len(stories) % max(1, len(paragraphs))
        out.append("\n\n".join(paragraphs[shift:] + paragraphs[:shift]))
    return out


def timed(run: Callable[[], object]) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def consume(results: Iterable[object]) -> None:
    """Take everything and keep nothing, as a program that writes each report out does."""
    deque(results, maxlen=0)


def checked(texts: list[str], analyzer: Analyzer) -> float:
    """Seconds of a check of the texts as files, with the pipeline already loaded; the better of two."""
    from star_analyzer import gathering
    from star_analyzer.checking import check_files
    from star_analyzer.config import no_config
    from star_analyzer.render.lines import check_lines

    gathering._base = lambda _: analyzer  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(texts):
            Path(folder, f"{at:05}.md").write_text(text, encoding="utf-8")
        return min(timed(lambda: check_lines(check_files([folder], no_config(), {}, explicit=True))) for _ in range(2))


def fresh(code: str) -> float:
    """Seconds of a fresh interpreter running some code; the best of three."""
    return min(timed(lambda: subprocess.run([sys.executable, "-c", code], check=True)) for _ in range(3))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()

    from star_analyzer import Analyzer

    texts = answers(args.answers)
    words = sum(len(t.split()) for t in texts)
    analyzer = Analyzer()
    load = timed(lambda: analyzer.analyze(texts[0]))
    bare = read = full = float("inf")
    for _ in range(args.repeat):  # alternate, so that a slow moment of the machine hits both
        with analyzer.nlp.select_pipes(disable=["star_parts"]):
            bare = min(bare, timed(lambda: consume(analyzer.nlp.pipe(texts, batch_size=32))))
        read = min(read, timed(lambda: consume(analyzer.nlp.pipe(texts, batch_size=32))))
        full = min(full, timed(lambda: consume(analyzer.analyze_many(texts))))
    print(f"{args.answers} answers, {words:,} words, best of {args.repeat}")
    print(f"bare pipeline     {words / bare:>8,.0f} words/s")
    print(f"with star_parts   {words / read:>8,.0f} words/s")
    print(f"analyze_many      {words / full:>8,.0f} words/s")
    print(f"beyond the bare pipeline, of its time: reading {read / bare - 1:.0%}, judging {(full - read) / bare:.0%}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # a check keeps all its reports
    print(f"check of as many files: {checked(texts, analyzer) / full:.2f} times the time of analyze_many")
    print(f"first answer in this process (loads everything): {load:.2f} s")
    spacy_import = fresh("import spacy")
    first = fresh(f"from star_analyzer import analyze; analyze({texts[0]!r})")
    limit = 1.5 * spacy_import + 0.7
    print(f"fresh process: import spacy {spacy_import:.2f} s, first answer {first:.2f} s (1.5 x import + 0.7 s = {limit:.2f} s)")
    print(f"peak memory without the check: {memory:.0f} MB")


if __name__ == "__main__":
    main()
