"""Links into a private chat with the bot: t.me/<bot>?start=…, and what their words mean."""

import re

from digests.articles import ArticleId

_ARTICLE = re.compile(r"a([0-9]{1,18})")
SEARCH = "search"  # asks what to search for


def to_article(username: str, article: ArticleId) -> str:
    """Return the link that opens an article."""
    return f"https://t.me/{username}?start=a{article}"


def article_of(payload: str) -> ArticleId | None:
    """Return the article that a link's word names."""
    found = _ARTICLE.fullmatch(payload)
    return ArticleId(int(found[1])) if found else None
