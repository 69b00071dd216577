"""The schema's version: cheap to ask, and Alembic is imported only when something is to be done."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from integrate.errors import DatabaseDamaged, NewerVersion

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005")
"""All revisions in order. Their count is the application schema that the header's meta speaks of."""

SCHEMA: Final = len(REVISIONS)
_DERIVED_TABLES: Final = frozenset(
    {"entry_fts", "entry_fts_config", "entry_fts_data", "entry_fts_docsize", "entry_fts_idx"}
)

SCRIPTS: Final = Path(__file__).with_name("migrations")


def schema_of(connection: Connection) -> int:
    """Which schema the database has, from 1.

    Raises:
        NewerVersion: a revision this program does not know.
        DatabaseDamaged: it does not say.
    """
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if found is None:
        raise DatabaseDamaged
    if found not in REVISIONS:
        raise NewerVersion
    return REVISIONS.index(found) + 1


def upgrade(connection: Connection, scripts: Path = SCRIPTS, target: str = "head") -> None:
    """Run what is missing, on a connection inside a transaction of the caller's."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether Alembic should look at this table: not at what the full-text index keeps for itself."""
    return not (kind == "table" and name in _DERIVED_TABLES)
