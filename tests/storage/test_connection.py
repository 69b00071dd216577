"""The one way a connection is made: keys wiped, temporary data in memory, nothing that could write plain text."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from integrate.errors import DatabaseForeign, DatabaseMissing, DatabaseTruncated
from integrate.journal.opening import Access, Journal
from integrate.storage.connection import Mode, connect
from integrate.storage.layout import JournalFolder
from tests.conftest import Sample
from tests.helpers.journals import open_files, write

_SORT = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
    " SELECT hex(randomblob(200)) AS r FROM n ORDER BY r"
)


@pytest.fixture
def app(journal: Journal) -> Iterator[sqlcipher.Connection]:
    with closing(journal.vault.database.raw_connection()) as connection:
        yield connection


def _spill_files() -> list[str]:
    return [name for name in open_files() if "etilqs" in name]


def _sorting(connection: sqlcipher.Connection) -> list[str]:
    cursor = connection.execute(_SORT)
    cursor.fetchone()
    spilled = _spill_files()
    cursor.close()
    return spilled


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed in /proc only on Linux")
def test_f5_a_large_sort_stays_in_memory(journal: Journal, app: sqlcipher.Connection) -> None:
    assert _sorting(app) == []
    # The same look finds the file where temporary data may go to disk: so the first answer means something.
    with closing(journal.vault.database.raw_connection(restricted=False)) as loose:
        loose.execute("PRAGMA temp_store=1")
        assert _sorting(loose) != []


@pytest.mark.parametrize("mode", [Mode.WRITE, Mode.READ])
def test_f6_the_key_specification_is_wiped_at_once(journal: Journal, mode: Mode) -> None:
    spec = journal.vault.keys.database_key_spec(1)
    assert any(spec)
    connect(journal.vault.folder, lambda: spec, mode).close()
    assert not any(spec)
    assert len(spec) == 99


def test_f6_a_key_that_does_not_fit_is_wiped_too(journal: Journal) -> None:
    spec = journal.vault.keys.database_key_spec(2)
    with pytest.raises(sqlcipher.DatabaseError):
        connect(journal.vault.folder, lambda: spec, Mode.READ)
    assert not any(spec)


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize("size", [0, 100])
def test_f7_an_empty_database_is_never_taken_for_a_new_one(sample: Sample, access: Access, size: int) -> None:
    database = sample.place / "vault.db"
    database.write_bytes(database.read_bytes()[:size])
    with pytest.raises(DatabaseTruncated):
        sample.open(access)
    assert database.stat().st_size == size


@pytest.mark.parametrize("access", list(Access))
def test_f7_a_missing_database_is_not_made_anew(sample: Sample, access: Access) -> None:
    (sample.place / "vault.db").unlink()
    with pytest.raises(DatabaseMissing):
        sample.open(access)
    assert not (sample.place / "vault.db").exists()


@pytest.mark.parametrize("access", list(Access))
def test_f7_a_damaged_first_page_is_not_called_a_wrong_passphrase(sample: Sample, access: Access) -> None:
    database = sample.place / "vault.db"
    data = bytearray(database.read_bytes())
    data[1000] ^= 1
    database.write_bytes(data)
    with pytest.raises(DatabaseForeign):
        sample.open(access)
    assert database.read_bytes() == bytes(data)


def test_the_database_of_another_journal_is_foreign(sample: Sample, tmp_path: Path) -> None:
    other = bytearray((sample.place / "vault.db").read_bytes())
    for at in range(len(other)):
        other[at] ^= 0x55
    (sample.place / "vault.db").write_bytes(other)
    with pytest.raises(DatabaseForeign):
        sample.open(Access.READ)


_DENIED = [
    "ATTACH DATABASE '{file}' AS plain KEY ''", "ATTACH DATABASE ':memory:' AS plain", "DETACH DATABASE main",
    "VACUUM INTO '{file}'", "SELECT sqlcipher_export('main')", "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "PRAGMA temp_store=1", "PRAGMA temp_store", "PRAGMA temp_store_directory='/tmp'", "PRAGMA journal_mode=OFF",
    "PRAGMA journal_mode=DELETE", "PRAGMA journal_mode=MEMORY", "PRAGMA synchronous=OFF", "PRAGMA writable_schema=ON",
    "PRAGMA secure_delete=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA trusted_schema=ON", "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA key='x'", "PRAGMA rekey='x'", "PRAGMA cipher_log='{file}'", "PRAGMA cipher_profile='{file}'",
    "PRAGMA cipher_use_hmac=OFF", "PRAGMA cipher_plaintext_header_size=32", "PRAGMA cipher_default_use_hmac=OFF",
    "PRAGMA ignore_check_constraints=ON", "PRAGMA schema_version=7", "PRAGMA user_version=7",
    "PRAGMA page_size=1024", "PRAGMA mmap_size=1000000", "PRAGMA query_only=OFF",
]  # fmt: skip


@pytest.mark.parametrize("sql", _DENIED)
def test_f8_s1_what_could_weaken_the_file_is_denied(app: sqlcipher.Connection, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "plain.db"
    with pytest.raises(sqlcipher.DatabaseError) as caught:
        app.execute(sql.format(file=file)).fetchall()
    assert "not authorized" in str(caught.value) or "authoriz" in str(caught.value)
    assert not file.exists()


@pytest.mark.parametrize("access", list(Access))
def test_s1_every_connection_of_the_pool_is_guarded(sample: Sample, access: Access) -> None:
    with sample.open(access) as journal:
        database = journal.vault.database
        with database.read() as one, database.read() as two:
            for session in (one, two):
                raw = session.connection().connection.driver_connection
                assert raw is not None
                with pytest.raises(sqlcipher.DatabaseError, match="authoriz"):
                    raw.execute("ATTACH DATABASE ':memory:' AS plain KEY ''")


def test_the_file_is_written_with_a_log_and_full_syncs(journal: Journal) -> None:
    with closing(journal.vault.database.raw_connection(restricted=False)) as connection:
        ask = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in (
            "journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "page_size", "auto_vacuum",
            "cell_size_check", "trusted_schema",
        )}  # fmt: skip
    assert ask == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2,
        "page_size": "4096", "auto_vacuum": 0, "cell_size_check": 1, "trusted_schema": 0,
    }  # fmt: skip


def test_a_reading_connection_cannot_write(sample: Sample) -> None:
    with (
        sample.open(Access.READ) as journal,
        closing(journal.vault.database.raw_connection()) as connection,
        pytest.raises(sqlcipher.DatabaseError),
    ):
        connection.execute("UPDATE state SET seq = seq + 1")


def test_f9_the_plain_dialect_is_used_so_that_no_key_goes_through_sql(journal: Journal) -> None:
    with journal.vault.database.read() as session:
        dialect = session.get_bind().dialect
    assert (dialect.name, dialect.driver) == ("sqlite", "pysqlite")
    assert dialect.dbapi is sqlcipher


def test_bound_values_are_in_no_exception(journal: Journal) -> None:
    canary = "quietharbourcanary"
    with pytest.raises(Exception) as caught, journal.vault.database.read() as session:
        session.execute(text("SELECT abs(:words, :words)"), {"words": canary})
    assert canary not in str(caught.value)
    assert canary not in "".join(traceback.format_exception_only(caught.value))


def test_the_key_is_in_no_file_of_the_process_s_making(journal: Journal, sample: Sample) -> None:
    write(journal)
    spec = journal.vault.keys.database_key_spec(1)
    key = bytes.fromhex(bytes(spec[2:66]).decode("ascii"))
    for path in sample.place.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert key not in data
            assert bytes(spec[2:66]) not in data


def test_a_foreign_folder_is_not_needed_to_open_by_a_relative_path(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample.place.parent)
    folder = JournalFolder(Path(sample.place.name))
    with sample.open(Access.READ) as journal:
        connect(folder, lambda: journal.vault.keys.database_key_spec(1), Mode.READ).close()


@pytest.mark.parametrize("name", ["a b?c=d#e%20.integrate", "日記 ’é.integrate"])
def test_any_folder_name_works(sample: Sample, tmp_path: Path, name: str) -> None:
    moved = sample.copy_to(tmp_path / name)
    with moved.open() as journal:
        write(journal)
