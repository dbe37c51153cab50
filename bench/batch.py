"""Batches: throughput by format, workers, the price of isolation and of Dask, memory over a long run.

    uv run python -m bench.batch [--documents 2000] [--per-format 200] [--plots DIR]

Everything on a generated corpus with known rows (bench.corpus), fresh processes, process start included. On a
machine that others use, compare processor time, printed beside the clock. Wanted: two workers at least 1.8 times
one, isolation at most 15 %, Dask at most 1.2 times local, memory of every process in the last tenth of the run
within 10 % of the second tenth.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from bench.corpus import MIXED, generate, generate_long
from bench.plot import line_plot

PHULUC = str(Path(sys.executable).parent / "phuluc")
BARE = """
import sys
from pathlib import Path
import phuluc.batch.run
from phuluc.batch.outcome import convert_one
from phuluc.document.pipeline import convert_document
from phuluc.batch.progress import Silent


class InThisProcess:
    def __init__(self, convert, options, limits, documents):
        self.arguments, self.sources = (convert, options), documents.sources

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def outcomes(self):
        convert, options = self.arguments
        return (convert_one(convert, source, options) for source in self.sources)


phuluc.batch.run.LocalEngine = InThisProcess
phuluc.batch.run.run(phuluc.batch.run.Job((Path(sys.argv[1]),), Path(sys.argv[2])), convert_document, Silent())
"""
"""The same run without children: what isolation is compared with."""


def main() -> int:
    options = _arguments()
    with TemporaryDirectory(dir=options.scratch) as scratch:
        folder = Path(scratch)
        _formats(folder, options.per_format)
        generate(folder / "mixed", options.documents)
        one = _convert(folder / "mixed", 1)
        two = _convert(folder / "mixed", 2)
        bare = _timed([sys.executable, "-c", BARE, str(folder / "mixed"), str(folder / "bare")])
        dask = _convert(folder / "mixed", 2, "--engine", "dask")
        print(f"\n{options.documents} documents of every format, clock (processor) seconds")
        for name, (clock, cpu) in {
            "no children": bare,
            "1 worker": one,
            "2 workers": two,
            "Dask, 2": dask,
        }.items():
            print(
                f"  {name:11} {clock:8.1f} ({cpu:.1f})   {options.documents / clock:7.1f} documents a second"
            )
        print(f"  two workers: {one[0] / two[0]:.2f} times one (wanted 1.8)")
        print(f"  isolation:   {100 * (one[1] / bare[1] - 1):+.1f} % processor time (wanted at most 15)")
        print(f"  Dask:        {dask[0] / two[0]:.2f} times local (wanted at most 1.2)")
        _memory(folder, options.plots)
        _long_document(folder)
        _again(folder)
    return 0


def _formats(folder: Path, count: int) -> None:
    print(f"{count} documents of about 12 tasks, one worker, process start included")
    for form in dict.fromkeys(MIXED):
        generate(folder / form, count, forms=(form,), broken=0)
        clock, cpu = _convert(folder / form, 1)
        print(
            f"  {form:6} {count / clock:8.1f} documents a second   {1000 * cpu / count:6.1f} ms processor time each"
        )


def _convert(inputs: Path, workers: int, *more: str) -> tuple[float, float]:
    out = inputs.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    return _timed(
        [PHULUC, "convert", str(inputs), "-o", str(out), "--workers", str(workers), *more], allowed=(0, 1)
    )


def _timed(command: list[str], allowed: tuple[int, ...] = (0,)) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in allowed:
        sys.exit(f"{command[:3]} failed: {done.stderr[-2000:]}")
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _memory(folder: Path, plots: Path | None) -> None:
    """Watch the memory of the parent and of the workers together while a run goes on."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [PHULUC, "convert", str(folder / "mixed"), "-o", str(out), "--workers", "2", "--log-json"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None  # noqa: S101 - for the type checker
    curves: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for done, line in enumerate(run.stderr):
        if json.loads(line)["event"] == "document" and done % 10 == 0:
            curves["parent"].append((done, _resident(run.pid)))
            workers = [_resident(pid) for pid in _children(run.pid)]
            curves["largest worker"].append((done, max(workers, default=0)))
    run.wait()
    print("\nmemory (proportional set size), MB")
    for name, curve in curves.items():
        tenth = max(1, len(curve) // 10)
        early, late = (mean(y for _, y in part) for part in (curve[tenth : 2 * tenth], curve[-tenth:]))
        peak = max(y for _, y in curve)
        print(
            f"  {name:15} second tenth {early:6.0f}, last tenth {late:6.0f} "
            f"({100 * (late / early - 1):+.0f} %), peak {peak:.0f}"
        )
    if plots is not None:
        plots.mkdir(parents=True, exist_ok=True)
        svg = line_plot("Memory over a run", "documents", "MB", curves)
        (plots / "memory.svg").write_text(svg, encoding="utf-8")


def _long_document(folder: Path) -> None:
    """Watch the peaks of parent and child over one PDF of hundreds of pages."""
    generate_long(folder / "long", 8700)
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    run = subprocess.Popen(
        [PHULUC, "convert", str(folder / "long"), "-o", str(out), "--workers", "1"], stderr=subprocess.DEVNULL
    )
    peaks: defaultdict[str, float] = defaultdict(float)
    while run.poll() is None:
        peaks["parent"] = max(peaks["parent"], _peak(run.pid))
        peaks["child"] = max([peaks["child"], *map(_peak, _children(run.pid))])
        time.sleep(0.05)
    pages = pq.read_table(out / "documents").column("page_count").to_pylist()
    print(
        f"\na PDF of {pages[0]} pages: parent {peaks['parent']:.0f} MB, child {peaks['child']:.0f} MB (wanted 400)"
    )


def _again(folder: Path) -> None:
    """Compare a first run with one that only understands again, and with one that does not keep what was read."""
    first = _convert(folder / "mixed", 1)
    kept = sum(path.stat().st_size for path in (folder / "out").glob(".phuluc/readings/*"))
    size = sum(path.stat().st_size for path in (folder / "mixed").rglob("*") if path.is_file())
    again = _timed(
        [
            PHULUC,
            "convert",
            str(folder / "mixed"),
            "-o",
            str(folder / "out"),
            "--workers",
            "1",
            "--plan-year",
            "2031",
        ],
        allowed=(0, 1),
    )
    bare = _convert(folder / "mixed", 1, "--no-keep-readings")
    print(
        f"\nkept readings: {100 * kept / size:.0f} % of the files' size, {100 * (first[1] / bare[1] - 1):+.1f} % "
        f"processor time; understanding again takes {100 * again[1] / first[1]:.0f} % of a first run"
    )


def _peak(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:  # it has just ended
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in text.splitlines() if line.startswith("VmHWM")), 0.0)


def _resident(pid: int) -> float:
    """Give the memory of a process in MB, what it shares counted in part: a fork of the parent shares much."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:  # it has just ended
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--per-format", type=int, default=200)
    parser.add_argument("--plots", type=Path, default=None, help="write SVG plots to this folder")
    parser.add_argument("--scratch", default=None, help="folder for the corpus and the outputs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
