"""Changing the passphrase."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from integrate.i18n import _
from integrate.ui.pages.settings.secret_sheet import SecretSheet
from integrate.ui.widgets.new_passphrase import NewPassphrase

if TYPE_CHECKING:
    from pathlib import Path

    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class PassphraseSheet(SecretSheet):
    """The current passphrase, then the new one twice. ``changed_`` follows when the new one opens the journal."""

    changed_ = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context, _("Change the passphrase"),
            _("It takes a second or two, whatever the size of your journal. Nobody can reset it."),
            _("Change the passphrase"),
        )  # fmt: skip
        cost = partial(_cost, context.desk.place)
        self.new = NewPassphrase(self.theme, context.program.background, cost, _("New passphrase"))
        self.body.addSpacing(4)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        self.current.submitted.connect(self._to_new)
        self.new.changed.connect(self.check)
        self.new.submitted.connect(self.submit)
        self.check()

    def problem(self) -> str:
        """The current one first, then what is wrong with the new one."""
        return super().problem() or self.new.problem()

    def wipe(self) -> None:
        """Forget all three."""
        super().wipe()
        self.new.wipe()

    def set_read_only(self, read_only: bool) -> None:
        """All three."""
        super().set_read_only(read_only)
        self.new.set_read_only(read_only)

    def go(self) -> None:
        """Change it on the journal's lane."""
        self.begin(_("Changing the passphrase. This takes a second or two on purpose."))
        work = partial(_change, new=self.new.text(), current=self.current.text())
        self.context.desk.write(self, work, self._done, self.fail)

    def _to_new(self) -> None:
        self.new.first.edit.setFocus()

    def _done(self, _nothing: object) -> None:
        self.changed_.emit()
        self.close()


def _change(journal: Journal, new: str, current: str) -> None:
    from integrate.journal.secrets import change_passphrase

    change_passphrase(journal, new, current=current)


def _cost(place: Path) -> tuple[int, int, int]:
    from integrate.journal.opening import kdf_cost_of

    return kdf_cost_of(place)
