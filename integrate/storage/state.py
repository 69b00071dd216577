"""What a journal remembers about how it was opened."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from integrate.storage.database import Database
from integrate.storage.tables import StateRow


@dataclass(frozen=True, slots=True)
class JournalState:
    """When the passphrase was last typed (microseconds since 1970), and whether the keyring has to wait for it."""

    last_passphrase_us: int
    keyring_on_hold: bool


def read_state(database: Database) -> JournalState:
    """The state as it is."""
    with database.read() as session:
        row = session.execute(select(StateRow.last_passphrase_us, StateRow.keyring_on_hold)).one()
    return JournalState(row.last_passphrase_us, row.keyring_on_hold)


def write_state(database: Database, state: JournalState) -> None:
    """Keep ``state``; durable when this returns."""
    with database.write() as connection:
        put_state(connection, state)


def put_state(connection: Connection, state: JournalState) -> None:
    """Keep ``state`` inside a write transaction."""
    values = {"last_passphrase_us": state.last_passphrase_us, "keyring_on_hold": state.keyring_on_hold}
    connection.execute(update(StateRow).values(values))
