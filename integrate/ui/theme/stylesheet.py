"""The style sheet: what QSS can say of stock widgets. The kit paints its own parts, so this stays short.

Every rule costs time at each widget that is made, and the first screen has to be quick.
"""

from __future__ import annotations

from typing import Final, Protocol

from integrate.ui.theme.look import Scheme


class Colours(Protocol):
    """What the style sheet asks of the theme, which itself asks for the style sheet."""

    scheme: Scheme

    def hex(self, token: str) -> str:
        """A colour as ``#RRGGBB``."""

    def px(self, length: float) -> int:
        """A length at the chosen text size."""


_TOKENS: Final = ("surface", "ink1", "ink2", "line", "hair", "select", "disabled", "control", "sunken", "focus")
_RULES: Final = """
QLineEdit {{ lineedit-password-character: 8226; }}
QLineEdit[frame="false"] {{ background: transparent; border: none; }}
QDateTimeEdit {{
  background: {surface}; color: {ink1}; border: {thin}px solid {control}; border-radius: 8px;
  padding: 0 13px;
}}
QDateTimeEdit:focus {{ border: 2px solid {focus}; padding: 0 12px; }}
QDateTimeEdit:disabled {{ background: {sunken}; color: {disabled}; }}
QDateTimeEdit::up-button, QDateTimeEdit::down-button {{
  subcontrol-origin: border; subcontrol-position: top right; width: {step}px; border: none; background: transparent;
}}
QDateTimeEdit::down-button {{ subcontrol-position: bottom right; }}
QDateTimeEdit::up-arrow, QDateTimeEdit::down-arrow {{ width: 0; height: 0; }}
QToolTip {{ background: {surface}; color: {ink1}; border: {thin}px solid {line}; padding: 5px 8px; }}
QMenu {{ background: {surface}; color: {ink1}; border: {thin}px solid {line}; padding: 5px; }}
QMenu::item {{ padding: {item}px 24px {item}px 12px; border-radius: 6px; border: {thin}px solid transparent; }}
QMenu::item:selected {{ background: {select}; color: {ink1}; border-color: {chosen}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::icon {{ padding-left: 8px; border: none; background: transparent; }}
QMenu::separator {{ height: {thin}px; background: {hair}; margin: 5px 8px; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {bar}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QComboBox QAbstractItemView {{
  background: {surface}; color: {ink1}; border: {thin}px solid {line}; padding: 4px; outline: none;
  selection-background-color: {select}; selection-color: {ink1};
}}
QComboBox QAbstractItemView::item {{ min-height: {row}px; padding: 0 8px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {select}; color: {ink1}; border: {thin}px solid {chosen}; }}
QHeaderView::section {{
  background: {surface}; color: {ink2}; border: none; border-bottom: {thin}px solid {line}; padding: 6px 8px;
}}
"""


def stylesheet(theme: Colours) -> str:
    """The style sheet of the whole program for the theme in force."""
    contrast = theme.scheme.contrast
    return _RULES.format(
        thin=2 if contrast else 1,  # QSS rounds 1.5 down; high contrast asks for no less than 1.5
        item=theme.px(6),
        row=theme.px(32),
        step=theme.px(32),
        bar=theme.hex("control" if contrast else "line"),
        chosen=theme.hex("ink1") if contrast else "transparent",
        **{token: theme.hex(token) for token in _TOKENS},
    )
