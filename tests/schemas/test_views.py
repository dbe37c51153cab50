"""Every view of the schema comes from the same columns."""

import json
from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

from phuluc.warehouse.views import views_section
from schemas.columnar import table_columns
from schemas.dictionary import dictionary
from schemas.frictionless import data_package, table_schema
from schemas.models import json_schema, model
from schemas.sql import create_table
from schemas.tables import TABLES

DICTIONARY = Path(__file__).parents[2] / "docs" / "dictionary.md"


@pytest.mark.parametrize("table", TABLES)
def test_sql_is_taken_by_duckdb_with_the_same_columns(table):
    connection = duckdb.connect()
    connection.execute(create_table(table))
    described = connection.execute(f'DESCRIBE main."{table}"').fetchall()
    assert [row[0] for row in described] == list(TABLES[table].column_names)
    assert [row[2] == "YES" for row in described] == [column.nullable for column in table_columns(table)]


def test_sql_refuses_a_code_outside_its_list():
    connection = duckdb.connect()
    connection.execute(create_table("task_groups") + create_table("tables"))
    with pytest.raises(duckdb.ConstraintException):
        connection.execute(
            "INSERT INTO tables VALUES ('a', 'b', 0, 1, 1, NULL, 'invented', '[]', '[]', 0, 0, 'text', 1)"
        )


@pytest.mark.parametrize("table", TABLES)
def test_json_schema_names_every_column_with_its_meaning(table):
    properties = json_schema(table)["properties"]
    assert list(properties) == list(TABLES[table].column_names)
    assert all(entry["description"] for entry in properties.values())


def test_a_model_takes_a_row_and_refuses_a_wrong_one():
    row = {
        "group_id": "g",
        "task_id": "t",
        "doc_id": "d",
        "theme": None,
        "score": 0.5,
        "representative": True,
    }
    assert model("task_groups").model_validate(row).model_dump() == row
    for wrong in ({"score": "high"}, {"group_id": None}, {"invented": 1}):
        with pytest.raises(ValidationError):
            model("task_groups").model_validate(row | wrong)


def test_every_column_says_what_it_means():
    for table in TABLES:
        for column in table_columns(table):
            assert column.description, f"{table}.{column.name}"


def test_data_package_has_the_tables_that_have_files():
    package = data_package({"tasks": ["tasks/part-0000.parquet"], "units": [], "other": ["x.parquet"]})
    assert [each["name"] for each in package["resources"]] == ["tasks"]
    assert package["resources"][0]["path"] == ["tasks/part-0000.parquet"]
    json.dumps(package)


def test_table_schema_has_constraints_and_keys():
    schema = table_schema("deadlines")
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["deadline_id"]
    assert {"fields": "task_id", "reference": {"resource": "tasks", "fields": "task_id"}} in schema[
        "foreignKeys"
    ]
    assert fields["type"]["constraints"]["enum"][0] == "date"
    assert "constraints" not in fields["label"]


def test_the_dictionary_in_docs_is_current():
    expected = "# Tables\n\n" + "\n".join(dictionary(table) for table in TABLES) + "\n" + views_section()
    assert DICTIONARY.read_text("utf-8") == expected, "run: uv run phuluc schema > docs/dictionary.md"
