"""The first tables: people, articles, editions and deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _facts_and_questions()
    _editors_and_rubrics()
    _readers()
    _articles()
    _article_parts()
    _related_and_saved()
    _editions()
    _edition_articles()
    _broadcasts()
    _deliveries()


def _facts_and_questions() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
        comment="Single values that must outlive a restart: the flood window, the scheduler's heartbeat.",
    )
    op.create_table(
        "questions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("argument", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_questions")),
        comment="What the next plain message of a chat answers (a city, a time, a title): no state lives in memory.",
    )


def _editors_and_rubrics() -> None:
    op.create_table(
        "editors",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_editors")),
        comment="Editors; owners come from the settings.",
    )
    op.create_table(
        "rubrics",
        sa.Column("id", _Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "name_key",
            sa.Text(),
            nullable=False,
            comment="the name as compared: case, spaces and variant letters folded",
        ),
        sa.Column("emoji", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubrics")),
        sa.UniqueConstraint("name_key", name=op.f("uq_rubrics_name_key")),
    )


def _readers() -> None:
    op.create_table(
        "readers",
        sa.Column("id", _Id, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("digest_time", sa.SmallInteger(), nullable=False, comment="minutes after local midnight"),
        sa.Column("days", sa.SmallInteger(), nullable=False, comment="bit 0 is Monday"),
        sa.Column("rubrics", sa.Text(), nullable=False, comment="digests.rubrics.Choice.key"),
        sa.Column("paused_until", sa.BigInteger()),
        sa.Column("covered_until", sa.BigInteger(), nullable=False, comment="later articles are news to the reader"),
        sa.Column("next_due", sa.BigInteger(), comment="null while nothing is to be sent"),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state in ('new', 'active', 'paused', 'stopped', 'parked')", name=op.f("ck_readers_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readers")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_readers_chat_id")),
    )
    op.create_index(
        "ix_readers_next_due",
        "readers",
        ["next_due", "id"],
        sqlite_where=sa.text("next_due IS NOT NULL"),
        postgresql_where=sa.text("next_due IS NOT NULL"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", _Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("rubric_id", _Id),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False, comment="digests.words.normalized_title"),
        sa.Column("title_origin", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("characters", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("collecting_until", sa.BigInteger(), comment="a draft takes further parts of a paste until then"),
        sa.Column(
            "collecting_all",
            sa.SmallInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="1: until /done is said",
        ),
        sa.Column("lead", sa.Text(), nullable=False, comment="JSON, digests.blocks.dump"),
        sa.Column("sections", sa.Text(), nullable=False, comment="JSON: [[heading spans as one block, blocks], …]"),
        sa.Column("removed", sa.Text(), nullable=False, comment="JSON: [[reason, block], …]"),
        sa.Column("source_links", sa.Text(), nullable=False, comment="JSON: [[title, href], …]"),
        sa.CheckConstraint(
            "state <> 'published' or (rubric_id is not null and published_at is not null)",
            name=op.f("ck_articles_filed"),
        ),
        sa.CheckConstraint("state in ('draft', 'published', 'withdrawn')", name=op.f("ck_articles_state")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_articles_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_articles_drafts",
        "articles",
        ["author_id", "updated_at"],
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index("ix_articles_published", "articles", ["state", "published_at", "id"])
    op.create_index("ix_articles_rubric", "articles", ["state", "rubric_id", "published_at"])
    op.create_index("ix_articles_title_key", "articles", ["title_key"])


def _article_parts() -> None:
    op.create_table(
        "article_parts",
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("arrival", sa.Text(), nullable=False, comment="how it came: digests.collecting.Arrival"),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False, comment="JSON, digests.blocks.dump; the input as it came"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_parts_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "message_id", name=op.f("pk_article_parts")),
        comment="The messages an article was pasted from; their ids order them and make a repeated update harmless.",
    )
    op.create_index("ix_article_parts_message_id", "article_parts", ["message_id"])


def _related_and_saved() -> None:
    op.create_table(
        "related",
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("target_id", _Id, nullable=False),
        sa.Column(
            "score",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="cosine × 1000 for kind 'similar'",
        ),
        sa.CheckConstraint("article_id <> target_id", name=op.f("ck_related_not_itself")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_related_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["articles.id"], name=op.f("fk_related_target_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "kind", "target_id", name=op.f("pk_related")),
        comment="The editor's choice and articles similar by text; the source's tail stays in articles.source_links.",
    )
    op.create_index("ix_related_target", "related", ["target_id"])
    op.create_table(
        "saved",
        sa.Column("reader_id", _Id, nullable=False),
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_saved_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["readers.id"], name=op.f("fk_saved_reader_id_readers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reader_id", "article_id", name=op.f("pk_saved")),
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", _Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="digest of language, local date, slot and article ids"),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False, comment="ISO 8601"),
        sa.Column("slot", sa.SmallInteger(), comment="minutes after local midnight; null when made on demand"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("stories", sa.Text(), nullable=False, comment="JSON: [[article id, sentence], …]"),
        sa.Column("composed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("key", name=op.f("uq_editions_key")),
    )


def _edition_articles() -> None:
    op.create_table(
        "edition_articles",
        sa.Column("edition_id", _Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("rubric_id", _Id, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_edition_articles_article_id_articles")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_edition_articles_edition_id_editions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_edition_articles_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_edition_articles")),
    )


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", _Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="digest: the slot's instant; announcement: its own"),
        sa.Column("slot_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind in ('digest', 'announcement')", name=op.f("ck_broadcasts_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("key", name=op.f("uq_broadcasts_key")),
        comment="All deliveries of one slot; finished when none of them is open, which is never stored.",
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _Id, nullable=False),
        sa.Column("broadcast_id", _Id, nullable=False),
        sa.Column("reader_id", _Id, nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False, comment="ISO 8601, in the reader's zone"),
        sa.Column(
            "slot",
            sa.Text(),
            nullable=False,
            comment="HH:MM of a digest; '#' and the broadcast's id of an announcement",
        ),
        sa.Column("edition_id", _Id, comment="null when there was nothing to send"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), comment="why it was skipped, or the class of the last error"),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False, comment="a pending row waits until then"),
        sa.Column("lease_until", sa.BigInteger(), comment="a sending row is pending again after that"),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.CheckConstraint(
            "state in ('pending', 'sending', 'sent', 'gone', 'failed', 'skipped')", name=op.f("ck_deliveries_state")
        ),
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
    op.create_index("ix_deliveries_broadcast", "deliveries", ["broadcast_id", "state"])
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["state", "not_before", "id"],
        sqlite_where=sa.text("state in ('pending', 'sending')"),
        postgresql_where=sa.text("state in ('pending', 'sending')"),
    )
