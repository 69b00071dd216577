"""`integrate demo`: make a journal of invented content."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from integrate.cli.invocation import current_call
from integrate.cli.options import journal_argument, subcommand
from integrate.cli.output import Progress, print_json, say
from integrate.domain.times import ZonedTime, parse_day
from integrate.errors import TargetExists, WrongUsage
from integrate.i18n import _, ngettext


def _number(_context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """A whole number; whether it is one that a demo can have is the demo's business.

    Raises:
        WrongUsage: it is none.
    """
    if value is None:
        return None
    try:
        return int(value)
    except ValueError:
        raise WrongUsage(reason=_("{option} takes a whole number.").format(option=parameter.opts[0])) from None


@subcommand("demo")
@journal_argument
@click.option("--sessions", metavar="N", callback=_number, help=_("How many sessions the course has. 8, if not given."))
@click.option(
    "--entries", metavar="N", callback=_number, help=_("How many entries. Those that are written, if not given.")
)
@click.option(
    "--seed", metavar="S", callback=_number, help=_("Another number puts other entries together. 0, if not given.")
)
@click.option("--today", metavar="DATE", help=_("The day it is made for, such as 2026-10-08. Today, if not given."))
def command(
    place: Path, sessions: int | None, entries: int | None, seed: int | None, today: str | None, as_json: bool
) -> None:
    """Make it, and say how it opens."""
    from integrate.journal.demo import PASSPHRASE, SESSIONS, make_demo

    day = _local_today() if today is None else parse_day(today)
    if os.path.lexists(place):
        raise TargetExists(target=place)
    current_call().before_journal()
    with Progress(_("Writing")) as progress:
        made = make_demo(
            place, day, sessions=SESSIONS if sessions is None else sessions, entries=entries, seed=seed or 0,
            progress=progress,
        )  # fmt: skip
    if as_json:
        print_json({"journal": str(made.place), "entries": made.entries, "sessions": made.sessions})
        return
    told = ngettext(
        "The demo is ready, with {count} entry: {place}",
        "The demo is ready, with {count} entries: {place}",
        made.entries,
    )
    say(told.format(count=made.entries, place=made.place))
    say(_("Everything in it is invented. Its passphrase is: {passphrase}").format(passphrase=PASSPHRASE))


def _local_today() -> date:
    from integrate.system.clock import SystemClock

    clock = SystemClock()
    return ZonedTime(clock.now(), clock.zone()).local_date()
