"""Files that only their owner can read, written so that a crash leaves the old file or the new one, never a half.

The helpers raise plain :class:`OSError`; :func:`disk_errors` turns it into a sentence where the place is known.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from integrate.errors import DiskFull, DiskRefused, KnownError, ReadOnlyPlace, TargetExists

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
PRIVATE_UMASK: Final = 0o077

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
# A file system that has no such operation (FAT on a stick, some network and FUSE mounts) answers with one of these.
_NOT_OFFERED: Final = frozenset({errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def is_taken(path: Path) -> bool:
    """Whether anything is at ``path``, a broken link too. At a name that no disk can hold there is nothing."""
    return os.path.lexists(path)


def is_file(path: Path) -> bool:
    """Whether a file is at ``path``; ``Path.is_file`` raises for a name that no disk can hold."""
    return os.path.isfile(path)  # noqa: PTH113 - as said


@contextmanager
def private_umask() -> Iterator[None]:
    """Files and folders made inside are for the owner only, also those that a library makes.

    The mask belongs to the whole process: other threads get it too while the block runs.
    """
    before = os.umask(PRIVATE_UMASK)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def private_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Write a whole file in a stream: what the block wrote appears at ``path`` at once and durable, or not at all.

    Until then the bytes are in a file of mode 0600 in the same folder, whose random name begins with a dot. If the
    block raises, that file is removed and ``path`` is untouched.

    Raises:
        TargetExists: something is at ``path`` and ``overwrite`` is false.
        OSError: the disk refused.
    """
    if not overwrite and os.path.lexists(path):
        raise TargetExists(target=path)
    draft = path.parent / f".{os.urandom(8).hex()}.part"
    descriptor = _open_new(draft)
    try:
        with open(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if overwrite:
            os.replace(draft, path)
        else:
            place_new(draft, path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    sync_folder(path.parent)


def write_private(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` (mode 0600 whatever the umask), durable, in place of what was there.

    Raises:
        OSError: the disk refused; what was at ``path`` is still there.
    """
    with private_file(path, overwrite=True) as stream:
        stream.write(data)


def create_private(path: Path, data: bytes) -> None:
    """Put ``data`` into a new file at ``path`` (mode 0600 whatever the umask), durable.

    Raises:
        TargetExists: something is there already, a dangling link included; it is not touched.
        OSError: the disk refused; nothing is left behind.
    """
    with private_file(path, overwrite=False) as stream:
        stream.write(data)


def sync_folder(path: Path) -> None:
    """Make names in folder ``path`` (new, replaced, removed) survive a power cut.

    Windows has no such call and does it on its own; a file system that does not offer it is let be.

    Raises:
        OSError: the disk reported a failure.
    """
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        # A folder that may be written but not listed: its names cannot be synced by us, and they are in place already.
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
    finally:
        os.close(descriptor)


def make_private_folder(path: Path, *, exist_ok: bool = False, parents: bool = False) -> None:
    """Make folder ``path`` with mode 0700 whatever the umask, and make its name durable.

    A folder that is there already (allowed with ``exist_ok``) keeps its mode: it may be shared on purpose.
    With ``parents`` missing folders above are made too, in the same way.

    Raises:
        TargetExists: ``path`` is taken: by anything, or with ``exist_ok`` by something that is no folder.
        OSError: the disk refused.
    """
    if parents and not path.parent.exists():
        make_private_folder(path.parent, exist_ok=True, parents=True)
    try:
        path.mkdir(PRIVATE_FOLDER)
    except FileExistsError:
        if exist_ok and path.is_dir():
            return
        raise TargetExists(target=path) from None
    with _where_offered():
        path.chmod(PRIVATE_FOLDER)
    sync_folder(path.parent)


def translate_os_error(error: OSError, place: object = "") -> KnownError:
    """The known error that tells ``error`` kindly; ``place`` is what the person calls the folder or file."""
    if error.errno in _FULL:
        return DiskFull()
    if error.errno in _READ_ONLY:
        return ReadOnlyPlace(place)
    return DiskRefused()


@contextmanager
def disk_errors(place: object = "") -> Iterator[None]:
    """Inside the block an :class:`OSError` becomes what :func:`translate_os_error` makes of it."""
    try:
        yield
    except OSError as error:
        raise translate_os_error(error, place) from error


@contextmanager
def _where_offered() -> Iterator[None]:
    """Let a file system without modes or links be: a stick with FAT must still be able to hold a backup."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise


def _open_new(path: Path) -> int:
    """Descriptor of a new, empty file of mode 0600 at ``path``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags, PRIVATE_FILE)
    if sys.platform != "win32":
        try:
            # The mode given to open is cut by the umask; this is not.
            with _where_offered():
                os.fchmod(descriptor, PRIVATE_FILE)
        except BaseException:
            os.close(descriptor)
            path.unlink()
            raise
    return descriptor


def place_new(draft: Path, path: Path) -> None:
    """Give the finished ``draft`` its name, never over something that is there."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise TargetExists(target=path) from None
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
    else:
        draft.unlink()
        return
    # No hard links here (FAT): reserve the name, which fails if it is taken, then move the whole file onto it.
    try:
        os.close(_open_new(path))
    except FileExistsError:
        raise TargetExists(target=path) from None
    try:
        os.replace(draft, path)
    except BaseException:
        path.unlink()
        raise
