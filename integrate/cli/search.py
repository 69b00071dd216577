"""`integrate search`: find entries by their words."""

from __future__ import annotations

from pathlib import Path

import click

from integrate.cli.found import Found
from integrate.cli.journals import open_journal_at
from integrate.cli.options import Choice, filter_options, journal_argument, passphrase_option, subcommand


@subcommand("search")
@journal_argument
@click.argument("query", metavar="QUERY")
@passphrase_option
@filter_options
def command(place: Path, query: str, passphrase_file: str | None, choice: Choice, as_json: bool) -> int:
    """List the entries that hold the words; whatever they are, they are no error."""
    from integrate.journal.finding import search_entries
    from integrate.journal.writing import newest_course

    # Bytes that are no text come as half surrogate pairs; nothing in a journal is like them.
    asked = query.encode("utf-8", "replace").decode("utf-8")
    with open_journal_at(place, passphrase_file) as journal:
        found = Found(newest_course(journal))
        return found.print(search_entries(journal, asked, choice.filter_in(journal), choice.limit), as_json)
