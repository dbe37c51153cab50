"""From a cell to its deadline: `parse_deadline`, the one public verb of the package."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from normalize.deadlines.cell import read_drafts
from normalize.deadlines.celltext import CellText
from normalize.deadlines.model import Deadline, DeadlinePart, Extension, Reason, RefusalError
from normalize.deadlines.recurrence import Recurrence
from normalize.deadlines.residue import decode_residue
from normalize.deadlines.tasks import label_hints
from normalize.deadlines.times import bounds, finest
from normalize.deadlines.words import tokens
from normalize.deadlines.years import Dated, settle

if TYPE_CHECKING:
    from normalize.deadlines.model import Precision
    from normalize.deadlines.parts import Draft

_LOST = re.compile(r"\ufffd|[^\W\d_]\?+[^\W\d_]|\?{2,}[^\W\d_]|[^\W\d_]\?{2,}")
_PLACEHOLDER = re.compile(
    r"[-./*+,;:|_…xX\s•]+\Z|(?:không(?: có| áp dụng)?|chưa (?:xác định|có)|n/?a|k|o|0)[.\s]*\Z",
    re.IGNORECASE,
)
_LONGEST = 4000  # characters; a longer cell is prose
_LONGEST_PLACEHOLDER = 60


def parse_deadline(text: str, plan_year: int | None = None, *, task_text: str | None = None) -> Deadline:
    """Give the normal form of a deadline cell.

    `plan_year` is the year of a part that names none (`normalize.deadlines.plan_year` finds it); without one such
    a part is refused as "incomplete". `task_text` is the task's own cell: labels found only there become
    `label_hint`. Never raises on any text. Cells repeat (half a plan says "Thường xuyên"), so answers are kept.
    """
    deadline = _parse(text, plan_year)
    if task_text and len(deadline.parts) > 1 and not any(part.label for part in deadline.parts):
        hints = label_hints(task_text, len(deadline.parts))
        if hints:
            parts = tuple(
                replace(part, extension=replace(part.extension, label_hint=hint))
                for part, hint in zip(deadline.parts, hints, strict=True)
            )
            return replace(deadline, parts=parts)
    return deadline


@lru_cache(maxsize=1 << 13)
def _parse(text: str, plan_year: int | None) -> Deadline:
    bare = text.strip()
    if not bare:
        return _nothing("no_deadline", "empty", text)
    if len(bare) < _LONGEST_PLACEHOLDER and _PLACEHOLDER.match(unicodedata.normalize("NFC", bare)):
        return _nothing("no_deadline", "placeholder", text)
    if len(text) > _LONGEST:
        return _nothing("unparsed", "no_temporal_content", text)
    if _LOST.search(text):
        return _nothing("unparsed", "lossy_encoding", text)
    residue = decode_residue(text)
    source, offsets = residue or (text, None)
    found = tokens(source)
    if not found.words:
        return _nothing("no_deadline", "empty", text)
    try:
        drafts = read_drafts(CellText(found, source))
        wrong = next((draft.error for draft in drafts if draft.error), None)
        if wrong:
            raise RefusalError(wrong)
        dates = settle(drafts, plan_year)
    except RefusalError as refusal:
        return _nothing("unparsed", refusal.reason, text)
    drafts, dates = _refined(drafts, dates)
    parts = []
    for draft, dated in zip(drafts, dates, strict=True):
        span = found.spans[draft.first][0], found.spans[draft.last - 1][1]
        if offsets:
            span = offsets[span[0]], offsets[span[1]]
        parts.append(_part(draft, dated, span, repaired=found.repaired or residue is not None))
    return Deadline("ok", None, tuple(parts))


def _refined(drafts: list[Draft], dates: list[Dated]) -> tuple[list[Draft], list[Dated]]:
    """Keep the finer of one deadline said twice: "quý IV/2022 (trước 15/12)", "trong quý I, chậm nhất 15/3"."""
    last, end = drafts[-1], dates[-1].end
    if last.type != "date" or end is None or last.comparator not in {"before", "by"}:
        return drafts, dates
    if len(drafts) == 1 and last.period:
        start, close = bounds(last.period, last.period.year or end.year)
        if start <= end <= close:
            last.label = None
    elif len(drafts) == 2 and drafts[0].type == "interval" and not drafts[0].label and not last.label:
        start_of, end_of = dates[0].start, dates[0].end
        if start_of and end_of and start_of <= end <= end_of and drafts[0].comparator == "in":
            return drafts[1:], dates[1:]
    return drafts, dates


def _part(draft: Draft, dated: Dated, span: tuple[int, int], *, repaired: bool) -> DeadlinePart:
    precision: Precision | None = finest(draft.times) if draft.times else None
    extension = draft.extension
    if isinstance(draft.recurrence, Recurrence):
        precision = draft.recurrence.precision
    elif draft.type == "relative":
        precision = "day"
    if any(time.approx for time in draft.times):
        extension = replace(extension, approx=True)
    return DeadlinePart(
        type=draft.type,
        label=draft.label,
        comparator=draft.comparator,
        start=dated.start,
        end=dated.end,
        recurrence=draft.recurrence.rule() if draft.recurrence else None,
        offset=draft.offset,
        precision=precision,
        year_inferred=dated.inferred,
        extension=extension,
        span=span,
        confidence=_confidence(draft, dated, repaired),
    )


def _confidence(draft: Draft, dated: Dated, repaired: bool) -> float:
    """Falls with each choice that was made: an inferred year, a mended spelling, a loose end of a period, a label."""
    doubt = 0.05 * dated.inferred + 0.05 * repaired + 0.1 * any(time.approx for time in draft.times)
    doubt += 0.05 * (draft.label is not None) + 0.05 * (draft.type in {"relative", "by_reference"})
    return round(1.0 - doubt, 2)


def _nothing(status: str, reason: Reason, text: str) -> Deadline:
    part = DeadlinePart("none", extension=Extension(reason=reason), span=(0, len(text)), confidence=1.0)
    return Deadline("no_deadline" if status == "no_deadline" else "unparsed", reason, (part,))
