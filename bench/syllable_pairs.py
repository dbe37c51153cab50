"""Count which syllables stand side by side: `uv run python -m bench.syllable_pairs FILE…` prints the table.

`extract/data/syllable_pairs.csv` is such a table: it tells recognition which word was meant ("đơn vỉ" is "đơn vị").
Its files are public acts and plans with a text of their own; a pair is counted where both words are possible
syllables and nothing stands between them.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from extract.document import Table
from extract.readers import read
from extract.scan.context import words_of
from normalize.syllables import is_syllable

_NAMED = 1  # documents named as source


def main() -> int:
    counts: Counter[tuple[str, str]] = Counter()
    sources: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in map(Path, sys.argv[1:]):
        for text in _texts(path):
            words = [word.lower() if is_syllable(word) else "" for word in words_of(text)]
            for pair in pairwise(words):
                if all(pair):
                    counts[pair] += 1
                    if path.stem not in sources[pair]:
                        sources[pair].append(path.stem)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("first", "second", "count", "documents", "source"))
    for (first, second), count in sorted(counts.items()):
        named = sources[first, second]
        writer.writerow((first, second, count, len(named), " ".join(named[:_NAMED]).removesuffix(".truth")))
    return 0


def _texts(path: Path) -> list[str]:
    texts: list[str] = []
    for block in read(path, ocr="never").blocks:
        texts += [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
    return texts


if __name__ == "__main__":
    sys.exit(main())
