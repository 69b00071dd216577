"""One SQLCipher connection, made the only way the program makes one.

The key goes in with ``set_key`` from a buffer that is wiped at once, never as SQL text (finding F6). Temporary data
stays in memory (F5). An authorizer denies what could write plain text or weaken the file (F5, F8).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from integrate.storage.layout import JournalFolder
from integrate.system.memory import wipe

BUSY_TIMEOUT = 5.0  # seconds; only a checkpoint beside a reader ever waits

_PRAGMA, _ATTACH, _DETACH, _FUNCTION = 19, 24, 25, 31  # SQLite's authorizer action codes
_DENIED_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})
_ALLOWED_PRAGMAS = frozenset(
    {
        "cipher_integrity_check", "data_version", "foreign_key_check", "foreign_key_list", "foreign_keys",
        "freelist_count", "index_info", "index_list", "index_xinfo", "integrity_check", "page_count", "page_size",
        "quick_check", "read_uncommitted", "table_info", "table_list", "table_xinfo", "wal_checkpoint",
    }
)  # fmt: skip
_READ_ONLY_VALUES = frozenset({"foreign_keys", "page_size", "read_uncommitted"})  # may be asked, not set


class Mode(Enum):
    """How a connection opens the file."""

    WRITE = "rw"
    READ = "ro"
    IMMUTABLE = "immutable"  # read-only media, and only a sealed journal: it ignores a write-ahead log


def connect(
    folder: JournalFolder,
    key_spec: Callable[[], bytearray],
    mode: Mode,
    *,
    creating: bool = False,
    restricted: bool = True,
) -> sqlcipher.Connection:
    """Open ``vault.db`` and prove the key by reading from it.

    ``key_spec`` gives a fresh key specification, which is wiped here. ``restricted=False`` leaves the authorizer out,
    for the connection that writes a backup snapshot.

    Raises:
        DatabaseMissing, DatabaseTruncated: unless ``creating``.
        sqlcipher3.dbapi2.Error: the key does not fit or the file cannot be read.
    """
    if not creating:
        folder.require_database()
    connection = sqlcipher.connect(
        _uri(folder, mode, creating), uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT
    )
    connection.text_factory = _as_text
    try:
        spec = key_spec()
        try:
            connection.set_key(spec)
        finally:
            wipe(spec)
        for pragma in _recipe(mode, restricted):
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if restricted:
            connection.set_authorizer(_authorize)
    except BaseException:
        connection.close()
        raise
    return connection


def _as_text(data: bytes) -> str:
    """Damage can leave bytes that are no UTF-8: they must reach the seal, which refuses them, and stop no list."""
    return data.decode("utf-8", "surrogateescape")


def _uri(folder: JournalFolder, mode: Mode, creating: bool) -> str:
    options = {Mode.WRITE: "mode=rwc" if creating else "mode=rw", Mode.READ: "mode=ro", Mode.IMMUTABLE: "immutable=1"}
    return f"{folder.database.absolute().as_uri()}?{options[mode]}"


def _recipe(mode: Mode, restricted: bool) -> tuple[str, ...]:
    # Half a mebibyte of pages for each connection, a quarter of the default: a search or a save takes as long, and the
    # window, which has three of them, needs megabytes less.
    common = (
        "PRAGMA cipher_log_level=NONE", "PRAGMA temp_store=MEMORY", "PRAGMA trusted_schema=OFF",
        "PRAGMA cell_size_check=ON", "PRAGMA cache_size=-512",
    )  # fmt: skip
    if mode is Mode.WRITE:
        # WAL with FULL: with NORMAL, acknowledged commits were lost in simulated power cuts.
        writing = (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA fullfsync=ON",  # macOS only: there, a plain fsync does not reach the disk
            "PRAGMA checkpoint_fullfsync=ON",
            "PRAGMA foreign_keys=ON",
            "PRAGMA secure_delete=ON",
        )
        return (*common, *writing)
    # A snapshot is written to another file, which query_only would forbid; mode=ro alone keeps this one safe.
    return (*common, "PRAGMA query_only=ON") if restricted else common


def _authorize(action: int, first: Any, second: Any, _database: Any, _trigger: Any) -> int:
    if action in (_ATTACH, _DETACH):
        return int(sqlcipher.SQLITE_DENY)
    if action == _FUNCTION and str(second).lower() in _DENIED_FUNCTIONS:
        return int(sqlcipher.SQLITE_DENY)
    if action == _PRAGMA:
        name = str(first).lower()
        if name not in _ALLOWED_PRAGMAS or (second is not None and name in _READ_ONLY_VALUES):
            return int(sqlcipher.SQLITE_DENY)
    return 0
