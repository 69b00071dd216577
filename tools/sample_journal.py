"""What the gallery and the tour show: the demo's course around a fixed day, and what else their screens need.

All names and words are made up. The clock stands on the evening of Thursday, 8 October 2026, three days after the
fourth of eight sessions.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.hard_night import NightKind, NightLine
from integrate.domain.people import Person
from integrate.domain.practices import Cadence, CadenceKind
from integrate.domain.times import ZonedTime
from integrate.journal.courses import change_course, get_course
from integrate.journal.deleting import delete_entry
from integrate.journal.demo_script import ZONE, lay_out, tellings
from integrate.journal.demo_writing import write_demo
from integrate.journal.hard_night import save_hard_night
from integrate.journal.insights import add_insight, delete_insight
from integrate.journal.opening import Access, ByPassphrase, Journal, create_journal, open_journal
from integrate.journal.people import save_people
from integrate.journal.practices import begin_practice, delete_practice
from integrate.journal.preferences import change_preferences
from integrate.journal.threads import begin_thread, delete_thread
from integrate.journal.writing import add_entry, attach_file, prepare_bytes
from integrate.system.clock import Clock, FixedClock

NOW: Final = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
NAME: Final = "Sarah"
PASSPHRASE: Final = "slow lantern under the fig"
"""What opens it. It is no demo to the program, so that no screen says that it were one."""

SHOWN: Final = "Carrying bags that were never mine"
"""Title of the entry that the editor shows in the gallery."""

PICTURED: Final = "The kitchen was quiet and I let it be"
"""Title of the entry with a picture."""

_PEOPLE: Final = (
    Person(UUID(int=1), "Daniel", "415-555-0163", role="Brother, companion", shown_locked=True),
    Person(UUID(int=2), "Marta", "415-555-0128", role="Friend, awake until late"),
)
"""Daniel is here, and so not on the care team as well: Help now shows both."""

_NIGHT: Final = (
    (NightKind.HELPS, "The blue blanket, and the lamp on."),
    (NightKind.HELPS, "Both feet on the kitchen floor until they are cold."),
    (NightKind.WHO, "Daniel. A message with one word is enough."),
    (NightKind.TELL, "It has passed each time. The morning is on its way."),
)


def sample_clock() -> FixedClock:
    """The clock of the sample, standing still."""
    return FixedClock(NOW, ZONE)


def make_sample(place: Path, clock: Clock) -> None:
    """Make the journal at ``place``, with :data:`PASSPHRASE`."""
    create_journal(place, PASSPHRASE, clock=clock)
    with open_journal(place, ByPassphrase(PASSPHRASE), Access.WRITE, clock=clock) as journal:
        _tell(journal)
        _keep_loose(journal)
        _throw_away(journal)
        change_preferences(journal, name=NAME, phase=Phase.INTEGRATE, synced_told=True)
        save_people(journal, _PEOPLE)
        night = (NightLine(UUID(int=number), kind, text) for number, (kind, text) in enumerate(_NIGHT, start=1))
        save_hard_night(journal, tuple(night))


def _tell(journal: Journal) -> None:
    """The course of the demo with its entries, and a picture in one of them."""
    script = lay_out(ZonedTime(NOW, ZONE).local_date())
    told = tellings(script)
    write_demo(journal, script, [one for one in told if one.title != PICTURED])
    team = get_course(journal, 1).care_team
    change_course(journal, 1, care_team=tuple(one for one in team if one.name != _PEOPLE[0].name))
    pictured = next(one.draft for one in told if one.title == PICTURED)
    attach_file(journal, add_entry(journal, pictured).entry_id, prepare_bytes("kettle.png", _picture()))


def _keep_loose(journal: Journal) -> None:
    """What hangs on no thread yet."""
    add_insight(journal, "I can be tired without having earned it.", about=SessionRef(1, 4))
    begin_practice(journal, "One cup of tea without the phone.", Cadence(CadenceKind.EVERY_FEW_DAYS, days=3))


def _throw_away(journal: Journal) -> None:
    """What is in Recently deleted."""
    draft = Draft(
        "Milk, pears, the good bread.", ZonedTime(NOW, ZONE), "A list that got in here", Phase.INTEGRATE,
        SessionRef(1, 4), None,
    )  # fmt: skip
    delete_entry(journal, add_entry(journal, draft).entry_id)
    delete_thread(journal, begin_thread(journal, "The wrong name for it").thread.id)
    delete_insight(journal, add_insight(journal, "Nobody is late on a Sunday.").insight.id)
    delete_practice(journal, begin_practice(journal, "Write down every dream.").practice.id)


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
