"""Those files are saved for: each with one lasting phrase that opens what they are given, agreed once, in person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from integrate.domain.courses import Carer, Course
from integrate.domain.entry import Changes, Unreadable, tag_key
from integrate.domain.sharing import Recipient
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.courses import list_courses
from integrate.journal.opening import Journal
from integrate.journal.phrases import checked_phrase, draw_phrase
from integrate.storage.purging import Kind, purge
from integrate.storage.recipients import RecipientReader, RecipientWriter


@dataclass(frozen=True, slots=True)
class SavedRecipient:
    """A recipient as it was saved."""

    recipient: Recipient
    changes: Changes


def list_recipients(journal: Journal) -> tuple[Recipient | Unreadable, ...]:
    """Recipients in the order they were added, without those deleted; a damaged one by its id."""
    with journal.vault.database.read() as session:
        return RecipientReader(session).list()


def get_recipient(journal: Journal, recipient_id: UUID) -> Recipient:
    """One recipient, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return RecipientReader(session).get(recipient_id)


def find_recipient(journal: Journal, name: str) -> Recipient | None:
    """The recipient with this name, however it is spelled in capitals; None where there is none."""
    with journal.vault.database.read() as session:
        return _named(RecipientReader(session), name)


def recipients_on_offer(journal: Journal) -> tuple[Recipient | Carer, ...]:
    """Who a file can be saved for: recipients first, then those of the care teams that are none yet.

    Of two with the same name the one of the newer course is there. What cannot be read is left out.
    """
    recipients = [one for one in list_recipients(journal) if isinstance(one, Recipient)]
    taken = {tag_key(one.name) for one in recipients}
    carers: list[Carer] = []
    for course in list_courses(journal):
        for carer in course.care_team if isinstance(course, Course) else ():
            if tag_key(carer.name) not in taken:
                taken.add(tag_key(carer.name))
                carers.append(carer)
    return (*recipients, *carers)


def add_recipient(
    journal: Journal, name: str, role: str = "", *, phrase: str | None = None, origin: str = ""
) -> SavedRecipient:
    """Add somebody files are saved for. ``phrase`` None draws six words. Durable when this returns.

    Raises:
        WrongUsage: there is no name, it is not one line, somebody of this name is there, or the phrase is too easy to
            guess. What any write raises.
    """
    name, role = name.strip(), role.strip()
    chosen = draw_phrase() if phrase is None else checked_phrase(phrase, (name,))
    with _writing(journal) as writer:
        _require_free(writer.reader, name)
        recipient = writer.add(name, role, chosen, journal.clock.now())
    return _saved(recipient, origin)


def change_recipient(
    journal: Journal, recipient_id: UUID, *, name: str | None = None, role: str | None = None, origin: str = ""
) -> SavedRecipient:
    """Change what is given of name and role, and leave the rest. Files saved before keep the name they were saved with.

    Raises:
        WrongUsage: there is none, the name is empty or not one line, or somebody else has it.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as writer:
        was = writer.reader.get(recipient_id)
        changed = replace(
            was, name=was.name if name is None else name.strip(), role=was.role if role is None else role.strip()
        )
        if changed.name != was.name:
            _require_free(writer.reader, changed.name, recipient_id)
        recipient = was if changed == was else writer.save(changed, journal.clock.now())
    return _saved(recipient, origin)


def new_phrase(
    journal: Journal, recipient_id: UUID, phrase: str | None = None, *, origin: str = ""
) -> SavedRecipient:  # fmt: skip
    """Give somebody a new lasting phrase: drawn where ``phrase`` is None, else the one that was typed.

    It is for files that are saved from now on. What was saved before still opens with the phrase of its day, and only
    with that; the journal forgets it. Nothing can take a file back that somebody has.

    Raises:
        WrongUsage: there is no such recipient, or the phrase is too easy to guess.
        RecordDamaged: it is not written over. What any write raises.
    """
    now = journal.clock.now()
    was = get_recipient(journal, recipient_id)
    chosen = draw_phrase() if phrase is None else checked_phrase(phrase, (was.name,))
    with _writing(journal) as writer:
        changed = replace(writer.reader.get(recipient_id), phrase=chosen, phrase_since=now)
        recipient = writer.save(changed, now)
    return _saved(recipient, origin)


def delete_recipient(journal: Journal, recipient_id: UUID, *, origin: str = "") -> Changes:
    """Take somebody off the list; :func:`restore_recipient` brings them back for thirty days, with their phrase.

    The ledger keeps every line about files that were saved for them.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.delete(recipient_id, journal.clock.now())
    return _changes(recipient_id, origin)


def restore_recipient(journal: Journal, recipient_id: UUID, *, origin: str = "") -> SavedRecipient:
    """Bring somebody back onto the list.

    Raises:
        WrongUsage: there is none, or somebody of this name was added meanwhile.
        RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        _require_free(writer.reader, writer.reader.get(recipient_id).name, recipient_id)
        recipient = writer.undelete(recipient_id)
    return _saved(recipient, origin)


def deleted_recipients(journal: Journal) -> tuple[Recipient | Unreadable, ...]:
    """Those who can still be brought back, the last one first."""
    with journal.vault.database.read() as session:
        return RecipientReader(session).deleted()


def purge_recipient(journal: Journal, recipient_id: UUID, *, origin: str = "") -> Changes:
    """Forget somebody and their phrase for good, a damaged record too. The ledger keeps its lines.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.RECIPIENT, recipient_id)
    return _changes(recipient_id, origin)


def _named(reader: RecipientReader, name: str) -> Recipient | None:
    found = (one for one in reader.list() if isinstance(one, Recipient))
    return next((one for one in found if tag_key(one.name) == tag_key(name)), None)


def _require_free(reader: RecipientReader, name: str, recipient_id: UUID | None = None) -> None:
    there = _named(reader, name)
    if there is not None and there.id != recipient_id:
        raise WrongUsage(reason=_("There is somebody called {name} already. A second word tells them apart.").format(
            name=there.name
        ))  # fmt: skip


@contextmanager
def _writing(journal: Journal) -> Iterator[RecipientWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield RecipientWriter(connection, database.sealer)


def _saved(recipient: Recipient, origin: str) -> SavedRecipient:
    return SavedRecipient(recipient, _changes(recipient.id, origin))


def _changes(recipient_id: UUID, origin: str) -> Changes:
    return Changes(frozenset({"recipients"}), frozenset({recipient_id}), origin)
