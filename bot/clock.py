"""The only place that reads the clock: everything else takes its date or time as an argument."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, in UTC, with its time zone."""
    return datetime.now(timezone.utc)


def today() -> date:
    """The present day in Europe/Paris, the calendar of every delay."""
    return datetime.now(PARIS).date()
