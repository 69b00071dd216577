"""A long task in a row of Settings: what is being done, how far it is, *Cancel*, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.pages.settings.counter import Counter
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.progress import ProgressLine
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

T = TypeVar("T")

Work = Callable[["Journal", Callable[[int, int], None]], T]
"""Called beside the main thread; its second argument is told the progress, and ends the work when it was cancelled."""

_LOOK: Final = 100  # milliseconds between two looks at the progress


class TaskLine(QWidget):
    """Hidden until something runs. One task at a time; ``ended`` follows its end, whatever that was."""

    ended = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stop: Stop | None = None
        self._counter = Counter()
        self._tell: Callable[[object], str] | None = None
        self.progress = ProgressLine(context.theme)
        self.cancel = Button(context.theme, _("Cancel"), "quiet_neutral", small=True)
        self.result = Text(context.theme, "", "caption", "ink2", selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.result)
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)
        self.cancel.clicked.connect(self._cancelled)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether something is being done."""
        return self._stop is not None

    def start(self, text: str, work: Work[T], tell: Callable[[T], str]) -> None:
        """Do ``work`` on the lane for copies; ``tell`` says what came of it."""
        counter = Counter()
        self._counter = counter
        self._tell = tell  # type: ignore[assignment]  # it is only given what this work answers

        def run(journal: Journal, stop: Stop) -> T:
            def told(done: int, total: int) -> None:
                stop.check()
                counter(done, total)

            return work(journal, told)

        self.progress.set_text(text)
        self.progress.set_progress(0, 1, "")
        self._show(running=True)
        announce(self, text)
        self._stop = self._context.desk.copy(self, run, self._done, self._failed)
        self._look.start()

    def say(self, text: str) -> None:
        """Say how it ended, or anything else that stays."""
        self._stop = None
        self._look.stop()
        self.result.set_text(text)
        self._show(running=False)
        announce(self, text)
        self.ended.emit()

    def _show(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.result.setVisible(not running)
        self.show()

    def _show_progress(self) -> None:
        done, total = self._counter.state()
        self.progress.set_progress(done, total, self._counter.words())

    def _done(self, answer: object) -> None:
        if self._tell is not None:
            self.say(self._tell(answer))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.say(" ".join(error.sentences()))
        else:
            self.say(_("It was not done."))
            self._context.shell.tell_trouble(error)

    def _cancelled(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.say(_("Cancelled. Nothing was changed."))
