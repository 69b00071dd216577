"""The sheet in which a moment is added afterwards, or changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.moments import EFFECTS, STRENGTH_WORDS, By, Mark, Moment, MomentKind, Strength
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import ZonedTime
from integrate.domain.where import is_running
from integrate.i18n import _
from integrate.journal.moments import add_moment, change_moment
from integrate.ui.pages.sessions.form import DayField, Drafts, FormSheet, TimeField, text_field, zoned
from integrate.ui.pages.sessions.words import clock_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_OTHER: Final = "other"


class MomentSheet(FormSheet):
    """A moment of ``session``, a new one without ``moment``. ``delete_wanted`` brings the id of one to delete."""

    delete_wanted = Signal(object)  # UUID

    def __init__(self, context: PageContext, drafts: Drafts, session: Session, moment: Moment | None) -> None:
        key = f"moment {moment.id if moment is not None else session.id}"
        super().__init__(context, _("Change a moment") if moment else _("Add a moment"), drafts, key)
        self._moment = moment
        self._session = session
        now = ZonedTime(self.desk.clock.now(), self.desk.clock.zone())
        self._was = moment.mark if moment is not None else Mark(MomentKind.MARK, _first_time(session, now))
        was, theme = self._was, self.theme
        self.kind = MenuField(theme, _("Kind"), _kinds(), str(_shown_kind(was.kind)))
        local = was.at.local()
        self.day = DayField(theme, _("Day"), _("No day yet"), local.date(), local.date())
        self.time = TimeField(theme, _("Time"), _("No time yet"), local.time())
        self.by = MenuField(theme, _("From"), [(str(By.ME), _("Me")), (str(By.SITTER), _("My sitter"))], str(was.by))
        self.words = TextArea(theme, _("A few words"), hint=_("Or none."), least=3)
        self._build_readings()
        self._build_effect()
        self.never_share = TickBox(theme, _("Never share"))
        self.never_share.setChecked(moment is not None and moment.never_share)
        self._lay_out()
        self._remember()
        self.ready()
        self._show_fields()
        self.initial_focus = self.words.edit if moment is not None else self.kind.combo

    def _build_readings(self) -> None:
        was, theme = self._was, self.theme
        self.pulse = LineField(theme, _("Pulse"))
        self.systolic = LineField(theme, _("Blood pressure, first number"))
        self.diastolic = LineField(theme, _("Second number"))
        values = (was.pulse, was.systolic, was.diastolic)
        for field, value in zip((self.pulse, self.systolic, self.diastolic), values, strict=True):
            field.edit.setText("" if value is None else str(value))
            field.edit.setMaxLength(3)
        self._readings = QWidget()
        row = QHBoxLayout(self._readings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field in (self.pulse, self.systolic, self.diastolic):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignBottom)

    def _build_effect(self) -> None:
        was, theme = self._was, self.theme
        effects: list[tuple[object, str]] = [(key, _(words)) for key, words in EFFECTS.items()]
        effects.append((_OTHER, _("Something else")))
        known = was.effect if was.effect in EFFECTS or not was.effect else _OTHER
        self.effect = MenuField(theme, _("Side effect"), effects, known or next(iter(EFFECTS)))
        self.other = LineField(theme, _("What it was"))
        self.other.edit.setText(was.effect if known == _OTHER else "")
        strengths: list[tuple[object, str]] = [("", _("Not said yet"))]
        strengths += [(str(one), _(STRENGTH_WORDS[one])) for one in Strength]
        self.strength = MenuField(theme, _("How strong"), strengths, str(was.strength or ""))
        self._effect = QWidget()
        column = QVBoxLayout(self._effect)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.effect, self.other, self.strength):
            column.addWidget(part)

    def _lay_out(self) -> None:
        self.body.setSpacing(14)
        self.day.set_needed(True)
        self.time.set_needed(True)
        parts = (self.kind, self.day, self.time, self._readings, self._effect, self.words, self.by)
        for part in parts:
            self.body.addWidget(part)
        share = QHBoxLayout()
        share.setSpacing(8)
        share.addWidget(self.never_share)
        share.addWidget(Icon(self.theme, "eye-off", "ink2", 16))
        share.addStretch(1)
        self.body.addLayout(share)
        if self._moment is not None:
            if self._moment.in_room:
                marked = _("Marked in the session, at {time}.").format(time=clock_words(self._was.at.local()))
                self.body.addWidget(Text(self.theme, marked, "caption", "ink2"))
            delete = Button(self.theme, _("Delete this moment"), "quiet_neutral", "trash-2", small=True)
            delete.clicked.connect(self._delete)
            self.body.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeading)
        self.kind.chosen.connect(self._chosen)
        self.effect.chosen.connect(self._chosen)

    def _remember(self) -> None:
        for name, menu in (
            ("kind", self.kind), ("effect", self.effect), ("strength", self.strength), ("by", self.by),
        ):  # fmt: skip
            self.keep_field(name, menu.value, menu.set_value)
        self.keep_field("day", self.day.value, self.day.set_value)
        self.keep_field("time", self.time.value, self.time.set_value)
        text_field(self, "words", self.words.text, self.words.set_text)
        for name, line in (
            ("pulse", self.pulse), ("systolic", self.systolic), ("diastolic", self.diastolic), ("other", self.other),
        ):  # fmt: skip
            text_field(self, name, line.text, line.edit.setText)
        self.keep_field("never share", self.never_share.isChecked, self.never_share.setChecked)
        self.words.set_text(self._was.words)

    def _chosen(self, _value: object) -> None:
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self.kind.value()
        self._readings.setVisible(kind == str(MomentKind.VITALS))
        self._effect.setVisible(kind == str(MomentKind.EFFECT))
        self.other.setVisible(self.effect.value() == _OTHER)

    # --- saving -------------------------------------------------------------------------------------------------------

    def mark(self) -> Mark | None:
        """The moment as the fields have it; None where a number has to be looked at.

        Raises:
            WrongUsage: it says nothing of its kind.
        """
        kind = MomentKind(str(self.kind.value()))
        words = self.words.text()
        day, time = self.day.value(), self.time.value()
        if day is None or time is None:
            return None
        fields: dict[str, Any] = {"words": words, "by": By(str(self.by.value()))}
        if kind is MomentKind.VITALS:
            numbers = self._numbers()
            if numbers is None:
                return None
            fields |= numbers
        elif kind is MomentKind.EFFECT:
            effect = str(self.effect.value())
            fields["effect"] = self.other.text().strip() if effect == _OTHER else effect
            fields["strength"] = Strength(str(self.strength.value())) if self.strength.value() else None
        elif words.strip():
            kind = MomentKind.WORDS
        was = self._was.at if self._moment is not None else None
        return Mark(kind, zoned(day, time, self._was.at.zone, was), **fields)

    def _numbers(self) -> dict[str, int | None] | None:
        found: dict[str, int | None] = {}
        for name, field in (("pulse", self.pulse), ("systolic", self.systolic), ("diastolic", self.diastolic)):
            text = field.text().strip()
            field.set_error("")
            if text and not text.isdecimal():
                field.set_error(_("Write it as a whole number, or leave it empty."))
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return None
            found[name] = int(text) if text else None
        return found

    def work(self) -> Callable[[Journal], object] | None:
        """Add it, or save it again."""
        mark = self.mark()
        if mark is None:
            return None
        never = self.never_share.isChecked()
        if self._moment is None:
            return partial(add_moment, session_id=self._session.id, mark=mark, never_share=never)
        return partial(change_moment, moment_id=self._moment.id, mark=mark, never_share=never)

    def _delete(self) -> None:
        self._cancelled()
        if self._moment is not None:
            self.delete_wanted.emit(self._moment.id)


def _first_time(session: Session, now: ZonedTime) -> ZonedTime:
    """Where the clock of a new moment stands: now while the session goes on, else at its beginning or on its day."""
    draft = session.draft
    if is_running(session, now):
        return now
    if draft.started is not None:
        return draft.started
    if session.state is SessionState.HELD and session.day is not None:
        return zoned(session.day, draft.at or time(12), draft.zone, None)
    return now


def _shown_kind(kind: MomentKind) -> MomentKind:
    """A mark and words are one kind to a person: a moment, with words or without."""
    return MomentKind.MARK if kind is MomentKind.WORDS else kind


def _kinds() -> list[tuple[object, str]]:
    return [
        (str(MomentKind.MARK), _("A moment")),
        (str(MomentKind.VITALS), _("Vital signs")),
        (str(MomentKind.EFFECT), _("A side effect")),
    ]
