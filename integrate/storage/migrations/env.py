"""Alembic's entry point: the connection is handed over, encrypted and inside its transaction, by the program."""

from __future__ import annotations

from alembic import context

from integrate.storage.migrating import is_ours
from integrate.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
