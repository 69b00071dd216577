"""What the use cases of check-ins and measures tell everyone who shows them, and how they meet the rest of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from integrate.domain.asked import measures_for
from integrate.domain.entry import Phase
from integrate.domain.measures import HowOften, Measure
from integrate.domain.where import Where
from integrate.errors import ReadOnlyJournal
from integrate.journal.check_ins import (
    change_check_in,
    delete_check_in,
    last_answers,
    list_check_ins,
    purge_check_in,
    read_series,
    record_check_in,
    restore_check_in,
)
from integrate.journal.deleting import purge_expired
from integrate.journal.measures import (
    change_measure,
    delete_measure,
    list_measures,
    purge_measure,
    restore_measure,
)
from integrate.journal.opening import Access, Journal
from integrate.storage.signs import last_sign
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, draft_of, measure, own


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


def test_everyone_hears_what_changed_and_who_asked(journal: Journal) -> None:
    saved = record_check_in(journal, draft_of(answer(measure(journal), 6)), origin="card")
    kept = saved.check_in
    assert (saved.changes.areas, saved.changes.ids, saved.changes.origin) == ({"check-ins"}, {kept.id}, "card")
    changes = change_check_in(journal, kept.id, kept.draft, origin="card").changes
    assert (changes.areas, changes.origin) == ({"check-ins"}, "card")
    for change in (delete_check_in, restore_check_in, purge_check_in):
        done = change(journal, kept.id, origin="list")
        told = getattr(done, "changes", done)
        assert (told.areas, told.ids, told.origin) == ({"check-ins", "recently deleted"}, {kept.id}, "list")
    warmth = own(journal)
    for change in (delete_measure, restore_measure, purge_measure):
        done = change(journal, warmth.id, origin="list")
        told = getattr(done, "changes", done)
        assert (told.areas, told.ids, told.origin) == ({"measures", "recently deleted"}, {warmth.id}, "list")


def test_it_is_written_when_and_where_the_person_is(journal: Journal, clock: FixedClock) -> None:
    kept = check_in(journal, at=clock.now() - timedelta(hours=30), zone="Asia/Tokyo")
    assert (kept.written.instant, kept.written.zone) == (clock.now(), "Europe/Lisbon")
    assert (kept.draft.about.zone, kept.added_later) == ("Asia/Tokyo", True)


def test_a_journal_that_is_only_read_takes_none_and_reads_them_all(sample: Sample, journal: Journal) -> None:
    kept = check_in(journal)
    journal.close()
    with sample.open(Access.READ) as reading:
        assert list_check_ins(reading) == (kept,)
        assert [one.values for one in read_series(reading).series] == [(6,)]
        with pytest.raises(ReadOnlyJournal):
            check_in(reading)


def test_the_check_in_of_now_asks_what_was_not_answered_this_week(journal: Journal, clock: FixedClock) -> None:
    hope, pull = measure(journal, "hope"), measure(journal, "pull")
    for one in (hope, pull):
        change_measure(journal, one.id, how_often=HowOften.WEEKLY, in_use=True)

    def asked() -> list[str]:
        day = (clock.now()).date()
        measures = [one for one in list_measures(journal) if isinstance(one, Measure)]
        return [one.key for one in measures_for(measures, Where(Phase.PREPARE), day, last_answers(journal))]

    each = ["mood", "anxiety", "energy", "sleep"]
    assert asked() == [*each, "hope", "pull"]
    kept = check_in(journal, answer(hope, 4), answer(pull), note="asked", at=clock.now())
    assert asked() == each  # "No answer" is an answer, and is not asked for again at once
    clock.advance(timedelta(days=6))
    assert asked() == each
    clock.advance(timedelta(days=1))
    assert asked() == [*each, "hope", "pull"]
    clock.advance(timedelta(days=-7))
    delete_check_in(journal, kept.id)
    assert asked() == [*each, "hope", "pull"]


def test_what_had_its_thirty_days_goes_for_good(journal: Journal, clock: FixedClock) -> None:
    kept, warmth = check_in(journal), own(journal)
    delete_check_in(journal, kept.id)
    delete_measure(journal, warmth.id)
    clock.advance(timedelta(days=31))
    changes = purge_expired(journal)
    assert {"check-ins", "measures", "recently deleted"} <= changes.areas
    assert changes.ids == {kept.id, warmth.id}


def test_a_check_in_is_a_sign_of_life(journal: Journal, clock: FixedClock) -> None:
    assert last_sign(journal.vault.database) is None
    clock.advance(timedelta(days=40))
    check_in(journal, at=datetime(2020, 1, 1, tzinfo=UTC))
    assert last_sign(journal.vault.database) == clock.now()
