"""The symbols of Vietnamese documents: "333/QĐ-SKHCN" taken apart, and every one found in a text.

The grammar (NUM = digits and at most one letter; blanks may stand anywhere in scans and typed copies):

    administrative  NUM "/" TYPE "-" ORGAN            333/QĐ-SKHCN, 424/KH-UBND
    normative       NUM "/" YEAR "/" TYPE "-" ORGAN   50/2020/QĐ-UBND, 61/2018/NĐ-CP
    law             NUM "/" YEAR "/" QH TERM          56/2017/QH14, 87/2025/UBTVQH15
    party           NUM "-" TYPE "/" ORGAN            01-NQ/TU, 18-NQ/TW
    letter          NUM "/" ORGAN "-" DRAFTING_UNIT   975/SNV-CCHC (công văn: no type of its own)
    old             NUM "/" ORGAN                     64/CP, 525/TTg (before 1996)
    blank           [ "…" ] "/" TYPE "-" ORGAN        /KH-SCT (a draft whose number is still to come)

Sources: Nghị định 30/2020/NĐ-CP (Điều 8, Phụ lục I, III), Thông tư 01/2011/TT-BNV, Hướng dẫn 36-HD/VPTW (party).
Types are compared with case: QyĐ (quy định) is not QĐ (quyết định), CTr (chương trình) not CT (chỉ thị).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

Form: TypeAlias = Literal["administrative", "normative", "law", "party", "letter", "old"]

# One character for one character, so that offsets into the raw text stay true.
_LOOK_ALIKES = str.maketrans(
    {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00a0": " "}
)

_GROUP = r"\p{Lu}(?:[\p{L}\d]|&(?=\p{L})|[.,](?=\p{Lu}{1,6}(?!\p{Ll})))*"
_REST = rf"(?P<groups>{_GROUP}(?:[^\S\n]?[/\-]\s?{_GROUP})*)"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[89]\d)\s*/\s*)?"
_SYMBOL = regex.compile(
    rf"(?:(?<=[Ss]ố|SỐ)"
    rf"|(?<![\p{{L}}\d/.&\-]))(?P<number>\d{{1,5}}[a-zđ]?)[^\S\n]*(?P<mark>[/\-])\s?{_YEAR}{_REST}"
)
# A draft: the number is missing or dotted, the word "Số" stands before it.
_BLANK = regex.compile(
    rf"(?<=\b(?:[Ss]ố|SỐ))[^\S\n]*:?[^\S\n]*(?P<dots>[.…_\s]{{0,40}}?)(?P<mark>[/\-])[^\S\n]*{_YEAR}{_REST}"
)
_SPLIT = regex.compile(rf"(?P<before>\s?)(?P<mark>[/\-])(?P<after>\s?)(?P<group>{_GROUP})")
_ASSEMBLY = regex.compile(r"(UBTVQH|QH)\d{0,2}")
_PREFIX = regex.compile(r"(?:[\p{L} ]{1,40}\s)?[Ss]ố\s*:?[\s.…_]*")
_PARTY_TAIL = regex.compile(r"TW|TU|HU|QU|ThU|TXU|ĐU|BCSĐ|\w*(?:TW|TU)|ĐUK?\w*")
_STATE_TAILS = frozenset({"CP", "TTg", "UBND", "HĐND"})


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document: "KH", "Kế hoạch", and the family that rules its symbol."""

    abbreviation: str
    name: str
    family: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol in a text.

    Attributes:
        text: as printed, blanks and errors included; `start`, `end` are its span.
        normalised: blanks removed, typing errors mended where only one reading is left.
        doc_type: "QĐ", "NĐ", "CV" for an official letter; None where the symbol does not tell (laws, old forms).
        number: as printed ("08", "30c"), None in a draft.
        year: the year group of a normative act.
        issuer_code: "UBND", "CP", "SKHCN"; organs of a joint act joined by "-".
        drafting_unit: what follows the organ ("CCHC" of 975/SNV-CCHC), None if nothing does.
        form: which rule of the grammar it follows.
        mended: what was mended ("separator", "type", "organ").
        certain: False when only a word such as "Nghị định số" before it can confirm that this is a symbol.
    """

    text: str
    normalised: str
    doc_type: str | None
    number: str | None
    year: int | None
    issuer_code: str
    drafting_unit: str | None
    form: Form
    mended: tuple[str, ...]
    certain: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Tables:
    types: dict[str, DocumentType]
    folded_types: dict[str, str]
    names: dict[str, DocumentType]
    organs: frozenset[str]
    folded_organs: dict[str, str]


def _fold(code: str) -> str:
    return code.upper().replace("Đ", "D").replace("&", "").replace(",", "").replace(".", "")


@cache
def _tables() -> _Tables:
    types: dict[str, DocumentType] = {}
    folded: dict[str, str] = {}
    names: dict[str, DocumentType] = {}
    data = files("normalize") / "data"
    with (data / "document_types.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            kind = DocumentType(row["abbreviation"], row["name"], row["family"])
            names[kind.name.casefold()] = kind
            for spelling in (kind.abbreviation, *filter(None, row["variants"].split("|"))):
                types[spelling] = kind
                folded.setdefault(_fold(spelling), spelling)
    with (data / "organ_codes.csv").open(encoding="utf-8") as lines:
        organs = [row["code"] for row in csv.DictReader(lines)]
    return _Tables(types, folded, names, frozenset(organs), {_fold(code): code for code in organs})


def document_types() -> dict[str, DocumentType]:
    """Give every type by its full name in lower case ("kế hoạch" -> KH)."""
    return _tables().names


def type_of(abbreviation: str) -> DocumentType | None:
    """Give the type an abbreviation stands for; "CTr" and "CT" are two."""
    return _tables().types.get(abbreviation)


def organ_codes() -> frozenset[str]:
    """Give the codes of organs that stand in symbols: "UBND", "TTg", "SKHCN"."""
    return _tables().organs


def same_length(text: str) -> str:
    """Replace look-alike letters and dashes one for one: offsets into `text` stay true."""
    return text.translate(_LOOK_ALIKES)


def parse_symbol(text: str) -> Symbol | None:
    """Give the one symbol that `text` is ("Số: 333 /QĐ-SKHCN"), or None when it is anything else."""
    plain = same_length(text)
    for symbol in find_symbols(text):
        before, after = plain[: symbol.start].strip(), plain[symbol.end :].strip()
        if not after and (not before or _PREFIX.fullmatch(before)):
            return symbol
    return None


def find_symbols(text: str) -> list[Symbol]:
    """Give every symbol in `text` in reading order, those included that need a word before them to be sure."""
    plain = same_length(text)
    found = [symbol for match in _SYMBOL.finditer(plain) if (symbol := _read(text, match))]
    found += _drafts(text, plain, found)
    return sorted(found, key=lambda symbol: symbol.start)


def _drafts(text: str, plain: str, found: list[Symbol]) -> Iterator[Symbol]:
    taken = [(symbol.start, symbol.end) for symbol in found]
    for match in _BLANK.finditer(plain):
        if any(start < match.end("groups") and match.start("mark") < end for start, end in taken):
            continue
        symbol = _read(text, match)
        if symbol is not None and symbol.form in ("administrative", "normative", "party", "letter"):
            yield symbol


def _read(text: str, match: regex.Match[str]) -> Symbol | None:
    number = match.groupdict().get("number")
    groups, marks, end = _groups(match)
    if not groups:
        return None
    start = match.start("number") if number else match.start("mark")
    year = match["year"]
    raw = _Raw(number, match["mark"], year, groups, marks)
    for rule in (_assembly, _typed, _letter, _old):
        reading = rule(raw)
        if reading is not None:
            return Symbol(
                text=text[start:end],
                normalised=reading.normalised,
                doc_type=reading.doc_type,
                number=number,
                year=_full_year(year) if year else None,
                issuer_code=reading.issuer_code,
                drafting_unit=reading.drafting_unit,
                form=reading.form,
                mended=reading.mended,
                certain=reading.certain,
                start=start,
                end=end,
            )
    return None


@dataclass(frozen=True, slots=True)
class _Raw:
    number: str | None
    mark: str
    year: str | None
    groups: tuple[str, ...]
    marks: tuple[str, ...]

    def head(self) -> str:
        return f"{self.number or ''}/{self.year}/" if self.year else f"{self.number or ''}/"


@dataclass(frozen=True, slots=True)
class _Reading:
    normalised: str
    doc_type: str | None
    issuer_code: str
    drafting_unit: str | None
    form: Form
    mended: tuple[str, ...] = ()
    certain: bool = True


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 1900 + int(year)


def _is_code(group: str) -> bool:
    """Whether letters look like a code, not a word: "KGVXVHTin", "TTg", "L", but not "Sở"."""
    capitals = sum(letter.isupper() for letter in group)
    return group == "L" or (capitals >= 2 and capitals * 2 >= sum(letter.isalpha() for letter in group))


def _groups(match: regex.Match[str]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Split what follows the number at its marks and cut it where it stops looking like codes.

    "42/KH-UBND - UBND tỉnh" ends after the first UBND: from the third group on, a blank before the mark ends it.
    """
    rest, offset = match["groups"], match.start("groups")
    first = regex.match(_GROUP, rest)
    if first is None or not _is_code(first[0]):
        return (), (), offset
    groups, marks, end = [first[0]], [], first.end()
    while (step := _SPLIT.match(rest, end)) and _is_code(step["group"]):
        if len(groups) >= 2 and (step["before"] or (step["after"] and step["mark"] == "/")):
            break
        groups.append(step["group"])
        marks.append(step["mark"])
        end = step.end()
    kind, dot, organ = groups[0].partition(".")
    if dot and kind in _tables().types:  # "101/QĐ.BQL-TC"
        groups[:1], marks[:0] = [kind, organ], ["."]
    return tuple(groups), tuple(marks), offset + end


