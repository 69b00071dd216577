"""What a sitter is told: when to call for help, and what sitters do before, during and after a session."""

from __future__ import annotations

from typing import Final

from integrate.i18n import N_

SIGNS: Final = (
    N_("Chest pain"),
    N_("Trouble breathing"),
    N_("Cannot be woken"),
    N_("A seizure"),
    N_("A severe headache"),
    N_("Vomiting again and again, and drowsy"),
    N_("Danger to self or others"),
)
"""When to call the emergency number."""

CALL_AT_ONCE: Final = N_("Call at once for any of these:")
IF_NOT_SURE: Final = N_("If you are not sure, call. They will tell you what to do.")

BEFORE: Final = (
    N_("We agreed on touch, on the stop word, and on what to do in an emergency."),
    N_("The numbers are on this paper. My phone is charged."),
    N_("Water, a bowl and a blanket are near. The way to the bathroom is clear."),
    N_("What could hurt somebody is out of the way."),
)
DURING: Final = (
    N_("I stay sober and calm, and I do not leave."),
    N_("I say little and do not steer."),
    N_("I note times and what I see."),
)
AFTER: Final = (
    N_("Food and rest. Decisions can wait."),
    N_("Driving: as the clinic said."),
)
"""What sitters do, in the sitter's own voice, to be ticked."""
