"""What the adversarial tests share: time to spend, children to kill, everything a journal says, places of their own."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest

from integrate.domain.entry import Draft, Entry, Unreadable
from integrate.domain.questionnaires import Questionnaire
from integrate.errors import KnownError
from integrate.journal.finding import get_entry, list_entries, search_entries
from integrate.journal.opening import Journal
from integrate.journal.writing import add_entry, read_attachment
from integrate.storage.attachments import PreparedAttachment, prepare_attachment
from tests.conftest import Sample, draft

REPOSITORY = Path(__file__).resolve().parents[2]
WORDS_VARIABLE = "ADVERSARIAL_WORDS"
LENGTHS = (
    10, 40, 120, 300, 700, 1_500, 2_500, 3_500, 4_200, 6_000, 9_000, 14_000, 20_000, 28_000, 36_000, 48_000, 60_000,
)  # fmt: skip
VOCABULARY = tuple(
    f"{start}{middle}{end}"
    for start in ("ba", "de", "fi", "go", "lu", "ma", "ne", "ri")
    for middle in ("la", "mo", "ri", "su", "ta", "ve")
    for end in ("n", "ra", "s", "to", "", "lle")
)

Answer = TypeVar("Answer")
Figure = Callable[[str, str], None]
"""Called with a test's id and its figures."""


def share(fraction: float) -> float:
    """Seconds that one hard test may take: its fraction of HARD_MINUTES (default 40)."""
    return float(os.environ.get("HARD_MINUTES", "40")) * 60 * fraction


def rounds(least: int, most: int, seconds: float) -> Iterator[int]:
    """Numbers from 0: ``most`` of them, or as many as fit into ``seconds``, and never fewer than ``least``."""
    end = time.monotonic() + seconds
    for number in range(most):
        if number >= least and time.monotonic() > end:
            return
        yield number


