"""Deadline cells per second on one core, beside `dateparser.parse` in the same run.

    uv run python bench/deadlines.py [--seconds 3]

The cells are the phrasings of the test corpus: short and long, real and noisy. Each parser reads all of them once
to warm up and then, again and again, as CPU time allows. `parse_deadline` keeps answers (plans repeat their cells);
the line "each cell read anew" goes past that memory. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import dateparser

from normalize.deadlines import parse, parse_deadline

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parents[1] / "tests" / "normalize" / "deadlines_corpus.txt"
CELLS_A_SECOND, TIMES_DATEPARSER = 10_000, 3
PLAN_YEAR = 2022


def cells() -> list[str]:
    lines = CORPUS.read_text("utf-8").splitlines()
    return [line[4:].replace("\\n", "\n") for line in lines if line.startswith("    ")]


def rate(read: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """Texts a second of CPU time: the best pass, so that a busy machine does not count."""
    for text in texts:
        read(text)
    best, began = 0.0, time.process_time()
    while time.process_time() - began < seconds:
        start = time.process_time()
        for text in texts:
            read(text)
        best = max(best, len(texts) / (time.process_time() - start))
    return best


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0, help="CPU seconds for each parser")
    seconds: float = options.parse_args().seconds
    warnings.filterwarnings("ignore")  # dateparser warns of its own regular expressions
    texts = cells()
    anew = rate(lambda text: parse._parse.__wrapped__(text, PLAN_YEAR), texts, seconds)
    kept = rate(lambda text: parse_deadline(text, PLAN_YEAR), texts, seconds)
    peer = rate(lambda text: dateparser.parse(text, languages=["vi"]), texts, seconds)
    print(f"{len(texts)} cells")
    print(f"parse_deadline, each cell read anew  {anew:>12,.0f} cells/s")
    print(f"parse_deadline, as called            {kept:>12,.0f} cells/s")
    print(f"dateparser.parse                     {peer:>12,.0f} cells/s")
    print(f"read anew / dateparser               {anew / peer:>12.1f} times")
    print(f"as called / dateparser               {kept / peer:>12.1f} times")
    return 0 if anew >= CELLS_A_SECOND and kept >= TIMES_DATEPARSER * peer else 1


if __name__ == "__main__":
    sys.exit(main())
