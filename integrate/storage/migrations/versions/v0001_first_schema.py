"""The first schema: entries, history, attachments, backups and the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# The index keeps no text of its own: its content is a view, so each word lies in the file once. pgsz: FTS5's default
# 4050-byte blobs no longer fit the 4016 bytes SQLCipher leaves of a page.
_SEARCH = (
    """CREATE VIEW entry_words AS
    SELECT entry_pk AS rowid, index_title AS title, coalesce(index_body, body) AS body, index_labels AS labels
    FROM entry_text""",
    """CREATE VIRTUAL TABLE entry_fts USING fts5(
    title, body, labels, content='entry_words', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')""",
    "INSERT INTO entry_fts(entry_fts, rank) VALUES ('pgsz', 3950)",
    # Without it deleted words stay in the index's pages (finding F10).
    "INSERT INTO entry_fts(entry_fts, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER entry_text_added AFTER INSERT ON entry_text BEGIN
    INSERT INTO entry_fts(rowid, title, body, labels)
    VALUES (new.entry_pk, new.index_title, coalesce(new.index_body, new.body), new.index_labels); END""",
    """CREATE TRIGGER entry_text_removed AFTER DELETE ON entry_text BEGIN
    INSERT INTO entry_fts(entry_fts, rowid, title, body, labels)
    VALUES ('delete', old.entry_pk, old.index_title, coalesce(old.index_body, old.body), old.index_labels); END""",
    # Taking words out of the index costs most of a save, so it is left alone when none of them changed.
    """CREATE TRIGGER entry_text_changed AFTER UPDATE ON entry_text
    WHEN old.index_title <> new.index_title OR old.index_labels <> new.index_labels
    OR coalesce(old.index_body, old.body) <> coalesce(new.index_body, new.body) OR old.entry_pk <> new.entry_pk BEGIN
    INSERT INTO entry_fts(entry_fts, rowid, title, body, labels)
    VALUES ('delete', old.entry_pk, old.index_title, coalesce(old.index_body, old.body), old.index_labels);
    INSERT INTO entry_fts(rowid, title, body, labels)
    VALUES (new.entry_pk, new.index_title, coalesce(new.index_body, new.body), new.index_labels); END""",
)


def upgrade() -> None:
    """Make every table of the first schema."""
    _backup()
    _entry()
    _loss()
    _state()
    _attachment()
    _entry_tag()
    _entry_text()
    _revision()
    _attachment_chunk()
    _thumbnail()
    for statement in _SEARCH:
        op.execute(statement)
    op.execute("INSERT INTO state (pk, seq, last_passphrase_us, keyring_on_hold) VALUES (1, 0, 0, 0)")


def _backup() -> None:
    op.create_table(
        "backup",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_us", sa.Integer(), nullable=False),
        sa.Column("local_day", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("at_us", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("local_day", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("prompt_id", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("never_share", sa.Boolean(), nullable=False),
        sa.Column("mood_then", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.Integer(), nullable=False),
        sa.Column("updated_us", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.LargeBinary(), nullable=False),
        sa.Column("deleted_us", sa.Integer(), nullable=True),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_entry_live", "entry", ["at_us", "pk"], unique=False, sqlite_where=sa.text("deleted_us IS NULL"))
    op.create_index(
        "ix_entry_deleted", "entry", ["deleted_us"], unique=False, sqlite_where=sa.text("deleted_us IS NOT NULL")
    )


def _loss() -> None:
    op.create_table(
        "loss",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("accepted_us", sa.Integer(), nullable=False),
        sa.Column("expected_seq", sa.Integer(), nullable=True),
        sa.Column("found_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )


def _state() -> None:
    op.create_table(
        "state",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_passphrase_us", sa.Integer(), nullable=False),
        sa.Column("keyring_on_hold", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("entry_pk", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("created_us", sa.Integer(), nullable=False),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_pk"], ["entry.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_attachment_entry_pk"), "attachment", ["entry_pk"], unique=False)


def _entry_tag() -> None:
    op.create_table(
        "entry_tag",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entry_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_pk"], ["entry.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "entry_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_entry_tag_entry_pk"), "entry_tag", ["entry_pk"], unique=False)


def _entry_text() -> None:
    op.create_table(
        "entry_text",
        sa.Column("entry_pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("index_title", sa.Text(), nullable=False),
        sa.Column("index_body", sa.Text(), nullable=True),
        sa.Column("index_labels", sa.Text(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_pk"], ["entry.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_pk"),
    )


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("entry_pk", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("saved_us", sa.Integer(), nullable=False),
        sa.Column("at_us", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("prompt_id", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("never_share", sa.Boolean(), nullable=False),
        sa.Column("mood_then", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_pk"], ["entry.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_revision_entry", "revision", ["entry_pk", "rev"], unique=False)


def _attachment_chunk() -> None:
    op.create_table(
        "attachment_chunk",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("attachment_pk", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_pk"], ["attachment.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_attachment_chunk", "attachment_chunk", ["attachment_pk", "seq"], unique=True)


def _thumbnail() -> None:
    op.create_table(
        "thumbnail",
        sa.Column("attachment_pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_pk"], ["attachment.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attachment_pk"),
    )
