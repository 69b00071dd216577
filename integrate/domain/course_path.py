"""The drawn path of a course: its sessions as nodes in the order of time, and where today lies among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from integrate.domain.courses import Plan
from integrate.domain.sessions import Session, SessionState
from integrate.domain.where import in_order
from integrate.i18n import _, ngettext

MOST_NODES: Final = 12
"""As many sessions are shown at once; of more, those around today."""

_SOMEWHERE: Final = 0.5  # where no day says how far it is from one node to the next


class NodeState(StrEnum):
    """What a node stands for."""

    DONE = "done"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class PathNode:
    """A session on the path. ``day`` is its local day, None while it is open; its words are the window's business.

    ``session_id`` is None for one that is known from the number in the plan alone.
    """

    number: int
    day: date | None
    state: NodeState
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TodayMark:
    """Today, behind the node with the index ``after`` (-1: before the first), 0 ≤ ``fraction`` < 1 of the way on.

    A fraction of 0 lies on the node: its session is today. Where no day tells how far it is, today lies half-way.
    """

    after: int
    fraction: float


@dataclass(frozen=True, slots=True)
class CoursePath:
    """What is drawn. ``earlier`` and ``later`` count the sessions that are not shown at either end.

    ``held`` counts those that took place. ``planned`` is the number in the plan: None without one, and once the course
    is closed. ``today`` is None in a closed course and on an empty path.
    """

    nodes: tuple[PathNode, ...]
    today: TodayMark | None
    earlier: int
    later: int
    held: int
    planned: int | None
    closed: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: the path is hidden until there is."""
        return not self.nodes

    def words(self) -> str:
        """How many sessions, in words. A closed course was never too short: it says "4 sessions", not of how many."""
        if self.held == 0 and self.planned is None:
            return _("No sessions") if self.closed else _("No sessions yet")
        if self.planned is not None and self.held <= self.planned:
            return _("{count} of a planned {planned}").format(count=self.held, planned=self.planned)
        return ngettext("{count} session", "{count} sessions", self.held).format(count=self.held)


def course_path(
    sessions: Iterable[Session], plan: Plan, today: date, *, closed: bool = False, most: int = MOST_NODES
) -> CoursePath:
    """The path of one course on the local day ``today``; ``sessions`` in any order.

    Cancelled and deleted sessions are not on it, and in a closed course only those that took place. ``most``, at least
    1, is how many nodes there is room for.
    """
    sessions = tuple(sessions)
    nodes = _nodes(sessions, plan, today)
    held = sum(node.state is NodeState.DONE for node in nodes)
    if closed:
        nodes = [node for node in nodes if node.state is NodeState.DONE]
    mark = _today(nodes, today) if nodes else None
    centre = -1 if mark is None else mark.after
    first = max(min(centre - (most - 1) // 2, len(nodes) - most), 0)
    shown = tuple(nodes[first : first + most])
    return CoursePath(
        nodes=shown,
        today=None if mark is None or closed else TodayMark(mark.after - first, mark.fraction),
        earlier=first,
        later=len(nodes) - first - len(shown),
        held=held,
        planned=None if closed else plan.sessions,
        closed=closed,
    )


def _nodes(sessions: tuple[Session, ...], plan: Plan, today: date) -> list[PathNode]:
    """Every node: by time where a day is known, an open one behind the session before it in number."""
    nodes = [_node(session) for session in in_order(sessions) if session.state is not SessionState.CANCELLED]
    undated = [
        _node(one)
        for one in sessions
        if one.day is None and one.deleted is None and one.state is SessionState.PLANNED
    ]  # fmt: skip
    for node in sorted(undated, key=lambda node: node.number):
        place = max((place for place, other in enumerate(nodes, start=1) if other.number < node.number), default=0)
        nodes.insert(place, node)
    return nodes + _still_to_make(sessions, plan, max((node.day for node in nodes if node.day), default=None), today)


def _still_to_make(sessions: tuple[Session, ...], plan: Plan, last: date | None, today: date) -> list[PathNode]:
    """The sessions known from the number in the plan alone; with its days, as long as these lie behind the others."""
    highest = max((session.ref.number for session in sessions), default=0)
    behind = max(today, last) if last is not None else None
    days = {number: _plan_day(plan, number) for number in range(highest + 1, (plan.sessions or 0) + 1)}
    first = next(iter(days.values()), None)
    fitting = first is not None and (behind is None or first > behind)
    return [PathNode(number, day if fitting else None, NodeState.PLANNED) for number, day in days.items()]


def _plan_day(plan: Plan, number: int) -> date | None:
    if plan.starts is None or (plan.spacing is None and number > 1):
        return None
    ordinal = plan.starts.toordinal() + (plan.spacing or 0) * (number - 1)
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


def _node(session: Session) -> PathNode:
    state = NodeState.DONE if session.state is SessionState.HELD else NodeState.PLANNED
    return PathNode(session.ref.number, session.day, state, session.id)


def _today(nodes: list[PathNode], today: date) -> TodayMark:
    after = max((place for place, node in enumerate(nodes) if node.day is not None and node.day <= today), default=-1)
    behind = nodes[after].day if after >= 0 else None
    if behind == today:
        return TodayMark(after, 0.0)
    ahead = nodes[after + 1].day if after + 1 < len(nodes) else None
    if behind is None or ahead is None:
        return TodayMark(after, _SOMEWHERE)
    return TodayMark(after, (today - behind).days / (ahead - behind).days)
