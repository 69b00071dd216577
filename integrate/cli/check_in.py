"""`integrate check-in`: a few quick answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final

import click

from integrate.cli.journals import open_journal_at
from integrate.cli.options import journal_argument, passphrase_option, subcommand
from integrate.cli.output import print_json, say
from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.measures import Measure, MeasureKind
from integrate.domain.times import ZonedTime, parse_when
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.system.clock import SystemClock

_SIGN: Final = "="


def _pairs(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The answers as they were typed: where the name of each ends is known only with the measures of the journal."""
    for text in values:
        if not text.rpartition(_SIGN)[0].strip():
            reason = _("“{text}” is not an answer. Write a measure and a value, like mood=6.")
            raise WrongUsage(reason=reason.format(text=text))
    return values


@subcommand("check-in")
@journal_argument
@click.argument("pairs", metavar="MEASURE=VALUE…", nargs=-1, callback=_pairs)
@passphrase_option
@click.option("--at", metavar="ISO", help=_("The time it is about, such as 2026-03-01T21:30; now, if not given."))
@click.option("--note", metavar="T", default="", help=_("A line of words."))
def command(
    place: Path, pairs: tuple[str, ...], passphrase_file: str | None, at: str | None, note: str, as_json: bool
) -> None:
    """Keep the check-in; it is on the disk for good when this returns."""
    from integrate.journal.check_ins import record_check_in
    from integrate.journal.measures import list_measures

    clock = SystemClock()
    about = ZonedTime(clock.now(), clock.zone()) if at is None else parse_when(at, clock.zone())
    if not note.strip() and not any(text.partition(_SIGN)[2].strip() for text in pairs):
        raise WrongUsage(reason=_("A check-in has at least one answer or a line of words."))
    with open_journal_at(place, passphrase_file, writing=True) as journal:
        measures = [one for one in list_measures(journal, all=True) if isinstance(one, Measure)]
        answers = tuple(_answer(measures, text) for text in pairs)
        saved = record_check_in(journal, CheckInDraft(about, answers, note)).check_in
    if as_json:
        print_json({"check_in_id": str(saved.id)})
    else:
        say(_("Saved: {check_in_id}").format(check_in_id=saved.id))


def _answer(measures: Sequence[Measure], text: str) -> Answer:
    measure, name, value = _taken_apart(measures, text)
    if not value:
        return Answer(measure.id, measure.version)
    if measure.definition.kind is MeasureKind.WORDS:
        words = tuple(word.strip() for word in value.split(",") if word.strip())
        return Answer(measure.id, measure.version, words=words)
    return Answer(measure.id, measure.version, _number(value, name))


def _number(value: str, name: str) -> float:
    """A number in the digits of any script, and without the underscores that ``float`` would take between them."""
    with suppress(ValueError):
        if "_" not in value:
            return float(value)
    reason = _("“{value}” is not a number. Leave it empty for “No answer”, like {name}=")
    raise WrongUsage(reason=reason.format(value=value, name=name))


def _taken_apart(measures: Sequence[Measure], text: str) -> tuple[Measure, str, str]:
    """The measure, its name as it was typed, and the value. A name can hold the sign: the longest that is one is meant.

    Raises:
        WrongUsage: no part before a sign names a measure.
    """
    places = [place for place, character in enumerate(text) if character == _SIGN and text[:place].strip()]
    for place in reversed(places):
        name = text[:place].strip()
        measure = _measure_called(measures, name)
        if measure is not None:
            return measure, name, text[place + 1 :].strip()
    known = ", ".join(one.key or one.name for one in measures)
    reason = _("There is no measure called “{name}”. There are: {known}.")
    raise WrongUsage(reason=reason.format(name=text[: places[0]].strip(), known=known))


def _measure_called(measures: Sequence[Measure], name: str) -> Measure | None:
    """The measure with this key, else the first with this name; both ignore case, and those in use go first."""
    wanted = name.casefold()
    in_order = sorted(measures, key=lambda one: not one.in_use)
    by_key = (one for one in in_order if one.key == wanted)
    by_name = (one for one in in_order if one.name.strip().casefold() == wanted)
    return next(chain(by_key, by_name), None)
