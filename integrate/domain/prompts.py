"""Prompts: questions a person may answer in an entry, the packs they come in, and which one is offered when.

**What is on offer.** A session has a calendar: its own day is day 0, the next one day 1. Every prompt says in its
pack when it fits; this module only reads that.

* Nothing known about sessions: the phase alone decides (the one the person picked), and all its prompts are on offer.
* Before a session: all prompts of *prepare*.
* On day 0, and while a session runs: *experience*. From day 1: *integrate*. Days count only here: a prompt with days
  is on offer on those days, in whichever of the two phases it stands (so a glance at the intention, which belongs to
  the experience, comes on day 1), and again from ``again_from_day`` on. A prompt without days fits its whole phase.
* No day number (a closed course): the whole phase, as long after a session.
* A phase picked by the person that is not the one of the calendar: all prompts of that phase, whatever the day.
  Nothing is ever locked. A session that runs past midnight is met the same way: all of *experience*.
* A prompt for certain sessions (from the second one, after every third) keeps that rule wherever sessions are known.
  For *prepare* the number is that of the session to come (one after the last, if none is planned), for the other two
  phases that of the last one.

**Which one is chosen.** Of those on offer, the one used least; among equals the lowest id. Ids are compared by
their letters first and then by their numbers (E9 < E10 < I1 < P1). No chance is involved, so the same journal on the
same day always shows the same prompt, and none comes a second time before all on offer have been used once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from integrate.domain.entry import Phase
from integrate.i18n import N_, _

SCHEMA = 1
"""The version of the format of a pack that this program writes and reads."""

STOP_FOR_NOW = N_("Stop for now")
"""Stands beside every tender prompt, wherever one is shown."""

_NUMBERS = re.compile(r"(\d+)")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST = 500
_LAST_DAY = 3660
_QUESTION_MARKS = frozenset("?\u061f\u037e\uff1f")


class PackError(ValueError):
    """A pack that cannot be taken: ``field`` is the place in it (``prompts[P04].text``), ``why`` the reason."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question, and when it fits.

    ``text`` asks at most one thing; ``follow_up`` is a second question, offered once the first has an answer and not
    before day ``follow_up_from_day``. ``choices`` are answers to tick instead of writing. A ``tender`` prompt has a
    ``content_note`` to read before it and offers :data:`STOP_FOR_NOW`. ``anchors`` name the sentences of the source
    article that it rests on. Days are local calendar days after the session's own date (0), both ends included.
    """

    id: str
    phase: Phase
    theme: str
    text: str
    purpose: str = ""
    follow_up: str | None = None
    follow_up_from_day: int | None = None
    choices: tuple[str, ...] = ()
    tender: bool = False
    content_note: str | None = None
    anchors: tuple[str, ...] = ()
    from_day: int | None = None
    to_day: int | None = None
    again_from_day: int | None = None
    from_session: int | None = None
    every_nth_session: int | None = None

    @property
    def order(self) -> tuple[tuple[str | int, ...], str]:
        """What "the lowest id" goes by: letters alphabetically, numbers by size, then the id as it is written."""
        pieces = _NUMBERS.split(self.id)
        return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces)), self.id

    @property
    def has_days(self) -> bool:
        """Whether certain days after a session are set for it."""
        return not (self.from_day is None and self.to_day is None and self.again_from_day is None)

    def fits_day(self, day: int) -> bool:
        """Whether ``day`` is one of its days. One without days fits any."""
        if not self.has_days or (self.again_from_day is not None and day >= self.again_from_day):
            return True
        if self.from_day is None and self.to_day is None:
            return False
        return (self.from_day or 0) <= day and (self.to_day is None or day <= self.to_day)

    def fits_session(self, number: int | None) -> bool:
        """Whether it is meant for session ``number`` of a course; None (no such session) fits only without a rule."""
        if self.from_session is None and self.every_nth_session is None:
            return True
        if number is None:
            return False
        return number >= (self.from_session or 1) and number % (self.every_nth_session or 1) == 0


@dataclass(frozen=True, slots=True)
class PromptPack:
    """Prompts handed over together. ``language`` is a language tag (``en``), ``licence`` an SPDX name or a sentence."""

    id: str
    title: str
    version: str
    author: str
    licence: str
    language: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known about the moment a prompt is wanted for.

    ``phase`` is where the calendar of the course puts the person; where nothing is known about sessions, the one they
    picked. ``day`` counts local days since the date of the last session (which may still be running); it is None
    without such a session and in a closed course, and a day below 0, from a clock set back, counts as 0.
    ``last_session_number`` and ``next_session_number`` count from 1 within their course. ``chosen`` is the phase the
    person picked themselves, or None while they left it to the calendar.

    Raises:
        ValueError: a session number below 1, or a day without a last session to count from.
    """

    phase: Phase
    day: int | None = None
    last_session_number: int | None = None
    next_session_number: int | None = None
    chosen: Phase | None = None

    def __post_init__(self) -> None:
        if any(number is not None and number < 1 for number in (self.last_session_number, self.next_session_number)):
            raise ValueError("sessions are counted from 1")
        if self.day is not None and self.last_session_number is None:
            raise ValueError("a day counts from a last session, and there is none")

    @property
    def sessions_known(self) -> bool:
        """Whether any session is known, held or planned."""
        return self.last_session_number is not None or self.next_session_number is not None

    @property
    def calendar_phase(self) -> Phase:
        """The phase by the calendar, where the day of a session belongs to the experience until it is over."""
        if self.phase is Phase.INTEGRATE and self.day is not None and self.day <= 0:
            return Phase.EXPERIENCE
        return self.phase

    def session_for(self, phase: Phase) -> int | None:
        """The number of the session that ``phase`` is about: the one to come for *prepare*, else the last one."""
        if phase is not Phase.PREPARE:
            return self.last_session_number
        if self.next_session_number is None and self.last_session_number is not None:
            return self.last_session_number + 1
        return self.next_session_number


