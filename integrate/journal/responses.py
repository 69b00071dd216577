"""Questionnaires that were filled in: begun, answered item by item, finished, stopped, deleted and taken back.

Every answer is in the journal before its item is left, so that nothing of a form is lost when the program ends. A form
that was left open for a day would mix the answers of two days; from then on it counts as stopped, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.form_schedule import FormPlan
from integrate.domain.questionnaires import Questionnaire, QuestionnaireError, parse_questionnaire_text
from integrate.domain.responses import Response, ResponseDraft, ResponseStatus
from integrate.domain.scoring import Score, check_answers, given_answers, score
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.storage.purging import Kind, purge
from integrate.storage.responses import ResponseReader, ResponseWriter
from integrate.storage.settings import read_setting, write_settings

_PLAN: Final = "forms"


@dataclass(frozen=True, slots=True)
class SavedResponse:
    """A response as it was saved."""

    response: Response
    changes: Changes


@dataclass(frozen=True, slots=True)
class FinishedResponse:
    """A finished response with the questionnaire exactly as it was asked, and what its answers add up to."""

    response: Response
    questionnaire: Questionnaire
    score: Score


@dataclass(frozen=True, slots=True)
class ScoredSet:
    """Finished responses, the earliest first. ``unreadable`` counts those that are damaged, or whose questions are."""

    responses: tuple[FinishedResponse, ...]
    unreadable: int = 0


def list_responses(journal: Journal, key: str | None = None) -> tuple[Response | Unreadable, ...]:
    """Responses, the newest first by what they are about, without those deleted; of one questionnaire, or of all.

    A damaged one is named by its id, whichever is asked for.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return ResponseReader(session).list(key)


def get_response(journal: Journal, response_id: UUID) -> Response:
    """One response, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return ResponseReader(session).get(response_id)


def open_draft(journal: Journal, key: str) -> Response | None:
    """The form of this questionnaire that was begun within the last 24 hours and is still open, or None.

    Raises:
        DatabaseDamaged.
    """
    now = journal.clock.now()
    with journal.vault.database.read() as session:
        begun = ResponseReader(session).begun(key)
    return next((one for one in begun if one.status(now) is ResponseStatus.IN_PROGRESS), None)


def read_scored(journal: Journal, key: str | None = None) -> ScoredSet:
    """The finished responses with their scores, of one questionnaire or of all; each text is read only once.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        reader = ResponseReader(session)
        responses, texts = reader.list(key), reader.texts()
    asked = _parse_all(texts)
    found, unreadable = [], 0
    for one in reversed(responses):
        if isinstance(one, Unreadable):
            unreadable += 1
        elif one.kept_status is ResponseStatus.COMPLETED:
            questionnaire = asked.get(one.draft.digest)
            if questionnaire is None:
                unreadable += 1
            else:
                found.append(FinishedResponse(one, questionnaire, score(questionnaire, one.draft.answers)))
    return ScoredSet(tuple(found), unreadable)


def asked_titles(journal: Journal) -> Mapping[bytes, str]:
    """What the questionnaires are called that were ever asked, by the digest of their text.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        texts = ResponseReader(session).texts()
    return {digest: asked.title for digest, asked in _parse_all(texts).items()}


def questionnaire_of(journal: Journal, response: Response) -> Questionnaire:
    """The questionnaire exactly as it was asked, whatever became of its file since.

    Raises:
        RecordDamaged: its text cannot be read. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return _asked(ResponseReader(session), response)


def begin_response(
    journal: Journal, questionnaire: Questionnaire, about: ZonedTime | None = None, *, origin: str = ""
) -> SavedResponse:
    """Begin to fill in a questionnaire, about now unless ``about`` says another time. Durable when this returns.

    An earlier form of the same questionnaire that is still open is stopped: one is open at a time.

    Raises:
        What any write raises.
    """
    now = ZonedTime(journal.clock.now(), journal.clock.zone())
    draft = ResponseDraft(questionnaire.key, questionnaire.version, questionnaire.digest, about or now)
    with _writing(journal) as writer:
        for open_one in writer.reader.begun(questionnaire.key):
            writer.save(replace(open_one, kept_status=ResponseStatus.STOPPED), now.instant)
        response = writer.begin(draft, questionnaire.text, now)
    return _saved(response, origin)


def save_answers(
    journal: Journal, response_id: UUID, answers: Mapping[str, str], *, about: ZonedTime | None = None, origin: str = ""
) -> SavedResponse:
    """Keep all the ``answers`` of an open form so far, instead of those before. Durable when this returns.

    An item that is not in it is not answered. ``about`` moves the form to another time. An answer to a question that
    the others do not call for any more may be among them: somebody who changes an answer and changes it back finds it
    again. It is not shown, and not kept when the form is finished.

    Raises:
        WrongUsage: there is no such form, it is not open any more, or the questionnaire does not offer an answer.
        RecordDamaged: the form or its text is damaged. What any write raises.
    """
    with _writing(journal) as writer:
        was = _open(writer, response_id, journal)
        check_answers(_asked(writer.reader, was), answers)
        draft = replace(was.draft, answers=answers, about=about or was.draft.about)
        response = was if draft == was.draft else writer.save(replace(was, draft=draft), journal.clock.now())
    return _saved(response, origin)


