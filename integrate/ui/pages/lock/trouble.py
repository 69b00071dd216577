"""What the lock screen says when a journal does not open, and which ways on it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtGui import QGuiApplication

from integrate.errors import (
    AnchorDamaged,
    Damaged,
    DatabaseDamaged,
    DiskFull,
    EndMissing,
    OpenElsewhere,
    ReadOnlyPlace,
)
from integrate.i18n import N_, _
from integrate.ui.wording import failure_words


class WayOn(Enum):
    """What can be done next; the value is the words of its button."""

    COPY = N_("Open that copy to read")
    READ = N_("Show what can be read")
    READ_HERE = N_("Open here, to read only")
    FILES = N_("Show the files")
    OTHER_WINDOW = N_("Go to that window")
    GO_ON = N_("Go on with what is there…")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A banner: its ``kind`` (neutral or trouble), title and text, and the ways on in their order."""

    kind: str
    title: str
    text: str
    ways: tuple[WayOn, ...] = ()


def wrong_passphrase(tries: int) -> str:
    """What stands below the field after ``tries`` wrong ones."""
    layout = QGuiApplication.inputMethod().locale().nativeLanguageName()
    if layout:
        text = _(
            "That did not open the journal. Check Caps Lock and the keyboard layout ({layout}), then try again. "
            "Nothing is deleted after wrong tries."
        ).format(layout=layout)
    else:
        text = _(
            "That did not open the journal. Check Caps Lock and the keyboard layout, then try again. "
            "Nothing is deleted after wrong tries."
        )
    return f"{text} {_('You can also use your recovery words.')}" if tries >= 3 else text


def trouble_of(error: Exception, copy_made: datetime | None, zone: str) -> Trouble:
    """What to say of ``error``. ``copy_made`` is when the newest automatic copy beside the journal was made."""
    if isinstance(error, OpenElsewhere):
        what, safe, _next = error.sentences()
        return Trouble("neutral", what, safe, (WayOn.OTHER_WINDOW, WayOn.READ_HERE))
    if isinstance(error, Damaged):
        return _damage(error, copy_made, zone)
    readable = isinstance(error, (DiskFull, ReadOnlyPlace))
    title, text = failure_words(error, _("Nothing has been changed. You can try again."))
    return Trouble("trouble", title, text, (WayOn.READ_HERE,) if readable else ())


def _damage(error: Damaged, copy_made: datetime | None, zone: str) -> Trouble:
    """Buttons take the place of what ``error`` advises next."""
    title, safe = error.sentences()[:2]
    ways = [WayOn.READ] if isinstance(error, (DatabaseDamaged, EndMissing, AnchorDamaged)) else []
    if copy_made is None:
        last = _("There is no automatic copy beside it.")
    else:
        last = _("Your last good copy is from {when}.").format(when=date_and_time(copy_made, zone))
        ways.insert(0, WayOn.COPY)
    if isinstance(error, (EndMissing, AnchorDamaged)):
        ways.append(WayOn.GO_ON)
    return Trouble("trouble", title, f"{safe} {last}", (*ways, WayOn.FILES))


def date_and_time(instant: datetime, zone: str) -> str:
    """An instant as the person's language writes it, in the zone they are in."""
    from zoneinfo import ZoneInfo  # nothing goes wrong on most starts

    local = instant.astimezone(ZoneInfo(zone))
    words = QLocale()
    day = words.toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)
    return f"{day}, {words.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)}"


def day_and_month(instant: datetime, zone: str) -> str:
    """A day for the name of a folder, such as "7 October"."""
    from zoneinfo import ZoneInfo  # nothing goes wrong on most starts

    local = instant.astimezone(ZoneInfo(zone))
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMMM")