def prompts_on_offer(prompts: Iterable[Prompt], occasion: Occasion) -> tuple[Prompt, ...]:
    """The prompts that fit ``occasion``, lowest id first, by the rule at the head of this module."""
    return tuple(sorted((p for p in prompts if _fits(p, occasion)), key=lambda prompt: prompt.order))


def choose_prompt(
    prompts: Iterable[Prompt], occasion: Occasion, uses: Mapping[str, int], hidden: Collection[str] = ()
) -> Prompt | None:
    """The prompt to show: of those on offer and not ``hidden``, the least used, then the lowest id.

    ``uses`` counts per id how often it has been answered (absent: never); showing one without an answer is no use, so
    it is simply offered again. None when nothing is on offer.
    """
    return next(iter(_in_turn(prompts, occasion, uses, hidden)), None)


def another_prompt(
    prompts: Iterable[Prompt], occasion: Occasion, uses: Mapping[str, int], after: str, hidden: Collection[str] = ()
) -> Prompt | None:
    """The one that follows the prompt with id ``after`` in the order of :func:`choose_prompt`, and round again.

    Asked again and again it goes through everything on offer before it comes back. When ``after`` is not on offer any
    more, the first. None when there is no other.
    """
    turn = _in_turn(prompts, occasion, uses, hidden)
    place = next((place for place, prompt in enumerate(turn) if prompt.id == after), None)
    if place is None:
        return turn[0] if turn else None
    following = turn[(place + 1) % len(turn)]
    return None if following.id == after else following


def follow_up_on_offer(prompt: Prompt, occasion: Occasion) -> str | None:
    """The second question of ``prompt``, or None where it has none or its day has not come.

    Where no day is known nothing holds it back.
    """
    if prompt.follow_up_from_day is not None and occasion.day is not None and occasion.day < prompt.follow_up_from_day:
        return None
    return prompt.follow_up


def _fits(prompt: Prompt, occasion: Occasion) -> bool:
    phase = occasion.chosen or occasion.calendar_phase
    if not occasion.sessions_known:
        return prompt.phase is phase
    if not prompt.fits_session(occasion.session_for(prompt.phase)):
        return False
    day = _counted_day(occasion, phase)
    return prompt.phase is phase if day is None or not prompt.has_days else prompt.fits_day(day)


