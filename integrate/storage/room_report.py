"""What is told of a session room when its marks have become moments."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from integrate.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class RoomReport:
    """What became of a room: all counts are of moments or records.

    ``merged`` are in the journal by this. Of these, ``after_restart`` had no HMAC because the room was opened again
    without its key, and ``doubtful`` are readable though something around them was altered. ``damaged``, ``missing``
    (by their numbers) and ``foreign`` (not sealed in this room, or there twice) are not in the journal.
    ``unfinished``: the end of the file looks as a power cut leaves it, which no acknowledged mark does. ``left``: the
    room was left in order. ``kept_as`` is the name under which a file that is not this room's was kept.
    """

    session_id: UUID | None = None
    merged: int = 0
    after_restart: int = 0
    doubtful: int = 0
    damaged: int = 0
    missing: int = 0
    foreign: int = 0
    unfinished: bool = False
    left: bool = False
    header_damaged: bool = False
    file_missing: bool = False
    session_gone: bool = False
    kept_as: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is to be told but how many moments came."""
        lost = (self.doubtful, self.damaged, self.missing, self.foreign)
        return not (any(lost) or self.header_damaged or self.file_missing or self.session_gone or self.kept_as)

    def sentences(self) -> tuple[str, ...]:
        """What the person is told, translated: the good first, then each thing that is not as it should be."""
        return (*self._of_merged(), *self._of_lost(), *self._of_file())

    def _of_merged(self) -> tuple[str, ...]:
        said = []
        if self.merged:
            said.append(
                ngettext(
                    "{count} moment of the session room is in your journal now.",
                    "{count} moments of the session room are in your journal now.",
                    self.merged,
                ).format(count=self.merged)
            )
        if self.after_restart:
            said.append(
                ngettext(
                    "{count} of them was marked after a restart.",
                    "{count} of them were marked after a restart.",
                    self.after_restart,
                ).format(count=self.after_restart)
            )
        if self.doubtful:
            said.append(
                ngettext(
                    "{count} moment can be read, but something beside it in the file was changed. It was kept.",
                    "{count} moments can be read, but something beside them in the file was changed. They were kept.",
                    self.doubtful,
                ).format(count=self.doubtful)
            )
        return tuple(said)

    def _of_lost(self) -> tuple[str, ...]:
        said = []
        if self.damaged:
            said.append(
                ngettext(
                    "{count} moment could not be read: its place in the file is damaged.",
                    "{count} moments could not be read: their place in the file is damaged.",
                    self.damaged,
                ).format(count=self.damaged)
            )
        if self.missing:
            said.append(
                ngettext(
                    "{count} moment that was marked is not in the file any more.",
                    "{count} moments that were marked are not in the file any more.",
                    self.missing,
                ).format(count=self.missing)
            )
        if self.foreign:
            said.append(
                ngettext(
                    "{count} record in the file was not made in this room, or is there twice. It was left out.",
                    "{count} records in the file were not made in this room, or are there twice. They were left out.",
                    self.foreign,
                ).format(count=self.foreign)
            )
        return tuple(said)

    def _of_file(self) -> tuple[str, ...]:
        said = []
        if self.session_gone:
            said.append(_("The session they belong to was deleted for good, and its moments went with it."))
        if self.header_damaged:
            said.append(_("The beginning of the room's file was damaged. What could be read behind it was kept."))
        if self.file_missing:
            said.append(
                _(
                    "The file of the session room (room.log) is not in the journal's folder, so what was marked there "
                    "is not here. If you find it, put it back, then lock and open your journal."
                )
            )
        if self.kept_as:
            said.append(
                _(
                    "The file room.log in the journal's folder cannot be read with this journal's keys. "
                    "It was kept under the name {name}."
                ).format(name=self.kept_as)
            )
        return tuple(said)
