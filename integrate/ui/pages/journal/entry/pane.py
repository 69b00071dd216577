"""The entry half of the Journal page: which entry is open, what is done with it, and that it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from integrate.domain.entry import AttachmentInfo, Changes, Draft, EntrySummary, Phase, SessionRef
from integrate.domain.listing import Stop
from integrate.domain.prompts import Prompt
from integrate.domain.times import ZonedTime
from integrate.errors import Damaged, EntryMissing, WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.journal.writing import read_thumbnails
from integrate.ui.editor.autosave import SaveState, Stage
from integrate.ui.page import PageContext
from integrate.ui.pages.journal.entry.attaching import Attached, Attacher
from integrate.ui.pages.journal.entry.keeper import Keeper, is_nothing
from integrate.ui.pages.journal.entry.reading import (
    InUse,
    Opened,
    next_prompt,
    read_entry,
    read_in_use,
    read_prompt,
    read_what_is_left,
)
from integrate.ui.pages.journal.entry.spelling import Spelling
from integrate.ui.pages.journal.entry.view import EntryView

_NO_KEY: Final = QKeyCombination(Qt.Key.Key_unknown)


class EntryPane(QWidget):
    """Shows one entry and keeps it saved. ``born`` brings the id of a new entry once it is on the disk.

    ``wanted`` brings the id of an action that is not this pane's; ``gone`` says that the entry at hand is no more.
    """

    born = Signal(object)  # UUID
    gone = Signal()
    came_back = Signal(object)  # UUID
    deleted = Signal(object)  # UUID
    wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._desk = context.desk
        self._origin = f"entry {uuid4().hex}"
        self._draft = self._blank()
        self._prompt: Prompt | None = None
        self._coming: tuple[UUID, Keeper | None, Stop] | None = None
        self._was_blank = True
        self.keepers = Keepers(self._desk, self._origin, self)
        self.view = EntryView(context)
        self.places = EntryPlaces(context.theme)
        self.attacher = Attacher(context, self._origin, self._keeper, self)
        self.doings = Doings(context, self)
        self.spelling = Spelling(context, self.view.surface)
        self.places.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.places)
        self._connect()
        self._preferences_changed()
        self._read_in_use()
