"""The order of the steps of a report: gather, take pictures, write page and workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.report.gather import gather
from phuluc.audit.report.model import ReportFiles
from phuluc.audit.report.page import page
from phuluc.audit.report.pictures import take_pictures
from phuluc.audit.report.reading import Tables
from phuluc.audit.report.sheets import write_sheets
from phuluc.storage.files import replace_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from phuluc.audit.report.model import ReportOptions
    from phuluc.audit.rule import Rule


def write_report(out: Path, rules: Mapping[str, Rule], options: ReportOptions) -> ReportFiles:
    """Write `audit.html` and `audit.xlsx` into `out`.

    Raises UsageError where `out` holds no tables, OSError where it cannot be written.
    """
    tables = Tables(out)
    try:
        report = gather(tables, rules, options)
        pictures = take_pictures(tables, report.findings, options)
        replace_text(out / "audit.html", page(report, pictures))
        write_sheets(out / "audit.xlsx", report, tables)
    finally:
        tables.close()
    return ReportFiles(out / "audit.html", out / "audit.xlsx", len(pictures))
