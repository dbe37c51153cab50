"""What can be wrong with a file: one class per cause, each with a code and advice in two languages.

Readers raise these; `phuluc` catches them once, at the border of a document, and writes the `documents` row.
"""

from __future__ import annotations

from typing import ClassVar


class ReadError(Exception):
    """A file that gives no document. `code` goes to `documents.errors`; `advice` says what to do next."""

    code: ClassVar[str] = "unreadable"
    advice: ClassVar[dict[str, str]] = {
        "en": "Open the file by hand; if it opens, report it as a bug.",
        "vi": "Hãy mở tệp bằng tay; nếu tệp mở được, xin báo lỗi.",
    }

    def __init__(self, message: str, page: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.page = page


class EmptyFileError(ReadError):
    """A file of no bytes, or of blanks alone."""

    code = "empty_file"
    advice: ClassVar[dict[str, str]] = {
        "en": "The file holds nothing; fetch it again from its source.",
        "vi": "Tệp rỗng; hãy lấy lại tệp từ nguồn.",
    }


class DamagedFileError(ReadError):
    """A file that begins like its format and cannot be read to the end (truncated, corrupt)."""

    code = "damaged_file"
    advice: ClassVar[dict[str, str]] = {
        "en": "The file is truncated or damaged; fetch it again, or open and save it with the program that made it.",
        "vi": "Tệp bị cắt cụt hoặc hỏng; hãy lấy lại tệp, hoặc mở và lưu lại bằng phần mềm gốc.",
    }


class EncryptedFileError(ReadError):
    """A file that asks for a password."""

    code = "encrypted_file"
    advice: ClassVar[dict[str, str]] = {
        "en": "The file is protected by a password; save a copy without one.",
        "vi": "Tệp được bảo vệ bằng mật khẩu; hãy lưu một bản không có mật khẩu.",
    }


class NoPagesError(ReadError):
    """A document without a page, a sheet or a word."""

    code = "no_pages"
    advice: ClassVar[dict[str, str]] = {
        "en": "The document has no pages; fetch it again from its source.",
        "vi": "Tài liệu không có trang nào; hãy lấy lại tệp từ nguồn.",
    }


class UnsupportedFormatError(ReadError):
    """Not a document of any format we read (a program, a film, random bytes)."""

    code = "unsupported_format"
    advice: ClassVar[dict[str, str]] = {
        "en": "This is not a document that Phuluc reads; convert it to PDF, DOCX, XLSX or HTML.",
        "vi": "Đây không phải loại tài liệu Phuluc đọc được; hãy chuyển sang PDF, DOCX, XLSX hoặc HTML.",
    }


class MissingHelperError(ReadError):
    """A format that needs a program which is not installed; `phuluc doctor` names the install line."""

    code = "missing_helper"
    advice: ClassVar[dict[str, str]] = {
        "en": "Run `phuluc doctor`; it prints the install line for the program this format needs.",
        "vi": "Hãy chạy `phuluc doctor`; lệnh này in ra cách cài phần mềm mà định dạng này cần.",
    }


class NeedsOcrError(ReadError):
    """Pages are pictures and no text was recognised."""

    code = "needs_ocr"
    advice: ClassVar[dict[str, str]] = {
        "en": "The pages are pictures; recognise them (OCR) first.",
        "vi": "Các trang là ảnh; cần nhận dạng chữ (OCR) trước.",
    }


class TooLargeError(ReadError):
    """Larger than the limits that protect a run (size, pages, cells, unpacked bytes)."""

    code = "too_large"
    advice: ClassVar[dict[str, str]] = {
        "en": "Split the file, or convert it alone with a longer --timeout.",
        "vi": "Hãy tách tệp, hoặc chuyển đổi riêng tệp này với --timeout dài hơn.",
    }


class LettersLostError(ReadError):
    """Letters that an earlier conversion replaced by "?" or U+FFFD; a problem of a document, never raised."""

    code = "letters_lost"
    advice: ClassVar[dict[str, str]] = {
        "en": "An earlier conversion destroyed letters; look for the original file or a print of it.",
        "vi": "Một lần chuyển mã trước đây đã làm mất chữ; hãy tìm tệp gốc hoặc bản in.",
    }


class PageNeedsOcrError(NeedsOcrError):
    """A page whose picture was not recognised; a problem of a document, never raised."""

    code = "page_needs_ocr"


class NothingRecognisedError(ReadError):
    """A page that is a picture without a word; a problem of a document, never raised."""

    code = "nothing_recognised"
    advice: ClassVar[dict[str, str]] = {
        "en": "Look at the page: if words stand on it, scan it again at 300 dpi.",
        "vi": "Hãy xem trang này: nếu trang có chữ, hãy quét lại ở 300 dpi.",
    }


class PageUnreadableError(DamagedFileError):
    """A page that the PDF library cannot open; a problem of a document, never raised."""

    code = "page_unreadable"
