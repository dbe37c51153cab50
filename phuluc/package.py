"""`OUT/datapackage.json`: the tables of a folder described for machines (Frictionless Data Package)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from phuluc.files import replace_text
from schemas.frictionless import data_package

if TYPE_CHECKING:
    from pathlib import Path


def write_package(out: Path) -> None:
    """Write the description of every table that has files; it is left alone where nothing changed."""
    files = {
        folder.name: sorted(path.relative_to(out).as_posix() for path in folder.glob("**/*.parquet"))
        for folder in sorted(out.iterdir())
        if folder.is_dir() and not folder.name.startswith(".")
    }
    text = json.dumps(data_package(files), indent=1, ensure_ascii=False) + "\n"
    target = out / "datapackage.json"
    if not target.exists() or target.read_text("utf-8") != text:
        replace_text(target, text)
