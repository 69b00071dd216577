"""Two processes at once (A1), and what is left in a process's memory after closing (M1)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from integrate.journal.checking import check_journal
from integrate.journal.finding import count_entries
from integrate.journal.opening import Access
from tests.adversarial.tools import Figure, finish, integrate, rounds, share, start
from tests.conftest import PASSPHRASE, Sample


def ask(child: subprocess.Popen[bytes], line: bytes = b"\n") -> None:
    assert child.stdin is not None
    child.stdin.write(line)
    child.stdin.flush()


def answer(child: subprocess.Popen[bytes]) -> str:
    assert child.stdout is not None
    line = child.stdout.readline().decode().strip()
    assert line, finish(child)
    return line


def race(sample: Sample, least: int, most: int, seconds: float) -> str:
    children = [start("race", sample.place, words=sample.words) for _ in range(2)]
    met, winners = 0, Counter[int]()
    try:
        for child in children:
            assert answer(child) == "ready"
        for number in rounds(least, most, seconds):
            for child in children[:: 1 if number % 2 else -1]:
                ask(child)
            first = [answer(child) for child in children]
            assert sorted(first) == ["elsewhere", "won"]
            for child in children:
                ask(child)
            assert [answer(child) for child in children] == ["closed" if word == "won" else "nothing" for word in first]
            winners[first.index("won")] += 1
            met += 1
    finally:
        for child in children:
            finish(child)
    with sample.open(Access.READ) as journal:
        assert journal.notices == ()
        assert count_entries(journal) == met
    assert check_journal(sample.place, sample.by_words).ok
    return f"{met} races of two: one won each time ({winners[0]} to {winners[1]}), the other was told, 0 corruption"


def test_a1_of_two_that_open_to_write_exactly_one_wins(sample: Sample, figure: Figure) -> None:
    figure("A1", race(sample, 30, 30, 0))


@pytest.mark.hard
def test_a1_of_two_that_open_to_write_exactly_one_wins_100_times(sample: Sample, figure: Figure) -> None:
    figure("A1", race(sample, 100, 500, share(0.02)))


def test_a1_the_command_line_is_told_that_it_is_open_elsewhere(sample: Sample, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    with sample.open():
        add = integrate("add", sample.place, "text", "--passphrase-file", secret)
        assert add.returncode == 5
        listed = integrate("list", sample.place, "--passphrase-file", secret, "--json")
        assert listed.returncode == 0, listed.stderr
    assert integrate("add", sample.place, "text", "--passphrase-file", secret).returncode == 0


def keys_of(sample: Sample) -> dict[str, bytes]:
    """The master key and the database's key, raw and as the hex digits that SQLCipher gets."""
    with sample.open(Access.READ) as journal:
        spec = bytes(journal.vault.keys.database_key_spec(journal.vault.meta.db_epoch))
        master = bytes(journal.vault.keys.master.view)
    digits = spec[2:66]
    return {
        "master key": master,
        "master key in hex": master.hex().encode(),
        "database key": bytes.fromhex(digits.decode()),
        "database key in hex": digits.lower(),
        "database key in upper hex": digits.upper(),
    }


def found_in_memory(process: int, needles: dict[str, bytes]) -> set[str]:
    """Which needles lie anywhere in the memory of a process that may be read."""
    found: set[str] = set()
    regions = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", region)
            if match is None or "[v" in region:
                continue
            begin, end = (int(part, 16) for part in match.groups())
            memory.seek(begin)
            try:
                content = memory.read(end - begin)
            except OSError:
                continue  # a page that is mapped and not there
            found |= {name for name, needle in needles.items() if needle in content}
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_m1_no_key_is_left_in_memory_after_closing(sample: Sample, figure: Figure) -> None:
    needles = keys_of(sample)
    child = start("hold", sample.place, words=sample.words)
    try:
        assert answer(child) == "open"
        try:
            while_open = found_in_memory(child.pid, needles)
        except PermissionError:
            pytest.skip("the memory of a child may not be read here")
        ask(child)
        assert answer(child) == "closed"
        after = found_in_memory(child.pid, needles)
    finally:
        finish(child)
    assert "master key" in while_open, "the search itself can find a key"
    assert after == set()
    figure("M1", f"while open: {sorted(while_open)}; after closing: none")
