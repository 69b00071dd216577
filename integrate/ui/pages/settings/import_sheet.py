"""What would come of an import, told before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from integrate.i18n import _, ngettext
from integrate.ui.pages.settings.facts import Facts
from integrate.ui.pages.settings.import_words import kinds_words, number_words, problem_groups
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.import_batches import ImportReport
    from integrate.ui.page import PageContext

_MOST_IDS: Final = 12
"""So many ids are shown of things of one kind that were left out for one reason."""


class ImportSheet(Sheet):
    """The report of a dry run, and *Import*. ``confirmed`` is the only way on."""

    confirmed = Signal()

    def __init__(self, context: PageContext, name: str, report: ImportReport) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Import this file?"), width=560)
        self.body.addWidget(Text(self.theme, name, "bodyStrong", selectable=True))
        self.body.addWidget(Text(self.theme, _said(report), "body", "ink2"))
        self.facts = Facts(self.theme)
        self._tell(report)
        self.body.addWidget(self.facts)
        self.problems: list[Text] = []
        if report.problems:
            self._tell_problems(report)
        self.body.addStretch(1)
        self.cancel = Button(self.theme, _("Do not import") if report.imported else _("Close"), "quiet_neutral")
        self.go_on = Button(self.theme, _("Import"), "primary")
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go_on)
        self.go_on.setVisible(report.imported > 0)
        self.cancel.clicked.connect(self.close)
        self.go_on.clicked.connect(self._confirm)

    def _tell(self, report: ImportReport) -> None:
        self.facts.add(_("In the file"), number_words(report.seen))
        self.facts.add(_("Would be imported"), number_words(report.imported), kinds_words(report.kinds))
        self.facts.add(_("Here already, just so"), number_words(report.duplicates))
        self.facts.add(_("Left out"), number_words(report.skipped))
        self.facts.add(_("Photos and files missing"), number_words(report.media_missing))

    def _tell_problems(self, report: ImportReport) -> None:
        self.body.addWidget(Heading(self.theme, _("Left out, and why"), 3))
        for words, keys in problem_groups(report.problems):
            line = Text(self.theme, words)
            self.problems.append(line)
            self.body.addWidget(line)
            shown = "\n".join(keys[:_MOST_IDS])
            self.body.addWidget(Text(self.theme, shown, "caption", "ink3", selectable=True))
            left = len(keys) - _MOST_IDS
            if left > 0:
                more = ngettext("And {count} more.", "And {count} more.", left).format(count=number_words(left))
                self.body.addWidget(Text(self.theme, more, "caption", "ink3"))

    def focus_in(self) -> None:
        """The way back has the focus: nothing is written by a key that was pressed too often."""
        self.cancel.setFocus(Qt.FocusReason.TabFocusReason)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.close()


def _said(report: ImportReport) -> str:
    if not report.imported:
        return _("There is nothing in it that could be added here. Nothing was changed.")
    return _(
        "Nothing has been written yet. What is in your journal stays as it is, and an import can be taken back whole."
    )
