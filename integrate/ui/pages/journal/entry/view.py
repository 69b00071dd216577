"""The entry as it stands in the window: bar, trouble if any, the page, and the line below it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from integrate.domain.entry import Draft
from integrate.domain.prompts import Prompt
from integrate.errors import DatabaseDamaged, DiskFull, KnownError
from integrate.i18n import _
from integrate.ui.editor.find_bar import FindBar
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.pages.journal.entry.bar import EntryBar
from integrate.ui.pages.journal.entry.foot import EntryFoot
from integrate.ui.pages.journal.entry.header import EntryHeader
from integrate.ui.platform.clipboard import guarded_mime
from integrate.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_COMFORTABLE: Final = 0.6  # of the height: where the line that is written stands at most, while only writing is shown


class EntryView(QWidget):
    """All parts of an open entry. It shows; what happens is decided by the pane that made it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme, program = context.theme, context.program
        offers = program.settings.primary_selection
        self._theme = theme
        self._writing_only = False
        # Made now, because from now on it clears what is copied.
        self._clipboard = program.clipboard
        self.bar = EntryBar(theme)
        self.surface = WritingSurface(theme, guarded_mime, name=_("Your text"), offers_selection=offers)
        self.header = EntryHeader(theme, context.desk.clock, program.background, guarded_mime, offers_selection=offers)
        self.surface.set_header(self.header)
        self.surface.set_placeholder(_("Write whatever is here."))
        self.find_bar = FindBar(theme, self.surface)
        self.trouble = TroublePlace(theme)
        self.foot = EntryFoot(theme, self.surface.word_count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        column.addWidget(self.find_bar)
        column.addWidget(self.surface, 1)
        column.addWidget(self.foot)
        self.header.title.left.connect(self.focus_text)
        self.surface.edited.connect(self.foot.count_soon)
        self.surface.textChanged.connect(self._keep_comfortable)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """The order in which one sees them: bar, search, what is above the text, the text, the foot."""
        search = self.find_bar.findChildren(QAbstractButton)
        prompt = self.header.prompt
        stops: tuple[QWidget, ...] = (
            self.bar.more_button, self.find_bar.field, *search, self.header.moment, prompt.stop_button,
            prompt.another_button, prompt.off_button, self.header.title, self.surface, self.foot.leave_button,
        )  # fmt: skip
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft, *, editable: bool) -> None:
        """Show an entry from its beginning, with nothing to undo."""
        self.bar.set_editable(editable)
        self.bar.fold_tags()
        self.bar.show_draft(draft)
        self.header.set_read_only(not editable)
        self.header.moment.set_moment(draft.at)
        self.header.title.set_text(draft.title)
        self.header.title.setVisible(editable or bool(draft.title))
        self.show_prompt(None, editable=editable)
        self.set_phase(draft)
        self.surface.setReadOnly(not editable)
        self.surface.set_text(draft.body)
        self.foot.count_now()

    def show_prompt(self, prompt: Prompt | None, *, editable: bool) -> None:
        """Show the question the entry answers, or none."""
        self.header.prompt.show_prompt(prompt, may_change=editable)

    def set_phase(self, draft: Draft) -> None:
        """Show the phase of the entry, as chip and as colour of the line beside the prompt."""
        self.bar.show_draft(draft)
        self.header.prompt.set_phase(draft.phase)

    def undo_or_redo(self, action_id: str, *, may_undo: bool) -> bool:
        """Do one of the two in the text; False where there is nothing to undo."""
        if action_id == "redo":
            self.surface.redo()
            return True
        if may_undo and self.surface.document().isUndoAvailable():
            self.surface.undo()
            return True
        return False

    def close_find_bar(self) -> bool:
        """Close the search within the entry; False when it is not open."""
        if self.find_bar.isHidden():
            return False
        self.find_bar.close_bar()
        return True

    def wipe(self) -> None:
        """Forget all words."""
        self.find_bar.wipe()
        self.find_bar.hide()
        self.surface.wipe()
        self.header.title.wipe()
        self.header.prompt.show_prompt(None, may_change=False)
        self.header.strip.clear()
        self.bar.clear_tags()
        self.foot.count_now()

    def is_blank(self) -> bool:
        """Whether there is neither a text nor a title; known without reading them."""
        return self.surface.document().isEmpty() and self.header.title.document().isEmpty()

    # --- focus and room -----------------------------------------------------------------------------------------------

    def focus_text(self) -> None:
        """Go to the text."""
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_writing_only(self, on: bool) -> None:
        """Show the page alone, with the line that is written at a comfortable height."""
        self._writing_only = on
        self.bar.setVisible(not on)
        self.foot.set_writing_only(on)
        self.surface.set_room_below(round(self.surface.height() * (1 - _COMFORTABLE)) if on else 0)
        self._keep_comfortable()

    def _keep_comfortable(self) -> None:
        if self._writing_only and self.surface.hasFocus():
            beyond = self.surface.cursorRect().bottom() - round(self.surface.viewport().height() * _COMFORTABLE)
            if beyond > 0:
                scroll = self.surface.verticalScrollBar()
                scroll.setValue(scroll.value() + beyond)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground: writing has the surface."""
        QPainter(self).fillRect(self.rect(), self._theme.color("surface"))


class TroublePlace(QWidget):
    """Where it is said that the disk does not take what is written. One banner, until it does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.banner: Banner | None = None
        self._told = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 0)
        self.hide()

    def tell(self, error: KnownError, again: Callable[[], None], elsewhere: Callable[[], None]) -> None:
        """Say why saving did not work; the same reason is said once."""
        if self._told == error.code:
            return
        self.clear()
        self._told = error.code
        title, *rest = error.sentences()
        still = _("Your last sentence is still on screen and has not been lost.")
        if isinstance(error, DiskFull):
            after = [_("Free some space, or save to another disk.")]
        elif isinstance(error, DatabaseDamaged):  # these words first: a lock takes them from the screen
            after = [_("Save a copy of it elsewhere, then lock the journal: the lock screen shows what can be done.")]
        else:
            after = rest[-1:]
        text = " ".join((still, *after))
        actions = ((_("Try again"), again), (_("Save a copy elsewhere…"), elsewhere))
        self.banner = Banner(self._theme, "trouble", title, text, actions)
        self._column.addWidget(self.banner)
        self.show()

    def clear(self) -> None:
        """It is over."""
        banner, self.banner = self.banner, None
        self._told = ""
        self.hide()
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
