"""LibreOffice, headless: an old office file to DOCX or XLSX, in a place that is swept whatever happens.

A process that converts old files has one LibreOffice, kept by a program of its own (`extract.office_keeper`) that
watches a pipe from us: when the pipe closes, because we end, gave up or were killed, it kills LibreOffice and removes
its folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from extract.errors import DamagedFileError, MissingHelperError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

Target: TypeAlias = Literal["docx", "xlsx"]
TIMEOUT = 120.0
_FILTERS: dict[Target, str] = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_SWEEPING = 5.0  # seconds the keeper has to sweep up when we end
_OFFICES: dict[int, _Office] = {}  # by process: a fork must not share its parent's


def soffice() -> str | None:
    """Give the path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextlib.contextmanager
def converted(
    path: Path, target: Target, *, suffix: str, source_filter: str = "", timeout: float = TIMEOUT
) -> Iterator[Path]:
    """Convert `path`; the result exists inside the `with` block only.

    Args:
        path: the document.
        target: what to make of it.
        suffix: the ending to give the copy that LibreOffice reads: it trusts names, and names lie.
        source_filter: LibreOffice's name for the format; without it a damaged file is "read" as plain text.
        timeout: seconds until the conversion is given up.

    Raises:
        MissingHelperError: LibreOffice is not installed.
        DamagedFileError: LibreOffice could not read the file.
        TooLargeError: it did not finish in time.
    """
    program = soffice()
    if program is None:
        raise MissingHelperError("LibreOffice (soffice) is not installed")
    office = _OFFICES.get(os.getpid()) or _Office(program)
    name = secrets.token_hex(8)
    order = {
        "source": str(path.absolute()),
        "copy": f"{name}{suffix}",
        "infilter": source_filter,
        "to": _FILTERS[target],
        "result": f"{name}.{target}",
    }
    answer = office.ask(order, timeout)
    if not answer and office.is_gone():  # killed from outside, which says nothing about the document
        let_go()
        office = _Office(program)
        answer = office.ask(order, timeout)
    if not answer:  # it hangs: the next document gets another
        let_go()
        raise TooLargeError(f"LibreOffice did not finish within {timeout:.0f} seconds")
    if answer != "done":
        raise DamagedFileError("LibreOffice cannot read the file")
    result = office.folder / "out" / order["result"]
    try:
        yield result
    finally:
        result.unlink(missing_ok=True)


def let_go() -> None:
    """End the LibreOffice of this process, if it has one."""
    office = _OFFICES.pop(os.getpid(), None)
    if office is not None:
        office.close()


class _Office:
    """Our end of a keeper: `folder` is removed by it when the pipe closes."""

    def __init__(self, program: str) -> None:
        self.folder = Path(tempfile.gettempdir()) / f"phuluc-office-{secrets.token_hex(8)}"
        keeper = Path(__file__).with_name("office_keeper.py")
        self._keeper = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", str(keeper), str(self.folder), program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # who kills our process group must leave it to sweep up
        )
        _OFFICES[os.getpid()] = self
        Finalize(None, let_go, exitpriority=0)  # unlike `atexit`, also at the end of a worker

    def ask(self, order: dict[str, str], timeout: float) -> str:
        """Give the keeper's answer, "" if there is none in time."""
        orders, answers = self._keeper.stdin, self._keeper.stdout
        if orders is None or answers is None:
            return ""
        with contextlib.suppress(BrokenPipeError):
            orders.write(json.dumps(order).encode() + b"\n")
            orders.flush()
            if select.select([answers], [], [], timeout)[0]:
                return answers.readline().decode().strip()
        return ""

    def is_gone(self) -> bool:
        """Tell whether the keeper, which gave no answer, has ended: its pipe closes a little before it does."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._keeper.wait(1)
        return self._keeper.returncode is not None

    def close(self) -> None:
        """Let go of the pipe, and see to it that the folder is gone when we return."""
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            self._keeper.communicate(timeout=_SWEEPING)
        shutil.rmtree(self.folder, ignore_errors=True)
