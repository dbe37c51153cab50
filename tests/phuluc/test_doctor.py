"""`phuluc doctor`: which optional programs are there, and the line that installs each that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from extract.scan.engine import data_folders
from phuluc.commands.doctor import command
from phuluc.doctor import examine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make a machine without any of the programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("extract.scan.engine._FOLDERS", ())
    data_folders.cache_clear()
    yield
    data_folders.cache_clear()


@pytest.mark.usefixtures("bare")
def test_each_missing_program_is_named_with_its_install_line() -> None:
    done = CliRunner().invoke(command, ["--lang", "en"], standalone_mode=False)
    assert done.return_value == 1
    lines = done.output.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "soffice (LibreOffice)",
        "antiword",
        "tesseract",
        "tesseract language vie",
    ]
    assert all("missing" in line and "sudo apt-get install" in line for line in lines)


def test_what_the_setup_script_installs_is_found() -> None:
    versions = {helper.name: helper.version for helper in examine()}
    assert None not in versions.values(), versions
    assert versions["antiword"] is not None
    assert versions["antiword"].startswith("Version: 0.")
