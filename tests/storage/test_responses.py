"""Filled-in questionnaires in the file: round trips, one text for each questionnaire, and damage that hides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Unreadable
from integrate.domain.responses import DECLINED, Response, ResponseDraft, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.checking import check_journal
from integrate.journal.opening import Journal
from integrate.storage.purging import Kind, purge, purge_deleted_before
from integrate.storage.responses import ResponseReader, ResponseWriter
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.courses import instants, texts
from tests.helpers.journals import tamper

SHARED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOON = ZonedTime(MORNING, "Europe/Lisbon")


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


@contextmanager
def writing(journal: Journal) -> Iterator[ResponseWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield ResponseWriter(connection, database.sealer)


@contextmanager
def reading(journal: Journal) -> Iterator[ResponseReader]:
    with journal.vault.database.read() as session:
        yield ResponseReader(session)


def draft(text: str = "one", about: ZonedTime = NOON, **fields: object) -> ResponseDraft:
    digest = hashlib.sha256(text.encode()).digest()
    return ResponseDraft(str(fields.pop("key", "phq-9")), "1", digest, about, **fields)  # type: ignore[arg-type]  # passed through


def kept_texts(journal: Journal) -> list[str]:
    with closing(journal.vault.database.raw_connection()) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM form_text ORDER BY text")]


@SHARED
@given(
    key=texts,
    text=texts,
    answers=st.dictionaries(texts, texts | st.just(DECLINED), max_size=5),
    about=instants,
    begun=instants,
    status=st.sampled_from(ResponseStatus),
    later=instants,
)
def test_any_response_comes_back_as_it_was(
    journal: Journal, key: str, text: str, answers: dict[str, str], about: ZonedTime, begun: ZonedTime,
    status: ResponseStatus, later: ZonedTime,
) -> None:  # fmt: skip
    with writing(journal) as writer:
        made = writer.begin(draft(text, about, key=key), text, begun)
        finished = later.instant if status is ResponseStatus.COMPLETED else None
        changed = replace(made, draft=replace(made.draft, answers=answers), kept_status=status, finished=finished)
        saved = writer.save(changed, later.instant)
    assert (made.kept_status, dict(made.draft.answers), made.finished) == (ResponseStatus.IN_PROGRESS, {}, None)
    assert saved == replace(changed, updated=later.instant, revision=2)
    with reading(journal) as reader:
        assert reader.get(made.id) == saved
        assert reader.text(made.draft.digest) == text


def test_the_text_of_a_questionnaire_is_kept_once_and_a_changed_file_is_another(journal: Journal) -> None:
    with writing(journal) as writer:
        for text in ("one", "one", "two"):
            writer.begin(draft(text), text, NOON)
    assert kept_texts(journal) == ["one", "two"]
    with writing(journal) as writer, pytest.raises(ValueError, match="another text"):
        writer.begin(draft("one"), "two", NOON)


def test_the_newest_come_first_and_one_questionnaire_can_be_asked_for(journal: Journal) -> None:
    with writing(journal) as writer:
        made = [
            writer.begin(draft(about=ZonedTime(MORNING + timedelta(days=day), "UTC"), key=key), "one", NOON).id
            for day, key in ((0, "phq-9"), (9, "gad-7"), (3, "phq-9"), (3, "phq-9"))
        ]
    with reading(journal) as reader:
        assert ids(reader.list()) == [made[1], made[3], made[2], made[0]]
        assert ids(reader.list("phq-9")) == [made[3], made[2], made[0]]
        assert [one.id for one in reader.begun("phq-9")] == [made[3], made[2], made[0]]


def ids(found: tuple[Response | Unreadable, ...]) -> list[UUID | None]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    "damage",
    [
        'UPDATE response SET answers = \'{"1":"LA6571-9"}\' WHERE id = ?',
        "UPDATE response SET status = 'completed' WHERE id = ?",
        "UPDATE response SET questionnaire = 'gad-7' WHERE id = ?",
        "UPDATE response SET about_us = 'noon' WHERE id = ?",
        "UPDATE response SET seal = x'00' WHERE id = ?",
    ],
)
def test_a_damaged_one_is_named_hides_no_other_and_is_not_written_over(journal: Journal, damage: str) -> None:
    with writing(journal) as writer:
        damaged, other = (writer.begin(draft(), "one", NOON).id for _number in range(2))
    tamper(journal, damage, damaged.bytes)
    with reading(journal) as reader:
        for key in (None, "phq-9"):
            found = reader.list(key)
            assert {one.id for one in found} == {damaged, other}
            assert [one.id for one in found if isinstance(one, Unreadable)] == [damaged]
        assert [one.id for one in reader.begun("phq-9")] == [other]
        with pytest.raises(RecordDamaged, match="questionnaire"):
            reader.get(damaged)
    with writing(journal) as writer:
        intact = writer.reader.get(other)
        with pytest.raises(RecordDamaged):
            writer.save(replace(intact, id=damaged), MORNING)
        with pytest.raises(RecordDamaged):
            writer.delete(damaged, MORNING)
    purge(journal.vault.database, Kind.RESPONSE, damaged)
    with reading(journal) as reader:
        assert ids(reader.list()) == [other]


def test_a_damaged_text_is_not_shown_and_is_there_again_once_the_same_is_asked_again(journal: Journal) -> None:
    with writing(journal) as writer:
        digest = writer.begin(draft("one"), "one", NOON).draft.digest
        writer.begin(draft("two"), "two", NOON)
    tamper(journal, "UPDATE form_text SET text = 'other' WHERE text = 'one'")
    with reading(journal) as reader:
        with pytest.raises(RecordDamaged):
            reader.text(digest)
        assert set(reader.texts().values()) == {"two"}
        with pytest.raises(WrongUsage):
            reader.text(bytes(32))
    with writing(journal) as writer:
        writer.begin(draft("one"), "one", NOON)
        assert writer.reader.text(digest) == "one"
    assert kept_texts(journal) == ["one", "two"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE form_text SET id = x'00112233445566778899AABBCCDDEEFF'",
        "UPDATE form_text SET digest = x'00'",
        "UPDATE form_text SET rev = 'x'",
    ],
)
def test_whatever_is_damaged_of_a_text_the_same_questionnaire_can_be_begun_again(journal: Journal, damage: str) -> None:
    with writing(journal) as writer:
        writer.begin(draft("one"), "one", NOON)
    tamper(journal, damage)
    with writing(journal) as writer:
        made = writer.begin(draft("one"), "one", NOON)
        assert writer.reader.text(made.draft.digest) == "one"
    assert kept_texts(journal) == ["one"]


def test_deleted_it_can_be_taken_back_and_after_its_time_it_is_gone_with_its_text(journal: Journal) -> None:
    with writing(journal) as writer:
        first, second = (writer.begin(draft(text), text, NOON) for text in ("one", "two"))
        writer.delete(first.id, MORNING)
        writer.delete(first.id, MORNING + timedelta(days=3))  # deleted already: it keeps its time
    with reading(journal) as reader:
        assert ids(reader.list()) == [second.id]
        assert [one.deleted for one in reader.deleted() if isinstance(one, Response)] == [MORNING]
        assert reader.begun("phq-9") == (second,)
    with writing(journal) as writer:
        assert replace(writer.undelete(first.id), revision=1) == first
        writer.delete(first.id, MORNING)
    expired: datetime = MORNING + timedelta(seconds=1)
    assert purge_deleted_before(journal.vault.database, expired) == {Kind.RESPONSE: (first.id,)}
    assert kept_texts(journal) == ["two"]
    with reading(journal) as reader:
        assert reader.deleted() == () and ids(reader.list()) == [second.id]


def test_a_whole_check_looks_at_them(sample: Sample) -> None:
    with sample.open() as journal, writing(journal) as writer:
        made = writer.begin(draft(), "one", NOON)
    assert check_journal(sample.place, sample.by_words, deep=True).ok
    with sample.open() as journal:
        tamper(journal, 'UPDATE response SET answers = \'{"a":"b"}\' WHERE id = ?', made.id.bytes)
    assert not check_journal(sample.place, sample.by_words, deep=True).ok


def test_a_whole_check_says_where_the_questions_are_gone(sample: Sample) -> None:
    with sample.open() as journal, writing(journal) as writer:
        writer.begin(draft(), "one", NOON)
    with sample.open() as journal:
        tamper(journal, "DELETE FROM form_text")
    report = check_journal(sample.place, sample.by_words)
    assert report.problems == ("The questions of a filled-in questionnaire are not there.",)
