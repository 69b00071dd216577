"""`integrate check-in`: a few quick answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

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

_Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Measures as they were typed, each with its value."""


def _pairs(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> _Pairs:
    pairs = []
    for text in values:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            reason = _("“{text}” is not an answer. Write a measure and a value, like mood=6.")
            raise WrongUsage(reason=reason.format(text=text))
        pairs.append((name.strip(), value.strip()))
    return tuple(pairs)


@subcommand("check-in")
@journal_argument
@click.argument("pairs", metavar="MEASURE=VALUE…", nargs=-1, callback=_pairs)
@passphrase_option
@click.option("--at", metavar="ISO", help=_("The time it is about, such as 2026-03-01T21:30; now, if not given."))
@click.option("--note", metavar="T", default="", help=_("A line of words."))
def command(place: Path, pairs: _Pairs, passphrase_file: str | None, at: str | None, note: str, as_json: bool) -> None:
    """Keep the check-in; it is on the disk for good when this returns."""
    from integrate.journal.check_ins import record_check_in
    from integrate.journal.measures import list_measures

    clock = SystemClock()
    about = ZonedTime(clock.now(), clock.zone()) if at is None else parse_when(at, clock.zone())
    if not note.strip() and not any(value for _name, value in pairs):
        raise WrongUsage(reason=_("A check-in has at least one answer or a line of words."))
    with open_journal_at(place, passphrase_file, writing=True) as journal:
        measures = [one for one in list_measures(journal, all=True) if isinstance(one, Measure)]
        answers = tuple(_answer(measures, name, value) for name, value in pairs)
        saved = record_check_in(journal, CheckInDraft(about, answers, note)).check_in
    if as_json:
        print_json({"check_in_id": str(saved.id)})
    else:
        say(_("Saved: {check_in_id}").format(check_in_id=saved.id))


def _answer(measures: Sequence[Measure], name: str, value: str) -> Answer:
    measure = _measure_called(measures, name)
    if not value:
        return Answer(measure.id, measure.version)
    if measure.definition.kind is MeasureKind.WORDS:
        words = tuple(word.strip() for word in value.split(",") if word.strip())
        return Answer(measure.id, measure.version, words=words)
    try:
        return Answer(measure.id, measure.version, float(value))
    except ValueError:
        reason = _("“{value}” is not a number. Leave it empty for “No answer”, like {name}=")
        raise WrongUsage(reason=reason.format(value=value, name=name)) from None


def _measure_called(measures: Sequence[Measure], name: str) -> Measure:
    """The measure with this key, else the first with this name; both ignore case, and those in use go first."""
    wanted = name.casefold()
    in_order = sorted(measures, key=lambda one: not one.in_use)
    found = [
        *(one for one in in_order if one.key == wanted),
        *(one for one in in_order if one.name.casefold() == wanted),
    ]
    if found:
        return found[0]
    known = ", ".join(one.key or one.name for one in measures)
    reason = _("There is no measure called “{name}”. There are: {known}.")
    raise WrongUsage(reason=reason.format(name=name, known=known))
