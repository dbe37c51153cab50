"""Who signed and who receives: boxes 7 and 9 of the layout (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import regex

from extract.frame import RECIPIENTS, vocabulary
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.frame import Line

_BULLET = regex.compile(r"[-–+•*]\s*")
_FILING = regex.compile(r"[-–+•*]?\s*lưu\s*[:;]?", regex.IGNORECASE)
_SIGNED = regex.compile(r"[\[(]?\s*(?:đ[ãa]\s*k[íý]|đ[ãa] ky|signed)\s*[\])]?", regex.IGNORECASE)
_PREFIX = r"(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L|tm|kt|tl|tuq)\s*[./]\s*)?"
_GIVEN = r"(?:\p{Lu}['’])?\p{Lu}[\p{Ll}'’]+"  # "H'Yim", "Kđoh"
_NAME = regex.compile(rf"(?:{_GIVEN}|\p{{Lu}}['’]|\p{{Lu}}\.?)(?:\s{_GIVEN}){{1,5}}")
# Names of the Central Highlands open with a mark: "Y Vinh Tơr", "A Pớt Thia", "H'Yim Kđoh", "K' Mák".
_NAME_MARK = regex.compile(r"(?:[YA]\s(?!Tế|Dược|Học)\S+\s\S|[HK]\s?['’]\s?\p{Lu})")
_CAPITAL_NAME = regex.compile(r"\p{Lu}{2,}(?:\s\p{Lu}{1,}){1,5}")
# The signer's column begins at least so many points right of the recipients'.
_COLUMN_GAP = 120.0
_FORMS_OF_ADDRESS = frozenset({"ông", "bà", "đ/c", "chí", "cụ", "anh", "chị"})
# How far below its title a signer's name may stand (seals, "(Đã ký)", recipients of a merged column).
_NAME_DISTANCE = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """The signer and the list of recipients; `authority` is what stands before the title ("TL. CHỦ TỊCH")."""

    signer_name: str | None = None
    signer_title: str | None = None
    authority: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    line: int | None = None


@cache
def _surnames() -> frozenset[str]:
    with (files("normalize") / "data" / "surnames.csv").open(encoding="utf-8") as rows:
        return frozenset(row["surname"].casefold() for row in csv.DictReader(rows))


@cache
def _title_pattern() -> regex.Pattern[str]:
    titles = "|".join(regex.escape(title.upper()) for title in vocabulary().positions)
    mixed = "|".join(regex.escape(title.capitalize()) for title in vocabulary().positions)
    return regex.compile(rf"{_PREFIX}(?P<title>{titles}|{mixed})\b")


def person_name(text: str) -> str | None:
    """Give the person `text` names, its titles of honour dropped ("ThS. Lê Công Nhường"), None for anything else."""
    words = text.strip(" .,*_").split()
    while words and words[0].rstrip(".").casefold().replace(".", "") in vocabulary().honorifics:
        words = words[1:]
    if len(words) >= 2 and key(" ".join(words[:2])) in vocabulary().honorifics:
        words = words[2:]
    if words and "." in words[0]:  # "PGS.TS.Nguyễn Văn A" without blanks
        words[0] = words[0].rpartition(".")[2]
    name = " ".join(words)
    if not 2 <= len(words) <= 6 or not (_NAME.fullmatch(name) or _CAPITAL_NAME.fullmatch(name)):
        return None
    return name if words[0].casefold() in _surnames() or _NAME_MARK.match(name) else None


def find_signature(lines: Sequence[Line], start: int) -> Signature:
    """Find the first signature at or after line `start`, that of the act whose letterhead stands before it.

    Recipients and signer stand side by side: in a table they are two cells, on a page of a PDF their lines may
    come one after the other or merged into one ("Nơi nhận: GIÁM ĐỐC").
    """
    place = next((n for n in range(start, len(lines)) if RECIPIENTS.match(lines[n].text.lstrip("*_ "))), None)
    title_at = _title_line(lines, start, place)
    if title_at is None:
        recipients = _recipients(lines, place) if place is not None else ()
        return Signature(recipients=recipients, line=place)
    titles: list[str] = []
    name, last = None, title_at
    merged = lines[title_at].text.strip(" *_") != _title_in(lines[title_at].text, title_at == place)
    for number in range(title_at, min(len(lines), title_at + _NAME_DISTANCE)):
        line = lines[number]
        title = _title_in(line.text, number == place)
        if title and name is None:
            titles.append(title)
            last = number
            continue
        name = _name_in(line, lines[title_at], number, last, merged=merged)
        if name:
            break
    return Signature(
        signer_name=name,
        signer_title=_bare_title(titles[-1]) if titles and name else None,
        authority=tuple(titles),
        recipients=_recipients(lines, place) if place is not None else (),
        line=place if place is not None and place < title_at else title_at,
    )


def _title_in(text: str, beside_recipients: bool = False) -> str | None:
    """Give the title a line is or ends with ("Nơi nhận: GIÁM ĐỐC", "- Như Điều 3; PHÓ GIÁM ĐỐC")."""
    text = text.strip(" *_")
    pattern = _title_pattern()
    whole = pattern.match(text)
    if whole and not text[whole.end() :].strip(" .,:") and len(text) < 60:
        return text
    if whole and text.upper() == text and len(text) < 90 and not text.endswith((".", ";", ":")):
        return text  # "GIÁM ĐỐC SỞ TÀI CHÍNH", "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH"
    if beside_recipients or _BULLET.match(text):
        for match in pattern.finditer(text):
            tail = text[match.end() :].strip()
            if tail.upper() == tail and len(tail) < 60 and match.start() and match[0] == match[0].upper():
                return str(match[0])
    if regex.match(r"(?:TM|T/M)\s*[./]\s*\p{Lu}{2}", text) and text.upper() == text:
        return text  # "TM. ỦY BAN NHÂN DÂN"
    return None


def _bare_title(text: str) -> str:
    found = list(_title_pattern().finditer(text))
    return found[-1]["title"] if found else text


def _title_line(lines: Sequence[Line], start: int, place: int | None) -> int | None:
    """Find the first title of the block: just above the recipients, beside them, or after their list."""
    first = start if place is None else max(start, place - 8)
    for number in range(first, len(lines)):
        text = lines[number].text
        if _title_in(text, number == place) and _followed_by_name(lines, number):
            return number
    return None


def _followed_by_name(lines: Sequence[Line], title_at: int) -> bool:
    last = title_at
    merged = RECIPIENTS.match(lines[title_at].text.lstrip("*_ ")) is not None
    for number in range(title_at, min(len(lines), title_at + _NAME_DISTANCE)):
        if _title_in(lines[number].text, number == title_at):
            last = number
        elif _name_in(lines[number], lines[title_at], number, last, merged=merged):
            return True
        elif not _may_lie_between(lines[number].text):
            return False
    return False


def _may_lie_between(text: str) -> bool:
    """Whether a line may stand between title and name: recipients, "(Đã ký)", seals; not a paragraph of text."""
    return len(text) < 120 and not text.endswith("./.")


def _trailing_name(text: str) -> str | None:
    """Give the name a merged line ends with ("thành phố trực thuộc TW Trương Chí Trung"); "ông Lê Văn A" is none."""
    words = text.split()
    for count in (4, 3, 2):
        if len(words) <= count or words[-count - 1].casefold() in _FORMS_OF_ADDRESS:
            continue
        before = words[-count - 1].strip(".,;)")
        if (before.islower() or before.isupper()) and (name := person_name(" ".join(words[-count:]))):
            return name
    return None


def _name_in(line: Line, title: Line, number: int, last_title: int, *, merged: bool) -> str | None:
    text = line.text.strip(" *_")
    if line.cell is not None and title.cell is not None and line.cell[1] != title.cell[1]:
        return None
    signed = _SIGNED.match(text)
    if signed:
        text = text[signed.end() :].strip()
    if (name := person_name(text)) and number > last_title:
        return name
    # A merged column: "Thông tin và Truyền thông, Phùng Tô Long".
    if number > last_title and (_BULLET.match(text) or regex.search(r"[,;]\s", text)):
        tail = regex.split(r"[,;.]\s+", text)[-1]
        if tail != text and (name := person_name(tail)):
            return name
    return _trailing_name(text) if merged and number > last_title else None


def _other_column(place: Line, line: Line) -> bool:
    return place.left is not None and line.left is not None and line.left - place.left > _COLUMN_GAP


def _recipients(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    """Give the entries of the list under "Nơi nhận", bullets dropped, lines that go on joined."""
    entries: list[str] = []
    opening = RECIPIENTS.search(lines[place].text)
    rest = lines[place].text[opening.end() :].strip(" *_:") if opening else ""
    if rest.startswith(("-", "–", "+", "•")):
        entries += [
            part.strip(" ;.") for part in regex.split(r"(?:^|;)\s*[-–+•]\s*", rest) if part.strip(" ;.")
        ]
    cell = lines[place].cell
    for number in range(place + 1, len(lines)):
        line = lines[number]
        if cell is not None and (line.cell is None or line.block != lines[place].block):
            break
        if cell is not None and line.cell != cell:
            continue
        if _other_column(lines[place], line):
            continue
        text = line.text
        title = _title_in(text, beside_recipients=True)
        if title and text.strip(" *_") != title:
            text = text[: text.rindex(title)]
        if _BULLET.match(text):
            entries.append(_BULLET.sub("", text, count=1).strip(" ;.*_"))
        elif title or person_name(text) or _SIGNED.match(text):
            if cell is None and entries:
                break
            continue
        elif entries and len(text) < 90 and not entries[-1].endswith("."):
            entries[-1] = f"{entries[-1]} {text.strip(' ;.')}"
        else:
            break
        if _FILING.match(text):
            break
    return tuple(entry for entry in entries if entry)