def _counted_day(occasion: Occasion, phase: Phase) -> int | None:
    """The day that the days of the prompts are held against, or None where they do not count."""
    if occasion.day is None or phase is Phase.PREPARE or phase is not occasion.calendar_phase:
        return None
    past_midnight = phase is Phase.EXPERIENCE and occasion.day > 0
    return None if past_midnight else max(occasion.day, 0)


def _in_turn(
    prompts: Iterable[Prompt], occasion: Occasion, uses: Mapping[str, int], hidden: Collection[str]
) -> list[Prompt]:
    offered = (prompt for prompt in prompts_on_offer(prompts, occasion) if prompt.id not in hidden)
    return sorted(offered, key=lambda prompt: (uses.get(prompt.id, 0), prompt.order))


def parse_pack(
    data: Mapping[str, object], known_anchors: Collection[str], taken_ids: Collection[str] = ()
) -> PromptPack:
    """Read a pack from what its TOML or JSON file holds, and check all of it.

    ``known_anchors`` are the ids that prompts may rest on, ``taken_ids`` those of prompts that are here already: an id
    is never used for a second prompt, because entries remember it.

    Raises:
        PackError: the first thing found wrong, with its place, in words for the person who wrote the pack.
    """
    header = _Table(data, "", ("schema", "id", "title", "version", "author", "licence", "language", "prompts"))
    schema = header.whole("schema", 1, None)
    if schema is None:
        raise PackError("schema", _("This is missing."))
    if schema > SCHEMA:
        raise PackError("schema", _("This pack was written for a newer version of Integrate."))
    language = header.text("language")
    if not _LANGUAGE.fullmatch(language):
        raise PackError("language", _("This is not a language tag such as en or de-AT."))
    seen = set(taken_ids)
    prompts = []
    for place, table in enumerate(header.tables("prompts"), start=1):
        prompt = _parse_prompt(table, place, known_anchors)
        if prompt.id in seen:
            raise PackError(f"prompts[{prompt.id}].id", _("This id is taken by another prompt."))
        seen.add(prompt.id)
        prompts.append(prompt)
    return PromptPack(
        id=header.identifier("id"),
        title=header.text("title"),
        version=header.text("version"),
        author=header.text("author"),
        licence=header.text("licence"),
        language=language,
        prompts=tuple(prompts),
    )


def parse_anchors(data: Mapping[str, object]) -> Mapping[str, str]:
    """Read the list of anchors: id of a sentence of the source article to the SHA-256 of its text (UTF-8), in hex.

    Raises:
        PackError: the first thing found wrong, with its place.
    """
    found = data.get("anchors")
    if not isinstance(found, Mapping):
        raise PackError("anchors", _("This is missing."))
    for name, digest in found.items():
        if not isinstance(digest, str) or not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise PackError(f"anchors.{name}", _("This is not a SHA-256 in 64 lower-case hexadecimal digits."))
    return found


def _parse_prompt(data: Mapping[str, object], place: int, known_anchors: Collection[str]) -> Prompt:
    name = data.get("id")
    label = name if isinstance(name, str) and _ID.fullmatch(name) else str(place)
    table = _Table(data, f"prompts[{label}].", tuple(field.name for field in fields(Prompt)))
    phase = table.text("phase")
    if phase not in tuple(Phase):
        raise table.error("phase", _("This is not one of prepare, experience, integrate."))
    prompt = Prompt(
        id=table.identifier("id"),
        phase=Phase(phase),
        theme=table.text("theme"),
        text=table.question("text"),
        purpose=table.text("purpose", needed=False) or "",
        follow_up=table.question("follow_up", needed=False) or None,
        follow_up_from_day=table.whole("follow_up_from_day", 0, _LAST_DAY),
        choices=table.texts("choices"),
        tender=table.flag("tender"),
        content_note=table.text("content_note", needed=False) or None,
        anchors=table.texts("anchors"),
        from_day=table.whole("from_day", 0, _LAST_DAY),
        to_day=table.whole("to_day", 0, _LAST_DAY),
        again_from_day=table.whole("again_from_day", 0, _LAST_DAY),
        from_session=table.whole("from_session", 1, None),
        every_nth_session=table.whole("every_nth_session", 1, None),
    )
    _check_prompt(prompt, table, known_anchors)
    return prompt


