"""What is known of lines: in one article, of a source, and which lines a source repeats."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NONE = sa.text("0")


def upgrade() -> None:
    op.create_table(
        "line_marks",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("line", sa.Text(), nullable=False, comment="digests.labels.lines_of"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), server_default=_NONE, nullable=False, comment="0: nobody"),
        sa.Column("made_at", sa.BigInteger(), server_default=_NONE, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_line_marks_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "line", name=op.f("pk_line_marks")),
        comment="Lines that an editor, a rule or repetition labelled, and those whose label is doubtful; no others.",
    )
    op.create_table(
        "line_rules",
        sa.Column("id", _Id, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("line_key", sa.Text(), nullable=False, comment="digests.labels.line_key"),
        sa.Column("sample", sa.Text(), nullable=False, comment="the line as the editor saw it"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "uses", sa.Integer(), server_default=_NONE, nullable=False, comment="articles that it was applied to"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_rules")),
        sa.UniqueConstraint("site", "line_key", name=op.f("uq_line_rules_site_line_key")),
        comment="What editors said of lines of a source, for its next articles.",
    )
    op.create_table(
        "site_lines",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("line_key", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("text_key", sa.Text(), nullable=False, comment="equal for two articles of one text"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_site_lines_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "line_key", name=op.f("pk_site_lines")),
        comment="The short lines of the newest articles of each source.",
    )
    op.create_index("ix_site_lines_site", "site_lines", ["site", "article_id"])
