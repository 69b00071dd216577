"""What a screen reader meets, told over a pipe: run by Debian's own Python, which has pyatspi; imports nothing of ours.

One request in a line of JSON, one answer in a line of JSON. A thing on the screen is told by its role, name,
description, states, text and place.
"""

import json
import sys

import pyatspi
from gi.repository import Atspi

APPLICATION = "integrate"
_PATIENCE = 1000  # milliseconds


def application():
    """The program's own root, or None while it has not introduced itself (or is gone)."""
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.setCacheMask(pyatspi.cache.NONE)  # what was read a moment ago may have changed
    desktop.clearCache()
    for child in list(desktop):
        if child is not None and child.name == APPLICATION:
            child.setCacheMask(pyatspi.cache.NONE)
            child.clearCache()
            return child
    return None


def things(thing):
    """Everything below that is on the screen, in the order of the tree."""
    try:
        children = list(thing)
    except Exception:  # the thing went away while it was asked
        return
    for child in children:
        if child is None:
            continue
        try:
            states = child.getState()
            showing = states.contains(pyatspi.STATE_SHOWING)
        except Exception:
            continue
        if showing or child.getRole() == pyatspi.ROLE_MENU_BAR:
            yield child
            yield from things(child)


def told(thing):
    """A thing in words and numbers."""
    states = {pyatspi.stateToString(state) for state in thing.getState().getStates()}
    answer = {
        "role": thing.getRoleName(),
        "name": thing.name or "",
        "description": thing.description or "",
        "states": sorted(states),
        "text": None,
        "place": None,
    }
    interfaces = pyatspi.listInterfaces(thing)
    if "Text" in interfaces:
        answer["text"] = words_of(thing)
    elif thing.getRole() == pyatspi.ROLE_COMBO_BOX:
        answer["text"] = chosen_in(thing)
    if "Component" in interfaces:
        box = thing.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        answer["place"] = [box.x, box.y, box.width, box.height]
    return answer


def words_of(thing):
    """What is written in a thing, or "" where it has no text."""
    if "Text" not in pyatspi.listInterfaces(thing):
        return ""
    text = thing.queryText()
    return text.getText(0, text.characterCount)


def chosen_in(combo):
    """The answer that stands in a list to choose from: what is selected in its list, which need not be open."""
    for answers in list(combo):
        for answer in list(answers):
            if answer.getState().contains(pyatspi.STATE_SELECTED):
                return answer.name
    return ""


def fits(thing, request):
    """Whether a thing is what the request asks for."""
    name, holds = thing.name or "", request.get("holds")
    if request.get("name") not in (None, name):
        return False
    if request.get("role") not in (None, thing.getRoleName()):
        return False
    if request.get("describes") not in (None, thing.description or ""):
        return False
    if holds is not None and holds not in name and holds not in words_of(thing):
        return False
    return not request.get("focused") or thing.getState().contains(pyatspi.STATE_FOCUSED)


def answer(request):
    """The first thing that is asked for, all of them, or the one that has the focus; None where there is none."""
    root = application()
    if root is None:
        return None
    found = []
    for thing in things(root):
        try:
            if fits(thing, request):
                found.append(told(thing))
        except Exception:  # it went away meanwhile
            continue
        if found and not request.get("all") and not request.get("focused"):
            return found[0]
    if request.get("focused"):
        return found[-1] if found else None  # a part that passes the focus on says that it has it, too
    return found if request.get("all") else None


def main():
    """Answer until standard input ends."""
    # Of a thing that goes away while it is asked no answer comes; who asked then looks again.
    Atspi.set_timeout(_PATIENCE, _PATIENCE)
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as error:
            reply = None
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
