"""What can go wrong with a document from the outside, and what to tell the user for every code.

Causes inside a file are `extract.errors`; these are the ones the program sees: a child that hangs, dies or
eats the memory, a file that cannot be opened.
"""

from __future__ import annotations

from typing import ClassVar

from extract.errors import ReadError


class DocumentTimeoutError(ReadError):
    """A document that took longer than `--timeout`; its process was killed."""

    code = "timeout"
    advice: ClassVar[dict[str, str]] = {
        "en": "Convert the file alone with a longer --timeout, or split it.",
        "vi": "Hãy chuyển đổi riêng tệp này với --timeout dài hơn, hoặc tách tệp.",
    }


class ProcessDiedError(ReadError):
    """A document whose process died, each time it was tried."""

    code = "crashed"
    advice: ClassVar[dict[str, str]] = {
        "en": "The file crashes a library; open and save it with the program that made it, and report it.",
        "vi": "Tệp làm thư viện đọc bị lỗi; hãy mở và lưu lại bằng phần mềm gốc, và xin báo lỗi.",
    }


class OutOfMemoryError(ReadError):
    """A document that needs more memory than `--memory` allows."""

    code = "out_of_memory"
    advice: ClassVar[dict[str, str]] = {
        "en": "Convert the file alone with a larger --memory, or split it.",
        "vi": "Hãy chuyển đổi riêng tệp này với --memory lớn hơn, hoặc tách tệp.",
    }


class NotAccessibleError(ReadError):
    """A file or folder that the operating system does not let us read, or that is gone."""

    code = "not_accessible"
    advice: ClassVar[dict[str, str]] = {
        "en": "Check that the file exists and that you may read it, then run the same command again.",
        "vi": "Hãy kiểm tra tệp có tồn tại và bạn có quyền đọc, rồi chạy lại lệnh.",
    }


class InternalError(ReadError):
    """A bug: the traceback is in the run folder, not on the screen."""

    code = "internal_error"
    advice: ClassVar[dict[str, str]] = {
        "en": "This is a bug in Phuluc; report it with the traceback in OUT/.phuluc/run-*/errors.log.",
        "vi": "Đây là lỗi của Phuluc; xin báo lỗi kèm nội dung tệp OUT/.phuluc/run-*/errors.log.",
    }


RETRY_CODES = frozenset({"crashed", "not_accessible", "missing_helper", "internal_error"})
"""Causes that may lie outside the document: the next run tries it again even though it is unchanged."""


LIMIT_CODES = frozenset({"timeout", "out_of_memory", "too_large"})
"""Causes that a larger --timeout or --memory may cure: tried again when the next run allows more."""


def read_error(code: str, message: str, page: int | None) -> ReadError:
    """Give the error of a code; raises ValueError for a code that no error has."""
    kind = _by_code().get(code)
    if kind is None:
        raise ValueError(f"no error has the code {code}")
    return kind(message, page)


def advice_for(code: str, lang: str) -> str:
    """Give the advice for an error code; unknown codes get the general one."""
    return _by_code().get(code, ReadError).advice[lang]


def _by_code() -> dict[str, type[ReadError]]:
    found: dict[str, type[ReadError]] = {}
    waiting: list[type[ReadError]] = [ReadError]
    while waiting:
        error = waiting.pop()
        found.setdefault(error.code, error)
        waiting.extend(error.__subclasses__())
    return found
