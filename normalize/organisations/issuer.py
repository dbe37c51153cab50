"""Who issued a document: one body from letterhead, symbol, title, signature and addresses, or none.

Sources in order of strength: the letterhead (Decree 30/2020, box 2), the authority that decides ("GIÁM ĐỐC SỞ …"),
the annex line ("Kèm theo … của Sở …"), the title, the signature, the tail of the symbol. The province comes from the
same texts, then the place line, then web addresses; seed 000 names none, and none is made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from normalize.organisations.cell import body_in
from normalize.organisations.entity import slug
from normalize.organisations.gazetteer import standard
from normalize.organisations.scope import level_of
from normalize.organisations.tokens import squeeze
from normalize.places import (
    Era,
    Province,
    districts_named,
    era_of,
    find_province,
    province_by_code,
    province_of_host,
    successor,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from normalize.organisations.gazetteer import Gazetteer
    from normalize.organisations.mention import UnitMention

Source: TypeAlias = Literal[
    "letterhead", "authority", "annex", "title", "signature", "symbol", "place", "host", "body"
]

_OF = re.compile(r"\bcủa\s+", re.IGNORECASE)
_TAIL = re.compile(r"[-/]\s*([^\W\d_][\w&.]*)\s*$")
_PARTY_TAIL = re.compile(r"\d\s*-\s*[^\W\d_]+\s*/\s*([^\W\d_]+)\s*$")
_LETTER = re.compile(r"^\s*\d*\s*/\s*([^\W\d_][\w&]*)\s*-")  # "975/SNV-CCHC": the organ stands first
_TYPES = frozenset(
    {"kh", "bc", "qd", "ctr", "ct", "nq", "tb", "cv", "tt", "da", "pa", "hd", "qc", "ttr", "bb", "qyd", "gm"}
)
_REGIONAL = re.compile(
    r"(?:trên địa bàn|của|nhân dân|tổng hợp)?\s*(?:tỉnh|thành phố)\s+(?=[^\W\d_])", re.IGNORECASE
)
_CONFIDENCE: dict[str, float] = {
    "letterhead": 0.97, "authority": 0.95, "annex": 0.9, "title": 0.85, "signature": 0.8, "symbol": 0.75,
}  # fmt: skip
_AGREEMENT = 0.03
_LOCAL = ("so.", "tinh.", "huyen.", "xa.", "dang.", "sub.", "khac.", "doan.")


@dataclass(frozen=True, slots=True)
class IssuerTexts:
    """What a document's frame says, as printed; every part may be missing.

    Attributes:
        letterhead: lines of box 2, the parent body first ("ỦY BAN NHÂN DÂN TỈNH X", "SỞ Y").
        authority: who decides ("GIÁM ĐỐC SỞ …"); `annex`: lines "(Kèm theo … của Sở …)".
        signature: lines of the signature block. `place`: the town of the date line.
        hosts: web and mail addresses in the text. `body`: paragraphs that may name the province.
        date: date of issue, as far as it is known, for the era.
    """

    letterhead: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    title: str | None = None
    signature: tuple[str, ...] = ()
    symbol: str | None = None
    place: str | None = None
    hosts: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class IssuerEvidence:
    """One text that points to the issuer or its province, and what it says."""

    source: Source
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issued a document. Everything unknown is None; `evidence` is what was seen.

    `entity_id` is equal for two documents of one office however it is spelt; None while the province of a
    local body or the era of its code is unknown.
    """

    canonical: str | None = None
    class_id: str | None = None
    entity_id: str | None = None
    parent_body: str | None = None
    province_name: str | None = None
    province_code: str | None = None
    province_era: Era | None = None
    province_code_34: str | None = None
    place: str | None = None
    confidence: float = 0.0
    evidence: tuple[IssuerEvidence, ...] = ()


