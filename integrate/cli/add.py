"""`integrate add`: write an entry."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from integrate.cli.invocation import STDIN, claim_stdin
from integrate.cli.journals import open_journal_at
from integrate.cli.options import (
    journal_argument,
    passphrase_option,
    phase_option,
    read_session,
    session_option,
    subcommand,
)
from integrate.cli.output import print_json, say, tell
from integrate.cli.secrets import read_stdin
from integrate.domain.entry import Draft, Phase
from integrate.domain.times import ZonedTime, parse_when
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.system.clock import SystemClock


@subcommand("add")
@journal_argument
@click.argument("text", metavar="[TEXT|-]", required=False, callback=claim_stdin)
@passphrase_option
@click.option("--title", metavar="T", default="", help=_("A title."))
@phase_option(_("The phase it belongs to; prepare, if not given."))
@session_option(_("The session it is about: N in the newest course, C.N in course C."))
@click.option("--at", metavar="ISO", help=_("When it was, such as 2026-03-01T21:30; now, if not given."))
@click.option("--tag", "tags", metavar="T", multiple=True, help=_("A tag. Can be given again."))
@click.option("--attach", "files", metavar="FILE", multiple=True, help=_("Attach a photo or file. Can be given again."))
@click.option("--never-share", is_flag=True, help=_("Never share this entry: no export holds it."))
def command(
    place: Path,
    text: str | None,
    passphrase_file: str | None,
    title: str,
    phase: Phase | None,
    session: str | None,
    at: str | None,
    tags: tuple[str, ...],
    files: tuple[str, ...],
    never_share: bool,
    as_json: bool,
) -> None:
    """Write the entry; it is on the disk for good when this returns."""
    from integrate.journal.writing import add_entry, prepare_file

    when = _when(at)
    # Everything that can be wrong with the call is found before anybody is asked for a passphrase.
    attachments = [prepare_file(Path(file)) for file in files]
    body = _body(text, may_be_empty=bool(title or files))
    draft = Draft(body, when, title, phase or Phase.PREPARE, tags=tags, never_share=never_share)
    with open_journal_at(place, passphrase_file, writing=True) as journal:
        added = add_entry(journal, replace(draft, session=read_session(session, journal)), attachments)
    if as_json:
        print_json({"entry_id": str(added.entry_id)})
    else:
        say(_("Saved: {entry_id}").format(entry_id=added.entry_id))


def _when(at: str | None) -> ZonedTime:
    clock = SystemClock()
    return ZonedTime(clock.now(), clock.zone()) if at is None else parse_when(at, clock.zone())


def _body(text: str | None, *, may_be_empty: bool) -> str:
    """The text as it was given, byte for byte; from standard input it is UTF-8."""
    if text == STDIN:
        try:
            return read_stdin().decode("utf-8")
        except UnicodeDecodeError:
            raise WrongUsage(reason=_("What came from standard input is not valid UTF-8 text.")) from None
    if text is not None:
        return text
    if may_be_empty:
        return ""
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUsage(
            reason=_("There is nothing to write yet: give the TEXT, or “-” to read it from standard input.")
        )
    tell(_("Write. Ctrl D on a line of its own ends it."))
    written = sys.stdin.read()
    if not written.strip():
        raise WrongUsage(reason=_("Nothing was written, so nothing was saved."))
    return written
