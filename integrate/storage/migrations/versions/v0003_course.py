"""Courses, their sessions, what is marked and written in them, and threads from an intention to a practice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of courses and threads, and widen the index of a session's entries. No row is touched."""
    _entry_index()
    _course()
    _session()
    _session_line()
    _moment()
    _thread()
    _insight()
    _practice()
    _letter()
    _touch_point()
    _room()


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


def _with(parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{parent}_pk"], [f"{parent}.pk"], ondelete="CASCADE")


def _deleted_index(table: str) -> None:
    op.create_index(
        f"ix_{table}_deleted", table, ["deleted_us"], unique=False, sqlite_where=sa.text("deleted_us IS NOT NULL")
    )


def _entry_index() -> None:
    """The page of a session shows its newest entries and counts them all: neither may read any other's."""
    op.drop_index("ix_entry_session", table_name="entry")
    op.create_index(
        "ix_entry_session",
        "entry",
        ["course", "session", "at_us", "pk", "local_day"],
        unique=False,
        sqlite_where=sa.text("session IS NOT NULL AND deleted_us IS NULL"),
    )


def _course() -> None:
    op.create_table(
        "course",
        *_sealed(
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("plan", sa.Text(), nullable=False),
            sa.Column("care_team", sa.Text(), nullable=False),
            sa.Column("checklist", sa.Text(), nullable=False),
            sa.Column("closed_us", sa.Integer(), nullable=True),
            sa.Column("early_signs", sa.Text(), nullable=False),
            sa.Column("agreed", sa.Text(), nullable=False),
            sa.Column("looks_back", sa.Boolean(), nullable=False),
            sa.Column("created_us", sa.Integer(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
        ),
        sa.UniqueConstraint("number"),
    )


def _session() -> None:
    op.create_table(
        "session",
        *_sealed(
            sa.Column("course", sa.Integer(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("state", sa.String(), nullable=False),
            sa.Column("day", sa.Integer(), nullable=True),
            sa.Column("at_minute", sa.Integer(), nullable=True),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("started_us", sa.Integer(), nullable=True),
            sa.Column("started_zone", sa.String(), nullable=True),
            sa.Column("ended_us", sa.Integer(), nullable=True),
            sa.Column("ended_zone", sa.String(), nullable=True),
            sa.Column("setting", sa.String(), nullable=True),
            sa.Column("route", sa.String(), nullable=True),
            sa.Column("dose", sa.Text(), nullable=False),
            sa.Column("present", sa.Text(), nullable=False),
            sa.Column("by_video", sa.Boolean(), nullable=False),
            sa.Column("created_us", sa.Integer(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_index("ix_session_course", "session", ["course", "number"], unique=True)


def _session_line() -> None:
    op.create_table(
        "session_line",
        *_sealed(
            sa.Column("session_pk", sa.Integer(), nullable=False),
            sa.Column("session_id", sa.LargeBinary(), nullable=False),
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("place", sa.Integer(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("done", sa.Boolean(), nullable=False),
            sa.Column("answer", sa.Text(), nullable=False),
            sa.Column("answered_us", sa.Integer(), nullable=True),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
        _with("session"),
    )
    op.create_index(op.f("ix_session_line_session_pk"), "session_line", ["session_pk"], unique=False)
    _deleted_index("session_line")


def _moment() -> None:
    op.create_table(
        "moment",
        *_sealed(
            sa.Column("session_pk", sa.Integer(), nullable=False),
            sa.Column("session_id", sa.LargeBinary(), nullable=False),
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("at_us", sa.Integer(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("marked_by", sa.String(), nullable=False),
            sa.Column("words", sa.Text(), nullable=False),
            sa.Column("pulse", sa.Integer(), nullable=True),
            sa.Column("systolic", sa.Integer(), nullable=True),
            sa.Column("diastolic", sa.Integer(), nullable=True),
            sa.Column("effect", sa.Text(), nullable=False),
            sa.Column("strength", sa.String(), nullable=True),
            sa.Column("in_room", sa.Boolean(), nullable=False),
            sa.Column("after_restart", sa.Boolean(), nullable=False),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("created_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
        _with("session"),
    )
    op.create_index("ix_moment_session", "moment", ["session_pk", "at_us"], unique=False)
    _deleted_index("moment")


def _thread() -> None:
    op.create_table(
        "thread",
        *_sealed(
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("state", sa.String(), nullable=False),
            sa.Column("created_us", sa.Integer(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_table(
        "thread_link",
        *_sealed(
            sa.Column("thread_pk", sa.Integer(), nullable=False),
            sa.Column("thread_id", sa.LargeBinary(), nullable=False),
            sa.Column("station", sa.String(), nullable=False),
            sa.Column("item_id", sa.LargeBinary(), nullable=False),
        ),
        _with("thread"),
    )
    op.create_index(op.f("ix_thread_link_thread_pk"), "thread_link", ["thread_pk"], unique=False)
    op.create_index(op.f("ix_thread_link_item_id"), "thread_link", ["item_id"], unique=False)


def _insight() -> None:
    op.create_table(
        "insight",
        *_sealed(
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("course", sa.Integer(), nullable=True),
            sa.Column("session", sa.Integer(), nullable=True),
            sa.Column("quote", sa.Text(), nullable=False),
            sa.Column("entry_id", sa.LargeBinary(), nullable=True),
            sa.Column("entry_rev", sa.Integer(), nullable=True),
            sa.Column("moment_id", sa.LargeBinary(), nullable=True),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_index(op.f("ix_insight_entry_id"), "insight", ["entry_id"], unique=False)


def _practice() -> None:
    op.create_table(
        "practice",
        *_sealed(
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("cadence", sa.Text(), nullable=False),
            sa.Column("since", sa.Integer(), nullable=False),
            sa.Column("state", sa.String(), nullable=False),
            sa.Column("insight_id", sa.LargeBinary(), nullable=True),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("asked", sa.Integer(), nullable=True),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("updated_us", sa.Integer(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
    )
    op.create_table(
        "practice_reply",
        *_sealed(
            sa.Column("practice_pk", sa.Integer(), nullable=False),
            sa.Column("practice_id", sa.LargeBinary(), nullable=False),
            sa.Column("day", sa.Integer(), nullable=False),
            sa.Column("reply", sa.String(), nullable=False),
            sa.Column("said_us", sa.Integer(), nullable=False),
        ),
        _with("practice"),
    )
    op.create_index("ix_practice_reply", "practice_reply", ["practice_pk", "day"], unique=False)


def _letter() -> None:
    op.create_table(
        "letter",
        *_sealed(
            sa.Column("session_pk", sa.Integer(), nullable=False),
            sa.Column("session_id", sa.LargeBinary(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("written_us", sa.Integer(), nullable=False),
            sa.Column("opened_us", sa.Integer(), nullable=True),
            sa.Column("never_share", sa.Boolean(), nullable=False),
            sa.Column("deleted_us", sa.Integer(), nullable=True),
        ),
        _with("session"),
    )
    op.create_index(op.f("ix_letter_session_pk"), "letter", ["session_pk"], unique=False)


def _touch_point() -> None:
    op.create_table(
        "touch_point",
        *_sealed(
            sa.Column("session_pk", sa.Integer(), nullable=False),
            sa.Column("session_id", sa.LargeBinary(), nullable=False),
            sa.Column("day", sa.Integer(), nullable=False),
            sa.Column("answer", sa.String(), nullable=False),
            sa.Column("answered_us", sa.Integer(), nullable=False),
        ),
        _with("session"),
    )
    op.create_index(op.f("ix_touch_point_session_pk"), "touch_point", ["session_pk"], unique=False)


def _room() -> None:
    op.create_table(
        "room",
        *_sealed(
            sa.Column("session_id", sa.LargeBinary(), nullable=False),
            sa.Column("private_key", sa.LargeBinary(), nullable=False),
            sa.Column("mac_key", sa.LargeBinary(), nullable=False),
            sa.Column("opened_us", sa.Integer(), nullable=False),
        ),
    )
