"""What the process can do to keep its memory and files from other eyes. Best effort: a refusal is never an error."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from integrate.system.files import PRIVATE_UMASK

_PR_SET_DUMPABLE: Final = 4


@dataclass(frozen=True, slots=True)
class Hardening:
    """What :func:`deny_core_dumps` reached."""

    no_core_file: bool
    """A crash leaves no core file (limit of size zero, for this process and its children)."""
    not_dumpable: bool
    """Linux: no core for a piped handler either, and other programs of the same person cannot read the memory."""


def deny_core_dumps() -> Hardening:
    """Ask the system never to write this process's memory to a disk. Cannot be undone for the core limit."""
    return Hardening(no_core_file=_forbid_core_files(), not_dumpable=_forbid_memory_reading())


def set_owner_only_umask() -> int:
    """From now on whatever the process makes is for its owner only. Returns the umask that was in force."""
    return os.umask(PRIVATE_UMASK)


def _forbid_core_files() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        # The hard limit may be out of reach; the soft one is what counts when the process dies.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def _forbid_memory_reading() -> bool:
    """A core handler that is a program gets its core through a pipe whatever the limit: this is what stops it."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    return bool(prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
