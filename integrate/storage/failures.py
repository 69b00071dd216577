"""What SQLite and the disk say, told as known errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from integrate.domain.listing import Stopped
from integrate.errors import (
    DatabaseDamaged,
    DatabaseForeign,
    DiskFull,
    DiskRefused,
    KnownError,
    OpenElsewhere,
    OutOfMemory,
    ReadOnlyPlace,
)
from integrate.i18n import _
from integrate.storage.layout import JournalFolder
from integrate.system.files import translate_os_error

# SQLite's primary result codes
_ERROR, _BUSY, _LOCKED, _NO_MEMORY, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    1, 5, 6, 7, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_INTERRUPTED = 9
_DATABASE_MEMORY = 64  # MiB, said when SQLite itself runs out


def translate_sqlite_error(error: BaseException, place: Path) -> KnownError | None:
    """The known error for a DB-API error of SQLCipher, or None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in (_CORRUPT, _NOT_A_DATABASE):
        return DatabaseDamaged()
    if primary == _ERROR and "no such table" in str(error):
        return DatabaseDamaged()  # a schema page that cannot be read any more loses its tables
    kinds: dict[int, KnownError] = {
        _FULL: DiskFull(),
        _READ_ONLY: ReadOnlyPlace(place),
        _CANNOT_OPEN: ReadOnlyPlace(place),
        _IO: DiskRefused(),
        _BUSY: OpenElsewhere(),
        _LOCKED: OpenElsewhere(),
        _NO_MEMORY: OutOfMemory(mebibytes=_DATABASE_MEMORY),
    }
    return kinds.get(primary)


def was_interrupted(error: BaseException) -> bool:
    """Whether a statement was given up because somebody asked for that."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == _INTERRUPTED


@contextmanager
def known_failures(place: Path, *, opening: bool = False) -> Iterator[None]:
    """Inside the block errors of SQLCipher, SQLAlchemy and the disk become known errors; bugs pass as they are.

    While ``opening``, a file that the right key does not fit is said as such. A statement that was given up on request
    raises :class:`Stopped`.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        _raise_known(error.orig or error, error, place, opening)
    except OSError as error:
        raise translate_os_error(error, place) from error
    except MemoryError as error:
        raise OutOfMemory(mebibytes=_DATABASE_MEMORY) from error
    except KnownError:
        raise
    except Exception as error:
        _raise_known(error, error, place, opening)


def _last_good_copy(place: Path) -> str:
    """What the guide promises on a bad day: which copy to turn to. Every automatic backup was read when it was made."""
    folder = JournalFolder(place)
    try:
        number = max(folder.backup_numbers(), default=None)
        if number is None:
            return ""
        made = datetime.fromtimestamp(folder.backup(number).stat().st_mtime).astimezone()
    except OSError:
        return ""
    sentence = _("Your last good copy is from {when}: {file}.")
    return sentence.format(when=f"{made:%Y-%m-%d %H:%M}", file=folder.backup(number))


def _raise_known(cause: BaseException, error: Exception, place: Path, opening: bool) -> None:
    if was_interrupted(cause):
        raise Stopped from error
    known = translate_sqlite_error(cause, place)
    if known is None:
        raise error
    if isinstance(known, DatabaseDamaged):
        known = DatabaseDamaged(_last_good_copy(place))
    if opening and getattr(cause, "sqlite_errorcode", 0) & 0xFF == _NOT_A_DATABASE:
        raise DatabaseForeign from error
    raise known from error
