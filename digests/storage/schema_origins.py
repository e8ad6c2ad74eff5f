"""The table of where articles were taken from."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from digests.storage.schema import metadata

article_origins = Table(
    "article_origins",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("site", Text, nullable=False, comment="what editors' corrections of the cutting are kept for"),
    Column("url", Text, nullable=False, server_default=text("''")),
    Column("url_key", Text, nullable=False, server_default=text("''"), comment="digests.origins.url_key"),
    comment="Where articles were taken from, if not typed or pasted.",
)
Index("ix_article_origins_site", article_origins.c.site)
Index("ix_article_origins_url_key", article_origins.c.url_key)
