"""The sentences around a questionnaire, where each word was weighed: before it, at item 9, and on the card after it.

They are the program's own and go through the translation; the texts of a questionnaire do not.
"""

from __future__ import annotations

from typing import Final

from integrate.i18n import N_, _

BEFORE_A_FORM: Final = N_("No one sees these answers unless you share them.")
"""Above every form."""

CONTENT_NOTE: Final = N_(
    "These questions are about a very stressful experience. You can leave any of them out, or stop at any time."
)
"""Before a tender form."""

PREFER_NOT: Final = N_("Prefer not to answer")
HELP_NOW: Final = N_("Help now")
BACK: Final = N_("Back to my journal")

AT_ITEM_9: Final = N_("If you might act on these thoughts, help is here: Help now. You can also finish first.")
"""At once, one line, where an item about harm is answered above 0."""

PHQ_8_NOTE: Final = N_("PHQ-8 does not ask about thoughts of suicide.")
"""Where somebody chooses between PHQ-9 and PHQ-8."""

LOWER_MEANS_FEWER: Final = N_("Lower means fewer of these problems")
"""Beside a change of a questionnaire that says so."""


def card_words(emergency: str, crisis_line: str = "") -> str:
    """The card after saving. The slots are numbers as people type them; where no crisis line is known, one slot."""
    if not crisis_line:
        return _(
            "Thank you for answering. Thoughts like these can come with a hard time, and you do not have to carry them "
            "alone. If you might act on them, call {emergency} now. Nobody sees this answer unless you share it: "
            "integrate cannot alert anyone."
        ).format(emergency=emergency)
    return _(
        "Thank you for answering. Thoughts like these can come with a hard time, and you do not have to carry them "
        "alone. If you might act on them, call {emergency} or {crisis_line} now. Nobody sees this answer unless you "
        "share it: integrate cannot alert anyone."
    ).format(emergency=emergency, crisis_line=crisis_line)


def person_words(name: str, number: str) -> str:
    """One of the person's own people on the card, as text: a computer cannot call them."""
    return _("{name}, {number}. May not answer at night.").format(name=name, number=number)
