"""The report of an audit: how long the page takes to open and to answer in Chromium, and to be written.

    uv run python -m bench.audit_report [--findings 10000] [--documents 1000] [--keep FOLDER]

Made-up tables; the browser is started once, the page opened several times, the middle of the times printed. Wanted:
open in under 2 s with 10,000 findings.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from phuluc.audit.report import ReportOptions, write_report
from tests.report.made_up import RULES, THEMES, plenty
from tests.report.test_browser import chromium

_TIMES = 7
_OPENED = "const [it] = performance.getEntriesByType('navigation'); return it.loadEventEnd"
_ANSWERED = """
const begun = performance.now(), done = arguments[arguments.length - 1];
location.hash = arguments[0];
addEventListener("hashchange", () => requestAnimationFrame(() => done(performance.now() - begun)), {once: true});
"""
_VIEWS = (
    "#/findings",
    "#/findings?q=thu+tuc",
    "#/groups",
    "#/group?n=0",
    "#/calendar",
    "#/documents",
    "#/overview",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--keep", type=Path, help="leave the page here")
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary) / "out"
        out = plenty(asked.documents, asked.findings).write(folder)
        begun, worked = time.perf_counter(), time.process_time()
        files = write_report(out, RULES, ReportOptions(themes=THEMES))
        print(
            f"written in {time.perf_counter() - begun:.1f} s ({time.process_time() - worked:.1f} s of processor), "
            f"page {files.page.stat().st_size / 1e6:.1f} MB, workbook {files.workbook.stat().st_size / 1e6:.1f} MB"
        )
        _open(files.page.as_uri(), Path(temporary) / "profile")


def _open(address: str, profile: Path) -> None:
    with chromium(profile) as browser:
        opened = []
        for _ in range(_TIMES):
            browser.get("about:blank")
            browser.get(address)
            opened.append(browser.execute_script(_OPENED))
        print(f"opened in {median(opened):.0f} ms (worst {max(opened):.0f})")
        for view in _VIEWS:
            answers = []
            for _ in range(_TIMES):
                browser.execute_script("location.hash = '#/none'")
                time.sleep(0.05)
                answers.append(browser.execute_async_script(_ANSWERED, view))
            print(f"{view}: {median(answers):.0f} ms (worst {max(answers):.0f})")


if __name__ == "__main__":
    main()
