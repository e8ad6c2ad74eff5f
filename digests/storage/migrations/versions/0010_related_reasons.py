"""Why articles are similar, and what the index of similar ones keeps of each, which need not be read anew then."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "related",
        sa.Column(
            "reasons",
            sa.Text(),
            server_default=sa.text("''"),
            nullable=False,
            comment="shared words, for kind 'similar'",
        ),
    )
    op.create_table(
        "article_terms",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="of the article; at another, terms are made anew"),
        sa.Column(
            "is_listed",
            sa.SmallInteger(),
            nullable=False,
            comment="0: published before the index was ready, lists are owed",
        ),
        sa.Column("terms", sa.LargeBinary(), nullable=False, comment="digests.terms.packed, with its own checksum"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_terms_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_terms")),
        comment="Published articles as the index of similar ones holds them.",
    )
    op.create_index("ix_articles_revisions", "articles", ["state", "revision", "id"])
