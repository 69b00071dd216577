"""`integrate list`: entries, newest first."""

from __future__ import annotations

from pathlib import Path

from integrate.cli.found import Found
from integrate.cli.journals import open_journal_at
from integrate.cli.options import Choice, filter_options, journal_argument, passphrase_option, subcommand


@subcommand("list")
@journal_argument
@passphrase_option
@filter_options
def command(place: Path, passphrase_file: str | None, choice: Choice, as_json: bool) -> int:
    """List what the journal holds, as it is read."""
    from integrate.journal.finding import list_entries
    from integrate.journal.writing import newest_course

    with open_journal_at(place, passphrase_file) as journal:
        found = Found(newest_course(journal))
        return found.print(list_entries(journal, choice.filter_in(journal), choice.limit), as_json)
