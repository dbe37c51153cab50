"""Whole cells: expressions, the labels beside them, and the account of every word.

A cell is a row of clauses, a clause a row of texts and expressions. A text becomes the label of the expression
that it stands before (or after: "Tháng 6: sơ kết"). Words that are nobody's label and nothing the grammar knows
refuse the cell: a false date is worse than no date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.chunks import Chunk, chunks
from normalize.deadlines.elements import Element, read_elements
from normalize.deadlines.labels import is_glue, label_words, set_label, tail
from normalize.deadlines.model import Reason, RefusalError
from normalize.deadlines.recurrence import every, narrowed
from normalize.deadlines.times import Time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.deadlines.celltext import CellText
    from normalize.deadlines.parts import Draft

_LONGEST_NARRATIVE = 45  # tokens before a bare date beyond which a cell tells a story, not a deadline


def read_drafts(cell: CellText) -> list[Draft]:
    """Read the parts of the cell in text order. RefusalError when it cannot be accounted for."""
    found = chunks(cell.tokens)
    elements = read_elements(cell, found)
    drafts: list[Draft] = []
    silent: list[list[Element]] = []
    try:
        for clause in _clauses(elements):
            fresh = _clause(cell, clause)
            drafts.extend(fresh)
            silent += [] if fresh else [clause]
    except RefusalError as refusal:
        blank = any(chunk.kind in "!E" for chunk in found)
        raise RefusalError("blank_template" if blank else refusal.reason) from None
    if not drafts:
        raise RefusalError(_why_nothing(found))
    if all(draft.doubtful for draft in drafts):
        raise RefusalError("no_temporal_content")
    if len(drafts) > 1 and any(_bare_term(draft) for draft in drafts):
        raise RefusalError("ambiguous")  # "Quý I, 6 tháng, 9 tháng, năm": reports, and no date of any
    for clause in silent:
        _check_nothing_left(clause, found)
    if len({draft.label or draft.verb for draft in drafts if draft.label or draft.verb}) > 1:
        for draft in drafts:
            draft.label = draft.label or draft.verb
    for chunk in found:
        if chunk.kind in "!E" and not any(_swallows(draft, chunk) for draft in drafts):
            raise RefusalError("blank_template")
    if drafts and all(draft.type == "by_reference" and not draft.label for draft in drafts):
        return drafts[:1] if len(drafts) > 1 and _one_reference(found) else drafts
    return drafts


def _clause(cell: CellText, clause: list[Element]) -> list[Draft]:
    strong = [index for index, element in enumerate(clause) if _is_strong(clause, index)]
    drafts: list[Draft] = []
    zone: list[Element] = []
    labelled_after = _labels_follow(clause)
    open_group: list[Draft] = []
    for index, element in enumerate(clause):
        if element.when is None:
            if element.kind == "text" and labelled_after and open_group:
                set_label(cell, open_group, _until_next(clause, index), after=True)
                open_group = []
                continue
            zone.append(element)
            continue
        if index not in strong and _is_label_material(clause, index, zone):
            zone.append(element)
            continue
        weak = index not in strong
        fresh = element.when.drafts
        bracket = _bracket(zone) if open_group and not any(draft.label for draft in open_group) else 0
        if bracket:
            set_label(cell, open_group, zone[:bracket], after=True)
            zone = zone[bracket:]
            _inherit(open_group[-1], fresh, zone)
        if labelled_after and not any(part.kind in {"text", "when"} for part in zone):
            pass
        else:
            _check_adjacency(cell, zone, element, weak)
            set_label(cell, fresh, _with_naming(zone, element))
            _complete_day(fresh)
        if (
            drafts
            and fresh[0].type == "by_reference"
            and not fresh[0].label
            and _in_parenthesis(clause, index)
        ):
            zone = []
            continue  # "Quý II (theo Công văn số …)": a source, not a second deadline
        zone = []
        drafts.extend(fresh)
        open_group = fresh
    if open_group and any(element.kind in {"text", "when"} for element in zone):
        _trailing(cell, open_group, zone)
    return drafts


def _is_label_material(clause: list[Element], index: int, zone: list[Element]) -> bool:
    """Tell whether the weak expression at `index` names what is due: "báo cáo quý I, trước ngày 10/3"."""
    following = next((later for later in range(index + 1, len(clause)) if _is_strong(clause, later)), None)
    when, then = clause[index].when, clause[following].when if following else None
    if following is None or when is None or then is None:
        return False
    if then.drafts[0].offset and not then.drafts[0].offset.n:
        return False  # "Quý II/2022, sau khi có ý kiến của Thường trực": two conditions
    kind = when.drafts[0].type
    between = [element.kind for element in clause[index + 1 : following]]
    if ":" in between:
        return kind != "continuous" or bool(zone)
    if not between:  # "Quý I trước ngày 15/3"
        return kind == "interval" and then.drafts[0].type in {"date", "recurring"}
    if any(element.kind == "text" for element in zone):
        return kind != "continuous" and _goes_on(between, kind)
    return kind not in {"continuous", "by_reference", "recurring"} and set(between) <= {",", "("}


def _goes_on(between: Sequence[str], kind: str) -> bool:
    """Tell whether a name goes on through what stands before its date: "báo cáo quý I gửi | trước ngày 10/3"."""
    if "text" not in between:
        return "&" not in between or kind in {"recurring", "none"}
    opening = between[: between.index("text")]
    return kind == "none" or not {",", "&", ")"} & set(opening)


def _check_adjacency(cell: CellText, zone: list[Element], element: Element, weak: bool) -> None:
    """Refuse a bare period that only completes a name: "Kế hoạch CCHC năm 2021", "Luật Đất đai năm 2013"."""
    when = element.when
    if (
        when is None
        or not weak
        or not when.drafts[0].times
        or when.drafts[0].type not in {"interval", "date"}
    ):
        return
    texts = [part for part in zone if part.kind == "text"]
    if not texts:
        return
    length = sum(part.last - part.first for part in texts)
    if length > _LONGEST_NARRATIVE:
        raise RefusalError("no_temporal_content")
    if not zone or zone[-1].kind != "text" or _in_parenthesis_zone(zone):
        return
    words = " ".join(cell.tokens.words[texts[-1].first : texts[-1].last])
    first_words = " ".join(cell.tokens.words[texts[0].first : texts[0].last])
    if is_glue(words) or tail(words) != words:
        return
    time = when.drafts[0].times[0]
    if time.unit in {"year", "span", "school"}:
        raise RefusalError("no_temporal_content")
    if time.unit == "day" and first_words.startswith(tuple(label_words("act"))):
        raise RefusalError("no_temporal_content")
    if time.unit not in {"day", "edge", "named"} and first_words.startswith(
        tuple(label_words("document") | label_words("act"))
    ):
        for draft in when.drafts:
            draft.doubtful = True


def _bracket(zone: list[Element]) -> int:
    """Length of "(báo cáo 6 tháng)" at the head of a zone that something else follows, else 0."""
    closing = next((place for place, element in enumerate(zone) if element.kind == ")"), -1)
    if zone and zone[0].kind == "(" and closing > 0 and all(part.kind != "when" for part in zone[:closing]):
        return closing + 1
    return 0


def _inherit(before: Draft, fresh: list[Draft], between: list[Element]) -> None:
    """Let a bare day of a list take the comparator: "trước 15/6 (6 tháng), 15/12 (năm)"."""
    listed = all(element.kind in {",", "&"} for element in between)
    for draft in fresh:
        if listed and draft.type == before.type == "date" and draft.comparator is None and before.comparator:
            draft.comparator = before.comparator


def _bare_term(draft: Draft) -> bool:
    """Tell whether a part is a mere "6 tháng"."""
    offset = draft.offset
    return (
        offset is not None and offset.unit in {"month", "year"} and not offset.anchor_event and not draft.led
    )


def _check_nothing_left(clause: list[Element], found: list[Chunk]) -> None:
    """Refuse a clause that names a time nobody read: "báo cáo ngày: trước 16h"."""
    first, last = clause[0].first, clause[-1].last
    if any(chunk.kind in "THW" for chunk in found if first <= chunk.first < last):
        raise RefusalError("ambiguous")


def _until_next(clause: list[Element], index: int) -> list[Element]:
    """Give the elements from `index` to the next expression: a label with commas ("các sở, ngành")."""
    end = next((later for later in range(index, len(clause)) if clause[later].when), len(clause))
    return clause[index:end]


def _with_naming(zone: list[Element], element: Element) -> list[Element]:
    """Let a period both name and repeat: "báo cáo hằng tháng trước ngày 25"."""
    if element.when is None or element.when.naming is None or not zone or zone[-1].kind != "text":
        return zone
    return [*zone, Element("when", element.first, element.when.naming)]


def _complete_day(drafts: list[Draft]) -> None:
    """Complete a day without a month by its label: "báo cáo tháng trước ngày 25" comes every month."""
    for draft in drafts:
        label = (draft.label or "").lower()
        time = draft.times[0] if len(draft.times) == 1 else None
        if draft.error == "ambiguous" and draft.recurrence and label.endswith("tuần"):
            draft.type, draft.error = "recurring", None
        if not time or time.unit != "day" or time.month:
            continue
        if draft.period and draft.period.unit == "month":
            draft.times = (replace(draft.period, unit="day", day=time.day),)
            draft.label = None
        elif label.endswith("tháng"):
            draft.type, draft.times = "recurring", ()
            draft.recurrence = narrowed(every("tháng"), time)


def _trailing(cell: CellText, drafts: list[Draft], zone: list[Element]) -> None:
    """Words after the last expression of a clause: its label, a source in brackets, or a reason to refuse."""
    texts = [element for element in zone if element.kind == "text"]
    if not texts:
        return
    words = " ".join(cell.tokens.words[texts[0].first : texts[-1].last])
    if is_glue(words):
        return
    weak_year = (
        drafts[0].times and drafts[0].times[0].unit in {"year", "span"} and drafts[0].comparator is None
    )
    if weak_year and zone[0].kind == "text" and not words.startswith(("đối với", "cho", "với")):
        raise RefusalError("no_temporal_content")
    if all(draft.label for draft in drafts):
        return
    if sum(element.last - element.first for element in texts) > _LONGEST_NARRATIVE:
        raise RefusalError("no_temporal_content")
    set_label(cell, drafts, zone, after=True)


def _one_reference(found: Sequence[Chunk]) -> bool:
    return not any(chunk.kind in ";&" for chunk in found)


def _clauses(elements: list[Element]) -> list[list[Element]]:
    clauses: list[list[Element]] = [[]]
    for element in elements:
        if element.kind == ";":
            clauses.append([])
        else:
            clauses[-1].append(element)
    return [clause for clause in clauses if clause]


def _is_strong(clause: list[Element], index: int) -> bool:
    when = clause[index].when
    if when is None:
        return False
    if when.strong:
        return True
    before = clause[index - 1].kind if index else ""
    if before in {"(", ":"}:
        return when.drafts[0].type != "by_reference"
    return False


def _in_parenthesis(clause: list[Element], index: int) -> bool:
    return bool(index) and clause[index - 1].kind == "("


def _in_parenthesis_zone(zone: list[Element]) -> bool:
    opened = [element.kind for element in zone if element.kind in {"(", ")"}]
    return bool(opened) and opened[-1] == "("


def _labels_follow(clause: list[Element]) -> bool:
    """Tell whether labels follow their times: "tháng 6: sơ kết, tháng 12: tổng kết"."""
    body = [element for element in clause if element.kind in {"text", "when"}]
    return (
        len(body) >= 2
        and body[0].when is not None
        and body[-1].when is None
        and body[0].when.drafts[0].type != "continuous"
    )


def _swallows(draft: Draft, chunk: Chunk) -> bool:
    return draft.type in {"by_reference", "relative"} and draft.first <= chunk.first < draft.last


def _why_nothing(found: Sequence[Chunk]) -> Reason:
    kinds = {chunk.kind for chunk in found}
    if kinds & {"!", "E"}:
        return "blank_template"
    for chunk in found:
        if isinstance(chunk.value, Time) and chunk.value.error:
            return chunk.value.error
    if "C" in kinds and not kinds & {"Z"} and kinds <= set("CUN:,.-()"):
        return "incomplete"
    if kinds <= set("UN:,.-()C"):
        return "incomplete"
    return "no_temporal_content"