def identify_issuer(texts: IssuerTexts, gazetteer: Gazetteer | None = None) -> Issuer:
    """Say who issued a document. Never fails; a body that no text names stays unknown."""
    known = gazetteer or standard()
    evidence: list[IssuerEvidence] = []
    found: list[tuple[Source, UnitMention]] = []
    parent: UnitMention | None = None
    for source, text in _named_texts(texts):
        mention = body_in(text, texts.date, known)
        if (
            mention is None
            or mention.class_id is None
            or mention.class_id.startswith(("sub.van_phong", "grp."))
        ):
            continue
        if source == "letterhead" and _is_above(mention, found):
            parent = found.pop(0)[1] if found else parent
        found.append((source, mention))
        evidence.append(IssuerEvidence(source, text, mention.class_id))
    tail = _by_symbol(texts.symbol, [mention.class_id for _, mention in found if mention.class_id], known)
    if tail is not None and texts.symbol is not None:
        evidence.append(IssuerEvidence("symbol", texts.symbol, tail))
    class_id = found[0][1].class_id if found else tail
    province = _province(texts, class_id, evidence)
    if class_id is None:
        return _placed(Issuer(evidence=tuple(evidence)), province, texts.date)
    votes = [mention.class_id for _, mention in found] + ([tail] if tail else [])
    first: str = found[0][0] if found else "symbol"
    confidence = min(1.0, _CONFIDENCE[first] + _AGREEMENT * (votes.count(class_id) > 1))
    place = next(
        (mention.place for _, mention in found if mention.class_id == class_id and mention.place), None
    )
    local = (
        (place.title() if place and place.isupper() else place)
        if level_of(class_id) in {"huyen", "xa"}
        else None
    )
    named = found[0][1].canonical if found else known.by_class[class_id].canonical
    canonical = f"{named} {local}" if local and named else named
    issuer = Issuer(
        canonical, class_id, None, _parent_name(parent, class_id, province), place=local, confidence=confidence,
        evidence=tuple(evidence),
    )  # fmt: skip
    return _placed(issuer, province, texts.date)


def _named_texts(texts: IssuerTexts) -> Iterable[tuple[Source, str]]:
    """Every text that may name the issuer, strongest first; a name behind the last "của" is the issuer's."""
    lines = [line for line in texts.letterhead if line.strip()]
    joined = " ".join(lines)
    if lines:
        yield from (("letterhead", text) for text in _bodies_of_box(lines, joined))
    yield from (("authority", line) for line in texts.authority)
    for line in texts.annex:
        yield "annex", _behind_of(line) or line
    if texts.title and (named := _behind_of(texts.title)):
        yield "title", named
    yield from (("signature", line) for line in texts.signature)


def _bodies_of_box(lines: list[str], joined: str) -> list[str]:
    """Box 2 as bodies: a line that begins no body goes on the one before ("ỦY BAN NHÂN DÂN" / "TỈNH X")."""
    del joined
    bodies: list[str] = []
    for line in lines:
        first = squeeze(line)
        starts = first.startswith(
            ("uyban", "ubnd", "ybannhan", "so", "bo", "chicuc", "trungtam", "ban", "tinhuy", "thanhuy", "huyenuy",
             "danguy", "hoidong", "hdnd", "phong", "van", "thanhtra", "cuc", "tongcuc", "vu", "doan", "hoi", "lien",
             "congan", "toaan", "vien", "benhvien", "truong", "kho", "baohiem", "nganhang", "chinhphu", "thutuong")
        )  # fmt: skip
        if starts or not bodies:
            bodies.append(line)
        else:
            bodies[-1] += " " + line
    return bodies


def _behind_of(text: str) -> str | None:
    parts = _OF.split(text)
    return parts[-1].strip(" ()") if len(parts) > 1 else None


def _is_above(mention: UnitMention, found: list[tuple[Source, UnitMention]]) -> bool:
    """Two bodies in box 2: the second is the issuer, the first its parent."""
    return bool(found) and found[0][0] == "letterhead" and found[0][1].class_id != mention.class_id


def _by_symbol(symbol: str | None, expected: list[str], known: Gazetteer) -> str | None:
    """Class that the tail of a symbol means; a slip of the pen ("SKHHCN") only near one known tail."""
    if not symbol:
        return None
    for tail in _tails_of(symbol):
        key = squeeze(tail)
        if key in _TYPES or key in {"ubnd", "hdnd"}:
            continue
        aliases = known.aliases.get(key, ())
        classes = {alias.body.class_id for alias in aliases if alias.basis == "abbreviation"}
        if len(classes) == 1:
            return classes.pop()
        near = _near_tail(key, expected, known)
        if near:
            return near
    return None


def _tails_of(symbol: str) -> list[str]:
    found = [match[1] for pattern in (_PARTY_TAIL, _LETTER, _TAIL) if (match := pattern.search(symbol))]
    return list(dict.fromkeys(found))