def body_of(number: int, seed: str) -> str:
    """The text of entry ``number``: it begins with its number, and every stretch of it is its own."""
    source = random.Random(f"{seed}/{number}")
    length = LENGTHS[number % len(LENGTHS)]
    text = " ".join(source.choices(VOCABULARY, k=length // 4 + 2))
    return f"{number} {text}"[:length].ljust(length, "x")


def file_of(number: int, seed: str) -> PreparedAttachment | None:
    """What is attached to entry ``number``: every fifth has a file of up to 300 kB."""
    if number % 5 != 4:
        return None
    source = random.Random(f"{seed}/file/{number}")
    return prepare_attachment(f"file-{number}.bin", source.randbytes(source.randrange(300_000)))


def draft_of(number: int, seed: str) -> Draft:
    """Entry ``number`` with a title and tags of its own."""
    return draft(body_of(number, seed), title=f"Title {number}", tags=(f"tag{number % 3}", "all"))


def add_numbered(journal: Journal, number: int, seed: str) -> UUID:
    """Write entry ``number``; its id."""
    prepared = file_of(number, seed)
    return add_entry(journal, draft_of(number, seed), (prepared,) if prepared else ()).entry_id


def same_as_written(journal: Journal, entry: Entry, seed: str) -> bool:
    """Whether an entry, with its file, is exactly what :func:`add_numbered` wrote."""
    number = int(entry.body.split(maxsplit=1)[0])
    prepared = file_of(number, seed)
    files = [read_attachment(journal, attachment.id) for attachment in entry.attachments]
    return entry.as_draft() == draft_of(number, seed) and files == ([prepared.data] if prepared else [])


def answers_after(asked: Questionnaire, number: int) -> dict[str, str]:
    """All answers of a form after ``number`` of them: its items over and over, each time with the next option."""
    answers: dict[str, str] = {}
    for each in range(number):
        times, place = divmod(each, len(asked.scored_items))
        item = asked.scored_items[place]
        answers[item.link_id] = item.options[times % len(item.options)].code
    return answers


@dataclass(slots=True)
class Look:
    """What one opening of a journal said: an entry, list, search or file as it was, or the error in its place."""

    entries: dict[UUID, Entry | str] = field(default_factory=dict)
    files: dict[UUID, bytes | str] = field(default_factory=dict)
    listed: object = None
    found: dict[str, object] = field(default_factory=dict)

    def differences(self, original: Look) -> Iterator[str]:
        """What differs from the original without being said: must be nothing. Errors say it."""
        for kind, mine, theirs in (("entry", self.entries, original.entries), ("file", self.files, original.files)):
            for key, value in mine.items():
                if not isinstance(value, str) and value != theirs[key]:
                    yield f"{kind} {key}"
        if not _is_told(self.listed) and self.listed != original.listed:
            yield "list"
        for query, found in self.found.items():
            if not _is_told(found) and found != original.found[query]:
                yield f"search {query}"

    def complaints(self) -> int:
        """How many answers were errors."""
        answers = [*self.entries.values(), *self.files.values(), self.listed, *self.found.values()]
        return sum(isinstance(answer, str) or _is_told(answer) for answer in answers)


def _is_told(answer: object) -> bool:
    """Whether an answer says itself that it is not whole."""
    return isinstance(answer, str) or (isinstance(answer, list) and any(isinstance(one, Unreadable) for one in answer))


def look_at(journal: Journal, ids: Sequence[UUID], files: Sequence[UUID], queries: Sequence[str]) -> Look:
    """Read everything, in the order given; only known errors are met, anything else is a failure."""
    look = Look()
    for entry_id in ids:
        look.entries[entry_id] = _told(lambda key=entry_id: get_entry(journal, key))
    for file_id in files:
        look.files[file_id] = _told(lambda key=file_id: read_attachment(journal, key))
    look.listed = _told(lambda: list(list_entries(journal)))
    for query in queries:
        look.found[query] = _told(lambda text=query: list(search_entries(journal, text)))
    return look


def _told(ask: Callable[[], Answer]) -> Answer | str:
    try:
        return ask()
    except KnownError as error:
        return error.code


def start(role: str, *arguments: object, words: str = "", **extra: str) -> subprocess.Popen[bytes]:
    """Start ``children.py`` in a role, with pipes; the words go through the environment."""
    command = [sys.executable, "-m", "tests.adversarial.children", role, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=child_environment() | {WORDS_VARIABLE: words} | extra,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def child_environment() -> dict[str, str]:
    """The environment of a child that imports this checkout."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def finish(child: subprocess.Popen[bytes]) -> str:
    """Wait for a child that was killed or ended; the rest of its stdout."""
    try:
        out, err = child.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise
    assert b"Traceback" not in err, err.decode()
    return out.decode()


def lines_of(text: str) -> list[str]:
    """Whole lines: what was cut off at the end by a kill is left out."""
    return [line for line in text.split("\n")[:-1] if line]


def integrate(
    *arguments: object, stdin: str | bytes = b"", env: Mapping[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """One call of the program as a person makes it; its standard input is given, its output kept."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "integrate", *map(str, arguments)], cwd=REPOSITORY, input=data, capture_output=True,
        env=dict(env) if env is not None else child_environment(), timeout=timeout, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def files_below(place: Path) -> dict[str, bytes]:
    """Every file below ``place`` that can matter, by its path: not SQLite's shared memory, nor an empty log of it."""
    found = {}
    for path in sorted(place.rglob("*")):
        name = str(path.relative_to(place))
        if path.is_file() and not name.endswith("-shm"):
            data = path.read_bytes()
            if data or not name.endswith("-wal"):
                found[name] = data
    return found


def own_namespace() -> list[str]:
    """The command that gives a child mounts of its own, or a skip with the reason."""
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        probe = [*command, "mount", "-t", "tmpfs", "-o", "size=1m", "integrate", "/mnt"]
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("mounting in a namespace of one's own is not allowed here")


@contextmanager
def flipped(path: Path, *places: tuple[int, int]) -> Iterator[None]:
    """While inside, bit ``places[i][1]`` of byte ``places[i][0]`` of a file is another; afterwards as before."""
    with path.open("r+b", buffering=0) as file:
        for at, bit in places:
            _flip(file.fileno(), at, bit)
    try:
        yield
    finally:
        with path.open("r+b", buffering=0) as file:
            for at, bit in places:
                _flip(file.fileno(), at, bit)


def _flip(descriptor: int, at: int, bit: int) -> None:
    (byte,) = os.pread(descriptor, 1, at)
    os.pwrite(descriptor, bytes([byte ^ (1 << bit)]), at)


def numbered_journal(sample: Sample, count: int, seed: str) -> list[UUID]:
    """Fill a journal with the numbered entries; their ids."""
    with sample.open() as journal:
        return [add_numbered(journal, number, seed) for number in range(count)]
