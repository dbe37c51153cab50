"""LibreOffice, headless: an old office file to DOCX or XLSX, in a place that is swept whatever happens.

A supervising shell owns the temporary folder and the LibreOffice processes. It watches a pipe from us: when the
pipe closes, because we are done, timed out or were killed, it kills the whole process group and removes the
folder. So nothing is left behind even after SIGKILL, which no `finally` survives.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from extract.errors import DamagedFileError, MissingHelperError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

Target: TypeAlias = Literal["docx", "xlsx"]
TIMEOUT = 120.0
_FILTERS: dict[Target, str] = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# $1 the folder to make, $2 the document, $3 the name of its copy; the rest is the command.
# `cat` ends when our end of the pipe is closed. The command must not hold the pipe open (3<&-).
_SUPERVISOR = """
exec 3<&0
folder=$1 source=$2 copy=$3; shift 3
( cat <&3 >/dev/null; [ -s "$folder/pid" ] && kill -s KILL -- "-$(cat "$folder/pid")" 2>/dev/null
  rm -rf -- "$folder"; rm -rf -- "$folder" ) &
umask 077
mkdir -- "$folder" "$folder/tmp" "$folder/profile" "$folder/profile/user" || exit 71
cp -- "$source" "$folder/$copy" || exit 72
printf %s "$PHULUC_OFFICE_SETTINGS" > "$folder/profile/user/registrymodifications.xcu"
setsid "$@" </dev/null >/dev/null 2>&1 3<&- &
echo $! > "$folder/pid"
exec 3<&-
wait $!
"""
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
# Documents are data from strangers: no macro runs, no link is followed.
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
        for path, name, value in (
            (_SECURITY, "MacroSecurityLevel", "3"),
            (_SECURITY, "DisableMacrosExecution", "true"),
            (_SECURITY, "BlockUntrustedRefererLinks", "true"),
            ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
            ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
        )
    )
    + "</oor:items>"
)


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
    folder = Path(tempfile.gettempdir()) / f"phuluc-office-{secrets.token_hex(8)}"
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *([f"--infilter={source_filter}"] if source_filter else []),
        "--convert-to", _FILTERS[target], "--outdir", str(folder / "out"), str(folder / f"in{suffix}"),
    ]  # fmt: skip
    supervisor = subprocess.Popen(  # noqa: S603 - a fixed script; names of strangers are arguments, never code
        ["/bin/sh", "-c", _SUPERVISOR, "sh", str(folder), str(path.absolute()), f"in{suffix}", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={
            **os.environ,
            "HOME": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "PHULUC_OFFICE_SETTINGS": _SETTINGS,
        },
    )
    try:
        try:
            supervisor.wait(timeout)
        except subprocess.TimeoutExpired:
            raise TooLargeError(f"LibreOffice did not finish within {timeout:.0f} seconds") from None
        result = folder / "out" / f"in.{target}"
        if not result.is_file():
            raise DamagedFileError("LibreOffice cannot read the file")
        yield result
    finally:
        _close(supervisor, folder)


def _close(supervisor: subprocess.Popen[bytes], folder: Path) -> None:
    """Let go of the pipe, and see to it that the folder is gone when we return."""
    if supervisor.stdin is not None:
        supervisor.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        supervisor.wait(5)
    shutil.rmtree(folder, ignore_errors=True)
