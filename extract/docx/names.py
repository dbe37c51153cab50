"""Names of WordprocessingML, qualified as lxml wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VAL = W + "val"


def child_value(parent: etree._Element | None, name: str) -> str | None:
    """Give `w:val` of the child `w:<name>`; "" when the child has none, None when there is no child."""
    if parent is None:
        return None
    child = parent.find(W + name)
    return None if child is None else child.get(VAL, "")


def child_int(parent: etree._Element | None, name: str, default: int) -> int:
    """Give `w:val` of the child as a whole number, `default` where it is missing or no number."""
    value = child_value(parent, name)
    try:
        return int(value) if value else default
    except ValueError:
        return default


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """Read an on/off property (`w:b`, `w:vanish`): None when it is not stated."""
    value = child_value(properties, name)
    return None if value is None else value not in {"0", "false", "off"}
