"""The program is killed in the middle of a sentence: what is gone is at most what was typed in the last two seconds."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import ByPassphrase, create_journal, open_journal
from integrate.storage import kdf
from tests.e2e import story
from tests.e2e.person import Person

PASSPHRASE = "slow lantern under the fig"
LOST_AT_MOST = 2.0  # seconds of typing


def type_until(person: Person, seconds: float) -> list[tuple[float, str]]:
    """Type numbered words without a pause; each with the moment by which all its letters had been pressed."""
    typed = []
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        person.type(f"w{number} ")
        typed.append((time.monotonic(), f"w{number}"))
        number += 1
    return typed


def saved_text(place: Path) -> str:
    """The text of the one entry that is in the journal, as the disk has it."""
    with open_journal(place, ByPassphrase(PASSPHRASE)) as journal:
        entries = list(list_entries(journal))
        assert len(entries) == 1, entries
        return get_entry(journal, entries[0].id).body


@pytest.mark.hard
@pytest.mark.parametrize("seed", range(1, 8))
def test_kill_9_while_typing_costs_two_seconds_at_most(someone: Person, tmp_path: Path, seed: int) -> None:
    place = tmp_path / "Journal.integrate"
    create_journal(place, PASSPHRASE, cost=kdf.FLOOR)
    someone.start("--journal", place, wait_for=story.LOCKED)
    story.unlock(someone, PASSPHRASE)
    someone.press("ctrl+n")
    someone.see("Your text", role="text")

    typed = type_until(someone, random.Random(seed).uniform(3.5, 5.0))
    killed = time.monotonic()
    someone.kill()

    saved = saved_text(place)
    assert len(typed) > 20, "nobody types that slowly"
    assert "".join(f"{word} " for _moment, word in typed).startswith(saved), "what is there is what was typed"
    whole = saved.count(" ")
    lost = [killed - moment for moment, _word in typed[whole:]]
    assert not lost or max(lost) <= LOST_AT_MOST, f"{len(lost)} words are gone, the oldest {max(lost):.2f} s old"

    someone.start("--journal", place, wait_for=story.LOCKED)
    story.unlock(someone, PASSPHRASE)
    story.search(someone, "w7")
    someone.press("Down", "Return")
    assert someone.see("Your text", role="text").text == saved
    story.quit_program(someone)
