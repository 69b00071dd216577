"""Settings: a list of sections at the side, or all of them below each other where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.layout import PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.settings.about import AboutSection
from integrate.ui.pages.settings.appearance import AppearanceSection
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.settings.help import HelpSection
from integrate.ui.pages.settings.keyring import KeyringSection
from integrate.ui.pages.settings.lock import LockSection
from integrate.ui.pages.settings.measures import MeasuresSection
from integrate.ui.pages.settings.passphrase import PassphraseSection
from integrate.ui.pages.settings.questionnaires import QuestionnairesSection
from integrate.ui.pages.settings.section import Section
from integrate.ui.pages.settings.section_list import SectionList
from integrate.ui.pages.settings.writing import WritingSection
from integrate.ui.pages.settings.you import YouSection
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading

_SECTIONS: Final[tuple[type[Section], ...]] = (
    YouSection, LockSection, PassphraseSection, KeyringSection, AppearanceSection, MeasuresSection,
    QuestionnairesSection, WritingSection, HelpSection, DataSection, AboutSection,
)  # fmt: skip
_LIST_WIDTH: Final = 200
_CONTENT_WIDTH: Final = 640
_NARROW_PADDING: Final = 24
_BETWEEN: Final = 40
_BELOW_TITLE: Final = 20
_LEVEL: Final = 4


class SettingsPage(Page):
    """Every change takes effect at once; there is nothing to apply."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme = self.theme
        self._width = WidthClass.WIDE
        self._target: QWidget | None = None
        self._title = Heading(theme, _("Settings"))
        self.sections = {kind.id: kind(context) for kind in _SECTIONS}
        self._current = next(iter(self.sections))
        names = [(name, section.list_title()) for name, section in self.sections.items()]
        self.list = SectionList(theme, names)
        self._lay_out()
        self.list.wanted.connect(self.show_section)
        self.desk.preferences_changed.connect(self._refresh)
        self.desk.trouble.connect(self._refresh)
        theme.changed.connect(self._arrange)
        self.show_section(self._current)
        self._arrange()

    def _lay_out(self) -> None:
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setSpacing(_BELOW_TITLE)
        self._side_column.addWidget(self._title)
        self._side_column.addWidget(self.list)
        self._side_column.addStretch(1)
        self._inner = QWidget()
        self._content = QVBoxLayout(self._inner)
        self._content.setSpacing(_BETWEEN)
        for section in self.sections.values():
            self._content.addWidget(section)
        self._content.addStretch(1)
        self.area = PageScroll(self.theme)
        self.area.set_content(self._inner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.area, 1)

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Show what is chosen now; ``section`` goes to a section, or to something inside one (``recovery``)."""
        self._refresh()
        self._target = None
        name = arguments.get("section")
        if isinstance(name, str):
            self._go_to(name)

    def heading(self) -> QWidget | None:
        """The title, or what the page was opened for."""
        return self._target or self._title

    def regions(self) -> Sequence[QWidget]:
        """The list and what is chosen in it."""
        return (self.area,) if self._width is WidthClass.NARROW else (self.list, self.area)

    def set_width_class(self, width: WidthClass) -> None:
        """The list at the side, or none and all sections below each other."""
        narrows = width is WidthClass.NARROW and self._width is not WidthClass.NARROW
        self._width = width
        self._arrange()
        if narrows and self._current != next(iter(self.sections)):
            QTimer.singleShot(0, self, self._scroll_to_current)

    def flush(self) -> None:
        """Keep a name that is still being typed."""
        you = self.sections["you"]
        if isinstance(you, YouSection):
            you.keep()

    # --- sections -----------------------------------------------------------------------------------------------------

    def show_section(self, name: str) -> None:
        """Show one section; in the narrow layout all are there, and the page scrolls to it."""
        self._current = name
        self.list.show_section(name)
        narrow = self._width is WidthClass.NARROW
        self._show_sections()
        if narrow:
            QTimer.singleShot(0, self, self._scroll_to_current)
        else:
            self.area.verticalScrollBar().setValue(0)

    def current(self) -> str:
        """The id of the section that is shown, or was asked for last."""
        return self._current

    def _go_to(self, name: str) -> None:
        for found, section in self.sections.items():
            inside = section.place_of(name)
            if found == name or inside is not None:
                self.show_section(found)
                self._target = inside or section.heading
                self._target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _scroll_to_current(self) -> None:
        section = self.sections[self._current]
        self.area.verticalScrollBar().setValue(max(section.y() - _NARROW_PADDING, 0))

    def _refresh(self) -> None:
        for section in self.sections.values():
            section.refresh()

    def _arrange(self) -> None:
        narrow = self._width is WidthClass.NARROW
        side = _NARROW_PADDING if narrow else PAGE_SIDE
        top = _NARROW_PADDING if narrow else PAGE_TOP
        self._side_column.setContentsMargins(side, top, 0, top)
        self._side.setFixedWidth(self.theme.px(_LIST_WIDTH) + side)
        has_focus = self._title.hasFocus() or (narrow and _has_focus(self._side))
        if narrow:
            self._content.insertWidget(0, self._title)
        else:
            self._side_column.insertWidget(0, self._title)
        self._side.setVisible(not narrow)
        if has_focus:
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)  # it was moved, or what had it goes
        # In two columns the heading of the section stands on one line with the larger title.
        self._content.setContentsMargins(side, top + (0 if narrow else _LEVEL), side, top)
        self._inner.setMaximumWidth(self.theme.px(_CONTENT_WIDTH) + 2 * side)
        self._show_sections()

    def _show_sections(self) -> None:
        narrow = self._width is WidthClass.NARROW
        for found, section in self.sections.items():
            shown = narrow or found == self._current
            if not shown and _has_focus(section):
                self.list.focus_shown()  # otherwise Qt gives the focus to whatever comes next
            section.setVisible(shown)


def _has_focus(part: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and part.isAncestorOf(focused)
