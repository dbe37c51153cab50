"""Targets by URL, and passwords that are never told."""

import subprocess
import sys
from pathlib import Path

import pytest

from phuluc.exits import UsageError
from phuluc.warehouse.address import parse_address

PROGRAM = Path(sys.executable).parent / "phuluc"
SECRET = "s3cr-et"  # noqa: S105 - what must not be seen


@pytest.mark.parametrize(
    ("url", "kind", "path"),
    [
        ("duckdb:///srv/a.duckdb", "duckdb", "/srv/a.duckdb"),
        ("duckdb://data/a.duckdb", "duckdb", "data/a.duckdb"),
        ("duckdb:///srv/k%E1%BA%BF%20ho%E1%BA%A1ch.duckdb", "duckdb", "/srv/kế hoạch.duckdb"),
        ("delta:///srv/lake", "delta", "/srv/lake"),
    ],
)
def test_paths(url, kind, path):
    address = parse_address(url)
    assert (address.kind, str(address.path)) == (kind, path)


@pytest.mark.parametrize(
    "url",
    ["", "duckdb", "duckdb://", "delta://", "mysql://h/d", "sqlite:///x", "/srv/a.duckdb", "C:\\a.duckdb"],
)
def test_no_target(url):
    with pytest.raises(UsageError, match=r"is no target|không phải đích"):
        parse_address(url)


PASSWORDS = [
    f"postgresql://user:{SECRET}@host/db",
    f"postgres://user:{SECRET}@host:5432/db?sslmode=require",
    f"postgresql://host/db?user=me&password={SECRET}",
    f"postgresql://user:{SECRET}%40x@host/db",
]
REFUSED = [
    f"postgresql://user:{SECRET}/with/slash@host/db",
    f"postgresql://user:{SECRET}@with@host/db",
    f"postgresql://us%20er:{SECRET}[@host/db",
    f"postgresql://user:{SECRET}?x=1@host/db",
    f"mysql://user:{SECRET}@host/db",
]


@pytest.mark.parametrize("url", PASSWORDS)
def test_no_message_tells_the_password(url):
    address = parse_address(url)
    assert SECRET not in address.shown + repr(address)
    assert SECRET not in address.masked(f'could not connect to "{url}": no')
    assert "host" in address.shown


@pytest.mark.parametrize("url", REFUSED)
def test_a_refusal_does_not_tell_it_either(url):
    with pytest.raises(UsageError) as caught:
        parse_address(url)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("url", [*PASSWORDS, *REFUSED])
def test_the_program_never_prints_it(archive, url):
    archive.put(one="a").convert()
    url = url.replace("host", "127.0.0.1:1" if ":5432" not in url else "127.0.0.1")
    done = subprocess.run(
        [PROGRAM, "load", archive.out, url],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PHULUC_TRACEBACK": "1", "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode in (2, 3), done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "target",
    ["postgresql://nobody@127.0.0.1:1/x", "duckdb:///proc/x.duckdb", "delta:///proc/x", "duckdb:///proc"],
)
def test_a_target_that_cannot_be_reached_is_3(archive, target):
    archive.put(one="a").convert()
    done = subprocess.run([PROGRAM, "load", archive.out, target], capture_output=True, text=True, check=False)
    assert (done.returncode, target in done.stderr, "Traceback" in done.stderr) == (3, True, False), (
        done.stderr
    )
