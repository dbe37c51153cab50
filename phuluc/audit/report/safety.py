"""Text of strangers on our page: shown as it is, never run, never able to disturb what stands beside it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

MOST_CHARACTERS = 1_500
"""Of a cell in the page; one of 100,000 characters is a document of its own."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
_WITHOUT_ROOM = "\u200b\u2060\ufeff\ufff9-\ufffb"
_HIDDEN = re.compile(f"[{_CONTROLS}{_TURNING}{_WITHOUT_ROOM}]")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085]")
_NOT_IN_SCRIPT = re.compile(f"[<>&'\u2028\u2029{_CONTROLS}{_TURNING}]")


def shown(text: str | None, most: int = MOST_CHARACTERS) -> str:
    r"""Give a text as the page shows it: what cannot be seen is named ("⟨U+202E⟩"), what is too long is cut.

    A right-to-left override would turn round the words behind it, and an auditor must see that it is there.
    """
    if not text:
        return ""
    whole = _LINE_BREAKS.sub("\n", text)
    visible = _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", whole[:most])
    return visible if len(whole) <= most else f"{visible.rstrip()} […]"


def for_script(value: Json) -> str:
    r"""Give JSON for a `<script type="application/json">`: "</script>" and "<!--" cannot occur in it.

    Everything that HTML or old JavaScript would read otherwise is written as \uXXXX, so the text comes back
    unchanged from `JSON.parse`.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _NOT_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def digest(text: str) -> str:
    """Give what a Content-Security-Policy calls an inline script or style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
