"""A warehouse is equal to the Parquet, on every target, after whatever happened to the documents."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from warehouses import DuckDBWarehouse, PostgreSQLWarehouse, assert_equal, expected_rows

from phuluc.exits import TargetError, UsageError
from phuluc.warehouse.difference import Difference
from phuluc.warehouse.load import load
from phuluc.warehouse.views import view_meaning, view_queries
from schemas.tables import TABLES

VIEWS = list(view_queries())


@pytest.fixture(params=["duckdb", "postgresql"])
def database(request, tmp_path):
    """The targets that speak SQL."""
    if request.param == "postgresql":
        return PostgreSQLWarehouse(request.getfixturevalue("server"))
    return DuckDBWarehouse(tmp_path)


def test_the_samples_arrive_whole(samples, warehouse):
    done = load(samples, warehouse.url)
    assert done.changed == 9
    assert done.rows == sum(len(expected_rows(samples, table)) for table in TABLES)
    assert_equal(warehouse, samples)


def test_a_repeat_changes_nothing(samples, warehouse):
    load(samples, warehouse.url)
    before = warehouse.state()
    assert load(samples, warehouse.url).changed == 0
    assert warehouse.state() == before


def test_changed_new_and_removed_documents(archive, warehouse):
    archive.put(one="a\tb\nc", two="d", three="e").convert()
    assert load(archive.out, warehouse.url).changed == 3
    archive.put(two="d\nnew line", four="f")
    (archive.input / "three.txt").unlink()
    archive.convert(prune=True)
    done = load(archive.out, warehouse.url)
    # Another text is another document: the old "two" goes with "three".
    assert (done.changed, done.removed) == (2, 2)
    assert_equal(warehouse, archive.out)


def test_only_changed_documents_are_sent(archive, warehouse):
    archive.put(**{f"d{number}": f"text {number}" for number in range(20)}).convert()
    load(archive.out, warehouse.url)
    archive.put(d7="another text").convert()
    done = load(archive.out, warehouse.url)
    # The document, its table, its row.
    assert (done.changed, done.removed, done.rows) == (1, 1, 3)
    assert_equal(warehouse, archive.out)


def test_duplicates_share_an_id_and_keep_their_rows(archive, warehouse):
    archive.put(one="same", two="same", three="other").convert()
    load(archive.out, warehouse.url)
    assert [row["status"] for row in warehouse.rows("documents")].count("duplicate") == 1
    (archive.input / "two.txt").unlink()
    archive.convert(prune=True)
    # The document is the same, its list of places is not.
    assert load(archive.out, warehouse.url).changed == 1
    assert_equal(warehouse, archive.out)


def test_a_document_converted_by_a_new_version_is_replaced(archive, warehouse, monkeypatch):
    archive.put(one="a", two="b").convert()
    load(archive.out, warehouse.url)
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    archive.convert()
    assert load(archive.out, warehouse.url).changed == 2
    assert_equal(warehouse, archive.out)


@pytest.mark.parametrize("table", ["documents", "rows", "task_groups"])
@pytest.mark.parametrize("first", [True, False], ids=["new target", "loaded target"])
def test_a_failure_half_way_leaves_the_target_as_it_was(archive, warehouse, monkeypatch, table, first):
    if not first:
        archive.put(one="a", two="b").convert()
        load(archive.out, warehouse.url)
    before = warehouse.contents()
    archive.put(one="a changed", three="c").convert()
    query = Difference.rows

    def broken(self, name, *given, **options):
        if name != table:
            return query(self, name, *given, **options)
        if name == "task_groups":  # no row is sent
            raise duckdb.IOException("the disk is gone")
        return "SELECT error('the disk is gone')"

    monkeypatch.setattr(Difference, "rows", broken)
    with pytest.raises(TargetError, match="the target is as it was"):
        load(archive.out, warehouse.url)
    assert warehouse.contents() == before
    monkeypatch.undo()
    load(archive.out, warehouse.url)
    assert_equal(warehouse, archive.out)


def test_two_loads_at_once_are_refused(archive, warehouse):
    archive.put(one="a").convert()
    load(archive.out, warehouse.url)
    with warehouse.busy():
        program = Path(sys.executable).parent / "phuluc"
        done = subprocess.run(
            [program, "load", archive.out, warehouse.url, "--lang", "en"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, "in use by another program" in done.stderr) == (3, True), done.stderr
    load(archive.out, warehouse.url)


def test_a_folder_being_written_is_refused(archive, tmp_path):
    archive.put(one="a").convert()
    holder = (
        "import sys; from pathlib import Path; from phuluc.storage.store import Store\n"
        f"store = Store(Path({str(archive.out)!r})); store.open(); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(TargetError, match="being written"):
            load(archive.out, f"duckdb://{tmp_path}/x.duckdb")
        process.stdin.close()


def test_no_converted_folder_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="no converted documents"):
        load(tmp_path, f"duckdb://{tmp_path}/x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


def test_a_damaged_table_is_told_and_nothing_is_written(archive, warehouse):
    archive.put(one="a").convert()
    load(archive.out, warehouse.url)
    before = warehouse.contents()
    archive.put(two="b").convert()
    for path in (archive.out / "rows").glob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TargetError, match="--fresh"):
        load(archive.out, warehouse.url)
    assert warehouse.contents() == before


def test_an_interrupted_load_leaves_the_target_as_it_was(archive, warehouse, monkeypatch):
    archive.put(one="a").convert()
    load(archive.out, warehouse.url)
    before = warehouse.contents()
    archive.put(one="changed").convert()
    query = Difference.rows

    def stopped(self, name, *given, **options):
        if name == "citations":
            raise KeyboardInterrupt
        return query(self, name, *given, **options)

    monkeypatch.setattr(Difference, "rows", stopped)
    with pytest.raises(KeyboardInterrupt):
        load(archive.out, warehouse.url)
    assert warehouse.contents() == before


def test_a_nul_character_stops_no_load(archive, database):
    archive.put(one="be\x00fore").convert()
    load(archive.out, database.url)
    (cells,) = (row["cells"] for row in database.rows("rows"))
    assert cells[0].replace("\x00", "\ufffd") == "be\ufffdfore"


def test_text_arrives_as_it_is(archive, warehouse):
    strange = '"quoted"\t\'; DROP TABLE rows; --\t\\N\t{}\t\u00a0ễ 𠀀\t,\\x00'
    archive.put(one=strange).convert()
    load(archive.out, warehouse.url)
    assert warehouse.rows("rows")[0]["cells"] == archive.rows("rows")[0]["cells"]


def test_lists_and_maps_are_native(samples, database):
    load(samples, database.url)
    (found,) = database.query("SELECT count(*) FROM rows WHERE cells[1] IS NOT NULL")
    assert found[0] > 0
    extra = "extra ->> 'k'" if isinstance(database, PostgreSQLWarehouse) else "extra['k']"
    assert database.query(f"SELECT count({extra}) FROM tasks") == [(0,)]  # noqa: S608


def test_keys_are_enforced(samples, database):
    load(samples, database.url)
    with pytest.raises(Exception, match=r"(?i)duplicate key|constraint"):
        database.run("INSERT INTO tasks SELECT * FROM tasks LIMIT 1")


def test_postgresql_has_keys_foreign_keys_comments_and_indexes(samples, server):
    database = PostgreSQLWarehouse(server)
    load(samples, database.url)
    constraints = database.query(
        "SELECT conrelid::regclass::text, contype::text, count(*) FROM pg_constraint "
        "WHERE contype IN ('p', 'f') GROUP BY 1, 2"
    )
    found = {(table, kind): count for table, kind, count in constraints}
    assert all(found[table, "p"] == 1 for table in TABLES)
    assert found["tasks", "f"] == 4
    comments = database.query(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'tasks'::regclass AND attnum > 0 "
        "AND col_description(attrelid, attnum) IS NULL"
    )
    assert comments == [(0,)]
    with pytest.raises(Exception, match="foreign key"):
        database.run("UPDATE units SET task_id = 'nowhere'")


def test_duckdb_has_comments(samples, tmp_path):
    database = DuckDBWarehouse(tmp_path)
    load(samples, database.url)
    lacking = "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'tasks' AND comment IS NULL"
    assert database.query(lacking) == [(0,)]


@pytest.mark.parametrize("view", VIEWS)
def test_views_give_the_same_on_both(samples, tmp_path, server, view):
    one, other = DuckDBWarehouse(tmp_path), PostgreSQLWarehouse(server)
    found = []
    for database in (one, other):
        load(samples, database.url)
        rows = database.query(f"SELECT * FROM {view}")  # noqa: S608
        found.append(sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows))
    assert found[0]
    assert found[0] == found[1]
    assert view_meaning(view)


def test_a_months_tasks_by_class_and_province(samples, tmp_path):
    database = DuckDBWarehouse(tmp_path)
    load(samples, database.url)
    rows = database.query(
        "SELECT unit_class_id, province_name, count(DISTINCT task_id) FROM tasks_by_month "
        "WHERE due_month = DATE '2020-12-01' AND unit_class_id = 'sub.van_phong' "
        "AND issuer = 'Sở Khoa học và Công nghệ' GROUP BY ALL"
    )
    by_hand = database.query(
        "SELECT count(DISTINCT u.task_id) FROM units u JOIN deadlines l USING (task_id) "
        "JOIN documents d ON d.doc_id = u.doc_id AND d.issuer = 'Sở Khoa học và Công nghệ' "
        "WHERE u.role = 'lead' AND u.class_id = 'sub.van_phong' "
        "AND l.end_date BETWEEN DATE '2020-12-01' AND DATE '2020-12-31'"
    )
    assert sum(row[2] for row in rows) == by_hand[0][0] > 0


OVERDUE = [  # last date, status, overdue?, why
    (dt.date(2020, 1, 1), None, True, "past, and nobody says that it is done"),
    (dt.date(2020, 1, 1), "Chưa hoàn thành", True, "not done"),
    (dt.date(2020, 1, 1), "Hoàn thành", False, "done"),
    (dt.date(2020, 1, 1), "ĐÃ HOÀN THÀNH", False, "done, in capitals"),
    (dt.date(2020, 1, 1), "Đã triển khai, chưa hoàn thành", True, "begun, and said not to be done"),
    (dt.date(2020, 1, 1), "Đã quá hạn", True, "begins like something done"),
    (dt.date(2020, 1, 1), "Hoàn thành chậm so với kế hoạch", False, "late, but done"),
    (dt.date(2999, 1, 1), "Chưa hoàn thành", False, "there is time"),
]


@pytest.mark.parametrize("case", OVERDUE, ids=lambda case: case[3])
def test_overdue_against_status(samples, database, case):
    date, status, overdue, why = case
    load(samples, database.url)
    task = database.query("SELECT task_id FROM tasks ORDER BY task_id LIMIT 1")[0][0]
    said = "NULL" if status is None else f"'{status}'"
    database.run(f"UPDATE tasks SET status = {said} WHERE task_id = '{task}'")  # noqa: S608
    database.run(
        f"UPDATE deadlines SET end_date = DATE '{date}', recurrence = NULL WHERE task_id = '{task}'"  # noqa: S608
    )
    found = database.query(f"SELECT count(*) FROM tasks_overdue WHERE task_id = '{task}'")  # noqa: S608
    assert (found[0][0] > 0) == overdue, why


def test_the_duckdb_file_needs_no_driver_of_ours(samples, tmp_path):
    database = DuckDBWarehouse(tmp_path)
    load(samples, database.url)
    with duckdb.connect(str(database.path), read_only=True) as connection:
        names = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert set(TABLES) | set(VIEWS) <= names
