"""A web that holds what a test puts there, and the reader of it that needs no process of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from digests.errors import DigestError
from digests.fetching import Fetched
from digests.fetching.errors import BadStatus

T = TypeVar("T")
Page = Fetched | DigestError


@dataclass
class FakeWeb:
    """Answers what was put, 404 for anything else, and remembers what was asked."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    before: Callable[[str], None] | None = None

    async def get(
        self, url: str, *, kinds: frozenset[str], limit: int = 0, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        self.asked.append((url, dict(headers or {})))
        if self.before:
            self.before(url)
        found = self.pages.get(url) or self.pages.get(url.split("?")[0]) or BadStatus(404, None)
        if isinstance(found, DigestError):
            raise found
        etag = found.headers.get("ETag")
        if etag and (headers or {}).get("If-None-Match") == etag:
            return Fetched(url=url, status=304, body=b"", kind="", charset=None, headers=found.headers)
        return found

    def put(self, url: str, body: str | bytes, kind: str = "application/rss+xml", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = Fetched(url=url, status=200, body=data, kind=kind, charset=None, headers=named)

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


class Inline:
    """Reads at once, in this process."""

    async def run(self, function: Callable[..., T], *args: object, timeout_s: float) -> T:
        return function(*args)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item of a feed; the text is long enough not to be taken for a teaser."""

    title: str
    link: str = ""
    guid: str = ""
    text: str = ""
    category: str = ""
    date: str = "Mon, 23 Nov 2026 09:00:00 +0000"


LONG = (
    "Дорожники закрыли мост на Садовой улице и объявили объезд по Речной набережной. "
    "Ремонт опор займёт четыре месяца, сообщили в городской администрации. "
    "Автобусы пойдут другим путём, а пешеходам оставят узкий проход вдоль перил. "
)


def text_of(entry: Entry) -> str:
    body = entry.text or LONG * 5
    return "".join(f"<p>{line}</p>" for line in (f"О новости «{entry.title}» рассказали утром в мэрии.", body))


def rss(entries: Sequence[Entry], head: str = "") -> str:
    """A feed of those entries, newest first."""
    items = "".join(
        f"<item><title>{one.title}</title>"
        + (f"<link>{one.link}</link>" if one.link else "")
        + (f"<guid isPermaLink='false'>{one.guid}</guid>" if one.guid else "")
        + (f"<category>{one.category}</category>" if one.category else "")
        + (f"<pubDate>{one.date}</pubDate>" if one.date else "")
        + f"<content:encoded><![CDATA[{text_of(one)}]]></content:encoded></item>"
        for one in entries
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Городские вести</title>"
        f"{head}{items}</channel></rss>"
    )
