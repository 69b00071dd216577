"""A long task in a row of Settings: what is being done, how far it is, *Cancel*, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.listing import Stop
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.pages.settings.counter import Counter
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.progress import ProgressLine
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

T = TypeVar("T")

_LOOK: Final = 100  # milliseconds between two looks at the progress


class Told:
    """Called with (done, in all) beside the main thread; ends the work there once its ``stop`` is set."""

    def __init__(self, stop: Stop, counter: Counter) -> None:
        self.stop = stop
        self._counter = counter

    def __call__(self, done: int, total: int) -> None:
        """Note the progress.

        Raises:
            Stopped: the work is no longer wanted.
        """
        self.stop.check()
        self._counter(done, total)


Work = Callable[["Journal", Told], T]
"""Called beside the main thread; its second argument is told the progress, and ends the work when it was cancelled."""


class _Run:
    """How a run ended, written beside the main thread and looked at here: nobody has to be alive to hear it."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.trouble = ""
        self.over = False


class TaskLine(QWidget):
    """Hidden until something runs. One task at a time; ``ended`` follows its end, whatever that was."""

    ended = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stop: Stop | None = None
        self._counter = Counter()
        self._run = _Run()
        self._tell: Callable[[Any], str] | None = None
        self._takes: Callable[[Exception], str | None] | None = None
        self._cancelled_words = ""
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

    def start(
        self,
        text: str,
        work: Work[T],
        tell: Callable[[T], str],
        *,
        cancelled: str = "",
        takes: Callable[[Exception], str | None] | None = None,
    ) -> None:
        """Do ``work`` on the lane for copies; ``tell`` says what came of it.

        Work that has to put something right before it ends says how it was ``cancelled`` only then. ``takes`` may say
        something else of a failure: "" is told elsewhere, and None is nothing of its own.
        """
        counter, outcome = Counter(), _Run()
        self._counter, self._run = counter, outcome
        self._tell, self._takes, self._cancelled_words = tell, takes, cancelled

        def run(journal: Journal, stop: Stop) -> T:
            try:
                stop.check()
                answer = work(journal, Told(stop, counter))
                outcome.answers.append(answer)
            except KnownError as error:
                outcome.trouble = " ".join(error.sentences())
                raise
            finally:
                outcome.over = True
            return answer

        self.progress.set_text(text)
        self.progress.set_progress(0, 1, "")
        self.cancel.setEnabled(True)
        self._show(running=True)
        announce(self, text)
        self._stop = self._context.desk.copy(self, run, self._done, self._failed)
        self._look.start()

    def give_up(self) -> None:
        """Nobody waits for it any more; nothing is said."""
        if self._stop is not None:
            self._stop.set()
        self._look.stop()

    def say(self, text: str) -> None:
        """Say how it ended, or anything else that stays."""
        self._stop = None
        self._look.stop()
        self.result.set_text(text)
        self._show(running=False)
        if text:
            announce(self, text)
        self.ended.emit()

    def _show(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.result.setVisible(not running)
        self.show()

    def _show_progress(self) -> None:
        if self._stop is not None and self._stop.is_set:
            if self._run.over:  # it was cancelled, and has ended by now
                self._tell_cancelled()
            return
        done, total = self._counter.state()
        self.progress.set_progress(done, total, self._counter.words())

    def _tell_cancelled(self) -> None:
        if self._run.answers:  # it was done before it could hear of it
            self._done(self._run.answers.pop())
        else:
            self.say(self._run.trouble or self._cancelled_words)

    def _done(self, answer: object) -> None:
        self._run.answers.clear()
        if self._tell is not None:
            self.say(self._tell(answer))

    def _failed(self, error: Exception) -> None:
        words = self._takes(error) if self._takes is not None else None
        if words is not None:
            self.say(words)
            self.setVisible(bool(words))
        elif isinstance(error, KnownError):
            self.say(" ".join(error.sentences()))
        else:
            self.say(_("It was not done."))
            self._context.shell.tell_trouble(error)

    def _cancelled(self) -> None:
        if self._stop is None:
            return
        self._stop.set()
        if not self._cancelled_words:
            self.say(_("Cancelled. Nothing was changed."))
            return
        self.cancel.setEnabled(False)
        self.progress.set_text(_("Stopping…"))
        announce(self, _("Stopping…"))
