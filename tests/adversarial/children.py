"""The processes the adversarial tests start, kill and look into; run as ``python -m tests.adversarial.children``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from integrate.errors import KnownError, OpenElsewhere
from integrate.journal.backups import back_up
from integrate.journal.opening import Access, ByWords, Journal, open_journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, save_answers
from integrate.storage import automatic, migrating, upgrading
from integrate.system.clock import SystemClock
from tests.adversarial.tools import WORDS_VARIABLE, add_numbered, answers_after


def say(*words: object) -> None:
    """One line to the parent, in one write, so that a kill cuts no line in two."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def opened(place: str, access: Access) -> Journal:
    """The journal, by its words."""
    return open_journal(Path(place), ByWords(os.environ[WORDS_VARIABLE]), access)


def write(place: str, seed: str, first: str) -> None:
    """Write numbered entries for ever; each is told after the call that promises it is durable has returned."""
    journal = opened(place, Access.WRITE)
    number = int(first)
    while True:
        say(number, add_numbered(journal, number, seed))
        number += 1


def write_some(place: str, seed: str, first: str, count: str) -> None:
    """Write some entries, tell them, and wait with the journal open to be killed."""
    journal = opened(place, Access.WRITE)
    for number in range(int(first), int(first) + int(count)):
        say(number, add_numbered(journal, number, seed))
    say("waiting")
    sys.stdin.read()
    journal.close()


def answer(place: str) -> None:
    """Answer one form over and over; the number of answers is told after the call that keeps it has returned."""
    journal = opened(place, Access.WRITE)
    asked = shipped_questionnaires()["phq-9"]
    form = begin_response(journal, asked).response.id
    number = 0
    while True:
        number += 1
        save_answers(journal, form, answers_after(asked, number))
        say(number)


def migrate(place: str, scripts: str) -> None:
    """Bring the journal to a schema that only the scripts in the given folder know."""
    journal = opened(place, Access.WRITE)
    migrating.SCHEMA += 1
    say("begin")
    upgrading.upgrade_journal(journal.vault, scripts=Path(scripts))
    say("done")
    sys.stdin.read()


def backup(place: str, file: str, how: str) -> None:
    """Make a backup for the person at ``file``, or an automatic one."""
    journal = opened(place, Access.READ if how == "file" else Access.WRITE)
    say("begin")
    if how == "file":
        back_up(journal, Path(file))
    else:
        automatic.back_up_automatically(journal.vault, automatic.Reason.DAILY, SystemClock())
    say("done")
    sys.stdin.read()


def race(place: str) -> None:
    """At each line of input try to open for writing and hold it; at the next one close."""
    say("ready")
    number = 0
    while sys.stdin.readline():
        try:
            journal = opened(place, Access.WRITE)
        except OpenElsewhere:
            say("elsewhere")
            sys.stdin.readline()
            say("nothing")
            continue
        except KnownError as error:
            say("wrong", error.code)
            return
        say("won")
        sys.stdin.readline()
        add_numbered(journal, number, f"race {os.getpid()}")
        number += 1
        journal.close()
        say("closed")


def hold(place: str) -> None:
    """Open, read and write, wait, close, wait: for whoever looks into this process's memory."""
    with opened(place, Access.WRITE) as journal:
        add_numbered(journal, 0, "hold")
        say("open")
        sys.stdin.readline()
    say("closed")
    sys.stdin.readline()


ROLES = (write, write_some, answer, migrate, backup, race, hold)

if __name__ == "__main__":
    sys.setswitchinterval(0.005)
    role = next(role for role in ROLES if role.__name__ == sys.argv[1])
    role(*sys.argv[2:])
