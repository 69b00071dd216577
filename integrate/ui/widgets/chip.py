"""Chips: a phase, a filter, something that can be taken away. 28 px high, always with words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.glyphs import paint_glyph, phase_word
from integrate.ui.widgets.paint import control_height, lay_row, picture, rounded, stroke, tick

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 10
_GAP: Final = 6
_ICON: Final = 14
_GLYPH: Final = 12
_OPENING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TAKING: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class Chip(PaintedButton):
    """A chip: ``menu`` adds a chevron and opens, ``removable`` adds a cross, ``checkable`` goes on and off.

    "On" adds a tick, not only colour. ``name`` is what a screen reader says where the words alone are too few.
    ``removed`` follows a click on a removable chip, or Delete on it.
    """

    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str | None = None,
        menu: QMenu | None = None,
        removable: bool = False,
        *,
        checkable: bool = False,
        name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self._icon = icon
        self._words = text
        self._name = name
        self._on = False
        self._removable = removable
        self._kept_menu = menu  # setMenu leaves the menu to us
        if menu is not None:
            self.setMenu(menu)
        self.setCheckable(checkable)
        if checkable:
            self.toggled.connect(self._toggled)
        if removable:
            self.clicked.connect(self.removed)
        self.set_text(text)
        self.apply_theme()

    def set_text(self, text: str, name: str | None = None) -> None:
        """Say something else. The person's own words may hold any letter, also ``&``."""
        self._words = text
        self._name = name if name is not None else self._name
        self.setText(text.replace("&", "&&"))
        fallback = _("Remove {what}").format(what=text) if self._removable else text
        self.setAccessibleName(self._name or fallback)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Its words."""
        return self._words

    def is_on(self) -> bool:
        """Whether it is on."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Turn it on or off."""
        if self.isCheckable():
            self.setChecked(on)
        self._show_on(on)

    def _toggled(self, on: bool) -> None:
        self._show_on(on)

    def _show_on(self, on: bool) -> None:
        self._on = on
        self.setAccessibleDescription(_("on") if on and not self.isCheckable() else "")
        self.apply_theme()  # high contrast has another font for it

    def apply_theme(self) -> None:
        """Take fonts, sizes and colours from the theme in force."""
        super().apply_theme()
        set_ring(self, self.sizeHint().height() / 2)

    def label_font(self) -> QFont:
        """13 px, medium; bold where high contrast has to say "on"."""
        bold = self._on and self.theme.scheme.contrast
        return self.theme.font("label", weight=700 if bold else 500)

    def sizeHint(self) -> QSize:
        """Words, what stands before and after them, and the padding."""
        widths = [width for width in self._widths() if width]
        total = sum(widths) + _GAP * (len(widths) - 1) + 2 * (_PADDING + 1)  # the edge is 1 px
        return QSize(total, control_height(self.theme, 28, "label"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a removable chip away; Enter and Alt Down open a menu."""
        key = event.key()
        if self._removable and key in _TAKING:
            self.removed.emit()
        elif self.menu() is not None and (
            key in _OPENING or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier)
        ):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    # --- painting -----------------------------------------------------------------------------------------------------

    def _trailing(self) -> str:
        return "x" if self._removable else "chevron-down" if self.menu() is not None and not self._on else ""

    def _leading_width(self) -> int:
        return self.theme.px(_ICON) if self._on or self._icon else 0

    def _widths(self) -> list[int]:
        return [self._leading_width(), self.text_width(), self.theme.px(_ICON) if self._trailing() else 0]

    def _tokens(self) -> tuple[str, str, str]:
        """Ground, edge and ink."""
        if not self.isEnabled():
            return "sunken", "hair", "disabled"
        if self._on:
            return "accenttint", "accent", "accent"
        ground = "select" if self.isDown() else "sunken" if self.hovered() else "surface"
        return ground, "hair", "ink2"

    def _paint_leading(self, painter: QPainter, place: QRectF, ink: str) -> None:
        if self._on:
            side = self.theme.px(_ICON)
            box = QRectF(0, 0, side, side)
            box.moveCenter(place.center())
            tick(painter, box, self.theme.color(ink), 1.5 * self.theme.scale)
        elif self._icon:
            picture(painter, place.toRect(), self.theme.pixmap(self._icon, ink, _ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, its words and what stands around them."""
        painter = QPainter(self)
        theme = self.theme
        ground, edge, ink = self._tokens()
        rect = QRectF(self.rect())
        thick = theme.scheme.contrast and (self._on or self.hovered() or self.isDown())
        rounded(
            painter, rect, rect.height() / 2, theme.color(ground), theme.color(edge) if edge else None,
            2.0 if thick else stroke(theme),
        )  # fmt: skip
        before, words, after = lay_row(self.rect(), self._widths(), _GAP, self.layoutDirection())
        self._paint_leading(painter, QRectF(before), ink)
        if trailing := self._trailing():
            picture(painter, after, theme.pixmap(trailing, ink, _ICON))
        painter.setPen(theme.color(ink))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic, self.text())


class PhaseChip(Chip):
    """A phase with glyph and word on its tint. With a ``menu`` it can be pressed, else it only tells."""

    def __init__(self, theme: Theme, phase: str, menu: QMenu | None = None, *, parent: QWidget | None = None) -> None:
        self._phase = phase
        super().__init__(theme, phase_word(phase), menu=menu, parent=parent)
        if menu is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def phase(self) -> str:
        """The phase it shows."""
        return self._phase

    def set_phase(self, phase: str) -> None:
        """Show another phase."""
        self._phase = phase
        self.set_text(phase_word(phase))

    def _leading_width(self) -> int:
        return self.theme.px(_GLYPH)

    def _tokens(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return super()._tokens()
        edge = self._phase if self.theme.scheme.contrast or self.hovered() or self.isDown() else ""
        return f"{self._phase}tint", edge, self._phase

    def _paint_leading(self, painter: QPainter, place: QRectF, ink: str) -> None:
        side = self.theme.px(_GLYPH)
        box = QRectF(0, 0, side, side)
        box.moveCenter(place.center())
        token = f"{self._phase}mark" if self.isEnabled() else "disabled"
        paint_glyph(painter, box, self._phase, self.theme.color(token))


class PhaseTag(PhaseChip):
    """A phase that only tells, and that a screen reader is told of as text, not as something to press."""

    def __init__(self, theme: Theme, phase: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, phase, parent=parent)
