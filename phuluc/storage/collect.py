"""Finished documents on their way to Parquet: spooled as they come, written when their bucket is complete.

Imports pyarrow: import it after the children have been started.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from phuluc.batch.outcome import failed
from phuluc.batch.plan import bucket_of
from phuluc.storage.bucket import assemble
from phuluc.storage.folder import writing_to
from phuluc.storage.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.errors import ReadError
    from phuluc.batch.outcome import Outcome
    from phuluc.batch.plan import Bucket, Plan, Request
    from phuluc.storage.ledger import Entry
    from phuluc.storage.spool import Finished
    from phuluc.storage.store import Store


class Collector:
    """Takes outcomes in any order; a bucket is written when the last of its documents has come."""

    def __init__(self, store: Store, plan: Plan, bits: int, request: Request) -> None:
        self._store = store
        self._buckets = dict(plan.buckets)
        self._bits = bits
        self._request = request
        self._spool = Spool(store.spool, request.made_by, request.read_by)
        self._fresh: dict[int, dict[str, Finished]] = {}

    def begin(self, problems: Mapping[str, ReadError]) -> None:
        """Take what an earlier run left in the spool, and the inputs that cannot be read (`problems`).

        Buckets that need no document are written here: inputs that moved, went, or came twice.
        """
        for number, bucket in list(self._buckets.items()):
            wanted = {source.doc_id for source in bucket.jobs}
            spooled = self._spool.read(number)
            self._fresh[number] = {doc_id: each for doc_id, each in spooled.items() if doc_id in wanted}
            for source in bucket.jobs:
                if source.doc_id in problems:
                    self._take(number, failed(source, problems[source.doc_id]))
            self._write_if_complete(number)
        self._store.describe()

    def add(self, outcome: Outcome) -> None:
        """Take one converted document."""
        number = bucket_of(outcome.source.doc_id, self._bits)
        self._take(number, outcome)
        self._write_if_complete(number)

    def _take(self, number: int, outcome: Outcome) -> None:
        with writing_to(self._store.out):
            self._fresh[number][outcome.source.doc_id] = self._spool.add(number, outcome)

    def _write_if_complete(self, number: int) -> None:
        bucket, fresh = self._buckets[number], self._fresh[number]
        if len(fresh) < len(bucket.jobs):
            return
        self._spool.close(number)
        content = assemble(bucket.entries, self._store.standing([number]), self._spool.parts(number, fresh))
        self._store.write(number, content, self._entries(bucket, fresh))
        self._spool.drop(number)
        del self._fresh[number], self._buckets[number]
        if not self._buckets:
            self._store.describe()

    def _entries(self, bucket: Bucket, fresh: Mapping[str, Finished]) -> list[Entry]:
        return [
            self._entry(entry, fresh[entry.doc_id]) if entry.doc_id in fresh else entry
            for entry in bucket.entries
        ]

    def _entry(self, entry: Entry, finished: Finished) -> Entry:
        limits = self._request.limits
        return replace(
            entry,
            code=finished.code,
            status=finished.status,
            timeout=limits.timeout,
            memory_mb=limits.memory_mb,
            read_by=finished.read_by,
        )
