"""The tables of the search: articles as stems, the words that occur, and what was asked.

The full-text index itself, `search_index`, is each engine's own and made by the migration: FTS5 over `search_articles`
on SQLite, kept by triggers; a `tsvector` under GIN on PostgreSQL.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, Table, Text, text

from digests.storage.schema import Id, metadata

# The same order of words on both engines, whatever the server's locale.
Word = Text(collation="C").with_variant(Text(), "sqlite")

search_articles = Table(
    "search_articles",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, comment="of the article that the words are from"),
    Column("version", SmallInteger, nullable=False, comment="digests.entries.VERSION that the words were made by"),
    Column("rubric_id", BigInteger, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("is_long", SmallInteger, nullable=False, comment="1: PostgreSQL cannot tell where its words stand"),
    Column("filed", Text, nullable=False, comment="words of FTS5: rubric_id, and the title's own"),
    Column("title", Text, nullable=False, comment="stems in their order, here and below"),
    Column("lead", Text, nullable=False),
    Column("body", Text, nullable=False),
    comment="Published articles as the search sees them.",
)
Index("ix_search_articles_rubric", search_articles.c.rubric_id, search_articles.c.article_id)

search_stems = Table(
    "search_stems",
    metadata,
    Column("stem", Word, primary_key=True),
    Column("articles", Integer, nullable=False),
    comment="In how many articles a stem occurs; the mark between blocks occurs in all of them.",
)

search_words = Table(
    "search_words",
    metadata,
    Column("word", Word, primary_key=True),
    Column("stem", Word, nullable=False),
    comment="The words of the articles, for slips of the finger and for what to try instead.",
)
Index("ix_search_words_stem", search_words.c.stem)

search_queries = Table(
    "search_queries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="digest of the other columns"),
    Column("text", Text, nullable=False),
    Column(
        "rubric_id",
        BigInteger,
        nullable=False,
        server_default=text("0"),
        comment="by button; 0: none, -1: all",
    ),
    Column("period", Text, nullable=False, server_default=text("''"), comment="by button; digests.periods.Period"),
    comment="What buttons of found articles lead back to; nobody's name is kept with it, and old ones are dropped.",
)
