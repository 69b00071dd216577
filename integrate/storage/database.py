"""The open database: an engine, one way to read and one way to write.

Every write is one transaction that also counts the sequence; after its commit is durable the anchor follows
(finding F2). Once damage has been met, nothing is written any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, bindparam, create_engine, event, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from integrate.domain.listing import Stop
from integrate.errors import Damaged, DatabaseDamaged, DatabaseForeign, DiskRefused, ReadOnlyJournal
from integrate.storage.anchor import Anchor, AnchorState
from integrate.storage.connection import BUSY_TIMEOUT, Mode, connect
from integrate.storage.failures import known_failures
from integrate.storage.interrupts import Interrupts, Task
from integrate.storage.layout import JournalFolder
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared, driver_of
from integrate.storage.tables import StateRow, table_of

_POOL_SIZE = 4  # the journal thread, a search, the index of the list, a backup
_BEGIN = "integrate_begin"  # execution option: how the transaction begins


class Database:
    """One journal's database while it is unlocked. Threads may share it: reads run side by side, writes in turn.

    ``within`` is the task that this database belongs to as a whole, such as a backup that is read back.
    """

    def __init__(
        self,
        folder: JournalFolder,
        key_spec: Callable[[], bytearray],
        sealer: Sealer,
        anchor: Anchor,
        mode: Mode,
        *,
        creating: bool = False,
        within: Task | None = None,
    ) -> None:
        self.folder = folder
        self.sealer = sealer
        self.anchor = anchor
        self.mode = mode
        self._key_spec = key_spec
        self._damage: Damaged | None = None
        self._interrupts = Interrupts()
        self._within = within
        self._writing = threading.RLock()  # SQLite would let a second writer wait five seconds and then refuse it
        self._engine = self._make_engine(creating)

    def _make_engine(self, creating: bool) -> Engine:
        def creator() -> sqlcipher.Connection:
            with known_failures(self.folder.path, opening=True):
                return connect(self.folder, self._key_spec, self.mode, creating=creating)

        # The plain pysqlite dialect: the pysqlcipher one insists on sending a key of its own (finding F9).
        engine = create_engine(
            "sqlite+pysqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_size=_POOL_SIZE,
            max_overflow=0, hide_parameters=True, echo=False,
        )  # fmt: skip

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            driver_of(connection).execute(connection.get_execution_options().get(_BEGIN, "BEGIN"))

        return engine

    @contextmanager
    def read(self, stop: Stop | None = None) -> Iterator[Session]:
        """A session on one consistent state of the journal.

        Raises:
            DatabaseDamaged: a page cannot be read.
            Stopped: ``stop`` was set, or everything was interrupted.
        """
        task = self.begin_task(stop)
        task.check()
        with (
            self._watch(),
            Session(self._engine, info={"sealer": self.sealer}, autoflush=False) as session,
            task.watching(driver_of(session.connection())),
        ):
            yield session

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction, durable when the block has been left; any exception rolls it back whole.

        Raises:
            ReadOnlyJournal: the journal is open to read only.
            DatabaseDamaged: damage was met, now or before.
            DiskFull, DiskRefused, ReadOnlyPlace: the disk did not take it.
            Stopped: everything was interrupted before the commit.
        """
        if self.mode is not Mode.WRITE:
            raise ReadOnlyJournal
        task = self.begin_task()
        with self._writing:  # the anchor too: it must never fall behind a later commit's
            if self._damage is not None:
                raise self._damage
            if self.anchor.is_removed():
                raise DiskRefused  # the files are open still, and would take words that nobody could ever read
            with self._watch(), self._engine.connect() as plain:
                connection = plain.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
                with task.watching(driver_of(connection)), connection.begin():
                    yield connection
                    task.check()
                    sequence: int = _COUNT_UP.run(connection, {"one": 1})
            with suppress(OSError):  # the commit is durable, and an older note beside it is harmless
                self.anchor.write(AnchorState(sequence, sealed=False))

    @contextmanager
    def migrate(self) -> Iterator[Connection]:
        """A bare transaction for the schema, before there is a state to count in."""
        with self._watch(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
            with connection.begin():
                yield connection

    def sequence(self) -> int:
        """How many commits the database holds."""
        with self.read() as session:
            return session.execute(select(StateRow.seq)).scalar_one()

    def settle(self) -> bool:
        """Use a pause: move what nobody is reading from the log into the database, and sync the anchor. Never waits.

        False when some of the log could not be moved now.

        Raises:
            ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
        """
        if self.mode is not Mode.WRITE:
            raise ReadOnlyJournal
        with self._writing:
            if self._damage is not None:
                raise self._damage
            with self._watch(), self._engine.connect() as connection:
                busy, pages, moved = driver_of(connection).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                self.anchor.write(AnchorState(self.sequence(), sealed=False), durable=True)
            return not busy and pages == moved

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the database and empty it; False when a reader beside us kept some of it."""
        with self._watch(), self._engine.connect() as connection:
            raw = driver_of(connection)
            raw.set_busy_timeout(0)  # locking never waits for a reader; what it keeps is moved next time
            try:
                busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.set_busy_timeout(BUSY_TIMEOUT)
            return not busy

    def raw_connection(self, *, restricted: bool = True, writable: bool = False) -> sqlcipher.Connection:
        """A connection of its own for a long task (snapshot, check); the caller closes it."""
        mode = Mode.WRITE if writable else self.mode
        with known_failures(self.folder.path, opening=True):
            connection = connect(self.folder, self._key_spec, mode, restricted=restricted)
        self.begin_task().watch(connection)
        return connection

    def begin_task(self, stop: Stop | None = None) -> Task:
        """A task that ends when everything is interrupted, or ``stop`` is set."""
        return self._within or self._interrupts.begin(stop)

    def interrupt(self) -> None:
        """End every read and write that is running now, and every task; what begins afterwards runs. Returns at once.

        A commit that has begun is finished: whether a change is there is never in doubt.
        """
        self._interrupts.interrupt()

    @property
    def damaged(self) -> bool:
        """Whether damage has been met since it was opened."""
        return self._damage is not None

    def close(self) -> None:
        """Close every connection. No descriptor on the files stays open."""
        self._engine.dispose()

    @contextmanager
    def _watch(self) -> Iterator[None]:
        try:
            with known_failures(self.folder.path):
                yield
        except (DatabaseDamaged, DatabaseForeign) as damage:
            self._damage = damage
            # SQLCipher keeps a connection that met a damaged page in an error state: give the next one a fresh start.
            self._engine.dispose()
            raise


_COUNT_UP = Prepared(update(table_of(StateRow)).values(seq=StateRow.seq + bindparam("one")).returning(StateRow.seq))
