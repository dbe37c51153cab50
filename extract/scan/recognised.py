"""Words from the engine as runs of text in points, as the readers of text layers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.pdf.content import Font, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.scan.engine import Word

_FONT = Font("", bold=False)
_X_PER_SIZE = (
    0.68  # the height of a line's ink, in sizes of its letters (capitals 0.66, marks above, tails below)
)


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Give the words line by line."""
    found: list[list[Word]] = []
    for word in words:
        if word.begins_line or not found:
            found.append([])
        found[-1].append(word)
    return found


def line_run(words: Sequence[Word], dpi: float) -> Run:
    """Give a line of words as one run."""
    return _run(" ".join(word.text for word in words), words, dpi)


def word_runs(words: Sequence[Word], dpi: float) -> list[Run]:
    """Give a line of words as one run a word, all of one size and baseline."""
    return [_run(word.text, [word], dpi)._replace(size=_size(words, dpi)) for word in words]


def _run(text: str, words: Sequence[Word], dpi: float) -> Run:
    point = dpi / 72
    first = words[0]
    return Run(
        text, min(word.x0 for word in words) / point, min(word.top for word in words) / point,
        max(word.x1 for word in words) / point, max(word.bottom for word in words) / point,
        first.baseline / point, _size(words, dpi), _FONT, -1, -1, 0, (first.x1 - first.x0) / point,
    )  # fmt: skip


def _size(words: Sequence[Word], dpi: float) -> float:
    """Estimate the size of the letters from the ink above the baseline."""
    heights = sorted(word.baseline - word.top for word in words)
    return max(heights[len(heights) // 2] / (dpi / 72) / _X_PER_SIZE, 4.0)


def confidence(words: Iterable[Word]) -> float:
    """Give how sure the engine is of some words, long ones counting more."""
    weighed = [(len(word.text), word.confidence) for word in words]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * sure for weight, sure in weighed) / total if total else 1.0
