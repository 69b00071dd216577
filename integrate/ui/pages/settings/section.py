"""What every section of Settings is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.pages.settings.rows import SettingRow, only_to_read
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_ABOVE_PART: Final = 20


class Section(QWidget):
    """A heading with rows below it. Subclasses set ``id`` (for ``opened(section=…)``) and ``title``.

    ``in_list`` is what the list at the side says where the title is too long for it.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    in_list: ClassVar[str] = ""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self.desk = context.desk
        self.heading = Heading(context.theme, _(self.title), 2)
        self.setAccessibleName(_(self.title))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self._column.addSpacing(6)
        self._begun = False

    def list_title(self) -> str:
        """What the list at the side calls it."""
        return _(self.in_list) if self.in_list else _(self.title)

    def refresh(self) -> None:
        """Show what is chosen now: the page is opened, or something changed elsewhere."""

    def place_of(self, name: str) -> QWidget | None:
        """The control that ``opened(section=name)`` means inside this section."""
        return None

    # --- building -----------------------------------------------------------------------------------------------------

    def add(self, row: QWidget, *, writes: bool = True) -> None:
        """Add a row with a hairline above it. One that ``writes`` is of no use in a journal open to read only."""
        if self._begun:
            self._column.addWidget(Divider(self.theme))
        self._begun = True
        self._column.addWidget(row)
        if writes and not self.desk.may_write and isinstance(row, SettingRow):
            row.set_unavailable(only_to_read())

    def add_part(self, title: str) -> None:
        """Begin a group of rows with a small heading of its own."""
        self._column.addSpacing(_ABOVE_PART)
        self._column.addWidget(Heading(self.theme, title, 3))
        self._begun = False

    def add_words(self, text: str) -> Text:
        """Add a sentence or two that belong to all of the section."""
        words = Text(self.theme, text, "body", "ink2")
        self._column.addWidget(words)
        return words

    def add_column(self) -> QVBoxLayout:
        """Add a place for parts that come and go."""
        column = QVBoxLayout()
        column.setSpacing(0)
        self._column.addLayout(column)
        return column

    # --- choosing -----------------------------------------------------------------------------------------------------

    def choose(self, **changes: Any) -> None:
        """Keep preferences inside the journal; what the disk refuses is told, and the controls show what holds."""
        self.desk.change_preferences(self, **changes)

    def failed(self, error: Exception) -> None:
        """Tell what went wrong at the top of the page, and show what holds."""
        self.context.shell.tell_trouble(error)
        self.refresh()


def told(error: Exception) -> str:
    """What went wrong as sentences for a line in a row; "" for a bug, which is told elsewhere."""
    return " ".join(error.sentences()) if isinstance(error, KnownError) else ""
