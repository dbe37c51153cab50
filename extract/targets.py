"""Figures to reach (chỉ tiêu): the clause, how the figure bounds what is counted, what is counted, by which year.

    "Tối thiểu 80% thủ tục hành chính …"            >= 80 %
    "… đạt từ 50% trở lên"                          >= 50 %
    "Trên 90% người dân và doanh nghiệp hài lòng"   > 90 %
    "Tổ chức 01 cuộc đối thoại …"                   = 1 cuộc

A result is no target: nothing is taken from the parts of a report that say what was done ("… đạt tỷ lệ 75%"),
nor from clauses in the past tense, nor from laws and definitions.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from extract.indicators import UNIT_COLUMN
from extract.passages import cell_passages, passages
from normalize.quantities import NUMBER, parse_number
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.document import Document
    from extract.letterhead import Letterhead
    from extract.passages import Passage
    from extract.tables import LogicalTable

Comparator: TypeAlias = Literal[">=", "<=", "=", ">", "<"]

# Laws set conditions, not figures to reach; a contract sets prices.
# In these a figure that something is done to (100%, "đạt 80%", "giảm 10%") is to be reached; in documents of an
# unknown type only what stands under "mục tiêu", "chỉ tiêu" is.
_PLANS = frozenset(
    {"KH", "CTr", "ĐA", "PA", "DA", "NQ", "CT", "QĐ", "TB", "KL", "CV", "HD", "TTr", "CĐ", "BC"}
)
_NO_TARGETS = frozenset({"L", "PL", "NĐ", "TT", "TTLT", "HĐ", "GM", "GGT"})
# "section" too: a conversion that lost a cell shifts the task into the column before it (000, row 18).
_TARGET_ROLES = frozenset({"section", "objective", "task", "activity", "product"})
_CLAUSES = regex.compile(
    r"\n+|;\s*|(?<=\.)\s+(?=[\p{Lu}\d])|(?<=\.)\s+(?=[+\-–]\s?[\p{L}\d])|(?<=:)\s*(?=[+\-–]\s)|\s(?=\+\s)"
)
_COMPARATOR_WINDOW = 40
_DIGIT = regex.compile(r"\d")
_BULLET = regex.compile(r"^(?:[-–—+•*]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)")
_DUE = regex.compile(
    r"(?<!(?:so với|hướng|tầm nhìn)\s)(?:đến|vào|hết|cuối|trước)\s+(?:hết\s+"
    r"|cuối\s+)?(?:năm\s+)?(?P<year>20\d\d)\b",
    regex.IGNORECASE,
)
_IN_YEAR = regex.compile(
    r"(?:\btrong\s+năm\s+|^năm\s+)(?P<year>20\d\d)\b|(?<!so với\s|tháng\s\d\s"
    r"|tháng\s\d\d\s)\bnăm\s+(?P<year>20\d\d)$",
    regex.IGNORECASE,
)
_YEARS = regex.compile(r"(?<!\d)20\d\d(?!\d)")
_SCOPE = regex.compile(
    r"^[-–+*\s]*(?:đến|giai đoạn|năm"
    r"|trong năm)\b[^%]{0,40}?(?P<year>20\d\d)\s*[:,]?\s*",
    regex.IGNORECASE,
)
_UPWARDS = regex.compile(r"^[^.;%]{0,80}?\b(?P<way>trở lên|trở xuống)\b")
_PREDICATE = regex.compile(
    r"\s(?:được|đạt|có|phải|thực hiện|xây dựng|ban hành|bố trí|ứng dụng|cung cấp|là|triển khai"
    r"|dưới dạng|hài lòng|đi dưới|trở lên|sử dụng|tham gia|hoàn thành|đúng|theo)\b"
)
_SECOND_BOUND = regex.compile(r"%\s*(?:[-–]|đến)\s*$")
_RANGE_BEFORE = regex.compile(r"(?:\d+(?:[.,]\d+)?%?\s*[-–]\s*|từ\s+\d+(?:[.,]\d+)?\s*%?\s*đến\s+)$")
_RANGE_AFTER = regex.compile(r"\s*[-–]\s*\d+(?:[.,]\d+)?\s*%|\s*đến\s+\d+(?:[.,]\d+)?\s*%")
_BOUND = regex.compile(
    rf"(?P<comparator>[≥≤]|[<>]=?)\s*(?P<number>{NUMBER})\s*(?P<unit>%|\p{{L}}[\p{{L}}/ ]{{0,25}})?"
)
_PLAN_HEADING = regex.compile(r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu)\b", regex.IGNORECASE)

_AIMS = regex.compile(r"phấn đấu|đến năm 20\d\d", regex.IGNORECASE)
_OR_MORE = regex.compile(r"^\s*(?:trở lên|trở xuống)\b")
_REACHES = regex.compile(r"\b(?:đạt|là|từ|còn|lên|phấn đấu|đến)(?:\s+(?:từ|khoảng|tỷ lệ))?\s*$")
_MEASURE = regex.compile(r"(?:tỷ|tỉ) (?:lệ|trọng)|mức độ|chỉ số|tốc độ|số lượng", regex.IGNORECASE)
_PAUSE = regex.compile(r"[,;:(]")


@dataclass(frozen=True, slots=True)
class Target:
    """One figure to reach; `text` is its clause, `passage` says where it stands."""

    text: str
    comparator: Comparator | None
    value: float | None
    unit: str
    subject: str | None
    due_year: int | None
    section_title: str | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in a clause: `start` where its comparator begins, `at` where its digits do."""

    start: int
    at: int
    end: int
    number: str
    unit: str
    comparator: str | None
    rising: bool