def _assembly(raw: _Raw) -> _Reading | None:
    """Laws and resolutions of the National Assembly; the word before them tells which of the two."""
    if not raw.year or not _ASSEMBLY.fullmatch(raw.groups[0]):
        return None
    organ = "UBTVQH" if raw.groups[0].startswith("UB") else "QH"
    return _Reading(raw.head() + raw.groups[0], None, organ, None, "law")


def _assembly_code(code: str) -> str:
    """Drop the term of the National Assembly from its organs' codes ("UBTVQH10" -> "UBTVQH")."""
    match = _ASSEMBLY.fullmatch(code)
    return match[1] if match else code


def _mend_type(group: str) -> tuple[str, bool] | None:
    tables = _tables()
    if group in tables.types:
        return group, False
    mended = tables.folded_types.get(_fold(group))
    return (mended, True) if mended else None


def mend_organ(code: str) -> tuple[str, bool]:
    """Give the organ's code and whether it was mended: "SKHHCN" -> "SKHCN", "TTG" -> "TTg", "SKH&CN" as it is.

    Mended is a wrong case, a lost stroke of Đ, one letter typed twice; each only when one known code is left.
    """
    tables = _tables()
    if code in tables.organs or "&" in code or "," in code or "." in code:
        return code, False
    if folded := tables.folded_organs.get(_fold(code)):
        return folded, True
    if len(code) >= 5:
        shorter = {code[:i] + code[i + 1 :] for i in range(1, len(code)) if code.count(code[i]) > 1}
        known = shorter & tables.organs
        if len(known) == 1:
            return known.pop(), True
    return code, False


