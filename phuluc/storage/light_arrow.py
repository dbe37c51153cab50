"""Start pyarrow without pandas, which the first `pa.array` of a process imports at a cost of 0.5 to 0.9 s."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class _NoPandas:
    """An import finder that says pandas is not there."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target  # the finder protocol gives them
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return None


def import_arrow_without_pandas() -> None:
    """Import pyarrow and let it look for pandas once, in vain; it asks no second time.

    Only for a program that gives pyarrow plain lists, as `phuluc convert` does: a pandas object passed to
    `pa.array` would be read as a plain sequence afterwards. `to_pandas()` and a later `import pandas` work.
    """
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        import pyarrow as pa  # noqa: PLC0415 - its first use must happen inside this guard

        pa.array([])
    finally:
        sys.meta_path.remove(_NoPandas)
