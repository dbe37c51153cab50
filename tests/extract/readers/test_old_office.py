"""Old office formats go through LibreOffice, which leaves nothing behind, whatever happens."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from extract import office, old_office
from extract.errors import DamagedFileError, MissingHelperError, ReadError, TooLargeError
from extract.office import converted
from extract.office_keeper import _sockets
from extract.readers import read
from tests.extract.readers.packages import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 .VnTime;}{\f1 .VnTimeH;}}"
    "{\\f1 kÕ ho¹ch\\par}{\\f0 Thñ t\xadíng ChÝnh phñ, quyÕt ®Þnh cña Bé\\par}"
    r"\trowd\cellx1000\cellx5000 {\f0 1\cell Ban hµnh\cell}\row }"
).encode("latin-1")


@pytest.fixture
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of its own: no document may stay in it, and nothing at all when LibreOffice is let go."""
    office.let_go()
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert [path for path in folder.rglob("*") if path.suffix in {".doc", ".docx", ".odt", ".rtf"}] == []
    office.let_go()
    assert list(folder.iterdir()) == []


def test_rich_text_in_legacy_fonts(tmp_path: Path, nothing_left: Path) -> None:
    (tmp_path / "a.doc").write_bytes(RTF)
    document = read(tmp_path / "a.doc")
    assert document.source_format == "rtf"
    assert outline(document) == ["KẾ HOẠCH", "Thủ tướng Chính phủ, quyết định của Bộ", [["1", "Ban hành"]]]
    assert document.legacy_encoding == "tcvn3"


@pytest.mark.parametrize("last", ["Nơi nhận", ""])
def test_word_and_opendocument_give_what_docx_gives(tmp_path: Path, nothing_left: Path, last: str) -> None:
    """Also with a table at the very end, which LibreOffice loses in .doc files."""
    word = docx.Document()
    word.add_paragraph("KẾ HOẠCH")
    table = word.add_table(3, 3, style="Table Grid")
    texts = ["STT", "Việc", "Hạn", "1", "a", "b", "2", "c", "d"]
    for cell, text in zip((cell for row in table.rows for cell in row.cells), texts, strict=True):
        cell.text = text
    if last:
        word.add_paragraph(last)
        table.cell(1, 0).merge(table.cell(2, 0)).text = "1"
    source = tmp_path / "a.docx"
    word.save(str(source))
    expected = outline(read(source))
    for kind in ("odt", "doc"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--convert-to", kind,
             "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        document = read(tmp_path / f"a.{kind}")
        assert (document.source_format, outline(document)) == (kind, expected)


def test_a_file_that_libreoffice_cannot_read(tmp_path: Path, nothing_left: Path) -> None:
    (tmp_path / "a.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 50
    )
    with pytest.raises(ReadError):
        read(tmp_path / "a.doc")


def offices(folder: Path) -> set[int]:
    """Give the processes that work with the one profile under `folder`."""
    (office,) = folder.iterdir()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if b"soffice.bin" in words and str(office).encode() in words:
                found.add(int(process.name))
    return found


def test_one_libreoffice_serves_a_process_until_it_dies(tmp_path: Path, nothing_left: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    expected = outline(read(tmp_path / "a.rtf"))
    (first,) = offices(nothing_left)
    assert outline(read(tmp_path / "a.rtf")) == expected
    assert offices(nothing_left) == {first}
    os.kill(first, signal.SIGKILL)
    for _ in range(2):  # the first may come before its starter has noticed, and start one that ends with it
        assert outline(read(tmp_path / "a.rtf")) == expected
    (second,) = offices(nothing_left)
    assert second != first


def test_its_socket_goes_with_it(tmp_path: Path, nothing_left: Path) -> None:
    """LibreOffice listens in /tmp itself, whatever TMPDIR says."""
    (tmp_path / "a.rtf").write_bytes(RTF)
    read(tmp_path / "a.rtf")
    (folder,) = nothing_left.iterdir()
    sockets = [path for path in _sockets((folder / "profile").as_uri()) if path.exists()]
    assert len(sockets) == 1
    office.let_go()
    assert not sockets[0].exists()


@pytest.fixture
def fake_soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that hangs, with a child that hangs too; it notes their process ids."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! $$ > {tmp_path}/pids\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "soffice", lambda: str(program))
    return program


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(pids: list[int], folder: Path) -> None:
    for _ in range(100):
        if not any(map(is_running, pids)) and not list(folder.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail(f"left behind: {[pid for pid in pids if is_running(pid)]}, {list(folder.iterdir())}")


def test_a_conversion_that_hangs_is_killed_with_its_children(
    tmp_path: Path, nothing_left: Path, fake_soffice: Path
) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    with pytest.raises(TooLargeError), converted(tmp_path / "a.rtf", "docx", suffix=".rtf", timeout=1):
        pass
    wait_until_gone([int(pid) for pid in (tmp_path / "pids").read_text().split()], nothing_left)


def test_nothing_is_left_when_we_are_killed(tmp_path: Path, nothing_left: Path, fake_soffice: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    script = (
        "import sys, tempfile\nfrom pathlib import Path\nfrom extract import office\n"
        f"tempfile.tempdir = {str(nothing_left)!r}\noffice.soffice = lambda: {str(fake_soffice)!r}\n"
        f"with office.converted(Path({str(tmp_path / 'a.rtf')!r}), 'docx', suffix='.rtf'):\n    pass\n"
    )
    ours = subprocess.Popen([sys.executable, "-c", script])
    for _ in range(200):
        if (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().strip():
            break
        time.sleep(0.05)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert all(map(is_running, pids))
    os.kill(ours.pid, signal.SIGKILL)
    ours.wait()
    wait_until_gone(pids, nothing_left)


def test_without_libreoffice_the_status_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    (tmp_path / "a.rtf").write_bytes(RTF)
    with pytest.raises(MissingHelperError):
        read(tmp_path / "a.rtf")


def test_without_libreoffice_antiword_reads_the_text_of_doc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "antiword"
    row = "<row><entry>1</entry><entry>Ban hành</entry></row>"
    program.write_text(
        "#!/bin/sh\necho '<book><bookinfo><date>2013</date></bookinfo><chapter><title/><para>KẾ HOẠCH</para>"
        f"<para><informaltable><tgroup><tbody>{row}</tbody></tgroup><tgroup><tbody>{row}</tbody></tgroup>"
        "</informaltable></para><para>Hết</para></chapter></book>'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(old_office, "soffice", lambda: None)
    (tmp_path / "a.doc").write_bytes(b"x")
    document = old_office.read_doc(tmp_path / "a.doc")
    assert outline(document) == ["KẾ HOẠCH", [["1", "Ban hành"], ["1", "Ban hành"]], "Hết"]
    assert [problem.code for problem in document.problems] == ["missing_helper"]
    program.write_text("#!/bin/sh\necho broken >&2\n")
    with pytest.raises(DamagedFileError, match="broken"):
        old_office.read_doc(tmp_path / "a.doc")
