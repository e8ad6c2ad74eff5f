"""Feeds and sites that are polled for articles, and what they showed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")


def upgrade() -> None:
    _sources()
    _items()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", _Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="digests.feeds.SourceKind"),
        sa.Column("url", sa.Text(), nullable=False, comment="the feed, or the root of the WordPress API"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="digests.origins.url_key: a source is there once"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="on, off, or deleted, whose items are remembered all the same"
        ),
        sa.Column(
            "off_reason", sa.Text(), server_default=_EMPTY, nullable=False, comment="why it was switched off by itself"
        ),
        sa.Column("trusted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rubric_id", _Id, nullable=True),
        sa.Column("etag", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("last_modified", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("modified_after", sa.BigInteger(), nullable=True, comment="the newest change seen, for WordPress"),
        sa.Column("polled_at", sa.BigInteger(), nullable=True, comment="the last success"),
        sa.Column("next_poll_at", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True, comment="some instance is at it"),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="in a row"),
        sa.Column("failure", sa.Text(), server_default=_EMPTY, nullable=False, comment="the last one's reason"),
        sa.Column(
            "notice",
            sa.Text(),
            nullable=True,
            comment="JSON, digests.feeds.Notice: what editors have not been told yet",
        ),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rubric_id"], ["rubrics.id"], name=op.f("fk_sources_rubric_id_rubrics"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("url_key", name=op.f("uq_sources_url_key")),
        comment="Feeds and sites that are polled for articles.",
    )
    _partial("ix_sources_due", "sources", "next_poll_at", "state = 'on'")
    _partial("ix_sources_untold", "sources", "id", "notice IS NOT NULL")


def _items() -> None:
    op.create_table(
        "source_items",
        sa.Column("source_id", _Id, nullable=False),
        sa.Column(
            "item_key",
            sa.Text(),
            nullable=False,
            comment="the source's own name for it, else its address, else its text",
        ),
        sa.Column("link_key", sa.Text(), server_default=_EMPTY, nullable=False, comment="digests.origins.url_key"),
        sa.Column("article_id", _Id, nullable=True, comment="null: seen, and no article"),
        sa.Column(
            "content_hash", sa.Text(), nullable=False, comment="of what the source said when it was last looked at"
        ),
        sa.Column("written", sa.Text(), server_default=_EMPTY, nullable=False, comment="of the article as we left it"),
        sa.Column("modified_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "publish", sa.SmallInteger(), server_default=sa.text("0"), nullable=False, comment="still to be published"
        ),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_source_items_article_id_articles"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_source_items_source_id_sources"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "item_key", name=op.f("pk_source_items")),
        comment="What sources showed us, for ever: an item that comes back, or moves within its feed, is no news.",
    )
    op.create_index("ix_source_items_source_id_link_key", "source_items", ["source_id", "link_key"])
    op.create_index("ix_source_items_article_id", "source_items", ["article_id"])
    _partial("ix_source_items_publish", "source_items", "source_id", "publish = 1")


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
