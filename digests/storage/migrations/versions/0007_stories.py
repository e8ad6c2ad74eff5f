"""Repeated texts, stories, what editors say of them, and continuations in editions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _marks()
    _members()
    _decisions()
    _continuations()


def _marks() -> None:
    op.create_table(
        "article_marks",
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False, comment="digests.sameness.marks"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_marks_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "mark", name=op.f("pk_article_marks")),
        comment="What repeated texts are found by among drafts; published articles are found by their words.",
    )
    op.create_index("ix_article_marks_mark", "article_marks", ["mark"])


def _members() -> None:
    op.create_table(
        "story_members",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("story_id", _Id, nullable=False, comment="its first article"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_members_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["articles.id"], name=op.f("fk_story_members_story_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_members")),
        comment="Published articles that tell a story with others; what is alone has no row.",
    )
    op.create_index("ix_story_members_story_id", "story_members", ["story_id"])


def _decisions() -> None:
    op.create_table(
        "story_decisions",
        sa.Column("one_id", _Id, nullable=False),
        sa.Column("other_id", _Id, nullable=False),
        sa.Column("is_same", sa.SmallInteger(), nullable=False, comment="1: one story, 0: two"),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_story_decisions_ordered")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["articles.id"], name=op.f("fk_story_decisions_one_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["articles.id"], name=op.f("fk_story_decisions_other_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_story_decisions")),
        comment="What editors say of two articles; it outweighs their likeness.",
    )
    op.create_index("ix_story_decisions_other_id", "story_decisions", ["other_id"])


def _continuations() -> None:
    op.create_table(
        "edition_continuations",
        sa.Column("edition_id", _Id, nullable=False),
        sa.Column("article_id", _Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["editions.id"],
            name=op.f("fk_edition_continuations_edition_id_editions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_edition_continuations_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("edition_id", "article_id", name=op.f("pk_edition_continuations")),
        comment="Articles of an edition that continue a story of earlier days.",
    )
