"""Words in sheets that were not saved: a lock closes every sheet, and the journal has them until it is opened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from integrate.journal.drafts import Drafts, DraftsOf, keep_drafts, read_drafts

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.desk import Desk


class Unsaved(QObject):
    """Keeps them for one page. ``came`` is called once, with what was there when the page was opened first."""

    def __init__(self, desk: Desk, area: DraftsOf, came: Callable[[Drafts], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._area = area
        self._came = came
        self._kept: Drafts | None = None

    def read(self) -> None:
        """Ask for what there is, unless that was done."""
        if self._kept is None and self._desk.may_write:
            self._desk.read(self, partial(_read, self._area), self._read, _nothing)

    def keep(self, drafts: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the words among these fields of sheets, in place of those before."""
        words = {key: {name: text for name, text in fields.items() if isinstance(text, str)}
                 for key, fields in drafts.items()}  # fmt: skip
        words = {key: fields for key, fields in words.items() if any(text.strip() for text in fields.values())}
        if self._desk.may_write and words != (self._kept or {}):
            self._kept = words
            self._desk.write(self, partial(keep_drafts, area=self._area, drafts=words))

    def _read(self, drafts: Drafts) -> None:
        if self._kept is None:
            self._kept = drafts
            if drafts:
                self._came(drafts)


def _read(area: DraftsOf, journal: Journal, _stop: Stop) -> Drafts:
    return read_drafts(journal, area)


def _nothing(_error: Exception) -> None:
    """A journal that cannot be read is told by whatever else the page reads."""
