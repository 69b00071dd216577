"""Every visible sentence goes through here: gettext, with the catalogue chosen once at start-up.

Qt's own translation cannot serve the command line, error texts or reports, so the whole program uses gettext.
A sentence that is defined at import time is marked with :func:`N_` and translated when it is shown.
"""

from __future__ import annotations

import gettext as _gettext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DOMAIN = "integrate"


class _Catalogue:
    """The catalogue in use. One object for the process, replaced by :func:`use_language`."""

    def __init__(self) -> None:
        self.translations: _gettext.NullTranslations = _gettext.NullTranslations()


_current = _Catalogue()


def use_language(folder: Path, languages: list[str] | None = None) -> None:
    """Load the catalogue for ``languages`` (or the ones the environment names) from ``folder``.

    A language without a catalogue leaves the English source sentences in place; that is never an error.
    """
    _current.translations = _gettext.translation(_DOMAIN, localedir=str(folder), languages=languages, fallback=True)


def _(sentence: str) -> str:
    """Translate ``sentence`` now. Slots stay in braces for :meth:`str.format`."""
    return _current.translations.gettext(sentence) if sentence else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Translate with the plural form for ``count``; the sentence still holds its ``{count}`` slot."""
    return _current.translations.ngettext(one, many, count)


def N_(sentence: str) -> str:  # noqa: N802 - the name every gettext extractor looks for
    """Mark ``sentence`` for translation without translating it yet."""
    return sentence
