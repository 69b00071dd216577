"""What one call of the program carries with it beside its command's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from integrate.errors import WrongUsage
from integrate.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"


class Invocation:
    """One call. ``before_journal`` is run before a journal is touched."""

    def __init__(self, before_journal: Callable[[], None]) -> None:
        self.before_journal = before_journal
        self.debug = False
        self.data_dir: Path | None = None
        self.stdin_taken = False


def current_call() -> Invocation:
    """The call that is running."""
    call = click.get_current_context().find_object(Invocation)
    assert call is not None
    return call


def claim_stdin(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Callback of every parameter for which ``-`` means standard input, which can be read once.

    Raises:
        WrongUsage: another parameter of this call has it already.
    """
    call = context.find_object(Invocation)
    if value == STDIN and call is not None:
        if call.stdin_taken:
            raise WrongUsage(reason=_("Standard input can be read once: use “-” in one place only."))
        call.stdin_taken = True
    return value


def _note_debug(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    call = context.find_object(Invocation)
    if call is not None:
        call.debug = call.debug or value


def _note_data_dir(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    call = context.find_object(Invocation)
    if call is not None and value is not None:
        from pathlib import Path

        call.data_dir = Path(value)


def general_options() -> list[click.Parameter]:
    """`--data-dir` and `--debug`, which every call takes."""
    data_dir = click.Option(
        ["--data-dir"],
        metavar="DIR",
        expose_value=False,
        callback=_note_data_dir,
        help=_("Keep everything the program itself writes (settings, default journal) under DIR."),
    )
    debug = click.Option(
        ["--debug"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_note_debug,
        help=_("When something fails, also say where in the program, without any of your writing."),
    )
    return [data_dir, debug]
