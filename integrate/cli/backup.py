"""`integrate backup`: the whole journal as one encrypted file."""

from __future__ import annotations

import os
from pathlib import Path

from integrate.cli.journals import open_journal_at
from integrate.cli.options import journal_argument, new_file_argument, passphrase_option, subcommand
from integrate.cli.output import Progress, print_json, say
from integrate.errors import TargetExists
from integrate.i18n import _, ngettext


@subcommand("backup")
@journal_argument
@new_file_argument
@passphrase_option
def command(place: Path, file: Path, passphrase_file: str | None, as_json: bool) -> None:
    """Write the backup; it has been opened again when this returns."""
    from integrate.journal.backups import back_up

    if os.path.lexists(file):
        raise TargetExists(target=file)
    with open_journal_at(place, passphrase_file) as journal, Progress(_("Backing up")) as progress:
        made = back_up(journal, file, progress)
    if as_json:
        print_json({"file": str(made.file), "sha256": made.sha256, "entries": made.entries})
        return
    told = ngettext(
        "Backed up and opened again to check: {count} entry in {file}.",
        "Backed up and opened again to check: {count} entries in {file}.",
        made.entries,
    )
    say(told.format(count=made.entries, file=made.file))
    say(f"SHA-256 {made.sha256}")
