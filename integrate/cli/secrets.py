"""Passphrases and recovery words: from a file, from standard input, or asked on the terminal without echo."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from integrate.cli.invocation import STDIN
from integrate.cli.output import tell
from integrate.errors import FileMissing, ShortPassphrase, WrongUsage
from integrate.i18n import _

_LONGEST: Final = 64 * 1024  # bytes of a secret; a larger file was not meant
_TRIES: Final = 3


def read_stdin() -> bytes:
    """All of standard input; nothing where it is closed."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read()


def read_secret(name: str) -> str:
    """What stands in the file ``name`` (``-``: standard input), without one trailing line break.

    Raises:
        FileMissing: it is not there or cannot be read.
        WrongUsage: it is no UTF-8 text, or too large to be a passphrase.
    """
    data = read_stdin() if name == STDIN else _read_file(Path(name))
    shown = _("standard input") if name == STDIN else name
    if len(data) > _LONGEST:
        raise WrongUsage(reason=_("There is too much in {file} for a passphrase.").format(file=shown))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongUsage(reason=_("What is in {file} is not valid UTF-8 text.").format(file=shown)) from None
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def new_passphrase(name: str | None, option: str) -> str:
    """A new passphrase, long enough, from the file ``name`` or typed twice.

    Raises:
        ShortPassphrase: it is too short.
        FileMissing, WrongUsage: as :func:`read_secret`; WrongUsage also where there is no terminal to ask on.
    """
    from integrate.domain.passphrase import require_strong_enough

    if name is not None:
        text = read_secret(name)
        require_strong_enough(text)
        return text
    for left in reversed(range(_TRIES)):
        text = ask(_("New passphrase: "), option)
        try:
            require_strong_enough(text)
        except ShortPassphrase as error:
            if not left:
                raise
            tell(error.message())
            continue
        if ask(_("The same once more: "), option) == text:
            return text
        tell(_("The two were not the same. Please type it again."))
    raise WrongUsage(reason=_("The two were not the same, so nothing was changed."))


def ask(label: str, option: str) -> str:
    """Ask on the terminal without echo.

    Raises:
        WrongUsage: there is no terminal.
        KeyboardInterrupt: the person ended the input instead.
    """
    import getpass

    if not _has_terminal():
        reason = _("There is no terminal to ask on. Name a file with {option}.")
        raise WrongUsage(reason=reason.format(option=option))
    try:
        return getpass.getpass(label)
    except EOFError:
        raise KeyboardInterrupt from None


def _has_terminal() -> bool:
    """Whether somebody can be asked: at standard input, or, where that is a text's, at the terminal behind stderr."""
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    if sys.platform == "win32" or sys.stderr is None or not sys.stderr.isatty():
        return False
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST + 1)
    except OSError:
        raise FileMissing(file=path) from None
