"""Write the rendered samples anew: `uv run python -m tests.layouts.samples`.

One plan of `samples/` as the other formats that offices send around. The PDF is printed by LibreOffice.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.layouts.gold import ROOT, load_gold, plan_of
from tests.layouts.layout import COMMON
from tests.layouts.writing import print_with_office, write

if TYPE_CHECKING:
    from tests.layouts.plan import Plan

SOURCE = "so-khcn-tien-giang-ke-hoach-cchc-2020"
NAME = "so-khcn-tien-giang-phu-luc-cchc-2020"
LAYOUT = replace(COMMON, name="sample", numbering="1", font_size=11)
HEAD = (
    ("parent", "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG"),
    ("issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
    ("number", "Số: 44/KH-SKH&CN"),
    ("place", "Tiền Giang, ngày 15 tháng 01 năm 2020"),
    ("kind", "KẾ HOẠCH"),
    ("title", "Thực hiện nhiệm vụ cải cách hành chính năm 2020"),
    ("signer", "GIÁM ĐỐC // Dương Văn Bon"),
)


def sample_plan() -> Plan:
    gold = next(gold for gold in load_gold() if gold.sample.stem == SOURCE)
    plan = plan_of(gold)
    table = replace(plan.tables[0], title="NỘI DUNG THỰC HIỆN CẢI CÁCH HÀNH CHÍNH NĂM 2020")
    return replace(plan, name=NAME, head=HEAD, tables=(table,))


def main() -> None:
    plan, folder = sample_plan(), ROOT / "samples"
    for form in ("docx", "xlsx", "html"):
        print(write(plan, LAYOUT, form, folder))
    with TemporaryDirectory() as scratch:
        print_with_office([folder / f"{NAME}.docx"], Path(scratch))
        print(shutil.move(Path(scratch) / f"{NAME}.pdf", folder / f"{NAME}.pdf"))


if __name__ == "__main__":
    main()
