"""The program as a command: what it takes before a sub-command, and how every way of ending is told."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from integrate import __version__
from integrate.cli.catalogue import Catalogue
from integrate.cli.invocation import Invocation, general_options
from integrate.cli.output import ReaderGone, finish_output, tell, tell_error
from integrate.errors import ExitCode, KnownError, WrongUsage
from integrate.i18n import _

PROGRAM: Final = "integrate"

_OPTION_NAME: Final = re.compile(r"--?[a-z][a-z-]{0,30}")
_FEWEST_COLUMNS: Final = 50
_MOST_COLUMNS: Final = 100
_SIGNAL_BASE: Final = 128  # a shell's convention for a process that a signal has ended


class Terminated(KeyboardInterrupt):
    """The system, or the person through it, asked the process to end with signal ``number``."""

    def __init__(self, number: int = signal.SIGTERM) -> None:
        super().__init__()
        self.number = number


def main(
    arguments: Sequence[str],
    *,
    before_journal: Callable[[], None] = lambda: None,
    stopped: Callable[[], KeyboardInterrupt | None] = lambda: None,
) -> int:
    """Run one call, ``arguments`` being what follows the program's name; return its exit code. It never raises.

    ``before_journal`` is run before a journal is touched: what is to be set for the process goes there. ``stopped``
    tells whether the process was asked to end: an interrupt inside a library's callback comes out as another failure.
    """
    call = Invocation(before_journal)
    try:
        code = _run(list(arguments), call)
        finish_output()
    except click.exceptions.Exit as end:
        return _ended(end.exit_code)
    except click.ClickException as error:
        _tell_usage(error)
        return ExitCode.USAGE
    except KnownError as error:
        if (asked := stopped()) is not None:
            return _stop(call, asked, error)
        tell_error(error)
        _debug(call, error)
        return error.exit_code
    except ReaderGone:
        _drop_stdout()
        return ExitCode.DONE
    except KeyboardInterrupt as stop:
        return _stop(call, stop, stop)
    except Exception as error:
        if (asked := stopped()) is not None:
            return _stop(call, asked, error)
        tell(_("Something went wrong inside Integrate. This is a bug, not your mistake."))
        tell(_("Please report it with the output of the same command with --debug, which holds none of your writing."))
        _debug(call, error)
        return ExitCode.BUG
    return code


def _run(arguments: list[str], call: Invocation) -> int:
    program = _program()
    with program.make_context(PROGRAM, arguments, obj=call, terminal_width=_help_width()) as context:
        return int(program.invoke(context) or ExitCode.DONE)


def _help_width() -> int:
    """Columns for help: those of the terminal, within what reads well. The library's own way imports a lot."""
    try:
        columns = os.get_terminal_size().columns
    except (ValueError, OSError):
        columns = _MOST_COLUMNS
    return max(min(columns, _MOST_COLUMNS) - 2, _FEWEST_COLUMNS)


def _program() -> click.Group:
    """The command itself, made when the language is known."""

    @click.group(
        PROGRAM,
        cls=Catalogue,
        invoke_without_command=True,
        help=_("An offline, encrypted journal for ketamine-assisted psychotherapy. It never goes online."),
        epilog=_("`integrate COMMAND --help` tells more about one command."),
    )
    @click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s", help=_("Show the version."))
    @click.option("--journal", metavar="JOURNAL", help=_("The journal the window opens."))
    @click.pass_context
    def integrate(context: click.Context, journal: str | None) -> int | None:
        if context.invoked_subcommand is None:
            return _open_window(context.ensure_object(Invocation), journal)
        if journal is not None:
            raise WrongUsage(reason=_("--journal is for the window. A command takes its JOURNAL after its name."))
        return None

    integrate.params.extend(general_options())
    return integrate


def _open_window(call: Invocation, journal: str | None) -> int:
    """The way into the window.

    Raises:
        WrongUsage: there is no display to show it on.
    """
    from pathlib import Path

    from integrate.ui.start import display_is_there, run_window

    if not display_is_there():
        raise WrongUsage(
            reason=_(
                "There is no display here to open the window on. "
                "`integrate --help` lists what works on the command line."
            )
        )
    return run_window(call.data_dir, None if journal is None else Path(journal).absolute(), call.before_journal)


def _stop(call: Invocation, stop: KeyboardInterrupt, error: BaseException) -> int:
    tell(_("Stopped. Nothing half-done is left."))
    _debug(call, error)
    return _SIGNAL_BASE + stop.number if isinstance(stop, Terminated) else ExitCode.INTERRUPTED


def _ended(code: int) -> int:
    """After `--help` and `--version`."""
    try:
        finish_output()
    except (ReaderGone, KnownError):
        _drop_stdout()
    return code


def _tell_usage(error: click.ClickException) -> None:
    """What is wrong with the words of a call, in ours. What was typed is repeated only where it is no writing."""
    tell(_usage(error))
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else PROGRAM
    tell(_("`{command} --help` shows how to write it.").format(command=path))


def _usage(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return _no_such_option(error.option_name)
        case click.exceptions.NoSuchCommand():
            return _("There is no such command.")
        case click.MissingParameter(param=click.Parameter() as parameter):
            return _("{name} is missing.").format(name=_name(parameter))
        case click.BadOptionUsage(option_name=str(name)) if _OPTION_NAME.fullmatch(name):
            return _("Something is missing after {option}, or too much.").format(option=name)
        case click.BadParameter(param=click.Parameter() as parameter):
            return _("What is given for {name} does not fit: {why}").format(name=_name(parameter), why=error.message)
        case _:
            return _("There are more words than this command takes. Put a text with spaces into quotes.")


def _no_such_option(name: str) -> str:
    if _OPTION_NAME.fullmatch(name):
        return _("There is no option {option} here. A text that begins with “-” stands after “--”.").format(option=name)
    return _("A text that begins with “-” stands after “--”.")


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.metavar or parameter.human_readable_name if isinstance(parameter, click.Argument) else ""


def _debug(call: Invocation, error: BaseException) -> None:
    if call.debug:
        from integrate.cli.debugging import trace_lines

        for line in trace_lines(error):
            tell(line)


def _drop_stdout() -> None:
    """Nobody reads: what is still buffered must not be tried again when the interpreter ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, by its own name
        os.dup2(nowhere.fileno(), descriptor)
