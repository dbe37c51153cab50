"""What is to be done and what comes of it: years that disagree, work named twice, slips of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from normalize.text import key
from phuluc.audit.abbreviations import written_out
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.years import years_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.work import TaskRecord

_KINDS = (
    "báo cáo",
    "kế hoạch",
    "chương trình",
    "đề án",
    "quyết định",
    "danh mục",
    "dự toán",
    "quyết toán",
    "phương án",
)
_WORD = regex.compile(r"[\p{L}&]+")
_LOOKS_BACK = regex.compile(
    r"\b(?:báo cáo|tổng kết|sơ kết|quyết toán|kết quả|đánh giá|xếp loại|xếp hạng|chỉ số|so với|từ năm|kể từ|công bố|"
    r"luật|pháp lệnh|hiến pháp|nghị quyết|nghị định|thông tư|rà soát|hệ thống hóa|thi hành|tồn đọng|kiểm kê|"
    r"khắc phục|rút kinh nghiệm|năm trước|kỷ niệm|tiếp tục|sửa đổi|bổ sung|thay thế|giai đoạn)\b"
)
_DOUBLED = regex.compile(
    r"(?<![\p{L}\d])(?P<words>\p{L}+(?:\s\p{L}+){1,4})\s(?P=words)(?![\p{L}\d])", regex.IGNORECASE
)
_DOUBLED_NAME = regex.compile(r"(?<![\p{L}\d])(?P<words>\p{Lu}{3,})\s?[,;]\s?(?P=words)(?![\p{L}\d])")
_DOUBLED_SMALL = regex.compile(
    r"(?<![\p{L}\d])(?P<words>của|và|các|trong|theo|về|cho|tại|được|với|để|do|những)\s(?P=words)(?![\p{L}\d])",
    regex.IGNORECASE,
)
_OPEN_END = regex.compile(r"[\p{L}\d)”\"](?P<end>\s*(?::|,|\bvà|\bhoặc|\bnhư|\bgồm))\s*$", regex.IGNORECASE)


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "wording",
        {
            "product_year": product_year,
            "task_year": task_year,
            "task_twice": task_twice,
            "words_doubled": words_doubled,
            "text_unfinished": text_unfinished,
        },
    )


def _say(task: TaskRecord) -> str:
    return " ".join(filter(None, [task.task, task.activity]))


def _at(task: TaskRecord, text: str, **values: object) -> Sighting:
    return Sighting(values=values, doc_id=task.doc_id, task_id=task.task_id, page=task.page, text=text)


def product_year(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a product of another year than the task that makes it."""
    for task in dossier.tasks:
        words = _say(task)
        named, made = years_of(words), years_of(task.product)
        year, other = named.only(), made.only()
        if year is None or other is None or year == other:
            continue
        kinds, others = _kinds(words), _kinds(task.product)
        here, there = _content(words), _content(task.product or "")
        alike = len(here & there) / max(1, min(len(here), len(there)))
        # "Tổng kết thực hiện kế hoạch năm 2022" may well give the plan for 2023.
        sure = kinds[:1] == others[:1] and alike >= thresholds["alike"] and not _CLOSES.match(key(words))
        if set(kinds) & set(others):
            yield Sighting(
                values={"year": year, "other": other},
                doc_id=task.doc_id,
                task_id=task.task_id,
                page=task.page,
                text=f"{words} | {task.product}",
                severity=None if sure else "warning",
            )


def _kinds(text: str | None) -> list[str]:
    """Give the kinds of documents a text names, in order."""
    places = {kind: key(text or "").find(kind) for kind in _KINDS}
    return sorted((kind for kind, place in places.items() if place >= 0), key=lambda kind: places[kind])


_CLOSES = regex.compile(r"[-+\s]*(?:tổng kết|sơ kết|đánh giá|rà soát|kiểm điểm|tiếp tục)\b")


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(key(text)) if word not in ("năm", "và", "của", "các")}


