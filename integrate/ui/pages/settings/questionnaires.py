"""Settings: which questionnaires are suggested and when, the way to each of them, and those that were filled in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.form_schedule import FormPlan
from integrate.domain.log_schedule import LogPlan
from integrate.i18n import N_, _
from integrate.journal.logs import log_plan, set_log_plan
from integrate.journal.questionnaires import Library, library
from integrate.journal.responses import form_plan, set_form_plan
from integrate.ui.forms.opening import open_form
from integrate.ui.forms.phq_sheet import PHQ_TITLE, PHQ_WORDS, PhqSheet
from integrate.ui.forms.slow_sheet import open_slow
from integrate.ui.forms.words import minutes_words
from integrate.ui.pages.settings.past_logs import PastLogs
from integrate.ui.pages.settings.past_responses import PastResponses
from integrate.ui.pages.settings.rows import ButtonRow, SwitchRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_WHICH: Final = (("gad7", N_("GAD-7")), ("pcl5", N_("PCL-5")), ("k6", N_("K6")))
_WHEN: Final = (
    ("baseline", N_("Before the first session")),
    ("before_sessions", N_("Before later sessions")),
    ("after_last", N_("Two weeks after the last session")),
    ("monthly", N_("Once a month")),
)
_LOGS: Final = (
    ("effects", N_("Side effects, the evening of a session and the day after")),
    ("slow", N_("What changes slowly, every four weeks")),
)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the section shows."""

    forms: FormPlan
    logs: LogPlan
    library: Library


class QuestionnairesSection(Section):
    """Every switch takes effect at once. What is switched off can still be filled in from here."""

    id = "questionnaires"
    title = N_("Questionnaires")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.add_words(_("Suggested on Today as one quiet line, which “Not now” ends. Nothing here is ever late."))
        self.phq = ButtonRow(self.theme, _(PHQ_TITLE), _("Not chosen yet."), _("Choose…"))
        self.phq.pressed.connect(self._choose_phq)
        self.add(self.phq)
        self.switches: dict[str, SwitchRow] = {}
        self._add_switches(_WHICH, "forms")
        self.add_part(_("When PHQ and GAD-7 are suggested"))
        self._add_switches(_WHEN, "forms")
        self.add_part(_("Notes of facts"))
        self._add_switches(_LOGS, "logs")
        self.add_part(_("Fill one in"))
        self.forms: dict[str, ButtonRow] = {}
        self._forms = QWidget()
        self._forms_column = QVBoxLayout(self._forms)
        self._forms_column.setContentsMargins(0, 0, 0, 0)
        self._forms_column.setSpacing(0)
        self.refused = Text(self.theme, "", "caption", "ink2")
        self.refused.hide()
        self.add(self._forms)
        self._forms_column.addWidget(self.refused)
        title, note = _("What changes slowly"), _("Bladder, memory, pull toward unplanned doses. About a minute.")
        self.slow = ButtonRow(self.theme, title, note, _("Open"), name=_("Open {title}").format(title=title))
        self.slow.pressed.connect(self._open_slow)
        self.slow.button.setEnabled(self.desk.may_write)
        self.add(self.slow)
        self.add_part(_("What you answered"))
        self.past = PastResponses(context)
        self.add(self.past)
        self.add_part(_("What you noted"))
        self.logs = PastLogs(context)
        self.add(self.logs)
        self._plan = FormPlan()
        self.desk.changed.connect(self._changed)

    def _add_switches(self, rows: tuple[tuple[str, str], ...], kind: str) -> None:
        for name, words in rows:
            row = self.switches[name] = SwitchRow(self.theme, _(words), _("Suggested."), _("Not suggested."))
            row.switched.connect(partial(self._switched, kind, name))
            self.add(row)

    def refresh(self) -> None:
        """Read what is chosen and what was filled in."""
        if self.desk.is_open:
            work = partial(_read, data_folder=self.context.program.paths.data_folder)
            self.desk.read(self, work, self._show, self.context.shell.tell_trouble)
            self.past.read()
            self.logs.read()

    def _changed(self, changes: Changes) -> None:
        if changes.areas & {"responses", "logs", "sessions"} and self.isVisible():
            self.refresh()

    def _show(self, chosen: _Chosen) -> None:
        self._plan = chosen.forms
        phq = chosen.forms.phq
        self.phq.set_note(_("Not chosen yet.") if phq is None else _(PHQ_WORDS[phq]))
        for name, row in self.switches.items():
            row.set_on(bool(getattr(chosen.logs if name in dict(_LOGS) else chosen.forms, name)))
        for place, (key, asked) in enumerate(chosen.library.questionnaires.items()):
            if key not in self.forms:
                note = ". ".join(filter(None, (asked.description, minutes_words(asked))))
                opened = self.forms[key] = ButtonRow(
                    self.theme, asked.title, note, _("Open"), name=_("Open {title}").format(title=asked.title)
                )
                opened.pressed.connect(partial(self._open, key))
                opened.button.setEnabled(self.desk.may_write)
                self._forms_column.insertWidget(place, opened)
        self.refused.set_text("\n".join(one.words for one in chosen.library.refused))
        self.refused.setVisible(bool(chosen.library.refused))

    def _open(self, key: str) -> None:
        open_form(self.context, self, key)

    def _open_slow(self) -> None:
        open_slow(self.context, self)

    def _choose_phq(self) -> None:
        PhqSheet(self.context, self._plan.phq).open()

    def _switched(self, kind: str, name: str, on: bool) -> None:
        work = partial(_change_forms if kind == "forms" else _change_logs, change={name: on})
        self.desk.write(self, work, None, self.failed)


def _read(journal: Journal, _stop: Stop, data_folder: Path) -> _Chosen:
    return _Chosen(form_plan(journal), log_plan(journal), library(data_folder))


def _change_forms(journal: Journal, change: dict[str, Any]) -> Changes:
    return set_form_plan(journal, replace(form_plan(journal), **change))


def _change_logs(journal: Journal, change: dict[str, Any]) -> Changes:
    return set_log_plan(journal, replace(log_plan(journal), **change))
