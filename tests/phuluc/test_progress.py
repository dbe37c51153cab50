"""How a run tells where it is: each way of telling, on what it is made for."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from phuluc.batch.failures import DocumentTimeoutError
from phuluc.batch.outcome import Outcome, failed
from phuluc.batch.progress import JsonLines, PlainLines, printable
from phuluc.batch.summary import Summary
from phuluc.document.records import Source

SOURCE = Source(Path("a\nb.pdf"), "a\nb.pdf", "0" * 64, 5)
OUTCOMES = [Outcome(SOURCE, "ok", {}), failed(SOURCE, DocumentTimeoutError("took longer than 1 s"))]


def report(reporter):
    reporter.planned(2, Summary(inputs=2))
    for outcome in OUTCOMES:
        reporter.finished(outcome)
    reporter.ended(Summary(inputs=2, ok=1, failed=1, state="finished"))


def test_plain_lines_name_failures_on_one_line_each(capsys):
    report(PlainLines())
    assert capsys.readouterr().err.splitlines() == ["failed a\\nb.pdf: timeout"]


def test_plain_lines_tell_speed_and_time_left_now_and_then(capsys, monkeypatch):
    now = iter([0.0, 5.0, 20.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    report(PlainLines())
    assert "2/2 documents, 0.1 per second, 0 s left, 1 failed" in capsys.readouterr().err


def test_json_lines_are_json(capsys):
    report(JsonLines())
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["planned", "document", "document", "ended"]
    assert (events[2]["code"], events[2]["source_path"]) == ("timeout", "a\nb.pdf")


def test_a_bar_is_drawn_on_a_terminal_only():
    ours, theirs = pty.openpty()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_progress import report\n"
        "from phuluc.batch.progress import reporter_for; report(reporter_for(log_json=False))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    assert done.stdout == b""
    assert "2/2" in said
    assert "failed 1" in said


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("a\nb", "a\\nb"),
        ("a\x1b[31mb", "a\\x1b[31mb"),  # a name that would colour the terminal
    ],
)
def test_names_cannot_move_the_cursor(path, expected):
    assert printable(path) == expected
