"""Saying something to a screen reader without moving the focus."""

from __future__ import annotations

from PySide6.QtCore import QObject


def announce(widget: QObject, text: str, *, polite: bool = True) -> None:
    """Let a screen reader say ``text``; ``polite`` waits until it has finished what it is saying."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # the first screen has nothing to announce

    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Polite if polite else politeness.Assertive)
    QAccessible.updateAccessibility(event)
