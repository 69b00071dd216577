"""`integrate check`: see whether a journal is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from integrate.cli.invocation import current_call
from integrate.cli.options import journal_argument, passphrase_option, subcommand
from integrate.cli.output import Progress, print_json, say, tell
from integrate.cli.secrets import read_secret
from integrate.errors import ExitCode
from integrate.i18n import N_, _

if TYPE_CHECKING:
    from integrate.journal.checking import CheckReport


# What was looked at, in the order it is told.
_KINDS: Final = (
    ("header_copies", N_("copies of the header")),
    ("pages", N_("pages of the database")),
    ("entries", N_("entries, with those in Recently deleted")),
    ("records", N_("records in all, each with its seal")),
    ("tags", N_("tags on entries")),
    ("check_ins", N_("check-ins, with those in Recently deleted")),
    ("attachments", N_("attachments")),
    ("indexed", N_("texts in the search index")),
    ("backups", N_("automatic backups")),
    ("backups_read", N_("automatic backups read whole")),
)


@subcommand("check")
@journal_argument
@passphrase_option
@click.option("--deep", is_flag=True, help=_("Also read every automatic backup in the journal's folder."))
def command(place: Path, passphrase_file: str | None, deep: bool, as_json: bool) -> int:
    """Look at everything, change nothing; the exit code says whether all is well."""
    from integrate.journal.checking import check_journal
    from integrate.journal.opening import ByPassphrase

    current_call().before_journal()
    secret = None if passphrase_file is None else ByPassphrase(read_secret(passphrase_file))
    with Progress(_("Checking")) as progress:
        report = check_journal(place, secret, deep=deep, progress=progress)
    if secret is None:
        tell(_("Without a passphrase only the structure is checked. --passphrase-file FILE checks everything."))
    if as_json:
        print_json({"ok": report.ok, "checked": dict(report.checked), "problems": list(report.problems)})
    else:
        _tell_person(report)
    return ExitCode.DONE if report.ok else ExitCode.DAMAGED


def _tell_person(report: CheckReport) -> None:
    width = max((len(f"{count:,}") for count in report.checked.values()), default=0)
    for kind, label in _KINDS:
        if kind in report.checked:
            say(f"  {report.checked[kind]:>{width},}  {_(label)}")
    if report.ok:
        say(_("All is well."))
        return
    for problem in report.problems:
        say(problem)
    say(_("Nothing has been changed."))
