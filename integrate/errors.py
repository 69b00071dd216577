"""What can go wrong in a known way: one class each, with its words and its exit code.

A :class:`KnownError` is told kindly (what happened, what is safe, what to do next) and never as a traceback.
Everything else that is raised is a bug. No parameter ever carries the text of an entry, a title, a tag or a name
of a person: only file names, numbers and dates the person can act on.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from integrate.i18n import N_, _


class ExitCode(IntEnum):
    """Exit codes of the command line; a contract with scripts."""

    DONE = 0
    BUG = 1
    USAGE = 2
    WRONG_SECRET = 3
    DAMAGED = 4
    OPEN_ELSEWHERE = 5
    DISK_REFUSED = 6
    NEWER = 7
    NOT_UNDERSTOOD = 8
    INTERRUPTED = 130


class KnownError(Exception):
    """A bad day the program knows. ``parameters`` fill the slots of its three sentences.

    Subclasses set ``code`` (stable, for tests and scripts), ``exit_code`` and the sentences:
    ``what`` happened, what is ``safe``, what to do ``next``. ``command`` takes the place of ``next`` on the command
    line where the way on is one of its commands.
    """

    code: ClassVar[str] = "known"
    exit_code: ClassVar[ExitCode] = ExitCode.USAGE
    what: ClassVar[str] = ""
    safe: ClassVar[str] = ""
    next: ClassVar[str] = ""
    command: ClassVar[str] = ""

    def __init__(self, **parameters: object) -> None:
        super().__init__(self.code)
        self.parameters = parameters

    def sentences(self, *, commands: bool = False) -> tuple[str, ...]:
        """The non-empty sentences, translated, their slots filled; with ``commands`` as the command line says them."""
        parts = (self.what, self.safe, (commands and self.command) or self.next)
        return tuple(_(part).format(**self.parameters) for part in parts if part)

    def message(self) -> str:
        """All sentences as one text."""
        return " ".join(self.sentences())

    def __str__(self) -> str:
        return self.message()


# --- 2: wrong usage ---------------------------------------------------------------------------------------------------


class WrongUsage(KnownError):
    """The call's words are off; ``reason`` is a translated sentence."""

    code = "wrong-usage"
    what = "{reason}"


class ShortPassphrase(KnownError):
    """A new passphrase under the minimum length (``minimum`` characters)."""

    code = "short-passphrase"
    what = N_("A passphrase needs at least {minimum} characters.")
    next = N_("A few ordinary words in a row are strong and easy to remember.")


class TargetExists(KnownError):
    """``target`` is already there and is never overwritten."""

    code = "target-exists"
    what = N_("There is already something at {target}.")
    safe = N_("It was not touched.")
    next = N_("Choose another place or name.")


class FileMissing(KnownError):
    """An input file named by the person (``file``) is not there or is not a file."""

    code = "file-missing"
    what = N_("There is no readable file at {file}.")
    next = N_("Check the name and try again.")


class EntryMissing(KnownError):
    """No entry carries this id."""

    code = "entry-missing"
    what = N_("No entry of this journal has that id.")
    next = N_("It may have been deleted for good.")
    command = N_("`integrate list` shows the ids.")


class AttachmentTooLarge(KnownError):
    """A file over the limit (``limit`` MiB) was to be attached."""

    code = "attachment-too-large"
    what = N_("{file} is too large to attach: the limit is {limit} MiB for one file.")
    safe = N_("Nothing was saved.")
    next = N_("Attach a smaller copy, or keep the file elsewhere and write down where.")


class CannotStripMetadata(KnownError):
    """Hidden data was to be removed from a file whose format the program cannot rewrite."""

    code = "cannot-strip-metadata"
    what = N_("Hidden data such as the place a photo was taken cannot be removed from this kind of file.")
    safe = N_("Nothing was saved.")
    next = N_("Attach it as it is, or as a JPEG, PNG or WebP copy.")


class ReadOnlyJournal(KnownError):
    """A change was asked of a journal that is open to read only."""

    code = "read-only-journal"
    what = N_("This journal is open to read only.")
    safe = N_("Nothing was changed.")


# --- 3: wrong passphrase, words or key --------------------------------------------------------------------------------


