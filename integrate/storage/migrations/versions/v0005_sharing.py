"""For whom files are saved, every file that was, and what was brought in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of sharing. No row is touched."""
    _recipient()
    _shared_file()
    _import_batch()


def _sealed(*columns: sa.Column[object]) -> tuple[sa.schema.SchemaItem, ...]:
    """What each of these tables has: key, id, revision, its own columns, seal."""
    return (
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        *columns,
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )


def _recipient() -> None:
    op.create_table(
        "recipient",
        *_sealed(
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("role", sa.Text(), nullable=False),
            sa.Column("phrase", sa.Text(), nullable=False),
            sa.Column("phrase_since_us", sa.Integer(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )


def _shared_file() -> None:
    op.create_table(
        "shared_file",
        *_sealed(
            sa.Column("saved_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("recipient_id", sa.LargeBinary(), nullable=True),
            sa.Column("recipient", sa.Text(), nullable=False),
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("file_name", sa.Text(), nullable=False),
            sa.Column("size", sa.Integer(), nullable=False),
            sa.Column("sha256", sa.LargeBinary(), nullable=False),
            sa.Column("protected", sa.Boolean(), nullable=False),
            sa.Column("first_day", sa.Integer(), nullable=True),
            sa.Column("last_day", sa.Integer(), nullable=True),
            sa.Column("sections", sa.Text(), nullable=False),
            sa.Column("sessions", sa.Text(), nullable=False),
            sa.Column("entries", sa.Text(), nullable=False),
            sa.Column("responses", sa.Text(), nullable=False),
            sa.Column("things", sa.Text(), nullable=False),
            sa.Column("measures_left_out", sa.Text(), nullable=False),
            sa.Column("item_answers", sa.Boolean(), nullable=False),
        ),
    )
    op.create_index(op.f("ix_shared_file_sha256"), "shared_file", ["sha256"], unique=False)


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        *_sealed(
            sa.Column("batch_id", sa.LargeBinary(), nullable=False),
            sa.Column("part", sa.Integer(), nullable=False),
            sa.Column("is_last", sa.Boolean(), nullable=False),
            sa.Column("made_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("source", sa.String(), nullable=False),
            sa.Column("sha256", sa.LargeBinary(), nullable=False),
            sa.Column("counts", sa.Text(), nullable=False),
            sa.Column("made", sa.Text(), nullable=False),
        ),
    )
    op.create_index("ix_import_batch_part", "import_batch", ["batch_id", "part"], unique=True)
