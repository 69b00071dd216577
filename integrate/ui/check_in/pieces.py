"""A check-in that somebody saves, as the saver keeps it while the disk refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.check_ins import SavedCheckIn, change_check_in, record_check_in

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.journal.opening import Journal

CHECK_IN: Final = "check-in"


@dataclass(slots=True, eq=False)
class Asking:
    """A check-in while somebody answers it; ``check_in_id`` is that of one of before, which is changed."""

    check_in_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What was answered when *Save* was pressed, and how it is saved."""

    of: Asking
    draft: CheckInDraft
    save: Callable[..., SavedCheckIn]  # of the journal and the draft

    def run(self, journal: Journal) -> SavedCheckIn:
        """Save it.

        Raises:
            What ``save`` raises.
        """
        return self.save(journal, draft=self.draft)

    def to_bytes(self) -> bytes:
        """For :func:`put_back_check_in`."""
        draft, check_in_id = self.draft, self.of.check_in_id
        kept = {
            "kind": CHECK_IN,
            "check_in_id": check_in_id and str(check_in_id),
            "instant": draft.about.instant.isoformat(),
            "zone": draft.about.zone,
            "answers": [[str(one.measure_id), one.version, one.value, one.words] for one in draft.answers],
            "note": draft.note,
            "never_share": draft.never_share,
        }
        return json.dumps(kept).encode("utf-8")


def put_back_check_in(journal: Journal, found: dict[str, Any]) -> Changes:
    """Save what the disk refused before; one of before that is gone or damaged meanwhile is written anew.

    Raises:
        What any write raises.
    """
    answers = tuple(Answer(UUID(one), version, value, tuple(words)) for one, version, value, words in found["answers"])
    about = ZonedTime(datetime.fromisoformat(found["instant"]), found["zone"])
    draft = CheckInDraft(about, answers, found["note"], found["never_share"])
    if found["check_in_id"] is not None:
        try:
            return change_check_in(journal, UUID(found["check_in_id"]), draft).changes
        except (WrongUsage, RecordDamaged):
            pass
    return record_check_in(journal, draft).changes