def task_year(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find work of a year that the plan is not for: often copied from the plan of another year."""
    del thresholds
    first, last = dossier.document.period_start_year, dossier.document.period_end_year
    if first is None or not dossier.is_plan:
        return
    last = last or first
    for task in dossier.tasks:
        for part in (_say(task), task.product or ""):
            year = years_of(part).only()
            if year is None or first <= year <= last + 1 or _LOOKS_BACK.search(key(part)):
                continue
            if year >= last:  # what is prepared for later years is no slip
                continue
            period = str(first) if first == last else f"{first}-{last}"
            yield _at(task, part, year=year, period=period)
            break


def task_twice(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find one piece of work in two rows: the same action and the same words, in whatever order and spelling."""
    first_of: dict[tuple[str, frozenset[str]], TaskRecord] = {}
    for task in dossier.tasks:
        # Rows that share a task say the same on purpose.
        if task.table_id is None or task.has_children or "cells_shared" in task.flags:
            continue
        work = _work(task)
        if len(work[1]) < thresholds["fewest_words"]:
            continue
        first = first_of.setdefault(work, task)
        if first is task or (
            first.stt and first.stt == task.stt and first.section_label == task.section_label
        ):
            continue
        differs = [
            name
            for name in ("lead", "deadline", "product")
            if key(getattr(first, name) or "") != key(getattr(task, name) or "")
        ]
        yield Sighting(
            message="differs" if differs else "message",
            values={"stt": first.stt or first.task_index + 1, "fields": ", ".join(differs)},
            doc_id=task.doc_id,
            task_id=task.task_id,
            related=[first.task_id],
            page=task.page,
            text=_say(task) or task.objective,
        )


def _work(task: TaskRecord) -> tuple[str, frozenset[str]]:
    """Give the action of a task and the words of what it is done to, abbreviations written out."""
    phrases, pattern = written_out()
    text = key(" ".join(filter(None, [task.objective, task.task, task.activity])))
    words = _NAME.findall(pattern.sub(lambda match: phrases[match[0]], text))
    action = next(
        (kind for kind, verbs in _ACTIONS.items() if " ".join(words[:2]) in verbs or words[:1] in verbs), ""
    )
    return action, frozenset(words) - _SMALL_WORDS


_NAME = regex.compile(r"[\p{L}\d]+")
_ACTIONS: dict[str, tuple[str | list[str], ...]] = {
    "make": ("xây dựng", "ban hành", "soạn thảo", "tham mưu", ["lập"]),
    "do": ("thực hiện", "triển khai", "tổ chức", "tiến hành"),
}
_FILLERS = (
    "xây dựng ban hành soạn thảo tham mưu lập thực hiện triển khai tổ chức tiến các của và về theo cho trong tại việc "
    "công tác"
)
_SMALL_WORDS = frozenset(_FILLERS.split())


def words_doubled(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find words written twice in a row."""
    del thresholds
    for task in dossier.tasks:
        for name in ("objective", "task", "activity", "product"):
            text = getattr(task, name)
            match = _doubled(text or "")
            if match and text and "cells_shared" not in task.flags:
                yield _at(task, text, words=match["words"])
    for passage in dossier.passages:
        match = _doubled(passage.text)
        if match and passage.block is not None:
            yield Sighting(
                values={"words": match["words"]},
                doc_id=dossier.doc_id,
                page=passage.page,
                text=_around(passage.text, match.start(), match.end()),
            )


def _doubled(text: str) -> regex.Match[str] | None:
    return _DOUBLED.search(text) or _DOUBLED_SMALL.search(text) or _DOUBLED_NAME.search(text)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 60) : end + 60].strip()


def text_unfinished(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a task whose words break off."""
    del thresholds
    for task in dossier.tasks:
        if task.table_id is None or task.has_children:
            continue
        for text in (task.task, task.activity, task.product):
            # "Đổi mới, nâng cao chất lượng:" with activities beside it goes on there.
            if text and _OPEN_END.search(text) and not (text is task.task and task.activity):
                yield _at(task, text, end=text[-20:])
