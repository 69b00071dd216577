"""What several sub-commands share: their common options and how the words of a call are read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

import click

from integrate.cli.catalogue import in_our_words, summary
from integrate.cli.invocation import STDIN, claim_stdin, general_options
from integrate.domain.entry import Filter, Phase, SessionRef
from integrate.domain.times import parse_day
from integrate.errors import WrongUsage
from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.journal.opening import Journal

Function = TypeVar("Function", bound=Callable[..., Any])

_MOST: Final = 2**31  # no journal has more entries, and SQLite counts no further than 2**63


class Command(click.Command):
    """A sub-command; it takes `--debug` and `--data-dir` as the program itself does."""

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """`--help` in our words."""
        return in_our_words(super().get_help_option(context))


def subcommand(name: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """Make the sub-command ``name`` with the options all of them take; what it returns is the exit code."""

    def decorate(function: Callable[..., int | None]) -> click.Command:
        made = click.command(name, cls=Command, help=summary(name))(function)
        made.params.append(click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON value on stdout.")))
        made.params.extend(general_options())
        return made

    return decorate


journal_argument = click.argument("place", metavar="JOURNAL", type=click.Path(path_type=Path))


def secret_option(name: str, text: str) -> Callable[[Function], Function]:
    """An option that names a file with a secret in it, or standard input."""
    return click.option(name, metavar="FILE", callback=claim_stdin, help=text)


def passphrase_option(function: Function) -> Function:
    """`--passphrase-file`."""
    text = _("Read the passphrase from FILE (-: standard input) instead of asking for it.")
    return secret_option("--passphrase-file", text)(function)


def new_passphrase_option(function: Function) -> Function:
    """`--new-passphrase-file`."""
    text = _("Read the new passphrase from FILE (-: standard input) instead of asking for it.")
    return secret_option("--new-passphrase-file", text)(function)


def words_option(function: Function) -> Function:
    """`--words-file`."""
    text = _("Read the twelve recovery words from FILE (-: standard input).")
    return secret_option("--words-file", text)(function)


def _new_file(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path | None:
    if value == STDIN:
        raise WrongUsage(reason=_("This can be written to a file only, not to standard output."))
    return None if value is None else Path(value)


def new_file_option(name: str, text: str) -> Callable[[Function], Function]:
    """An option that names a file to be written."""
    return click.option(name, metavar="FILE", callback=_new_file, help=text)


new_file_argument = click.argument("file", metavar="FILE", callback=_new_file)


def _phase(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Phase | None:
    try:
        return None if value is None else Phase(value)
    except ValueError:
        reason = _("“{text}” is not a phase. A phase is prepare, experience or integrate.")
        raise WrongUsage(reason=reason.format(text=value)) from None


def phase_option(text: str) -> Callable[[Function], Function]:
    """`--phase`."""
    return click.option("--phase", metavar="[prepare|experience|integrate]", callback=_phase, help=text)


def _session(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        # The number of the newest course is in the journal; whether it is a session at all is known before.
        SessionRef.parse(value, newest_course=1)
    return value


def session_option(text: str) -> Callable[[Function], Function]:
    """`--session`: N in the newest course, or C.N. :func:`read_session` reads it once a journal is open."""
    return click.option("--session", metavar="N", callback=_session, help=text)


def read_session(text: str | None, journal: Journal) -> SessionRef | None:
    """The session that ``text`` means in this journal."""
    from integrate.journal.writing import newest_course

    return None if text is None else SessionRef.parse(text, newest_course(journal))


def _entry_id(_context: click.Context, _parameter: click.Parameter, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise WrongUsage(reason=_("That is not an entry's id. `integrate list` shows the ids.")) from None


entry_argument = click.argument("entry_id", metavar="ENTRY_ID", callback=_entry_id)


def _limit(_context: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        count = int(value)
    except ValueError:
        count = 0
    if count < 1:
        raise WrongUsage(reason=_("--limit takes a whole number from 1."))
    return min(count, _MOST)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries a call asks for; ``session`` still as it was typed."""

    which: Filter
    session: str | None
    limit: int | None

    def filter_in(self, journal: Journal) -> Filter:
        """The filter, with the session of this journal."""
        w = self.which
        return Filter(w.first_day, w.last_day, w.phase, read_session(self.session, journal), w.tag)


def filter_options(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """`--from`, `--to`, `--phase`, `--session`, `--tag`, `--limit`; the function gets them as ``choice``."""

    @functools.wraps(function)
    def with_choice(*args: Any, **rest: Any) -> int | None:
        first, last = rest.pop("first_day"), rest.pop("last_day")
        which = Filter(
            first and parse_day(first), last and parse_day(last), phase=rest.pop("phase"), tag=rest.pop("tag")
        )
        return function(*args, choice=Choice(which, rest.pop("session"), rest.pop("limit")), **rest)

    described = click.option(
        "--limit", metavar="N", callback=_limit, help=_("No more than N entries. All, if not given.")
    )(with_choice)
    described = click.option("--tag", metavar="T", help=_("Only entries with this tag."))(described)
    described = session_option(_("Only entries about this session: N in the newest course, C.N in course C."))(
        described
    )
    described = phase_option(_("Only entries of this phase."))(described)
    described = click.option("--to", "last_day", metavar="D", help=_("The last day, such as 2026-03-31."))(described)
    return click.option("--from", "first_day", metavar="D", help=_("The first day, such as 2026-03-01."))(described)
