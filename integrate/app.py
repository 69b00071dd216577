"""Start-up: what is set once for the whole process, before the window or the command line takes over."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from integrate.i18n import use_language
from integrate.ui.call import WindowCall, read_window_call

# Languages (and none at all) for which the sentences in the program are right as they are.
_SPEAKS_ENGLISH = ("en", "C", "POSIX")
_ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def run(arguments: Sequence[str]) -> int:
    """Run one command in this process and return its exit code. Meant to be called once, as the last thing."""
    _open_standard_streams()
    _speak_utf8()
    _silence_hooks()
    _choose_language()
    window = read_window_call(arguments)
    if window is not None and (code := _open_window(window)) is not None:
        return code
    from integrate.cli.main import main

    stops = _Stops()
    stops.listen()
    try:
        code = main(arguments, before_journal=harden, stopped=lambda: stops.asked)
    finally:
        # Only the interpreter's own short end is left; an interrupt there would change an exit code that stands.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if stops.asked is not None:
        # Where the interrupt fell into some exec() of a library, Python would remember it as not handled and, at the
        # very end, kill itself with the signal instead of giving the exit code.
        _leave(code)
    return code


def _open_window(call: WindowCall) -> int | None:
    """Show the window until it is closed; None where there is no display, which the command line then says."""
    # Garbage is not looked for until the window is seen (what start-up makes is nearly all here to stay), and from then
    # on by ui.collector alone.
    gc.disable()
    from integrate.ui.start import display_is_there, run_window

    if not display_is_there():
        return None
    return run_window(call.data_dir, call.journal and call.journal.absolute(), harden)


def _leave(code: int) -> NoReturn:
    """End at once. Journals are closed by now; what was printed is handed over."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def harden() -> None:
    """Close what the process could leak through: core files, other people's file rights, libraries' log lines."""
    import logging

    from integrate.system.hardening import deny_core_dumps, set_owner_only_umask

    deny_core_dumps()
    set_owner_only_umask()
    # Without any handler Python would write warnings of libraries to the terminal.
    logging.getLogger().addHandler(logging.NullHandler())


def _open_standard_streams() -> None:
    """Where the caller closed descriptor 0, 1 or 2, the next file opened would get its number, and our output."""
    if sys.platform == "win32":
        return
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > 2:
            os.close(descriptor)
            return


def _speak_utf8() -> None:
    """Scripts get UTF-8 whatever the locale or the code page of a Windows console is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _silence_hooks() -> None:
    """Python's own last words quote messages and lines; nothing of them may reach a terminal or a log."""
    import threading

    sys.excepthook = lambda *_: None
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda _: None


def _choose_language() -> None:
    """Take the first language the environment names. Without data there is English; who needs the data will say so."""
    named = next(filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if named.startswith(_SPEAKS_ENGLISH):
        return
    from integrate.resources import ResourceError, data_folder

    with suppress(ResourceError):
        use_language(data_folder() / "i18n")


class _Stops:
    """Requests to end: Ctrl C and the system's signals take the same way out, on which journals are closed."""

    def __init__(self) -> None:
        self.asked: KeyboardInterrupt | None = None

    def listen(self) -> None:
        """Take the signals over, except those this process was started to ignore."""
        for name in _ENDING_SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            self.asked = KeyboardInterrupt()
        else:
            from integrate.cli.main import Terminated

            signal.signal(number, signal.SIG_IGN)
            self.asked = Terminated(number)
        raise self.asked
