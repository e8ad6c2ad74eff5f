"""Which articles of an edition stand for others of their story, and in what words."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "edition_members",
        sa.Column("edition_id", _Id, nullable=False),
        sa.Column("article_id", _Id, nullable=False, comment="the one that stands for the story"),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", _Id, nullable=False),
        *_keys("edition_members", "article_id", "member_id"),
        sa.PrimaryKeyConstraint("edition_id", "member_id", name=op.f("pk_edition_members")),
        comment="Articles of an edition that another one stands for; the first takes its place when it is withdrawn.",
    )
    op.create_index("ix_edition_members_article_id", "edition_members", ["article_id"])
    op.create_table(
        "edition_lines",
        sa.Column("edition_id", _Id, nullable=False),
        sa.Column("article_id", _Id, nullable=False, comment="the one that stands for the story"),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("brief", sa.Text(), nullable=False),
        *_keys("edition_lines", "article_id"),
        sa.PrimaryKeyConstraint("edition_id", "article_id", name=op.f("pk_edition_lines")),
        comment="What an edition says of stories that several articles tell: the best across them.",
    )


def _keys(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    edition = sa.ForeignKeyConstraint(
        ["edition_id"], ["editions.id"], name=op.f(f"fk_{table}_edition_id_editions"), ondelete="CASCADE"
    )
    return [
        edition,
        *(
            sa.ForeignKeyConstraint([column], ["articles.id"], name=op.f(f"fk_{table}_{column}_articles"))
            for column in columns
        ),
    ]
