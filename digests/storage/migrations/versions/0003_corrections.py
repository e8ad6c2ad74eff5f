"""Corrections of fact, and which editions announce them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", _Id, nullable=False),
        sa.Column("article_id", _Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "corrected_at", sa.BigInteger(), nullable=False, comment="who got the article before got the wrong text"
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_corrections_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        comment="What editors say was wrong in an article; announced once to each reader who was sent it.",
    )
    op.create_index("ix_corrections_made_at", "corrections", ["made_at"])
    op.create_table(
        "edition_corrections",
        sa.Column("edition_id", _Id, nullable=False),
        sa.Column("correction_id", _Id, nullable=False),
        sa.Column(
            "local_date", sa.Text(), nullable=False, comment="ISO 8601; of the edition that had the article first"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["editions.id"],
            name=op.f("fk_edition_corrections_edition_id_editions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name=op.f("fk_edition_corrections_correction_id_corrections")
        ),
        sa.PrimaryKeyConstraint("edition_id", "correction_id", name=op.f("pk_edition_corrections")),
    )
    op.create_index("ix_edition_corrections_correction_id", "edition_corrections", ["correction_id"])
    op.create_index("ix_edition_articles_article_id", "edition_articles", ["article_id"])
