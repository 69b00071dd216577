"""Choosing a passphrase: typed twice, with an honest meter in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.passphrase import require_strong_enough
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.strength_meter import StrengthMeter
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.strength import Strength
    from integrate.ui.tasks import Lane
    from integrate.ui.theme.theme import Theme

_PAUSE: Final = 120
"""Milliseconds without a key before the meter looks: judging takes 20, and typing must not feel it."""

Cost = Callable[[], tuple[int, int, int]]
"""Tells what trying one passphrase costs: MiB, passes, lanes. Called beside the main thread."""


class NewPassphrase(QWidget):
    """Two fields and the meter. ``changed`` follows every key, ``submitted`` Enter in the second field.

    The meter is filled in ``lane``; nothing of the passphrase is kept there.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(
        self, theme: Theme, lane: Lane, cost: Cost, label: str, *, height: int = 44, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._cost = cost
        self.first = PassphraseField(theme, label, height=height)
        self.meter = StrengthMeter(theme)
        self.second = PassphraseField(theme, _("The same passphrase again"), height=height)
        self._same = _Same(theme)
        self._same.hide()
        box = self.second.box.layout()
        if isinstance(box, QHBoxLayout):
            box.insertWidget(box.indexOf(self.second.eye), self._same)
        self._judge_soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._judge_soon.timeout.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.first)
        column.addSpacing(12)
        column.addWidget(self.meter)
        column.addSpacing(22)
        column.addWidget(self.second)
        self.setFocusProxy(self.first)
        self.meter.clear()
        for field in (self.first, self.second):
            field.edit.textChanged.connect(self._typed)
        self.first.submitted.connect(self._go_to_second)
        self.second.submitted.connect(self.submitted)

    def text(self) -> str:
        """The passphrase as it stands in the first field."""
        return self.first.text()

    def problem(self) -> str:
        """Why it cannot be taken yet, as a sentence; "" when it can."""
        if not self.first.text():
            return _("Type a passphrase to go on.")
        try:
            require_strong_enough(self.first.text())
        except KnownError as error:
            return error.sentences()[0]
        if not self.second.text():
            return _("Type the same passphrase again to go on.")
        if self.first.text() != self.second.text():
            return _("The two are not the same yet.")
        return ""

    def fill(self, suggested: str) -> None:
        """Put a suggestion into the first field and show it; it has to be typed again, once, to get to know it."""
        self.first.secret.setText(suggested)
        self.first.set_shown(True)
        self.second.wipe()
        self.second.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Show both without letting them be changed."""
        self.first.set_read_only(read_only)
        self.second.set_read_only(read_only)

    def wipe(self) -> None:
        """Forget what was typed."""
        self.first.wipe()
        self.second.wipe()
        self._judge_soon.stop()
        self.meter.clear()

    def _typed(self) -> None:
        first, second = self.first.text(), self.second.text()
        same = bool(second) and first == second
        self._same.setVisible(same)
        self.second.edit.setAccessibleDescription(_("the same") if same else "")
        if self.sender() is self.first.edit:
            if first:
                self._judge_soon.start()
            else:
                self._judge_soon.stop()
                self.meter.clear()
        self.changed.emit()

    def _go_to_second(self) -> None:
        self.second.setFocus(Qt.FocusReason.TabFocusReason)

    def _judge(self) -> None:
        text = self.first.text()
        self._lane.submit(self, partial(_judged, text, self._cost), partial(self._show, text), _no_meter)

    def _show(self, text: str, strength: Strength) -> None:
        if text == self.first.text() and text:
            self.meter.show_strength(strength)


class _Same(QWidget):
    """A tick and "the same", inside the second field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(theme, "check", "accent", 16))
        row.addWidget(Text(theme, _("the same"), "caption", "accent", wrap=False))


def _judged(text: str, cost: Cost) -> Strength:
    from integrate.journal.strength import judge_passphrase

    mebibytes, passes, _lanes = cost()
    return judge_passphrase(text, mebibytes, passes)


def _no_meter(_error: Exception) -> None:
    """An estimate that cannot be made keeps nobody from choosing a passphrase."""
