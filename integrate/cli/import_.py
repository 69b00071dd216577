"""`integrate import`: bring in what is in a file, look at it first, or take an import back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from integrate.cli.invocation import current_call
from integrate.cli.journals import open_journal_at
from integrate.cli.options import journal_argument, passphrase_option, subcommand
from integrate.cli.output import Progress, print_json, say
from integrate.errors import FileMissing, WrongUsage
from integrate.i18n import _, ngettext
from integrate.system.files import is_file

if TYPE_CHECKING:
    from integrate.domain.import_batches import ImportReport

_AUTO: Final = "auto"
_MOST_SHOWN: Final = 20  # problems told to a person; --json has all of them


def _batch(_context: click.Context, _parameter: click.Parameter, value: str | None) -> UUID | None:
    try:
        return None if value is None else UUID(value)
    except ValueError:
        raise WrongUsage(reason=_("That is not the id of an import, which is told at its end.")) from None


def _format(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    from integrate.importing.detecting import Source

    if value != _AUTO and value not in tuple(Source):
        raise WrongUsage(reason=_("“{text}” is not a format that can be brought in.").format(text=value))
    return value


@subcommand("import")
@journal_argument
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@passphrase_option
@click.option(
    "--format", "source", metavar="[auto|integrate]", default=_AUTO, callback=_format,
    help=_("The format of FILE; found out, if not given."),
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Only tell what would be brought in."))
@click.option("--undo", metavar="BATCH", callback=_batch, help=_("Take back an import, by the id it printed."))
def command(
    place: Path,
    file: Path | None,
    passphrase_file: str | None,
    source: str,
    dry_run: bool,
    undo: UUID | None,
    as_json: bool,
) -> None:
    """Bring it in; it is durable when this returns."""
    if undo is not None:
        if dry_run or file is not None:
            raise WrongUsage(reason=_("--undo takes back one import; it takes no FILE and no --dry-run."))
        _undo(place, passphrase_file, undo, as_json)
        return
    if file is None:
        raise WrongUsage(reason=_("{name} is missing.").format(name="FILE"))
    if not is_file(file):  # nobody is asked for a passphrase where it could not be used
        raise FileMissing(file=file)
    from integrate.importing.detecting import detect
    from integrate.importing.integrate_json import import_integrate

    current_call().before_journal()
    if source == _AUTO:
        detect(file)
    with (
        open_journal_at(place, passphrase_file, writing=not dry_run) as journal,
        Progress(_("Bringing in")) as progress,
    ):
        report = import_integrate(journal, file, dry_run=dry_run, progress=progress)
    if as_json:
        print_json(_as_json(report))
    else:
        _tell_person(report, dry_run=dry_run)


def _undo(place: Path, passphrase_file: str | None, batch: UUID, as_json: bool) -> None:
    from integrate.journal.taking import undo_import

    with open_journal_at(place, passphrase_file, writing=True) as journal, Progress(_("Taking back")) as progress:
        undone = undo_import(journal, batch, progress)
    if as_json:
        print_json({
            "batch": str(batch), "seen": undone.removed + undone.kept, "imported": 0, "skipped": undone.kept,
            "duplicates": 0, "media_missing": 0, "problems": [], "removed": undone.removed,
        })  # fmt: skip
        return
    told = ngettext("Taken back: {count} thing.", "Taken back: {count} things.", undone.removed)
    say(told.format(count=undone.removed))
    if undone.kept:
        stayed = ngettext(
            "{count} thing stays: it was changed or used since.",
            "{count} things stay: they were changed or used since.",
            undone.kept,
        )
        say(stayed.format(count=undone.kept))


def _as_json(report: ImportReport) -> dict[str, object]:
    return {
        "batch": None if report.batch is None else str(report.batch), "seen": report.seen,
        "imported": report.imported, "skipped": report.skipped, "duplicates": report.duplicates,
        "media_missing": report.media_missing,
        "problems": [{"item": one.item, "why": one.why} for one in report.problems],
    }  # fmt: skip


def _tell_person(report: ImportReport, *, dry_run: bool) -> None:
    lines = (
        (report.seen, _("things in the file")),
        (report.imported, _("would be brought in") if dry_run else _("brought in")),
        (report.duplicates, _("are here already")),
        (report.skipped, _("left out")),
        (report.media_missing, _("photos or files missing")),
    )
    width = max(len(f"{count:,}") for count, _label in lines)
    for count, label in lines:
        say(f"  {count:>{width},}  {label}")
    for problem in report.problems[:_MOST_SHOWN]:
        say(f"{problem.item}: {problem.why}")
    if len(report.problems) > _MOST_SHOWN:
        say(_("--json tells all {count} of them.").format(count=len(report.problems)))
    if dry_run:
        say(_("Nothing has been changed."))
    elif report.batch is not None:
        say(_("To take it back: `integrate import JOURNAL --undo {batch}`").format(batch=report.batch))
