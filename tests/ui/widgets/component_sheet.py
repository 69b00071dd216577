"""All parts of the kit on one sheet, as ``components.png`` of the design shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from integrate.domain.strength import judge
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button, IconButton, LinkText
from integrate.ui.widgets.card import Card, CardButton, Divider
from integrate.ui.widgets.chip import Chip, PhaseChip
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.fields import LineField, SearchField
from integrate.ui.widgets.glyphs import Brand, PhaseGlyph
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.paint import RADIUS_CARD, RADIUS_CONTROL, RADIUS_SHEET, ring, rounded
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.progress import Busy, ProgressLine
from integrate.ui.widgets.scale import ScaleInput
from integrate.ui.widgets.scale_hint import ScaleHint
from integrate.ui.widgets.step_list import StepList
from integrate.ui.widgets.strength_meter import StrengthMeter
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Heading, Text
from integrate.ui.widgets.toast import Toast
from tests.ui.widgets.chart_samples import sample_charts

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

PROSE = "The kitchen was quiet and I let it be"


class _Ringed(QWidget):
    """A part with the focus ring around it, as if the keyboard had reached it."""

    def __init__(self, theme: Theme, part: QWidget, radius: float) -> None:
        super().__init__()
        self._theme, self._part, self._radius = theme, part, radius
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 5, 5, 5)
        row.addWidget(part)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        radius = self._radius or self._part.height() / 2
        ring(QPainter(self), QRectF(self._part.geometry()), radius, self._theme.color("focus"))


class _Row(QWidget):
    """An entry row of the journal list in one of its states."""

    def __init__(self, theme: Theme, ground: str, focused: bool, words: str) -> None:
        super().__init__()
        self._theme, self._ground, self._focused = theme, ground, focused
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        glyph = QVBoxLayout()
        glyph.setContentsMargins(0, theme.px(4), 0, 0)
        glyph.addWidget(PhaseGlyph(theme, "integrate", 13))
        glyph.addStretch(1)
        row.addLayout(glyph)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        title = Text(theme, PROSE, "quote", weight=500)
        lines.addWidget(title)
        lines.addWidget(Text(theme, "Yesterday · Session 4", "caption", "ink2" if ground == "select" else "ink3"))
        row.addLayout(lines, 1)
        row.addWidget(Text(theme, words, "caption", "ink3", wrap=False), 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        theme = self._theme
        edge = theme.color("focus") if self._focused else None
        fill = theme.color(self._ground) if self._ground else None
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, fill, edge, 2)


def _hover(widget: QWidget) -> QWidget:
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    return widget


def _down(button: QPushButton) -> QPushButton:
    button.setDown(True)
    return button


def _off(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def _captioned(theme: Theme, part: QWidget, words: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1 if isinstance(part, _Ringed) else 6)
    column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(Text(theme, words, "tick", "ink3", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
    return box


def _line(*parts: QWidget, gap: int = 12) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
    row.addStretch(1)
    return row


def _section(theme: Theme, title: str, gap: int = 16) -> tuple[Card, QVBoxLayout]:
    card = Card(theme)
    column = QVBoxLayout(card)
    column.setContentsMargins(22, 18, 22, 20)
    column.setSpacing(gap)
    column.addWidget(Text(theme, title, "bodyStrong"))
    return card, column


def _buttons(theme: Theme) -> Card:
    card, column = _section(theme, "Buttons")
    for kind, last, words in (
        ("primary", _off(Button(theme, "Write", "primary")), "unavailable"),
        ("secondary", Button(theme, "Write", "danger"), "delete, only in a dialog"),
    ):
        column.addLayout(
            _line(
                _captioned(theme, Button(theme, "Write", kind), "rest"),
                _captioned(theme, _hover(Button(theme, "Write", kind)), "hover"),
                _captioned(theme, _down(Button(theme, "Write", kind)), "pressed"),
                _captioned(theme, _Ringed(theme, Button(theme, "Write", kind), RADIUS_CONTROL), "focus"),
                _captioned(theme, last, words),
            )
        )
    column.addLayout(
        _line(
            _captioned(theme, Button(theme, "Another prompt", "quiet"), "quiet"),
            _captioned(theme, _hover(Button(theme, "Another prompt", "quiet")), "quiet, hover"),
            _captioned(theme, Button(theme, "Help now", "help", "life-buoy"), "help, always visible"),
        )
    )
    column.addLayout(
        _line(
            Button(theme, "Save check-in", small=True), Button(theme, "Neutral", "quiet_neutral", small=True),
            IconButton(theme, "x", "Close", "Esc"), _hover(IconButton(theme, "ellipsis", "More")),
            LinkText(theme, "A text action"),
        )
    )  # fmt: skip
    column.addStretch(1)
    return card


def _chips(theme: Theme) -> Card:
    card, column = _section(theme, "Chips, ticks and switches")
    column.addLayout(_line(*(PhaseChip(theme, phase) for phase in ("prepare", "experience", "integrate")), gap=8))

    def filter_chip() -> Chip:
        return Chip(theme, "Session", menu=QMenu(card))

    chosen = Chip(theme, "Session 4", menu=QMenu(card))
    chosen.set_on(True)
    column.addLayout(
        _line(
            _captioned(theme, filter_chip(), "filter"), _captioned(theme, _hover(filter_chip()), "hover"),
            _captioned(theme, chosen, "on"), _captioned(theme, _Ringed(theme, filter_chip(), 0), "focus"),
            _captioned(theme, Chip(theme, "Tag: sleep", removable=True), "removable"),
        )
    )  # fmt: skip

    def box(state: Qt.CheckState, circle: bool = False) -> TickBox:
        made = TickBox(theme, "", circle=circle)
        made.setTristate(state == Qt.CheckState.PartiallyChecked)
        made.setCheckState(state)
        return made

    def switch(on: bool) -> Switch:
        made = Switch(theme, "Example")
        made.setChecked(on)
        return made

    empty, full, some = Qt.CheckState.Unchecked, Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked
    column.addLayout(
        _line(
            _captioned(theme, box(empty), "off"), _captioned(theme, box(full), "on"),
            _captioned(theme, box(some), "some"), _captioned(theme, _Ringed(theme, box(empty), 6), "focus"),
            _captioned(theme, box(empty, True), "practice"), _captioned(theme, box(full, True), "done"),
            _captioned(theme, switch(False), "off"), _captioned(theme, switch(True), "on"),
            _captioned(theme, _Ringed(theme, switch(False), 0), "focus"), gap=20,
        )
    )  # fmt: skip
    one = Choice(theme, "Numbers for Portugal")
    one.setChecked(True)
    column.addLayout(_line(TickBox(theme, "I have written them down"), one, Choice(theme, "Ask later"), gap=20))
    column.addStretch(1)
    return card


def _keyboard(scale: ScaleInput) -> ScaleInput:
    """Make a scale look as if the keyboard were on it."""
    scale.hasFocus = lambda: True  # type: ignore[method-assign]  # only this picture
    scale.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    return scale


def _scales(theme: Theme) -> Card:
    card, column = _section(theme, "Scale, 0 to 10", 6)
    values: tuple[tuple[int | None, bool], ...] = ((None, False), (6, False), (6, True), (None, True))
    hint = ScaleHint(theme)
    scales = []
    for value, focused in values:
        scale = ScaleInput(theme, "Mood", "low", "good")
        scale.set_value(value)
        scales.append(scale)
        column.addWidget(scale)
        if focused:
            _keyboard(scale)
    hint.follow(tuple(scales))
    scales[-1].keyboard_focus.emit(True)
    column.addWidget(hint)
    column.addStretch(1)
    return card


def _fields(theme: Theme) -> Card:
    card, column = _section(theme, "Fields")
    grid = QGridLayout()
    grid.setSpacing(14)
    wrong = PassphraseField(theme, "Passphrase")
    wrong.secret.setText("eight ch")
    wrong.set_error("That did not open the journal.")
    dose = LineField(theme, "Dose, as prescribed", hint="Read only in this view")
    dose.edit.setText("1 lozenge, as labelled")
    dose.set_read_only(True)
    country = MenuField(theme, "Numbers for", [("pt", "Portugal"), ("us", "United States")], "us")
    parts: tuple[QWidget, ...] = (PassphraseField(theme, "Passphrase"), wrong, dose, country)
    for number, part in enumerate(parts):
        grid.addWidget(part, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
    search = SearchField(theme, "Search entries")
    search.edit.setText("kitchen")
    grid.addWidget(search, 2, 0)
    column.addLayout(grid)
    column.addStretch(1)
    return card


def _rows(theme: Theme) -> Card:
    card, column = _section(theme, "Entry row", 0)
    column.addSpacing(14)
    for ground, focused, words in (
        ("", False, "rest"), ("sunken", False, "hover"), ("select", False, "selected"), ("", True, "keyboard focus"),
    ):  # fmt: skip
        column.addWidget(_Row(theme, ground, focused, words))
    column.addStretch(1)
    return card


def _empty(theme: Theme) -> Card:
    card, column = _section(theme, "Empty state")
    action = ("Write the first one", "pen-line", _nothing)
    column.addWidget(EmptyState(theme, "Nothing here yet", "One sentence is enough. So is a single word.", action), 1)
    return card


def _nothing() -> None:
    """The sheet's buttons do nothing."""


