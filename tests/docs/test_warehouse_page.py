"""The page about warehouses is the one the schema gives, and its examples run."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from phuluc.warehouse.load import load
from phuluc.warehouse.reference import page
from schemas.diagram import diagram
from schemas.tables import TABLES

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples") / "out"
    program = Path(sys.executable).parent / "phuluc"
    subprocess.run([program, "convert", ROOT / "samples", "-o", folder], check=True, capture_output=True)
    return folder


def test_the_page_is_current():
    made = page()
    written = (ROOT / "docs" / "warehouse.md").read_text("utf-8")
    assert written == made, "run: uv run python -m phuluc.warehouse.reference > docs/warehouse.md"


def test_the_diagram_has_every_table_and_reference():
    drawn = diagram()
    for table, spec in TABLES.items():
        assert f"    {table} {{" in drawn
        for column, (target, _) in spec.foreign_keys.items():
            assert re.search(rf"^    {target} \S+ {table} : {column}$", drawn, re.MULTILINE)


def test_the_queries_of_the_page_run(out, tmp_path):
    load(out, f"duckdb://{tmp_path}/plans.duckdb")
    queries = re.findall(r"```sql\n(.*?)```", page(), re.DOTALL)
    assert queries
    with duckdb.connect(f"{tmp_path}/plans.duckdb") as connection:
        for query in queries:
            connection.execute(query)


def test_the_analysis_runs(out, tmp_path):
    done = subprocess.run(
        [sys.executable, EXAMPLES / "analysis.py", out, tmp_path / "pictures"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "Văn phòng Sở" in done.stdout
    for name in ("months.png", "units.png"):
        assert (tmp_path / "pictures" / name).read_bytes().startswith(b"\x89PNG")


def test_the_models_of_the_dbt_project_run(out, tmp_path):
    load(out, f"duckdb://{tmp_path}/plans.duckdb")
    models = {path.stem: path.read_text("utf-8") for path in (EXAMPLES / "dbt" / "models").glob("*.sql")}
    # What dbt does with these two macros, in the order of the references.
    order = sorted(models, key=lambda name: len(re.findall(r"\bref\(", models[name])))
    with duckdb.connect(f"{tmp_path}/plans.duckdb") as connection:
        for name in order:
            query = re.sub(r"\{\{ source\('phuluc', '(\w+)'\) \}\}", r"main.\1", models[name])
            query = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", query)
            assert "{{" not in query
            connection.execute(f"CREATE TABLE {name} AS {query}")
        found = connection.execute("SELECT count(*), count(DISTINCT task_id) FROM task_deadlines").fetchall()
        assert found[0][0] == found[0][1] > 0
        assert connection.execute("SELECT sum(tasks) FROM quarter_load").fetchall()[0][0] > 0
