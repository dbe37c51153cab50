"""A web page to the element that holds the act: bytes decoded, furniture away, main content found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from lxml import etree, html

from extract.errors import DamagedFileError
from extract.plaintext.decode import decode
from normalize.text import bare_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_META = regex.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]{2,30})", regex.IGNORECASE)
_XML_DECLARATION = regex.compile(r"^\s*<\?xml[^>]*\?>")
_FURNITURE = (
    "script", "style", "noscript", "template", "nav", "select", "button", "iframe", "object", "svg", "canvas",
    "head", "map", "audio", "video", "datalist",
)  # fmt: skip
_PAGE_ONLY = ("header", "footer", "aside", "menu")
_HIDDEN = regex.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", regex.IGNORECASE)
_CONTAINERS = {
    "body",
    "div",
    "main",
    "article",
    "section",
    "form",
    "center",
    "td",
    "tr",
    "tbody",
    "table",
    "span",
}
_ANCHORS = ("cong hoa xa hoi chu nghia", "noi nhan", "dang cong san viet nam")
_MIN_SHARE = 0.6


def parse(data: bytes, charset: str | None = None) -> etree._Element:
    """Parse the bytes of a page; the encoding is decided here, not by the parser."""
    text = _XML_DECLARATION.sub("", decode_page(data, charset)).replace("\0", "")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise DamagedFileError(f"no HTML: {error}") from error
    return root


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Decode by byte order mark, UTF-8 if it is valid, then by what the mail header or `<meta charset>` says."""
    declared = _META.search(data[:4096])
    decoded = decode(data)
    name = (charset or (declared[1].decode("ascii") if declared else "utf-8")).lower()
    if decoded.encoding != "cp1258":
        return decoded.text
    if name in {"utf-8", "utf8", "x-user-defined"}:
        return decoded.text
    try:
        return data.decode(name, errors="replace")
    except LookupError:
        return decoded.text


def main_content(root: etree._Element) -> etree._Element:
    """Drop what no reader sees, then go down to the element that holds the act.

    A saved page wraps the act in menus, lists of related acts and forms. We go down while one child holds most
    of the text that is no link and nothing of an act (national motto, recipients, a table) stays outside it.
    """
    body = root.find("body")
    body = root if body is None else body
    furnished = root.find(".//nav") is not None or root.find(".//script[@src]") is not None
    _drop(list(body.iter(*_FURNITURE)))
    _drop([element for element in body.iter() if isinstance(element.tag, str) and _is_hidden(element)])
    if not furnished:
        return body
    _drop([element for element in body.iter(*_PAGE_ONLY) if not _holds_act(element)])
    current = body
    while (child := _heaviest(current)) is not None:
        current = child
    return current


def _heaviest(parent: etree._Element) -> etree._Element | None:
    children = [child for child in parent if isinstance(child.tag, str)]
    weights = [_weight(child) for child in children]
    total = sum(weights)
    if not total:
        return None
    best = max(range(len(children)), key=weights.__getitem__)
    child = children[best]
    if child.tag not in _CONTAINERS or weights[best] < _MIN_SHARE * total:
        return None
    others = [other for other in children if other is not child]
    return None if any(_holds_act(other) for other in others) or child.tag == "table" else child


def _weight(element: etree._Element) -> int:
    """Letters outside links."""
    whole = sum(len(text.strip()) for text in element.itertext())
    links = sum(len(text.strip()) for link in element.iter("a") for text in link.itertext())
    return max(0, whole - links)


def _holds_act(element: etree._Element) -> bool:
    text = bare_key(" ".join(str(text) for text in element.itertext()))
    if any(anchor in text for anchor in _ANCHORS):
        return True
    tables = [element, *element.iter("table")] if element.tag == "table" else list(element.iter("table"))
    return any(len(list(table.iter("tr"))) > 2 and len(list(table.iter("td"))) > 5 for table in tables)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or bool(style and _HIDDEN.search(style))
        or (element.tag == "input" and element.get("type") == "hidden")
    )


def _drop(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            element.drop_tree() if isinstance(element, html.HtmlElement) else parent.remove(element)
