"""Welcome: a passphrase, recovery words, a few settings, and there is a journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.layout import WidthClass
from integrate.ui.page import NewJournal, ProgramPort
from integrate.ui.pages.welcome.looking import LookFirst
from integrate.ui.pages.welcome.passphrase_step import PassphraseStep
from integrate.ui.pages.welcome.settings_step import SettingsStep
from integrate.ui.pages.welcome.side import STEPS, NarrowFoot, Side, disclaimer
from integrate.ui.pages.welcome.step import Step, tab_through
from integrate.ui.pages.welcome.words_step import WordsStep
from integrate.ui.scene import Scene
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.scroll import PageScroll, ScrolledEdge
from integrate.ui.widgets.text import Text

_PAUSE: Final = 150
"""Milliseconds after the first showing before the words are made, which loads much: the window comes first."""

_MARGINS: Final = ((24, 24), (48, 48), (96, 72))  # left and top, by width class
_RIGHT: Final = 24
_BELOW_WHERE: Final = 8
_ABOVE_WAYS: Final = 20
_BETWEEN_WAYS: Final = 4
_LARGE: Final = 1.3  # from this text size on, a foot of three lines would leave too little of a narrow window


class WelcomeScene(Scene):
    """The scene of a journal that is to be. Passphrase and words live in its parts only, and are wiped with it."""

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        super().__init__()
        self._theme = theme
        self._program = program
        self._width_class = WidthClass.WIDE
        self._at = 0
        self._without_words = False
        self._seen = False
        self.passphrase = PassphraseStep(theme, program)
        self.words = WordsStep(theme, program)
        self.settings = SettingsStep(theme, program)
        self.steps: tuple[Step, ...] = (self.passphrase, self.words, self.settings)
        self.look = LookFirst(theme)
        self.side = Side(theme)
        self.narrow_foot = NarrowFoot(theme)
        self.where = Text(theme, "", "caption", "ink2")
        self._lay_out()
        self._connect()
        self._show(0, focus=False)

    def _lay_out(self) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.addWidget(self.where)
        self._column.addLayout(self._above)
        for step in self.steps:
            row = QHBoxLayout()  # a layout across knows the greatest width when it asks for the height
            row.addWidget(step, 1000)
            row.addStretch(1)
            self._column.addLayout(row)
        self._column.addSpacing(_ABOVE_WAYS)
        self._column.addStretch(1)
        self._column.addWidget(self.look)
        self._column.addSpacing(_BETWEEN_WAYS)
        self._column.addWidget(self.passphrase.other)
        self.note = Text(self._theme, disclaimer(), "caption", "ink2")
        self._column.addWidget(self.note)
        self._scroll = PageScroll(self._theme)
        self._scroll.set_content(content)
        self._edge = ScrolledEdge(self._theme, self._scroll)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self._scroll, 1)
        main.addWidget(self._edge)
        main.addWidget(self.narrow_foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(main, 1)
        # Help now is seen first, at the left, and reached last: it is never in the way of somebody who types.
        helps = (self.side.help_button, self.narrow_foot.help_button)
        for step in self.steps:
            first = (*step.tab_order()[:-1], self.look.button, self.passphrase.other.link)
            tab_through((*(first if step is self.passphrase else step.tab_order()), *helps))

    def _connect(self) -> None:
        self.passphrase.onward.connect(self._to_words)
        self.passphrase.other_wanted.connect(self._choose_other)
        self.look.wanted.connect(self._look_around)
        self.words.onward.connect(self._with_words)
        self.words.later.connect(self._later)
        self.words.back.connect(self._go_back)
        self.settings.back.connect(self._go_back)
        self.settings.onward.connect(self._create)
        self.side.help_wanted.connect(self._program.help_now)
        self.narrow_foot.help_wanted.connect(self._program.help_now)
        self._theme.changed.connect(self._fit)  # after the buttons, which know their new size by then

    # --- the scene ----------------------------------------------------------------------------------------------------

    def heading(self) -> QWidget:
        """The first field of the step that is shown."""
        return self.steps[self._at].first()

    def regions(self) -> Sequence[QWidget]:
        """The step, and Help now."""
        return (self._scroll, self.side.help_button, self.narrow_foot)

    def set_width_class(self, width: WidthClass) -> None:
        """With the list of steps beside, or in a narrow window with one line above."""
        self._width_class = width
        narrow = width is WidthClass.NARROW
        self.side.set_width_class(width)
        self.narrow_foot.setVisible(narrow)
        self._edge.setVisible(narrow)
        self.where.setVisible(narrow)
        self._above.setContentsMargins(0, 0, 0, _BELOW_WHERE if narrow else 0)  # margins stay where the line is hidden
        left, top = _MARGINS[width]
        self._column.setContentsMargins(left, top, _RIGHT, 24)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Also between two classes the buttons have to fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self._width_class is WidthClass.NARROW
        large = self._theme.scale > _LARGE
        self.narrow_foot.note.setVisible(not large)
        self.note.setVisible(narrow and large)
        side = 0 if narrow else self.side.width()
        room = self.width() - side - _MARGINS[self._width_class][0] - _RIGHT
        for step in self.steps:
            step.fit_into(room)

    def showEvent(self, event: QShowEvent) -> None:
        """Once the window is on the screen, have the words ready for the second step."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(_PAUSE, self.words, self.words.prepare)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another scene is shown (minimising is spontaneous): nothing of what was typed stays here."""
        super().hideEvent(event)
        if not event.spontaneous():
            for step in self.steps:
                step.wipe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape and self._at > 0:
            self._go_back()
        else:
            super().keyPressEvent(event)

    # --- steps --------------------------------------------------------------------------------------------------------

    def _show(self, index: int, *, focus: bool = True) -> None:
        self._at = index
        for number, step in enumerate(self.steps):
            step.setVisible(number == index)
        self.passphrase.other.setVisible(index == 0)
        self.look.setVisible(index == 0)
        self.side.steps.set_current(index)
        title = self.steps[index].title.words()
        self.where.set_text(_("Step {number} of {total}").format(number=index + 1, total=len(STEPS)))
        self._scroll.verticalScrollBar().setValue(0)
        if focus:
            self.steps[index].first().setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self.steps[index].title, f"{self.where.words()}. {title}")

    def _to_words(self) -> None:
        self.words.prepare()
        self._show(1)

    def _with_words(self) -> None:
        self._to_settings(without=False)

    def _later(self) -> None:
        self._to_settings(without=True)

    def _to_settings(self, *, without: bool) -> None:
        self._without_words = without
        self.settings.say_no_words(without)
        self._show(2)

    def _go_back(self) -> None:
        if self._at > 0 and self.settings.busy.isHidden():
            self.settings.close_trouble()
            self._show(self._at - 1)

    def _choose_other(self) -> None:
        self._program.perform("open_other")

    def _look_around(self) -> None:
        if not self.look.is_busy:
            self._show_looking(True)
            self._program.look_around(self._not_looking)

    def _show_looking(self, on: bool) -> None:
        """While the demo is made nothing else can be begun here: what was typed would go with this scene."""
        self.look.show_busy(on)
        for part in (self.passphrase, self.passphrase.other):
            part.setEnabled(not on)

    def _not_looking(self, error: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        from integrate.ui.wording import failure_words

        self._show_looking(False)
        self.look.show_trouble(*failure_words(error, _("Nothing was made. You can try again.")))

    def _create(self) -> None:
        if not self.settings.busy.isHidden():
            return
        self.settings.show_busy(True)
        start = NewJournal(
            place=self.passphrase.place,
            passphrase=self.passphrase.passphrase.text(),
            words=None if self._without_words else self.words.words(),
            name=self.settings.chosen_name(),
            country=self.settings.chosen_country(),
        )
        self._program.create(start, self._failed)

    def _failed(self, error: Exception) -> None:
        if not shiboken6.isValid(self):
            return  # the program tells whoever asked, and that may be a scene that is gone
        from integrate.ui.wording import failure_words  # nothing goes wrong before the first picture

        self.settings.show_trouble(*failure_words(error, _("Nothing you typed is lost. You can try again.")))
