"""Which signals of the operating system can lock the journal, on the system the program runs on."""

from __future__ import annotations

import sys

from integrate.system.lock_source import LockSource


def lock_sources() -> tuple[LockSource, ...]:
    """New sources for this system, none of them started. Needs an application; call it on the main thread."""
    # Loaded here: QtDBus and the other systems' libraries cost time that a start-up does not have.
    if sys.platform == "win32":
        from integrate.ui.platform.windows import WindowsLockSource

        return (WindowsLockSource(),)
    if sys.platform == "darwin":
        from integrate.ui.platform.mac import MacLockSource

        return (MacLockSource(),)
    from integrate.ui.platform.linux import LinuxLockSource

    return (LinuxLockSource(),)
