"""What every target can do, and which one an address means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import pyarrow as pa

    from phuluc.warehouse.address import Address
    from phuluc.warehouse.difference import Difference
    from phuluc.warehouse.evolution import Additions


@dataclass(frozen=True, slots=True)
class Work:
    """One load: what `Target.apply` does as one step that happens whole or not at all.

    Attributes:
        difference: which rows go and come.
        digests: what to remember of the files, so that a repeat need not look into them.
        described_anew: comments are to be written: they are of another version, or of columns added.
    """

    difference: Difference
    additions: Additions
    digests: Mapping[str, str]
    described_anew: bool

    @property
    def every(self) -> bool:
        """Whether nothing stays of what stands in the target."""
        return self.difference.whole >= TABLES.keys()


class Target(Protocol):
    """A warehouse held open by one load. Every method may raise TargetError."""

    duck: duckdb.DuckDBPyConnection

    def additions(self) -> Additions:
        """Give what it lacks; raises TargetError where a migration must come first."""

    def digests(self) -> dict[str, str]:
        """Give what was remembered of the files of the last load; {} for a new target."""

    def parts(self) -> pa.Table:
        """Give what was remembered of the documents in the files (`difference.PARTS`)."""

    def apply(self, work: Work) -> int:
        """Make it equal to the source, all or nothing; gives the number of rows sent."""

    def close(self) -> None:
        """Let go, whatever happened."""


def open_target(address: Address) -> Target:
    """Connect, and lock out other loads; raises TargetError."""
    if address.kind == "duckdb":
        from phuluc.warehouse.duckdb import DuckDBTarget  # noqa: PLC0415 - 50 ms, only where needed

        return DuckDBTarget(address)
    if address.kind == "postgresql":
        from phuluc.warehouse.postgresql import PostgreSQLTarget  # noqa: PLC0415 - optional driver

        return PostgreSQLTarget(address)
    from phuluc.warehouse.delta import DeltaTarget  # noqa: PLC0415 - optional driver

    return DeltaTarget(address)
