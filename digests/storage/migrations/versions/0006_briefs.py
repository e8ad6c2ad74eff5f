"""What tells articles in two sentences; those published already get theirs when they are next shown."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_briefs",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_briefs_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_briefs")),
        comment="Two sentences of an article; an old one gets them when an edition first shows it.",
    )
