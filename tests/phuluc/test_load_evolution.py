"""A target of an earlier or later version: what is added, what is refused before anything is written."""

import pytest
from warehouses import DuckDBWarehouse, PostgreSQLWarehouse

from phuluc.exits import TargetError
from phuluc.warehouse.load import load


@pytest.fixture(params=["duckdb", "postgresql"])
def database(request, tmp_path, archive):
    archive.put(one="a\tb", two="c").convert()
    if request.param == "postgresql":
        return PostgreSQLWarehouse(request.getfixturevalue("server"))
    return DuckDBWarehouse(tmp_path)


def test_a_column_and_a_table_of_a_later_version_are_added(archive, database):
    load(archive.out, database.url)
    expected = database.contents()
    for view in ("tasks_by_month", "tasks_overdue", "tasks_incomplete", "unit_workload"):
        database.run(f"DROP VIEW {view}")
    database.run("ALTER TABLE documents DROP COLUMN signer_title")
    database.run("ALTER TABLE rows DROP COLUMN cells")
    database.run("DROP TABLE task_groups")
    assert load(archive.out, database.url).changed == 2
    assert database.contents() == expected
    assert database.query("SELECT count(*) FROM task_groups") == [(0,)]
    assert load(archive.out, database.url).changed == 0


REFUSED = [  # what was done to the target, the migration named, why
    (
        "ALTER TABLE rows ALTER COLUMN row_index TYPE INTEGER",
        'ALTER TABLE "rows" ALTER COLUMN "row_index" TYPE',
        "another type",
    ),
    ("ALTER TABLE rows ADD COLUMN mine INTEGER", "not a column of this version", "its values would be lost"),
    (
        "ALTER TABLE documents ALTER COLUMN title SET NOT NULL",
        'ALTER TABLE "documents" ALTER COLUMN "title" DROP NOT NULL',
        "documents without a title could not be written",
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[2])
def test_an_incompatible_target_is_not_touched(archive, database, case):
    statement, migration, _ = case
    load(archive.out, database.url)
    for view in ("tasks_by_month", "tasks_overdue", "tasks_incomplete", "unit_workload"):
        database.run(f"DROP VIEW {view}")
    database.run(statement)
    before = database.contents()
    archive.put(three="new").convert()
    with pytest.raises(TargetError, match="was not touched") as caught:
        load(archive.out, database.url)
    assert migration in str(caught.value)
    assert database.contents() == before
