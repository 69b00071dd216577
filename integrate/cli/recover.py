"""`integrate recover`: set a new passphrase with the recovery words."""

from __future__ import annotations

from pathlib import Path

from integrate.cli.invocation import current_call
from integrate.cli.options import journal_argument, new_passphrase_option, subcommand, words_option
from integrate.cli.output import print_json, say
from integrate.cli.secrets import ask, new_passphrase, read_secret
from integrate.i18n import _


@subcommand("recover")
@journal_argument
@words_option
@new_passphrase_option
def command(place: Path, words_file: str | None, new_passphrase_file: str | None, as_json: bool) -> None:
    """Open with the words and set a new passphrase; the words stay valid."""
    from integrate.journal.info import journal_info
    from integrate.journal.secrets import recover_journal

    current_call().before_journal()
    if words_file is None or new_passphrase_file is None:
        # Nobody is asked for the words of what is no journal.
        journal_info(place)
    words = read_secret(words_file) if words_file is not None else ask(_("Recovery words: "), "--words-file")
    recover_journal(place, words, new_passphrase(new_passphrase_file, "--new-passphrase-file"))
    if as_json:
        print_json({})
    else:
        say(_("The new passphrase is set. Your recovery words stay the same."))
