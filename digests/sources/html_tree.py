"""HTML as a tree: parsed whatever its state, and what of its elements nobody sees."""

import re
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from digests.sources.html_tags import INLINE, SILENT, SIMPLE

Element: TypeAlias = Any  # lxml comes without types

_LINKED = frozenset(("http", "https", "mailto", "tg"))
_HREF_LIMIT = 2000  # characters; a longer address is a script's
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_UNREADABLE = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]*)\b[^<>]*>", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|template|noscript|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def parsed(markup: str) -> Element | None:
    """Return the tree of a page or a fragment; None if there is nothing in it.

    What is nested deeper than the parser follows loses its nesting, not its text.
    """
    text = _UNREADABLE.sub("\ufffd", markup.replace("\0", ""))
    for flatten in (str, _shallow, _flat):
        root, is_whole = _parsed(flatten(text))
        if is_whole:
            return root
    return root


def _parsed(text: str) -> tuple[Element | None, bool]:
    """Return the tree and whether the parser went through to the end."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing but white space or comments
        return None, True
    errors = parser.error_log.filter_from_fatals()
    return root, not any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in errors)


def _shallow(text: str) -> str:
    """Return the HTML without the elements that only group others; where one begins or ends, so does a paragraph."""

    def plain(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        return tag[0] if name in SIMPLE else " " if name in INLINE else "<br><br>"

    return _TAG.sub(plain, text)


def _flat(text: str) -> str:
    """Return the HTML with line breaks for every element."""
    return _TAG.sub("<br><br>", _CODE.sub(" ", text))


def base_of(root: Element, url: str) -> str:
    """Return the address against which the links of a page are to be read."""
    base = root.find(".//base[@href]")
    return _joined(url, base.get("href")) or url if base is not None else url


def link_of(href: str | None, base: str) -> str | None:
    """Return the absolute address of a link; None if it leads nowhere outside the page, or is none to open."""
    address = (href or "").strip()
    if not address or address.startswith("#"):
        return None
    whole = _joined(base, address)
    try:
        parts = urlsplit(whole or "")
        is_there = bool(parts.hostname) or parts.scheme in ("mailto", "tg")
    except ValueError:
        return None
    return whole if whole and is_there and parts.scheme in _LINKED and len(whole) <= _HREF_LIMIT else None


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, re.sub(r"\s", "", address) if "\n" in address else address.strip().replace(" ", "%20"))
    except ValueError:  # a bracket out of place
        return None


def is_silent(element: Element) -> bool:
    """Tell whether a reader sees nothing of the element: it holds no text, or is hidden."""
    if element.tag in SILENT or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))
