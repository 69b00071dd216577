"""The hard-night page and early signs in a real journal."""

from __future__ import annotations

from uuid import UUID

import pytest

from integrate.domain.hard_night import MOST, NightKind, NightLine
from integrate.errors import ReadOnlyJournal, RecordDamaged, WrongUsage
from integrate.journal.courses import begin_course, change_course, close_course, reopen_course
from integrate.journal.hard_night import list_early_signs, list_hard_night, save_early_signs, save_hard_night
from integrate.journal.opening import Access, Journal
from integrate.storage.settings import read_setting, write_settings
from tests.conftest import Sample
from tests.helpers.journals import tamper

TEA = NightLine(UUID(int=1), NightKind.HELPS, "Warm tea", shown_locked=True)
DANIEL = NightLine(UUID(int=2), NightKind.WHO, "Daniel, text him first")
PASSES = NightLine(UUID(int=3), NightKind.TELL, "It passed every time.")
SIGN = NightLine(UUID(int=4), NightKind.SIGN, "I stop answering messages.")


def texts(lines: tuple[NightLine, ...]) -> list[str]:
    return [line.text for line in lines]


def test_the_page_keeps_its_lines_in_order(sample: Sample) -> None:
    with sample.open() as journal:
        assert list_hard_night(journal) == ()
        save_hard_night(journal, (PASSES, TEA, DANIEL))
        save_hard_night(journal, (TEA, DANIEL, PASSES))
        save_early_signs(journal, (SIGN,))
    with sample.open(Access.READ) as journal:
        assert list_hard_night(journal) == (TEA, DANIEL, PASSES)
        assert list_early_signs(journal) == (SIGN,)
        with pytest.raises(ReadOnlyJournal):
            save_hard_night(journal, ())
        with pytest.raises(ReadOnlyJournal):
            save_early_signs(journal, ())


def test_what_does_not_belong_or_is_too_much_changes_nothing(journal: Journal) -> None:
    save_hard_night(journal, (TEA,))
    save_early_signs(journal, (SIGN,))
    for lines in ((SIGN,), tuple(NightLine(UUID(int=n), NightKind.TELL, "x") for n in range(MOST + 1))):
        with pytest.raises(WrongUsage):
            save_hard_night(journal, lines)
    with pytest.raises(WrongUsage):
        save_early_signs(journal, (TEA,))
    assert list_hard_night(journal) == (TEA,)
    assert list_early_signs(journal) == (SIGN,)


@pytest.mark.parametrize("kept", [5, ["Tea"], [{"text": "Tea"}], [SIGN.as_json()]])
def test_a_page_that_cannot_be_read_is_not_taken_for_an_empty_one(journal: Journal, kept: object) -> None:
    write_settings(journal.vault.database, {"hard_night": kept}, journal.clock.now())
    with pytest.raises(RecordDamaged):
        list_hard_night(journal)


@pytest.mark.parametrize("kept", [5, [], {}, {"lines": [TEA.as_json()], "seen": 0}, {"lines": [], "seen": "1"}])
def test_signs_that_cannot_be_read_are_not_taken_for_none(journal: Journal, kept: object) -> None:
    write_settings(journal.vault.database, {"early_signs": kept}, journal.clock.now())
    with pytest.raises(RecordDamaged):
        list_early_signs(journal)


def test_a_damaged_list_is_not_written_over(journal: Journal) -> None:
    save_hard_night(journal, (TEA,))
    save_early_signs(journal, (SIGN,))
    tamper(journal, "UPDATE setting SET value = '[]'")
    for save in (save_hard_night, save_early_signs):
        with pytest.raises(RecordDamaged):
            save(journal, ())
    with pytest.raises(RecordDamaged):
        list_hard_night(journal)


# --- signs from closing a course --------------------------------------------------------------------------------------


def test_signs_that_were_written_on_closing_a_course_fill_an_empty_list(journal: Journal) -> None:
    begin_course(journal)
    assert list_early_signs(journal) == ()
    close_course(journal, "I stop cooking.\n\n  I lie about sleep. ", "")
    signs = list_early_signs(journal)
    assert texts(signs) == ["I stop cooking.", "I lie about sleep."]
    assert not any(sign.shown_locked for sign in signs)
    assert list_early_signs(journal) == signs, "the same ids each time"
    assert read_setting(journal.vault.database, "early_signs") is None, "looking keeps nothing"


def test_the_newest_closed_course_counts_and_an_open_one_does_not(journal: Journal) -> None:
    begin_course(journal)
    close_course(journal, "First", "")
    begin_course(journal)
    assert texts(list_early_signs(journal)) == ["First"]
    close_course(journal, "Second", "")
    assert texts(list_early_signs(journal)) == ["Second"]
    reopen_course(journal, 2)
    assert texts(list_early_signs(journal)) == ["First"]


def test_own_lines_stay_whatever_is_written_on_closing(journal: Journal) -> None:
    save_early_signs(journal, (SIGN,))
    begin_course(journal)
    close_course(journal, "Another", "")
    assert list_early_signs(journal) == (SIGN,)


def test_signs_that_were_removed_stay_away_until_another_course_is_closed(journal: Journal) -> None:
    begin_course(journal)
    close_course(journal, "First", "")
    save_early_signs(journal, ())
    assert list_early_signs(journal) == ()
    begin_course(journal)
    change_course(journal, 2, early_signs="Second")
    assert list_early_signs(journal) == ()
    close_course(journal)
    assert texts(list_early_signs(journal)) == ["Second"]


def test_a_damaged_course_takes_no_signs_away(journal: Journal) -> None:
    save_early_signs(journal, (SIGN,))
    begin_course(journal)
    close_course(journal, "Another", "")
    tamper(journal, "UPDATE course SET agreed = 'x'")
    assert list_early_signs(journal) == (SIGN,)
    save_early_signs(journal, ())
    assert list_early_signs(journal) == ()
