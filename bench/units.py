"""Organisation cells per second on one core.

    uv run python bench/units.py [--seconds 3]

The cells are the test corpus: one name and long lists, clean and noisy, of every kind of issuer. They are read once
to warm up and then, again and again, as CPU time allows. `parse_units` keeps answers (plans repeat their cells);
the line "each cell read anew" goes past that memory. Exit code 1 when the target is missed.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.organisations import UnitContext, parse_units

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parents[1] / "tests" / "normalize" / "organisation_cells.csv"
CELLS_A_SECOND = 5_000


def cells() -> list[tuple[str, UnitContext]]:
    found = []
    for row in csv.DictReader(CORPUS.read_text("utf-8").splitlines()):
        day = datetime.date.fromisoformat(row["date"]) if row["date"] else None
        found.append((row["text"], UnitContext(issuer=row["issuer"], date=day)))
    return found


def rate(
    read: Callable[[str, UnitContext], object], texts: list[tuple[str, UnitContext]], seconds: float
) -> float:
    """Cells a second of CPU time: the best pass, so that a busy machine does not count."""
    for text, context in texts:
        read(text, context)
    best, began = 0.0, time.process_time()
    while time.process_time() - began < seconds:
        start = time.process_time()
        for text, context in texts:
            read(text, context)
        best = max(best, len(texts) / (time.process_time() - start))
    return best


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0)
    seconds = options.parse_args().seconds
    texts = cells()
    kept = rate(parse_units, texts, seconds)
    anew = rate(parse_units.__wrapped__, texts, seconds)
    print(f"{len(texts)} cells")
    print(f"parse_units            {kept:12,.0f} cells/s")
    print(f"each cell read anew    {anew:12,.0f} cells/s   (wanted: {CELLS_A_SECOND:,})")
    return 0 if anew >= CELLS_A_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
