"""Where a journal's files are. No other program is ever opened from here, so the place is shown as text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text


def show_files(theme: Theme, host: QWidget, place: Path) -> Sheet:
    """Open a sheet with the path of the journal's folder, which can be marked and copied."""
    sheet = Sheet(theme, host, _("The journal's files"))
    words = _(
        "Your journal is this folder. Keep all of it together, and copy it before anybody tries to mend it. "
        "Its automatic copies are in the folder “backups” inside."
    )
    sheet.body.addWidget(Text(theme, words, "body", "ink2"))
    sheet.body.addWidget(Text(theme, str(place), "bodyStrong", selectable=True))
    sheet.open()
    return sheet