def _cards(theme: Theme) -> Card:
    card, column = _section(theme, "Cards")
    grid = QGridLayout()
    grid.setSpacing(14)

    def one(change: Callable[[CardButton], object] | None) -> CardButton:
        made = CardButton(theme, "Session 3, 21 September")
        inner = QVBoxLayout(made)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(0)
        inner.addWidget(Text(theme, "Session 3", weight=500))
        inner.addWidget(Text(theme, "21 September", "caption", "ink3"))
        if change is not None:
            change(made)
        return made

    def chosen(made: CardButton) -> None:
        made.set_selected(True)

    ringed = _Ringed(theme, one(None), RADIUS_CARD)
    for number, (part, words) in enumerate(
        ((one(None), "rest"), (one(_hover), "hover"), (one(chosen), "selected"), (ringed, "focus"))
    ):
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(1 if isinstance(part, _Ringed) else 6)
        inner.addWidget(part)
        inner.addWidget(Text(theme, words, "tick", "ink3", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(box, number // 2, number % 2)
    column.addLayout(grid)
    column.addStretch(1)
    return card


def _dialog(theme: Theme) -> Card:
    card, column = _section(theme, "Dialog, only for what cannot be undone")
    panel = Card(theme, ground="canvas", edge="line", radius=RADIUS_SHEET)
    inner = QVBoxLayout(panel)
    inner.setContentsMargins(24, 22, 24, 22)
    inner.setSpacing(6)
    inner.addWidget(Heading(theme, "Delete “Night before” for good?", 3))
    text = "It cannot be brought back. Files you shared keep their own copy."
    inner.addWidget(Text(theme, text, "body", "ink2"))
    row = QHBoxLayout()
    row.setContentsMargins(0, 7, 0, 0)
    row.setSpacing(9)
    row.addStretch(1)
    row.addWidget(_Ringed(theme, Button(theme, "Keep it"), RADIUS_CONTROL))
    row.addWidget(Button(theme, "Delete for good", "danger"))
    inner.addLayout(row)
    column.addWidget(panel)
    column.addStretch(1)
    return card


def _toast(theme: Theme) -> Card:
    card, column = _section(theme, "Undo toast")
    column.addWidget(Toast(theme, "Entry moved to Recently deleted", True, card))
    words = "Bottom centre, 10 seconds, pauses while the pointer or the focus is on it."
    column.addWidget(Text(theme, words, "caption", "ink2"))
    column.addWidget(Divider(theme))
    column.addWidget(Brand(theme))
    column.addStretch(1)
    return card


def _progress(theme: Theme) -> Card:
    card, column = _section(theme, "Progress")
    line = ProgressLine(theme, "Preparing the report")
    line.set_progress(3, 4, "Page 3 of 4")
    column.addWidget(line)
    busy = Busy(theme, "Opening your journal. This takes a second or two on purpose.")
    busy.findChildren(QWidget)[0].show()
    column.addWidget(busy)
    column.addStretch(1)
    return card


def _welcome(theme: Theme) -> Card:
    card, column = _section(theme, "Strength and steps")
    row = QHBoxLayout()
    row.setSpacing(40)
    meter = StrengthMeter(theme)
    meter.show_strength(judge(26, 50.0, 256, 3))
    steps = StepList(
        theme,
        [("Choose a passphrase", "The one key to everything you write."),
         ("Keep your recovery words", "Twelve words on paper, for the day you forget."),
         ("A few gentle settings", "Your plan, your people, text size. All optional.")],
    )  # fmt: skip
    steps.set_current(1)
    row.addWidget(meter, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(steps, 1)
    column.addLayout(row)
    return card


def _banners(theme: Theme, direction: QBoxLayout.Direction) -> Card:
    card, column = _section(theme, "Banners")
    row = QBoxLayout(direction)
    row.setSpacing(12)
    row.addWidget(
        Banner(
            theme, "neutral", "Session 5, day 9", "Your plan: 14 days. This session: day 9.",
            [("Save it", _nothing), ("Change the date", _nothing), ("Talk to someone about use", _nothing)],
        ), 1,
    )  # fmt: skip
    full = "Your last sentence is still on screen and has not been lost. Free some space, or save to another disk."
    actions = [("Try again", _nothing), ("Save a copy elsewhere…", _nothing)]
    row.addWidget(Banner(theme, "trouble", "This disk is full", full, actions, icon="hard-drive"), 1)
    column.addLayout(row)
    return card


def _charts(theme: Theme, direction: QBoxLayout.Direction) -> Card:
    card, column = _section(theme, "Charts")
    over_time, around, year = sample_charts(theme)
    row = QBoxLayout(direction)
    row.setSpacing(24)
    row.addWidget(around, 3)
    row.addWidget(year, 2)
    column.addWidget(over_time)
    column.addLayout(row)
    return card


def make_sheet(theme: Theme, columns: int = 2) -> QWidget:
    """All parts in all states; ``columns`` is 2, or 1 where the text is large or the window narrow."""
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(40, 36, 40, 36)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(20)
    makers = (_buttons, _chips, _scales, _fields, _rows, _empty, _cards, _dialog, _toast, _progress)
    for number, make in enumerate(makers):
        grid.addWidget(make(theme), number // columns, number % columns)
    below = (len(makers) + columns - 1) // columns
    side_by_side = QBoxLayout.Direction.LeftToRight if columns > 1 else QBoxLayout.Direction.TopToBottom
    grid.addWidget(_banners(theme, side_by_side), below, 0, 1, columns)
    grid.addWidget(_welcome(theme), below + 1, 0, 1, columns)
    grid.addWidget(_charts(theme, side_by_side), below + 2, 0, 1, columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return sheet
