"""Same task, other document: pairs right on the plans read by hand, and time by the number of plans.

    uv run python -m bench.same_task [--plans 1000]

Times are of generated plans of 32 tasks each: rows of the plans read by hand in ever new wording (verbs, sectors,
dates, papers behind), so that hardly two texts are equal, which is the hard case: equal ones are compared once.
"""

from __future__ import annotations

import argparse
import random
import resource
import time

from phuluc.audit.grouping import GroupingSettings, TaskText, group_tasks
from tests.phuluc.audit.grouping.readings import load, measure, same_pairs

READINGS = ("samples", "plans_1", "plans_2", "plans_3", "plans_4", "plans_5", "plans_6", "plans_7")
_SECTORS = (
    "y tế", "giáo dục", "giao thông", "nông nghiệp", "tài nguyên", "xây dựng", "du lịch", "văn hóa", "lao động",
    "khoa học", "đất đai", "thủy sản", "lâm nghiệp", "bảo hiểm", "thể thao", "gia đình", "đô thị", "nhà ở",
)  # fmt: skip
_BEFORE = ("", "Tiếp tục ", "Đẩy mạnh ", "Tăng cường ", "Chủ động ", "Tham mưu ", "Tổ chức thực hiện tốt ")
_BEHIND = (
    "", " theo đúng quy định", " trên địa bàn tỉnh", " của Sở", " năm {year}", " giai đoạn {year}-{until}",
    " theo Kế hoạch số {number}/KH-UBND ngày {day}/{month}/{year}", " trong lĩnh vực {sector}", " ngành {sector}",
    " gắn với chuyển đổi số ngành {sector}", " nhằm nâng cao hiệu quả quản lý {sector}",
    " phục vụ phát triển {sector} và {other}", " đối với các đơn vị trực thuộc",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, default=1000)
    largest = parser.parse_args().plans
    for name in READINGS:
        reading = load(name)
        same, doubtful = same_pairs(reading)
        precision, recall, f1 = measure(reading)
        plans = len({task.doc_id for task in reading.tasks})
        print(
            f"{name:8} {plans:3} plans {len(reading.tasks):4} tasks {len(same):4} pairs ({len(doubtful)} doubtful) "
            f"precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}"
        )
    base = [task for name in READINGS for task in load(name).tasks]
    for plans in (largest // 8, largest // 4, largest // 2, largest):
        tasks = generate(base, plans)
        begin = time.process_time()
        groups = group_tasks(tasks, GroupingSettings())
        used = time.process_time() - begin
        print(f"{plans:6} plans {len(tasks):7} tasks {used:6.1f} s of processor {len(groups):5} groups")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def generate(base: list[TaskText], plans: int) -> list[TaskText]:
    chance = random.Random(plans)  # noqa: S311 - made-up plans
    return [
        _reworded(chance, chance.choice(base), f"plan {plan}", number)
        for plan in range(plans)
        for number in range(32)
    ]


def _reworded(chance: random.Random, task: TaskText, doc_id: str, number: int) -> TaskText:
    year = chance.randint(2016, 2025)
    words = {
        "year": year,
        "until": year + 5,
        "number": chance.randint(1, 900),
        "day": chance.randint(1, 28),
        "month": chance.randint(1, 12),
        "sector": chance.choice(_SECTORS),
        "other": chance.choice(_SECTORS),
    }
    text = task.activity or task.task or ""
    before = chance.choice(_BEFORE)
    text = before + (text[:1].lower() + text[1:] if before else text)
    text += "".join(behind.format(**words) for behind in chance.sample(_BEHIND, 2))
    named = {"activity": text} if task.activity else {"task": text}
    return task._replace(task_id=f"{doc_id} {number}", doc_id=doc_id, **named)


if __name__ == "__main__":
    main()
