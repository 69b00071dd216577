"""An older journal meets a newer program: a verified copy first, then one transaction."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from integrate.storage import migrating
from integrate.storage.automatic import Reason, back_up_automatically
from integrate.storage.vault import Vault
from integrate.system.clock import Clock, SystemClock


def upgrade_journal(vault: Vault, *, clock: Clock | None = None, scripts: Path = migrating.SCRIPTS) -> None:
    """Copy the journal into its backups, bring its schema up to date, and say in the header that older programs cannot.

    A program that is stopped anywhere in between finds the old schema or the new one, never a mixture.

    Raises:
        CheckFailed: the copy did not pass; nothing was changed.
        DiskFull, DiskRefused: nothing was changed.
    """
    back_up_automatically(vault, Reason.BEFORE_MIGRATION, clock or SystemClock())
    with vault.database.write() as connection:
        migrating.upgrade(connection, scripts)
    vault.rewrite_header(vault.header, replace(vault.meta, min_app_schema=migrating.SCHEMA))
