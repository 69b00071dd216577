"""`integrate restore`: make a journal from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from integrate.cli.invocation import current_call
from integrate.cli.journals import PASSPHRASE_FILE
from integrate.cli.options import journal_argument, passphrase_option, subcommand, words_option
from integrate.cli.output import Progress, print_json, say
from integrate.cli.secrets import ask, read_secret
from integrate.errors import FileMissing, TargetExists, WrongUsage
from integrate.i18n import _, ngettext
from integrate.system.files import is_file, is_taken

if TYPE_CHECKING:
    from integrate.journal.opening import Secret


@subcommand("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@journal_argument
@passphrase_option
@words_option
def command(file: Path, place: Path, passphrase_file: str | None, words_file: str | None, as_json: bool) -> None:
    """Make the journal; it has been read through when this returns."""
    from integrate.journal.backups import restore_backup

    if passphrase_file is not None and words_file is not None:
        raise WrongUsage(reason=_("Give the passphrase or the recovery words, not both."))
    # Nobody is asked for a passphrase where it could not be used.
    if is_taken(place):
        raise TargetExists(target=place)
    if not is_file(file):
        raise FileMissing(file=file)
    current_call().before_journal()
    secret = _secret(passphrase_file, words_file)
    with Progress(_("Restoring")) as progress:
        restored = restore_backup(file, place, secret, progress)
    if as_json:
        print_json({"journal": str(restored.place), "entries": restored.entries})
        return
    told = ngettext(
        "Restored and checked: {count} entry in {place}.",
        "Restored and checked: {count} entries in {place}.",
        restored.entries,
    )
    say(told.format(count=restored.entries, place=restored.place))


def _secret(passphrase_file: str | None, words_file: str | None) -> Secret:
    from integrate.journal.opening import ByEither, ByWords

    if words_file is not None:
        return ByWords(read_secret(words_file))
    if passphrase_file is not None:
        return ByEither(read_secret(passphrase_file))
    return ByEither(ask(_("Passphrase or recovery words: "), PASSPHRASE_FILE))