class WrongSecret(KnownError):
    """The common parent of a passphrase, words or key that do not open the journal."""

    code = "wrong-secret"
    exit_code = ExitCode.WRONG_SECRET


class WrongPassphrase(WrongSecret):
    """No slot opens with this passphrase."""

    code = "wrong-passphrase"
    what = N_("That did not open the journal. Check Caps Lock and the keyboard layout, then try again.")
    safe = N_("Nothing is deleted after wrong tries.")
    next = N_("You can also use your recovery words.")


class WrongWords(WrongSecret):
    """Twelve well-formed words that open no slot of this journal."""

    code = "wrong-words"
    what = N_("These twelve words do not open this journal.")
    safe = N_("Nothing is deleted after wrong tries.")
    next = N_("Check that the paper belongs to this journal. New words replace older ones.")


class UnclearWords(WrongSecret):
    """The words are not twelve, not of the list, or their checksum does not fit; ``hint`` says which."""

    code = "unclear-words"
    what = N_("These are not twelve recovery words in the right order. {hint}")
    safe = N_("Nothing is deleted after wrong tries.")
    next = N_("Type the twelve words from your paper, in order.")


class NoRecoverySlot(WrongSecret):
    """The journal was made without recovery words."""

    code = "no-recovery-slot"
    what = N_("This journal has no recovery words yet.")
    next = N_("It opens with its passphrase only.")


class WrongKeyringKey(WrongSecret):
    """The key in the OS keyring does not open this journal."""

    code = "wrong-keyring-key"
    what = N_("The key in this computer's keyring does not open this journal.")
    safe = N_("Nothing is lost: the passphrase still opens it.")


class PassphraseNeeded(WrongSecret):
    """The keyring may not be used just now; ``reason`` is a translated sentence."""

    code = "passphrase-needed"
    what = "{reason}"
    safe = N_("Please type your passphrase this time.")


class KeyringUnavailable(WrongSecret):
    """No trusted keyring could answer; ``reason`` is a translated sentence."""

    code = "keyring-unavailable"
    what = N_("This computer's keyring cannot be used. {reason}")
    safe = N_("The passphrase still opens the journal.")


# --- 4: damaged, or not a journal -------------------------------------------------------------------------------------


class Damaged(KnownError):
    """The common parent of everything that is broken or no journal."""

    code = "damaged"
    exit_code = ExitCode.DAMAGED


class NotAJournal(Damaged):
    """Nothing at ``place``, or no journal there."""

    code = "not-a-journal"
    what = N_("There is no journal at {place}.")
    next = N_("A journal is a folder whose name ends in .integrate. Check the place.")
    command = N_(
        "A journal is a folder whose name ends in .integrate. Check the place, or make one with `integrate create`."
    )


class HeaderMissing(Damaged):
    """The journal's folder has no vault.hdr."""

    code = "header-missing"
    what = N_("The file that holds the journal's locks (vault.hdr) is missing.")
    safe = N_("Nothing has been changed.")
    next = N_("Every backup holds a copy of it: restore the newest one.")
    command = N_("Every backup holds a copy of it: restore the newest one with `integrate restore`.")


class HeaderDamaged(Damaged):
    """Both copies of the header are damaged, or the file has the wrong size."""

    code = "header-damaged"
    what = N_("The file that holds the journal's locks (vault.hdr) is damaged in both of its copies.")
    safe = N_("Nothing has been changed.")
    next = N_("Every backup holds a copy of it: restore the newest one.")
    command = N_("Every backup holds a copy of it: restore the newest one with `integrate restore`.")


class HeaderTampered(Damaged):
    """The header opened, but its seal does not fit: somebody or something rewrote parts of it."""

    code = "header-tampered"
    what = N_("The file that holds the journal's locks (vault.hdr) was changed by something other than Integrate.")
    safe = N_("Nothing has been changed now.")
    next = N_("Restore the newest backup and keep this folder for someone who can look at it.")
    command = N_(
        "Restore the newest backup with `integrate restore` and keep this folder for someone who can look at it."
    )


