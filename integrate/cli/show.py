"""`integrate show`: one entry."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from integrate.cli.entries import in_full, json_fields
from integrate.cli.journals import open_journal_at
from integrate.cli.options import entry_argument, journal_argument, passphrase_option, subcommand
from integrate.cli.output import print_json, say


@subcommand("show")
@journal_argument
@entry_argument
@passphrase_option
def command(place: Path, entry_id: UUID, passphrase_file: str | None, as_json: bool) -> None:
    """Show the entry as it was written."""
    from integrate.journal.finding import get_entry
    from integrate.journal.writing import newest_course

    with open_journal_at(place, passphrase_file) as journal:
        entry, newest = get_entry(journal, entry_id), newest_course(journal)
    if as_json:
        print_json({**json_fields(entry.summary, newest), "body": entry.body})
    else:
        say(in_full(entry, newest))
