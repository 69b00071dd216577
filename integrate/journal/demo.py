"""The demo: a journal of invented content, to see every screen alive. Nothing of a real journal is involved."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.entry import Phase
from integrate.domain.people import Person
from integrate.errors import RecordDamaged, TargetExists
from integrate.journal.backups import replace_automatic_backups
from integrate.journal.demo_mood import DEMO_FORMS
from integrate.journal.demo_script import SESSIONS, ZONE, Script, Telling, lay_out, tellings
from integrate.journal.demo_writing import write_demo
from integrate.journal.opening import Access, ByWords, Journal, create_journal, open_journal
from integrate.journal.people import save_people
from integrate.journal.preferences import change_preferences
from integrate.journal.responses import set_form_plan
from integrate.storage import slot_changes
from integrate.storage.failures import known_failures
from integrate.storage.kdf import FLOOR
from integrate.storage.parts import part_folder, publish_folder
from integrate.storage.settings import read_setting, write_settings
from integrate.storage.slots import SlotKind
from integrate.system.clock import FixedClock
from integrate.system.files import is_taken, make_private_folder

__all__ = ("PASSPHRASE", "SESSIONS", "ZONE", "DemoMade", "demo_mark", "is_demo", "make_demo")

PASSPHRASE: Final = "demo"
"""What opens every demo. It is known to everybody and protects nothing; no other journal may have one so short."""

Progress = Callable[[int, int], None]
"""Called with (done, in all); the unit is the caller's to ignore."""

_KEY: Final = "demo"


@dataclass(frozen=True, slots=True)
class DemoMade:
    """A new demo: how many ``entries`` it has, and how many ``sessions``, held and planned."""

    place: Path
    entries: int
    sessions: int


def make_demo(
    place: Path,
    today: date,
    *,
    sessions: int = SESSIONS,
    entries: int | None = None,
    seed: int = 0,
    zone: str = ZONE,
    mark: Mapping[str, object] | None = None,
    progress: Progress = lambda _done, _all: None,
) -> DemoMade:
    """Make a demo at ``place``, its course around the local day ``today``. It opens with :data:`PASSPHRASE`.

    Half of the ``sessions`` took place, the last three days ago. ``entries`` None gives those that are written; fewer
    are the newest of them, further ones are put together. The same arguments give the same content, ids and times; only
    what encrypts it differs. ``mark`` is kept with what says that it is a demo.

    Raises:
        WrongUsage: a number out of its range, or a day too near the ends of the calendar.
        TargetExists, DiskFull, DiskRefused, ReadOnlyPlace: nothing is left behind.
    """
    script = lay_out(today, sessions, seed, zone)
    told = tellings(script, entries)
    with known_failures(place.parent):
        if is_taken(place):
            raise TargetExists(target=place)
        make_private_folder(place.parent, exist_ok=True, parents=True)
        with part_folder(place.parent) as part:
            made = part / "demo"
            _make(made, script, told, mark or {}, progress)
            publish_folder(made, place)
    return DemoMade(place, len(told), len(script.scenes))


def is_demo(journal: Journal) -> bool:
    """Whether the journal is a demo: then everything in it is invented."""
    return demo_mark(journal) is not None


def demo_mark(journal: Journal) -> Mapping[str, object] | None:
    """What is noted of a demo: its seed, and whatever was to be kept with that; None where it is none."""
    try:
        kept = read_setting(journal.vault.database, _KEY)
    except RecordDamaged:
        return None  # nobody is told that their own journal is invented
    return kept if isinstance(kept, dict) else None


def _make(
    place: Path, script: Script, told: tuple[Telling, ...], mark: Mapping[str, object], progress: Progress
) -> None:
    """Make it under a passphrase that is as long as any has to be, then give it the one of all demos.

    In between it is opened by words, which takes no time; none of them open it afterwards.
    """
    clock = FixedClock(script.noon.instant, script.zone)
    made = create_journal(place, secrets.token_hex(16), cost=FLOOR, clock=clock)
    with open_journal(place, ByWords(" ".join(made.recovery_words)), Access.WRITE, clock=clock) as journal:
        write_demo(journal, script, told, progress)
        _choose(journal, script, mark)
        slot_changes.set_passphrase(journal.vault, PASSPHRASE)
        slot_changes.remove_slots(journal.vault, SlotKind.RECOVERY)
        replace_automatic_backups(journal)  # the first one was empty, and opens with the passphrase of before


def _choose(journal: Journal, script: Script, mark: Mapping[str, object]) -> None:
    """The name, the people of Help now, and the mark that it is a demo."""
    change_preferences(journal, name=script.course["name"], phase=Phase.INTEGRATE)
    people = enumerate(script.course["people"], start=1)
    save_people(journal, [Person(UUID(int=number), one["name"], one["number"], one["words"]) for number, one in people])
    set_form_plan(journal, DEMO_FORMS)
    write_settings(journal.vault.database, {_KEY: {"seed": script.seed, **mark}}, journal.clock.now())
