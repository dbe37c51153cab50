"""Records about the work assigned: `tasks`, `deadlines`, `units`."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

TaskSource: TypeAlias = Literal["table", "text", "prose"]
DeadlineType: TypeAlias = Literal[
    "date", "interval", "recurring", "relative", "by_reference", "continuous", "none"
]
Comparator: TypeAlias = Literal["before", "by", "within", "in", "after"]
OffsetUnit: TypeAlias = Literal["day", "working_day", "week", "month", "year"]
Precision: TypeAlias = Literal["day", "week", "month", "quarter", "halfyear", "year"]
DeadlineStatus: TypeAlias = Literal["ok", "no_deadline", "unparsed"]
DeadlineReason: TypeAlias = Literal[
    "empty",
    "placeholder",
    "invalid_date",
    "invalid_month",
    "invalid_quarter",
    "invalid_year",
    "inverted_interval",
    "incomplete",
    "blank_template",
    "no_temporal_content",
    "lossy_encoding",
    "ambiguous",
]
UnitRole: TypeAlias = Literal["lead", "support", "oversight"]
UnitKind: TypeAlias = Literal["unit", "group", "position", "unresolved"]
UnitScope: TypeAlias = Literal["issuer_sub", "issuer_group", "external"]
UnitBasis: TypeAlias = Literal["exact", "glossary", "abbreviation", "initials", "fuzzy", "group_rule"]


@dataclass(slots=True, kw_only=True)
class TaskRecord:
    """One assigned piece of work."""

    task_id: Annotated[str, "hash of the document's bytes and the task's position"]
    doc_id: Annotated[str, "document it stands in"]
    table_id: Annotated[str | None, "table it stands in; null for tasks from prose"] = None
    row_id: Annotated[str | None, "row it stands in; null for tasks from prose"] = None
    task_index: Annotated[int, "0-based, document order"]
    page: Annotated[int | None, "page it begins on; null where there are no pages"] = None
    source: Annotated[TaskSource, "table: a table of the format; text: plain text rows; prose: sentences"]
    section_label: Annotated[str | None, 'label of its section ("I", "VII", "1.2")'] = None
    section_title: Annotated[str | None, "title of its section"] = None
    stt: Annotated[str | None, "running number as printed"] = None
    parent_task_id: Annotated[str | None, "task it is part of"] = None
    level: Annotated[int, "depth, 1 = outermost"] = 1
    has_children: Annotated[bool, "whether other tasks are part of it"] = False
    objective: Annotated[str | None, "mục tiêu"] = None
    task: Annotated[str | None, "nhiệm vụ, nội dung: what is to be done"] = None
    activity: Annotated[str | None, "hoạt động, nhiệm vụ cụ thể under a task"] = None
    product: Annotated[str | None, "sản phẩm, kết quả đầu ra"] = None
    lead: Annotated[str | None, "chủ trì, thực hiện, trách nhiệm"] = None
    support: Annotated[str | None, "phối hợp"] = None
    oversight: Annotated[str | None, "theo dõi, đôn đốc, chỉ đạo"] = None
    start: Annotated[str | None, "beginning, where the table has a column for it"] = None
    deadline: Annotated[str | None, "thời hạn, thời gian hoàn thành, as written"] = None
    status: Annotated[str | None, "hoàn thành/chưa hoàn thành, kết quả thực hiện"] = None
    funding: Annotated[str | None, "kinh phí"] = None
    note: Annotated[str | None, "ghi chú"] = None
    extra: Annotated[
        dict[str, str],
        "heading → text, for columns with no known role: nothing is dropped",
    ] = field(default_factory=dict)
    confidence: Annotated[float, "0 to 1: how sure the row and its roles are"]
    flags: Annotated[
        list[str],
        "codes of what was mended or guessed, e.g. cells_shifted, joined_over_page, role_guessed",
    ] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DeadlineRecord:
    """One part of a deadline cell; every task has at least one."""

    deadline_id: Annotated[str, "hash of the document's bytes, the task's position and the part's"]
    task_id: Annotated[str, "task it belongs to"]
    doc_id: Annotated[str, "document it stands in"]
    part_index: Annotated[int, "0-based position in the cell"]
    text: Annotated[str | None, "text of the part as written; null when the cell is empty"] = None
    label: Annotated[str | None, 'what the part is for ("Kế hoạch", "báo cáo năm")'] = None
    type: Annotated[
        DeadlineType,
        "date; interval; recurring; relative (to an event); by_reference (to another document); "
        "continuous (thường xuyên); none",
    ]
    comparator: Annotated[
        Comparator | None,
        "before (trước), by (chậm nhất, đến hết), within (trong vòng), in, after (sau)",
    ] = None
    start_date: Annotated[dt.date | None, "first day"] = None
    end_date: Annotated[dt.date | None, "last day, inclusive"] = None
    recurrence: Annotated[str | None, "RFC 5545 RRULE without DTSTART"] = None
    offset_n: Annotated[int | None, "distance from the event; negative: before the event"] = None
    offset_unit: Annotated[OffsetUnit | None, "unit of offset_n"] = None
    anchor_event: Annotated[str | None, 'the event, without "kể từ ngày"'] = None
    reference: Annotated[str | None, 'what decides the time, the words after "Theo"'] = None
    precision: Annotated[Precision | None, "how fine the date is"] = None
    year_inferred: Annotated[bool, "a year of start_date or end_date is the plan's, not the cell's"] = False
    status: Annotated[DeadlineStatus, "ok; no_deadline: empty or placeholder; unparsed: refused, see reason"]
    reason: Annotated[DeadlineReason | None, "why there is no value, unless status is ok"] = None
    confidence: Annotated[float, "0 to 1"]


@dataclass(slots=True, kw_only=True)
class UnitRecord:
    """One organisation named in a lead, support or oversight cell."""

    unit_mention_id: Annotated[
        str,
        "hash of the document's bytes, the task's position, the role and the part's position",
    ]
    task_id: Annotated[str, "task it is named for"]
    doc_id: Annotated[str, "document it stands in"]
    role: Annotated[UnitRole, "cell it stands in"]
    part_index: Annotated[int, "0-based position in the cell"]
    text: Annotated[str, "surface: the words as written"]
    start: Annotated[int, "offset of the first character in the cell"]
    end: Annotated[int, "offset behind the last character in the cell"]
    kind: Annotated[UnitKind, "unit: one office; group: a class of them; position: a person's office"]
    class_id: Annotated[
        str | None,
        "comparable across provinces, e.g. so.skhcn, sub.van_phong, grp.phong",
    ] = None
    canonical_name: Annotated[str | None, "full name of the class"] = None
    entity_id: Annotated[
        str | None,
        "the very office: class, issuer and place with the era of its code",
    ] = None
    scope: Annotated[
        UnitScope | None,
        "issuer_sub: part of the issuer; issuer_group: parts of it; external: outside",
    ] = None
    position: Annotated[str | None, 'office of the person, e.g. "Giám đốc"'] = None
    member_count: Annotated[int | None, 'how many a group counts ("2 Trung tâm")'] = None
    basis: Annotated[UnitBasis | None, "rule that decided; null when unresolved"] = None
    confidence: Annotated[float, "0 to 1"]
