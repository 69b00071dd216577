"""Sections: what goes along as a whole, the question about single answers, and measures to leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sharing import DEFAULT_SECTIONS, Section
from integrate.i18n import _, ngettext
from integrate.ui.pages.share.parts import BelowWords
from integrate.ui.pages.share.words import ASK_ITEMS, SECTION_WORDS, questionnaire_count
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from integrate.domain.entry import SessionRef
    from integrate.ui.pages.share.reading import Offer
    from integrate.ui.theme.theme import Theme


class SectionsPart(QWidget):
    """``changed`` follows every change, ``measures_wanted`` a press on the measures. Nothing is ticked at first."""

    changed = Signal()
    measures_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._responses = 0
        self._touched = False
        self.left_out: frozenset[UUID] = frozenset()
        self.boxes: Mapping[Section, TickBox] = {one: TickBox(theme, _(SECTION_WORDS[one])) for one in Section}
        self.counts = {one: Text(theme, "", "caption", "ink3", wrap=False) for one in Section}
        self.measures = FlushButton(theme, "")
        self.question = _ItemQuestion(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Text(theme, _("Sections"), "label", "ink2", weight=500))
        column.addSpacing(4)
        for section, box in self.boxes.items():
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(box, 1)
            row.addWidget(self.counts[section], 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
            box.toggled.connect(self._show_what_follows)
            box.clicked.connect(self._ticked)
            if section is Section.QUESTIONNAIRES:
                column.addWidget(self.question)
            if section is Section.MOOD:
                column.addWidget(BelowWords(theme, self.measures))
        self.question.chosen.connect(self.changed)
        self.measures.clicked.connect(self.measures_wanted)
        self.set_left_out(frozenset())
        self._show_what_follows()

    def show_offer(self, offer: Offer, days: tuple[date, date], sessions: frozenset[SessionRef] | None) -> None:
        """Say how much there is of each in these days."""
        first, last = days
        responses = [one for one in offer.responses if first <= one[1] <= last]
        chosen = [
            one
            for one in offer.sessions
            if one.session.day is not None
            and first <= one.session.day <= last
            and (sessions is None or one.session.ref in sessions)
        ]
        readings = sum(one.readings for one in chosen)
        self._responses = len(responses)
        locale = QLocale()
        words = {
            Section.QUESTIONNAIRES: questionnaire_count(responses) or _("none"),
            Section.MOOD: "",
            Section.SESSIONS: locale.toString(len(chosen)) if chosen else _("none"),
            Section.THREADS: ngettext("{count} thread", "{count} threads", offer.threads).format(
                count=locale.toString(offer.threads)
            ),
            Section.VITALS: ngettext("{count} reading", "{count} readings", readings).format(
                count=locale.toString(readings)
            ),
        }
        for section, text in words.items():
            self.counts[section].set_text(text)
            self.counts[section].setVisible(bool(text))
            self.boxes[section].setAccessibleDescription(text)
        self.measures.setEnabled(bool(offer.measures))
        self._show_what_follows()

    def sections(self) -> frozenset[Section]:
        """What is ticked."""
        return frozenset(section for section, box in self.boxes.items() if box.isChecked())

    def offer_usual(self) -> None:
        """Tick what is usually in a file, once somebody is chosen; never over what a person ticked."""
        if not self._touched and not self.sections():
            for section, box in self.boxes.items():
                box.setChecked(section in DEFAULT_SECTIONS)
            self._touched = True

    def set_left_out(self, measures: frozenset[UUID]) -> None:
        """Leave these measures out."""
        self.left_out = measures
        count = len(measures)
        words = ngettext("{count} measure left out", "{count} measures left out", count)
        self.measures.setText(words.format(count=QLocale().toString(count)) if count else _("Leave measures out…"))

    def item_answers(self) -> bool | None:
        """Whether single answers go along; None where that was not asked, or not answered yet."""
        return self.question.answer() if self.asks() else None

    def asks(self) -> bool:
        """Whether the question about single answers has to be answered."""
        return self.boxes[Section.QUESTIONNAIRES].isChecked() and self._responses > 0

    def _ticked(self) -> None:
        self._touched = True
        self.changed.emit()

    def _show_what_follows(self) -> None:
        self.question.setVisible(self.asks())
        self.measures.setVisible(self.boxes[Section.MOOD].isChecked())


class _ItemQuestion(Card):
    """Asked, and nothing is chosen beforehand."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="surface", edge="line")
        words = _(ASK_ITEMS)
        self.include = Choice(theme, _("Include item answers"))
        self.totals = Choice(theme, _("Totals only"))
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        column.addWidget(Text(theme, words, "label"))
        for choice in (self.include, self.totals):
            self._group.addButton(choice)
            choice.setAccessibleDescription(words)
            column.addWidget(choice)
        self._group.buttonClicked.connect(self.chosen)
        self.setAccessibleName(words)

    def answer(self) -> bool | None:
        """What was answered."""
        if self.include.isChecked():
            return True
        return False if self.totals.isChecked() else None
