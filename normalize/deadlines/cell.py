"""Whole cells: expressions, the labels beside them, and the account of every word.

A cell is a row of clauses, a clause a row of texts and expressions. A text becomes the label of the expression
that it stands before (or after: "Tháng 6: sơ kết"). Words that are nobody's label and nothing the grammar knows
refuse the cell: a false date is worse than no date.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, TypeAlias

from normalize.deadlines.chunks import Chunk, chunks
from normalize.deadlines.model import Reason, RefusalError
from normalize.deadlines.phrases import Phrases
from normalize.deadlines.recurrence import every, narrowed
from normalize.deadlines.times import Time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.deadlines.parts import Draft, Expression
    from normalize.deadlines.words import Tokens

ElementKind: TypeAlias = Literal["text", "when", ",", "&", ":", "(", ")", ";"]
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}|#\w{1,6});|\*+|_{2,}")
_ENUMERATOR = re.compile(r"^(?:[-+•*–—·\uf0b7]|\(?\d{1,2}[.)]|\(?[a-zđ][.)])\s+|^(?:[-+•–—·])\s*")
_LEADING_LINK = re.compile(r"^(?:và|hoặc|còn|riêng|đối với|với|cho)\s+", re.IGNORECASE)
_LONGEST_NARRATIVE = 45  # tokens before a bare date beyond which a cell tells a story, not a deadline
_DOCUMENTS = (
    "báo cáo", "kế hoạch", "chương trình", "dự toán", "quyết toán", "số liệu", "tình hình", "kết quả", "nhiệm vụ",
    "công tác", "luật", "bộ luật", "nghị quyết", "nghị định", "quyết định", "thông tư", "công văn", "chỉ thị", "văn bản",
    "thông báo", "tờ trình", "kết luận", "hướng dẫn", "pháp lệnh", "hiến pháp", "đề án", "biên bản", "hợp đồng", "căn cứ",
    "mục tiêu", "phương hướng", "chỉ tiêu", "danh mục", "hồ sơ", "biểu", "phụ lục", "số", "hội nghị quyết",
)  # fmt: skip
_ACTS = ("luật", "bộ luật", "nghị quyết", "nghị định", "quyết định", "thông tư", "công văn", "chỉ thị", "văn bản",
         "thông báo", "tờ trình", "kết luận", "pháp lệnh", "biên bản", "hợp đồng", "căn cứ")  # fmt: skip
_COUNTING = frozenset(
    [
        "đạt",
        "mức",
        "lệ",
        "điểm",
        "số",
        "mục",
        "khoản",
        "điều",
        "phụ",
        "lục",
        "cấp",
        "độ",
        "hạng",
        "bảng",
        "biểu",
        "chiếm",
        "tiêu",
        "chí",
        "mẫu",
        "tcvn",
        "iso",
        "chương",
        "đợt",
        "lần",
        "kỳ",
        "phiên",
        "khóa",
        "tập",
        "quyển",
        "thpt",
        "thcs",
        "trường",
        "đường",
        "phố",
        "quận",
        "phường",
        "tổ",
        "ấp",
    ]
)


_VERBS = frozenset(
    {
        "tổ chức thực hiện", "thực hiện", "triển khai thực hiện", "triển khai", "ban hành", "trình ban hành", "bắt đầu",
        "kết thúc", "hoàn thành", "tổ chức", "trình", "gửi", "nộp", "duy trì", "áp dụng",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """A text, an expression or a sign of a clause; tokens `first`..`last` (exclusive)."""

    kind: ElementKind
    first: int
    last: int
    when: Expression | None = None


class Cell:
    """One cell being read: its tokens, and the source text they were read from."""

    def __init__(self, tokens: Tokens, source: str) -> None:
        self.tokens = tokens
        self.source = source

    def text_of(self, first: int, last: int) -> str:
        """Source text of tokens `first`..`last`, markup out, blanks folded."""
        if last <= first:
            return ""
        text = self.source[self.tokens.spans[first][0] : self.tokens.spans[last - 1][1]]
        return " ".join(_MARKUP.sub(" ", text).split())

    def drafts(self) -> list[Draft]:
        """Read the parts of the cell in text order. RefusalError when it cannot be accounted for."""
        found = chunks(self.tokens)
        elements = self._elements(found)
        drafts: list[Draft] = []
        try:
            for clause in _clauses(elements):
                drafts.extend(self._clause(clause))
        except RefusalError as refusal:
            blank = any(chunk.kind in "!E" for chunk in found)
            raise RefusalError("blank_template" if blank else refusal.reason) from None
        if not drafts:
            raise RefusalError(_why_nothing(found))
        if len({draft.label or draft.verb for draft in drafts if draft.label or draft.verb}) > 1:
            for draft in drafts:
                draft.label = draft.label or draft.verb
        for chunk in found:
            if chunk.kind in "!E" and not any(_swallows(draft, chunk) for draft in drafts):
                raise RefusalError("blank_template")
        if drafts and all(draft.type == "by_reference" and not draft.label for draft in drafts):
            return drafts[:1] if len(drafts) > 1 and self._one_reference(found) else drafts
        return drafts

    def _one_reference(self, found: Sequence[Chunk]) -> bool:
        return not any(chunk.kind in ";&" for chunk in found)

    # ---- elements ------------------------------------------------------------------------------------------

    def _elements(self, found: list[Chunk]) -> list[Element]:
        phrases = Phrases(found, self.tokens.line_starts, self.text_of)
        elements: list[Element] = []
        at = 0
        while at < len(found):
            chunk = found[at]
            if chunk.first in self.tokens.line_starts and elements and self._line_breaks(found, at):
                elements.append(Element(";", chunk.first, chunk.first))
            width = self._enumerator(found, at, elements)
            if width:
                elements.append(Element(";", chunk.first, found[at + width - 1].last))
                at += width
                continue
            sign = self._sign(found, at, elements)
            if sign:
                elements.append(Element(sign, chunk.first, chunk.last))
                at += 1
                continue
            when = phrases.expression(at)
            if when and not self._fraction(found, when, elements):
                elements.append(Element("when", chunk.first, found[when.end - 1].last, when))
                at = when.end
                continue
            end = at + 1
            if elements and elements[-1].kind == "text" and elements[-1].last == chunk.first:
                elements[-1] = Element("text", elements[-1].first, found[end - 1].last)
            else:
                elements.append(Element("text", chunk.first, found[end - 1].last))
            at = end
        return _names_in_brackets(elements)

    def _enumerator(self, found: list[Chunk], at: int, elements: list[Element]) -> int:
        """Chunks of "1." or "a)" before a text, at the beginning or after an expression; 0 for none."""
        if at + 2 >= len(found) or (elements and elements[-1].kind not in {";", "when", ","}):
            return 0
        numbered = found[at].kind == "N" and found[at + 1].kind in ".)"
        lettered = (
            found[at].kind == "X"
            and len(self.tokens.words[found[at].first]) == 1
            and found[at + 1].kind in ".)"
        )
        if not (numbered or lettered) or found[at + 2].kind == "N":
            return 0
        return 2

    def _line_breaks(self, found: list[Chunk], at: int) -> bool:
        """A line break ends a clause before a bullet, a capital letter or a phrase; else it only wraps the line."""
        chunk = found[at]
        if chunk.kind in "-+•*":
            return True
        letter = self.source[self.tokens.spans[chunk.first][0]]
        return letter.isupper() or chunk.kind in "CTROB"

    def _sign(self, found: list[Chunk], at: int, elements: list[Element]) -> ElementKind | None:
        kind = found[at].kind
        if kind == ";":
            return ";"
        if kind == ".":
            if (
                elements
                and elements[-1].kind == "text"
                and at + 1 < len(found)
                and _abbreviates(self.text_of(found[at].first - 1, found[at].first))
            ):
                return None
            return ";"
        if kind in {",", "&", ":", "(", ")"}:
            return kind  # type: ignore[return-value]
        if kind in "-+•*":
            opens = (
                not elements or elements[-1].kind in {";", ":"} or found[at].first in self.tokens.line_starts
            )
            if opens:
                return ";" if elements and elements[-1].kind != ";" else ","
            if (
                elements[-1].kind == "text"
                and at + 1 < len(found)
                and found[at + 1].kind == "X"
                and kind == "-"
            ):
                spans = self.tokens.spans
                glued = spans[found[at].first][0] == spans[found[at].first - 1][1]
                return None if glued else ("," if elements[-1].kind == "text" else ";")
            return ","
        if kind == "/":
            return "," if elements and elements[-1].kind == "when" else None
        return None

    def _fraction(self, found: list[Chunk], when: Expression, elements: list[Element]) -> bool:
        """ "02/3 đơn vị", "đạt 5/10": digits with a stroke that count something."""
        if when.strong or len(when.drafts) != 1 or not when.drafts[0].times:
            return False
        time = when.drafts[0].times[0]
        opening = found[when.begin]
        if not (time.bare or opening.kind == "N") or not self.tokens.words[opening.first].isdigit():
            return False
        following = found[when.end] if when.end < len(found) else None
        if following and (following.kind in "XUQ%") and following.first not in self.tokens.line_starts:
            rest = self.text_of(following.first, min(following.last + 1, len(self.tokens.words)))
            if not is_glue(rest.lower()) and time.unit != "month":
                return True
            if time.unit in {"month", "year"} and not is_glue(rest.lower()):
                return True
        if elements and elements[-1].kind == "text":
            return self.tokens.words[elements[-1].last - 1] in _COUNTING
        return False

    # ---- clauses -------------------------------------------------------------------------------------------

    def _clause(self, clause: list[Element]) -> list[Draft]:
        strong = [index for index, element in enumerate(clause) if _is_strong(clause, index)]
        drafts: list[Draft] = []
        zone: list[Element] = []
        labelled_after = _labels_follow(clause)
        open_group: list[Draft] = []
        for index, element in enumerate(clause):
            if element.when is None:
                if element.kind == "text" and labelled_after and open_group:
                    self._label(open_group, clause[index : index + 1], after=True)
                    open_group = []
                    continue
                zone.append(element)
                continue
            if index not in strong and self._is_label_material(clause, index, zone):
                zone.append(element)
                continue
            weak = index not in strong
            fresh = element.when.drafts
            if labelled_after and not any(part.kind in {"text", "when"} for part in zone):
                pass
            else:
                self._check_adjacency(zone, element, weak)
                self._label(fresh, self._with_naming(zone, element))
                self._complete_day(fresh)
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
            self._trailing(open_group, zone)
        return drafts

    def _is_label_material(self, clause: list[Element], index: int, zone: list[Element]) -> bool:
        """Whether the weak expression at `index` names what is due: "báo cáo quý I, trước ngày 10/3"."""
        following = next(
            (later for later in range(index + 1, len(clause)) if _is_strong(clause, later)), None
        )
        has_text = any(element.kind == "text" for element in zone)
        kind = clause[index].when.drafts[0].type if clause[index].when else "none"
        if following is None:
            return False
        then = clause[following].when
        if then and then.drafts[0].offset and not then.drafts[0].offset.n:
            return False  # "Quý II/2022, sau khi có ý kiến của Thường trực": two conditions
        between = clause[index + 1 : following]
        if any(element.kind == ":" for element in between):
            return kind in {"interval", "date", "relative", "recurring", "none", "by_reference"} or has_text
        texts = [place for place, element in enumerate(between) if element.kind == "text"]
        if not between:
            return kind == "interval" and bool(then and then.drafts[0].type in {"date", "recurring"})
        if has_text:
            if kind in {"continuous"}:
                return False
            if not texts:
                return not any(element.kind == "&" for element in between) or kind in {"recurring", "none"}
            separated = any(element.kind in {",", "&", ")"} for element in between[: texts[0]])
            return not separated or kind == "none"
        if kind in {"continuous", "by_reference", "recurring"} or texts:
            return False
        return bool(between) and all(element.kind in {",", "("} for element in between)

    def _check_adjacency(self, zone: list[Element], element: Element, weak: bool) -> None:
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
        words = " ".join(self.tokens.words[texts[-1].first : texts[-1].last])
        first_words = " ".join(self.tokens.words[texts[0].first : texts[0].last])
        if is_glue(words) or _tail(words) != words:
            return
        time = when.drafts[0].times[0]
        if time.unit in {"year", "span", "school"}:
            raise RefusalError("no_temporal_content")
        if time.unit == "day" and first_words.startswith(_ACTS):
            raise RefusalError("no_temporal_content")
        if time.unit not in {"day", "edge", "named"} and first_words.startswith(_DOCUMENTS):
            raise RefusalError("no_temporal_content")

    def _label(self, drafts: list[Draft], zone: list[Element], after: bool = False) -> None:
        label = self._label_text(zone, after)
        verb = None if label else self._verb(zone)
        named = [element for element in zone if element.kind in {"text", "when"}]
        period = named[0].when.drafts[0].times if len(named) == 1 and named[0].when else ()
        for draft in drafts:
            draft.period = period[0] if len(period) == 1 else None
            draft.label = draft.label or label
            draft.verb = draft.verb or verb

    def _verb(self, zone: list[Element]) -> str | None:
        texts = [element for element in zone if element.kind == "text"]
        if not texts:
            return None
        text = self.text_of(texts[-1].first, texts[-1].last).strip(" ,;.:-–+()")
        return text if text.lower() in _VERBS else None

    def _label_text(self, zone: list[Element], after: bool = False) -> str | None:
        parts = [element for element in zone if element.kind in {"text", "when"}]
        if not parts:
            return None
        colons = [
            element.first for element in zone if element.kind == ":" and element.last <= parts[-1].first
        ]
        if colons:  # "Các báo cáo định kỳ: báo cáo quý gửi …": the nearer name
            parts = [element for element in parts if element.first > colons[-1]]
        first, last = parts[0].first, parts[-1].last
        words = " ".join(self.tokens.words[first:last])
        if is_glue(words):
            return None
        kept = words if after else _tail(words)
        sent = re.search(r"\S gửi (?:về|đến|cho|báo cáo về) ", kept)
        if sent and not after:
            kept = kept[: sent.start() + 1]
        last = first + len(kept.split())
        text = self.text_of(first, last).strip(" ,;.:")
        text = _ENUMERATOR.sub("", text)
        if text.count("(") != text.count(")"):
            text = text.strip("() ")
        for _ in range(2):
            text = _LEADING_LINK.sub("", text)
        text = text.strip(" ,;.:-–+")
        return text or None

    def _with_naming(self, zone: list[Element], element: Element) -> list[Element]:
        """ "Báo cáo hằng tháng trước ngày 25": the period both names the report and repeats the day."""
        if element.when is None or element.when.naming is None or not zone or zone[-1].kind != "text":
            return zone
        return [*zone, Element("when", element.first, element.when.naming)]

    def _complete_day(self, drafts: list[Draft]) -> None:
        """ "Báo cáo tháng trước ngày 25": a day without a month, of a report that comes every month."""
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

    def _trailing(self, drafts: list[Draft], zone: list[Element]) -> None:
        """Words after the last expression of a clause: its label, a source in brackets, or a reason to refuse."""
        texts = [element for element in zone if element.kind == "text"]
        if not texts:
            return
        words = " ".join(self.tokens.words[texts[0].first : texts[-1].last])
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
        self._label(drafts, zone, after=True)


def _names_in_brackets(elements: list[Element]) -> list[Element]:
    """ "trước ngày 15/6 (báo cáo 6 tháng)", "báo cáo 6 tháng": bare periods that only complete a name are text."""
    named: list[Element] = []
    for index, element in enumerate(elements):
        previous = named[-1] if named else None
        if element.when and not element.when.strong and previous:
            draft = element.when.drafts[0]
            span = draft.offset and draft.offset.unit in {"month", "year"} and not draft.offset.anchor_event
            within = (
                previous.kind == "(" and len(named) > 1 and bool(named[-2].when and named[-2].when.strong)
            )
            closes = index + 1 < len(elements) and elements[index + 1].kind == ")"
            weak = draft.type == "interval" or bool(span)
            if previous.kind == "text" and (span or (closes and weak and _opens_bracket(named))):
                named[-1] = Element("text", previous.first, element.last)
                continue
            vague = bool(draft.times) and draft.times[0].error == "ambiguous" and previous.kind == "("
            if (within and closes and weak) or (vague and closes):
                named.append(Element("text", element.first, element.last))
                continue
        if element.kind == "text" and previous and previous.kind == "text" and previous.last == element.first:
            named[-1] = Element("text", previous.first, element.last)
            continue
        named.append(element)
    return named


def _opens_bracket(named: list[Element]) -> bool:
    """Whether the last text stands right after a bracket that follows a strong expression."""
    return len(named) > 2 and named[-2].kind == "(" and bool(named[-3].when and named[-3].when.strong)


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
    """ "Tháng 6: sơ kết, tháng 12: tổng kết": the clause begins with an expression and ends with a text."""
    body = [element for element in clause if element.kind in {"text", "when"}]
    return (
        len(body) >= 2
        and body[0].when is not None
        and body[-1].when is None
        and body[0].when.drafts[0].type != "continuous"
    )


def _swallows(draft: Draft, chunk: Chunk) -> bool:
    return draft.type in {"by_reference", "relative"} and draft.first <= chunk.first < draft.last


def _abbreviates(word: str) -> bool:
    return len(word) <= 2 and word.isalpha() and word.isupper()


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


@cache
def _glue() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a text that is nothing but such phrases, such phrases at the end of a text)."""
    text = resources.files("normalize.deadlines").joinpath("data/glue.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    alone = "|".join(sorted((re.escape(row["phrase"]) for row in rows), key=len, reverse=True))
    tail = "|".join(
        sorted((re.escape(row["phrase"]) for row in rows if row["where"] == "tail"), key=len, reverse=True)
    )
    sign = r"[-,.:;()+*•]"
    return re.compile(rf"(?:(?:{alone}|{sign})(?: |\Z))*\Z"), re.compile(rf"(?: (?:{tail}|{sign}))+\Z")


def is_glue(words: str) -> bool:
    """Whether a text says nothing but that something is to be done ("hoàn thành", "thời hạn:")."""
    return bool(_glue()[0].match(words))


def _tail(words: str) -> str:
    """Text without the verbs that only tie a name to its date ("báo cáo quý gửi" -> "báo cáo quý")."""
    return _glue()[1].sub("", words)
