"""The tables of what is known of lines: in one article, of a source, and which lines a source repeats."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from digests.storage.schema import Id, metadata

line_marks = Table(
    "line_marks",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("line", Text, primary_key=True, comment="digests.labels.lines_of"),
    Column("label", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("doubt", Text, nullable=False, server_default=text("''")),
    Column("made_by", BigInteger, nullable=False, server_default=text("0"), comment="0: nobody"),
    Column("made_at", BigInteger, nullable=False, server_default=text("0")),
    comment="Lines that an editor, a rule or repetition labelled, and those whose label is doubtful; no others.",
)

line_rules = Table(
    "line_rules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Text, nullable=False),
    Column("line_key", Text, nullable=False, comment="digests.labels.line_key"),
    Column("sample", Text, nullable=False, comment="the line as the editor saw it"),
    Column("label", Text, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("uses", Integer, nullable=False, server_default=text("0"), comment="articles that it was applied to"),
    UniqueConstraint("site", "line_key"),
    comment="What editors said of lines of a source, for its next articles.",
)

site_lines = Table(
    "site_lines",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("line_key", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("text_key", Text, nullable=False, comment="equal for two articles of one text"),
    comment="The short lines of the newest articles of each source.",
)
Index("ix_site_lines_site", site_lines.c.site, site_lines.c.article_id)
