"""Grow or shrink the number of files: an archive that outgrew its buckets is cut into more, a pruned one into fewer.

Whatever its history, a folder has the files that a first run over the same inputs would write.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from phuluc.batch.plan import bucket_of
from phuluc.storage.bucket import assemble
from phuluc.storage.spool import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.storage.ledger import Entry
    from phuluc.storage.store import Change, Store


def regroup(store: Store, old_bits: int, new_bits: int) -> None:
    """Move every document from its bucket of `old_bits` to that of `new_bits`, in one commit.

    Needs room on the disk for a second copy of the tables.
    """
    store.replace_all(new_bits, list(_changes(store, old_bits, new_bits)))


def _changes(store: Store, old_bits: int, new_bits: int) -> Iterator[Change]:
    shared = min(old_bits, new_bits)
    groups: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in store.ledger().values():
        groups[bucket_of(entry.doc_id, shared)].append(entry)
    nothing_new = Parts(b"", {})
    for group in range(1 << shared):
        parts = 1 << (old_bits - shared)
        standing = store.standing(range(group * parts, (group + 1) * parts))
        buckets: defaultdict[int, list[Entry]] = defaultdict(list)
        for entry in groups[group]:
            buckets[bucket_of(entry.doc_id, new_bits)].append(entry)
        # Bucket 0 has its files even without documents.
        for number in sorted(buckets.keys() | ({0} if group == 0 else set())):
            yield store.stage_bucket(
                number, assemble(buckets[number], standing, nothing_new), buckets[number]
            )
