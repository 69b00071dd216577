"""Those files are saved for: one lasting phrase each, which somebody else cannot guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.courses import Carer, CareRole
from integrate.domain.entry import Unreadable
from integrate.domain.passphrase import normalise
from integrate.domain.sharing import Recipient
from integrate.domain.strength import Level
from integrate.domain.trash import KEPT_FOR
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.courses import begin_course
from integrate.journal.deleting import purge_expired
from integrate.journal.opening import Access, Journal
from integrate.journal.phrases import LONGEST_PHRASE, checked_phrase, draw_phrase, phrase_words
from integrate.journal.recipients import (
    add_recipient,
    change_recipient,
    delete_recipient,
    deleted_recipients,
    find_recipient,
    get_recipient,
    list_recipients,
    new_phrase,
    purge_recipient,
    recipients_on_offer,
    restore_recipient,
)
from integrate.journal.strength import judge_passphrase, judge_phrase
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import pages, raw_key, tamper

GOOD = "seven grey herons over the weir at dusk"


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def test_a_recipient_gets_six_drawn_words_that_stay(journal: Journal, sample: Sample, clock: FixedClock) -> None:
    saved = add_recipient(journal, " Dr Berg ", "Therapist")
    recipient = saved.recipient
    assert (recipient.name, recipient.role, recipient.phrase_since) == ("Dr Berg", "Therapist", clock.now())
    assert saved.changes.areas == {"recipients"}
    words = recipient.phrase.split(" ")
    assert len(words) == 6 and set(words) <= set(phrase_words())
    journal.close()
    with sample.open(Access.READ, clock=clock) as again:
        assert list_recipients(again) == (recipient,)
        assert get_recipient(again, recipient.id) == recipient
        assert find_recipient(again, "DR BERG ") == recipient
        assert find_recipient(again, "Berg") is find_recipient(again, "") is None
    assert recipient.phrase not in repr(recipient)


def test_the_drawn_words_are_all_of_the_list_with_the_chance_of_each() -> None:
    assert len(phrase_words()) == len(set(phrase_words())) == 7776
    drawn = Counter(word for _number in range(8000) for word in draw_phrase().split(" "))
    assert len(drawn) > 7700  # of 48,000 words some 16 are left out by chance
    assert max(drawn.values()) < 30  # six of each on average


def test_name_and_role_change_and_the_phrase_stays(journal: Journal) -> None:
    recipient = add_recipient(journal, "Dr Berg").recipient
    changed = change_recipient(journal, recipient.id, name="Anna Berg", role="Therapist").recipient
    assert (changed.name, changed.role, changed.phrase) == ("Anna Berg", "Therapist", recipient.phrase)
    assert change_recipient(journal, recipient.id, name="anna berg").recipient.name == "anna berg"
    assert change_recipient(journal, recipient.id).recipient.revision == 3


def test_two_of_one_name_are_told_apart(journal: Journal) -> None:
    first = add_recipient(journal, "Dr Berg").recipient
    second = add_recipient(journal, "Dr Lund").recipient
    with pytest.raises(WrongUsage, match="Dr Berg"):
        add_recipient(journal, "dr berg")
    with pytest.raises(WrongUsage, match="Dr Berg"):
        change_recipient(journal, second.id, name="DR BERG")
    delete_recipient(journal, first.id)
    change_recipient(journal, second.id, name="Dr Berg")
    with pytest.raises(WrongUsage, match="Dr Berg"):
        restore_recipient(journal, first.id)
    assert [one.name for one in list_recipients(journal) if isinstance(one, Recipient)] == ["Dr Berg"]


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 301, "\ud800"])
def test_a_name_is_one_line(journal: Journal, name: str) -> None:
    with pytest.raises(WrongUsage):
        add_recipient(journal, name)
    assert list_recipients(journal) == ()


def test_a_new_phrase_is_drawn_or_typed(journal: Journal, clock: FixedClock) -> None:
    recipient = add_recipient(journal, "Dr Berg").recipient
    clock.advance(timedelta(days=1))
    drawn = new_phrase(journal, recipient.id).recipient
    assert drawn.phrase != recipient.phrase and drawn.phrase_since == clock.now()
    typed = new_phrase(journal, recipient.id, f"  {GOOD}\u00a0").recipient
    assert typed.phrase == GOOD
    with pytest.raises(WrongUsage):
        new_phrase(journal, recipient.id, "password1234")
    assert list_recipients(journal) == (typed,)


@pytest.mark.parametrize(
    "phrase", ["", "short", "password1234", "Dr Berg Dr Berg", "two good\nlines of many words", GOOD * 4, "\ud800" * 20]
)
def test_a_typed_phrase_that_would_not_hold_is_refused(journal: Journal, phrase: str) -> None:
    with pytest.raises(WrongUsage):
        add_recipient(journal, "Dr Berg", phrase=phrase)
    assert list_recipients(journal) == ()


any_text = st.text(st.characters(codec="utf-8"), max_size=30)
some_words = st.lists(st.sampled_from(phrase_words()), min_size=3, max_size=16).map("\u3000".join)


@given(st.one_of(any_text, st.tuples(any_text, some_words, any_text).map("".join)))
def test_what_is_taken_is_good_goes_into_a_pdf_and_stays_what_it_is(text: str) -> None:
    try:
        phrase = checked_phrase(text)
    except WrongUsage:
        return
    assert judge_phrase(phrase).level >= Level.GOOD
    assert len(phrase.encode("utf-8")) <= LONGEST_PHRASE
    assert phrase == phrase.strip() == normalise(phrase)
    assert checked_phrase(phrase) == phrase


def test_a_file_asks_for_more_than_a_journal() -> None:
    in_between = "grey herons at dusk"
    assert judge_passphrase(in_between, 256, 3).level > judge_phrase(in_between).level
    assert "10,000,000" in judge_phrase(in_between).assumptions
    assert judge_phrase("short").level is Level.TOO_SHORT
    assert judge_phrase(draw_phrase()).level is Level.STRONG


def test_carers_are_offered_until_they_are_recipients(journal: Journal) -> None:
    def carer(name: str, role: CareRole = CareRole.THERAPIST) -> Carer:
        return Carer(uuid4(), name, role)

    begin_course(journal, care_team=[carer("Dr Berg"), carer("Ana", CareRole.COMPANION)])
    newer = carer("dr berg", CareRole.PRESCRIBER)
    begin_course(journal, care_team=[newer])
    assert [one.name for one in recipients_on_offer(journal)] == ["dr berg", "Ana"]
    assert recipients_on_offer(journal)[0] == newer
    lund = add_recipient(journal, "Dr Lund").recipient
    berg = add_recipient(journal, "Dr Berg").recipient
    assert recipients_on_offer(journal)[:2] == (lund, berg)
    assert [one.name for one in recipients_on_offer(journal)[2:]] == ["Ana"]
    delete_recipient(journal, berg.id)
    assert [one.name for one in recipients_on_offer(journal)] == ["Dr Lund", "dr berg", "Ana"]


def test_a_deleted_one_comes_back_with_the_phrase_and_goes_for_good_after_thirty_days(
    journal: Journal, clock: FixedClock
) -> None:
    recipient = add_recipient(journal, "Dr Berg", phrase=GOOD).recipient
    delete_recipient(journal, recipient.id)
    assert list_recipients(journal) == ()
    assert [one.id for one in deleted_recipients(journal)] == [recipient.id]
    back = restore_recipient(journal, recipient.id).recipient
    assert (back.phrase, back.deleted) == (GOOD, None)
    delete_recipient(journal, recipient.id)
    clock.advance(KEPT_FOR + timedelta(days=1))
    assert recipient.id in purge_expired(journal).ids
    with pytest.raises(WrongUsage):
        get_recipient(journal, recipient.id)


def test_f10_a_phrase_that_is_gone_is_on_no_page_any_more(sample: Sample) -> None:
    with sample.open() as journal:
        key = raw_key(journal)
        recipient = add_recipient(journal, "Dr Berg", phrase=GOOD).recipient
    assert any(GOOD.encode() in page for page in pages(sample.place, key))
    with sample.open() as journal:
        purge_recipient(journal, recipient.id)
    assert not any(GOOD.encode() in page for page in pages(sample.place, key))


def test_a_damaged_one_is_named_and_hides_nobody(journal: Journal) -> None:
    damaged = add_recipient(journal, "Dr Berg").recipient
    other = add_recipient(journal, "Dr Lund").recipient
    tamper(journal, "UPDATE recipient SET phrase = 'known to a stranger' WHERE pk = 1")
    assert list_recipients(journal) == (Unreadable(damaged.id), other)
    assert recipients_on_offer(journal) == (other,)
    with pytest.raises(RecordDamaged, match="person"):
        get_recipient(journal, damaged.id)
    with pytest.raises(RecordDamaged, match="person"):
        new_phrase(journal, damaged.id)
    with pytest.raises(RecordDamaged, match="person"):
        change_recipient(journal, damaged.id, role="x")
    purge_recipient(journal, damaged.id)
    assert list_recipients(journal) == (other,)
