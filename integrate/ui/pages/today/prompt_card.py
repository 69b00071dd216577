"""The card with the question of the day: read it, answer it, ask for another, or begin without one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.domain.prompts import STOP_FOR_NOW, Prompt
from integrate.i18n import _
from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.chip import PhaseChip, PhaseTag
from integrate.ui.widgets.glyphs import PhaseGlyph, phase_word
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 240
_MEASURE: Final = 540  # a question is read in two lines rather than one long one


class PromptCard(Card):
    """Shows one prompt, or with None only that one may write. It decides nothing: each wish is a signal."""

    write_wanted = Signal(str)  # the id of the prompt to answer, "" for a blank page
    another_wanted = Signal()
    stop_wanted = Signal()
    phase_wanted = Signal(object)  # Phase

    def __init__(self, theme: Theme, phase: Phase, *, may_write: bool) -> None:
        super().__init__(theme)
        self._prompt: Prompt | None = None
        self._phase = phase
        self._phases: dict[Phase, QAction] = {}
        self._may_write = may_write
        self.setAccessibleName(_("A question to write about"))
        self._glyph = PhaseGlyph(theme, phase)
        self._kind = Text(theme, "", "label", str(phase))
        self._chip = PhaseChip(theme, phase, self._phase_menu()) if may_write else PhaseTag(theme, phase)
        self._note = Text(theme, "", "body", "ink2")
        self._question = Text(theme, "", "prompt")
        self._stop = Button(theme, _(STOP_FOR_NOW), "quiet_neutral", small=True)
        self._write = Button(theme, _("Write"), "primary", "pen-line")
        self._another = Button(theme, _("Another prompt"), "quiet_neutral")
        self._blank = LinkText(theme, _("or just start with a blank page"), role="caption", token="ink2")
        across = QBoxLayout.Direction.LeftToRight
        self._head, self._tender_row = QBoxLayout(across), QBoxLayout(across)
        self._buttons, self._actions = QBoxLayout(across), QBoxLayout(across)
        self._tender = QWidget()
        self._lay_out()
        self._write.clicked.connect(self._write_clicked)
        self._blank.clicked.connect(self._blank_clicked)
        self._another.clicked.connect(self.another_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        theme.changed.connect(self._refresh)
        self._refresh()
        self.set_phase(phase)
        self.show_prompt(None)

    def _lay_out(self) -> None:
        leading = Qt.AlignmentFlag.AlignLeading
        kind = QHBoxLayout()
        kind.setSpacing(8)
        kind.addWidget(self._glyph)
        kind.addWidget(self._kind, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.setSpacing(8)
        self._head.addLayout(kind, 1)
        self._head.addWidget(self._chip, 0, leading)
        self._tender_row.setContentsMargins(0, 0, 0, 6)
        self._tender_row.setSpacing(12)
        self._tender_row.addWidget(self._note, 1)
        self._tender_row.addWidget(self._stop, 0, leading | Qt.AlignmentFlag.AlignTop)
        self._tender.setLayout(self._tender_row)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._write, 0, leading)
        self._buttons.addWidget(self._another, 0, leading)
        self._buttons.addStretch(1)
        self._actions.setSpacing(8)
        self._actions.addLayout(self._buttons, 1)
        self._actions.addWidget(self._blank, 0, leading)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addSpacing(10)
        column.addWidget(self._tender)
        column.addWidget(self._question)
        column.addSpacing(16)
        column.addStretch(1)
        column.addLayout(self._actions)
        self._column = column

    def _phase_menu(self) -> Menu:
        menu = Menu(self._theme, parent=self)
        for phase in Phase:
            self._phases[phase] = menu.add_phase(phase, partial(self._phase_chosen, phase))
        return menu

    # --- what it shows ------------------------------------------------------------------------------------------------

    def prompt(self) -> Prompt | None:
        """The prompt that is shown; None for a blank page."""
        return self._prompt

    def show_prompt(self, prompt: Prompt | None, *, aloud: bool = False) -> None:
        """Show a prompt, ``aloud`` also to a screen reader: somebody asked for it."""
        self._prompt = prompt
        words = prompt.text if prompt is not None else _("Write whatever is here.")
        self._question.set_text(words)
        self._note.set_text((prompt.content_note or "") if prompt is not None else "")
        self._tender.setVisible(prompt is not None and prompt.tender)
        self._stop.setVisible(self._may_write)
        self._write.setVisible(self._may_write)
        self._another.setVisible(self._may_write and prompt is not None)
        self._blank.setVisible(self._may_write and prompt is not None)
        self._show_kind()
        if aloud:
            announce(self, words)

    def set_phase(self, phase: Phase) -> None:
        """Belong to another phase."""
        self._glyph.set_phase(phase)
        self._kind.set_token(str(phase))
        self._chip.set_phase(phase)
        self._chip.set_text(phase_word(phase), _("Phase: {phase}").format(phase=phase_word(phase)))
        if phase in self._phases:
            self._phases[phase].setChecked(True)
        self._phase = phase
        self._show_kind()

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels: what does not fit side by side stands one below the other."""
        side = 20 if narrow else 24
        self._column.setContentsMargins(side, 18 if narrow else 20, side, 20)
        for row in (self._head, self._tender_row, self._buttons, self._actions):
            side_by_side(row, room - 2 * side)
        self.setMinimumHeight(0 if narrow else self._theme.px(_HEIGHT))

    def focus_first(self) -> None:
        """Give the focus to what one most likely wants."""
        self._write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kind(self) -> None:
        self._kind.set_text(_kind_words(self._phase) if self._prompt is not None else _("A blank page"))

    def _refresh(self) -> None:
        self._question.setMaximumWidth(self._theme.px(_MEASURE))

    # --- wishes -------------------------------------------------------------------------------------------------------

    def _write_clicked(self) -> None:
        self.write_wanted.emit(self._prompt.id if self._prompt is not None else "")

    def _blank_clicked(self) -> None:
        self.write_wanted.emit("")

    def _phase_chosen(self, phase: Phase, _checked: bool = False) -> None:
        self.phase_wanted.emit(phase)


def _kind_words(phase: Phase) -> str:
    match phase:
        case Phase.PREPARE:
            return _("A question to prepare")
        case Phase.EXPERIENCE:
            return _("A question for the day itself")
        case Phase.INTEGRATE:
            return _("A question for the days after")
