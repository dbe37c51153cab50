"""What falls due when, and who carries it: an analysis of converted documents with DuckDB, pandas and plots.

    uv run phuluc convert samples -o out
    uv run python docs/examples/analysis.py out pictures

Loads OUT into PICTURES/plans.duckdb, asks the ready-made views, and writes two plots beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import matplotlib as mpl
import pandas as pd

from phuluc.warehouse.load import load

mpl.use("Agg")  # plots go to files, no window
from matplotlib import pyplot as plt


def analyse(out: Path, pictures: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give tasks by month and class of unit, and the units with most tasks; draw both."""
    pictures.mkdir(parents=True, exist_ok=True)
    warehouse = pictures / "plans.duckdb"
    load(out, f"duckdb://{warehouse.absolute()}")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        due = connection.sql(
            "SELECT due_month, coalesce(unit_class_id, 'not named') AS unit_class, count(DISTINCT task_id) AS tasks "
            "FROM tasks_by_month GROUP BY ALL ORDER BY ALL"
        ).df()
        workload = connection.sql(
            "SELECT coalesce(unit_name, unit) AS unit, role, sum(tasks)::INTEGER AS tasks "
            "FROM unit_workload WHERE due_year IS NOT NULL GROUP BY ALL ORDER BY tasks DESC, unit, role"
        ).df()

    # A class as a column, a month as a row, also the months in which nothing is due.
    by_month = due.pivot_table(index="due_month", columns="unit_class", values="tasks", fill_value=0)
    by_month.index = pd.PeriodIndex(by_month.index, freq="M")
    by_month = by_month.reindex(pd.period_range(by_month.index.min(), by_month.index.max()), fill_value=0)
    largest = by_month.sum().nlargest(6).index
    draw(by_month[largest], "Tasks by month of their deadline and class of the lead", pictures / "months.png")

    by_unit = workload.pivot_table(index="unit", columns="role", values="tasks", fill_value=0)
    busiest = by_unit.sum(axis=1).nlargest(10).index
    draw(by_unit.loc[busiest], "The ten units with most tasks, by role", pictures / "units.png")
    return by_month, by_unit


def draw(frame: pd.DataFrame, title: str, path: Path) -> None:
    """Draw stacked bars."""
    axes = frame.plot.bar(stacked=True, figsize=(11, 6), title=title, xlabel="")
    axes.set_ylabel("tasks")
    axes.figure.tight_layout()
    axes.figure.savefig(path)
    plt.close(axes.figure)


if __name__ == "__main__":
    months, units = analyse(Path(sys.argv[1]), Path(sys.argv[2]))
    print(months.sum(axis=1).to_string())
    print(units.sum(axis=1).nlargest(10).to_string())
