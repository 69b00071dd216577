"""A journal that the keyring opens (K4): a real Secret Service, locked, gone; the passphrase always opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adversarial.tools import Figure
from tests.conftest import Sample
from tests.helpers.secret_service import bare_environment, gnome_keyring, in_session, lock_collection

ACT = """
import json, sys, time, warnings
from pathlib import Path
from integrate.errors import KnownError
from integrate.journal.finding import count_entries
from integrate.journal.opening import Access, ByKeyring, ByPassphrase, ByWords, open_journal
from integrate.journal.secrets import keyring_is_on, recover_journal, turn_keyring_off, turn_keyring_on
from integrate.system.clock import SystemClock
from integrate.system.keyring import KeyringStore
place, words, passphrase = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
store, answers = KeyringStore(5.0), []
ways = {"keyring": ByKeyring(store), "passphrase": ByPassphrase(passphrase), "words": ByWords(words)}
def act(step):
    name, *rest = step.split()
    if name == "open":
        with open_journal(place, ways[rest[0]]) as journal:
            return count_entries(journal)
    if name == "recover":
        return recover_journal(place, words, rest[0])
    with open_journal(place, ways["passphrase"], Access.WRITE) as journal:
        if name == "on":
            turn_keyring_on(journal, store)
            return keyring_is_on(journal)
        removed = turn_keyring_off(journal, store)
        return [removed, keyring_is_on(journal)]
for step in sys.argv[4:]:
    began = time.monotonic()
    try:
        answer = act(step)
    except KnownError as error:
        answer = error.code
    answers.append([answer, time.monotonic() - began])
print(json.dumps(answers))
"""


def steps(env: dict[str, str], sample: Sample, *names: str) -> list[object]:
    """What came of each step in a child of that session; none may take longer than a person waits."""
    printed = json.loads(in_session(env, ACT, str(sample.place), sample.words, sample.passphrase, *names))
    assert all(seconds < 7 for _answer, seconds in printed), printed
    return [answer for answer, _seconds in printed]


def test_k4_a_real_keyring_opens_the_journal_until_it_is_turned_off(
    sample: Sample, tmp_path: Path, figure: Figure
) -> None:
    with gnome_keyring(tmp_path / "session") as session:
        met = steps(session.env, sample, "open keyring", "on", "open keyring", "off", "open keyring", "open passphrase")
    assert met == ["passphrase-needed", True, 0, [True, False], "passphrase-needed", 0]
    figure("K4", f"real keyring: off, on, opens, off again: {met}")


@pytest.mark.hard
def test_k4_a_locked_or_absent_keyring_never_strands_the_journal(
    sample: Sample, tmp_path: Path, figure: Figure
) -> None:
    header = sample.place / "vault.hdr"
    with gnome_keyring(tmp_path / "session") as session:
        assert steps(session.env, sample, "on", "open keyring") == [True, 0]
        before = header.read_bytes()
        lock_collection(session)
        locked = steps(session.env, sample, "open keyring", "open passphrase", "open words")
    absent = steps(bare_environment(tmp_path / "bare"), sample, "open keyring", "open passphrase", "open words")
    assert locked == absent == ["keyring-unavailable", 0, 0]
    assert header.read_bytes() == before
    assert steps(bare_environment(tmp_path / "bare"), sample, "off", "open keyring") == [
        [False, False],
        "passphrase-needed",
    ]
    figure("K4", f"locked: {locked}; absent: {absent}; turned off without it")


def test_k4_after_recovery_the_keyring_waits_for_the_passphrase(sample: Sample, tmp_path: Path) -> None:
    with gnome_keyring(tmp_path / "session") as session:
        assert steps(session.env, sample, "on", "open keyring", "recover a-new-passphrase", "open keyring") == [
            True, 0, None, "passphrase-needed",
        ]  # fmt: skip


def test_k4_a_keyring_that_is_not_there_cannot_be_turned_on_and_changes_nothing(sample: Sample, tmp_path: Path) -> None:
    header = sample.place / "vault.hdr"
    before = header.read_bytes()
    assert steps(bare_environment(tmp_path / "bare"), sample, "on", "open passphrase") == ["keyring-unavailable", 0]
    assert header.read_bytes() == before
