"""Recently deleted: how long it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

KEPT_FOR = timedelta(days=30)


def purge_limit(now: datetime) -> datetime:
    """What was deleted before this instant has had its thirty days."""
    return now - KEPT_FOR
