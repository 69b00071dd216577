"""Writing: questions, spelling, and what keyboards and clipboards may learn."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from integrate.i18n import N_, _, ngettext
from integrate.ui.pages.settings.own_prompts import OwnPrompts
from integrate.ui.pages.settings.own_words import OwnWordsSheet
from integrate.ui.pages.settings.prompts_sheet import PromptsSheet
from integrate.ui.pages.settings.rows import ButtonRow, MenuRow, SwitchRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.platform import notices

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.prompts import Prompt
    from integrate.journal.opening import Journal
    from integrate.system.spelling import Dictionary
    from integrate.ui.page import PageContext

_LINUX = sys.platform.startswith("linux")


class WritingSection(Section):
    """What is chosen lies inside the journal, except for the second clipboard, which is this computer's."""

    id = "writing"
    title = N_("Writing")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._prompts: tuple[Prompt, ...] = ()
        self._dictionaries: tuple[Dictionary, ...] | None = None
        self._make_rows()
        self.own = OwnPrompts(context)
        self.add(self.prompts)
        self.add(self.choose_prompts)
        self.add(self.on_this_day)
        self.add(self.look_back)
        self.add_part(_("My own questions"))
        self.add(self.own, writes=False)
        self.add_part(_("Spelling"))
        self.add(self.spelling)
        self.add(self.own_words, writes=False)
        self.add_part(_("What others may learn"))
        self.add(self.sensitive)
        if _LINUX:
            self.add(self.primary, writes=False)
        self._connect()

    def _make_rows(self) -> None:
        theme = self.theme
        self.prompts = SwitchRow(
            theme, _("Questions to write about"),
            _("On. Today offers one, and you can always ask for another."), _("Off. Every page begins empty."),
        )  # fmt: skip
        self.choose_prompts = ButtonRow(
            theme, _("Which questions are offered"), "", _("Choose…"), name=_("Choose which questions are offered")
        )
        self.on_this_day = SwitchRow(
            theme, _("On this day"),
            _("On. Today shows what you wrote on this day in earlier years."), _("Off. Earlier years stay away."),
        )  # fmt: skip
        self.look_back = SwitchRow(
            theme, _("Tell me when there is something to look back at"),
            _("On. A short notice without any content, only while Integrate is open."),
            _("Off. Today shows it, and nothing else does."),
        )  # fmt: skip
        if not notices.can_notify():
            self.look_back.set_unavailable(_("This desktop has no place where a notice could be shown."))
        self.spelling = MenuRow(theme, _("Check spelling"), (), note=_("It is checked here. Nothing is sent anywhere."))
        self.own_words = ButtonRow(theme, _("My words"), "", _("Show…"), name=_("Show my words"))
        self.sensitive = SwitchRow(
            theme, _("Keyboards must not learn from this journal"),
            _("On. Input methods are asked to keep and suggest nothing."),
            _("Off. An input method may remember words to suggest them."),
        )  # fmt: skip
        self.primary = SwitchRow(
            theme, _("Marked text goes to the second clipboard"),
            _("On. Other programs can read whatever you mark."), _("Off. Marking copies nothing."),
        )  # fmt: skip

    def _connect(self) -> None:
        self.prompts.switched.connect(self._prompts_switched)
        self.choose_prompts.pressed.connect(self.open_prompts)
        self.on_this_day.switched.connect(self._on_this_day_switched)
        self.look_back.switched.connect(self._look_back_switched)
        self.spelling.chosen.connect(self._spelling_chosen)
        self.own_words.pressed.connect(self.open_own_words)
        self.sensitive.switched.connect(self._sensitive_switched)
        self.primary.switched.connect(self._primary_switched)
        self.own.changed.connect(self._read_prompts)

    def refresh(self) -> None:
        """Show what is chosen, and read the questions."""
        chosen = self.desk.preferences
        self.prompts.set_on(chosen.prompts_on)
        self.on_this_day.set_on(chosen.on_this_day)
        self.look_back.set_on(chosen.look_back_notice)
        self.sensitive.set_on(chosen.sensitive_input)
        self.primary.set_on(self.context.program.settings.primary_selection)
        self._show_words()
        self._read_prompts()
        if self._dictionaries is None:
            self.context.program.background.submit(self, _dictionaries, self._show_dictionaries, self._failed_to_read)
        else:
            self._show_dictionaries(self._dictionaries)

    # --- questions ----------------------------------------------------------------------------------------------------

    def open_prompts(self) -> PromptsSheet:
        """Open the list of all questions."""
        sheet = PromptsSheet(self.context, self._prompts)
        sheet.open()
        return sheet

    def _read_prompts(self) -> None:
        if self.desk.is_open:
            self.desk.read(self, _all_prompts, self._show_prompts, self._failed_to_read)

    def _show_prompts(self, prompts: tuple[Prompt, ...]) -> None:
        self._prompts = prompts
        hidden = self.desk.preferences.hidden_prompts
        offered = sum(prompt.id not in hidden for prompt in prompts)
        words = ngettext("{count} of {all} is offered.", "{count} of {all} are offered.", offered)
        self.choose_prompts.set_note(words.format(count=offered, all=len(prompts)))
        self.own.show_prompts(prompts)

    def _prompts_switched(self, on: bool) -> None:
        self.choose(prompts_on=on)

    def _on_this_day_switched(self, on: bool) -> None:
        self.choose(on_this_day=on)

    def _look_back_switched(self, on: bool) -> None:
        self.choose(look_back_notice=on)

    # --- spelling -----------------------------------------------------------------------------------------------------

    def open_own_words(self) -> OwnWordsSheet:
        """Open the list of words that are right in this journal."""
        sheet = OwnWordsSheet(self.context)
        sheet.open()
        return sheet

    def _show_words(self) -> None:
        count = len(self.desk.preferences.own_words)
        words = ngettext("{count} word is right in this journal.", "{count} words are right in this journal.", count)
        self.own_words.set_note(
            words.format(count=QLocale().toString(count)) if count else _("Words you add while writing come here.")
        )

    def _show_dictionaries(self, dictionaries: tuple[Dictionary, ...]) -> None:
        self._dictionaries = dictionaries
        chosen = self.desk.preferences.spelling
        options: list[tuple[object, str]] = [("", _("Off"))]
        names = [language_name(found.code) for found in dictionaries]
        options.extend(
            (found.code, name if names.count(name) == 1 else f"{name} ({found.code})")
            for found, name in zip(dictionaries, names, strict=True)
        )
        if chosen and chosen not in {found.code for found in dictionaries}:
            options.append((chosen, _("{language} (not on this computer)").format(language=language_name(chosen))))
        self.spelling.set_options(options, chosen)

    def _spelling_chosen(self, code: object) -> None:
        self.choose(spelling=code)

    # --- what others may learn ----------------------------------------------------------------------------------------

    def _sensitive_switched(self, on: bool) -> None:
        self.choose(sensitive_input=on)

    def _primary_switched(self, on: bool) -> None:
        self.context.program.change_settings(primary_selection=on)

    def _failed_to_read(self, error: Exception) -> None:
        self.context.shell.tell_trouble(error)


def language_name(code: str) -> str:
    """The language of a dictionary in its own words; the code where Qt knows no name."""
    locale = QLocale(code)
    name = locale.nativeLanguageName()
    if locale.language() == QLocale.Language.C or not name:
        return code
    return name[0].upper() + name[1:]


def _dictionaries() -> tuple[Dictionary, ...]:
    from integrate.system.spelling import available_dictionaries

    return available_dictionaries()


def _all_prompts(journal: Journal, _stop: Stop) -> tuple[Prompt, ...]:
    from integrate.journal.prompts import all_prompts

    return all_prompts(journal)