@dataclass(frozen=True, slots=True)
class _Words:
    percent: regex.Pattern[str]
    counted: regex.Pattern[str]
    before: regex.Pattern[str]
    comparators: dict[str, Comparator]
    goal: regex.Pattern[str]
    deed: regex.Pattern[str]
    past: regex.Pattern[str]
    target_section: regex.Pattern[str]
    future_section: regex.Pattern[str]
    past_section: regex.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("extract") / "data" / "targets.toml").read_text("utf-8"))
    words: dict[str, list[str]] = raw["words"]
    comparators: dict[str, Comparator] = {
        wording: comparator for comparator, wordings in raw["comparators"].items() for wording in wordings
    }
    flags = regex.IGNORECASE
    return _Words(
        # The figure first, what stands before it only where there is one: most clauses hold none.
        percent=regex.compile(rf"(?<![\d.,/])(?P<number>{NUMBER})\s*(?P<unit>%(?:\s?/\s?năm)?)"),
        counted=regex.compile(
            rf"(?<![\d.,/\-])(?P<number>{NUMBER})\s+(?P<unit>{_any(words['counters'])})\b(?!\s*/\s*\d)", flags
        ),
        before=regex.compile(
            rf"(?:(?<!\p{{L}})(?P<comparator>{_any(list(comparators))})\s*(?:(?:{_any(words['between'])})\s+)?)?"
            r"(?P<from>từ\s+)?$",
            flags,
        ),
        comparators=comparators,
        goal=regex.compile(rf"\b(?:{_any(words['goals'])})\b", flags),
        deed=regex.compile(rf"\b(?:{_any(words['deeds'])})\s+(?:được\s+|mới\s+|thêm\s+|từ\s+)*$", flags),
        past=regex.compile(rf"\b(?:{'|'.join(words['past'])})", flags),
        target_section=regex.compile(rf"\b(?:{_any(words['target_sections'])})\b", flags),
        future_section=regex.compile(rf"\b(?:{_any(words['future_sections'])})\b", flags),
        past_section=regex.compile(rf"^(?:\W*)(?:{_any(words['past_sections'])})\b", flags),
    )


def find_targets(
    document: Document,
    tables: Sequence[LogicalTable],
    letterhead: Letterhead,
    paragraphs: Sequence[Passage] | None = None,
    cells: Sequence[Passage] | None = None,
) -> list[Target]:
    """Give the targets of the paragraphs, then those of the cells of task tables, in reading order.

    `paragraphs` and `cells` are those of the document (`extract.passages`) when they were made before.
    """
    if letterhead.doc_type in _NO_TARGETS:
        return []
    found: list[Target] = []
    scope: int | None = None
    for passage in passages(document) if paragraphs is None else paragraphs:
        if passage.heading:
            scope = None
            continue
        if not passage.text.lstrip().startswith("+"):
            scope = _scope_year(passage.text)
        if _may_have_targets(passage, letterhead):
            found += _in_passage(passage, letterhead, scope)
    for passage in cell_passages(tables) if cells is None else cells:
        table = tables[passage.table or 0]
        if table.kind == "task" and passage.role in _TARGET_ROLES:
            found += _in_passage(passage, letterhead, None)
        elif table.kind in ("other", "statistics") and passage.text[:1] in "≥≤<>":
            found += _bounded_cell(passage, table, letterhead)
    return found


