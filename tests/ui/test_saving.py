"""No typed word is lost between the screen and the disk: saves, refusals, and what a lock keeps sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from integrate.domain.entry import Draft, Filter, Phase, SessionRef
from integrate.errors import DiskFull
from integrate.journal import writing as use_cases
from integrate.journal.browsing import first_rows
from integrate.journal.finding import get_entry
from integrate.journal.opening import Access, Journal
from integrate.ui import saving
from integrate.ui.saving import EntrySaver, SavedEntry, Writing, _from_bytes, _to_bytes
from tests.conftest import MORNING, Sample, draft


class NowDesk:
    """Does each piece of work at once, on this thread: what the desk's lane does, without waiting."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def write(
        self,
        _owner: QObject,
        work: Callable[[Journal], SavedEntry],
        done: Callable[[SavedEntry], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            saved = work(self.journal)
        except Exception as error:
            failed(error)
        else:
            done(saved)


@pytest.fixture
def parent(app: object) -> QObject:
    return QObject()


def save(saver: EntrySaver, writing: Writing, text: str, owner: QObject) -> list[object]:
    told: list[object] = []
    saver.save(owner, writing, draft(text), "test", told.append, told.append)
    return told


def test_the_first_save_makes_the_entry_and_later_ones_go_on_with_it(journal: Journal, parent: QObject) -> None:
    saver, writing = EntrySaver(NowDesk(journal), parent), Writing()
    first = save(saver, writing, "One", parent)[0]
    second = save(saver, writing, "One, two", parent)[0]
    assert isinstance(first, SavedEntry) and isinstance(second, SavedEntry)
    assert first.entry_id == second.entry_id == writing.entry_id
    assert get_entry(journal, first.entry_id).body == "One, two"
    assert len(first_rows(journal, "", Filter(), 5)) == 1
    assert not saver.unsaved


def test_what_the_disk_refuses_counts_as_unsaved_until_a_later_save(
    journal: Journal, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver, writing = EntrySaver(NowDesk(journal), parent), Writing()
    save(saver, writing, "One", parent)
    with monkeypatch.context() as broken:
        broken.setattr(saving, "save_entry", _refuse)
        assert isinstance(save(saver, writing, "One, two", parent)[0], DiskFull)
        assert saver.unsaved
    assert isinstance(save(saver, writing, "One, two, three", parent)[0], SavedEntry)
    assert not saver.unsaved


def test_a_lock_tries_once_more_and_then_seals_the_last_words(
    sample: Sample, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sample.open(Access.WRITE) as journal:
        saver, writing = EntrySaver(NowDesk(journal), parent), Writing()
        save(saver, writing, "One", parent)
        with monkeypatch.context() as broken:
            broken.setattr(saving, "save_entry", _refuse)
            save(saver, writing, "One, two", parent)
            save(saver, writing, "One, two, three", parent)
            sealed = saver.rescue()(journal)
    assert len(sealed) == 1
    assert b"three" not in sealed[0]
    with sample.open(Access.WRITE) as journal:
        assert writing.entry_id is not None
        assert get_entry(journal, writing.entry_id).body == "One"
        EntrySaver(NowDesk(journal), parent).put_back(journal, sealed)
        assert get_entry(journal, writing.entry_id).body == "One, two, three"


def test_a_rescue_that_the_disk_takes_seals_nothing(
    journal: Journal, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver, writing = EntrySaver(NowDesk(journal), parent), Writing()
    with monkeypatch.context() as broken:
        broken.setattr(saving, "add_entry", _refuse)
        save(saver, writing, "Never on disk", parent)
    assert saver.rescue()(journal) == ()
    assert [row.entry.excerpt for row in first_rows(journal, "", Filter(), 5)] == ["Never on disk"]


def test_words_put_back_for_an_entry_that_is_gone_become_an_entry(journal: Journal, parent: QObject) -> None:
    from integrate.journal.deleting import purge_entry

    added = use_cases.add_entry(journal, draft("One"))
    sealed = journal.set_aside(_to_bytes(added.entry_id, draft("One, two")))
    purge_entry(journal, added.entry_id)
    EntrySaver(NowDesk(journal), parent).put_back(journal, (sealed,))
    assert [row.entry.excerpt for row in first_rows(journal, "", Filter(), 5)] == ["One, two"]


@settings(max_examples=100, deadline=None)
@given(
    body=st.text(),
    title=st.text(),
    phase=st.sampled_from(Phase),
    session=st.none() | st.builds(SessionRef, st.integers(1, 99), st.integers(1, 99)),
    tags=st.lists(st.text(st.characters(categories=("L", "N")), min_size=1), max_size=4),
    never_share=st.booleans(),
    mood=st.none() | st.integers(0, 10),
)
def test_a_draft_set_aside_comes_back_the_same(
    body: str,
    title: str,
    phase: Phase,
    session: SessionRef | None,
    tags: list[str],
    never_share: bool,
    mood: int | None,
) -> None:
    kept = Draft(body, draft().at, title, phase, session, "P01", tuple(tags), never_share, mood)
    assert _from_bytes(_to_bytes(None, kept)) == (None, kept)
    assert kept.at.instant == MORNING


def _refuse(*_arguments: object, **_options: object) -> None:
    raise DiskFull
