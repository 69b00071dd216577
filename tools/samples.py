"""``python tools/samples.py``: make docs/samples/ anew: the demo's course as one file of each kind.

The journal, its day and its words are the same each time. Protected files still differ from run to run: what protects
them is drawn by chance.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.sharing import FileKind, Passage, Section, Selection
from integrate.domain.times import ZonedTime
from integrate.journal.demo import PASSPHRASE, make_demo
from integrate.journal.demo_script import ZONE
from integrate.journal.opening import Access, ByPassphrase, Journal, open_journal
from integrate.journal.shareable import shareable_entries
from integrate.sharing.packet import Packet
from integrate.sharing.resolving import resolve_packet
from integrate.sharing.saving import save_packet
from integrate.system.clock import FixedClock

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "samples"
NOW: Final = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
PHRASE: Final = "walnut river candle orbit plain seven"
_TALK: Final = ("The bus, and what I said to myself", "Sleeping after the fourth session")
_FILES: Final = (
    ("summary.pdf", FileKind.PDF, True),
    ("summary-open.pdf", FileKind.PDF, False),
    ("summary.html", FileKind.WEB, True),
    ("summary-open.html", FileKind.WEB, False),
    ("summary.fhir.json", FileKind.FHIR, False),
    ("journal-markdown", FileKind.MARKDOWN, False),
    ("journal-csv", FileKind.CSV, False),
    ("journal.json", FileKind.JSON, False),
)


def main() -> int:
    """Make every file in a folder of its own, then put it in the place of the old one."""
    with tempfile.TemporaryDirectory(prefix="integrate-samples-") as kept:
        made, place = Path(kept) / "samples", Path(kept) / "Demo.integrate"
        made.mkdir()
        clock = FixedClock(NOW, ZONE)
        make_demo(place, ZonedTime(NOW, ZONE).local_date())
        with open_journal(place, ByPassphrase(PASSPHRASE), Access.READ, clock=clock) as journal:
            summary, whole = _packets(journal)
            for name, kind, protected in _FILES:
                packet = whole if kind in (FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON) else summary
                save_packet(journal, packet, kind, made / name, protection=PHRASE if protected else None)
        (made / "README.md").write_text(_readme(), encoding="utf-8")
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(made, FOLDER, copy_function=_plain_copy)
    return 0


def _packets(journal: Journal) -> tuple[Packet, Packet]:
    """What a therapist gets, and everything of the last three weeks for oneself."""
    newest = next(shareable_entries(journal, bodies=True)).values[0]
    first_words = newest.body.strip().split("\n")[0]
    summary = Selection(
        recipient="Ines", item_answers=True, talk=_TALK, passages=(Passage(newest.summary.id, first_words),)
    )
    whole = Selection(
        all_entries=True, item_answers=True, sections=frozenset(Section),
        first_day=NOW.date().replace(month=9, day=17),
    )  # fmt: skip
    made = ZonedTime(NOW, ZONE)
    packets = [resolve_packet(journal, one, made=made) for one in (summary, whole)]
    return replace(packets[0], id=UUID(int=1)), replace(packets[1], id=UUID(int=2))  # else drawn by chance


def _plain_copy(source: str, target: str) -> None:
    """A copy with the rights of any other file of the project."""
    Path(target).write_bytes(Path(source).read_bytes())


def _readme() -> str:
    told = {
        "summary.pdf": f"what a therapist gets; opens with the phrase `{PHRASE}`",
        "summary-open.pdf": "the same without protection",
        "summary.html": "the same as a web page; opens with the same phrase, in any browser, without a network",
        "summary-open.html": "the same without protection",
        "summary.fhir.json": "the same for clinic software: an HL7 FHIR R4 document",
        "journal-markdown": "three weeks of a journal as a folder of Markdown",
        "journal-csv": "the same as tables for spreadsheets",
        "journal.json": "the same in Integrate's own format",
    }
    lines = [f"- [{name}]({name}): {what}" for name, what in told.items()]
    return (
        "# Files people can take away\n\nOne of each kind, made of the demo's invented course by "
        "`python tools/samples.py`. Nobody in them exists.\n\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
