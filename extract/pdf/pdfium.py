"""pdfium's C functions, called without pypdfium2's checked wrappers.

A page needs about a thousand calls. Through pypdfium2's prototypes (pointer classes, GIL released and taken
again) one costs 0.5 microseconds, through these 0.15: on 64 pages of plans 1.8 against 0.9 ms a page.
Handles are plain integers here; whoever opens one closes it.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable

OBJECT_TEXT, OBJECT_PATH, OBJECT_IMAGE, OBJECT_SHADING, OBJECT_FORM = 1, 2, 3, 4, 5

_POINTER, _INT, _UINT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_LoadPage": (_POINTER, (_POINTER, _INT)),
    "FPDF_ClosePage": (None, (_POINTER,)),
    "FPDF_GetPageBoundingBox": (_INT, (_POINTER, _POINTER)),
    "FPDFPage_GetRotation": (_INT, (_POINTER,)),
    "FPDFText_LoadPage": (_POINTER, (_POINTER,)),
    "FPDFText_ClosePage": (None, (_POINTER,)),
    "FPDFText_CountChars": (_INT, (_POINTER,)),
    "FPDFText_GetText": (_INT, (_POINTER, _INT, _INT, _POINTER)),
    "FPDFText_GetUnicode": (_UINT, (_POINTER, _INT)),
    "FPDFText_CountRects": (_INT, (_POINTER, _INT, _INT)),
    "FPDFText_GetRect": (_INT, (_POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFText_GetCharBox": (_INT, (_POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFText_GetLooseCharBox": (_INT, (_POINTER, _INT, _POINTER)),
    "FPDFText_GetTextObject": (_POINTER, (_POINTER, _INT)),
    "FPDFText_GetMatrix": (_INT, (_POINTER, _INT, _POINTER)),
    "FPDFText_GetCharOrigin": (_INT, (_POINTER, _INT, _POINTER, _POINTER)),
    "FPDFText_GetFontSize": (ctypes.c_double, (_POINTER, _INT)),
    "FPDFTextObj_GetFont": (_POINTER, (_POINTER,)),
    "FPDFTextObj_GetTextRenderMode": (_INT, (_POINTER,)),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, (_POINTER, _POINTER, ctypes.c_size_t)),
    "FPDFFont_GetFlags": (_INT, (_POINTER,)),
    "FPDFPage_CountObjects": (_INT, (_POINTER,)),
    "FPDFPage_GetObject": (_POINTER, (_POINTER, _INT)),
    "FPDFPageObj_GetType": (_INT, (_POINTER,)),
    "FPDFPageObj_GetBounds": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetMatrix": (_INT, (_POINTER, _POINTER)),
    "FPDFPageObj_GetStrokeColor": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetFillColor": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetStrokeWidth": (_INT, (_POINTER, _POINTER)),
    "FPDFPath_GetDrawMode": (_INT, (_POINTER, _POINTER, _POINTER)),
    "FPDFPath_CountSegments": (_INT, (_POINTER,)),
    "FPDFPath_GetPathSegment": (_POINTER, (_POINTER, _INT)),
    "FPDFPathSegment_GetPoint": (_INT, (_POINTER, _POINTER, _POINTER)),
    "FPDFPathSegment_GetType": (_INT, (_POINTER,)),
    "FPDFPathSegment_GetClose": (_INT, (_POINTER,)),
    "FPDFFormObj_CountObjects": (_INT, (_POINTER,)),
    "FPDFFormObj_GetObject": (_POINTER, (_POINTER, _UINT)),
}


@cache
def function(name: str) -> Callable[..., Any]:
    """Give pdfium's C function `name` with integer handles and raw addresses as arguments."""
    result, arguments = _SIGNATURES[name]
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None  # noqa: S101 - a function of a loaded library has an address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """Give the address behind one of pypdfium2's pointer objects."""
    address = ctypes.cast(pointer, ctypes.c_void_p).value
    if address is None:
        message = "null handle"
        raise ValueError(message)
    return address


class Numbers:
    """Room for the numbers a C call writes; `addresses` are its out-arguments."""

    __slots__ = ("addresses", "base", "values")

    def __init__(self, kind: Any, count: int) -> None:
        self.values = (kind * count)()
        self.base = ctypes.addressof(self.values)
        self.addresses = tuple(self.base + i * ctypes.sizeof(kind) for i in range(count))
