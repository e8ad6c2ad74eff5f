"""The table of what the index of similar articles keeps: with it, a start need not read every text."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table

from digests.storage.schema import articles, metadata

article_terms = Table(
    "article_terms",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, comment="of the article; at another, terms are made anew"),
    Column(
        "is_listed", SmallInteger, nullable=False, comment="0: published before the index was ready, lists are owed"
    ),
    Column("terms", LargeBinary, nullable=False, comment="digests.terms.packed, with its own checksum"),
    comment="Published articles as the index of similar ones holds them.",
)
# All that is asked before a publication to see whether another program has published: read from the index alone.
Index("ix_articles_revisions", articles.c.state, articles.c.revision, articles.c.id)