def _bounded_cell(passage: Passage, table: LogicalTable, letterhead: Letterhead) -> Iterator[Target]:
    """Give the target of a cell that is a bound ("≥98%" under "Chỉ tiêu chung"); what is counted heads its row."""
    match = _BOUND.fullmatch(passage.text.strip())
    if match is None or passage.row is None or passage.column is None:
        return
    slots = table.rows[passage.row].slots
    measures = [
        number for number, column in enumerate(table.columns) if UNIT_COLUMN.fullmatch(column.heading)
    ]
    texts = [
        slot.text.strip() for number, slot in enumerate(slots[: passage.column]) if number not in measures
    ]
    words = [text for text in texts if len(text) > 3 and text[:1] not in "≥≤<>" and not text[:1].isdigit()]
    numbered = [_BULLET.sub("", text) for text in texts if len(text) > 8 and text[:1].isdigit()]
    subject = (numbered or words or [None])[-1]
    heading = table.columns[passage.column].headings
    yield Target(
        text=" ".join(filter(None, (subject, passage.text.strip()))),
        comparator=_words().comparators[match["comparator"]],
        value=parse_number(match["number"]),
        unit=(match["unit"] or "".join(slots[number].text for number in measures[:1])).strip(),
        subject=subject,
        due_year=_heading_year(heading) or _only_year(letterhead),
        section_title=heading[-1] if heading else None,
        passage=passage,
    )


def _heading_year(headings: Sequence[str]) -> int | None:
    """Give the one year that the headings over a figure name ("Mục tiêu đến năm 2030")."""
    years = set(_YEARS.findall(" ".join(headings)))
    return int(years.pop()) if len(years) == 1 else None


def _scope_year(text: str) -> int | None:
    """Give the year of a bullet that rules those under it ("- Đến năm 2025:")."""
    match = _SCOPE.match(text)
    return int(match["year"]) if match and text.rstrip(" *").endswith(":") else None


def _may_have_targets(passage: Passage, letterhead: Letterhead) -> bool:
    if not _DIGIT.search(passage.text):
        return False
    titles = [section.title for section in passage.sections]
    words = _words()
    if letterhead.doc_type == "BC":
        return any(
            words.future_section.search(title) and not words.past_section.match(title) for title in titles
        )
    if letterhead.doc_type not in _PLANS and not any(words.target_section.search(title) for title in titles):
        return False
    return not any(words.past_section.match(title) for title in titles)


def _in_passage(passage: Passage, letterhead: Letterhead, scope: int | None) -> Iterator[Target]:
    words = _words()
    wanted = passage.role is not None or any(words.target_section.search(s.title) for s in passage.sections)
    year: int | None = None
    for raw in _CLAUSES.split(passage.text):
        if not _DIGIT.search(raw):
            continue
        clause = _BULLET.sub("", raw.strip()).strip(" ;.*_")
        year = _scope_year(raw) or year
        for figure in _figures(clause, wanted=wanted, in_cell=passage.role is not None):
            if _is_past(clause, figure):
                continue
            if clause[: figure.start].endswith("(") and clause[figure.end :].startswith(")"):
                subject = clause[: figure.start - 1].strip() or None
            else:
                subject = _subject(clause, figure)
            comparator, value = _bound(clause, figure)
            due = _due_year(clause, figure) or year or scope or _title_year(passage) or _only_year(letterhead)
            yield Target(
                clause, comparator, value, figure.unit, subject, due, _section_title(passage), passage
            )


def _is_past(clause: str, figure: _Figure) -> bool:
    """Whether the clause tells a result; "70% số TTHC đã triển khai" only says which of them are counted."""
    past = _words().past.search(clause)
    if past is None or (past[0].casefold().startswith("đã") and past.start() > figure.end):
        return False
    return not _AIMS.search(clause)


def _figure(clause: str, match: regex.Match[str]) -> _Figure:
    at = match.start("number")
    if span := _RANGE_BEFORE.search(clause[:at]):
        return _Figure(
            span.start(), at, match.end("unit"), match["number"], match["unit"], None, rising=False
        )
    window = max(0, at - _COMPARATOR_WINDOW)
    before = _words().before.search(clause, window, at)
    start = before.start() if before else at
    comparator = (
        " ".join(before["comparator"].casefold().split()) if before and before["comparator"] else None
    )
    return _Figure(
        start,
        at,
        match.end("unit"),
        match["number"],
        match["unit"],
        comparator,
        bool(before and before["from"]),
    )