def _lost_hyphen(group: str) -> tuple[str, str] | None:
    """Part a type and an organ that a conversion joined ("QĐUBND", "NQCP": soft hyphens); None if not in one way."""
    tables = _tables()
    ways = [
        (group[:i], group[i:])
        for i in range(2, len(group) - 1)
        if group[:i] in tables.types
        and group[i:] in tables.organs
        and tables.types[group[:i]].family != "letter"
    ]
    return ways[0] if len(ways) == 1 and group not in tables.organs else None


def _typed(raw: _Raw) -> _Reading | None:
    """Administrative, normative, joint and party acts: the first group is a type, the next one the organ."""
    if len(raw.groups) == 1 and (parts := _lost_hyphen(raw.groups[0])):
        raw = _Raw(raw.number, raw.mark, raw.year, parts, (".",))
    kind = _mend_type(raw.groups[0])
    if kind is None or len(raw.groups) < 2:
        return None
    abbreviation, type_mended = kind
    entry = _tables().types[abbreviation]
    organs = [mend_organ(group) for group in raw.groups[1:]]
    if entry.family == "letter" and raw.mark == "/" and raw.marks[0] == "/":
        return None
    mended = ["type"] if type_mended else []
    if any(changed for _, changed in organs[: None if entry.family == "joint" else 1]):
        mended.append("organ")
    codes = [organs[0][0], *(raw.groups[2:] if entry.family != "joint" else (code for code, _ in organs[1:]))]
    # "L/CTN" (57-L/CTN) and party acts put the hyphen first; "18/NQ-TW" and "30-QĐ/UBND" mix the two forms.
    party = bool(_PARTY_TAIL.fullmatch(codes[0])) or (
        raw.mark == "-" and not raw.year and codes[0] not in _STATE_TAILS
    )
    marks = ("-", "/") if party and not raw.year else ("/", "-")
    if (raw.mark, raw.marks[0]) != marks and not (entry.family == "joint" and raw.mark == "/"):
        mended.append("separator")
    tail = "-".join(codes)
    if party and not raw.year:
        normalised, form = f"{raw.number or ''}-{abbreviation}/{tail}", "party"
    else:
        normalised, form = f"{raw.head()}{abbreviation}-{tail}", "normative" if raw.year else "administrative"
    joint = entry.family == "joint"
    return _Reading(
        normalised=normalised,
        doc_type=entry.abbreviation,
        issuer_code=tail if joint else _assembly_code(codes[0].split(".")[0]),
        drafting_unit=None if joint or len(codes) < 2 else "-".join(codes[1:]),
        form="party" if form == "party" else "normative" if raw.year else "administrative",
        mended=tuple(mended),
    )


