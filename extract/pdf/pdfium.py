"""pdfium's C functions, called without pypdfium2's checked wrappers.

A page needs about a thousand calls. Through pypdfium2's prototypes (pointer classes, GIL released and taken
again) one costs 0.5 microseconds, through these 0.15. Handles and addresses are plain integers here; whoever
opens a page closes it.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeAlias

from pypdfium2 import raw

OBJECT_TEXT, OBJECT_PATH, OBJECT_IMAGE, OBJECT_SHADING, OBJECT_FORM = 1, 2, 3, 4, 5

Function: TypeAlias = Callable[..., Any]

_AT, _INT, _UINT, _SIZE, _DOUBLE = (
    ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_size_t, ctypes.c_double,
)  # fmt: skip
# field of Functions: name in C, result, arguments (handles and out-arguments are addresses). Without argument
# types a call costs 0.10 instead of 0.17 microseconds; the handle must then be a `c_void_p`: a plain integer
# would be cut to 32 bits.
_SIGNATURES: dict[str, tuple[str, Any, tuple[Any, ...]]] = {
    "load_page": ("FPDF_LoadPage", _AT, (_AT, _INT)),
    "close_page": ("FPDF_ClosePage", None, (_AT,)),
    "page_box": ("FPDF_GetPageBoundingBox", _INT, (_AT, _AT)),
    "rotation": ("FPDFPage_GetRotation", _INT, (_AT,)),
    "count_annotations": ("FPDFPage_GetAnnotCount", _INT, (_AT,)),
    "load_text": ("FPDFText_LoadPage", _AT, (_AT,)),
    "close_text": ("FPDFText_ClosePage", None, (_AT,)),
    "count_chars": ("FPDFText_CountChars", _INT, (_AT,)),
    "text": ("FPDFText_GetText", _INT, (_AT, _INT, _INT, _AT)),
    "unicode": ("FPDFText_GetUnicode", _UINT, (_AT, _INT)),
    "unmapped": ("FPDFText_HasUnicodeMapError", _INT, (_AT, _INT)),
    "count_rects": ("FPDFText_CountRects", _INT, (_AT, _INT, _INT)),
    "rect": ("FPDFText_GetRect", _INT, (_AT, _INT, _AT, _AT, _AT, _AT)),
    "loose_box": ("FPDFText_GetLooseCharBox", _INT, (_AT, _INT, _AT)),
    "text_object": ("FPDFText_GetTextObject", _SIZE, ()),
    "matrix": ("FPDFText_GetMatrix", _INT, (_AT, _INT, _AT)),
    "font_size": ("FPDFText_GetFontSize", _DOUBLE, ()),
    "font": ("FPDFTextObj_GetFont", _AT, (_AT,)),
    "render_mode": ("FPDFTextObj_GetTextRenderMode", _INT, (_AT,)),
    "font_name": ("FPDFFont_GetBaseFontName", _SIZE, (_AT, _AT, _SIZE)),
    "font_flags": ("FPDFFont_GetFlags", _INT, (_AT,)),
    "count_objects": ("FPDFPage_CountObjects", _INT, (_AT,)),
    "object": ("FPDFPage_GetObject", _AT, (_AT, _INT)),
    "kind": ("FPDFPageObj_GetType", _INT, (_AT,)),
    "bounds": ("FPDFPageObj_GetBounds", _INT, (_AT, _AT, _AT, _AT, _AT)),
    "object_matrix": ("FPDFPageObj_GetMatrix", _INT, (_AT, _AT)),
    "stroke_colour": ("FPDFPageObj_GetStrokeColor", _INT, (_AT, _AT, _AT, _AT, _AT)),
    "fill_colour": ("FPDFPageObj_GetFillColor", _INT, (_AT, _AT, _AT, _AT, _AT)),
    "draw_mode": ("FPDFPath_GetDrawMode", _INT, (_AT, _AT, _AT)),
    "count_segments": ("FPDFPath_CountSegments", _INT, (_AT,)),
    "segment": ("FPDFPath_GetPathSegment", _AT, (_AT, _INT)),
    "segment_point": ("FPDFPathSegment_GetPoint", _INT, (_AT, _AT, _AT)),
    "segment_kind": ("FPDFPathSegment_GetType", _INT, (_AT,)),
    "segment_closes": ("FPDFPathSegment_GetClose", _INT, (_AT,)),
    "count_form_objects": ("FPDFFormObj_CountObjects", _INT, (_AT,)),
    "form_object": ("FPDFFormObj_GetObject", _AT, (_AT, _UINT)),
}


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions in use, by short names (their names in C: `_SIGNATURES`)."""

    load_page: Function
    close_page: Function
    page_box: Function
    rotation: Function
    count_annotations: Function
    load_text: Function
    close_text: Function
    count_chars: Function
    text: Function
    unicode: Function
    unmapped: Function
    count_rects: Function
    rect: Function
    loose_box: Function
    text_object: Function
    matrix: Function
    font_size: Function
    font: Function
    render_mode: Function
    font_name: Function
    font_flags: Function
    count_objects: Function
    object: Function
    kind: Function
    bounds: Function
    object_matrix: Function
    stroke_colour: Function
    fill_colour: Function
    draw_mode: Function
    count_segments: Function
    segment: Function
    segment_point: Function
    segment_kind: Function
    segment_closes: Function
    count_form_objects: Function
    form_object: Function


@cache
def functions() -> Functions:
    """Bind pdfium's functions, once."""
    return Functions(**{field.name: _bind(*_SIGNATURES[field.name]) for field in fields(Functions)})


def _bind(name: str, result: Any, arguments: tuple[Any, ...]) -> Function:
    prototype = ctypes.PYFUNCTYPE(result, *arguments)  # the GIL stays held: the calls are that short
    return prototype(handle(getattr(raw, name)))


def handle(pointer: Any) -> int:
    """Give the address behind one of pypdfium2's pointers."""
    address = ctypes.cast(pointer, ctypes.c_void_p).value
    if address is None:
        message = "null handle"
        raise ValueError(message)
    return address


def ask_each(function: Function, handles: Sequence[int], code: str, width: int) -> list[Any]:
    """Call `function(handle, out, …)` for each handle and give all out-arguments in one flat list.

    `code` is an array type code, `width` the number of out-arguments. A call that fails leaves ones.
    """
    answers = array(code, [1]) * (width * len(handles))
    at, size = answers.buffer_info()[0], answers.itemsize
    end = at + size * len(answers)
    outs = (range(at + size * i, end, size * width) for i in range(width))
    deque(map(function, handles, *outs), maxlen=0)
    return answers.tolist()


class Numbers:
    """Room for the numbers that a C call writes; `addresses` are its out-arguments."""

    __slots__ = ("addresses", "base", "values")

    def __init__(self, kind: Any, count: int) -> None:
        self.values = (kind * count)()
        self.base = ctypes.addressof(self.values)
        self.addresses = tuple(self.base + i * ctypes.sizeof(kind) for i in range(count))
