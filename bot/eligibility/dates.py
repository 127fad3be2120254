"""Calendar arithmetic of the delays, and dates that are not known to the day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """A date known only as lying between two days, both included."""

    du: date
    au: date


def add_months(day: date, months: int) -> date:
    """Same day of the month `months` later (or earlier when negative); the last day of the month when it does not exist."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def holds(event: date | Period | None, test: Callable[[date], bool]) -> bool | None:
    """Whether `test` holds for the event: for a period, at both ends; None when it is unknown or when the ends differ."""
    if event is None:
        return None
    if isinstance(event, Period):
        first = test(event.du)
        return first if test(event.au) == first else None
    return test(event)


def earliest(event: date | Period) -> date:
    """The first day that the event may have had."""
    return event.du if isinstance(event, Period) else event


def latest(event: date | Period) -> date:
    """The last day that the event may have had."""
    return event.au if isinstance(event, Period) else event
