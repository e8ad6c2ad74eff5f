"""The tables of repeated texts and of stories: which articles are one story, and what editors say of that."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from digests.storage.schema import metadata

article_marks = Table(
    "article_marks",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("mark", BigInteger, nullable=False, comment="digests.sameness.marks"),
    PrimaryKeyConstraint("article_id", "mark"),
    comment="What repeated texts are found by among drafts; published articles are found by their words.",
)
Index("ix_article_marks_mark", article_marks.c.mark)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("story_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, comment="its first article"),
    comment="Published articles that tell a story with others; what is alone has no row.",
)
Index("ix_story_members_story_id", story_members.c.story_id)

story_decisions = Table(
    "story_decisions",
    metadata,
    Column("one_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("is_same", SmallInteger, nullable=False, comment="1: one story, 0: two"),
    Column("editor_id", BigInteger, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("one_id", "other_id"),
    CheckConstraint("one_id < other_id", name="ordered"),
    comment="What editors say of two articles; it outweighs their likeness.",
)
Index("ix_story_decisions_other_id", story_decisions.c.other_id)

edition_continuations = Table(
    "edition_continuations",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    PrimaryKeyConstraint("edition_id", "article_id"),
    comment="Articles of an edition that continue a story of earlier days.",
)

edition_members = Table(
    "edition_members",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, comment="the one that stands for the story"),
    Column("position", SmallInteger, nullable=False),
    Column("member_id", ForeignKey("articles.id"), nullable=False),
    PrimaryKeyConstraint("edition_id", "member_id"),
    comment="Articles of an edition that another one stands for; the first takes its place when it is withdrawn.",
)
Index("ix_edition_members_article_id", edition_members.c.article_id)

edition_lines = Table(
    "edition_lines",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, comment="the one that stands for the story"),
    Column("sentence", Text, nullable=False),
    Column("brief", Text, nullable=False),
    PrimaryKeyConstraint("edition_id", "article_id"),
    comment="What an edition says of stories that several articles tell: the best across them.",
)
