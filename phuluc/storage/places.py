"""Where inputs and outputs are: a path on this machine, or a URL of an object store ("s3://bucket/archive").

Nothing here imports fsspec: `phuluc.storage.remote` does, for URLs alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.request import url2pathname

import click

from phuluc.storage.folder import DiskFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.storage.folder import Folder


class Url(str):
    """The address of a file or folder that no path of this machine names; never ends in "/"."""

    __slots__ = ()


Place: TypeAlias = Path | Url


class PlaceParam(click.Path):
    """An argument that is a path or a URL; `file:///archive` is the path /archive."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True) -> None:
        super().__init__(exists=exists, file_okay=file_okay, path_type=Path)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """Give the path or the URL; what a path must be is checked here, a URL where it is used."""
        if isinstance(value, str) and "://" in value:
            if not value.startswith("file://"):
                return Url(value.rstrip("/"))
            value = url2pathname("/" + value.removeprefix("file://").lstrip("/"))
        path: Path = super().convert(value, param, ctx)  # type: ignore[arg-type,assignment]
        return path


def open_folder(place: Place) -> Folder:
    """Give an output folder by its place."""
    if isinstance(place, Path):
        return DiskFolder(place)
    from phuluc.storage.remote import RemoteFolder  # noqa: PLC0415 - fsspec, 0.1 s, for URLs alone

    return RemoteFolder(place)


@contextmanager
def on_this_machine(out: Place, *tables: str, readings: bool = False) -> Iterator[Path]:
    """Give the path of an output folder to read: its own, or that of a copy while the block runs.

    Args:
        tables: which to copy; none: all. Descriptions and manifests always come along.
        readings: whether what was read of the documents comes along, too.

    Raises UsageError where nothing is there, TargetError where it is being written or cannot be reached.
    """
    if isinstance(out, Path):
        yield out
        return
    from phuluc.storage.remote import copied  # noqa: PLC0415 - see above

    with copied(out, tables, readings=readings) as folder:
        yield folder
