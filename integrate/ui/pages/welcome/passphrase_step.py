"""The first step: a passphrase, and where the journal will lie."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.system.paths import looks_synced
from integrate.ui.page import ProgramPort
from integrate.ui.pages.welcome.step import Step
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.new_passphrase import NewPassphrase
from integrate.ui.widgets.text import Text


class PassphraseStep(Step):
    """Asks for the passphrase twice. ``other_wanted`` follows "Open a journal or a backup"."""

    other_wanted = Signal()

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        super().__init__(
            theme,
            _("Choose a passphrase"),
            _(
                "A short sentence is easier to remember and harder to guess than a password. "
                "Four or more unrelated words work well."
            ),
            _("Continue to recovery words"),
        )
        self._program = program
        self.place = program.paths.default_journal
        self.passphrase = NewPassphrase(theme, program.background, _usual_cost, _("Passphrase"), height=48)
        self.suggest = self.add_button(_("Suggest one for me"))
        self._where = Text(theme, "", "caption", "ink3")
        self._synced = Text(theme, "", "caption", "ink2")
        self.change = Button(theme, _("Change…"), "quiet", small=True)
        self.change.setAccessibleName(_("Change where the journal will lie…"))
        self.body.addWidget(self.passphrase)
        self.body.addSpacing(24)
        self.body.addWidget(_NobodyCanReset(theme))
        self.body.addSpacing(16)
        self._add_place()
        self.passphrase.changed.connect(self.refresh)
        self.passphrase.submitted.connect(self.try_onward)
        self.suggest.clicked.connect(self._suggest)
        self.change.clicked.connect(self._choose_folder)
        self.other = _OtherLine(theme)
        self.other.link.clicked.connect(self.other_wanted)
        self._show_place(self.place)
        program.background.submit(self, partial(_free_place, self.place), self._show_place, _keep_the_usual)
        self.refresh()

    def _add_place(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._where, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self._synced)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def problem(self) -> str:
        """What is wrong with the two fields."""
        return self.passphrase.problem()

    def tab_order(self) -> tuple[QWidget, ...]:
        """The buttons after "Change…", and the way to other journals last."""
        return (self.change, *super().tab_order(), self.other.link)

    def first(self) -> QWidget:
        """The first field."""
        return self.passphrase.first.edit

    def wipe(self) -> None:
        """Forget the passphrase."""
        self.passphrase.wipe()

    def _suggest(self) -> None:
        self._program.background.submit(self, _suggestion, self.passphrase.fill, _no_suggestion)

    def _choose_folder(self) -> None:
        from integrate.ui.platform.dialogs import choose_folder

        choose_folder(self.window(), _("Where shall the journal lie?"), self.place.parent, self._folder_chosen)

    def _folder_chosen(self, folder: Path) -> None:
        wanted = folder / self._program.paths.default_journal.name
        self._program.background.submit(self, partial(_free_place, wanted), self._show_place, _keep_the_usual)

    def _show_place(self, place: Path) -> None:
        self.place = place
        self._where.set_text(_("Your journal will be the folder {place}").format(place=place))
        service = looks_synced(place)
        self._synced.setVisible(service is not None)
        if service is not None:
            self._synced.set_text(
                _("{service} copies this folder elsewhere. The copies stay encrypted.").format(service=service)
            )


class _NobodyCanReset(Card):
    """The box with the key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="preparetint", edge="")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(16)
        row.addWidget(Icon(theme, "key-round", "prepare", 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(theme, _("Nobody can reset this for you"), "bodyStrong"))
        words.addWidget(
            Text(
                theme,
                _(
                    "Not us, not your clinic, not a technician. If the passphrase and the recovery words are both "
                    "lost, the journal stays closed for good. The next step gives you the words."
                ),
                token="ink2",
            )
        )
        row.addLayout(words, 1)


class _OtherLine(QWidget):
    """The way for those who have a journal already."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.link = LinkText(theme, _("Open a journal or a backup"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(Text(theme, _("Already have a journal?"), "caption", "ink3", wrap=False))
        row.addWidget(self.link)
        row.addStretch(1)


def _usual_cost() -> tuple[int, int, int]:
    from integrate.journal.opening import default_kdf_cost

    return default_kdf_cost()


def _free_place(wanted: Path) -> Path:
    """``wanted``, or beside it where that is taken; a journal that was chosen as the folder gets a neighbour."""
    from integrate.journal.places import free_place, is_journal

    folder = wanted.parent.parent if is_journal(wanted.parent) else wanted.parent
    return free_place(folder, wanted.stem)


def _suggestion() -> str:
    from integrate.journal.secrets import suggest_passphrase

    return suggest_passphrase()


def _keep_the_usual(_error: Exception) -> None:
    """The place stays as it is; making the journal there will say what is wrong."""


def _no_suggestion(_error: Exception) -> None:
    """There is none; a passphrase of one's own is as good."""
