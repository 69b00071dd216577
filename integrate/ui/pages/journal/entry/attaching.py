"""Photos and files on their way in and out of an entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from integrate.domain.entry import AttachmentInfo, Changes
from integrate.domain.listing import Stop
from integrate.errors import CannotStripMetadata
from integrate.i18n import _, ngettext
from integrate.journal.opening import Journal
from integrate.journal.writing import (
    attach_file,
    prepare_bytes,
    prepare_file,
    read_attachment,
    read_thumbnail,
    remove_attachment,
)
from integrate.system.files import create_private, disk_errors
from integrate.ui.platform.dialogs import open_files, save_file
from integrate.ui.widgets.sheet import Answer, ask

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.pages.journal.entry.keeper import Keeper


@dataclass(frozen=True, slots=True)
class Ready:
    """Something that was read, and can be attached: ``attach`` does it. ``cleaned`` is without hidden data."""

    attach: Callable[[Journal, UUID], AttachmentInfo]
    is_photo: bool
    cleaned: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """What was attached to an entry."""

    info: AttachmentInfo
    thumbnail: bytes | None
    ready: Ready
    changes: Changes


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed, to be put back."""

    info: AttachmentInfo
    data: bytes
    changes: Changes


class Attacher(QObject):
    """Prepares what comes in beside the main thread, attaches one after another, and says how it went.

    ``keeper`` is asked for whoever keeps the entry at hand when something comes in; ``added`` and ``removed`` tell
    what its strip should show.
    """

    added = Signal(object, object)  # Keeper, Attached
    removed = Signal(object)  # AttachmentInfo

    def __init__(self, context: PageContext, origin: str, keeper: Callable[[], Keeper | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._origin = origin
        self._keeper = keeper
        self._left = 0
        self._done: list[Attached] = []

    # --- in -----------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Let the person choose photos or files."""
        if self._keeper() is not None:
            host = self._context.shell.sheet_host()
            open_files(host, _("Add a photo or file"), Path.home(), (), self.take_files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Attach files of this computer."""
        for path in paths:
            self._take(partial(_prepare, partial(prepare_file, path)))

    def take_picture(self, data: bytes, name: str) -> None:
        """Attach a picture that was pasted or dropped."""
        self._take(partial(_prepare, partial(prepare_bytes, name, data)))

    def _take(self, prepare: Callable[[], Ready]) -> None:
        keeper = self._keeper()
        if keeper is None or not self._context.desk.may_write:
            return
        self._left += 1
        keeper.expected += 1
        done, failed = partial(self._prepared, keeper), partial(self._not_prepared, keeper)
        self._context.program.background.submit(self, prepare, done, failed)

    def _not_prepared(self, keeper: Keeper, error: Exception) -> None:
        keeper.expected -= 1
        self._failed(error)

    def _prepared(self, keeper: Keeper, ready: Ready) -> None:
        keeper.expected -= 1
        if self._context.desk.is_open:
            keeper.when_saved(partial(self._attach, keeper, ready))

    def _attach(self, keeper: Keeper, ready: Ready, entry_id: UUID) -> None:
        work = partial(_attach, entry_id=entry_id, ready=ready, origin=self._origin)
        self._context.desk.write(self, work, partial(self._attached, keeper), self._failed)

    def _attached(self, keeper: Keeper, attached: Attached) -> None:
        self.added.emit(keeper, attached)
        self._done.append(attached)
        self._finish()

    def _failed(self, error: Exception) -> None:
        self._context.shell.tell_trouble(error)
        self._finish()

    def _finish(self) -> None:
        self._left -= 1
        if self._left <= 0:
            done, self._done = self._done, []
            if done:
                self._context.shell.toast(added_words([attached.ready for attached in done]))

    # --- out ----------------------------------------------------------------------------------------------------------

    def remove(self, info: AttachmentInfo) -> None:
        """Take something out of its entry; the toast can put it back."""
        work = partial(_remove, info=info, origin=self._origin)
        self._context.desk.write(self, work, self._was_removed, self._context.shell.tell_trouble)

    def _was_removed(self, removed: Removed) -> None:
        self.removed.emit(removed.info)
        words = _("Photo removed") if removed.info.has_thumbnail else _("File removed")
        self._context.shell.toast(words, partial(self._put_back, removed))

    def _put_back(self, removed: Removed) -> None:
        prepare = partial(_prepare_again, removed.info.name, removed.data)
        back = partial(self._put, removed.info.entry_id)
        self._context.program.background.submit(self, prepare, back, self._context.shell.tell_trouble)

    def _put(self, entry_id: UUID, ready: Ready) -> None:
        if self._context.desk.is_open:
            keeper = self._keeper()
            here = keeper if keeper is not None and keeper.entry_id == entry_id else None
            work = partial(_attach, entry_id=entry_id, ready=ready, origin=self._origin)
            told = partial(self.added.emit, here)
            self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def save_copy(self, info: AttachmentInfo) -> None:
        """Put a copy outside the journal, where the person wants it, after saying what that means."""
        warn_unprotected(self._context, partial(self._choose_copy, info))

    def _choose_copy(self, info: AttachmentInfo) -> None:
        host = self._context.shell.sheet_host()
        save_file(host, _("Save a copy"), Path.home() / info.name, (), partial(self._write_copy, info))

    def _write_copy(self, info: AttachmentInfo, path: Path) -> None:
        if self._context.desk.is_open:
            work = partial(_copy_out, info, path)
            self._context.desk.read(self, work, partial(_told, self._context, path), self._context.shell.tell_trouble)


def warn_unprotected(context: PageContext, go_on: Callable[[], None]) -> None:
    """Say that a file outside the journal can be read by anyone; ``go_on`` if the person wants it."""
    ask(
        context.theme,
        context.shell.sheet_host(),
        _("Save a copy outside the journal?"),
        _("This file is not protected. Anyone who has it can read it."),
        (Answer("keep", _("Keep it here only"), safe=True), Answer("save", _("Save a copy…"))),
        partial(_answered, go_on),
    )


def _answered(go_on: Callable[[], None], answer: str) -> None:
    if answer == "save":
        go_on()


def _told(context: PageContext, path: Path, _answer: object) -> None:
    context.shell.toast(_("Saved as {name}. integrate did not send it anywhere.").format(name=path.name))


def added_words(ready: Sequence[Ready]) -> str:
    """What the toast says after photos and files were added."""
    photos = sum(1 for one in ready if one.is_photo)
    if photos == 0:
        return ngettext("{count} file added", "{count} files added", len(ready)).format(count=len(ready))
    if photos < len(ready):
        added = _("{count} photos and files added.").format(count=len(ready))
    else:
        added = ngettext("{count} photo added.", "{count} photos added.", photos).format(count=photos)
    if all(one.cleaned for one in ready if one.is_photo):
        return _("{added} Hidden data (place, camera) was left out.").format(added=added)
    return _("{added} Hidden data (place, camera) could not be taken out of this kind of file.").format(added=added)


# --- beside the main thread -------------------------------------------------------------------------------------------


def _prepare(prepare: Callable[..., Any]) -> Ready:
    """Read it without hidden data where that can be done, else as it is."""
    try:
        prepared, cleaned = prepare(strip_metadata=True), True
    except CannotStripMetadata:
        prepared, cleaned = prepare(), False
    attach = partial(_attach_prepared, prepared)
    return Ready(attach, prepared.media_type.startswith("image/"), cleaned)


def _prepare_again(name: str, data: bytes) -> Ready:
    prepared = prepare_bytes(name, data)
    return Ready(partial(_attach_prepared, prepared), prepared.thumbnail is not None, cleaned=True)


def _attach_prepared(prepared: Any, journal: Journal, entry_id: UUID) -> AttachmentInfo:
    return attach_file(journal, entry_id, prepared)


def _attach(journal: Journal, *, entry_id: UUID, ready: Ready, origin: str) -> Attached:
    info = ready.attach(journal, entry_id)
    thumbnail = read_thumbnail(journal, info.id) if info.has_thumbnail else None
    return Attached(info, thumbnail, ready, Changes(frozenset({"entries"}), frozenset({entry_id}), origin))


def _remove(journal: Journal, *, info: AttachmentInfo, origin: str) -> Removed:
    data = read_attachment(journal, info.id)
    remove_attachment(journal, info)
    return Removed(info, data, Changes(frozenset({"entries"}), frozenset({info.entry_id}), origin))


def _copy_out(info: AttachmentInfo, path: Path, journal: Journal, _stop: Stop) -> None:
    data = read_attachment(journal, info.id)
    with disk_errors(path.parent):
        create_private(path, data)
