"""Stable ids: the same bytes at the same position get the same id on every run and machine."""

from __future__ import annotations

from hashlib import blake2b


def stable_id(doc_id: str, kind: str, *position: int | str) -> str:
    """Give 32 hex digits for the thing of `kind` at `position` in the document with SHA-256 `doc_id`.

    128 bits: an archive of ten million documents holds about 10^9 rows, where 64 bits would collide with a
    probability of a few per cent.
    """
    name = "\x1f".join((doc_id, kind, *map(str, position)))
    return blake2b(name.encode(), digest_size=16).hexdigest()
