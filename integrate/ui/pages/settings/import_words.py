"""What an import holds, in the words of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from integrate.i18n import _, ngettext
from integrate.ui.pages.settings.words import entries_words

if TYPE_CHECKING:
    from integrate.domain.import_batches import Problem, Undone

_NAMED: Final = (
    "entry", "attachment", "session", "moment", "check_in", "response", "thread", "insight", "practice", "letter",
)  # fmt: skip


def number_words(count: int) -> str:
    """A number as it is written here."""
    return QLocale().toString(count)


def things_words(count: int) -> str:
    """So many things of any kind."""
    return ngettext("{count} thing", "{count} things", count).format(count=number_words(count))


def kinds_words(kinds: Mapping[str, int]) -> str:
    """How many of each kind: "12 entries, 3 sessions, 40 smaller things that belong to them"."""
    named = [_some(kind, kinds[kind]) for kind in _NAMED if kinds.get(kind)]
    others = sum(count for kind, count in kinds.items() if kind not in _NAMED)
    if others and named:
        smaller = ngettext("{count} smaller thing around them", "{count} smaller things around them", others)
        named.append(smaller.format(count=number_words(others)))
    elif others:
        named.append(things_words(others))
    return ", ".join(named)


def undone_words(undone: Undone) -> str:
    """What became of an import that was taken back."""
    taken = ngettext("Taken back: {count} thing.", "Taken back: {count} things.", undone.removed)
    words = taken.format(count=number_words(undone.removed))
    if undone.kept:
        stays = ngettext(
            "{count} thing stays: it was changed or used since.",
            "{count} things stay: they were changed or used since.",
            undone.kept,
        )
        words = f"{words} {stays.format(count=number_words(undone.kept))}"
    return words


def problem_groups(problems: Sequence[Problem]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was left out, gathered by kind and reason: a sentence, and the ids by which they are found in the file."""
    groups: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        kind, _space, key = problem.item.partition(" ")
        groups.setdefault((_one(kind), problem.why), []).append(key)
    # Translators: a thing of a file and why it is not imported: "Entry (2): The file has only a part of it."
    many = _("{thing} ({count}): {why}")
    one = _("{thing}: {why}")
    return tuple(
        ((many if len(keys) > 1 else one).format(thing=thing, why=why, count=number_words(len(keys))), tuple(keys))
        for (thing, why), keys in groups.items()
    )


def source_words(source: str) -> str:
    """The name of a format."""
    return _("Integrate's JSON") if source == "integrate" else source


def _some(kind: str, count: int) -> str:
    if kind == "entry":
        return entries_words(count)
    words = {
        "attachment": ngettext("{count} photo or file", "{count} photos and files", count),
        "session": ngettext("{count} session", "{count} sessions", count),
        "moment": ngettext("{count} moment", "{count} moments", count),
        "check_in": ngettext("{count} check-in", "{count} check-ins", count),
        "response": ngettext("{count} questionnaire", "{count} questionnaires", count),
        "thread": ngettext("{count} thread", "{count} threads", count),
        "insight": ngettext("{count} insight", "{count} insights", count),
        "practice": ngettext("{count} practice", "{count} practices", count),
        "letter": ngettext("{count} letter", "{count} letters", count),
    }
    return words[kind].format(count=number_words(count))


def _one(kind: str) -> str:
    words = {
        "entry": _("Entry"),
        "revision": _("Earlier state of an entry"),
        "attachment": _("Photo or file"),
        "session": _("Session"),
        "session_line": _("Line of a session"),
        "moment": _("Moment"),
        "check_in": _("Check-in"),
        "response": _("Questionnaire"),
        "thread": _("Thread"),
        "insight": _("Insight"),
        "practice": _("Practice"),
        "letter": _("Letter"),
        "measure": _("Measure"),
        "course": _("Course"),
        "log": _("Log"),
        "setting": _("Something you chose"),
        "recipient": _("Recipient"),
        "shared_file": _("Line of “Shared before”"),
    }
    return words.get(kind) or _("Something else")
