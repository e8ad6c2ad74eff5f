"""The table of what tells articles in two sentences."""

from sqlalchemy import Column, ForeignKey, Table, Text

from digests.storage.schema import metadata

article_briefs = Table(
    "article_briefs",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("brief", Text, nullable=False),
    comment="Two sentences of an article; an old one gets them when an edition first shows it.",
)
