"""`integrate info`: what can be known without a passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from integrate import __version__
from integrate.cli.invocation import current_call
from integrate.cli.options import journal_argument, subcommand
from integrate.cli.output import print_json, say
from integrate.i18n import N_, _

if TYPE_CHECKING:
    from integrate.journal.info import JournalInfo

_KINDS = (
    ("passphrase", N_("passphrase")),
    ("keyring", N_("this computer's keyring")),
    ("recovery", N_("recovery words")),
)


@subcommand("info")
@journal_argument
def command(place: Path, as_json: bool) -> None:
    """Tell the public part of the header and how much room the journal takes."""
    from integrate.journal.info import journal_info

    current_call().before_journal()
    known = journal_info(place)
    if as_json:
        print_json(_json_fields(known))
        return
    kinds = dict(_KINDS)
    ways = ", ".join(_(kinds[slot.kind]) for slot in known.slots)
    rows = (
        (_("Journal"), str(known.id)),
        (_("Format"), str(known.format)),
        (_("Opens with"), ways),
        (_("On disk"), _("{count} bytes").format(count=f"{known.bytes:,}")),
        (_("This program"), __version__),
    )
    width = max(len(label) for label, _value in rows)
    for label, value in rows:
        say(f"{label.ljust(width)}  {value}")


def _json_fields(known: JournalInfo) -> dict[str, object]:
    # "created" is in the contract; the header holds no times on purpose, so there is nothing to say.
    slots = [{"kind": slot.kind, "id": slot.index, "created": None} for slot in known.slots]
    return {
        "journal_id": str(known.id),
        "format": known.format,
        "app_version": __version__,
        "slots": slots,
        "bytes": known.bytes,
    }
