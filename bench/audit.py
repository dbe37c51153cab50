"""The audit over generated plans: seconds and memory by the number of plans, and what each step takes.

    uv run python -m bench.audit [--plans 1000] [--plots DIR]

Each plan is for one body, province and year and has some forty tasks drawn from those of `samples/`, with deadlines and
leads of its own, so that tasks repeat over the plans as they do in life. Wanted: 1,000 plans in at most 60 s on two
cores, memory bounded, seconds close to linear in tasks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.plot import line_plot
from normalize.places import provinces
from phuluc.document.pipeline import convert_document
from phuluc.document.records import Options, Source
from tests.layouts.layout import COMMON
from tests.layouts.plan import Column, Plan, PlanRow, PlanTable
from tests.layouts.writing import write

if TYPE_CHECKING:
    from schemas.work import TaskRecord

SAMPLES = Path(__file__).parent.parent / "samples"
PHULUC = str(Path(sys.executable).parent / "phuluc")
_BODIES = ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ CÔNG THƯƠNG", "SỞ NỘI VỤ", "SỞ TƯ PHÁP", "SỞ Y TẾ", "SỞ TÀI CHÍNH")
_LEADS = (
    "Văn phòng Sở",
    "Thanh tra Sở",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Nghiệp vụ",
    "Các phòng, đơn vị",
)
_TIMES = (
    "Quý I/{0}",
    "Trước 30/6/{0}",
    "Tháng 10/{0}",
    "Thường xuyên",
    "Năm {0}",
    "Trước ngày 15/12/{0}",
    "",
)
_COLUMNS = tuple(
    Column(role, (heading,))
    for role, heading in (
        ("stt", "STT"),
        ("task", "Nhiệm vụ"),
        ("product", "Sản phẩm"),
        ("lead", "Đơn vị chủ trì"),
        ("support", "Đơn vị phối hợp"),
        ("deadline", "Thời hạn"),
    )
)


def main() -> None:
    options = _arguments()
    sizes = [
        size for size in (options.plans // 8, options.plans // 4, options.plans // 2, options.plans) if size
    ]
    seconds, processor = [], []
    with TemporaryDirectory(dir=options.scratch) as scratch:
        for size in sizes:
            folder = Path(scratch) / str(size)
            generate(folder / "in", size)
            subprocess.run(
                [PHULUC, "convert", folder / "in", "-o", folder / "out"], check=True, capture_output=True
            )
            tasks, clock, cpu, peak = _audit(folder / "out")
            seconds.append((tasks, clock))
            processor.append((tasks, cpu))
            print(
                f"{size:6} plans {tasks:8} tasks {clock:7.1f} s ({cpu:.1f} s of processor) {peak:6.0f} MB",
                flush=True,
            )
            shutil.rmtree(folder)
    if options.plots:
        options.plots.mkdir(parents=True, exist_ok=True)
        curves = {"clock": seconds, "processor": processor}
        plot = line_plot("Audit: seconds by tasks", "tasks", "s", curves)
        (options.plots / "audit-cost.svg").write_text(plot, encoding="utf-8")


def generate(folder: Path, count: int) -> None:
    """Write `count` plans as HTML."""
    folder.mkdir(parents=True)
    pool = [task for path in sorted(SAMPLES.glob("*.txt")) for task in _tasks(path)]
    places = provinces("63")
    chance = random.Random(11)  # noqa: S311 - a repeatable corpus, no secret
    for number in range(count):
        place = places[number % len(places)]
        body = _BODIES[number // len(places) % len(_BODIES)]
        year = 2018 + number // (len(places) * len(_BODIES)) % 7
        rows = [_row(stt, chance.choice(pool), year, chance) for stt in range(1, chance.randrange(30, 50))]
        head = (
            ("parent", f"UBND {place.name.upper()}"),
            ("issuer", body),
            ("number", f"Số: {number + 1}/KH-S"),
            ("place", f"{place.short}, ngày 05 tháng 01 năm {year}"),
            ("kind", "KẾ HOẠCH"),
            ("title", f"Cải cách hành chính năm {year}"),
            ("signer", "GIÁM ĐỐC // Nguyễn Văn An"),
        )
        table = PlanTable("PHỤ LỤC NHIỆM VỤ", _COLUMNS, tuple(rows))
        write(Plan(f"p{number:05}", head, (table,), has_tasks=True), COMMON, "html", folder)


def _tasks(path: Path) -> list[TaskRecord]:
    content = path.read_bytes()
    source = Source(path, path.name, hashlib.sha256(content).hexdigest(), len(content))
    return [task for task in convert_document(source, Options()).tasks if task.table_id and task.task]


def _row(stt: int, task: TaskRecord, year: int, chance: random.Random) -> PlanRow:
    words = " ".join(filter(None, [task.task, task.activity])).replace("|", "/").replace("\n", " // ")
    product = (task.product or "").replace("\n", " // ")
    time_of = chance.choice(_TIMES).format(year)
    return PlanRow("task", (str(stt), words, product, chance.choice(_LEADS), "Các phòng, đơn vị", time_of))


def _audit(out: Path) -> tuple[int, float, float, float]:
    """Give tasks, seconds, seconds of processor and megabytes of one audit in a process of its own."""
    begun = time.perf_counter()
    process = subprocess.Popen([PHULUC, "audit", out], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    if status:
        raise SystemExit(f"phuluc audit ended with {status}")
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    import pyarrow.parquet as pq

    paths = next(each["path"] for each in package["resources"] if each["name"] == "tasks")
    tasks = sum(pq.ParquetFile(out / path).metadata.num_rows for path in paths)
    return tasks, clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--plots", type=Path, help="folder for the plot")
    parser.add_argument("--scratch", type=Path, help="folder for the generated files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