class DatabaseMissing(Damaged):
    """The journal's folder has no vault.db."""

    code = "database-missing"
    what = N_("The file that holds the journal's writing (vault.db) is missing.")
    safe = N_("Nothing has been changed, and no empty journal was put in its place.")
    next = N_("If you can find the file, put it back; otherwise restore the newest backup.")
    command = N_("If you can find the file, put it back; otherwise restore the newest backup with `integrate restore`.")


class DatabaseTruncated(Damaged):
    """vault.db is shorter than it was (``size`` bytes now)."""

    code = "database-truncated"
    what = N_("The file that holds the journal's writing (vault.db) was cut short: {size} bytes are left.")
    safe = N_("Nothing has been changed.")
    next = N_("Restore the newest backup. Keep this folder until you have seen the copy.")
    command = N_("Restore the newest backup with `integrate restore`. Keep this folder until you have seen the copy.")


class DatabaseForeign(Damaged):
    """The journal's key does not open vault.db: its start is damaged, or it belongs to another journal."""

    code = "database-foreign"
    what = N_(
        "Your passphrase is right, but the file that holds the journal's writing (vault.db) does not belong to it, "
        "or its beginning is damaged."
    )
    safe = N_("Nothing has been changed.")
    next = N_("Restore the newest backup. Keep this folder until you have seen the copy.")
    command = N_("Restore the newest backup with `integrate restore`. Keep this folder until you have seen the copy.")


class DatabaseDamaged(Damaged):
    """A part of vault.db cannot be read. ``copy`` is a sentence that names the last good copy, where one is known."""

    code = "database-damaged"
    what = N_("Part of the journal could not be read.")
    safe = N_("Nothing has been changed.")
    next = N_("{copy} Lock the journal and open it again: the lock screen shows what can be done.")
    command = N_("{copy} Restore it with `integrate restore`.")

    def __init__(self, copy: str = "") -> None:
        super().__init__(copy=copy or _("Your last good copy is the newest backup."))


class RecordDamaged(Damaged):
    """One record's seal does not fit its content (finding F1): it is never shown as if it were right.

    ``what`` is a translated sentence that names the kind of thing it was, where that is known.
    """

    code = "record-damaged"
    what = "{what}"
    safe = N_("Nothing has been changed.")
    next = N_("A backup may still hold it: restore one beside this journal.")
    command = N_("A backup may still hold it: restore one beside this journal with `integrate restore`.")

    def __init__(self, what: str = "") -> None:
        super().__init__(what=what or _("This record could not be read. The rest is fine."))


class EndMissing(Damaged):
    """The journal is older than it was when it was last closed; ``changes`` counts what is missing."""

    code = "end-missing"
    what = N_(
        "The end of your last session is missing: {changes} saved changes are not in the file any more. "
        "The journal opens to read only, so that nothing covers them up."
    )
    safe = N_("What is there can be read.")
    next = N_(
        "Look for an earlier copy of the folder or its vault.db-wal file first. "
        "On the lock screen you can choose to go on with what is there."
    )
    command = N_(
        "Look for an earlier copy of the folder or its vault.db-wal file first. To go on with what is there, "
        "make a backup with `integrate backup` and restore it to a new place."
    )


class AnchorDamaged(Damaged):
    """The small file that notes how far the journal had come is damaged or missing."""

    code = "anchor-damaged"
    what = N_(
        "The small file that notes how far the journal had come (anchor) is damaged or missing, "
        "so a missing end could not be noticed."
    )
    safe = N_("What is there can be read.")
    next = N_("On the lock screen you can choose to go on with what is there.")
    command = N_("To go on writing, make a backup with `integrate backup` and restore it to a new place.")


class BackupDamaged(Damaged):
    """A backup file that is not what was once written."""

    code = "backup-damaged"
    what = N_("This backup is damaged: it is not what was once written.")
    safe = N_("Nothing was restored or changed.")
    next = N_("Try an older backup.")


class RoomUnreadable(Damaged):
    """The beginning of room.log is damaged, or it is of another journal: nothing more can be marked in it."""

    code = "room-unreadable"
    what = N_("The session room cannot be opened again: the beginning of its file (room.log) cannot be read.")
    safe = N_("What was marked before is still in it.")
    next = N_("Open your journal, and it is added there.")


