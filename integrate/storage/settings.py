"""What the person chose, kept inside the encryption: one sealed row of JSON for each key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from integrate.domain.times import to_microseconds
from integrate.errors import RecordDamaged
from integrate.storage.database import Database
from integrate.storage.seals import Sealer
from integrate.storage.tables import SettingRow, seal_row

_ID_LENGTH = 16


def read_settings(database: Database) -> dict[str, Any]:
    """Every setting that can be read, by key; a damaged one is left out, as if it had never been chosen."""
    with database.read() as session:
        rows = session.scalars(select(SettingRow)).all()
        settings = {}
        for row in rows:
            with suppress(ValueError):
                if row.intact:
                    settings[row.key] = json.loads(row.value)
        return settings


def read_setting(database: Database, key: str) -> Any:
    """What is kept under ``key``, or None.

    Raises:
        RecordDamaged: it is there and cannot be read.
    """
    with database.read() as session:
        return _value(_row(session, key))


def write_settings(database: Database, values: Mapping[str, Any], now: datetime) -> None:
    """Keep ``values`` (plain JSON) under their keys, whatever was there; durable when this returns."""
    with database.write() as connection:
        session = _session(connection, database.sealer)
        for key, value in values.items():
            _put(connection, database.sealer, _row(session, key), key, value, now)


def change_setting(database: Database, key: str, change: Callable[[Any], Any], now: datetime) -> None:
    """Keep what ``change`` makes of the value under ``key`` (None where there is none), in one transaction.

    Raises:
        RecordDamaged: what is there cannot be read; it is not written over.
    """
    with database.write() as connection:
        row = _row(_session(connection, database.sealer), key)
        _put(connection, database.sealer, row, key, change(_value(row)), now)


def _session(connection: Connection, sealer: Sealer) -> Session:
    return Session(connection, info={"sealer": sealer}, autoflush=False)


def _row(session: Session, key: str) -> SettingRow | None:
    return session.scalars(select(SettingRow).where(SettingRow.key == key)).one_or_none()


def _value(row: SettingRow | None) -> Any:
    if row is None:
        return None
    if not row.intact:
        raise RecordDamaged
    try:
        return json.loads(row.value)
    except ValueError:
        raise RecordDamaged from None


def _put(connection: Connection, sealer: Sealer, row: SettingRow | None, key: str, value: Any, now: datetime) -> None:
    # The id binds the seal to the key; a revision that counts on keeps an older value from being put back unnoticed.
    revision = row.rev + 1 if row is not None and row.intact else 1
    columns = {
        "id": hashlib.sha256(key.encode("utf-8")).digest()[:_ID_LENGTH], "key": key, "rev": revision,
        "value": json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "changed_us": to_microseconds(now),
    }  # fmt: skip
    sealed = seal_row(sealer, SettingRow, columns, revision)
    if row is None:
        connection.execute(insert(SettingRow), sealed)
    else:
        connection.execute(update(SettingRow).where(SettingRow.pk == row.pk), sealed)
