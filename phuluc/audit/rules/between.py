"""What documents say of each other: one act with two dates, one number for two plans, bodies that are gone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from normalize.organisations.gazetteer import standard
from normalize.symbols import parse_symbol
from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.rules.citations import Act, act_of, conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.work import TaskRecord

_NATIONAL = frozenset({"CP", "TTg", "QH", "UBTVQH", "CTN", "TW", "BCT", "BBT", "VPCP"})


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "between",
        {
            "act_two_dates": ActTwoDates,
            "number_of_two_documents": NumberOfTwoDocuments,
            "unit_gone": unit_gone,
            "status_against_deadline": status_against_deadline,
        },
    )


class _Mention(NamedTuple):
    date: dt.date
    doc_id: str
    citation_id: str
    task_id: str | None
    page: int | None
    text: str


class ActTwoDates:
    """One act cited with different dates in different documents; the rarer date is pointed at."""

    def __init__(self, thresholds: Thresholds) -> None:
        del thresholds
        self._cited: defaultdict[tuple[Act, str], list[_Mention]] = defaultdict(list)

    def see(self, dossier: Dossier) -> None:
        """Note the acts a document cites by number and date, each date once."""
        told: set[tuple[Act, dt.date]] = set()
        for citation in dossier.citations:
            act = act_of(citation)
            if act is None or citation.cited_date is None or (act, citation.cited_date) in told:
                continue
            told.add((act, citation.cited_date))
            mention = _Mention(
                citation.cited_date,
                dossier.doc_id,
                citation.citation_id,
                citation.task_id,
                citation.page,
                citation.text,
            )
            place = "" if _is_national(act.issuer) else (dossier.document.province_code_34 or "?")
            self._cited[act._replace(year=None), place].append(mention)

    def conclude(self) -> Iterator[Sighting]:
        """Give one sighting for each citation whose date most other documents do not give."""
        for (act, place), mentions in self._together():
            for group in _by_year(mentions):
                counts = Counter(mention.date for mention in group)
                if len(counts) < 2 or len({mention.doc_id for mention in group}) < 2:
                    continue
                usual = max(counts, key=lambda date: (counts[date], -date.toordinal()))
                reference = next(mention for mention in group if mention.date == usual)
                for mention in group:
                    if mention.date != usual and mention.doc_id != reference.doc_id:
                        yield Sighting(
                            values={
                                "symbol": f"{act.number}/{act.doc_type}-{act.issuer}",
                                "date": f"{mention.date:%d/%m/%Y}",
                                "other": f"{usual:%d/%m/%Y}",
                                "count": counts[usual],
                            },
                            doc_id=mention.doc_id,
                            task_id=mention.task_id,
                            related=[mention.citation_id, reference.citation_id, reference.doc_id],
                            page=mention.page,
                            text=f"{mention.text} | {reference.text}",
                            severity="info" if place == "?" else None,
                        )

    def _together(self) -> Iterator[tuple[tuple[Act, str], list[_Mention]]]:
        """Give the mentions of each act; where a document's province is unknown it may be any."""
        places: defaultdict[Act, list[str]] = defaultdict(list)
        for act, place in self._cited:
            places[act].append(place)
        for (act, place), mentions in self._cited.items():
            if place != "?":
                yield (act, place), mentions
                continue
            for known in places[act]:
                if known not in ("", "?"):
                    yield (act, "?"), [*self._cited[act, known], *mentions]


def _is_national(issuer: str) -> bool:
    return issuer in _NATIONAL or (issuer.startswith("B") and issuer not in ("BCĐ", "BQL"))


def _by_year(mentions: list[_Mention]) -> Iterator[list[_Mention]]:
    """Put together the dates that cannot both be right: of one year, or of one day in two years."""
    groups: list[list[_Mention]] = []
    for mention in mentions:
        for group in groups:
            probe = Act("", "", "", None)
            if group[0].date == mention.date or conflict(probe, group[0].date, mention.date):
                group.append(mention)
                break
        else:
            groups.append([mention])
    yield from groups


class _Numbered(NamedTuple):
    doc_id: str
    path: str
    title: str
    date: dt.date | None
    symbol: str


