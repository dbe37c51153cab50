"""Measure the table code over layouts and formats: `uv run python -m tests.layouts.measure --help`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import ReadError
from tests.layouts.gold import load_gold, plan_of
from tests.layouts.layout import LAYOUTS, Format, Layout
from tests.layouts.plan import Plan, load
from tests.layouts.scoring import Score, compare, convert, expected_tasks
from tests.layouts.writing import print_with_office, write


def main() -> int:
    options = _arguments()
    every = [*load("plans"), *load("others"), *map(plan_of, load_gold())]
    plans = [plan for plan in every if options.plan in plan.name]
    layouts = [layout for layout in LAYOUTS if options.layout in ("", layout.name)]
    total = Score()
    with TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        for layout in layouts:
            for form in layout.formats:
                if form in options.formats:
                    started = time.perf_counter()
                    score = measure(plans, layout, form, folder / layout.name / form)
                    _print(f"{layout.name} {form}", score, options.details, time.perf_counter() - started)
                    total.add(score)
    _print("ALL", total, 0, 0.0)
    return 0 if total.perfect else 1


def measure(plans: list[Plan], layout: Layout, form: Format, folder: Path) -> Score:
    """Write every plan in one layout and format, convert, compare."""
    folder.mkdir(parents=True, exist_ok=True)
    if layout.numbers in ("none", "same"):
        plans = [plan for plan in plans if plan.of("hierarchy") != "by numbers"]
    if form == "office_pdf":
        documents = [write(plan, layout, "docx", folder) for plan in plans]
        print_with_office(documents, folder)
        paths = [path.with_suffix(".pdf") for path in documents]
    else:
        paths = [write(plan, layout, form, folder) for plan in plans]
    score = Score()
    for plan, path in zip(plans, paths, strict=True):
        try:
            found = convert(path)
        except ReadError as error:
            found = []
            score.details.append(f"{plan.name}: {error}")
        score.add(compare(expected_tasks(plan, layout, form), found, plan.name))
    return score


def _print(name: str, score: Score, details: int, seconds: float) -> None:
    wrong = ", ".join(f"{column} {count}" for column, count in score.wrong.most_common())
    rows = f"{score.exact:4}/{score.expected:4} core {score.core:4} +{score.too_many:<3}"
    print(f"{name:45} {rows} {seconds:5.1f} s  {wrong}")
    for line in score.details[:details]:
        print("      ", line[:400])
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="layouts.measure", description=__doc__)
    parser.add_argument("--layout", default="", help="only this layout")
    parser.add_argument("--plan", default="", help="only plans whose name contains this")
    parser.add_argument("--formats", nargs="+", default=["docx", "xlsx", "html", "text", "pdf"])
    parser.add_argument("--details", type=int, default=0, help="so many differences of each measurement")
    parser.add_argument("--keep", default="", help="folder for the written files, kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
