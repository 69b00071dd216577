"""`integrate create`: make a journal, and hand out its recovery words once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.cli.invocation import current_call
from integrate.cli.journals import PASSPHRASE_FILE
from integrate.cli.options import journal_argument, new_file_option, passphrase_option, subcommand
from integrate.cli.output import ReaderGone, finish_output, print_json, say
from integrate.cli.secrets import new_passphrase
from integrate.errors import ReadOnlyPlace, TargetExists, WrongUsage
from integrate.i18n import _

_ROWS: Final = 4


@dataclass(frozen=True, slots=True)
class _New:
    """What is told of a journal that was just made."""

    place: Path
    id: UUID
    words: Sequence[str]


@subcommand("create")
@journal_argument
@passphrase_option
@new_file_option(
    "--recovery-file", _("Write the recovery words to FILE, a new one for you alone, and do not show them.")
)
def command(place: Path, passphrase_file: str | None, recovery_file: Path | None, as_json: bool) -> None:
    """Make the journal. Where its words can neither be shown nor written down, there is no journal either."""
    from integrate.journal.opening import create_journal

    if os.path.lexists(place):
        raise TargetExists(target=place)
    if recovery_file is not None:
        _require_room_for(recovery_file)
    elif sys.stdout is None:
        raise _words_not_shown()
    passphrase = new_passphrase(passphrase_file, PASSPHRASE_FILE)
    current_call().before_journal()
    new = create_journal(place, passphrase)
    made = _New(place, new.id, new.recovery_words)
    try:
        if recovery_file is None:
            _show(made, as_json)
        else:
            _write_words(recovery_file, made.words)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    if recovery_file is not None:
        _report_file(made, recovery_file, as_json)


def _require_room_for(file: Path) -> None:
    """Find out before anything is made; writing itself still never overwrites."""
    if os.path.lexists(file):
        raise TargetExists(target=file)
    if not file.parent.is_dir():
        raise WrongUsage(reason=_("There is no folder {place} for the recovery words.").format(place=file.parent))
    if not os.access(file.parent, os.W_OK):
        raise ReadOnlyPlace(file.parent)


def _write_words(file: Path, words: Sequence[str]) -> None:
    from integrate.system.files import create_private, disk_errors

    with disk_errors(file):
        create_private(file, (" ".join(words) + "\n").encode("ascii"))


def _words_not_shown() -> WrongUsage:
    return WrongUsage(
        reason=_(
            "The recovery words could not be shown, so no journal was made. --recovery-file writes them to a file."
        )
    )


def _show(made: _New, as_json: bool) -> None:
    try:
        if as_json:
            print_json({**_json_fields(made), "recovery_words": list(made.words)})
        else:
            for line in _with_words(made):
                say(line)
        finish_output()
    except ReaderGone:
        raise _words_not_shown() from None


def _report_file(made: _New, file: Path, as_json: bool) -> None:
    if as_json:
        print_json(_json_fields(made))
        return
    say(_ready(made))
    say(_("Its recovery words are in {file}.").format(file=file))
    say(_paper())


def _json_fields(made: _New) -> dict[str, object]:
    return {"journal": str(made.place), "journal_id": str(made.id)}


def _with_words(made: _New) -> Iterator[str]:
    yield _ready(made)
    yield ""
    yield _(
        "Recovery words. They open it when the passphrase is lost, and are shown only now. Write them down, in order:"
    )
    yield ""
    numbered = [f"{number:>4}  {word:<10}" for number, word in enumerate(made.words, 1)]
    for row in range(_ROWS):
        yield "".join(numbered[row::_ROWS]).rstrip()
    yield ""
    yield _paper()


def _ready(made: _New) -> str:
    return _("Your journal is ready: {place}").format(place=made.place)


def _paper() -> str:
    return _(
        "Anyone who finds this paper can open your journal. "
        "Keep it where only you would look, or with someone you trust."
    )
