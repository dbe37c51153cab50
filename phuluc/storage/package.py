"""`OUT/datapackage.json`: the tables of a folder described for machines (Frictionless Data Package)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schemas.frictionless import data_package
from schemas.tables import TABLES

if TYPE_CHECKING:
    from phuluc.storage.folder import Folder

_NAME = "datapackage.json"


def write_package(folder: Folder) -> None:
    """Write the description of every table that has files; it is left alone where nothing changed."""
    files = {table: folder.names(table, ".parquet") for table in sorted(TABLES)}
    files = {table: names for table, names in files.items() if names}
    content = (json.dumps(data_package(files), indent=1, ensure_ascii=False) + "\n").encode()
    if not folder.exists(_NAME) or folder.read(_NAME) != content:
        folder.write(_NAME, content)
