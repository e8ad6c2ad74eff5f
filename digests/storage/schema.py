"""The tables, as the newest migration leaves them. Instants are whole seconds UTC; structured text is JSON."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives ids by itself only to INTEGER PRIMARY KEY columns.
Id = BigInteger().with_variant(Integer, "sqlite")


def _partial(name: str, *columns: Column[Any], where: str) -> None:
    """Declare an index over some of a table's rows."""
    Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Single values that must outlive a restart: the flood window, the scheduler's heartbeat.",
)

rubrics = Table(
    "rubrics",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column(
        "name_key",
        Text,
        nullable=False,
        unique=True,
        comment="the name as compared: case, spaces and variant letters folded",
    ),
    Column("emoji", Text, nullable=False, server_default=text("''")),
    Column("position", Integer, nullable=False),
)

editors = Table(
    "editors",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    comment="Editors; owners come from the settings.",
)

readers = Table(
    "readers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("digest_time", SmallInteger, nullable=False, comment="minutes after local midnight"),
    Column("days", SmallInteger, nullable=False, comment="bit 0 is Monday"),
    Column("rubrics", Text, nullable=False, comment="digests.rubrics.Choice.key"),
    Column("paused_until", BigInteger),
    Column("covered_until", BigInteger, nullable=False, comment="later articles are news to the reader"),
    Column("next_due", BigInteger, comment="null while nothing is to be sent"),
    Column("joined_at", BigInteger, nullable=False),
    CheckConstraint("state in ('new', 'active', 'paused', 'stopped', 'parked')", name="state"),
)
_partial("ix_readers_next_due", readers.c.next_due, readers.c.id, where="next_due is not null")

questions = Table(
    "questions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("argument", Text, nullable=False, server_default=text("''")),
    Column("asked_at", BigInteger, nullable=False),
    comment="What the next plain message of a chat answers (a city, a time, a title): no state lives in memory.",
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("rubric_id", ForeignKey("rubrics.id")),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False, comment="digests.words.normalized_title"),
    Column("title_origin", Text, nullable=False),
    Column("summary", Text, nullable=False, server_default=text("''")),
    Column("characters", Integer, nullable=False, server_default=text("0")),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("published_at", BigInteger),
    Column("collecting_until", BigInteger, comment="a draft takes further parts of a paste until then"),
    Column("collecting_all", SmallInteger, nullable=False, server_default=text("0"), comment="1: until /done is said"),
    # Long texts come last: SQLite reads through them to what stands behind.
    Column("lead", Text, nullable=False, comment="JSON, digests.blocks.dump"),
    Column("sections", Text, nullable=False, comment="JSON: [[heading spans as one block, blocks], …]"),
    Column("removed", Text, nullable=False, comment="JSON: [[reason, block], …]"),
    Column("source_links", Text, nullable=False, comment="JSON: [[title, href], …]"),
    CheckConstraint("state in ('draft', 'published', 'withdrawn')", name="state"),
    CheckConstraint("state <> 'published' or (rubric_id is not null and published_at is not null)", name="filed"),
    sqlite_autoincrement=True,  # the button of a deleted draft must never name another article
)
Index("ix_articles_published", articles.c.state, articles.c.published_at, articles.c.id)
Index("ix_articles_rubric", articles.c.state, articles.c.rubric_id, articles.c.published_at)
Index("ix_articles_title_key", articles.c.title_key)
_partial("ix_articles_drafts", articles.c.author_id, articles.c.updated_at, where="state = 'draft'")

article_parts = Table(
    "article_parts",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("arrival", Text, nullable=False, comment="how it came: digests.collecting.Arrival"),
    Column("received_at", BigInteger, nullable=False),
    Column("blocks", Text, nullable=False, comment="JSON, digests.blocks.dump; the input as it came"),
    PrimaryKeyConstraint("article_id", "message_id"),
    comment="The messages an article was pasted from; their ids order them and make a repeated update harmless.",
)
Index("ix_article_parts_message_id", article_parts.c.message_id)

related = Table(
    "related",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("target_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("score", Integer, nullable=False, server_default=text("0"), comment="cosine × 1000 for kind 'similar'"),
    Column("reasons", Text, nullable=False, server_default=text("''"), comment="shared words, for kind 'similar'"),
    PrimaryKeyConstraint("article_id", "kind", "target_id"),
    CheckConstraint("article_id <> target_id", name="not_itself"),
    comment="The editor's choice and articles similar by text; the source's tail stays in articles.source_links.",
)
Index("ix_related_target", related.c.target_id)

editions = Table(
    "editions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="digest of language, local date, slot and article ids"),
    Column("language", Text, nullable=False),
    Column("local_date", Text, nullable=False, comment="ISO 8601"),
    Column("slot", SmallInteger, comment="minutes after local midnight; null when made on demand"),
    Column("until", BigInteger, nullable=False),
    Column("stories", Text, nullable=False, comment="JSON: [[article id, sentence], …]"),
    Column("composed_at", BigInteger, nullable=False),
)

edition_articles = Table(
    "edition_articles",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("rubric_id", ForeignKey("rubrics.id"), nullable=False),
    PrimaryKeyConstraint("edition_id", "position"),
)

Index("ix_edition_articles_article_id", edition_articles.c.article_id)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("corrected_at", BigInteger, nullable=False, comment="who got the article before got the wrong text"),
    Column("made_at", BigInteger, nullable=False),
    comment="What editors say was wrong in an article; announced once to each reader who was sent it.",
)
Index("ix_corrections_made_at", corrections.c.made_at)

