"""The panels in which something is typed: a few words, a pulse, a blood pressure, a side effect.

What was typed stays in its field until it is on the disk, whatever happens meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from integrate.domain.moments import EFFECTS, STRENGTH_WORDS, By, Mark, MomentKind
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.ui.pages.room.panel import Keep, Now, Panel, RoomField
from integrate.ui.pages.room.target import Target
from integrate.ui.pages.room.words import not_kept
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class WritingPanel(Panel):
    """Fields, a sentence when something is in the way, and Keep. ``kept`` brings the mark once it is on the disk."""

    kept = Signal(object)

    def __init__(self, theme: Theme, title: str, now: Now, keep: Keep) -> None:
        super().__init__(theme, title)
        self._now, self._keep_mark = now, keep
        self._waiting: Mark | None = None
        self.trouble = Text(theme, "", "body", "ink1")
        self.trouble.hide()
        self.keep_button = Target(theme, _("Keep"), _("Enter"), "check")
        self.keep_button.chosen.connect(self.keep)

    def finish(self, *parts: QWidget) -> None:
        """Put what was made into its place, with Keep below."""
        for part in (*parts, self.trouble, self.keep_button):
            self.body.addWidget(part)
        for edit in self.fields():
            edit.returnPressed.connect(self.keep)
            edit.textEdited.connect(self._typed)

    def fields(self) -> Sequence[QLineEdit]:
        """The lines to type in."""
        return ()

    def mark(self, **when: Any) -> Mark | None:
        """What stands in the fields, as a mark; None where there is nothing to keep.

        Raises:
            WrongUsage: it says why it cannot be kept.
        """
        return None

    def empty(self) -> None:
        """Forget what was typed: it is on the disk."""
        for edit in self.fields():
            edit.setText("")  # and not clear(), which could be undone

    @property
    def is_waiting(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._waiting is not None

    def keep(self) -> None:
        """Put it on the disk. A second press while it is on its way does nothing."""
        if self._waiting is not None:
            return
        try:
            mark = self.mark(at=self._now())
        except WrongUsage as problem:
            self._say(problem.sentences()[0])
            return
        if mark is None:
            self._say(_("There is nothing to keep yet."))
            return
        self._waiting = mark
        for edit in self.fields():
            edit.setReadOnly(True)
        self._keep_mark(mark, self._on_disk, self._refused)

    def _on_disk(self, mark: Mark) -> None:
        self._end_wait()
        self.tell(self.trouble, "")
        self.empty()
        self.kept.emit(mark)

    def _refused(self, _mark: Mark, error: Exception | None) -> None:
        if error is not None:
            self._end_wait()
        self._say(not_kept(error, typed=True))

    def _end_wait(self) -> None:
        self._waiting = None
        for edit in self.fields():
            edit.setReadOnly(False)

    def _typed(self) -> None:
        self.tell(self.trouble, "")

    def _say(self, text: str) -> None:
        self.tell(self.trouble, text)
        announce(self, text, polite=False)

    def first(self) -> QWidget:
        """The first field, where there is one."""
        fields = self.fields()
        return fields[0] if fields else self.heading


class WordsPanel(WritingPanel):
    """A few words, or one."""

    def __init__(self, theme: Theme, now: Now, keep: Keep) -> None:
        super().__init__(theme, _("A few words"), now, keep)
        self.field = RoomField(theme, _("A few words"))
        note = _("Enter keeps them. They are not shown again in this room.")
        self.field.edit.setAccessibleDescription(note)
        self.finish(self.field, Text(theme, note, "body", "ink2"))

    def fields(self) -> Sequence[QLineEdit]:
        """One."""
        return (self.field.edit,)

    @property
    def is_unkept(self) -> bool:
        """Whether there are words in the field."""
        return bool(self.field.text().strip())

    def mark(self, **when: Any) -> Mark | None:
        """The words, as they were typed."""
        return Mark(MomentKind.WORDS, words=self.field.text(), **when) if self.is_unkept else None


class PulsePanel(WritingPanel):
    """Beats a minute, as the device shows them. They are compared with nothing."""

    def __init__(self, theme: Theme, now: Now, keep: Keep) -> None:
        super().__init__(theme, _("Pulse"), now, keep)
        self.field = RoomField(theme, _("Pulse, beats a minute"), digits=True)
        self.finish(Text(theme, _("Beats a minute"), "body", "ink2"), self.field)

    def fields(self) -> Sequence[QLineEdit]:
        """One."""
        return (self.field.edit,)

    def mark(self, **when: Any) -> Mark | None:
        """The number."""
        pulse = _number(self.field.text())
        return None if pulse is None else Mark(MomentKind.VITALS, by=By.SITTER, pulse=pulse, **when)


class PressurePanel(WritingPanel):
    """Two numbers, as the device shows them. They are compared with nothing."""

    def __init__(self, theme: Theme, now: Now, keep: Keep) -> None:
        super().__init__(theme, _("Blood pressure"), now, keep)
        self.first_number = RoomField(theme, _("Blood pressure, first number"), digits=True)
        self.second_number = RoomField(theme, _("Blood pressure, second number"), digits=True)
        first, second = (Text(theme, words, "body", "ink2") for words in (_("First number"), _("Second number")))
        self.finish(first, self.first_number, second, self.second_number)

    def fields(self) -> Sequence[QLineEdit]:
        """Two."""
        return (self.first_number.edit, self.second_number.edit)

    def mark(self, **when: Any) -> Mark | None:
        """Both numbers."""
        upper, lower = _number(self.first_number.text()), _number(self.second_number.text())
        if upper is None and lower is None:
            return None
        return Mark(MomentKind.VITALS, by=By.SITTER, systolic=upper, diastolic=lower, **when)


class EffectPanel(WritingPanel):
    """A side effect by one of four names or a name of one's own, and one of four words for how strong it is."""

    def __init__(self, theme: Theme, now: Now, keep: Keep) -> None:
        super().__init__(theme, _("Side effect"), now, keep)
        self.effects = {key: _choice(theme, _(name)) for key, name in EFFECTS.items()}
        self.own = RoomField(theme, _("Another side effect"))
        self.strengths = {strength: _choice(theme, _(words)) for strength, words in STRENGTH_WORDS.items()}
        self._effect_grid, self._strength_grid = QGridLayout(), QGridLayout()
        for grid, buttons in ((self._effect_grid, self.effects), (self._strength_grid, self.strengths)):
            grid.setSpacing(12)
            self.body.addLayout(grid)
            for button in buttons.values():
                button.chosen.connect(self._chosen)
            if grid is self._effect_grid:
                self.body.addWidget(Text(theme, _("Or another, in your words"), "body", "ink2"))
                self.body.addWidget(self.own)
                self.body.addWidget(Text(theme, _("How strong?"), "body", "ink2"))
        self.finish()
        self.own.edit.textEdited.connect(self._named)

    def set_narrow(self, narrow: bool) -> None:
        """One below the other where there is little room."""
        super().set_narrow(narrow)
        for grid, buttons, columns in (
            (self._effect_grid, tuple(self.effects.values()), 2),
            (self._strength_grid, tuple(self.strengths.values()), 4),
        ):
            for button in buttons:
                grid.removeWidget(button)
            for at, button in enumerate(buttons):
                grid.addWidget(button, *divmod(at, 1 if narrow else columns))

    def fields(self) -> Sequence[QLineEdit]:
        """That of another name."""
        return (self.own.edit,)

    def first(self) -> QWidget:
        """The heading: most often the name is one of the four."""
        return self.heading

    def mark(self, **when: Any) -> Mark | None:
        """Name and strength."""
        effect = next((key for key, button in self.effects.items() if button.isChecked()), self.own.text().strip())
        strength = next((found for found, button in self.strengths.items() if button.isChecked()), None)
        if not effect and strength is None:
            return None
        return Mark(MomentKind.EFFECT, by=By.SITTER, effect=effect, strength=strength, **when)

    def empty(self) -> None:
        """Nothing is chosen."""
        super().empty()
        for button in (*self.effects.values(), *self.strengths.values()):
            button.setChecked(False)

    def _chosen(self) -> None:
        """One of a kind: the others of it are let go."""
        sender = self.sender()
        if self.is_waiting or not isinstance(sender, Target):
            return
        self._typed()
        effects, strengths = tuple(self.effects.values()), tuple(self.strengths.values())
        for button in effects if sender in effects else strengths:
            button.setChecked(button is sender)
        if sender in effects:
            self.own.edit.setText("")

    def _named(self) -> None:
        for button in self.effects.values():
            button.setChecked(False)


class _Choice(Target):
    """A target that stays chosen. The panel says which: Qt's own toggling comes when it is let go, or never."""

    def nextCheckState(self) -> None:
        """Nothing: it was chosen when it was pressed."""


def _choice(theme: Theme, words: str) -> Target:
    button = _Choice(theme, words[:1].upper() + words[1:], size=18)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise WrongUsage(reason=_("A reading is a whole number from 1 to 999.")) from None