def finish_response(journal: Journal, response_id: UUID, *, origin: str = "") -> SavedResponse:
    """Finish a form, however much of it was answered; it has a total only where all that counts was.

    Only answers to what is asked with the others stay. Finishing one that is finished changes nothing.

    Raises:
        WrongUsage: there is no such form, it was stopped, or nothing in it is answered: it stays open then.
        RecordDamaged: the form or its text is damaged. What any write raises.
    """
    now = journal.clock.now()
    with _writing(journal) as writer:
        response = writer.reader.get(response_id)
        if response.kept_status is not ResponseStatus.COMPLETED:
            was = _open(writer, response_id, journal)
            given = given_answers(_asked(writer.reader, was), was.draft.answers)
            if not given:
                raise WrongUsage(
                    reason=_("Nothing in this questionnaire is answered yet. One answer is enough to keep it.")
                )
            draft = replace(was.draft, answers=given)
            response = writer.save(replace(was, draft=draft, kept_status=ResponseStatus.COMPLETED, finished=now), now)
    return _saved(response, origin)


def stop_response(journal: Journal, response_id: UUID, *, origin: str = "") -> SavedResponse:
    """Stop a form: what was answered stays to be read, and never gets a total. Stopping it again changes nothing.

    Raises:
        WrongUsage: there is no such form, or it is finished. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        response = writer.reader.get(response_id)
        if response.kept_status is ResponseStatus.COMPLETED:
            raise WrongUsage(reason=_("This questionnaire is finished already."))
        if response.kept_status is ResponseStatus.IN_PROGRESS:
            response = writer.save(replace(response, kept_status=ResponseStatus.STOPPED), journal.clock.now())
    return _saved(response, origin)


def delete_response(journal: Journal, response_id: UUID, *, origin: str = "") -> Changes:
    """Move a response to Recently deleted.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.delete(response_id, journal.clock.now())
    return _changes(response_id, origin, deleted=True)


def restore_response(journal: Journal, response_id: UUID, *, origin: str = "") -> SavedResponse:
    """Take a response back from Recently deleted, as it was; stopped, where another form is open by now.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    now = journal.clock.now()
    with _writing(journal) as writer:
        response = writer.undelete(response_id)
        begun = writer.reader.begun(response.draft.questionnaire)
        others = [one for one in begun if one.id != response_id and one.status(now) is ResponseStatus.IN_PROGRESS]
        if response.kept_status is ResponseStatus.IN_PROGRESS and others:
            response = writer.save(replace(response, kept_status=ResponseStatus.STOPPED), now)
    return SavedResponse(response, _changes(response_id, origin, deleted=True))


def deleted_responses(journal: Journal) -> tuple[Response | Unreadable, ...]:
    """Responses that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return ResponseReader(session).deleted()


def purge_response(journal: Journal, response_id: UUID, *, origin: str = "") -> Changes:
    """Delete a response for good, a damaged one too; the text that nothing else was asked in goes with it.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.RESPONSE, response_id)
    return _changes(response_id, origin, deleted=True)


def form_plan(journal: Journal) -> FormPlan:
    """Which questionnaires are suggested and when; as it is at first where nothing was chosen or can be read.

    Raises:
        DatabaseDamaged.
    """
    try:
        kept = read_setting(journal.vault.database, _PLAN)
        return FormPlan.from_json(kept) if isinstance(kept, dict) else FormPlan()
    except (RecordDamaged, ValueError):
        return FormPlan()  # what is suggested must not keep anybody out


def set_form_plan(journal: Journal, plan: FormPlan, *, origin: str = "") -> Changes:
    """Keep which questionnaires are suggested and when. Durable when this returns.

    Raises:
        What any write raises.
    """
    write_settings(journal.vault.database, {_PLAN: plan.as_json()}, journal.clock.now())
    return Changes(frozenset({"responses"}), frozenset(), origin)


def _parse_all(texts: Mapping[bytes, str]) -> Mapping[bytes, Questionnaire]:
    found: dict[bytes, Questionnaire] = {}
    for digest, text in texts.items():
        with suppress(QuestionnaireError):  # of a newer kind than this program knows
            found[digest] = parse_questionnaire_text(text)
    return found


def _asked(reader: ResponseReader, response: Response) -> Questionnaire:
    try:
        return parse_questionnaire_text(reader.text(response.draft.digest))
    except (QuestionnaireError, WrongUsage):
        raise RecordDamaged from None  # of a newer kind than this program knows, or gone


def _open(writer: ResponseWriter, response_id: UUID, journal: Journal) -> Response:
    response = writer.reader.get(response_id)
    if response.kept_status is ResponseStatus.COMPLETED:
        raise WrongUsage(reason=_("This questionnaire is finished already."))
    if response.deleted is not None:
        raise WrongUsage(reason=_("This questionnaire is in Recently deleted. Taken back, it can be gone on with."))
    if response.status(journal.clock.now()) is ResponseStatus.STOPPED:
        raise WrongUsage(
            reason=_("This questionnaire was stopped, or begun more than a day ago. Its answers are kept as they are.")
        )
    return response


@contextmanager
def _writing(journal: Journal) -> Iterator[ResponseWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield ResponseWriter(connection, database.sealer)


def _saved(response: Response, origin: str) -> SavedResponse:
    return SavedResponse(response, _changes(response.id, origin))


def _changes(response_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"responses", "recently deleted"} if deleted else {"responses"}
    return Changes(frozenset(areas), frozenset({response_id}), origin)
