"""Announcements that go out faster for Telegram Stars."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    column = sa.Column(
        "paid", sa.SmallInteger(), nullable=False, server_default=sa.text("0"), comment="1: for Telegram Stars"
    )
    op.add_column("announcements", column)
