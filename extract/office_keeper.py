"""The keeper of one LibreOffice: a program of its own, run by path, that ends and sweeps up when its owner is gone.

    python office_keeper.py FOLDER SOFFICE

It starts LibreOffice once and lets it stay: a file then takes 0.05 seconds instead of one (LibreOffice 7.4). Orders
come as lines of JSON on standard input, `{"source", "copy", "infilter", "to", "result"}`, and each is answered by a
line: "done" or "failed". When standard input ends, because the owner is done, gave up or was killed, everything that
was started is killed and the folder is removed: that survives SIGKILL of the owner, which no `finally` does.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_PATIENCE = 30.0  # seconds until LibreOffice is up; without it a conversion starts one of its own
_MOST = 200  # conversions until it is started afresh, so that what it leaks stays small
_PIPES = ("/tmp", "/var/tmp")  # noqa: S108 - where LibreOffice puts its socket, whatever TMPDIR says
_COMMON = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nofirststartwizard")
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
# Documents are data from strangers: no macro runs, no link is followed.
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


class Keeper:
    """LibreOffice and its folder: the profile, copies of documents, results."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder = folder
        self._program = program
        self._resident: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._lock = threading.Lock()
        os.umask(0o077)
        for each in (folder, folder / "tmp", folder / "profile", folder / "profile" / "user", folder / "out"):
            each.mkdir()
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        (folder / "open.txt").write_bytes(b"")

    def convert(self, order: dict[str, str]) -> bool:
        """Convert one file; tell whether there is a result."""
        copy = self._folder / order["copy"]
        shutil.copyfile(order["source"], copy)
        try:
            self._attend()
            filters = [f"--infilter={order['infilter']}"] if order["infilter"] else []
            client = self._start(
                *filters, "--convert-to", order["to"], "--outdir", str(self._folder / "out"), str(copy)
            )
            client.wait()
        finally:
            copy.unlink()
        self._done += 1
        return (self._folder / "out" / order["result"]).is_file()

    def _attend(self) -> None:
        """See to it that LibreOffice is up and holds a document of ours open: without one it ends after an order."""
        if self._resident is not None and self._resident.poll() is None and self._done < _MOST:
            return
        self._kill()
        self._done = 0
        note = self._folder / ".~lock.open.txt#"  # LibreOffice's sign that the document is open
        note.unlink(missing_ok=True)
        self._resident = self._start(str(self._folder / "open.txt"))
        until = time.monotonic() + _PATIENCE
        while not note.exists() and self._resident.poll() is None and time.monotonic() < until:
            time.sleep(0.01)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self._lock:
            started = self._resident
            group = started.pid if started is not None and started.poll() is None else 0
            return subprocess.Popen(  # noqa: S603 - names of strangers are arguments, never code
                [self._program, *_COMMON, f"-env:UserInstallation={self._profile()}", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=group,
                env={**os.environ, "HOME": str(self._folder), "TMPDIR": str(self._folder / "tmp")},
            )

    def close(self) -> None:
        """Kill what was started and remove every trace of it. Nothing is started after that: the lock stays locked."""
        self._lock.acquire()
        self._kill()
        for _ in range(2):  # a process on its way out may still write a file
            shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> None:
        if self._resident is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._resident.pid, signal.SIGKILL)
            self._resident.wait()
            self._resident = None
        for socket in _sockets(self._profile()):
            socket.unlink(missing_ok=True)

    def _profile(self) -> str:
        return (self._folder / "profile").as_uri()


def _sockets(profile: str) -> list[Path]:
    """Give where LibreOffice listens: a name made of the profile's address (desktop/source/app/officeipcthread.cxx)."""
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)
    return [Path(folder) / name for folder in _PIPES]


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


def main(folder: str, program: str) -> None:
    """Keep one LibreOffice until standard input ends."""
    keeper = Keeper(Path(folder), program)
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            orders.put(line)
        keeper.close()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        try:
            done = keeper.convert(json.loads(orders.get()))
        except OSError:  # the document is gone, the disk is full, LibreOffice cannot be started
            done = False
        with contextlib.suppress(BrokenPipeError):  # the owner is gone; `listen` sweeps up
            print("done" if done else "failed", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
