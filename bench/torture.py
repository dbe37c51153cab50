"""Kill a batch again and again; after the last resume nothing may be lost, doubled or different.

    uv run python -m bench.torture [--documents 10000] [--workers 2] [--parents 3] [--children 10]

Two runs over the same generated corpus (one document in a hundred broken): one undisturbed, one whose parent is
killed with -9 three times and whose workers are killed ten times, at moments spread over the run. Wanted: every
document there once, and every file of the output the same byte for byte. Exit code 1 otherwise. Leave the code alone
meanwhile: another program gives other rows.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from bench.corpus import generate

PHULUC = str(Path(sys.executable).parent / "phuluc")


def main() -> int:
    options = _arguments()
    with TemporaryDirectory(dir=options.scratch) as scratch:
        return torture(Path(scratch), options.documents, options.workers, options.parents, options.children)


def torture(folder: Path, documents: int, workers: int, parents: int, children: int) -> int:
    """Do both runs below `folder` and compare; gives the exit code."""
    expected = generate(folder / "in", documents, forms=("text", "html", "text", "xlsx"))
    started = time.perf_counter()
    _run(folder, "calm", workers, Kills({}))
    print(f"undisturbed: {documents} documents in {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    kills = Kills(_moments(documents, ["parent"] * parents + ["child"] * children))
    while _run(folder, "torn", workers, kills) == -signal.SIGKILL:  # resume until a run ends by itself
        pass
    print(f"disturbed: {kills.done['parent']} parents and {kills.done['child']} workers killed, "
          f"{time.perf_counter() - started:.1f} s")  # fmt: skip
    different = _compare(folder, documents, expected)
    return int(different or kills.done.total() != parents + children)


@dataclass
class Kills:
    """What to kill after how many documents (counted over all runs), and what has been killed."""

    plan: dict[int, str]
    seen: int = 0
    done: Counter[str] = field(default_factory=Counter)

    def due(self) -> str | None:
        """Count one more document; give what is to be killed now, if anything."""
        self.seen += 1
        moment = min((at for at in self.plan if at <= self.seen), default=None)
        return None if moment is None else self.plan.pop(moment)


def _moments(documents: int, victims: list[str]) -> dict[int, str]:
    """Spread kills over a run: after how many documents what is killed."""
    chance = random.Random(11)  # noqa: S311 - repeatable moments, no secret
    moments = chance.sample(range(documents // 20, documents * 9 // 10), len(victims))
    return dict(zip(moments, victims, strict=True))


def _run(folder: Path, out: str, workers: int, kills: Kills) -> int:
    command = [PHULUC, "convert", folder / "in", "-o", folder / out, "--workers", str(workers), "--log-json"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None  # noqa: S101 - for the type checker
    for line in run.stderr:
        if not line.startswith("{"):
            print(f"  {line.rstrip()}")
        if '"event": "document"' in line and (what := kills.due()):
            victims = [run.pid] if what == "parent" else _children(run.pid)
            for pid in victims[:1]:
                os.kill(pid, signal.SIGKILL)
                kills.done[what] += 1
    return run.wait()


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(each) for each in text.split()]


def _compare(folder: Path, documents: int, expected: int) -> bool:
    calm, torn = _content(folder / "calm"), _content(folder / "torn")
    different = sorted(name for name in calm.keys() | torn.keys() if calm.get(name) != torn.get(name))
    paths = Counter(_column(folder / "torn" / "documents", "source_path"))
    statuses = Counter(_column(folder / "torn" / "documents", "status"))
    tasks = len(_column(folder / "torn" / "tasks", "task_id"))
    print(f"{len(paths)} of {documents} documents, {max(paths.values())} time(s) each; {dict(statuses)}")
    print(f"{tasks} task rows found, {expected} written; {len(calm)} files, {len(different)} different")
    return bool(different) or len(paths) != documents or max(paths.values()) != 1


def _content(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".phuluc" not in path.parts
    }


def _column(folder: Path, name: str) -> list[str]:
    return [
        value
        for path in sorted(folder.glob("*.parquet"))
        for value in pq.ParquetFile(path).read([name]).column(name).to_pylist()
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--parents", type=int, default=3, help="how often the parent is killed")
    parser.add_argument("--children", type=int, default=10, help="how often a worker is killed")
    parser.add_argument("--scratch", default=None, help="folder for the corpus and the outputs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
