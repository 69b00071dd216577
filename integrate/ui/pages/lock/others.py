"""Other journals: those beside this one, one in any folder, one from a backup, or a new one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.page import ProgramPort
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.paint import RING_REACH
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.info import JournalInfo


def choose_other_journal(window: QWidget, program: ProgramPort) -> OtherJournals:
    """Open the sheet over ``window``. Whatever is chosen locks the journal that is open."""
    sheet = OtherJournals(window, program)
    sheet.open()
    return sheet


class OtherJournals(Sheet):
    """The names of the journals in the usual folder, and three other ways. No journal is looked into."""

    def __init__(self, window: QWidget, program: ProgramPort) -> None:
        super().__init__(program.theme, window, _("Open another journal"), width=480)
        self._program = program
        self._window = window
        self._trouble: Banner | None = None
        self.body.setContentsMargins(RING_REACH, RING_REACH, RING_REACH, RING_REACH)
        self._near = Text(self.theme, _("In the usual folder"), "label", "ink2")
        self.body.addWidget(self._near)
        self._near.hide()
        self._at = self.body.count()
        self._divider = Divider(self.theme)
        self.body.addWidget(self._divider)
        self._divider.hide()
        self.folder = self._way(_("Choose a folder…"), "folder-open", self._choose_folder)
        self.backup = self._way(_("Open a backup file…"), "history", self._choose_backup)
        self.new = self._way(_("Start a new journal"), "plus", self._start_new)
        self.initial_focus = self.folder
        program.background.submit(self, partial(_journals_in, program.paths.data_folder), self._show_near, self._tell)

    def _way(self, words: str, icon: str, act: object) -> Button:
        button = Button(self.theme, words, "secondary", icon)
        button.clicked.connect(act)
        self.body.addWidget(button)
        return button

    def _show_near(self, places: tuple[Path, ...]) -> None:
        others = [place for place in places if place != self._program.place]
        self._near.setVisible(bool(others))
        self._divider.setVisible(bool(others))
        for number, place in enumerate(others):
            button = Button(self.theme, place.stem.replace("&", "&&"), "secondary", "notebook-pen")
            button.setAccessibleName(place.stem)
            button.clicked.connect(partial(self._switch, place))
            self.body.insertWidget(self._at + number, button)

    def _switch(self, place: Path, _checked: bool = False) -> None:
        program = self._program
        self.close()
        program.switch_to(place)

    def _start_new(self) -> None:
        program = self._program
        self.close()
        program.start_new()

    def _choose_folder(self) -> None:
        from integrate.ui.platform.dialogs import choose_folder

        choose_folder(self, _("Choose a journal's folder"), self._program.paths.data_folder, self._folder_chosen)

    def _folder_chosen(self, place: Path) -> None:
        self._program.background.submit(self, partial(_look_at, place), partial(self._found, place), self._tell)

    def _found(self, place: Path, _info: JournalInfo) -> None:
        self._switch(place)

    def _choose_backup(self) -> None:
        from integrate.ui.platform.dialogs import open_file

        filters = (_("Backups of integrate (*.ibk)"), _("All files (*)"))
        open_file(self, _("Choose a backup file"), self._program.paths.data_folder, filters, self._backup_chosen)

    def _backup_chosen(self, file: Path) -> None:
        from integrate.ui.pages.lock.restore import RestoreBackup

        window, program = self._window, self._program
        self.close()
        RestoreBackup(window, program, file).open()

    def _tell(self, error: Exception) -> None:
        title = error.sentences()[0] if isinstance(error, KnownError) else _("That folder could not be read.")
        hint = _("A journal is a folder whose name ends in .integrate.")
        if self._trouble is not None:
            self._trouble.hide()
            self._trouble.deleteLater()
        self._trouble = Banner(self.theme, "trouble", title, hint)
        self.body.insertWidget(0, self._trouble)
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)


def _journals_in(folder: Path) -> tuple[Path, ...]:
    from integrate.journal.places import journals_in

    return journals_in(folder)


def _look_at(place: Path) -> JournalInfo:
    from integrate.journal.info import journal_info

    return journal_info(place)