def _near_tail(key: str, expected: list[str], known: Gazetteer) -> str | None:
    if not key.startswith("s") or len(key) < 4:
        return None
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  only a misspelt symbol pays for the import

    near: dict[str, int] = {}
    for body in known.by_head.get("Sở", ()):
        for abbreviation in body.abbreviations:
            distance = Levenshtein.distance(key, squeeze(abbreviation), score_cutoff=2)
            if distance <= (2 if body.class_id in expected else 1):
                near[body.class_id] = min(distance, near.get(body.class_id, 9))
    best = sorted(near.items(), key=lambda pair: pair[1])
    if not best or (len(best) > 1 and best[0][1] == best[1][1] and best[0][0] not in expected):
        return None
    return best[0][0]


def _province(texts: IssuerTexts, class_id: str | None, evidence: list[IssuerEvidence]) -> Province | None:
    """Give the province of a local body; central bodies have none."""
    if class_id is not None and not class_id.startswith(_LOCAL):
        return None
    frame: list[tuple[Source, str]] = [
        *(("letterhead", line) for line in (" ".join(texts.letterhead),)),
        *(("authority", line) for line in texts.authority),
        *(("annex", line) for line in texts.annex),
        *(("title", line) for line in (texts.title,) if line),
        *(("signature", line) for line in texts.signature),
    ]
    for source, text in frame:
        province = _named_province(text, texts.date)
        if province is not None:
            evidence.append(IssuerEvidence(source, text, province.name))
            return province
    if texts.place and (province := _province_of_town(texts.place, texts.date)):
        evidence.append(IssuerEvidence("place", texts.place, province.name))
        return province
    by_host = _only(province_of_host(host, texts.date) for host in texts.hosts)
    if by_host is not None:
        evidence.append(IssuerEvidence("host", ", ".join(texts.hosts), by_host.name))
        return by_host
    in_body = _only(_regional_province(text, texts.date) for text in texts.body)
    if in_body is not None:
        evidence.append(IssuerEvidence("body", "trên địa bàn tỉnh …", in_body.name))
    return in_body


def _named_province(text: str, date: datetime.date | None) -> Province | None:
    return find_province(text, date) if text else None


def _province_of_town(place: str, date: datetime.date | None) -> Province | None:
    """Tell a date line names the province, or a district's seat ("Quy Nhơn") that stands in one province only."""
    province = find_province(place, date)
    if province is not None:
        return province
    codes = {district.province_code for district in districts_named(place)}
    old = province_by_code(codes.pop(), "63") if len(codes) == 1 else None
    return successor(old) if old is not None and era_of(date) == "34" else old


def _regional_province(text: str, date: datetime.date | None) -> Province | None:
    found = []
    for match in _REGIONAL.finditer(text):
        words = text[match.end() :].split()[:4]
        for size in range(min(4, len(words)), 0, -1):
            from normalize.places import province_named  # noqa: PLC0415  paid for only where it is needed

            province = province_named(" ".join(words[:size]).strip(".,;:()"), date)
            if province is not None:
                found.append(province)
                break
    return _only(found)


def _only(found: Iterable[Province | None]) -> Province | None:
    """Give the one province that all name; None when they name several."""
    named = [province for province in found if province is not None]
    return named[0] if len({(province.era, province.code) for province in named}) == 1 else None


def _parent_name(parent: UnitMention | None, class_id: str, province: Province | None) -> str | None:
    if parent is not None and parent.canonical is not None:
        if parent.class_id == "tinh.ubnd":
            return _committee(province) if province else parent.canonical
        return parent.canonical
    if class_id.startswith("so."):
        return _committee(province) if province else None
    return None


def _committee(province: Province) -> str:
    return f"Ủy ban nhân dân {province.name[0].lower()}{province.name[1:]}"


def _placed(issuer: Issuer, province: Province | None, date: datetime.date | None) -> Issuer:
    """Add the province with its code; a name that both eras have gets no code while the day is unknown."""
    from dataclasses import replace  # noqa: PLC0415  paid for only where it is needed

    if province is None:
        entity = issuer.class_id if issuer.class_id and not issuer.class_id.startswith(_LOCAL) else None
        return replace(issuer, entity_id=entity)
    era = era_of(date)
    twin = province_by_code(province.code_34, "34")
    certain = era is not None or twin is None or twin.short != province.short
    code = province.code if certain else None
    entity = None
    if issuer.class_id and code:
        local = f".{slug(issuer.place)}" if issuer.place else ""
        entity = f"{issuer.class_id}{local}@{province.era}:{code}"
        if level_of(issuer.class_id) in {"huyen", "xa"} and not local:
            entity = None
    return replace(
        issuer,
        entity_id=entity,
        province_name=province.name,
        province_code=code,
        province_era=province.era if certain else None,
        province_code_34=province.code_34,
    )
