"""Opening a journal for one call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from integrate.cli.invocation import current_call
from integrate.cli.output import tell, tell_error
from integrate.cli.secrets import ask, read_secret
from integrate.errors import KnownError
from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.journal.opening import Journal

PASSPHRASE_FILE = "--passphrase-file"


def existing_passphrase(place: Path, file: str | None) -> str:
    """The passphrase of the journal at ``place``, from ``file`` or asked for: then only where a journal is.

    Raises:
        WrongUsage, FileMissing: it cannot be had.
        NotAJournal and other known errors: nobody is asked for the passphrase of what cannot be opened.
    """
    if file is not None:
        return read_secret(file)
    from integrate.journal.info import journal_info

    journal_info(place)
    return ask(_("Passphrase: "), PASSPHRASE_FILE)


@contextmanager
def open_journal_at(place: Path, passphrase_file: str | None, *, writing: bool = False) -> Iterator[Journal]:
    """The journal at ``place``: to read, beside a writer if there is one, or for ``writing`` with the writer's lock.

    What must be told of the journal itself goes to stderr.
    """
    from integrate.journal.opening import Access, ByPassphrase, open_journal

    current_call().before_journal()
    secret = ByPassphrase(existing_passphrase(place, passphrase_file))
    with open_journal(place, secret, Access.WRITE if writing else Access.READ) as journal:
        for notice in journal.notices:
            tell_error(notice)
        if writing:
            _take_in_room(journal)
        yield journal


def _take_in_room(journal: Journal) -> None:
    """What was marked in the session room comes in at the next unlock, this one. Trouble there stops no command."""
    from integrate.journal.room import merge_room

    try:
        report = merge_room(journal)
    except KnownError as error:
        tell_error(error)
        return
    for sentence in report.sentences() if report is not None else ():
        tell(sentence)