class CheckFailed(Damaged):
    """A new backup did not pass the check that opens it again."""

    code = "check-failed"
    what = N_("The new backup did not pass its check and was removed.")
    safe = N_("Earlier backups were kept.")
    next = N_("Check the journal in Settings.")
    command = N_("Run `integrate check --deep` on the journal.")


# --- 5, 6, 7, 8 -------------------------------------------------------------------------------------------------------


class OpenElsewhere(KnownError):
    """Another process holds the writer's lock."""

    code = "open-elsewhere"
    exit_code = ExitCode.OPEN_ELSEWHERE
    what = N_("Your journal is already open in another window.")
    safe = N_("Only one window can write at a time, to keep your words safe.")
    next = N_("Close it there, or only read here.")


class DiskRefused(KnownError):
    """The common parent of what the disk would not do."""

    code = "disk-refused"
    exit_code = ExitCode.DISK_REFUSED
    what = N_("The disk could not do what was asked.")
    safe = N_("Nothing that was already saved is lost.")
    next = N_("Check that the disk is there and healthy, then try again.")


class DiskFull(DiskRefused):
    """No space left."""

    code = "disk-full"
    what = N_("This disk is full.")
    safe = N_("Nothing that was already saved is lost; this was not saved.")
    next = N_("Free some space, or save to another disk.")


class ReadOnlyPlace(DiskRefused):
    """The folder or disk may not be written."""

    code = "read-only-place"
    what = N_("This place cannot be written: {place}.")
    safe = N_("Nothing was changed.")
    next = N_("Choose another folder, or allow writing there.")

    def __init__(self, place: object = "") -> None:
        super().__init__(place=place or _("the journal's folder"))


class FolderMissing(DiskRefused):
    """The folder (``place``) that something was to be saved in is not there, or not any more."""

    code = "folder-missing"
    what = N_("There is no folder {place}.")
    safe = N_("Nothing was saved.")
    next = N_("Choose another folder, or connect the disk it is on.")


class UncleanReadOnly(DiskRefused):
    """Read-only media with a journal that was not closed: reading it would miss its newest changes."""

    code = "unclean-read-only"
    what = N_("This journal was not closed before it was put on a disk that cannot be written.")
    safe = N_("Reading it here could miss its newest entries, so it was not opened.")
    next = N_("Copy the whole folder to a disk that can be written and open it there.")


class OutOfMemory(DiskRefused):
    """The memory that opening needs is not free (``mebibytes``)."""

    code = "out-of-memory"
    what = N_("Opening this journal needs {mebibytes} MiB of free memory, and that is not there now.")
    safe = N_("Nothing was changed.")
    next = N_("Close other programs and try again.")


class NewerVersion(KnownError):
    """Made by a newer version of the program."""

    code = "newer-version"
    exit_code = ExitCode.NEWER
    what = N_("This journal was made by a newer version of Integrate.")
    safe = N_("Nothing has been changed.")
    next = N_("Install the newer version to open it.")


class NewerFile(NewerVersion):
    """A file to be brought in that a newer version of the program wrote; ``file`` names it."""

    code = "newer-file"
    what = N_("{file} was made by a newer version of Integrate.")
    safe = N_("Nothing was brought in.")
    next = N_("Install the newer version to bring it in.")


class NotUnderstood(KnownError):
    """An input file is not of the kind it should be; ``file`` names it."""

    code = "not-understood"
    exit_code = ExitCode.NOT_UNDERSTOOD
    what = N_("{file} is not a file that this command understands.")
    safe = N_("Nothing was changed.")
    next = N_("Check that you chose the right file.")


class CutShort(NotUnderstood):
    """An input file stops before its end; ``file`` names it."""

    code = "cut-short"
    what = N_("{file} stops before its end.")
    safe = N_("Nothing was brought in.")
    next = N_("Look for a whole copy of it, or save it once more.")


class RecordUnclear(NotUnderstood):
    """A record of a file of our own is not as it should be.

    ``number`` counts the records from 1; ``kind`` names the kind and the field, as the file format calls them.
    """

    code = "record-unclear"
    what = N_("Record {number} of {file} is not as it should be ({kind}).")
    safe = N_("Nothing was brought in.")
    next = N_("The file may be damaged, or changed by hand. Look for another copy of it.")
