"""An insight: a new thought, or one that is there, with the words it came from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from integrate.domain.entry import SessionRef
from integrate.i18n import _
from integrate.journal.insights import add_insight, change_insight
from integrate.ui.pages.threads.parts import NeverShareRow, OwnWords
from integrate.ui.pages.threads.sheets import ActSheet, NeverShareKeeper
from integrate.ui.pages.threads.words import session_words, thread_name
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.threads import Insight
    from integrate.journal.threads import ThreadView
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown


class ThoughtSheet(ActSheet):
    """A new thought that comes from no entry. ``kept`` is what was written when it was closed unsaved."""

    def __init__(self, context: PageContext, shown: Shown, view: ThreadView | None, kept: str = "") -> None:
        super().__init__(context, _("Add a thought"))
        theme = context.theme
        field = TextArea(theme, _("In your words"), least=3)
        self.thread_field = MenuField(theme, _("Thread"), thread_options(shown), view.thread.id if view else None)
        sessions: list[tuple[object, str]] = [(None, _("No session"))]
        sessions += [(one.ref, session_words(one, shown.today)) for one in shown.sessions]
        self.about = MenuField(theme, _("After which session"), sessions, shown.latest(view))
        self.never_share = NeverShareRow(theme)
        self.save_button = Button(theme, _("Save"), "primary")
        self.body.addWidget(field)
        self.body.addWidget(self.thread_field)
        if shown.sessions:
            self.body.addWidget(self.about)
        else:
            self.about.setParent(self)
            self.about.hide()
        self.body.addWidget(self.never_share)
        self.begin_with(field, "", kept)
        self.finish_with(self.save_button)
        self.save_button.clicked.connect(self.keep)
        field.finished.connect(self.keep)

    def keep(self) -> None:
        """Save it."""
        if self.needs_words(_("One word is enough.")) or self.words is None:
            return
        thread_id, about = self.thread_field.value(), self.about.value()
        work = partial(
            add_insight,
            text=self.words.text().strip(),
            about=about if isinstance(about, SessionRef) else None,
            thread_id=thread_id if isinstance(thread_id, UUID) else None,
            never_share=self.never_share.switch.isChecked(),
        )
        self.write(work, self._kept)

    def _kept(self, _saved: object) -> None:
        self.close_saved()


class InsightSheet(ActSheet):
    """An insight that is there. What is to be done beyond its words is told to whoever opened it."""

    source_wanted = Signal()
    practice_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, context: PageContext, insight: Insight, kept: str = "") -> None:
        super().__init__(context, _("An insight"))
        self.insight = insight
        theme = context.theme
        field = TextArea(theme, _("In your words"), least=3)
        self.source_button = Button(theme, _("Show where it came from"), "secondary", small=True)
        self.practice_button = Button(theme, _("Begin a practice from it…"), "secondary", small=True)
        self.delete_button = Button(theme, _("Delete"), "quiet_neutral", "trash-2", small=True)
        self.save_button = Button(theme, _("Save"), "primary")
        self.body.addWidget(field)
        source = insight.source
        has_source = source.entry_id is not None or source.moment_id is not None
        if source.quote.strip():
            self.body.addWidget(Text(theme, _("It came from these words:"), "caption", "ink2"))
            self.body.addWidget(OwnWords(theme, source.quote))
        self.never_share = NeverShareKeeper(self, insight)
        self.body.addWidget(self.never_share)
        acts = [self.source_button] if has_source else []
        acts += [self.practice_button, self.delete_button] if self.may_write else []
        for act in (self.source_button, self.practice_button, self.delete_button):
            if act not in acts:
                act.setParent(self)
                act.hide()
        self.add_acts(acts)
        self.begin_with(field, insight.text, kept)
        self.finish_with(self.save_button)
        self.save_button.clicked.connect(self.keep)
        field.finished.connect(self.keep)
        self.source_button.clicked.connect(self._show_source)
        self.practice_button.clicked.connect(self._begin_practice)
        self.delete_button.clicked.connect(self._delete)

    def keep(self) -> None:
        """Save its words."""
        if not self.may_write or self.needs_words(_("One word is enough.")) or self.words is None:
            return
        self.write(partial(change_insight, insight_id=self.insight.id, text=self.words.text().strip()), self._kept)

    def _kept(self, _saved: object) -> None:
        self.close_saved()

    def _show_source(self) -> None:
        self.source_wanted.emit()

    def _begin_practice(self) -> None:
        self.practice_wanted.emit()

    def _delete(self) -> None:
        self.delete_wanted.emit()


def thread_options(shown: Shown) -> list[tuple[object, str]]:
    """The threads to choose from, those that are open first, and none of them."""
    views = sorted(shown.views(), key=_is_not_open)  # otherwise in their order
    return [(None, _("No thread yet")), *((view.thread.id, thread_name(view, shown.today)) for view in views)]


def _is_not_open(view: ThreadView) -> bool:
    return view.thread.state.value != "open"
