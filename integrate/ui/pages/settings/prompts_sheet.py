"""All questions by phase, each with a box to tick: what is not ticked is not offered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from integrate.domain.entry import Phase
from integrate.i18n import _
from integrate.ui.pages.settings.rows import only_to_read
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.glyphs import PhaseGlyph, phase_word
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.prompts import Prompt
    from integrate.ui.page import PageContext

_WIDTH = 680


class PromptsSheet(Sheet):
    """Each tick takes effect at once."""

    def __init__(self, context: PageContext, prompts: Sequence[Prompt]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Which questions are offered"), width=_WIDTH)
        self._desk = context.desk
        self._hidden = set(context.desk.preferences.hidden_prompts)
        self.boxes: dict[str, TickBox] = {}
        words = _("What is not ticked is not offered. Entries that answered it keep it.")
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        if not context.desk.may_write:
            self.body.addWidget(Text(self.theme, only_to_read(), "body", "ink2"))
        for phase in Phase:
            self._add_phase(phase, [prompt for prompt in prompts if prompt.phase is phase])
        self.body.addStretch(1)
        self.add_done()

    def _add_phase(self, phase: Phase, prompts: Sequence[Prompt]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        row.addWidget(PhaseGlyph(self.theme, phase))
        row.addWidget(Heading(self.theme, phase_word(phase), 3), 1)
        self.body.addLayout(row)
        for prompt in prompts:
            box = TickBox(self.theme, _without_mnemonic(prompt.text))
            box.setAccessibleName(prompt.text)
            box.setChecked(prompt.id not in self._hidden)
            box.setEnabled(self._desk.may_write)
            box.clicked.connect(partial(self._ticked, prompt.id))
            self.body.addWidget(box)
            self.boxes[prompt.id] = box

    def _ticked(self, prompt_id: str) -> None:
        if self.boxes[prompt_id].isChecked():
            self._hidden.discard(prompt_id)
        else:
            self._hidden.add(prompt_id)
        self._desk.change_preferences(self, hidden_prompts=frozenset(self._hidden))


def _without_mnemonic(text: str) -> str:
    return text.replace("&", "&&")
