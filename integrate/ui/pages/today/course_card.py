"""The card with the place in the course: the phase, the day, a quiet sentence, and the path."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.domain.course_path import CoursePath, course_path
from integrate.domain.courses import Plan
from integrate.domain.entry import Phase
from integrate.domain.sessions import Session
from integrate.domain.where_words import where_words
from integrate.i18n import _
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.chip import PhaseTag
from integrate.ui.widgets.course_path import CoursePathView
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.pages.today.reading import CourseNow
    from integrate.ui.theme.theme import Theme

_WORDS: Final = 280  # pixels at 100 % for the words beside the path
_LEAST_PATH: Final = 330  # a narrower path stands below them
_GAP: Final = 32


class CourseCard(Card):
    """Hidden until there is a plan or a session. It tells, and asks for nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._chip = PhaseTag(theme, Phase.PREPARE)
        self._title = Heading(theme, "", 3)
        self._subtitle = Text(theme, "", "caption", "ink2")
        self._damaged = Text(theme, _("One session could not be read. The rest is fine."), "caption", "ink2")
        self.path = CoursePathView(theme)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._words = QWidget()
        self._lay_out()
        self.setAccessibleName(_("Where you are"))
        self.hide()

    def _lay_out(self) -> None:
        leading = Qt.AlignmentFlag.AlignLeading
        self._head.addWidget(self._chip, 0, leading | Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addLayout(self._head)
        words.addWidget(self._subtitle)
        words.addWidget(self._damaged)
        words.addStretch(1)
        self._whole.addWidget(self._words)
        self._whole.addWidget(self.path, 1)

    def show_course(self, course: CourseNow | None, today: date) -> None:
        """Show another place, or nothing."""
        if course is None or not course.has_something:
            self.hide()
            return
        words = where_words(course.where, today)
        phase = course.where.phase
        self._chip.set_phase(phase)
        self._title.set_text(words.title)
        self._subtitle.set_text(words.subtitle)
        self._damaged.setVisible(course.damaged)
        path = partial(_path, course.sessions, course.plan, today, course.closed)
        self.path.show_path(path, today, phase)
        shown = self.path.path()
        self.path.setVisible(shown is not None and not shown.is_empty)
        self.show()

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Words beside the path where there is room for both, else above it; narrow without the quiet sentence."""
        side = 16 if narrow else 24
        theme = self._theme
        beside = not narrow and room - 2 * side - theme.px(_WORDS) - _GAP >= theme.px(_LEAST_PATH)
        direction = QBoxLayout.Direction
        self._whole.setContentsMargins(side, 14, side, 14)
        self._whole.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._whole.setSpacing(_GAP if beside else 8)
        if beside:
            self._words.setFixedWidth(theme.px(_WORDS))
        else:
            self._words.setMinimumWidth(0)
            self._words.setMaximumWidth((1 << 24) - 1)
        # One line of phase and day where the words stand above the path, as far as there is room for one.
        title = self._title.sizeHint().width()
        one_line = not beside and self._chip.sizeHint().width() + 12 + title <= room - 2 * side
        self._head.setDirection(direction.LeftToRight if one_line else direction.TopToBottom)
        self._head.setSpacing(12 if one_line else 8)
        self._subtitle.setVisible(not narrow)


def _path(sessions: tuple[Session, ...], plan: Plan, today: date, closed: bool, most: int) -> CoursePath:
    return course_path(sessions, plan, today, closed=closed, most=most)
