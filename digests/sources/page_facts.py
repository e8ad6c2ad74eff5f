"""What a page says about itself outside of its text: title, date, rubrics, the name of its site."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from digests.blocks import squeezed
from digests.origins import site_of
from digests.shapes import one_line
from digests.sources.html_tree import Element

# Any: the shapes are those of the page's own JSON.
Node = dict[str, Any]

RUBRICS = 5  # names at most
_RUBRIC_LENGTH = 40  # characters; what is longer is no name
_ARTICLE = re.compile(r"article|posting|report|review|recipe|howto", re.IGNORECASE)
_BORDER = re.compile(r"\s+[|•·—–:/-]{1,2}\s+|\s*[|»]\s+")
_TITLE_LENGTH = 500  # characters of a title that is looked at
_TITLE_WORDS = 3  # of a title; fewer are the name of a rubric
_SITE_WORDS = 3  # of a site's name behind a bar, when the page does not tell it
_DATES = (
    "article:published_time", "og:published_time", "datePublished", "date", "pubdate", "publish-date", "dc.date",
    "dc.date.issued", "sailthru.date", "parsely-pub-date", "mediator_published_time",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page says about itself. `text` is the article as the page gives it to search engines; often empty."""

    title: str
    heading: Element | None  # the page's own element with the title
    published_at: datetime | None
    rubrics: tuple[str, ...]
    text: str


def facts_of(root: Element, url: str) -> Facts:
    """Return what the page says about itself."""
    metas = _metas(root)
    node = next(iter(_article_nodes(root)), {})
    names = _site_names(root, metas, node, url)
    declared = _declared_title(metas, node, root, names)
    told = _told(root, declared)
    heading = _heading(root, told or declared, names, is_told=bool(told))
    own = _text(heading) if heading is not None else ""
    return Facts(
        title=own or told or declared,
        heading=heading,
        published_at=_published(root, metas, node),
        rubrics=_rubrics(root, metas, node),
        text=unescape(_string(node.get("articleBody"))),
    )


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content", "").strip():
            found.setdefault(name.strip().lower(), []).append(meta.get("content").strip())
    return found


def _article_nodes(root: Element) -> Iterator[Node]:
    """Yield the page's descriptions of itself as an article (schema.org, JSON-LD)."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        with suppress(ValueError, RecursionError):
            data = json.loads(script.text or "", strict=False)
            yield from (node for node in _nodes(data) if _ARTICLE.search(_string(node.get("@type"))))


def _nodes(data: object) -> Iterator[Node]:
    level = [data]
    for _ in range(3):  # lists of graphs of nodes
        below: list[object] = []
        for one in level:
            if isinstance(one, dict):
                yield one
                below.extend(value for key, value in one.items() if key in ("@graph", "mainEntity"))
            elif isinstance(one, list):
                below.extend(one)
        level = below


def _string(value: object) -> str:
    """Return a value that may be a string, an object with a name, or several of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _string(value.get("name"))
    if isinstance(value, list):
        return next(filter(None, map(_string, value)), "")
    return ""


def _text(element: Element) -> str:
    return one_line("".join(element.itertext()).replace("\u00ad", ""))


def _site_names(root: Element, metas: dict[str, list[str]], node: Node, url: str) -> set[str]:
    """Return the names by which the page may call its site, without white space and in small letters."""
    names = [*metas.get("og:site_name", []), *metas.get("application-name", []), _string(node.get("publisher"))]
    names += [*metas.get("apple-mobile-web-app-title", []), site_of(url) if url else ""]
    names.append(site_of(url).rpartition(".")[0] if url else "")
    names += [_text(link) for link in root.xpath("//header//a[@rel='home' or @href='/']")[:5]]
    return {squeezed(unescape(name)).casefold() for name in names if name}


def _declared_title(metas: dict[str, list[str]], node: Node, root: Element, names: set[str]) -> str:
    page = root.find(".//head/title")
    candidates = [
        *metas.get("og:title", []),
        unescape(_string(node.get("headline"))),
        *metas.get("twitter:title", []),
        _text(page) if page is not None else "",
    ]
    return next(filter(None, (_without_site(one_line(one), names) for one in candidates)), "")


def _without_site(title: str, names: set[str]) -> str:
    """Return a title without the names of the site and its rubrics that pages hang on it."""
    title = title[:_TITLE_LENGTH]
    while borders := list(_BORDER.finditer(title)):
        last = borders[-1]
        tail = title[last.end() :]
        is_named = squeezed(tail).casefold() in names
        is_behind_bar = "|" in last[0] and len(tail.split()) <= _SITE_WORDS
        if not is_named and not is_behind_bar:
            break
        title = title[: last.start()]
    title = title.strip(" |—–-")
    return "" if squeezed(title).casefold() in names else title


def _told(root: Element, declared: str) -> str:
    """Return as much of a declared title as the page shows as a line: old sites hang rubrics and their name on it."""
    ends = [len(declared), *(border.start() for border in reversed(list(_BORDER.finditer(declared))))]
    wholes = {squeezed(declared[:end]).casefold(): declared[:end] for end in ends if _is_title(declared[:end])}
    shown = {squeezed(text).casefold() for text in root.xpath("//body//*[not(self::script or self::a)]/text()")}
    return next((text for key, text in wholes.items() if key in shown), "")


def _is_title(text: str) -> bool:
    return len(text.split()) >= _TITLE_WORDS


def _heading(root: Element, declared: str, names: set[str], *, is_told: bool) -> Element | None:
    """Return the page's first-level heading that is the title and not the name of the site.

    `is_told` says that the declared title stands on the page: then one of a word or two is the name of a rubric.
    """
    found = [
        (one, squeezed(text).casefold())
        for one in root.xpath("//h1 | //*[@itemprop='headline' and not(self::meta)]")
        if (text := _text(one))
    ]
    wanted = squeezed(declared).casefold()
    others = [(one, text) for one, text in found if text not in names]
    alike = [(one, text) for one, text in others if wanted and (text in wanted or wanted in text)]
    if alike:
        return max(alike, key=lambda pair: len(pair[1]))[0]
    if is_told and others and not _is_title(_text(others[0][0])):
        return None
    return others[0][0] if len(others) == 1 or (others and not wanted) else None


def _published(root: Element, metas: dict[str, list[str]], node: Node) -> datetime | None:
    values = [_string(node.get("datePublished")), *(value for key in _DATES for value in metas.get(key.lower(), []))]
    values += root.xpath("//*[@itemprop='datePublished']/@datetime")
    values += root.xpath("(//article//time/@datetime | //main//time/@datetime | //time[@pubdate]/@datetime)")[:3]
    values += root.xpath("//time/@datetime")[:1]
    return next(filter(None, map(_instant, values)), None)


def _instant(text: str) -> datetime | None:
    """Return the instant of an ISO date; one that names no zone is taken for UTC."""
    try:
        found = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text.strip()))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _rubrics(root: Element, metas: dict[str, list[str]], node: Node) -> tuple[str, ...]:
    sections = node.get("articleSection")
    names = [_string(one) for one in (sections if isinstance(sections, list) else [sections])]
    names += metas.get("article:section", [])
    names += [_text(link) for link in root.xpath("//a[contains(concat(' ', @rel, ' '), ' category ')]")[:RUBRICS]]
    tidy = [one_line(unescape(name)) for name in names]
    unique = {name.casefold(): name for name in reversed(tidy) if 0 < len(name) <= _RUBRIC_LENGTH}
    return tuple(reversed(unique.values()))[:RUBRICS]
