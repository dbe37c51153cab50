"""The order in which the tables of a document are understood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.assemble import assemble
from extract.classify import kind_of
from extract.roles import assign_roles
from extract.row_kinds import classify_rows

if TYPE_CHECKING:
    from extract.document import Document
    from extract.tables import LogicalTable


def understand_tables(document: Document) -> list[LogicalTable]:
    """Give the tables of a document with roles, kinds and the kind of every row."""
    tables = []
    for table in assemble(document):
        known = classify_rows(assign_roles(table))
        tables.append(replace(known, kind=kind_of(known)))
    return tables
