"""What every test shares: a cheap key derivation, a ready-made journal, and no quiet skips where CI counts on them."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from integrate.domain.entry import Draft
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, ByPassphrase, ByWords, Journal, create_journal, open_journal
from integrate.storage import kdf
from integrate.system.clock import FixedClock
from tests.helpers.derivations import Asked, Derivations

PASSPHRASE = "correct horse battery"
MEMORY = Path("/dev/shm")  # Linux alone has it
GIBIBYTE = 1024**3
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """A journal on disk with everything that opens it. ``by_words`` needs no slow key derivation.

    ``derived`` are the slow derivations that making it took.
    """

    place: Path
    passphrase: str
    words: str
    derived: Mapping[Asked, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @property
    def by_words(self) -> ByWords:
        return ByWords(self.words)

    @property
    def by_passphrase(self) -> ByPassphrase:
        return ByPassphrase(self.passphrase)

    def open(self, access: Access = Access.WRITE, **options: object) -> Journal:
        return open_journal(self.place, self.by_words, access, **options)  # type: ignore[arg-type]  # passed through

    def copy_to(self, place: Path) -> Sample:
        shutil.copytree(self.place, place)
        return Sample(place, self.passphrase, self.words, self.derived)


def draft(body: str = "A quiet morning.", **fields: object) -> Draft:
    """A draft at a fixed time in Lisbon."""
    fields.setdefault("at", ZonedTime(MORNING, "Europe/Lisbon"))
    return Draft(body, **fields)  # type: ignore[arg-type]  # passed through


@pytest.fixture(autouse=True)
def fast_kdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals made in tests use the floor of the key derivation instead of measuring the machine."""
    monkeypatch.setattr(kdf, "calibrate", lambda *_arguments, **_options: kdf.FLOOR)


@pytest.fixture
def derive_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that is about something else pays once for a key: what the template took is known to it as well.

    For whole folders of tests, but never for those of the derivation itself.
    """
    known = request.getfixturevalue("template").derived if "template" in request.fixturenames else {}
    monkeypatch.setattr(kdf, "derive", Derivations(known))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """One empty journal for the whole run; never opened, only copied."""
    place = tmp_path_factory.mktemp("template") / "Template.integrate"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "derive", derivations := Derivations({}))
        made = create_journal(place, PASSPHRASE, cost=kdf.FLOOR)
    pass_over_all_there_is()  # modules of the database came with it
    return Sample(place, PASSPHRASE, " ".join(made.recovery_words), MappingProxyType(derivations.known))


@pytest.fixture
def sample(template: Sample, tmp_path: Path) -> Sample:
    """An empty journal of the test's own."""
    return template.copy_to(tmp_path / "Journal.integrate")


@pytest.fixture
def journal(sample: Sample) -> Iterator[Journal]:
    """The test's own journal, open for writing."""
    with sample.open() as opened:
        yield opened


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still on a Monday morning in Lisbon."""
    return FixedClock(MORNING, "Europe/Lisbon")


def pytest_configure() -> None:
    """Folders of tests lie in memory where there is room: thousands of writes need not wait for a disk to be safe."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and has_room(MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def has_room(place: Path) -> bool:
    """Whether a folder of this system takes a gibibyte, and programs that a test writes and starts."""
    if not place.is_dir() or not os.access(place, os.W_OK):
        return False
    room = os.statvfs(place)
    return room.f_bavail * room.f_frsize >= GIBIBYTE and not room.f_flag & os.ST_NOEXEC


def pytest_collection_finish() -> None:
    """Thousands of tests are objects too."""
    pass_over_all_there_is()


def pass_over_all_there_is() -> None:
    """What stays for the whole run: each collection of garbage, such as that of a lock, would go through it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI everything is there, so a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be missing: {report.longrepr}"
    return report
