"""The whole program in a real window, used with keyboard and pointer, read as a screen reader reads it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e import story
from tests.e2e.person import Person
from tests.helpers.photos import photo

PASSPHRASE = "slow lantern under the fig"
BODY = "The kitchen was quiet. A wren sang twice and I let it be."


def test_from_welcome_to_the_next_day(someone: Person, tmp_path: Path) -> None:
    picture = tmp_path / "kettle.jpg"
    picture.write_bytes(photo(size=(640, 420)))

    began = time.monotonic()
    someone.start(wait_for=story.FIRST)
    story.welcome(someone, PASSPHRASE, name="Sarah")
    assert time.monotonic() - began < 45, "a person has ninety seconds, and a script needs no time to think"
    someone.see(holds=", Sarah")

    story.write(someone, BODY)
    story.attach(someone, picture)
    story.lock(someone)
    assert someone.look(holds="wren") is None

    someone.type("not the right words")
    someone.press("Return")
    said = someone.see(holds="That did not open the journal.")
    assert story.WRONG.fullmatch(said.words), said
    story.unlock(someone, PASSPHRASE)  # what was wrong is selected: typing replaces it

    story.search(someone, "wren")
    someone.see(holds="1 entry")
    someone.press("Down", "Return")
    assert someone.see("Your text", role="text").text == BODY
    someone.see(holds="Photo kettle.jpg")
    story.quit_program(someone)

    someone.start(wait_for=story.LOCKED)
    story.unlock(someone, PASSPHRASE)
    story.search(someone, "sang twice")
    someone.press("Down", "Return")
    assert someone.see("Your text", role="text").text == BODY
    someone.see(holds="Photo kettle.jpg")
    story.quit_program(someone)


@pytest.mark.hard
def test_the_recovery_words_open_it_when_the_passphrase_is_forgotten(someone: Person) -> None:
    someone.start(wait_for=story.FIRST)
    paper = story.welcome(someone, PASSPHRASE)
    story.write(someone, BODY)
    story.quit_program(someone)

    someone.start(wait_for=story.LOCKED)
    someone.click("I forgot my passphrase", role="push button")
    someone.see("Let's use your recovery words.", role="heading")
    someone.type(" ".join(paper.words))  # a space goes on to the next field
    someone.press("Tab")
    someone.type("another fig lantern")
    someone.press("Return")
    someone.type("another fig lantern")
    someone.press("Return")
    someone.see("Lock", role="push button")
    story.search(someone, "wren")
    someone.press("Down", "Return")
    assert someone.see("Your text", role="text").text == BODY

    story.lock(someone)
    someone.type(PASSPHRASE)
    someone.press("Return")
    someone.see(holds="That did not open the journal.")
    story.unlock(someone, "another fig lantern")
    story.quit_program(someone)
