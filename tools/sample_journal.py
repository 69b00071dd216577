"""A small journal of invented entries, always the same: what the gallery and the tour show.

All names and words are made up. The clock stands on the evening of Thursday, 8 October 2026.
"""

from __future__ import annotations

import io
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.people import Person
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, ByPassphrase, Journal, create_journal, open_journal
from integrate.journal.people import save_people
from integrate.journal.preferences import change_preferences
from integrate.journal.writing import add_entry, attach_file, prepare_bytes
from integrate.system.clock import Clock, FixedClock

ENTRIES: Final = Path(__file__).with_name("sample_journal.toml")
ZONE: Final = "Europe/Lisbon"
NOW: Final = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
NAME: Final = "Sarah"
PASSPHRASE: Final = "slow lantern under the fig"

SHOWN: Final = "Carrying bags that were never mine"
"""Title of the entry that the editor shows in the gallery."""


def sample_clock() -> FixedClock:
    """The clock of the sample, standing still."""
    return FixedClock(NOW, ZONE)


def make_sample(place: Path, clock: Clock) -> None:
    """Make the journal at ``place``, with :data:`PASSPHRASE`."""
    create_journal(place, PASSPHRASE, clock=clock)
    with open_journal(place, ByPassphrase(PASSPHRASE), Access.WRITE, clock=clock) as journal:
        _fill(journal)


def _fill(journal: Journal) -> None:
    for kept in tomllib.loads(ENTRIES.read_text(encoding="utf-8"))["entries"]:
        draft = Draft(
            kept["body"], ZonedTime(kept["at"], ZONE), kept["title"], Phase(kept["phase"]),
            SessionRef(1, kept["session"]), kept["prompt"], tuple(kept["tags"]), kept.get("never_share", False),
            kept.get("mood"),
        )  # fmt: skip
        added = add_entry(journal, draft)
        if kept.get("picture"):
            attach_file(journal, added.entry_id, prepare_bytes("kettle.png", _picture()))
    change_preferences(journal, name=NAME, phase=Phase.INTEGRATE, synced_told=True)
    people = (
        Person(UUID(int=1), "Daniel", "415-555-0163", role="Brother, companion", shown_locked=True),
        Person(UUID(int=2), "Ines Moreau", "415-555-0142", role="Therapist"),
        Person(UUID(int=3), "Dr Anand Rao", "415-555-0117", role="Prescriber, clinic line"),
    )
    save_people(journal, people)


def _picture() -> bytes:
    """A drawn picture, so that no real photo is needed."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 420), "#D9CBB4")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 300, 640, 420), fill="#B79F7E")
    pen.ellipse((220, 150, 420, 330), fill="#5F7A78")
    pen.rectangle((250, 120, 390, 160), fill="#4C6462")
    pen.arc((390, 170, 480, 290), 270, 90, fill="#4C6462", width=14)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
