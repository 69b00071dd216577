"""The intention that was set, in the words of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.domain.sessions import Line
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.pages.today.days import long_day
from integrate.ui.widgets.glyphs import PhaseGlyph
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.pages.today.reading import Intention
    from integrate.ui.theme.theme import Theme

_LONGEST: Final = 280  # letters of a line that are shown here; all of it is on the page of its session
_MOST: Final = 3
_EYE: Final = 14


class IntentionPart(QWidget):
    """Hidden where none was set: nobody is asked for one here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Intention | None = None
        self._lines: list[QWidget] = []
        self.setAccessibleName(_("The intention you set"))
        self._place = QVBoxLayout()
        self._place.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(part_heading(theme, Phase.PREPARE, _("The intention you set")))
        column.addLayout(self._place)
        self.hide()

    def show_intention(self, intention: Intention | None, zone: str) -> None:
        """Show another one, or none; ``zone`` is where the person is."""
        self.setVisible(intention is not None)
        if intention == self._shown:
            return
        self._shown = intention
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = [] if intention is None else self._made(intention, zone)
        for line in self._lines:
            self._place.addWidget(line)

    def _made(self, intention: Intention, zone: str) -> list[QWidget]:
        theme, made = self._theme, list[QWidget]()
        for line in intention.lines[:_MOST]:
            if isinstance(line, Line):
                made.append(Text(theme, shortened(line.text, _LONGEST), "quote"))
            else:
                made.append(Text(theme, _("This intention could not be read. The rest is fine."), "caption", "ink2"))
        if len(intention.lines) > _MOST:
            made.append(Text(theme, _("The others are on the page of the session."), "caption", "ink3"))
        made.append(self._caption(intention, zone))
        return made

    def _caption(self, intention: Intention, zone: str) -> QWidget:
        number = intention.session.ref.number
        lines = [line for line in intention.lines if isinstance(line, Line)]
        words = _("Session {number}").format(number=number)
        if lines:
            day = long_day(ZonedTime(lines[0].written, zone).local_date(), QLocale())
            words = _("Session {number} · set on {day}").format(number=number, day=day)
        never = any(line.never_share for line in lines)
        return never_share_line(self._theme, words, never=never)


def part_heading(theme: Theme, phase: Phase, words: str) -> QHBoxLayout:
    """The small heading of a part beside the question: the glyph of its phase, and words."""
    row = QHBoxLayout()
    row.setSpacing(8)
    glyph = PhaseGlyph(theme, phase)
    glyph.setAccessibleName("")
    row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(Text(theme, words, "label", "ink2", weight=600), 1)
    return row


def never_share_line(theme: Theme, words: str, *, never: bool) -> QWidget:
    """A caption, with the two words and their icon where something is never shared."""
    text = Text(theme, f"{words} · {_('Never share')}" if never else words, "caption", "ink3")
    if not never:
        return text
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(text, 1)
    row.addWidget(Icon(theme, "eye-off", "ink3", _EYE, role="caption"), 0, Qt.AlignmentFlag.AlignTop)
    return box


def shortened(text: str, longest: int) -> str:
    """Words on one run of lines, cut where they are very long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
