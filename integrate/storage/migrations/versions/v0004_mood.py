"""Measures, check-ins, filled-in questionnaires with their texts, and logs of facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what is measured. No row is touched."""
    _measure()
    _check_in()
    _response()
    _log()


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


def _measure() -> None:
    op.create_table(
        "measure",
        *_sealed(
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("key", sa.String(), nullable=True),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("place", sa.Integer(), nullable=False),
            sa.Column("in_use", sa.Boolean(), nullable=False),
            sa.Column("how_often", sa.String(), nullable=False),
            sa.Column("words", sa.Text(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "measure_version",
        *_sealed(
            sa.Column("measure_id", sa.LargeBinary(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("low", sa.Text(), nullable=False),
            sa.Column("high", sa.Text(), nullable=False),
            sa.Column("lowest", sa.Integer(), nullable=False),
            sa.Column("highest", sa.Integer(), nullable=False),
            sa.Column("step", sa.Integer(), nullable=False),
            sa.Column("direction", sa.String(), nullable=False),
            sa.Column("unit", sa.Text(), nullable=False),
            sa.Column("written_us", sa.Integer(), nullable=False),
        ),
    )
    op.create_index("ix_measure_version", "measure_version", ["number", "version"], unique=True)


def _check_in() -> None:
    op.create_table(
        "check_in",
        *_sealed(
            sa.Column("about_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("local_day", sa.Integer(), nullable=False),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("written_zone", sa.String(), nullable=False),
            sa.Column("answers", sa.Text(), nullable=False),
            sa.Column("note", sa.Text(), nullable=False),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    live, deleted = sa.text("deleted_us IS NULL"), sa.text("deleted_us IS NOT NULL")
    op.create_index("ix_check_in_live", "check_in", ["about_us", "pk"], unique=False, sqlite_where=live)
    op.create_index("ix_check_in_day", "check_in", ["local_day"], unique=False, sqlite_where=live)
    op.create_index("ix_check_in_deleted", "check_in", ["deleted_us"], unique=False, sqlite_where=deleted)


def _response() -> None:
    op.create_table(
        "response",
        *_sealed(
            sa.Column("questionnaire", sa.String(), nullable=False),
            sa.Column("version", sa.String(), nullable=False),
            sa.Column("digest", sa.LargeBinary(), nullable=False),
            sa.Column("status", sa.String(), nullable=False),
            sa.Column("about_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("begun_us", sa.Integer(), nullable=False),
            sa.Column("begun_zone", sa.String(), nullable=False),
            sa.Column("finished_us", sa.Integer(), nullable=True),
            sa.Column("answers", sa.Text(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_table(
        "form_text",
        *_sealed(
            sa.Column("digest", sa.LargeBinary(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
        ),
        sa.UniqueConstraint("digest"),
    )


def _log() -> None:
    op.create_table(
        "log",
        *_sealed(
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("session_id", sa.LargeBinary(), nullable=True),
            sa.Column("about_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("written_zone", sa.String(), nullable=False),
            sa.Column("content", sa.Text(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_index(op.f("ix_log_session_id"), "log", ["session_id"], unique=False)
