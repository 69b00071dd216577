"""Going on after a missing end: noted for good, never forgotten by the first new entry."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, update

from integrate.domain.times import to_microseconds
from integrate.errors import EndMissing
from integrate.storage.tables import LossRow, StateRow
from integrate.storage.vault import Vault


def accept_loss(vault: Vault) -> None:
    """Record what is missing and lift the sequence over the one that was noted, so that it is not told again."""
    found = vault.database.sequence()
    missing = sum(int(str(n.parameters["changes"])) for n in vault.notices if isinstance(n, EndMissing))
    expected = found + missing if missing else None
    with vault.database.write() as connection:
        now = to_microseconds(datetime.now(UTC))
        connection.execute(insert(LossRow).values(accepted_us=now, expected_seq=expected, found_seq=found))
        connection.execute(update(StateRow).values(seq=found + missing))
    vault.notices = ()