def _check_prompt(prompt: Prompt, table: _Table, known_anchors: Collection[str]) -> None:
    if prompt.tender and prompt.content_note is None:
        raise table.error("content_note", _("A tender prompt needs a few words to read before it."))
    if prompt.follow_up_from_day is not None and prompt.follow_up is None:
        raise table.error("follow_up_from_day", _("There is no follow-up that could wait for this day."))
    if prompt.phase is Phase.PREPARE and prompt.has_days:
        raise table.error("from_day", _("Days count after a session, so a prompt of prepare has none."))
    if prompt.to_day is not None and prompt.to_day < (prompt.from_day or 0):
        raise table.error("to_day", _("The last day comes before the first one."))
    if prompt.again_from_day is not None and prompt.to_day is None:
        raise table.error("again_from_day", _("Without a last day (to_day) there is nothing to come back from."))
    for anchor in prompt.anchors:
        if anchor not in known_anchors:
            raise table.error("anchors", _("There is no anchor {anchor}.").format(anchor=anchor))


class _Table:
    """One table of a pack, read field by field; every complaint names the place."""

    def __init__(self, data: Mapping[str, object], where: str, known: Collection[str]) -> None:
        self._data = data
        self._where = where
        for name in data:
            if name not in known:
                raise self.error(str(name), _("There is no field of this name."))

    def error(self, name: str, why: str) -> PackError:
        """The complaint about the field ``name`` of this table."""
        return PackError(self._where + name, why)

    def text(self, name: str, *, needed: bool = True) -> str:
        """A line of text without spaces around it; "" where an optional one is absent."""
        if name not in self._data and not needed:
            return ""
        return self._line(name, self._data.get(name))

    def question(self, name: str, *, needed: bool = True) -> str:
        """A line that asks at most one thing."""
        line = self.text(name, needed=needed)
        if sum(letter in _QUESTION_MARKS for letter in line) > 1:
            raise self.error(name, _("This asks more than one question. The second one can go into follow_up."))
        return line

    def identifier(self, name: str) -> str:
        """An id: a letter, then letters, digits, hyphens or underscores."""
        line = self.text(name)
        if not _ID.fullmatch(line):
            raise self.error(name, _("An id is a letter, then up to 39 letters, digits, hyphens or underscores."))
        return line

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of lines, empty where it is absent."""
        found = self._data.get(name, ())
        if isinstance(found, str) or not isinstance(found, Sequence):
            raise self.error(name, _("This is not a list of texts."))
        return tuple(self._line(name, item) for item in found)

    def tables(self, name: str) -> tuple[Mapping[str, object], ...]:
        """A list of tables, at least one."""
        found = self._data.get(name)
        if isinstance(found, str) or not isinstance(found, Sequence) or not found:
            raise self.error(name, _("At least one prompt is needed."))
        for place, item in enumerate(found, start=1):
            if not isinstance(item, Mapping):
                raise PackError(f"{self._where}{name}[{place}]", _("This is not a prompt with named fields."))
        return tuple(found)

    def flag(self, name: str) -> bool:
        """True or false, false where it is absent."""
        found = self._data.get(name, False)
        if not isinstance(found, bool):
            raise self.error(name, _("This is neither true nor false."))
        return found

    def whole(self, name: str, lowest: int, highest: int | None) -> int | None:
        """A whole number from ``lowest`` to ``highest`` (None: no limit), or None where it is absent."""
        found = self._data.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.error(name, _("This is not a whole number."))
        if found < lowest or (highest is not None and found > highest):
            raise self.error(name, _("This number is out of range."))
        return found

    def _line(self, name: str, found: object) -> str:
        if found is None:
            raise self.error(name, _("This is missing."))
        if not isinstance(found, str) or not found.strip():
            raise self.error(name, _("This is not a line of text."))
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in found):
            raise self.error(name, _("This holds a line break or another character that cannot be shown."))
        if len(found) > _LONGEST:
            raise self.error(name, _("This is longer than {limit} characters.").format(limit=_LONGEST))
        return found.strip()
