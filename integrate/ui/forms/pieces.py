"""What is being answered, as the saver keeps it: the newest state of a questionnaire or of a log of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from integrate.domain.logs import EffectLog, SlowLog
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged
from integrate.journal.logs import (
    SavedLog,
    change_slow_log,
    delete_log,
    record_effect_log,
    record_slow_log,
    restore_log,
)
from integrate.journal.responses import SavedResponse, finish_response
from integrate.ui.forms.reading import keep_answers

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.domain.questionnaires import Questionnaire
    from integrate.journal.opening import Journal

FORM: Final = "form"
EFFECTS: Final = "effects"
SLOW: Final = "slow"
EMPTIED: Final = "emptied"


@dataclass(slots=True, eq=False)
class Filling:
    """A questionnaire while somebody fills it in; ``response_id`` is None until an answer was kept."""

    questionnaire: Questionnaire
    response_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """All answers so far, at the time of the last one; with ``finishes`` the form is to be finished."""

    of: Filling
    answers: Mapping[str, str]
    at: ZonedTime
    finishes: bool = False

    def run(self, journal: Journal) -> SavedResponse:
        """Keep the answers. A form that cannot be read any more is not written over: they begin another one.

        Raises:
            As :func:`keep_answers`.
        """
        filling = self.of
        try:
            saved = keep_answers(journal, filling.questionnaire, self.answers, filling.response_id)
        except RecordDamaged:
            if filling.response_id is None:
                raise
            saved = keep_answers(journal, filling.questionnaire, self.answers, None)
        filling.response_id = saved.response.id
        return finish_response(journal, saved.response.id) if self.finishes else saved

    def to_bytes(self) -> bytes:
        """For :func:`integrate.ui.forms.put_back.put_back_piece`."""
        response_id = self.of.response_id
        kept = {
            "kind": FORM,
            "text": self.of.questionnaire.text,
            "response_id": response_id and str(response_id),
            "answers": dict(self.answers),
            "finishes": self.finishes,
        }
        return _with_time(kept, self.at)


@dataclass(slots=True, eq=False)
class Noting:
    """A log while somebody writes it: side effects of a session, or slow things; ``log_id`` is None until kept.

    ``is_emptied``: all of it was taken back, and what was kept of it is in Recently deleted.
    """

    session_id: UUID | None = None
    log_id: UUID | None = None
    is_emptied: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What a log says, None where nothing is answered any more, and the time that a new one is about."""

    of: Noting
    log: EffectLog | SlowLog | None
    at: ZonedTime

    def run(self, journal: Journal) -> SavedLog | Changes | None:
        """Begin the log, or change the one that was begun; move it to Recently deleted once it is empty.

        Raises:
            As :func:`record_effect_log` and :func:`change_slow_log`.
        """
        noting = self.of
        if self.log is None:
            if noting.log_id is None or noting.is_emptied:
                return None
            changes = delete_log(journal, noting.log_id)
            noting.is_emptied = True
            return changes
        if noting.log_id is not None and noting.is_emptied:
            restore_log(journal, noting.log_id)
            noting.is_emptied = False
        if isinstance(self.log, EffectLog):
            saved = record_effect_log(journal, self.log)
        elif noting.log_id is None:
            saved = record_slow_log(journal, self.log, self.at)
        else:
            saved = change_slow_log(journal, noting.log_id, self.log)
        noting.log_id = saved.log.id
        return saved

    def to_bytes(self) -> bytes:
        """For :func:`integrate.ui.forms.put_back.put_back_piece`."""
        log_id = self.of.log_id
        kept: dict[str, Any] = {"log_id": log_id and str(log_id)}
        if self.log is None:
            kept |= {"kind": EMPTIED}
        elif isinstance(self.log, SlowLog):
            kept |= {"kind": SLOW, "answers": self.log.answers, "pull": self.log.pull, "note": self.log.note}
        else:
            lines = [
                [
                    line.effect, line.strength, line.began and line.began.isoformat(),
                    line.ended and line.ended.isoformat(), line.told, line.reading,
                ]
                for line in self.log.lines
            ]  # fmt: skip
            kept |= {"kind": EFFECTS, "session_id": str(self.log.session_id), "lines": lines, "note": self.log.note}
        return _with_time(kept, self.at)


def _with_time(kept: dict[str, Any], at: ZonedTime) -> bytes:
    return json.dumps({**kept, "instant": at.instant.isoformat(), "zone": at.zone}).encode("utf-8")
