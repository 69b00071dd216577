"""Printing many entries one by one, and counting those that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from integrate.cli.entries import in_a_list, json_fields
from integrate.cli.output import print_json_list, say, tell
from integrate.domain.entry import EntrySummary, Hit, Unreadable
from integrate.errors import ExitCode
from integrate.i18n import _, ngettext

Items = Iterable[EntrySummary | Hit | Unreadable]


class Found:
    """What a list or a search gave, printed as it comes: a journal's worth is never held at once."""

    def __init__(self, newest_course: int) -> None:
        self._newest = newest_course
        self._printed = 0
        self._unreadable = 0

    def print(self, items: Items, as_json: bool) -> int:
        """Print all of ``items``; the exit code says whether each could be read."""
        if as_json:
            print_json_list(self._json(entry, hit) for entry, hit in self._readable(items))
        else:
            for entry, hit in self._readable(items):
                say(in_a_list(entry, self._newest, hit.snippet if hit else None))
            if not self._printed and not self._unreadable:
                tell(_("No entries."))
        if not self._unreadable:
            return ExitCode.DONE
        told = ngettext(
            "{count} entry could not be read. The rest is fine.",
            "{count} entries could not be read. The rest is fine.",
            self._unreadable,
        )
        tell(told.format(count=self._unreadable))
        tell(_("Nothing has been changed."))
        tell(_("A backup may still hold what is missing: restore one beside this journal with `integrate restore`."))
        return ExitCode.DAMAGED

    def _readable(self, items: Items) -> Iterator[tuple[EntrySummary, Hit | None]]:
        for item in items:
            match item:
                case Unreadable():
                    self._unreadable += 1
                    continue
                case Hit(entry=entry):
                    yield entry, item
                case EntrySummary():
                    yield item, None
            self._printed += 1

    def _json(self, entry: EntrySummary, hit: Hit | None) -> dict[str, object]:
        fields = json_fields(entry, self._newest)
        return {**fields, "snippet": hit.snippet.text} if hit else fields
