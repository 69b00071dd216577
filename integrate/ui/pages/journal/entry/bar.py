"""The bar above an entry: phase, session, mood, tags, Never share, and what else can be done."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from integrate.domain.entry import Draft, Phase
from integrate.i18n import _
from integrate.ui.pages.journal.entry.chips import BareChip
from integrate.ui.pages.journal.entry.mood import MoodChip
from integrate.ui.pages.journal.entry.reading import InUse
from integrate.ui.pages.journal.entry.session import SessionChip
from integrate.ui.pages.journal.entry.tags import TagChip, TagField, TagsChip, with_tag, without_tag
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.chip import PhaseChip
from integrate.ui.widgets.fields import FieldBox
from integrate.ui.widgets.flow import FlowLayout, lines_for
from integrate.ui.widgets.glyphs import phase_word
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 60
_SIDE: Final = 24
_NARROW_SIDE: Final = 16
_CHIPS: Final = 372  # pixels that phase, session and mood take side by side
_CHIP: Final = 28
_TAG: Final = 150
_ABOVE: Final = 14
_TAGS_FROM: Final = 4  # where the tags begin among the chips


class NeverShare(QWidget):
    """The switch with its words: an entry that goes into no report and no file for others."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.switch = Switch(theme, _("Never share"))
        self.switch.setToolTip(_("{name} ({keys})").format(name=_("Never share"), keys=_keys("Ctrl+Shift+P")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(theme, "eye-off", "ink2", 15))
        row.addWidget(Text(theme, _("Never share"), "caption", "ink2", wrap=False))
        row.addWidget(self.switch)


class EntryBar(QWidget):
    """Shows what is known about an entry apart from its words. Each change by the person is a signal.

    ``wanted`` brings the id of an action of the registry.
    """

    phase_chosen = Signal(object)  # Phase
    tags_chosen = Signal(object)  # tuple[str, ...]
    never_share_chosen = Signal(bool)
    wanted = Signal(str)
    prompt_off_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self._form: tuple[bool, bool] | None = None
        self._arranging = False
        self._editable = True
        self._tags: tuple[str, ...] = ()
        self._tag_chips: list[TagChip] = []
        self._chip_room = 0  # pixels for a line of chips
        self._phases: dict[Phase, QAction] = {}
        self.back_button = Button(theme, _("Journal"), "quiet_neutral", "chevron-left", small=True)
        self.phase = PhaseChip(theme, Phase.PREPARE, self._phase_menu())
        self.session = SessionChip(theme)
        self.mood = MoodChip(theme)
        self.tags_button = TagsChip(theme)
        self.add_tag = BareChip(theme, _("Tag"), "plus", name=_("Add a tag"))
        self.tag_field = TagField()
        self.tag_box = FieldBox(theme, self.tag_field, _CHIP)
        self.never_share = NeverShare(theme)
        self.focus_button = IconButton(theme, "maximize", _("Writing only"), _keys("Ctrl+Shift+F"))
        self.more_button = IconButton(theme, "ellipsis", _("More"))
        self.more_button.setMenu(self._more_menu())
        self.details_button = Button(theme, _("Details"), "quiet_neutral", "chevron-down", small=True, parent=self)
        self.details_button.setCheckable(True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._end = QWidget()
        self._grid = QGridLayout(self)
        self._lay_out()
        self._connect()

    def _phase_menu(self) -> Menu:
        menu = Menu(self._theme, parent=self)
        for phase in Phase:
            self._phases[phase] = menu.add_phase(phase, partial(self._choose_phase, phase))
        return menu

    def _more_menu(self) -> Menu:
        menu = Menu(self._theme, parent=self)
        menu.add_entry(_("Find in this entry"), partial(self.wanted.emit, "find_in_entry"))
        attach = menu.add_entry(_("Add a photo or file…"), partial(self.wanted.emit, "attach"))
        keep = menu.add_entry(_("Keep as an insight…"), partial(self.wanted.emit, "keep_insight"))
        menu.add_entry(_("History…"), partial(self.wanted.emit, "history"))
        self.prompt_off = menu.add_entry(_("Take the prompt off"), self.prompt_off_wanted.emit)
        self.another = menu.add_entry(_("Another prompt"), partial(self.wanted.emit, "another_prompt"))
        menu.addSeparator()
        delete = menu.add_entry(_("Delete"), partial(self.wanted.emit, "delete_entry"))
        self._changing = (attach, keep, delete)
        menu.add_entry(_("Recently deleted…"), partial(self.wanted.emit, "recently_deleted"))
        return menu

    def _lay_out(self) -> None:
        for chip in (self.phase, self.session, self.mood, self.tags_button, self.add_tag, self.tag_box):
            self._flow.addWidget(chip)
        self.tags_button.hide()
        self.tag_box.hide()
        self._row = QHBoxLayout(self._end)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.focus_button)
        self._row.addWidget(self.more_button)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self.set_narrow(False)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_wanted)
        self.details_button.toggled.connect(self._fold)
        self.tags_button.toggled.connect(self._fold_tags)
        self.add_tag.clicked.connect(self.open_tag_field)
        self.tag_field.added.connect(self._add_tag)
        self.tag_field.last_removed.connect(self._remove_last)
        self.tag_field.left.connect(self._close_tag_field)
        self.never_share.switch.clicked.connect(self.never_share_chosen)
        self.focus_button.clicked.connect(partial(self.wanted.emit, "writing_only"))
        self._theme.changed.connect(self._arrange)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft) -> None:
        """Show phase, session, mood, tags and Never share without telling."""
        self.phase.set_phase(draft.phase)
        self.phase.set_text(phase_word(draft.phase), _("Phase: {phase}").format(phase=phase_word(draft.phase)))
        self._phases[draft.phase].setChecked(True)
        self.session.set_session(draft.session)
        self.mood.set_mood(draft.mood_then)
        self.never_share.switch.setChecked(draft.never_share)
        self._show_tags(draft.tags)
        self._fold_tags()

    def fold_tags(self) -> None:
        """Another entry is shown: where its tags need a second line, they wait until somebody wants to see them."""
        self.tags_button.setChecked(False)

    def clear_tags(self) -> None:
        """Show no tags: they are the person's own words."""
        self._show_tags(())
        self.tag_field.clear()

    def set_in_use(self, found: InUse) -> None:
        """The tags and sessions to choose from."""
        self.tag_field.set_known(found.tags)
        self.session.set_known(found.sessions, found.course)

    def set_prompt_acts(self, *, off: bool, another: bool) -> None:
        """What can be done about the prompt now."""
        self.prompt_off.setVisible(off)
        self.another.setVisible(another)

    def set_editable(self, editable: bool) -> None:
        """Let things be changed, or only be read."""
        for part in (self.phase, self.session, self.mood, self.add_tag, self.never_share, *self._tag_chips):
            part.setEnabled(editable)
        for action in self._changing:
            action.setEnabled(editable)
        self._editable = editable

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        if tags == self._tags:
            return
        self._tags = tags
        for chip in self._tag_chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._tag_chips = []
        for place, tag in enumerate(tags):
            chip = TagChip(self._theme, tag)
            chip.setEnabled(self._editable)
            chip.removed.connect(partial(self._remove_tag, tag))
            self._flow.insert_widget(_TAGS_FROM + place, chip)
            chip.show()
            self._tag_chips.append(chip)
        self.tags_button.set_tags(tags)
        self._fold_tags()
        self._set_tab_order()
        self._chips.updateGeometry()

    def _set_tab_order(self) -> None:
        """The order in which one sees them; rows that are laid out anew lose it."""
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def stops(self) -> tuple[QWidget, ...]:
        """All that takes the focus, in order."""
        return (
            self.back_button, self.details_button, self.phase, self.session, self.mood, self.tags_button,
            *self._tag_chips, self.add_tag, self.tag_field, self.never_share.switch, self.focus_button,
            self.more_button,
        )  # fmt: skip

    # --- room ---------------------------------------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is behind this, and there is a way back to it."""
        self._narrow = narrow
        self.back_button.setVisible(narrow)
        self._form = None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another form."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """One row while the chips fit beside everything else; then Never share joins them; then they go below."""
        theme = self._theme
        side = _NARROW_SIDE if self._narrow else _SIDE
        self.tag_box.setFixedWidth(theme.px(_TAG))
        chips = theme.px(_CHIPS)
        back = self.back_button.sizeHint().width() + 8 if self._narrow else 0
        buttons = self.focus_button.sizeHint().width() + self.more_button.sizeHint().width() + 12
        room = self.width() - 2 * side - back - buttons
        beside = room - self.never_share.sizeHint().width() - 16
        apart = beside >= chips + theme.px(64)
        below = not apart and self._narrow and room < chips
        self._grid.setContentsMargins(side, _ABOVE, side - 8, _ABOVE + 1)
        lower = (self.more_button.sizeHint().height() - self.phase.sizeHint().height()) // 2
        self._chips.setContentsMargins(0, max(lower, 0), 0, 0)  # the first line of chips is level with the buttons
        self._end.setContentsMargins(0, max(-lower, 0), 0, 0)
        self.setMinimumHeight(_HEIGHT + 1)
        self._chip_room = beside if apart else room
        if self._form == (apart, below):
            self._fold_tags()
            return
        if self._arranging:
            return  # moving the parts resizes this, which asks again in the middle of it
        self._form = (apart, below)
        self._arranging = True
        if apart:
            self._flow.removeWidget(self.never_share)
            self._row.insertWidget(0, self.never_share)
            self._row.setSpacing(8)
        else:
            self._row.removeWidget(self.never_share)
            self._flow.addWidget(self.never_share)
            self._row.setSpacing(4)
        self.never_share.show()
        for part in (self.back_button, self.details_button, self._chips, self._end):
            self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.back_button, 0, 0, top)
        self._grid.addWidget(self._end, 0, 2, top)
        if below:
            self._grid.addWidget(self.details_button, 0, 1, top | Qt.AlignmentFlag.AlignTrailing)
            self._grid.addWidget(self._chips, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._chips, 0, 1, top)
        self.details_button.setVisible(below)  # with its place it has a parent; without one it would be a window
        self._fold()
        self._set_tab_order()
        self._arranging = False
        self._fold_tags()
        self.updateGeometry()

    def _fold(self) -> None:
        """Where the chips have rows of their own, they show only while somebody wants them: the words come first."""
        below = self._form is not None and self._form[1]
        self._chips.setVisible(not below or self.details_button.isChecked())
        self.details_button.setAccessibleDescription(_("on") if self.details_button.isChecked() else _("off"))

    def _fold_tags(self) -> None:
        """One chip stands for tags that would need a line of their own, until they are wanted: the words come first."""
        apart, below = self._form or (True, False)
        chips: list[QWidget] = [self.phase, self.session, self.mood, *self._tag_chips, self.add_tag]
        if not apart:
            chips.append(self.never_share)
        lines = lines_for((chip.sizeHint().width() for chip in chips), self._chip_room, self._flow.gap)
        too_many = bool(self._tags) and not below and lines > (1 if apart else 2)
        shown = not too_many or self.tags_button.isChecked()
        self.tags_button.setVisible(too_many)
        for chip in self._tag_chips:
            chip.setVisible(shown)
        self.add_tag.setVisible(shown and self.tag_box.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line below."""
        width = 2 if self._theme.scheme.contrast else 1
        QPainter(self).fillRect(0, self.height() - width, self.width(), width, self._theme.color("hair"))

    # --- wishes -------------------------------------------------------------------------------------------------------

    def open_tag_field(self) -> None:
        """Let a tag be typed."""
        self.add_tag.hide()
        self.tag_box.show()
        self.tag_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_tag_field(self) -> None:
        had_focus = self.tag_field.hasFocus()
        self.tag_box.hide()
        self._fold_tags()
        if had_focus:
            self.add_tag.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_phase(self, phase: Phase) -> None:
        self.phase_chosen.emit(phase)

    def _add_tag(self, tag: str) -> None:
        self._choose_tags(with_tag(self._tags, tag))

    def _remove_tag(self, tag: str) -> None:
        self._choose_tags(without_tag(self._tags, tag))
        self.add_tag.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_last(self) -> None:
        self._choose_tags(self._tags[:-1])

    def _choose_tags(self, tags: tuple[str, ...]) -> None:
        if tags != self._tags:
            self.tags_button.setChecked(True)  # what one is changing stays in sight
            self._show_tags(tags)
            self.tags_chosen.emit(tags)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