def _figures(clause: str, *, wanted: bool, in_cell: bool) -> Iterator[_Figure]:
    words = _words()
    end = 0
    if "%" in clause:
        for match in words.percent.finditer(clause):
            figure = _figure(clause, match)
            if _SECOND_BOUND.search(clause[: figure.at]):
                continue  # "80% - 90%" was met with its first figure
            left = clause[end : figure.start]
            explicit = figure.comparator is not None or bool(_UPWARDS.match(clause[figure.end :]))
            begins = not left.strip(" ,:-–+(") or bool(_SCOPE.fullmatch(left.strip()))
            if wanted or explicit or begins or figure.number == "100" or words.goal.search(left[-60:]):
                yield figure
            end = figure.end
    for match in words.counted.finditer(clause):
        figure = _figure(clause, match)
        explicit = figure.comparator is not None and not _is_place(clause, figure)
        deed = words.deed.search(clause[: figure.start])
        if (explicit and (wanted or deed)) or (deed and wanted and not in_cell):
            yield figure


def _is_place(clause: str, figure: _Figure) -> bool:
    """Whether "trên" is a place ("trên 02 địa bàn"), not a bound; bounds of counts need an unequivocal word."""
    return figure.comparator in ("trên", "hơn", "dưới") and "đạt" not in clause[: figure.start].casefold()


def _bound(clause: str, figure: _Figure) -> tuple[Comparator | None, float | None]:
    if (
        _RANGE_BEFORE.search(clause[: figure.at])
        or _RANGE_AFTER.match(clause, figure.end)
        or _RANGE_AFTER.match(clause, figure.at + len(figure.number))
    ):
        return None, None  # "80-90%": two bounds, no single figure
    value = parse_number(figure.number)
    upwards = _UPWARDS.match(clause[figure.end :])
    if figure.comparator and not (upwards and figure.rising):  # "cao hơn từ 10% trở lên" is at least
        return _words().comparators[figure.comparator], value
    if upwards:
        return (">=" if upwards["way"].casefold() == "trở lên" else "<="), value
    return "=", value


def _subject(clause: str, figure: _Figure) -> str | None:
    """Give what is counted: the words after the figure up to the verb, else those before it."""
    after = _OR_MORE.sub("", clause[figure.end :]).strip(" ,:-–").removeprefix("đối với ")
    before = _REACHES.sub("", clause[: figure.start].strip(" ,:-–"))
    if _MEASURE.match(before.rpartition(", ")[2]):
        return before.rpartition(", ")[2].strip() or None
    if not after or key(after).startswith(("so với", "trở", "/")):
        return before.strip() or None
    end = _PREDICATE.search(" " + after)
    subject = after[: end.start()] if end and end.start() > 2 else _PAUSE.split(after)[0]
    subject = subject.strip(" ,.")
    return (subject if subject.count("(") == subject.count(")") else subject.strip("() ")) or None


def _due_year(clause: str, figure: _Figure) -> int | None:
    found = [year for year in _DUE.finditer(clause) if year.start() < figure.start] or list(
        _DUE.finditer(clause)
    )
    if found:
        return int(found[-1]["year"])
    scope = _SCOPE.match(clause)
    if scope and scope.end() <= figure.start:
        return int(scope["year"])
    within = _IN_YEAR.search(clause)
    return int(within["year"]) if within else None


def _title_year(passage: Passage) -> int | None:
    for section in reversed(passage.sections):
        years = {int(found["year"]) for found in _DUE.finditer(section.title)}
        if len(years) == 1:
            return years.pop()
    return None


def _only_year(letterhead: Letterhead) -> int | None:
    """Give the year of a plan for one year; a plan for several says by which of them."""
    start, end = letterhead.period_start_year, letterhead.period_end_year
    return start if start == end else None


def _section_title(passage: Passage) -> str | None:
    """Give the nearest heading that names a theme: "Chỉ tiêu" alone takes the heading above it."""
    for section in reversed(passage.sections):
        if section.label is None or len(section.title.split()) > 2 or section.level <= 3:
            return section.title
    return passage.sections[-1].title if passage.sections else None
