"""What Today has to tell: no recovery words yet, and a course that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class RecoveryLine(QWidget):
    """One quiet line until there are recovery words. ``make`` is the way to them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.make = LinkText(theme, _("Make them"), role="caption")
        self.make.setAccessibleName(_("Make recovery words"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(Text(theme, _("This journal has no recovery words yet."), "caption", "ink2"))
        self._row.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeading)
        self._row.addStretch(1)
        self.hide()

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        side_by_side(self._row, room)


class CourseTrouble(QWidget):
    """The banner that says that the course cannot be read; the rest of Today works without it.

    Closed by hand it stays away until :meth:`begin_anew`.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._banner: Banner | None = None
        self._closed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def begin_anew(self) -> None:
        """The page is opened again: what was closed may be said once more."""
        self._closed = False

    def show_trouble(self, trouble: bool) -> None:
        """Say it, or not."""
        if trouble and self._banner is None:
            title = _("Your course could not be read. Everything else is here.")
            text = _("Nothing has been changed. A backup may still hold it: restore one beside this journal.")
            ways = [(_("Close this message"), self._close)]
            self._banner = Banner(self._theme, "trouble", title, text, ways)
            self._column.addWidget(self._banner)
        self.setVisible(trouble and not self._closed)

    def _close(self) -> None:
        self._closed = True
        self.hide()
