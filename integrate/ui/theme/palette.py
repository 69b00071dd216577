"""The whole QPalette from the tokens, so that stock dialogs and menus match (setColorScheme alone does nothing)."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QPalette

from integrate.ui.theme.look import Scheme

_Role = QPalette.ColorRole
_ROLES: Final = (
    (_Role.Window, "canvas"), (_Role.WindowText, "ink1"), (_Role.Base, "surface"), (_Role.AlternateBase, "sunken"),
    (_Role.Text, "ink1"), (_Role.Button, "surface"), (_Role.ButtonText, "ink1"), (_Role.BrightText, "danger"),
    (_Role.ToolTipBase, "surface"), (_Role.ToolTipText, "ink1"), (_Role.PlaceholderText, "ink3"),
    (_Role.Highlight, "accent"), (_Role.HighlightedText, "onaccent"), (_Role.Accent, "accent"), (_Role.Link, "accent"),
    (_Role.LinkVisited, "accent"), (_Role.Light, "surface"), (_Role.Midlight, "sunken"), (_Role.Mid, "line"),
    (_Role.Dark, "control"), (_Role.Shadow, "scrim"),
)  # fmt: skip
_DIMMED: Final = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def palette_for(scheme: Scheme) -> QPalette:
    """Every role of every group for ``scheme``."""
    palette = QPalette()
    for role, token in _ROLES:
        palette.setColor(role, QColor(scheme.colours[token]))
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(scheme.colours["disabled"]))
    return palette
