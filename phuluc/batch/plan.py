"""What a run has to do: inputs against the ledger, as a pure function."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from phuluc.batch.failures import LIMIT_CODES, RETRY_CODES
from phuluc.storage.ledger import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from phuluc.batch.inputs import InputFile
    from phuluc.batch.isolate import Limits
    from phuluc.document.records import Source

DOCUMENTS_PER_BUCKET = 512
"""Aim for one file of a table in an archive of some thousand documents: an interrupted run shows what it has."""
MOST_FILES = 16
LARGEST_BUCKET = 4096
"""Larger archives get larger files, not more, up to this: plans of ten pages make files of some 30 MB (`tasks`,
`rows`)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What must be equal for earlier rows to stand.

    Attributes:
        made_by: fingerprint of versions and options.
        read_by: fingerprint of what reads documents; "" when readings are neither kept nor used.
        limits: what each document may cost; one that cost too much is tried again only when allowed more.
        prune: drop inputs that are gone.
    """

    made_by: str
    read_by: str
    limits: Limits
    prune: bool = False


@dataclass(slots=True)
class Bucket:
    """One bucket that has to be written anew: all its inputs, and which of their documents to convert."""

    entries: list[Entry] = field(default_factory=list)
    jobs: list[Source] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The buckets to write and what the run will say about the rest.

    Attributes:
        sources: the documents to convert, by doc_id.
        kept: those of them that need only be understood: their readings are kept.
        unchanged: inputs whose rows stand as they are.
        changed: inputs whose bytes are others than in the last run.
        duplicates: inputs with the bytes of another input.
        removed: inputs of earlier runs that no longer exist.
    """

    buckets: dict[int, Bucket] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    unchanged: int = 0
    changed: int = 0
    duplicates: int = 0
    removed: list[Entry] = field(default_factory=list)


def bucket_bits(document_count: int) -> int:
    """Give the number of leading bits of doc_id that name a bucket: 0 for a small archive."""
    small, large = (-(-document_count // size) for size in (DOCUMENTS_PER_BUCKET, LARGEST_BUCKET))
    buckets = max(large, min(small, MOST_FILES))
    return max(0, (buckets - 1).bit_length())


def bucket_of(doc_id: str, bits: int) -> int:
    """Give the bucket of a document: the first `bits` bits of its hash, so every run finds it again."""
    return int(doc_id[:8], 16) >> (32 - bits)


def make_plan(
    inputs: Iterable[tuple[InputFile, str]],
    ledger: Mapping[str, Entry],
    gone: Collection[str],
    request: Request,
    bits: int,
) -> Plan:
    """Compare inputs (with their doc_id) with the ledger; `gone` are its locations that exist no more.

    Inputs of earlier runs that were not given this time keep their rows. Those that are gone are reported,
    and dropped with `prune`; one whose bytes were given at another place has moved and leaves the old place.
    """
    plan = Plan()
    standing = {entry.doc_id: entry for entry in ledger.values() if stands(entry, request)}
    kept = {entry.doc_id for entry in ledger.values() if is_kept(entry, request)}
    after = dict(ledger)
    dirty: set[str] = set()
    for each, doc_id in inputs:
        before, made = ledger.get(each.location), standing.get(doc_id)
        entry = _entry(each, doc_id, made, request)
        after[each.location] = entry
        if before is not None and before.doc_id != doc_id:
            plan.changed += 1
            dirty.add(before.doc_id)
        if made is None:
            plan.sources.setdefault(doc_id, each.source(doc_id))
            if doc_id in kept:
                plan.kept.add(doc_id)
        if made is None or entry != before:
            dirty.add(doc_id)
        else:
            plan.unchanged += 1
    present = {entry.doc_id for location, entry in after.items() if location not in gone}
    for location in sorted(gone):
        moved = ledger[location].doc_id in present
        if not moved:
            plan.removed.append(ledger[location])
        if moved or request.prune:
            dirty.add(after.pop(location).doc_id)
    _fill_buckets(plan, after.values(), {bucket_of(doc_id, bits) for doc_id in dirty}, bits)
    return plan


def _fill_buckets(plan: Plan, entries: Iterable[Entry], dirty: set[int], bits: int) -> None:
    plan.buckets = {number: Bucket() for number in sorted(dirty)}
    seen: set[str] = set()
    for entry in entries:
        if entry.doc_id in seen and entry.byte_size:
            plan.duplicates += 1
        bucket = plan.buckets.get(bucket_of(entry.doc_id, bits))
        if bucket is not None:
            bucket.entries.append(entry)
            if entry.doc_id not in seen and entry.doc_id in plan.sources:
                bucket.jobs.append(plan.sources[entry.doc_id])
        seen.add(entry.doc_id)


def _entry(each: InputFile, doc_id: str, made: Entry | None, request: Request) -> Entry:
    return Entry(
        each.location,
        each.source_path,
        doc_id,
        each.byte_size,
        each.modified_ns,
        request.made_by,
        made.code if made else "",
        made.timeout if made else request.limits.timeout,
        made.memory_mb if made else request.limits.memory_mb,
        made.read_by if made and request.read_by else "",
        made.status if made else "",
    )


def is_kept(entry: Entry, request: Request) -> bool:
    """Tell whether a document can be understood again without its file."""
    return bool(request.read_by) and entry.read_by == request.read_by


def stands(entry: Entry, request: Request) -> bool:
    """Tell whether the rows of a document stand while its bytes are the same."""
    if entry.made_by != request.made_by or entry.code in RETRY_CODES:
        return False
    if entry.code not in LIMIT_CODES:
        return True
    return request.limits.timeout <= entry.timeout and request.limits.memory_mb <= entry.memory_mb
