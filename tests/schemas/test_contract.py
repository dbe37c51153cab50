"""The tables and columns that users build on: names and order are fixed."""

import pyarrow as pa
import pytest

from schemas.arrow import arrow_schema
from schemas.tables import TABLES

CONTRACT = {
    "documents": "doc_id source_path source_format byte_size status errors page_count text_source legacy_encoding "
    "doc_type promulgates number symbol title issuer issuer_class_id parent_body province_name "
    "province_code province_era province_code_34 issue_place issue_date issue_year issue_month "
    "issue_day period_start_year period_end_year signer_name signer_title attached_to table_count "
    "task_count converter_version",
    "tables": "table_id doc_id table_index page_first page_last title kind header column_roles row_count "
    "column_count method confidence",
    "rows": "row_id doc_id table_id row_index page_first page_last bbox cells row_kind",
    "tasks": "task_id doc_id table_id row_id task_index page source section_label section_title stt "
    "parent_task_id level has_children objective task activity product lead support oversight start "
    "deadline status funding note extra confidence flags",
    "deadlines": "deadline_id task_id doc_id part_index text label type comparator start_date end_date recurrence "
    "offset_n offset_unit anchor_event reference precision year_inferred status reason confidence",
    "units": "unit_mention_id task_id doc_id role part_index text start end kind class_id canonical_name "
    "entity_id scope position member_count basis confidence",
    "indicators": "indicator_id doc_id table_id row_id row_path column_path value_text value denominator unit "
    "period_text page",
    "targets": "target_id doc_id section_title text comparator value unit subject due_year task_id page",
    "citations": "citation_id doc_id task_id text symbol symbol_normalised doc_type number year issuer_code "
    "cited_date cited_issuer context page",
    "findings": "finding_id rule severity doc_id task_id related_ids message evidence",
    "task_groups": "group_id task_id doc_id theme score representative",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_and_their_order(table):
    assert arrow_schema(table).names == CONTRACT[table].split()


def test_no_table_too_many():
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("documents", "issue_date", pa.date32()),
        ("documents", "byte_size", pa.int64()),
        ("rows", "bbox", pa.list_(pa.float64())),
        ("rows", "cells", pa.list_(pa.string())),
        ("tasks", "extra", pa.map_(pa.string(), pa.string())),
        ("tasks", "has_children", pa.bool_()),
        ("tasks", "flags", pa.list_(pa.string())),
        ("deadlines", "end_date", pa.date32()),
        ("indicators", "value", pa.float64()),
    ],
)
def test_types_users_compute_with(table, column, expected):
    found = arrow_schema(table).field(column).type
    # A list's item is marked as never null where it is none; that is no other type to a reader.
    assert found == expected or found.value_type == expected.value_type


def test_errors_are_a_list_of_code_message_page():
    errors = arrow_schema("documents").field("errors").type
    assert [(field.name, field.type) for field in errors.value_type] == [
        ("code", pa.string()),
        ("message", pa.string()),
        ("page", pa.int64()),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_keys_exist_and_are_never_null(table):
    spec = TABLES[table]
    for name in spec.key:
        assert not arrow_schema(table).field(name).nullable
    for column, (target, target_column) in spec.foreign_keys.items():
        assert column in spec.column_names
        assert target_column in TABLES[target].column_names
