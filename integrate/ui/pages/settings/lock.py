"""Lock: when the journal closes itself, and what others may see of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence

from integrate.i18n import N_, _, ngettext
from integrate.ui.pages.settings.rows import ButtonRow, MenuRow, SettingRow, SwitchRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.platform.capture import can_hide_from_capture, hide_from_capture

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60)


class LockSection(Section):
    """Idleness and minimising belong to the journal; blur and capture to this computer."""

    id = "lock"
    title = N_("Lock")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme = self.theme
        self.minutes = MenuRow(
            theme,
            _("Lock after"),
            (),
            note=_("Without a key, a click or a touch. It also locks when the computer sleeps."),
        )
        self.minimised = SwitchRow(
            theme, _("Lock when minimised"),
            _("On. Minimising the window locks the journal."), _("Off. A minimised window stays unlocked."),
        )  # fmt: skip
        self.blur = SwitchRow(
            theme, _("Blur when another window is in front"),
            _("On. Nobody can read it from the side while you work elsewhere."), _("Off. The page stays readable."),
        )  # fmt: skip
        self.capture = SwitchRow(
            theme, _("Hide from screen captures"),
            _("On. Screenshots and shared screens show an empty window."), _("Off. Screenshots show the page."),
        )  # fmt: skip
        self.now = ButtonRow(theme, _("Lock now"), _lock_words(), _("Lock"), name=_("Lock now"))
        self.add(self.minutes)
        self.add(self.minimised)
        self.add(self.blur, writes=False)
        if can_hide_from_capture():
            self.add(self.capture, writes=False)
        else:
            self.add(SettingRow(theme, _("Screen captures"), _no_capture_words()), writes=False)
            self.capture.setParent(self)  # not shown here, but gone with the page
            self.capture.hide()
        self.add(self.now, writes=False)
        self.minutes.chosen.connect(self._minutes_chosen)
        self.minimised.switched.connect(self._minimised_switched)
        self.blur.switched.connect(self._blur_switched)
        self.capture.switched.connect(self._capture_switched)
        self.now.pressed.connect(self._lock)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen."""
        chosen, settings = self.desk.preferences, self.context.program.settings
        values = sorted({*_MINUTES, chosen.idle_minutes})
        words = ((value, ngettext("{count} minute", "{count} minutes", value).format(count=value)) for value in values)
        self.minutes.set_options(tuple(words), chosen.idle_minutes)
        self.minimised.set_on(chosen.lock_on_minimise)
        self.blur.set_on(settings.blur_on_focus_loss)
        self.capture.set_on(settings.hide_from_capture)

    def _minutes_chosen(self, minutes: object) -> None:
        self.choose(idle_minutes=minutes)

    def _minimised_switched(self, on: bool) -> None:
        self.choose(lock_on_minimise=on)

    def _blur_switched(self, on: bool) -> None:
        self.context.program.change_settings(blur_on_focus_loss=on)

    def _capture_switched(self, on: bool) -> None:
        self.context.program.change_settings(hide_from_capture=on)
        hide_from_capture(self, on)

    def _lock(self) -> None:
        self.context.program.perform("lock")


def _lock_words() -> str:
    key = QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText)
    return _("{key} locks at once. Pressed twice, it also puts the window out of sight.").format(key=key)


def _no_capture_words() -> str:
    if sys.platform == "darwin":
        return _("macOS has no reliable way to keep a window out of screenshots and shared screens. Lock it first.")
    return _("This system has no way to keep a window out of screenshots and shared screens. Lock it before sharing.")
