"""Putting a file, a folder or a zip where a person chose: whole and durable, or not at all.

Until a file or folder has its name, its bytes lie beside it, under a name that begins with a dot, for the owner alone;
whatever ends the work early removes them. Content is written nowhere else.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from integrate.domain.listing import Stop
from integrate.errors import FolderMissing, TargetExists, WrongUsage
from integrate.i18n import _
from integrate.sharing.files import OutFile
from integrate.system.files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    disk_errors,
    is_taken,
    make_private_folder,
    private_file,
    sync_folder,
    translate_os_error,
)

Progress = Callable[[int, int], None]
"""Called with (done, in all); the unit is the caller's to ignore."""

SUMS: Final = "sha256.txt"
"""The file of a folder that names every other one with its SHA-256, as ``sha256sum --check`` reads it."""

_PIECE: Final = 512 * 1024  # bytes written between two looks at the stop
_FIRST_YEAR_OF_ZIP: Final = 1980
_NO_NAME: Final = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: ``sha256`` of the file (of a folder: of its :data:`SUMS`) and how many bytes in all."""

    sha256: bytes
    size: int


def check_target(target: Path, *, folder: bool, force: bool) -> None:
    """See to it that something can get the name ``target``: nothing is there, or with ``force`` what may be replaced.

    A folder is only ever replaced by a folder, a file by a file. Of a folder, everything in it must have been named by
    its own :data:`SUMS`, so that nothing goes that an earlier export did not write.

    Raises:
        TargetExists: something is there. FolderMissing: the folder above it is not there.
        WrongUsage: no disk has such a name, or the folder holds something else as well.
        DiskRefused: the place cannot be looked at.
    """
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        if not os.path.isdir(target.parent):  # noqa: PTH112 - Path.is_dir raises for a name that no disk can hold
            raise FolderMissing(place=target.parent) from None
        return
    except NotADirectoryError:
        raise FolderMissing(place=target.parent) from None
    except ValueError:
        raise _no_such_name() from None
    except OSError as error:
        if error.errno in _NO_NAME:
            raise _no_such_name() from None
        raise translate_os_error(error, target) from error
    if not force or stat.S_ISDIR(mode) != folder:
        raise TargetExists(target=target)
    if folder:
        _require_ours(target)


def save_file(chunks: Iterable[bytes], target: Path, *, force: bool = False, stop: Stop | None = None) -> Written:
    """Write one file of mode 0600.

    Raises:
        As :func:`check_target`; Stopped, DiskFull, DiskRefused, ReadOnlyPlace: nothing is left at ``target``, or what
        was there is still there. And what ``chunks`` raises.
    """
    check_target(target, folder=False, force=force)
    with disk_errors(target.parent), private_file(target, overwrite=force) as stream:
        hashing = _Hashing(stream)
        for piece in _pieces(chunks, stop or Stop()):
            hashing.write(piece)
    return hashing.told()


def save_zip(
    files: Sequence[OutFile],
    target: Path,
    made: datetime,
    *,
    force: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Written:
    """Write ``files`` as one zip; ``made`` is the time each of them gets. Raises as :func:`save_file`."""
    check_target(target, folder=False, force=force)
    stop = stop or Stop()
    when = (max(made.year, _FIRST_YEAR_OF_ZIP), made.month, made.day, made.hour, made.minute, made.second)
    with disk_errors(target.parent), private_file(target, overwrite=force) as stream:
        hashing = _Hashing(stream)
        with zipfile.ZipFile(hashing, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in _counted(files, progress, stop):
                info = zipfile.ZipInfo(file.name, when)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = (stat.S_IFREG | PRIVATE_FILE) << 16
                with archive.open(info, "w") as member:
                    for piece in _pieces(file.chunks, stop):
                        member.write(piece)
    return hashing.told()


def save_folder(
    files: Sequence[OutFile],
    target: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Written:
    """Write ``files`` into a new folder of mode 0700, and :data:`SUMS` beside them.

    The SHA-256 that is told is that of :data:`SUMS`: a line for each file, sorted, with its SHA-256 and its path. So
    one number stands for the whole folder, and any tool that reads such lists can check every file of it.

    Raises as :func:`save_file`.
    """
    check_target(target, folder=True, force=force)
    with disk_errors(target.parent):
        draft = target.parent / f".{os.urandom(8).hex()}.part"
        try:
            make_private_folder(draft)
            written = _fill(draft, files, progress, stop or Stop())
            _place_folder(draft, target, force=force)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        sync_folder(target.parent)
    return written


def remove_written(target: Path) -> None:
    """Take back what was just written at ``target``."""
    if target.is_dir():
        shutil.rmtree(target, ignore_errors=True)
    else:
        target.unlink(missing_ok=True)


def _fill(folder: Path, files: Sequence[OutFile], progress: Progress | None, stop: Stop) -> Written:
    sums: list[str] = []
    folders, places = {folder}, []
    size = 0
    for file in _counted(files, progress, stop):
        place = folder.joinpath(*file.path)
        for above in reversed(place.relative_to(folder).parents[:-1]):
            if (inner := folder / above) not in folders:
                inner.mkdir(PRIVATE_FOLDER)
                folders.add(inner)
        told = _write(place, file.chunks, stop)
        places.append(place)
        sums.append(f"{told.sha256.hex()}  {file.name}\n")
        size += told.size
    text = "".join(sorted(sums, key=lambda line: line.partition("  ")[2])).encode("utf-8")
    told = _write(folder / SUMS, (text,), stop)
    places.append(folder / SUMS)
    for place in places:  # all at the end: by then the disk has most of them
        stop.check()
        _sync(place)
    for place in folders:
        sync_folder(place)
    return Written(told.sha256, size + told.size)


def _write(place: Path, chunks: Iterable[bytes], stop: Stop) -> Written:
    with open(place, "xb", opener=_private) as stream:
        hashing = _Hashing(stream)
        for piece in _pieces(chunks, stop):
            hashing.write(piece)
    return hashing.told()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE)


def _sync(place: Path) -> None:
    with place.open("rb+") as stream:  # Windows syncs only what is open for writing
        os.fsync(stream.fileno())


def _place_folder(draft: Path, target: Path, *, force: bool) -> None:
    """Give the finished folder its name."""
    if not is_taken(target):
        draft.rename(target)
        return
    check_target(target, folder=True, force=force)
    before = target.parent / f".{os.urandom(8).hex()}.old"
    target.rename(before)
    try:
        draft.rename(target)
    except BaseException:
        before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _require_ours(folder: Path) -> None:
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines() if (folder / SUMS).is_file() else []
    except (OSError, UnicodeDecodeError):
        lines = []
    named = {line.partition("  ")[2] for line in lines} | ({SUMS} if lines else set())
    for above, _folders, names in os.walk(folder):
        for name in names:
            if (Path(above) / name).relative_to(folder).as_posix() not in named:
                reason = _("The folder {folder} holds something that was not saved by Integrate. It was not touched.")
                raise WrongUsage(reason=reason.format(folder=folder))


def _no_such_name() -> WrongUsage:
    return WrongUsage(reason=_("The disk takes no file of that name. A shorter, plainer one works."))


def _counted(files: Sequence[OutFile], progress: Progress | None, stop: Stop) -> Iterator[OutFile]:
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files))
        stop.check()
        yield file
    if progress is not None:
        progress(len(files), len(files))
    stop.check()


def _pieces(chunks: Iterable[bytes], stop: Stop) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE):
            stop.check()
            yield chunk[start : start + _PIECE]
    stop.check()


class _Hashing:
    """A stream that is only written, counted and hashed on its way. It cannot go back, and a zip made on it neither."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:
        """Write all of ``data``."""
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)
        return len(data)

    def flush(self) -> None:
        """Hand over what is buffered."""
        self._stream.flush()

    def close(self) -> None:
        """Nothing: the stream is closed by whoever opened it."""

    def told(self) -> Written:
        """What has passed so far."""
        return Written(self._digest.digest(), self._size)
