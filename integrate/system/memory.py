"""Memory for keys: a page of its own, kept out of swap and core dumps where the system allows, and wiped.

Python's ``bytes`` and ``str`` can neither be overwritten nor kept in one place, so keys live in a :class:`SecretBuffer`
and are derived and decrypted straight into it. Locking a page is best effort: a system that refuses (a small limit of
locked memory) must not keep a person out of their journal.
"""

from __future__ import annotations

import contextlib
import functools
import mmap
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias

SecretBytes: TypeAlias = bytes | bytearray | memoryview
"""Anything the key functions read a secret from."""

_RANDOM_SOURCE: Final = Path("/dev/urandom")
# Linux only, since 4.14: a forked child finds zeros here. The mmap module does not name it.
_MADV_WIPEONFORK: Final = 18


def wipe(secret: bytearray | memoryview) -> None:
    """Overwrite ``secret`` with zeros in place; its length stays."""
    view = memoryview(secret).cast("B")
    view[:] = bytes(len(view))


class SecretBuffer:
    """``length`` bytes of memory for one secret, zero at first.

    A context manager: leaving it wipes. Reading a wiped buffer raises :class:`ValueError`, because a key of zeros must
    never be used by mistake. Nothing here shows the content: not ``repr``, not an error.
    """

    __slots__ = ("_pages", "_view", "length")

    def __init__(self, length: int) -> None:
        if length < 1:
            msg = "a secret buffer holds at least one byte"
            raise ValueError(msg)
        self.length: Final = length
        self._view: memoryview | None = None
        self._pages: mmap.mmap | None = None
        self._pages = _new_pages(length)
        self._view = memoryview(self._pages)[:length]

    @classmethod
    def holding(cls, secret: SecretBytes) -> Self:
        """A buffer with a copy of ``secret``; the caller wipes the original where that is possible."""
        buffer = cls(len(secret))
        buffer.view[:] = secret
        return buffer

    @classmethod
    def random(cls, length: int) -> Self:
        """A buffer filled by the operating system's random source."""
        buffer = cls(length)
        _fill_with_random(buffer.view)
        return buffer

    @property
    def view(self) -> memoryview:
        """The bytes themselves, writable. Slices taken from it show zeros after :meth:`wipe`."""
        if self._view is None:
            msg = "this secret was wiped"
            raise ValueError(msg)
        return self._view

    @property
    def wiped(self) -> bool:
        """Whether the content is gone."""
        return self._view is None

    def wipe(self) -> None:
        """Overwrite the content and give the memory back; a second call does nothing."""
        pages, view = self._pages, self._view
        self._pages = self._view = None
        if pages is None or view is None:
            return
        wipe(view)
        # Somebody may still hold a slice: then the (zeroed) memory goes when the slice does.
        with contextlib.suppress(BufferError):
            view.release()
            _unlock(pages)
            pages.close()

    def __len__(self) -> int:
        return self.length

    def __repr__(self) -> str:
        return f"<SecretBuffer of {self.length} bytes{', wiped' if self.wiped else ''}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __del__(self) -> None:
        # The interpreter may be half gone: whatever fails now, the process is ending and its memory with it.
        with contextlib.suppress(Exception):
            self.wipe()

    def __reduce__(self) -> str | tuple[object, ...]:
        msg = "a secret is never copied or pickled"
        raise TypeError(msg)


def _new_pages(length: int) -> mmap.mmap:
    size = -(-length // mmap.PAGESIZE) * mmap.PAGESIZE
    if sys.platform == "win32":
        pages = mmap.mmap(-1, size)
    else:
        pages = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        if sys.platform == "linux":
            for advice in (mmap.MADV_DONTDUMP, _MADV_WIPEONFORK):
                with contextlib.suppress(OSError):
                    pages.madvise(advice)
    _lock(pages)
    return pages


def _lock(pages: mmap.mmap) -> bool:
    """Ask the system to keep ``pages`` out of swap; tells whether it agreed."""
    return _tell_system(pages, "VirtualLock" if sys.platform == "win32" else "mlock")


def _unlock(pages: mmap.mmap) -> bool:
    return _tell_system(pages, "VirtualUnlock" if sys.platform == "win32" else "munlock")


def _tell_system(pages: mmap.mmap, call: str) -> bool:
    import ctypes  # 10 ms that only somebody who opens a journal pays

    function = _system_call(call)
    if function is None:
        return False
    answer = function(ctypes.addressof(ctypes.c_char.from_buffer(pages)), len(pages))
    return answer != 0 if sys.platform == "win32" else answer == 0


@functools.cache
def _system_call(name: str) -> Callable[[int, int], int] | None:
    """The system's function of this name on (address, length), or None where there is none; looked up once."""
    import ctypes

    try:
        if sys.platform == "win32":
            library: ctypes.CDLL = ctypes.WinDLL("kernel32")
        else:
            library = ctypes.CDLL(None)
        function = library[name]
    except (OSError, AttributeError):
        return None
    function.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
    function.restype = ctypes.c_int
    return function


def _fill_with_random(view: memoryview) -> None:
    """Fill ``view`` without a copy in an immutable ``bytes`` object where the system offers that."""
    done = 0
    with contextlib.suppress(OSError), _RANDOM_SOURCE.open("rb", buffering=0) as source:
        while done < len(view):
            count = source.readinto(view[done:])
            if not count:
                break
            done += count
    if done < len(view):
        view[done:] = os.urandom(len(view) - done)
