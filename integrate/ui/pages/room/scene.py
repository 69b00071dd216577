"""The session room. The journal is locked while it stands: it knows a few chosen lines, and how to mark a moment.

Nothing in it can be deleted, nothing opens over it, and a hand that shakes can use it. The space bar marks from
wherever the focus is, W and S go to words and support, and Esc goes back, or leaves when it is held.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from integrate.domain.moments import Mark, MomentKind
from integrate.domain.times import ZonedTime
from integrate.i18n import _, ngettext
from integrate.system.idle import boottime
from integrate.ui.layout import WidthClass
from integrate.ui.pages.room.look import RoomTheme
from integrate.ui.pages.room.panel import Panel
from integrate.ui.pages.room.sitter import CardPanel, NoticePanel, SitterPanel
from integrate.ui.pages.room.stage import Stage
from integrate.ui.pages.room.support import CallPanel, SupportPanel, call_title, country_now
from integrate.ui.pages.room.top import Shade, TopBar
from integrate.ui.pages.room.words import clock_time, length_words, marked, not_kept
from integrate.ui.pages.room.writing import EffectPanel, PressurePanel, PulsePanel, WordsPanel, WritingPanel
from integrate.ui.scene import Scene
from integrate.ui.theme.palette import palette_for
from integrate.ui.theme.stylesheet import stylesheet
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import PaintedButton

if TYPE_CHECKING:
    from integrate.ui.page import ProgramPort
    from integrate.ui.pages.room.keeper import Keeper
    from integrate.ui.room_card import RoomCard
    from integrate.ui.theme.theme import Theme

DEBOUNCE: Final = 1.0
"""Seconds after a mark in which the same press, repeated by a hand that shakes, is not another one."""

SAID_FOR: Final = 4000
"""Milliseconds for which "Marked, 14:52" is said."""

_TICK: Final = 5000
# The menus and keys of the program that mean nothing here; whatever else it knows works as everywhere.
_NOT_HERE: Final = frozenset({"lock", "open_other", "keys", "about", "session_room"})

Panels = Panel | Stage


class RoomScene(Scene):
    """``left`` asks to leave: marks are on the disk or were said not to be, and True is the second time of asking."""

    left = Signal(bool)

    def __init__(self, base: Theme, program: ProgramPort, keeper: Keeper, card: RoomCard, before: int = 0) -> None:
        super().__init__()
        self.theme = RoomTheme(base, self)
        self._program = program
        self._keeper = keeper
        self._card = card
        self._noticed = False
        self._warned = False
        self._last_mark = -DEBOUNCE
        self._since = boottime()
        self._ahead = timedelta(0)
        # So long it went on before the room was opened. From now on a clock that is set changes nothing.
        if card.started is not None:
            self._ahead = max(program.clock.now() - card.started.instant, timedelta(0))
        self._pulse: Mark | None = None
        self._pressure: Mark | None = None
        self._dress()  # before there are parts, each of which Qt would go through once more
        self._make_panels(before)
        self._shade = Shade(self.theme, self)
        self._connect()
        self._lay_out()
        self._said = QTimer(self, singleShot=True, interval=SAID_FOR)
        self._said.timeout.connect(self._say_nothing)
        self._clock = QTimer(self, interval=_TICK)
        self._clock.timeout.connect(self._show_time)
        self._clock.start()
        self._show_time()
        self.theme.changed.connect(self._dress)

    # --- making -------------------------------------------------------------------------------------------------------

    def _make_panels(self, before: int) -> None:
        theme, program, card = self.theme, self._program, self._card
        self.top = TopBar(theme)
        self.stage = Stage(theme, card.sitter, before)
        self.words = WordsPanel(theme, self._now, self._keep)
        self.support = SupportPanel(theme, program)
        self.notice = NoticePanel(theme, card.name)
        self.sitter = SitterPanel(theme, card, call_title(country_now(program).emergency.number))
        self.pulse = PulsePanel(theme, self._now, self._keep)
        self.pressure = PressurePanel(theme, self._now, self._keep)
        self.effect = EffectPanel(theme, self._now, self._keep)
        self.call = CallPanel(theme, program)
        self.card = CardPanel(theme, card, clock_time(card.started) if card.started else "")
        self.panels: tuple[Panels, ...] = (
            self.stage, self.words, self.support, self.notice, self.sitter, self.pulse, self.pressure, self.effect,
            self.call, self.card,
        )  # fmt: skip
        self.stage.card.setVisible(not self.card.is_empty)

    def _connect(self) -> None:
        stage, sitter = self.stage, self.sitter
        ways: tuple[tuple[SignalInstance, Panels], ...] = (
            (stage.words_wanted, self.words), (stage.support_wanted, self.support), (stage.card_wanted, self.card),
            (sitter.pulse_wanted, self.pulse), (sitter.pressure_wanted, self.pressure),
            (sitter.effect_wanted, self.effect), (sitter.call_wanted, self.call),
        )  # fmt: skip
        for asked, panel in ways:
            asked.connect(partial(self.show_panel, panel))
        stage.marked.connect(self.mark_moment)
        stage.sitter_wanted.connect(self._show_sitter)
        self.notice.understood.connect(self._notice_understood)
        for panel in self.panels:
            if isinstance(panel, Panel):
                panel.back_wanted.connect(self.go_back)
            if isinstance(panel, WritingPanel):
                panel.kept.connect(self._typed_kept)
        self.top.leave.left.connect(self._leave)
        self.top.dimmer.chosen.connect(partial(self._dim, 1))
        self.top.brighter.chosen.connect(partial(self._dim, -1))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for panel in self.panels:
            panel.set_narrow(False)
            self._stack.addWidget(panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self._stack, 1)
        for button in self.findChildren(PaintedButton):
            button.installEventFilter(self)

    def _dress(self) -> None:
        """What Qt draws itself (scroll bars, what is selected) has the room's colours too."""
        self.setPalette(palette_for(self.theme.scheme))
        self.setStyleSheet(stylesheet(self.theme))
        self.update()

    # --- the scene ----------------------------------------------------------------------------------------------------

    def heading(self) -> QWidget:
        """Mark this moment is what the room is for."""
        return self.stage.mark

    def regions(self) -> Sequence[QWidget]:
        """What is asked for most, then the row above it."""
        return (self._stack, self.top)

    def set_width_class(self, width: WidthClass) -> None:
        """One column where there is little room."""
        for panel in self.panels:
            panel.set_narrow(width is WidthClass.NARROW)
        self.top.set_narrow(width is WidthClass.NARROW)

    def perform(self, action_id: str) -> bool:
        """Help now is the panel for it. What would open something over the room does nothing."""
        if action_id == "help_now":
            self.show_panel(self.support)
        return action_id == "help_now" or action_id in _NOT_HERE

    def current(self) -> Panels:
        """The panel that is shown."""
        found = self._stack.currentWidget()
        return next(panel for panel in self.panels if panel is found)

    def show_panel(self, panel: Panels) -> None:
        """Show a panel in place of the one before."""
        self.top.leave.disarm()
        panel.to_top()
        self._stack.setCurrentWidget(panel)
        target = panel.mark if isinstance(panel, Stage) else panel.first()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Back to where this panel was asked for; what was typed stays in it."""
        self.stage.say_unkept(self.words.is_unkept)
        behind = (self.pulse, self.pressure, self.effect, self.call)
        self.show_panel(self.sitter if self.current() in behind else self.stage)

    # --- marking ------------------------------------------------------------------------------------------------------

    def mark_moment(self) -> None:
        """Mark this moment, unless it is the press before once more."""
        self.top.leave.disarm()
        now = time.monotonic()
        if now - self._last_mark < DEBOUNCE:
            return
        self._last_mark = now
        mark = Mark(MomentKind.MARK, self._now())
        self._keeper.keep(mark, self, self._kept, self._refused, retried=True)

    def _keep(
        self, mark: Mark, kept: Callable[[Mark], None], refused: Callable[[Mark, Exception | None], None]
    ) -> None:
        self._keeper.keep(mark, self, kept, refused)

    def _kept(self, mark: Mark) -> None:
        """It is on the disk: now it may be said."""
        self.stage.add(mark)
        if not self._keeper.unkept:
            self.top.say_trouble("")
            self._warned = False
        words = marked(mark)
        self.top.say(words)
        self.stage.say_marked(words)
        self._said.start()
        announce(self, words)

    def _typed_kept(self, mark: Mark) -> None:
        if mark.pulse is not None:
            self._pulse = mark
        if mark.systolic is not None:
            self._pressure = mark
        for panel in (self.sitter, self.card):
            panel.show_readings(self._pulse, self._pressure)
        self.stage.card.setVisible(not self.card.is_empty)
        writing = {MomentKind.WORDS: (self.words,), MomentKind.EFFECT: (self.effect,)}
        if self.current() in writing.get(mark.kind, (self.pulse, self.pressure)):
            self.go_back()
        self._kept(mark)

    def _refused(self, mark: Mark, error: Exception | None) -> None:
        self.top.say_trouble(f"{clock_time(mark.at)}: {not_kept(error, typed=False)}")

    def _say_nothing(self) -> None:
        self.top.say("")
        self.stage.say_marked("")

    # --- the sitter ---------------------------------------------------------------------------------------------------

    def _show_sitter(self) -> None:
        self.show_panel(self.sitter if self._noticed else self.notice)

    def _notice_understood(self) -> None:
        self._noticed = True
        self.show_panel(self.sitter)

    # --- leaving ------------------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        if self.words.is_unkept and not self.words.is_waiting and not self._warned:
            self.words.keep()  # nothing that was typed is lost by leaving
        self.left.emit(self._warned)

    def say_not_left(self) -> None:
        """Something is not on the disk: the next time it is left all the same."""
        self._warned = True
        count = self._keeper.unkept + self.words.is_unkept * (not self.words.is_waiting)
        words = ngettext(
            "{count} mark is not on the disk yet. It would be lost. To leave all the same, do it once more.",
            "{count} marks are not on the disk yet. They would be lost. To leave all the same, do it once more.",
            count,
        ).format(count=count)
        if not self._keeper.is_entered:
            words = _("Your journal is still being locked. One moment, please.")
            self._warned = False
        self.top.say_trouble(words)

    # --- time and light -----------------------------------------------------------------------------------------------

    def _now(self) -> ZonedTime:
        clock = self._program.clock
        return ZonedTime(clock.now(), clock.zone())

    def _show_time(self) -> None:
        now = clock_time(self._now())
        elapsed = ""
        if self._card.started is not None:
            elapsed = length_words(self._ahead + timedelta(seconds=boottime() - self._since))
        self.stage.clock.set_text(now)
        self.stage.elapsed.set_text(elapsed)
        self.stage.elapsed.setVisible(bool(elapsed))
        self.sitter.clock.set_text(f"{now}   {elapsed}".rstrip())

    def _dim(self, step: int) -> None:
        self.top.leave.disarm()
        self.theme.set_level(self.theme.level + step)

    # --- Qt's own calls -----------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """On the first panel the space bar marks, whichever button has the focus. Enter presses that one."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() not in kinds or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Space:
            return False
        if self.current() is not self.stage or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self.mark_moment()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is held to leave; letters go where they stand for."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.isAutoRepeat():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.top.leave.begin()
        elif event.key() == Qt.Key.Key_Space and self.current() is self.stage and plain:
            self.mark_moment()
        elif plain and self._card.letters and not isinstance(QApplication.focusWidget(), QLineEdit):
            self._go_by_letter(event.text().casefold())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Esc let go early goes back, or on the first panel counts as one of two presses."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.top.leave.key_up(self._escape_pressed)

    def _escape_pressed(self) -> None:
        if self.current() is self.stage:
            self.top.leave.press()
        else:
            self.go_back()

    def _go_by_letter(self, letter: str) -> None:
        # Translators: the key that goes to "A few words" in the session room; one small letter
        if letter == _("w"):
            self.show_panel(self.words)
        # Translators: the key that goes to "I need support" in the session room; one small letter
        elif letter == _("s"):
            self.show_panel(self.support)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was held is let go elsewhere."""
        super().focusOutEvent(event)
        self.top.leave.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The shade covers all of it."""
        super().resizeEvent(event)
        self._shade.setGeometry(self.rect())
        self._shade.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nearly black."""
        QPainter(self).fillRect(self.rect(), self.theme.color("canvas"))
