"""The screens of an import: a made-up file is looked at, and brought in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from integrate.domain.records import Record
from integrate.domain.times import ZonedTime
from integrate.formats.journal_json import DocumentHead, encode_document
from integrate.ui.pages.settings.import_row import ImportRow
from integrate.ui.pages.settings.import_sheet import ImportSheet
from tools.stage import Stage

_ZONE: Final = "Europe/Lisbon"
_TITLES: Final = ("The pier at low tide", "What the drawing said", "A long walk home", "Soup, and an early night")


def show_report(stage: Stage) -> None:
    """Data, with what would come of importing a file of four entries and a photo that is not in it."""
    stage.program.perform("settings")
    stage.press("Data")
    row = next(row for row in stage.window.findChildren(ImportRow) if row.isVisible())
    with TemporaryDirectory(prefix="integrate-import-") as folder:
        file = Path(folder) / "from-my-old-laptop.json"
        file.write_bytes(_document())
        row.look_into(file)
        stage.until(lambda: _report(stage) is not None)


def bring_in(stage: Stage) -> None:
    """The same file, imported."""
    row = next(row for row in stage.window.findChildren(ImportRow) if row.isVisible())
    with TemporaryDirectory(prefix="integrate-import-") as folder:
        file = Path(folder) / "from-my-old-laptop.json"
        file.write_bytes(_document())
        row.look_into(file)
        stage.until(lambda: _report(stage) is not None)
        stage.press("Import")
        stage.until(lambda: not row.task.running)
    stage.scroll_to("Import a file")


def _report(stage: Stage) -> ImportSheet | None:
    return next((sheet for sheet in stage.window.findChildren(ImportSheet) if sheet.isVisible()), None)


def _document() -> bytes:
    entries = [_entry(number, title) for number, title in enumerate(_TITLES, 1)]
    missing = Record("attachment", {
        "id": str(UUID(int=99)), "entry_id": entries[0].fields["id"], "name": "pier.jpg", "media_type": "image/jpeg",
        "size": 5, "sha256": "0" * 64, "created": entries[0].fields["created"],
    })  # fmt: skip
    head = DocumentHead("integrate", ZonedTime(datetime(2026, 5, 3, 9, tzinfo=UTC), _ZONE), True)
    return b"".join(encode_document(head, (*entries, missing)))


def _entry(number: int, title: str) -> Record:
    at = f"2026-04-{10 + number:02}T19:20:00.000000Z"
    return Record("entry", {
        "id": str(UUID(int=number)), "revision": 1, "at": at, "zone": _ZONE, "phase": "integrate", "course": None,
        "session": None, "prompt_id": None, "title": title, "body": f"{title}, and little else.", "tags": [],
        "never_share": False, "mood_then": None, "created": at, "updated": at, "deleted": None,
    })  # fmt: skip
