"""What the window needs: a place for what the person chose, and an index that holds the whole list in its order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of settings, widen the index of the list, and add those of prompts and sessions."""
    op.create_table(
        "setting",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_us", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.drop_index("ix_entry_live", table_name="entry")
    op.create_index(
        "ix_entry_live",
        "entry",
        ["at_us", "pk", "local_day"],
        unique=False,
        sqlite_where=sa.text("deleted_us IS NULL"),
    )
    # Today counts the prompts that were answered and the list offers the sessions there are: neither may read all rows.
    op.create_index(
        "ix_entry_prompt",
        "entry",
        ["prompt_id"],
        unique=False,
        sqlite_where=sa.text("prompt_id IS NOT NULL AND deleted_us IS NULL"),
    )
    op.create_index(
        "ix_entry_session",
        "entry",
        ["course", "session"],
        unique=False,
        sqlite_where=sa.text("session IS NOT NULL AND deleted_us IS NULL"),
    )
