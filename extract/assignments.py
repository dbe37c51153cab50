"""One sentence that assigns work taken apart: who leads, who supports, what is to be done, by when.

    Giao [Sở Tài chính] [chủ trì, phối hợp với [Sở Nội vụ] bố trí kinh phí …, hoàn thành [trước ngày 30/6/2024]]
    [Các đơn vị trực thuộc] [gửi báo cáo [quý 1 (trước ngày 26/02/2020), 6 tháng (…)]]
    [Chánh Văn phòng Sở, Trưởng các phòng] chịu trách nhiệm [thi hành Quyết định này]

A name is read by where it ends: at the first verb of work in small letters ("Ban Chỉ đạo" keeps its capital).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

import regex

from normalize.citations import find_citations

if TYPE_CHECKING:
    from collections.abc import Sequence

Span: TypeAlias = tuple[int, int]

LONGEST_NAME = 420
_SHORTEST_TASK = 4


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment in a sentence; all spans are offsets into the sentence given to `read_assignment`.

    `strong`: said in words that assign wherever they stand ("giao", "có trách nhiệm"); otherwise the name only
    opens the sentence, and the section decides.
    """

    lead: Span
    task: Span
    support: Span | None
    deadlines: tuple[Span, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of `data/assignments.toml`."""

    opening: regex.Pattern[str]
    assign: regex.Pattern[str]
    name: regex.Pattern[str]
    end: regex.Pattern[str]
    strong: regex.Pattern[str]
    support: regex.Pattern[str]
    past: regex.Pattern[str]
    goal: regex.Pattern[str]
    assigning: regex.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def grammar() -> Grammar:
    """Give the patterns, compiled once."""
    raw: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files("extract") / "data" / "assignments.toml").read_text("utf-8")
    )
    heads, verbs, words = raw["heads"], raw["verbs"], raw["words"]
    name = (
        rf"(?:(?:[Cc]ác|[Nn]hững|[Tt]oàn thể|[Mm]ột số"
        rf"|\d{{1,2}})\s+(?:{_any([*heads['group'], *heads['capital']])})"
        rf"|(?:{_any(heads['capital'])})(?!\s(?:{_any(heads['not_heads'])})\b))(?!\p{{L}})"
    )
    strong, work = _any(verbs["strong"]), _any(verbs["work"])
    nominal = _any(verbs["nominal"])
    end = (
        rf"(?<!\b(?:[Bb]an|[Cc]ục|Tổ|[Bb]ộ phận|[Hh]ội đồng|Phòng|Trung tâm|[Cc]ác|[Nn]hững|việc"
        rf"|[Cc]ông tác|kết quả|tình hình|nội dung|(?i:{_any(verbs['not_before'])}))\s)"
        rf"(?<!\b(?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]ổ chức|đầu mối)\s(?={nominal}))"
        rf"(?<=[\s,:]|^)(?:{strong}|{work})(?!\p{{L}})"
    )
    return Grammar(
        opening=regex.compile(
            rf"(?:{_any(words['openings'])})\b[^;:.]{{3,200}}?,\s*(?={name})", regex.IGNORECASE
        ),
        assign=regex.compile(
            rf"(?<!\p{{L}})(?P<verb>{_any(verbs['assign'])}"
            rf"|{_any([verb.capitalize() for verb in verbs['assign']])})\s+(?:cho\s+)?(?P<name>{name})"
        ),
        name=regex.compile(name),
        end=regex.compile(end),
        strong=regex.compile(rf"(?:{strong})(?!\p{{L}})"),
        support=regex.compile(
            r"[Pp]hối hợp(?:\s+(?:chặt chẽ|thường xuyên|đồng bộ|tốt))*(?:\s*(?:,"
            r"|và)\s*\p{Ll}+ \p{Ll}+)?\s+(?:với|cùng)\s+"
        ),
        past=regex.compile(rf"^\W*(?:{_any(words['past_sections'])})\b", regex.IGNORECASE),
        goal=regex.compile(rf"^\W*(?:các\s+)?(?:{_any(words['goal_sections'])})\b", regex.IGNORECASE),
        assigning=regex.compile(rf"\b(?:{_any(words['assigning_sections'])})\b", regex.IGNORECASE),
    )


_DURING = regex.compile(r"Trong quá trình (?:tổ chức |triển khai )*thực hiện\s+")
# "Cơ quan thực hiện: …", "Đơn vị chủ trì: …" name a part in the work, not somebody.
_PART = regex.compile(r"(?:Cơ quan|Đơn vị|Bộ phận|Tổ chức)(?:\s\p{Ll}+){1,4}\s*:")
# An order without work of its own: the work is in the list that follows.
EMPTY_ORDER = regex.compile(
    r"^(?:theo chức năng(?:,? nhiệm vụ)?(?: được giao)?|căn cứ chức năng[^,:]*|có trách nhiệm"
    r"|chịu trách nhiệm|thực hiện(?: các nhiệm vụ sau)?"
    r"|tập trung(?: thực hiện)?|như sau|các nhiệm vụ sau|các nội dung sau|có nhiệm vụ|,|\s|và|là)*$",
    regex.IGNORECASE,
)
_CLAUSE_BREAK = regex.compile(r"[,;:.(]")
_ABOVE = regex.compile(
    r"(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân) (?:tỉnh|[Tt]hành phố|huyện)\b"
    r"|Thủ tướng|Chính phủ|Quốc hội|Tỉnh ủy|Thường trực (?:Tỉnh|HĐND)"
)
_ANSWERS = regex.compile(r"\s*(?:trước|về|toàn diện|cá nhân)\b")


# How a notice closes: "Văn phòng UBND tỉnh thông báo để các sở, ngành biết, thực hiện." tells nobody anything new.
_CLOSING = regex.compile(
    r"[^.;:]{3,80}\b(?:xin |trân trọng |kính )?(?:thông báo|báo cáo|báo) [^.;:]*\bbiết\b"
)


def read_assignment(sentence: str) -> Assignment | None:
    """Take a sentence apart; None when nobody is told to do anything in it."""
    rules = grammar()
    if _CLOSING.match(sentence):
        return None
    if (told := rules.assign.search(sentence)) and _is_order(sentence, told):
        return _parts(sentence, told.start("name"), strong=True)
    start = 0
    within = _DURING.match(sentence)
    if within and rules.name.match(sentence, within.end()):
        start = within.end()  # the comma was forgotten
    elif opening := rules.opening.match(sentence):
        start = opening.end()
    if not rules.name.match(sentence, start) or _PART.match(sentence, start):
        return None
    return _parts(sentence, start, strong=False)


def name_before_list(line: str) -> str | None:
    """Give whom a line names for the list under it ("6. UBND các huyện chịu trách nhiệm:"), None if it says more."""
    rules = grammar()
    text = line.rstrip(" *_")
    if not text.endswith(":"):
        return None
    told = rules.assign.match(text)
    start = told.start("name") if told else 0
    if not rules.name.match(text, start) or _PART.match(text, start):
        return None
    end = rules.end.search(text, start + 2)
    lead = _trim(text, start, end.start() if end else len(text))
    rest = text[lead[1] :].strip(" :,;")
    return text[lead[0] : lead[1]] if EMPTY_ORDER.match(rest) and lead[1] - lead[0] > 2 else None


def _is_order(sentence: str, told: regex.Match[str]) -> bool:
    """Whether "giao", "yêu cầu" is the verb: it opens a sentence, a clause or a bracket, or stands behind a name.

    "Sở Nội vụ đề nghị các phòng …" is an order, "nhiệm vụ được giao", "đã giao" are none, and neither is what an
    office asks of those above it ("đề nghị UBND tỉnh phê duyệt").
    """
    before = sentence[: told.start("verb")].rstrip()
    verb = told["verb"]
    if verb.casefold() == "đề nghị" and _ABOVE.match(sentence, told.start("name")):
        return False
    if verb[0].isupper():
        return True
    if verb == "chỉ đạo":
        return not before
    if not before or before[-1] in ",;:(–-" or before.endswith(("và", "đồng thời", "trân trọng")):
        return True
    clause = _CLAUSE_BREAK.split(before)[-1].strip()
    return bool(grammar().name.match(clause)) and not clause.endswith(("đã", "được", "bị", "sẽ"))


def _parts(sentence: str, start: int, *, strong: bool) -> Assignment | None:
    """Read lead, task, support and deadlines from where the name begins."""
    rules = grammar()
    limit = min(len(sentence), start + LONGEST_NAME)
    end = rules.end.search(sentence, start + 2, limit)
    colon = sentence.find(":", start, limit)
    if colon >= 0 and (end is None or colon < end.start()):
        lead_end, task_start = colon, colon + 1
    elif end is not None:
        lead_end = task_start = end.start()
    else:
        return None
    lead = _trim(sentence, start, lead_end)
    # "Giám đốc Sở …, các Sở: Tài chính, Nội vụ chủ trì": the colon opens the list of names.
    if (
        colon == lead_end
        and end is not None
        and regex.search(r"(?:[Cc]ác|[Nn]hững)\s+\S+(?:\s\S+)?$", sentence[start:colon])
    ):
        lead, task_start = _trim(sentence, start, end.start()), end.start()
    told = rules.strong.match(sentence, task_start)
    # "chịu trách nhiệm trước Lãnh đạo Sở về …" is the work itself, "chịu trách nhiệm thi hành …" goes before it.
    if told and told[0] != "chủ trì" and not _ANSWERS.match(sentence, told.end()):
        task_start = told.end()
    task = _trim(sentence, task_start, len(sentence))
    if lead[1] - lead[0] < 2 or task[1] - task[0] < _SHORTEST_TASK:
        return None
    says_who = strong or bool(rules.strong.search(sentence, lead[1], min(len(sentence), lead[1] + 120)))
    return Assignment(lead, task, _support(sentence, task), find_deadlines(sentence, task[0]), says_who)


def _trim(sentence: str, start: int, end: int) -> Span:
    while start < end and sentence[start] in " ,;:.-–+*_":
        start += 1
    while end > start and sentence[end - 1] in " ,;:.-–*_/":
        end -= 1
    return start, end


def support_of(sentence: str) -> Span | None:
    """Read who supports in a sentence whose lead stands elsewhere."""
    return _support(sentence, (0, len(sentence)))


def _support(sentence: str, task: Span) -> Span | None:
    """Read who supports: the names after "phối hợp với", up to the verb of what they do together."""
    rules = grammar()
    match = rules.support.search(sentence, task[0], task[1])
    if match is None or not (
        rules.name.match(sentence, match.end()) or sentence[match.end() : match.end() + 1].isupper()
    ):
        return None
    stop = regex.compile(r"[;.]|\s(?:để|trong việc|nhằm|khi|trong quá trình|trên|tại|theo)\s").search(
        sentence, match.end(), task[1]
    )
    verb = rules.end.search(sentence, match.end() + 2, task[1])
    ends = [found.start() for found in (stop, verb) if found is not None]
    return _trim(sentence, match.end(), min(ends) if ends else task[1])


_DAY = (
    r"(?:ngày\s+)?\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?"
    r"|ngày\s+\d{1,2}(?:\s+(?:tháng\s+\d{1,2}|hằng tháng|hàng tháng|của tháng cuối quý))?"
    r"(?:\s+(?:năm\s+\d{4}|hằng năm|hàng năm))?"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}(?:\s*phút)?)?\s*,?\s*)?"  # "trước 14 giờ, ngày 05/12/2017"
_PERIOD = (
    r"(?:cuối|đầu|giữa|hết)?\s*(?:tháng\s+\d{1,2}(?:\s?/\s?\d{4}|\s+năm\s+\d{4})?|quý\s+(?:[IVX]+"
    r"|\d)(?:\s?/\s?\d{4}|\s+năm\s+\d{4})?"
    r"|năm\s+\d{4}|\d{1,2}/\d{4}|6 tháng (?:đầu|cuối) năm(?:\s+\d{4})?|năm(?=\s*[,;.)]|$))"
)
_EVERY = (
    r"(?:(?:định kỳ\s+)?(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)|định kỳ\s+(?:\d+ tháng|quý|năm))"
    r"(?:(?:\s*,\s*|\s+và\s+|\s+hoặc\s+)(?:\d+ tháng|(?:hằng|hàng) (?:tháng|quý|năm)|đột xuất|quý|năm)\b)*"
)
_DEADLINE = regex.compile(
    rf"(?:(?:xong|hoàn thành|báo cáo|gửi)\s+)?(?P<when>(?:trước|chậm nhất(?:\s+(?:là|đến|vào))*"
    rf"|muộn nhất(?:\s+là)?|không muộn hơn|(?:đến|trước)\s+hết|hạn cuối(?:\s+là)?"
    rf"|xong trước)\s+{_HOUR}(?:{_DAY}|{_PERIOD})"
    rf"|(?:trong|vào)\s+(?:{_PERIOD}|{_DAY})|đến\s+(?:{_DAY}|(?:cuối\s+)?năm\s+\d{{4}})"
    rf"|(?:trong (?:vòng|thời hạn|thời gian)|chậm nhất sau|không quá)\s+\d{{1,3}}\s+(?:ngày|tháng"
    rf"|giờ)(?:\s+làm việc)?(?:\s*,?\s*(?:kể )?từ\s+(?:ngày|khi)[^.;,]{{0,120}})?"
    rf"|{_EVERY})",
    regex.IGNORECASE,
)
_OFTEN = regex.compile(r"(?:hằng|hàng|mỗi)\s", regex.IGNORECASE)
_UNTIL = regex.compile(r"đến\s(?!hết)", regex.IGNORECASE)
_LABEL = regex.compile(
    r"(?:báo cáo[^,;()]{0,20}?)?(?:quý\s+\w+|\d+\s+tháng(?:\s+đầu năm)?|năm"
    r"|tháng\s+\d+)\s*\(\s*$",
    regex.IGNORECASE,
)


def _is_schedule(sentence: str, start: int) -> bool:
    """Whether "hàng năm" says when ("Hàng năm, …", "báo cáo Sở hàng quý"), not which ("kế hoạch hàng năm")."""
    before = sentence[:start].rstrip()
    if not before or before[-1] in ",;:.(-+":
        return True
    clause = regex.split(r"[;.]", before)[-1]
    return "báo cáo" in clause[-50:] and "kế hoạch" not in clause[-25:]


def _is_term(sentence: str, start: int) -> bool:
    """Whether "đến năm 2025" ends the work ("hoàn thành … đến năm 2025"), not what it is about."""
    before = regex.split(r"[;.]", sentence[:start])[-1]
    return not before.strip() or bool(regex.search(r"hoàn thành|phấn đấu|kéo dài|thực hiện xong", before))


def find_deadlines(sentence: str, start: int = 0) -> tuple[Span, ...]:
    """Give the deadline expressions of a sentence; several that follow one another with their labels are one span.

    Dates of cited documents are no deadlines ("Kế hoạch số 186/KH-UBND ngày 17/9/2024"); neither is a past year's
    plan, nor whom somebody answers to ("chịu trách nhiệm trước UBND tỉnh").
    """
    cited = [(item.start, item.end) for item in find_citations(sentence)] if "/" in sentence else []
    found = [
        (match.start("when"), match.end("when"))
        for match in _DEADLINE.finditer(sentence, start)
        if not any(first <= match.start("when") < last for first, last in cited)
        and (not _OFTEN.match(match["when"]) or _is_schedule(sentence, match.start("when")))
        and (not _UNTIL.match(match["when"]) or _is_term(sentence, match.start("when")))
    ]
    labelled: list[Span] = []
    for first, last in found:
        label = _LABEL.search(sentence, max(start, first - 60), first)
        begin = label.start() if label else first
        close = last + 1 if label and sentence[last : last + 1] == ")" else last
        if label and labelled and begin - labelled[-1][1] <= 6 and sentence[labelled[-1][1] - 1] == ")":
            labelled[-1] = (labelled[-1][0], close)
        else:
            labelled.append((begin, close))
    return tuple(labelled)
