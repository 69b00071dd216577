"""Answers of forms, logs and check-ins that the disk refused at the last lock, saved now that the journal is open."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from integrate.domain.entry import Changes, Draft
from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.domain.questionnaires import parse_questionnaire_text
from integrate.domain.responses import EXPIRES_AFTER, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.journal.logs import change_slow_log, delete_log, record_effect_log, record_slow_log
from integrate.journal.responses import (
    begin_response,
    finish_response,
    get_response,
    open_draft,
    save_answers,
    stop_response,
)
from integrate.journal.writing import add_entry
from integrate.ui.check_in.pieces import CHECK_IN, put_back_check_in
from integrate.ui.forms.log_words import log_words
from integrate.ui.forms.pieces import EMPTIED, FORM, SLOW

if TYPE_CHECKING:
    from integrate.domain.responses import Response
    from integrate.journal.opening import Journal


def put_back_piece(journal: Journal, kept: bytes) -> Changes:
    """Save what :meth:`integrate.ui.saving.Piece.to_bytes` made, on the journal's lane.

    Side effects whose session is gone or damaged become an entry.

    Raises:
        What any write raises; nothing of it is lost meanwhile.
    """
    found: dict[str, Any] = json.loads(kept)
    if found["kind"] == CHECK_IN:
        return put_back_check_in(journal, found)
    at = ZonedTime(datetime.fromisoformat(found["instant"]), found["zone"])
    if found["kind"] == FORM:
        return _put_back_form(journal, found, at)
    if found["kind"] == SLOW:
        return _put_back_slow(journal, found, at)
    if found["kind"] == EMPTIED:
        with suppress(WrongUsage, RecordDamaged):  # gone already
            return delete_log(journal, UUID(found["log_id"]))
        return Changes()
    lines = tuple(
        EffectLine(effect, Strength(strength), _clock(began), _clock(ended), told, reading)
        for effect, strength, began, ended, told, reading in found["lines"]
    )
    log = EffectLog(UUID(found["session_id"]), lines, found["note"])
    try:
        return record_effect_log(journal, log).changes
    except (WrongUsage, RecordDamaged):
        return add_entry(journal, Draft("\n\n".join(log_words(log)), at, title=_("Side effects"))).changes


def _put_back_slow(journal: Journal, found: dict[str, Any], at: ZonedTime) -> Changes:
    answers = tuple((question, YesNo(answer)) for question, answer in found["answers"])
    log = SlowLog(answers, found["pull"], found["note"])
    if found["log_id"] is not None:
        with suppress(WrongUsage, RecordDamaged):  # gone or damaged: it is noted anew
            return change_slow_log(journal, UUID(found["log_id"]), log).changes
    return record_slow_log(journal, log, at).changes


def _put_back_form(journal: Journal, found: dict[str, Any], at: ZonedTime) -> Changes:
    """Into the form they belong to. One that takes none any more stays as it is, and they are kept beside it."""
    asked, answers = parse_questionnaire_text(found["text"]), found["answers"]
    form = _form(journal, found["response_id"])
    if form is None:
        begun = open_draft(journal, asked.key)
        if begun is not None and begun.draft.digest == asked.digest:
            form, answers = begun, {**answers, **begun.draft.answers}  # what was answered since is newer
        else:
            form = begin_response(journal, asked, at).response
    saved = save_answers(journal, form.id, answers)
    if found["finishes"]:
        saved = finish_response(journal, form.id)
    elif journal.clock.now() - at.instant >= EXPIRES_AFTER:
        saved = stop_response(journal, form.id)
    return saved.changes


def _form(journal: Journal, response_id: str | None) -> Response | None:
    if response_id is None:
        return None
    try:
        form = get_response(journal, UUID(response_id))
    except (WrongUsage, RecordDamaged):
        return None
    is_open = form.deleted is None and form.status(journal.clock.now()) is ResponseStatus.IN_PROGRESS
    return form if is_open else None


def _clock(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
