"""Whole copies of journals for tests: making one, bringing one in, and journals with something of everything."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.hard_night import NightKind, NightLine
from integrate.domain.import_batches import ImportReport
from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.measures import Definition
from integrate.domain.moments import Strength
from integrate.domain.people import Person
from integrate.domain.practices import Reply
from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station
from integrate.domain.times import ZonedTime
from integrate.formats.journal_json import DocumentHead, DocumentReader, encode_document
from integrate.journal.check_ins import delete_check_in
from integrate.journal.copying import Copied, copy_records
from integrate.journal.courses import begin_course
from integrate.journal.deleting import delete_entry
from integrate.journal.hard_night import save_hard_night
from integrate.journal.insights import add_insight
from integrate.journal.letters import write_letter
from integrate.journal.logs import record_effect_log, record_slow_log
from integrate.journal.measures import change_measure, delete_measure
from integrate.journal.moments import add_moment, answer_touch_point
from integrate.journal.opening import Journal
from integrate.journal.people import save_people
from integrate.journal.practices import begin_practice, reply_to_practice
from integrate.journal.preferences import change_preferences
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.recipients import add_recipient
from integrate.journal.responses import begin_response, save_answers
from integrate.journal.sessions import add_line, delete_session
from integrate.journal.taking import take_records
from integrate.journal.threads import begin_thread, link_item
from integrate.journal.writing import Sitting, add_entry, prepare_bytes, save_entry
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.helpers.courses import a_session, marks, session_drafts, words
from tests.helpers.photos import photo

MADE = ZonedTime(datetime(2026, 10, 8, 12, tzinfo=UTC), "Europe/Lisbon")
HEAD = DocumentHead("test", MADE, True)

_ODD = (
    "", "שלום עולם", "مرحبا", "🌊🫧👩🏽‍🚀", "日記 テスト", "\u2028\u2029\r\n\t", "\x00\x1b[31m", '"\\/{}[]',
    "</script>", "e\u0301",
)  # fmt: skip
odd_texts = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(_ODD)
_zones = st.sampled_from(("UTC", "Asia/Kathmandu"))


def whole(journal: Journal, told: Copied | None = None) -> bytes:
    """A whole copy, made at a fixed time."""
    return b"".join(encode_document(HEAD, copy_records(journal, told=told)))


def bring_in(journal: Journal, document: bytes, **options: Any) -> ImportReport:
    """Bring a document in."""
    return take_records(
        journal, lambda: DocumentReader(io.BytesIO(document), "copy.json").records(), source="integrate",
        sha256=lambda: hashlib.sha256(document).digest(), **options,
    )  # fmt: skip


def fill(journal: Journal, draw: Any) -> None:
    """Something of everything, with words that ``draw`` (of a strategy) chooses."""
    begin_course(journal, checklist=("Water", "A blanket"))
    sessions = [a_session(journal, draw(session_drafts())), a_session(journal)]
    first = sessions[0]
    for kind in (LineKind.INTENTION, LineKind.WORRY):
        line = add_line(journal, first.id, kind, draw(words), never_share=draw(st.booleans())).line
    moment = add_moment(journal, first.id, draw(marks()), never_share=draw(st.booleans())).moment
    write_letter(journal, first.id, draw(words))
    answer_touch_point(journal, first.id, 3, "done")
    effect = EffectLine("nausea", Strength.MILD, began=time(14, 5))
    record_effect_log(journal, EffectLog(first.id, (effect,), draw(odd_texts)))
    record_slow_log(journal, SlowLog((("memory", YesNo.UNSURE),), 3, draw(odd_texts)))
    entries = _entries(journal, draw)
    thread = begin_thread(journal, "Softer").thread
    link_item(journal, thread.id, Station.INTENTION, line.id)
    link_item(journal, thread.id, Station.MET, moment.id)
    insight = add_insight(journal, draw(words), about=SessionRef(1, 1), thread_id=thread.id).insight
    practice = begin_practice(journal, draw(words), insight_id=insight.id, thread_id=thread.id).practice
    reply_to_practice(journal, practice.id, Reply.DONE, date(2026, 3, 2))
    reply_to_practice(journal, practice.id, Reply.HELPED, date(2026, 3, 2))
    _mood(journal, draw)
    _choices(journal)
    delete_entry(journal, entries[-1])
    delete_session(journal, sessions[1].id)


def _entries(journal: Journal, draw: Any) -> list[UUID]:
    picture = prepare_bytes("sea.jpg", photo(size=(40, 30)))
    found = []
    for number in range(3):
        at = ZonedTime(datetime(2026, 3, 2 + number, 9, 30, tzinfo=UTC), draw(_zones))
        draft = Draft(
            draw(odd_texts), at, draw(odd_texts), draw(st.sampled_from(Phase)), SessionRef(1, 1) if number else None,
            tags=("Sea", "ночь"), never_share=draw(st.booleans()), mood_then=draw(st.none() | st.integers(0, 10)),
        )  # fmt: skip
        files = (picture, prepare_bytes("notes.bin", draw(st.binary(max_size=300_000)))) if number == 1 else ()
        entry_id = add_entry(journal, draft, files).entry_id
        save_entry(journal, entry_id, Draft(draw(odd_texts), at, "Again", tags=("sea",)), Sitting())
        found.append(entry_id)
    return found


def _mood(journal: Journal, draw: Any) -> None:
    warmth = own(journal, "Warmth", step=0.25)
    check_in(journal, answer(warmth, 7.25), answer(measure(journal), None), note=draw(words))
    changed = change_measure(journal, warmth.id, definition=Definition("Warmth", highest=100)).measure
    check_in(journal, answer(changed, 64), answer(measure(journal), 3), note=draw(words), never_share=True)
    delete_check_in(journal, check_in(journal).id)
    gone = own(journal, "Gone")
    check_in(journal, answer(gone, 2))
    delete_measure(journal, gone.id)
    form = shipped_questionnaires()["phq-9"]
    response = begin_response(journal, form, MADE).response
    item = next(one for one in form.items if one.options)
    save_answers(journal, response.id, {item.link_id: item.options[0].code})


def _choices(journal: Journal) -> None:
    change_preferences(journal, name="Sarah", own_words=("kappa",), synced_told=True)
    save_people(journal, [Person(UUID(int=1), "Dana", "123", "my sister")])
    save_hard_night(journal, [NightLine(UUID(int=2), NightKind.HELPS, "Tea.", False)])
    add_recipient(journal, "Dr. Mora", "therapist")


def copy_at(place: Path, document: bytes) -> Path:
    """The document as a file."""
    place.write_bytes(document)
    return place
