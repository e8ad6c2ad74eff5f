"""The archive: editions are found by their day."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_editions_local_date", "editions", ["local_date"])
