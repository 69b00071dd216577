"""What a person does, step by step, in the words of the screen: shared by the tests that play it and watch it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.person import Person

FIRST = "Choose a passphrase"
LOCKED = "Your journal is locked"
WRONG = re.compile(
    r"That did not open the journal\. Check Caps Lock and the keyboard layout( \([^)]+\))?, then try again\. "
    r"Nothing is deleted after wrong tries\."
)


@dataclass(frozen=True)
class Paper:
    """What the person has in their head and on paper."""

    passphrase: str
    words: tuple[str, ...]


def welcome(person: Person, passphrase: str, *, name: str = "") -> Paper:
    """Make a journal, from the first screen to Today. The program has been started."""
    person.type(passphrase)
    person.press("Return")
    person.type(passphrase)
    person.press("Return")
    words = _read_words(person)
    fields = [field for field in person.everything("text") if re.fullmatch(r"Word \d+", field.name)]
    assert len(fields) == 2, person
    for field in fields:
        person.click(field.name, role="text")
        person.type(words[int(field.name.split()[1]) - 1])
    person.click("I understand that nobody can reset my passphrase.", role="check box")
    person.click("Continue", role="push button")
    person.see("A few gentle settings", role="heading")
    if name:
        person.type(name)
    person.click("Create my journal", role="push button")
    person.see("New entry", role="push button")
    return Paper(passphrase, words)


def _read_words(person: Person) -> tuple[str, ...]:
    """Write the twelve words down: each stands after its number."""
    person.see("Write these words on paper", role="heading")
    person.see("12", role="label")
    labels = [thing.name for thing in person.everything("label")]
    at = labels.index("1")
    words = tuple(labels[at + 1 : at + 24 : 2])
    assert labels[at : at + 24 : 2] == [str(number) for number in range(1, 13)], labels
    assert all(re.fullmatch(r"[a-z]{3,8}", word) for word in words), words
    return words


def unlock(person: Person, passphrase: str) -> None:
    """Type the passphrase on the lock screen, and wait for Today or wherever one was."""
    person.see(LOCKED, role="heading")
    person.type(passphrase)
    person.press("Return")
    person.see("Lock", role="push button")


def lock(person: Person) -> None:
    """Ctrl L."""
    person.press("ctrl+l")
    person.see(LOCKED, role="heading")


def quit_program(person: Person) -> None:
    """Ctrl Q; the program ends in order."""
    person.press("ctrl+q")
    assert person.ended() == 0, person.output()


def write(person: Person, text: str) -> None:
    """A new entry, and the text in it, until it is said to be saved."""
    person.press("ctrl+n")
    person.see("Your text", role="text")
    person.type(text)
    person.see(holds="Saved")


def attach(person: Person, photo: Path) -> None:
    """Attach a photo to the entry that is shown."""
    _attach(person, photo)
    person.see(holds=f"Photo {photo.name}")


def search(person: Person, words: str) -> None:
    """Ctrl F, and the words."""
    person.press("ctrl+f")
    person.see("Search your entries", role="text")
    person.type(words)


def attach_file(person: Person, file: Path) -> None:
    """Attach a file that is no photo."""
    _attach(person, file)
    person.see(holds=f"File {file.name}")


def _attach(person: Person, file: Path) -> None:
    """Type its path into the file dialog."""
    person.press("ctrl+shift+o")
    person.see("File name", role="text")
    person.type(str(file))
    person.press("Return")
    person.see_gone("File name", role="text")
    person.take_focus()