class NumberOfTwoDocuments:
    """One number that one body gave to two documents in one year."""

    def __init__(self, thresholds: Thresholds) -> None:
        del thresholds
        self._seen: defaultdict[tuple[str, ...], list[_Numbered]] = defaultdict(list)

    def see(self, dossier: Dossier) -> None:
        """Note the number of a document whose body, place and year are known."""
        document = dossier.document
        own = parse_symbol(document.symbol or "")
        if own is None or own.number is None or not document.issue_year or not document.title:
            return
        body = document.issuer or ""
        place = document.province_code_34 or ""
        if not body or not (place or body.startswith(("Bộ", "Chính phủ", "Thủ tướng", "Quốc hội"))):
            return
        year = str(own.year or document.issue_year)
        register = (key(body), place, own.doc_type or "", own.number.lstrip("0"), year, str(bool(own.year)))
        self._seen[register].append(
            _Numbered(dossier.doc_id, document.source_path, document.title, document.issue_date, own.text)
        )

    def conclude(self) -> Iterator[Sighting]:
        """Give one sighting for each document whose number an earlier one of other content has."""
        for documents in self._seen.values():
            first = documents[0]
            for other in documents[1:]:
                # The same document in two formats has one title and one date.
                if key(other.title) == key(first.title) and other.date in (first.date, None):
                    continue
                yield Sighting(
                    values={"symbol": other.symbol, "title": first.title, "path": first.path},
                    doc_id=other.doc_id,
                    related=[first.doc_id],
                    text=f"{other.symbol}: {other.title}",
                )


_MEMBERS = {"grp.cap_huyen": "huyen.ubnd", "grp.phong_huyen": "huyen.p_noivu"}
"""Groups whose members went all at once, with one of them."""


def unit_gone(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a body that had been dissolved, or did not exist yet, when the document was issued."""
    document = dossier.document
    day = document.issue_date or _middle(document.period_start_year)
    if day is None:
        return
    grace = dt.timedelta(days=thresholds["days"])
    if said := _out_of_time(document.issuer_class_id, document.issuer or "", day, grace):
        yield Sighting(message=said[0], values=said[1], doc_id=dossier.doc_id, text=document.issuer)
    tasks = {task.task_id: task for task in dossier.tasks}
    told: set[str | None] = set()
    for unit in dossier.units:
        class_id = _MEMBERS.get(unit.class_id or "", unit.class_id)
        if class_id in told or unit.basis in ("fuzzy", "initials", None):
            continue
        if unit.kind != "unit" and unit.class_id not in _MEMBERS:
            continue
        if said := _out_of_time(class_id, unit.text, day, grace):
            told.add(class_id)
            task = tasks[unit.task_id]
            yield Sighting(
                message=said[0],
                values=said[1],
                doc_id=task.doc_id,
                task_id=task.task_id,
                related=[task.row_id] if task.row_id else [],
                page=task.page,
                text=" | ".join(filter(None, [task.lead, task.support])),
            )


def _out_of_time(
    class_id: str | None, name: str, day: dt.date, grace: dt.timedelta
) -> tuple[str, dict[str, str]] | None:
    """Give message and values for a body of a class that had gone, or had not come, by a day."""
    bodies = standard().by_class
    body = bodies.get(class_id or "")
    if body is None:
        return None
    if body.valid_to and day > body.valid_to + grace:
        values = {"unit": name, "date": f"{body.valid_to:%d/%m/%Y}"}
        successor = bodies.get(body.successor)
        return ("message", values | {"successor": successor.canonical}) if successor else ("gone", values)
    if body.valid_from and day < body.valid_from - grace:
        return "not_yet", {"unit": name, "date": f"{body.valid_from:%d/%m/%Y}"}
    return None


def _middle(year: int | None) -> dt.date | None:
    return dt.date(year, 7, 1) if year else None


def status_against_deadline(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find work reported as done long before it could be, or as open after its time was over.

    Compares a report's own columns; a report with the plan it reports on is compared over the groups.
    """
    document = dossier.document
    if document.issue_year is None:
        return
    # A day left blank is taken as late as it can be: nothing is said that another day would mend.
    day = document.issue_date or dt.date(document.issue_year, document.issue_month or 12, 28)
    printed = (document.issue_day, document.issue_month, document.issue_year)
    said = "/".join(f"{number:02}" for number in printed if number)
    for task in dossier.tasks:
        state = state_of(task.status)
        if state is None:
            continue
        for part in dossier.deadlines_of[task.task_id]:
            start, end = part.start_date or part.end_date, part.end_date
            if part.type not in ("date", "interval") or start is None or end is None:
                continue
            values = {"status": task.status, "deadline": part.text, "date": said}
            if state == "done" and (start - day).days > thresholds["days"]:
                yield _status_at(task, "message", values)
                break
            if state == "open" and end < day:
                yield _status_at(task, "overdue", values)
                break


def state_of(status: str | None) -> str | None:
    """Give "done" or "open" for what a status column says; None where it says neither."""
    words = key(status or "")
    if not words:
        return None
    if any(
        word in words for word in ("chưa", "đang", "không hoàn thành", "dở dang", "chậm", "trễ", "quá hạn")
    ):
        return "open"
    return "done" if any(word in words for word in ("hoàn thành", "đã ", "xong", "đạt")) else None


def _status_at(task: TaskRecord, message: str, values: dict[str, str | None]) -> Sighting:
    return Sighting(
        message=message,
        values=values,
        doc_id=task.doc_id,
        task_id=task.task_id,
        page=task.page,
        text=f"{task.deadline} | {task.status}",
    )
