"""What a load sends: rows of documents that changed, read from files that changed; nothing less, little more."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warehouses import DuckDBWarehouse, assert_equal

from phuluc.exits import TargetError
from phuluc.warehouse.difference import PARTS, Difference, Memory
from phuluc.warehouse.load import load
from phuluc.warehouse.source import Source
from schemas.arrow import arrow_schema, to_arrow
from schemas.content import IndicatorRecord
from schemas.document import DocumentRecord, ErrorEntry
from schemas.review import Evidence, FindingRecord, TaskGroupRecord
from schemas.tables import TABLES
from schemas.work import TaskRecord


def _write(out, table, records, name="part-0000.parquet"):
    path = out / table / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(to_arrow(table, records), path)
    return path


def _document(doc_id, **values):
    path, size = values.pop("source_path", doc_id + ".pdf"), 1
    return DocumentRecord(
        doc_id=doc_id, source_path=path, byte_size=size, status="ok", converter_version="1", **values
    )


def _task(doc_id, number=0, **values):
    return TaskRecord(
        task_id=f"{doc_id}-{number}",
        doc_id=doc_id,
        task_index=number,
        source="table",
        confidence=1.0,
        **values,
    )


def _finding(doc_id, message, **values):
    return FindingRecord(
        finding_id=f"{doc_id}-{message}", rule="r", severity="info", doc_id=doc_id, message=message, **values
    )


def _figure(**values):
    return IndicatorRecord(indicator_id="i", doc_id="d", **values)


UNLIKE = [  # table, one row, another, why one might take them for the same
    (
        "documents",
        _document("d", errors=[]),
        _document("d", errors=[ErrorEntry(code="x", message="")]),
        "a list grew",
    ),
    ("documents", _document("d", title=None), _document("d", title=""), "nothing and an empty text"),
    ("documents", _document("d", title="a"), _document("d", issuer="a"), "a value moved to another column"),
    (
        "indicators",
        _figure(row_path=["a"], column_path=["b"], value_text="1"),
        _figure(row_path=["a", "b"], column_path=[], value_text="1"),
        "a heading moved from one list to the next: DuckDB hashes both pairs alike",
    ),
    ("tasks", _task("d", flags=["a", "b"]), _task("d", flags=["b", "a"]), "the order in a list"),
    ("tasks", _task("d", extra={"a": "b"}), _task("d", extra={"b": "a"}), "heading and text of a map"),
    ("tasks", _task("d", extra={}), _task("d", extra={"": ""}), "an empty map and one of empty texts"),
    (
        "findings",
        _finding("d", "m"),
        _finding("d", "m", evidence=Evidence(file="")),
        "no evidence and an empty one",
    ),
]


@pytest.mark.parametrize("case", UNLIKE, ids=lambda case: case[3])
def test_no_change_of_a_value_is_missed(tmp_path, case):
    table, one, other, _ = case
    prints = []
    for number, record in enumerate((one, other)):
        out = tmp_path / str(number)
        _write(out, "documents", [_document("d")])
        _write(out, table, [record])
        with duckdb.connect() as duck:
            source = Source(out)
            prints.append(duck.execute(source.fingerprints(table, source.files(table))).fetchall()[0][1:])
    assert prints[0][0] == prints[1][0] == "d"
    assert prints[0] != prints[1]


@pytest.fixture
def out(tmp_path):
    """Three documents of two tasks, in two files a table."""
    folder = tmp_path / "out"
    for file, names in (("part-0000.parquet", ["a", "b"]), ("part-0001.parquet", ["c"])):
        _write(folder, "documents", [_document(name) for name in names], file)
        _write(folder, "tasks", [_task(name, number) for name in names for number in range(2)], file)
    for table in TABLES.keys() - {"documents", "tasks"}:
        _write(folder, table, [])
    return folder


def test_a_file_that_did_not_change_is_not_read(out, warehouse, monkeypatch):
    load(out, warehouse.url)
    read = set()
    query = Source._read

    def noted(self, files):
        read.update(files)
        return query(self, files)

    monkeypatch.setattr(Source, "_read", noted)
    _write(out, "tasks", [_task("c", 0), _task("c", 1, note="new")], "part-0001.parquet")
    done = load(out, warehouse.url)
    assert read == {"tasks/part-0001.parquet"}
    assert (done.changed, done.removed, done.rows) == (1, 0, 2)
    assert_equal(warehouse, out)


def test_documents_that_only_moved_are_not_sent(out, warehouse):
    load(out, warehouse.url)
    # An archive that outgrew its buckets: "a" and "b" part, "c" joins "b".
    for table in ("documents", "tasks"):
        rows = pa.concat_tables([pq.read_table(path) for path in sorted((out / table).glob("*.parquet"))])
        for path in (out / table).glob("*.parquet"):
            path.unlink()
        for file, names in (("part-0002.parquet", ["a"]), ("part-0003.parquet", ["b", "c"])):
            chosen = pa.compute.is_in(rows["doc_id"], pa.array(names))
            pq.write_table(rows.filter(chosen), out / table / file)
    done = load(out, warehouse.url)
    assert (done.changed, done.removed, done.rows) == (0, 0, 0)
    _write(out, "tasks", [_task("a", 0, note="new"), _task("a", 1)], "part-0002.parquet")
    assert load(out, warehouse.url).rows == 2
    assert_equal(warehouse, out)


def test_a_document_in_several_files_is_replaced_whole(out, warehouse):
    load(out, warehouse.url)
    _write(out, "tasks", [_task("a", 2)], "part-0002.parquet")
    done = load(out, warehouse.url)
    # Its two tasks in the file that did not change are sent again with the third.
    assert (done.changed, done.rows) == (1, 3)
    assert_equal(warehouse, out)
    (out / "tasks" / "part-0000.parquet").unlink()
    load(out, warehouse.url)
    assert_equal(warehouse, out)


def test_folders_of_partitions_and_names_that_look_like_patterns(out, warehouse):
    place = out.rename(out.with_name("kế hoạch [2020] *"))
    part = place / "tasks" / "province_code=82" / "year=2020" / "part-0001.parquet"
    part.parent.mkdir(parents=True)
    (place / "tasks" / "part-0001.parquet").rename(part)
    assert load(place, warehouse.url).changed == 3
    assert_equal(warehouse, place)


def test_findings_come_later_and_change_as_a_whole(out, warehouse):
    load(out, warehouse.url)
    _write(
        out,
        "findings",
        [_finding("a", "one"), _finding(None, "corpus"), _finding("gone", "of an old document")],
    )
    _write(out, "task_groups", [TaskGroupRecord(group_id="g", task_id="a-0", doc_id="a", score=1.0)])
    assert load(out, warehouse.url).rows == 4
    assert_equal(warehouse, out)
    # In another language every message is another; the tasks are not sent again.
    _write(out, "findings", [_finding("a", "một"), _finding(None, "kho"), _finding("b", "hai")])
    assert load(out, warehouse.url).rows == 3
    assert_equal(warehouse, out)
    _write(out, "findings", [])
    _write(out, "task_groups", [])
    load(out, warehouse.url)
    assert_equal(warehouse, out)
    assert load(out, warehouse.url).changed == 0


def test_a_copy_of_the_folder_elsewhere_is_no_change(out, warehouse):
    load(out, warehouse.url)
    before = warehouse.state()
    copy = out.rename(out.with_name("elsewhere"))
    assert load(copy, warehouse.url).changed == 0
    assert warehouse.state() == before


def test_an_archive_emptied_and_filled_again(out, warehouse):
    rows = {table: pq.read_table(out / table) for table in ("documents", "tasks")}
    load(out, warehouse.url)
    for table in rows:
        for path in (out / table).glob("*.parquet"):
            path.unlink()
        pq.write_table(arrow_schema(table).empty_table(), out / table / "part-0000.parquet")
    assert load(out, warehouse.url).removed == 3
    assert_equal(warehouse, out)
    for table, each in rows.items():
        pq.write_table(each, out / table / "part-0000.parquet")
    assert load(out, warehouse.url).changed == 3
    assert_equal(warehouse, out)


def test_a_table_whose_documents_all_changed_is_sent_whole(out):
    """Deleting by document is the slow way when nothing stays."""
    source = Source(out)
    with duckdb.connect() as duck:
        first = Difference(source, duck, Memory({}, PARTS.empty_table()), source.digests(), set(TABLES))
        assert first.whole == TABLES.keys()
        memory = Memory(source.digests(), duck.sql("FROM phuluc_parts_now").to_arrow_table())
    for file, names in (("part-0000.parquet", ["a", "b"]), ("part-0001.parquet", ["c"])):
        _write(out, "tasks", [_task(name, note="new") for name in names], file)
    with duckdb.connect() as duck:
        assert Difference(Source(out), duck, memory, Source(out).digests(), set()).whole == {"tasks"}


@pytest.mark.parametrize("declared", [0, 250_000], ids=["checked by a query", "declared"])
@pytest.mark.parametrize("first", [True, False], ids=["new target", "loaded target"])
def test_a_key_that_stands_twice_is_refused(out, tmp_path, monkeypatch, declared, first):
    monkeypatch.setattr("phuluc.warehouse.duckdb.DECLARED_ROWS", declared)
    database = DuckDBWarehouse(tmp_path)
    if not first:
        load(out, database.url)
    before = database.contents()
    # The second document claims a task of the first.
    twice = [_task("a", 0), _task("a", 1), _task("b", 0), _task("b", 1)]
    twice[2].task_id = "a-0"
    good = (out / "tasks" / "part-0000.parquet").read_bytes()
    _write(out, "tasks", twice)
    with pytest.raises(TargetError, match=r"[Dd]uplicate key.*a-0"):
        load(out, database.url)
    assert database.contents() == before
    (out / "tasks" / "part-0000.parquet").write_bytes(good)
    load(out, database.url)
    assert_equal(database, out)