def _letter(raw: _Raw) -> _Reading | None:
    """Official letters: organ and drafting unit, no type ("975/SNV-CCHC")."""
    if raw.mark != "/" or raw.year or len(raw.groups) < 2:
        return None
    organ, changed = mend_organ(raw.groups[0])
    known = _fold(organ) in _tables().folded_organs
    if not raw.number and not known:
        return None
    second, second_changed = mend_organ(raw.groups[1])
    if not known and second in _tables().organs:  # "18/BCTĐ-STP": a type of its own before a known organ
        tail = "-".join((second, *raw.groups[2:]))
        return _Reading(
            normalised=f"{raw.head()}{raw.groups[0]}-{tail}",
            doc_type=None,
            issuer_code=second,
            drafting_unit="-".join(raw.groups[2:]) or None,
            form="administrative",
            mended=("organ",) if second_changed else (),
            certain=raw.marks[0] == "-",
        )
    return _Reading(
        normalised=f"{raw.head()}{'-'.join((organ, *raw.groups[1:]))}",
        doc_type="CV",
        issuer_code=organ,
        drafting_unit="-".join(raw.groups[1:]),
        form="letter",
        mended=("organ",) if changed else (),
        certain=known and raw.marks[0] == "-",
    )


def _old(raw: _Raw) -> _Reading | None:
    """Acts before 1996 ("64/CP", "66-HĐBT") and letters without a drafting unit: only a word before makes them sure."""
    if not raw.number or len(raw.groups) != 1:
        return None
    kind = _mend_type(raw.groups[0])
    if kind is not None:  # "Kế hoạch số 42/KH": the organ was left out
        return _Reading(
            raw.head() + kind[0], _tables().types[kind[0]].abbreviation, "", None, "old", (), certain=False
        )
    organ, _ = mend_organ(raw.groups[0])
    mark = raw.mark if not raw.year else "/"
    head = raw.head()[:-1] if mark == "-" else raw.head()
    return _Reading(f"{head}{'-' if mark == '-' else ''}{organ}", None, organ, None, "old", certain=False)
