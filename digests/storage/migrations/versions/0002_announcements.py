"""Announcements, the pauses and stops of broadcasts, the editors' cards; deliveries of unknown end, or taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "state in ('pending', 'sending', 'sent', 'gone', 'failed', 'skipped', 'unknown', 'recalled')"
COPY = """
insert into deliveries (
    id, broadcast_id, reader_id, local_date, slot, edition_id, state, reason, attempts, not_before, lease_until,
    message_id, created_at, done_at
)
select
    id, broadcast_id, reader_id, local_date, slot, edition_id, state, reason, attempts, not_before, lease_until,
    message_id, created_at, done_at
from deliveries_before
"""
IS_OPEN = "state in ('pending', 'sending')"


def upgrade() -> None:
    _broadcasts()
    _announcements()
    _cards()
    if op.get_context().dialect.name == "sqlite":
        _deliveries_anew()
    else:
        _deliveries_in_place()


def _broadcasts() -> None:
    for column in (
        sa.Column("paused_at", sa.BigInteger(), comment="null while it goes on"),
        sa.Column("paused_why", sa.Text(), comment="digests.broadcasts.Pause"),
        sa.Column("paused_share", sa.SmallInteger(), comment="percent that failed when it was parked for that"),
        sa.Column("told_at", sa.BigInteger(), comment="when editors were told that it parked itself"),
        sa.Column("stopped_at", sa.BigInteger(), comment="null unless an editor stopped it"),
        sa.Column("recalled_at", sa.BigInteger(), comment="null unless what was sent is to be taken back"),
        sa.Column(
            "unsettled",
            sa.SmallInteger(),
            nullable=False,
            server_default=sa.text("0"),
            comment="1: rows have yet to follow",
        ),
    ):
        op.add_column("broadcasts", column)
    op.create_index("ix_broadcasts_kind", "broadcasts", ["kind", "slot_at", "id"])
    op.create_index(
        "ix_broadcasts_unsettled",
        "broadcasts",
        ["id"],
        sqlite_where=sa.text("unsettled = 1"),
        postgresql_where=sa.text("unsettled = 1"),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("broadcast_id", _Id, autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, comment="what lists call it"),
        sa.Column("source_chat", sa.BigInteger(), comment="the message that is copied; null when an article is sent"),
        sa.Column("source_message", sa.BigInteger()),
        sa.Column("article_id", _Id),
        sa.Column("rubric_id", _Id, comment="whose readers get it; null: all"),
        sa.Column(
            "entered_upto",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="the last reader entered",
        ),
        sa.Column("entered_at", sa.BigInteger(), comment="null while readers are being entered"),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_announcements_broadcast_id_broadcasts")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_announcements_article_id_articles")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_announcements_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("broadcast_id", name=op.f("pk_announcements")),
        comment="What an editor sends to readers at once; it is held until its broadcast's slot_at.",
    )
    op.create_index(
        "ix_announcements_article",
        "announcements",
        ["article_id"],
        sqlite_where=sa.text("article_id IS NOT NULL"),
        postgresql_where=sa.text("article_id IS NOT NULL"),
    )


def _cards() -> None:
    op.create_table(
        "broadcast_cards",
        sa.Column("broadcast_id", _Id, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("live", sa.SmallInteger(), nullable=False, comment="1: it is still to follow what happens"),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_broadcast_cards_broadcast_id_broadcasts")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "chat_id", name=op.f("pk_broadcast_cards")),
        comment="Where editors watch a broadcast: one card a chat.",
    )
    op.create_index(
        "ix_broadcast_cards_live",
        "broadcast_cards",
        ["shown_at"],
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live = 1"),
    )


def _deliveries_in_place() -> None:
    op.drop_constraint(op.f("ck_deliveries_state"), "deliveries", type_="check")
    op.create_check_constraint(op.f("ck_deliveries_state"), "deliveries", STATES)
    op.drop_index("ix_deliveries_broadcast", "deliveries")
    op.create_index("ix_deliveries_broadcast", "deliveries", ["broadcast_id", "state", "not_before"])


def _deliveries_anew() -> None:
    """SQLite cannot change a table's constraints; nothing refers to this table, so another takes its place."""
    op.drop_index("ix_deliveries_broadcast", "deliveries")
    op.drop_index("ix_deliveries_open", "deliveries")
    op.rename_table("deliveries", "deliveries_before")
    _create_deliveries()
    op.execute(COPY)
    op.drop_table("deliveries_before")
    op.create_index("ix_deliveries_broadcast", "deliveries", ["broadcast_id", "state", "not_before"])
    op.create_index("ix_deliveries_open", "deliveries", ["state", "not_before", "id"], sqlite_where=sa.text(IS_OPEN))


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _Id, nullable=False),
        sa.Column("broadcast_id", _Id, nullable=False),
        sa.Column("reader_id", _Id, nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("edition_id", _Id),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.CheckConstraint(STATES, name=op.f("ck_deliveries_state")),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_deliveries_broadcast_id_broadcasts")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_deliveries_edition_id_editions")),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["readers.id"], name=op.f("fk_deliveries_reader_id_readers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("reader_id", "local_date", "slot", name="uq_deliveries_once"),
    )
