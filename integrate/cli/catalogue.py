"""The sub-commands as data: name, group and one line of help each, so that `--help` imports none of them."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Final, cast

import click

from integrate.i18n import N_, _

# (name, line of help); the code of a sub-command is in the module of the same name ("_" for "-", and after
# a word of Python).
WRITE_AND_FIND: Final = (
    ("create", N_("Make a journal.")),
    ("add", N_("Write an entry.")),
    ("list", N_("List entries, newest first.")),
    ("search", N_("Find entries by their words.")),
    ("show", N_("Show one entry.")),
    ("check-in", N_("Note how you are, in a few numbers.")),
)
KEEP_SAFE: Final = (
    ("backup", N_("Save the whole journal as one encrypted file.")),
    ("restore", N_("Make a journal from a backup.")),
    ("export", N_("Take along a file: for someone, for another program, or for yourself.")),
    ("import", N_("Bring in what another copy or a file holds.")),
    ("check", N_("See whether a journal is whole.")),
    ("info", N_("Tell what can be known without a passphrase.")),
)
PASSPHRASES: Final = (
    ("passphrase", N_("Change the passphrase.")),
    ("recover", N_("Set a new passphrase with the recovery words.")),
)
LOOK_AROUND: Final = (("demo", N_("Make a journal of invented content, to look around in.")),)
GROUPS: Final = (
    (N_("Write and find"), WRITE_AND_FIND),
    (N_("Keep safe"), KEEP_SAFE),
    (N_("Passphrase and recovery words"), PASSPHRASES),
    (N_("Look around"), LOOK_AROUND),
)


def all_listed() -> tuple[tuple[str, str], ...]:
    """Every sub-command, in the order of `--help`."""
    return tuple(listed for _title, group in GROUPS for listed in group)


def summary(name: str) -> str:
    """The translated line of help of the sub-command ``name``."""
    line = next(line for listed, line in all_listed() if listed == name)
    return _(line)


class Catalogue(click.Group):
    """A group whose members are imported when they are run."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order of `--help`."""
        return [name for name, _line in all_listed()]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The sub-command, from its own module; None where there is none of that name."""
        if name not in self.list_commands(context):
            return None
        module = name.replace("-", "_") + "_" * iskeyword(name)
        return cast("click.Command", import_module(f"integrate.cli.{module}").command)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under the heading of their group."""
        width = max(len(name) for name, _line in all_listed())
        for title, group in GROUPS:
            with formatter.section(_(title)):
                formatter.write_dl([(name.ljust(width), _(line)) for name, line in group])

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """`--help` in our words."""
        return in_our_words(super().get_help_option(context))


def in_our_words(option: click.Option | None) -> click.Option | None:
    """The library's `--help` option with a line that is translated with everything else."""
    if option is not None:
        option.help = _("Show this help.")
    return option
