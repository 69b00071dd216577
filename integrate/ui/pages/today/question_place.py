"""Where Today asks: one thing at a time, the most pressing first, above the question of the day."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.appointments import Talk
from integrate.domain.welcome_back import plan_key
from integrate.journal.asking import OnceAsked
from integrate.journal.moments import TouchAnswer
from integrate.ui.pages.today.questions import (
    LOOK,
    NOT_NOW,
    PLAN,
    READ,
    WRITE,
    EndCard,
    LetterCard,
    PlansCard,
    TouchPointCard,
    WelcomeCard,
)
from integrate.ui.pages.today.talk_card import TalkCard

if TYPE_CHECKING:
    from integrate.domain.sessions import Session
    from integrate.journal.letters import ClosedLetter
    from integrate.ui.pages.today.answers import Answers
    from integrate.ui.pages.today.quiet_card import QuietCard
    from integrate.ui.pages.today.reading import Today
    from integrate.ui.theme.theme import Theme

_NOTED: Final = MappingProxyType(
    {"end": OnceAsked.END, "plans": OnceAsked.PLAN, Talk.BEFORE: OnceAsked.BEFORE, Talk.AFTER: OnceAsked.AFTER}
)
"""What is asked once, by the kind of its card."""

Key = tuple[str, ...]
"""What a card is known by: as long as it stays the same, the card stays, and what was typed into it."""


class QuestionPlace(QWidget):
    """``write_wanted`` brings the session to write about, or None; ``changed``: a card went that nothing is kept of."""

    write_wanted = Signal(object)  # Session or None
    page_wanted = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme, answers: Answers, *, may_write: bool, plan: bool) -> None:
        super().__init__()
        self._theme = theme
        self._answers = answers
        self._may_write = may_write
        self._has_plan_page = plan
        self._left: set[UUID] = set()  # letters that were left closed, until the page is opened again
        self._noted: set[Key] = set()
        self._narrow: bool | None = None
        self._room = 0
        self.cards: dict[Key, QuietCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.hide()

    def begin_anew(self) -> None:
        """The page was opened: a letter that was left closed is offered again."""
        self._left.clear()

    def show_today(self, today: Today, *, welcome: bool) -> None:
        """Show what is to be asked now. After a while away it is the welcome, and all dates that went by."""
        wanted = self._welcome(today) if welcome else self._asked(today)[:1]
        for key in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        for place, key in enumerate(wanted):
            if key not in self.cards:
                self.cards[key] = self._made(key, today)
                self._column.insertWidget(place, self.cards[key])
        self._follow(today)
        self.setVisible(bool(self.cards))
        self._fit()
        if self.isVisible():
            self._note(today)

    def flush(self) -> None:
        """Keep what was typed into a card."""
        for card in self.cards.values():
            if isinstance(card, TalkCard):
                card.flush()

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        self._room, self._narrow = room, narrow
        self._fit()

    def _fit(self) -> None:
        if self._narrow is not None:
            for card in self.cards.values():
                card.set_room(self._room, narrow=self._narrow)

    def _follow(self, today: Today) -> None:
        """A card that stays learns what was kept meanwhile."""
        for card in self.cards.values():
            if isinstance(card, TalkCard) and today.conversation is not None:
                card.show_lines(today.conversation.lines)

    # --- what there is to ask -----------------------------------------------------------------------------------------

    def _welcome(self, today: Today) -> list[Key]:
        return [("welcome",), *self._plans(today)]

    def _asked(self, today: Today) -> list[Key]:
        course = today.course
        keys: list[Key] = []
        if course is not None and course.where.unended is not None and self._may_write:
            keys.append(("end", str(course.where.unended.id)))
        keys += self._plans(today)
        letter = self._letter(today)
        if letter is not None:
            keys.append(("letter", str(letter.id)))
        if today.touch_point is not None and course is not None and course.where.last is not None and self._may_write:
            keys.append(("touch", str(course.where.last.id), str(today.touch_point)))
        if today.conversation is not None and self._may_write:
            keys.append((today.conversation.asking.talk, today.conversation.asking.appointment.key))
        return keys

    def _plans(self, today: Today) -> list[Key]:
        if not today.past_plans or not self._may_write:
            return []
        return [("plans", *(plan_key(plan) for plan in today.past_plans))]

    def _letter(self, today: Today) -> ClosedLetter | None:
        return next((letter for letter in today.letters if letter.id not in self._left), None)

    def _made(self, key: Key, today: Today) -> QuietCard:
        card: QuietCard
        match key[0]:
            case "welcome":
                card = WelcomeCard(self._theme, may_write=self._may_write, plan=self._has_plan_page)
                card.answered.connect(self._welcome_answered)
            case "plans":
                card = plans = PlansCard(self._theme, today.past_plans, today.day)
                card.answered.connect(partial(self._plans_declined, plans))
                plans.chosen.connect(partial(self._answers.plan_answered, plans))
            case "letter":
                card = self._made_letter(today)
            case "end":
                assert today.course is not None
                assert today.course.where.unended is not None
                card = end = EndCard(self._theme, today.course.where.unended, today.day)
                card.answered.connect(partial(self._answers.end_answered, end))
            case Talk.BEFORE | Talk.AFTER:
                card = self._made_talk(today)
            case _touch:
                assert today.course is not None
                assert today.course.where.last is not None
                assert today.touch_point is not None
                card = TouchPointCard(self._theme, today.course.where.last, today.touch_point, today.day)
                card.answered.connect(partial(self._touch_answered, today.course.where.last, today.touch_point))
        return card

    def _made_letter(self, today: Today) -> QuietCard:
        letter = self._letter(today)
        assert letter is not None
        sessions = today.course.sessions if today.course is not None else ()
        number = next((one.ref.number for one in sessions if one.id == letter.session_id), None)
        card = LetterCard(self._theme, letter.id, number)
        card.answered.connect(partial(self._letter_answered, card))
        return card

    def _made_talk(self, today: Today) -> QuietCard:
        assert today.conversation is not None
        card = TalkCard(self._theme, today.conversation.asking, today.conversation.lines, today.day)
        card.line_written.connect(partial(self._answers.line_written, card))
        card.answered.connect(partial(self._talk_answered, card))
        return card

    def _note(self, today: Today) -> None:
        """What comes once is noted when it is on the screen."""
        for key in self.cards:
            kind = _NOTED.get(key[0])
            if kind is None or key in self._noted or today.asked.shown(kind, key[1:]):
                continue
            self._noted.add(key)
            self._answers.shown(kind, key[1:], today.day)

    # --- answers ------------------------------------------------------------------------------------------------------

    def _welcome_answered(self, key: str) -> None:
        if key == WRITE:
            self.write_wanted.emit(None)
        else:
            self.page_wanted.emit({LOOK: "journal", PLAN: "sessions"}[key])

    def _plans_declined(self, card: PlansCard, _key: str) -> None:
        self._answers.plans_declined(card)

    def _letter_answered(self, card: LetterCard, key: str) -> None:
        if key == READ:
            self._answers.read_letter(card, card.letter_id)
        else:
            self._left.add(card.letter_id)
            self.changed.emit()

    def _talk_answered(self, card: TalkCard, key: str) -> None:
        if key == NOT_NOW:
            self._answers.talk_declined(card)

    def _touch_answered(self, session: Session, day: int, key: str) -> None:
        answer = TouchAnswer.DONE if key == WRITE else TouchAnswer.NOT_NOW
        self._answers.touch_point(session, day, answer)
        if key == WRITE:
            self.write_wanted.emit(session)
