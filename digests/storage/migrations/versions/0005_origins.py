"""Where articles were taken from: the site and the page."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_origins",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("site", sa.Text(), nullable=False, comment="what editors' corrections of the cutting are kept for"),
        sa.Column("url", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "url_key", sa.Text(), server_default=sa.text("''"), nullable=False, comment="digests.origins.url_key"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_origins_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_origins")),
        comment="Where articles were taken from, if not typed or pasted.",
    )
    op.create_index("ix_article_origins_site", "article_origins", ["site"])
    op.create_index("ix_article_origins_url_key", "article_origins", ["url_key"])
