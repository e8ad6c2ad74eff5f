"""The tables of sources that are polled for articles, and of everything they ever showed us."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)

from digests.storage.schema import Id, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False, comment="digests.feeds.SourceKind"),
    Column("url", Text, nullable=False, comment="the feed, or the root of the WordPress API"),
    Column("url_key", Text, nullable=False, unique=True, comment="digests.origins.url_key: a source is there once"),
    Column("title", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("state", Text, nullable=False, comment="on, off, or deleted, whose items are remembered all the same"),
    Column("off_reason", Text, nullable=False, server_default=text("''"), comment="why it was switched off by itself"),
    Column("trusted", SmallInteger, nullable=False, server_default=text("0")),
    Column("rubric_id", ForeignKey("rubrics.id", ondelete="SET NULL")),
    Column("etag", Text, nullable=False, server_default=text("''")),
    Column("last_modified", Text, nullable=False, server_default=text("''")),
    Column("modified_after", BigInteger, comment="the newest change seen, for WordPress"),
    Column("polled_at", BigInteger, comment="the last success"),
    Column("next_poll_at", BigInteger, nullable=False),
    Column("leased_until", BigInteger, comment="some instance is at it"),
    Column("failures", Integer, nullable=False, server_default=text("0"), comment="in a row"),
    Column("failure", Text, nullable=False, server_default=text("''"), comment="the last one's reason"),
    Column("notice", Text, comment="JSON, digests.feeds.Notice: what editors have not been told yet"),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    comment="Feeds and sites that are polled for articles.",
)
Index(
    "ix_sources_due",
    sources.c.next_poll_at,
    sqlite_where=text("state = 'on'"),
    postgresql_where=text("state = 'on'"),
)
Index(
    "ix_sources_untold",
    sources.c.id,
    sqlite_where=text("notice IS NOT NULL"),
    postgresql_where=text("notice IS NOT NULL"),
)

source_items = Table(
    "source_items",
    metadata,
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("item_key", Text, nullable=False, comment="the source's own name for it, else its address, else its text"),
    Column("link_key", Text, nullable=False, server_default=text("''"), comment="digests.origins.url_key"),
    Column("article_id", ForeignKey("articles.id", ondelete="SET NULL"), comment="null: seen, and no article"),
    Column("content_hash", Text, nullable=False, comment="of what the source said when it was last looked at"),
    Column("written", Text, nullable=False, server_default=text("''"), comment="of the article as we left it"),
    Column("modified_at", BigInteger),
    Column("publish", SmallInteger, nullable=False, server_default=text("0"), comment="still to be published"),
    Column("seen_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("source_id", "item_key"),
    comment="What sources showed us, for ever: an item that comes back, or moves within its feed, is no news.",
)
Index("ix_source_items_source_id_link_key", source_items.c.source_id, source_items.c.link_key)
Index("ix_source_items_article_id", source_items.c.article_id)
Index(
    "ix_source_items_publish",
    source_items.c.source_id,
    sqlite_where=text("publish = 1"),
    postgresql_where=text("publish = 1"),
)
