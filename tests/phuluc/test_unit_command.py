"""`phuluc unit` as a user meets it: texts, JSON lines, rows of one's own, the review of an archive."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

PHULUC = Path(sys.executable).parent / "phuluc"


def unit(*arguments, stdin=None):
    return subprocess.run(
        [PHULUC, "unit", "--lang", "en", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def answers(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_text_is_one_line_of_json():
    done = unit("VP Sở; các phòng", "-", "--issuer", "Sở Y tế tỉnh Hà Nam")
    assert done.returncode == 0
    first, second = answers(done)
    assert [(item["surface"], item["class_id"]) for item in first["units"]] == [
        ("VP Sở", "sub.van_phong"),
        ("các phòng", "grp.phong"),
    ]
    assert second == {"text": "-", "units": []}


def test_lines_are_answered_in_order_and_a_bad_one_is_told():
    lines = [
        '{"text": "Văn phòng", "issuer": "UBND huyện Mai Châu"}',
        "not json",
        "",
        '["a"]',
        '{"text": 3}',
        '{"text": null}',
    ]
    done = unit("--jsonl", stdin="\n".join(lines) + "\n")
    assert done.returncode == 1
    first, *bad, last = answers(done)
    assert first["units"][0]["class_id"] == "huyen.vp"
    assert [record["units"] for record in bad] == [[], [], []]
    assert all(record["error"] for record in bad)
    assert last == {"text": "", "units": []}
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["line 2", "line 4", "line 5"]


def test_a_lone_surrogate_is_answered():
    done = unit("--jsonl", stdin='{"text": "Sở Y tế \\ud800"}\n')
    assert (done.returncode, answers(done)[0]["units"][0]["class_id"]) == (0, "so.syt")


@pytest.mark.parametrize("arguments", [(), ("Sở Y tế", "--jsonl"), ("--jsonl", "--review", ".")])
def test_one_way_of_asking_at_a_time(arguments):
    assert unit(*arguments).returncode == 2


def test_rows_of_ones_own_from_csv(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(
        "name,class_id,canonical\nPhòng ABCXYZ,,Phòng An ninh biên giới\nSở KH,so.skhcn,\n",
        encoding="utf-8-sig",
    )
    first, second = answers(unit("Phòng ABCXYZ", "Sở KH", "--gazetteer", file))
    assert [(item["class_id"], item["canonical"]) for item in first["units"]] == [
        ("own.phong-an-ninh-bien-gioi", "Phòng An ninh biên giới")
    ]
    assert second["units"][0]["class_id"] == "so.skhcn"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("own.csv", b"a,b\n1,2\n", "columns"),
        ("own.csv", "name,class_id\nSở KH,so.khong_co\n".encode(), "row 2"),
        ("own.csv", "name,class_id,canonical,valid_to\nA,b,C,hôm qua\n".encode(), "row 2"),
        ("own.csv", "name,class_id\nSở,x".encode("utf-16"), "UTF-8"),
        ("own.xlsx", b"no workbook", "XLSX"),
    ],
)
def test_a_file_that_is_no_gazetteer_is_refused_with_its_place(tmp_path, name, content, told):
    file = tmp_path / name
    file.write_bytes(content)
    done = unit("Sở Y tế", "--gazetteer", file)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def archive(out):
    """A converted folder with the columns that a review reads."""
    names = ["Phòng QLXNK", "=1+1", "Phòng QLXNK", "Văn phòng Sở", "Sở KH"]
    kinds = ["unresolved", "unresolved", "unresolved", "unit", "unresolved"]
    (out / "units").mkdir(parents=True)
    (out / "documents").mkdir()
    pq.write_table(
        pa.table({"doc_id": ["d1", "d1", "d2", "d1", "d1"], "text": names, "kind": kinds}),
        out / "units/a.parquet",
    )
    documents = {
        "doc_id": ["d1", "d2"],
        "issuer": ["Sở Công Thương", None],
        "issuer_class_id": ["so.sct", None],
        "province_name": ["Tỉnh Hà Nam", None],
    }
    pq.write_table(pa.table(documents), out / "documents/a.parquet")


def test_a_review_is_filled_in_and_given_back(tmp_path):
    out = tmp_path / "out"
    archive(out)
    assert unit("--review", out).returncode == 0
    file = out / "units_review.xlsx"
    book = load_workbook(file)
    sheet = book["names"]
    heads = [cell.value for cell in sheet[1]]
    found = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert [(name, row[heads.index("count")].value) for name, row in found.items()] == [
        ("Phòng QLXNK", 2),
        ("=1+1", 1),
        ("Sở KH", 1),
    ]
    assert found["=1+1"][0].data_type == "s"  # shown, not run
    assert "so.skhcn" in found["Sở KH"][heads.index("candidates")].value
    assert "Tỉnh Hà Nam" in found["Phòng QLXNK"][heads.index("issuers")].value

    found["Phòng QLXNK"][heads.index("canonical")].value = "Phòng Quản lý Xuất nhập khẩu"
    found["Sở KH"][heads.index("class_id")].value = "so.skhdt"
    book.save(file)
    first, second, third = answers(
        unit("Phòng QLXNK, VP Sở", "Sở KH", "=1+1", "--gazetteer", file, "--issuer", "Sở Công Thương")
    )
    assert [item["canonical"] for item in first["units"]] == ["Phòng Quản lý Xuất nhập khẩu", "Văn phòng Sở"]
    assert second["units"][0]["class_id"] == "so.skhdt"
    assert all(item["kind"] == "unresolved" for item in third["units"])


def test_a_folder_without_tables_is_told(tmp_path):
    done = unit("--review", tmp_path)
    assert done.returncode == 2
    assert "phuluc convert" in done.stderr
