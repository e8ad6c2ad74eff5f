"""Markdown as HTML: CommonMark with tables and struck-out words; what a file says of itself stands at its head."""

import re
from html import escape

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FACT = re.compile(r"^(title|description|lead|subtitle|excerpt|summary)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(r"^#\s|^.+\n=+\s*$", re.MULTILINE)


def html_of(text: str) -> str:
    """Return the text as HTML; a title and a description of its front matter stand above it."""
    from markdown_it import MarkdownIt

    head, body = _parted(text)
    rendered: str = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)
    return head + rendered


def _parted(text: str) -> tuple[str, str]:
    """Return what the front matter says, as HTML, and the text below it."""
    front = _FRONT.match(text)
    if not front:
        return "", text
    body = text[front.end() :]
    facts = {name.lower(): value.strip().strip("\"'") for name, value in _FACT.findall(front[1])}
    title = facts.pop("title", "")
    head = f"<h1>{escape(title)}</h1>" if title and not _TITLE.search(body) else ""
    return head + "".join(f"<p>{escape(value)}</p>" for value in facts.values()), body
