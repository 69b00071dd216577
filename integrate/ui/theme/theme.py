"""The theme in force: one object for the program, given to every widget, which says when it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from integrate.ui.theme import fonts
from integrate.ui.theme.icons import draw_icon, make_icon
from integrate.ui.theme.look import Look, Scheme, scheme_for
from integrate.ui.theme.palette import palette_for
from integrate.ui.theme.stylesheet import stylesheet
from integrate.ui.theme.tokens import load_tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Theme(QObject):
    """Colours, fonts, lengths and icons as the person sees them now. ``changed`` follows every change of the look."""

    changed = Signal()

    def __init__(self, application: QApplication, look: Look) -> None:
        super().__init__(application)
        self._application = application
        self._tokens = load_tokens()
        self._system_palette = QPalette(application.palette())
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._files: set[str] = set()
        self.look = look
        self._need(fonts.UI_FILES)
        self.scheme: Scheme = scheme_for(look, self._tokens, self._system_palette)
        self._put_on()
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    # --- what widgets ask for -----------------------------------------------------------------------------------------

    def hex(self, token: str) -> str:
        """A colour as ``#RRGGBB``."""
        return self.scheme.colours[token]

    def color(self, token: str) -> QColor:
        """A colour."""
        return QColor(self.scheme.colours[token])

    @property
    def scale(self) -> float:
        """The text size as a factor, 0.9 to 2."""
        return self.look.scale

    def px(self, length: float) -> int:
        """A length that belongs to text (device-independent pixels at 100 %), at the chosen text size."""
        return round(length * self.scale)

    def font(self, role: str, *, weight: int | None = None, italic: bool = False, tabular: bool = False) -> QFont:
        """The font of a type role (body, title1, prompt …), another ``weight`` if given."""
        found = self._tokens.roles[role]
        weight = weight or found.weight
        families = self._families(found.family, weight)
        font = fonts.make_font(families, self.px(found.size), weight, italic=italic, tabular=tabular)
        if tracking := fonts.TRACKING.get(role):
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking * self.scale)
        return font

    def sized_font(self, family: str, size: float, weight: int = 400, *, italic: bool = False) -> QFont:
        """A font outside the roles: ``family`` ui or page, ``size`` in pixels at 100 %."""
        return fonts.make_font(self._families(family, weight), self.px(size), weight, italic=italic)

    def line(self, role: str) -> int:
        """The line height of a type role in pixels at the chosen text size."""
        return self.px(self._tokens.roles[role].line)

    def icon(self, name: str, token: str = "ink2", size: int = 18) -> QIcon:
        """An icon of ``resources/icons`` in the colour of ``token``; ``size`` in pixels at 100 %."""
        return make_icon(name, self.hex(token), self.hex("disabled"), self.px(size), self._ratio())

    def pixmap(self, name: str, token: str = "ink2", size: int = 18) -> QPixmap:
        """The same as a picture, kept while the theme stays."""
        key = (name, self.hex(token), self.px(size), self._ratio())
        if key not in self._pixmaps:
            self._pixmaps[key] = draw_icon(*key)
        return self._pixmaps[key]

    @property
    def line_width(self) -> float:
        """Width of edges and dividers: a hairline, and in high contrast one and a half pixels."""
        return 1.5 if self.scheme.contrast else 1.0

    @property
    def animation(self) -> int:
        """Milliseconds an appearing thing may take: 120, or 0 with reduced motion. Disappearing takes two thirds."""
        return 0 if self.look.reduced_motion else 120

    # --- changes ------------------------------------------------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Take over another look at once."""
        if look == self.look:
            return
        self.look = look
        self._refresh()

    def _system_changed(self) -> None:
        if self.look.theme == "system":
            self._refresh()

    def _refresh(self) -> None:
        self.scheme = scheme_for(self.look, self._tokens, self._system_palette)
        self._pixmaps.clear()
        self._put_on()
        self.changed.emit()

    def _put_on(self) -> None:
        self._application.setPalette(palette_for(self.scheme))
        self._application.setFont(self.font("body"))
        self._application.setStyleSheet(stylesheet(self))

    def _families(self, family: str, weight: int) -> list[str]:
        if family == "page":
            self._need(fonts.PAGE_FILES)
            return fonts.page_families(self.look.ui_font)
        if weight > fonts.HEAVIEST_AT_START:
            self._need(fonts.BOLD_FILES)
        return fonts.ui_families(self.look.ui_font)

    def _need(self, files: tuple[str, ...]) -> None:
        fonts.add_fonts(tuple(name for name in files if name not in self._files))
        self._files.update(files)

    def _ratio(self) -> float:
        return self._application.devicePixelRatio()