edition_corrections = Table(
    "edition_corrections",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    Column("correction_id", ForeignKey("corrections.id"), nullable=False),
    Column("local_date", Text, nullable=False, comment="ISO 8601; of the edition that had the article first"),
    PrimaryKeyConstraint("edition_id", "correction_id"),
)
Index("ix_edition_corrections_correction_id", edition_corrections.c.correction_id)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True, comment="digest: the slot's instant; announcement: its own"),
    Column("slot_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("paused_at", BigInteger, comment="null while it goes on"),
    Column("paused_why", Text, comment="digests.broadcasts.Pause"),
    Column("paused_share", SmallInteger, comment="percent that failed when it was parked for that"),
    Column("told_at", BigInteger, comment="when editors were told that it parked itself"),
    Column("stopped_at", BigInteger, comment="null unless an editor stopped it"),
    Column("recalled_at", BigInteger, comment="null unless what was sent is to be taken back"),
    Column("unsettled", SmallInteger, nullable=False, server_default=text("0"), comment="1: rows have yet to follow"),
    CheckConstraint("kind in ('digest', 'announcement')", name="kind"),
    comment="All deliveries of one slot; finished when none of them is open, which is never stored.",
)
Index("ix_broadcasts_kind", broadcasts.c.kind, broadcasts.c.slot_at, broadcasts.c.id)
_partial("ix_broadcasts_unsettled", broadcasts.c.id, where="unsettled = 1")

announcements = Table(
    "announcements",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False, comment="what lists call it"),
    Column("source_chat", BigInteger, comment="the message that is copied; null when an article is sent"),
    Column("source_message", BigInteger),
    Column("article_id", ForeignKey("articles.id")),
    Column("rubric_id", ForeignKey("rubrics.id"), comment="whose readers get it; null: all"),
    Column("entered_upto", BigInteger, nullable=False, server_default=text("0"), comment="the last reader entered"),
    Column("entered_at", BigInteger, comment="null while readers are being entered"),
    Column("paid", SmallInteger, nullable=False, server_default=text("0"), comment="1: for Telegram Stars"),
    comment="What an editor sends to readers at once; it is held until its broadcast's slot_at.",
)
_partial("ix_announcements_article", announcements.c.article_id, where="article_id is not null")

broadcast_cards = Table(
    "broadcast_cards",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("live", SmallInteger, nullable=False, comment="1: it is still to follow what happens"),
    Column("shown_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("broadcast_id", "chat_id"),
    comment="Where editors watch a broadcast: one card a chat.",
)
_partial("ix_broadcast_cards_live", broadcast_cards.c.shown_at, where="live = 1")

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("broadcast_id", ForeignKey("broadcasts.id"), nullable=False),
    Column("reader_id", ForeignKey("readers.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Text, nullable=False, comment="ISO 8601, in the reader's zone"),
    Column("slot", Text, nullable=False, comment="HH:MM of a digest; '#' and the broadcast's id of an announcement"),
    Column("edition_id", ForeignKey("editions.id"), comment="null when there was nothing to send"),
    Column("state", Text, nullable=False),
    Column("reason", Text, comment="why it was skipped, or the class of the last error"),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("not_before", BigInteger, nullable=False, comment="a pending row waits until then"),
    Column("lease_until", BigInteger, comment="a sending row is pending again after that"),
    Column("message_id", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    UniqueConstraint("reader_id", "local_date", "slot", name="uq_deliveries_once"),
    CheckConstraint(
        "state in ('pending', 'sending', 'sent', 'gone', 'failed', 'skipped', 'unknown', 'recalled')", name="state"
    ),
)
_partial(
    "ix_deliveries_open",
    deliveries.c.state,
    deliveries.c.not_before,
    deliveries.c.id,
    where="state in ('pending', 'sending')",
)
Index("ix_deliveries_broadcast", deliveries.c.broadcast_id, deliveries.c.state, deliveries.c.not_before)

saved = Table(
    "saved",
    metadata,
    Column("reader_id", ForeignKey("readers.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("reader_id", "article_id"),
)
