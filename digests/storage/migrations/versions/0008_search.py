"""The search: articles as stems, each engine's own full-text index over them, words and queries."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_Word = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")

# "ascii" takes every sign beyond ASCII for a part of a word: our stems are told apart by spaces and nothing else.
_SQLITE = (
    "create virtual table search_index using fts5(title, lead, body, filed,"
    " content='search_articles', content_rowid='article_id', tokenize='ascii')",
    "create trigger search_articles_added after insert on search_articles begin"
    " insert into search_index(rowid, title, lead, body, filed)"
    " values (new.article_id, new.title, new.lead, new.body, new.filed); end",
    "create trigger search_articles_removed after delete on search_articles begin"
    " insert into search_index(search_index, rowid, title, lead, body, filed)"
    " values ('delete', old.article_id, old.title, old.lead, old.body, old.filed); end",
)
# Vectors stand apart, so that the rows of many found articles are few pages to look at.
_POSTGRESQL = (
    "create table search_index (article_id bigint primary key"
    " references search_articles (article_id) on delete cascade, vector tsvector not null)"
    " with (toast_tuple_target = 128)",
    "create index ix_search_index_vector on search_index using gin (vector)",
)


def upgrade() -> None:
    _articles()
    _words()
    _queries()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _articles() -> None:
    op.create_table(
        "search_articles",
        sa.Column("article_id", _Id, nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="of the article that the words are from"),
        sa.Column(
            "version",
            sa.SmallInteger(),
            nullable=False,
            comment="digests.entries.VERSION that the words were made by",
        ),
        sa.Column("rubric_id", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "is_long",
            sa.SmallInteger(),
            nullable=False,
            comment="1: PostgreSQL cannot tell where its words stand",
        ),
        sa.Column("filed", sa.Text(), nullable=False, comment="rubric_id as a word of the index"),
        sa.Column("title", sa.Text(), nullable=False, comment="stems in their order, here and below"),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_search_articles_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_articles")),
        comment="Published articles as the search sees them.",
    )
    op.create_index("ix_search_articles_rubric", "search_articles", ["rubric_id", "article_id"])


def _words() -> None:
    op.create_table(
        "search_stems",
        sa.Column("stem", _Word, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_search_stems")),
        comment="In how many articles a stem occurs; the mark between blocks occurs in all of them.",
    )
    op.create_table(
        "search_words",
        sa.Column("word", _Word, nullable=False),
        sa.Column("stem", _Word, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
        comment="The words of the articles, for slips of the finger and for what to try instead.",
    )
    op.create_index("ix_search_words_stem", "search_words", ["stem"])


def _queries() -> None:
    op.create_table(
        "search_queries",
        sa.Column("id", _Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="digest of the other columns"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "rubric_id",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="by button; 0: none, -1: all",
        ),
        sa.Column(
            "period",
            sa.Text(),
            server_default=sa.text("''"),
            nullable=False,
            comment="by button; digests.periods.Period",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_queries")),
        sa.UniqueConstraint("key", name=op.f("uq_search_queries_key")),
        comment="What buttons of found articles lead back to; nobody's name is kept with it, and old ones are dropped.",
    )
