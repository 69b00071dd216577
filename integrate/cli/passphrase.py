"""`integrate passphrase`: change the passphrase."""

from __future__ import annotations

from pathlib import Path

from integrate.cli.journals import open_journal_at
from integrate.cli.options import journal_argument, new_passphrase_option, passphrase_option, subcommand
from integrate.cli.output import print_json, say
from integrate.cli.secrets import new_passphrase
from integrate.i18n import _

NEW_PASSPHRASE_FILE = "--new-passphrase-file"


@subcommand("passphrase")
@journal_argument
@passphrase_option
@new_passphrase_option
def command(place: Path, passphrase_file: str | None, new_passphrase_file: str | None, as_json: bool) -> None:
    """Change it; the old one opens the journal no more."""
    from integrate.journal.secrets import change_passphrase

    # A file can be judged at once; a person is asked for a new passphrase once the present one has proved right.
    new = None if new_passphrase_file is None else new_passphrase(new_passphrase_file, NEW_PASSPHRASE_FILE)
    with open_journal_at(place, passphrase_file, writing=True) as journal:
        change_passphrase(journal, new or new_passphrase(None, NEW_PASSPHRASE_FILE))
    if as_json:
        print_json({})
    else:
        say(_("The passphrase is changed. Backups made before still open with the old one."))
