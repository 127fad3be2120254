"""A date found in a message, and the small calendar arithmetic that the date parsers share."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DATES_FILE = Path(__file__).with_name("dates.yml")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv"),
            ("fevrier", "fevr", "fev"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("aout",),
            ("septembre", "sept"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}


@dataclass(frozen=True)
class DateHit:
    """A date said between `start` and `end` of the prepared text: its middle, its bounds (both included) and its precision.

    `precision` is jour, mois, annee or environ; the three days are None when nothing can be computed (« il y a quelques mois »).
    """

    start: int
    end: int
    middle: date | None
    first: date | None
    last: date | None
    precision: str


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier); the last day of the month when that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_hit(start: int, end: int, day: date) -> DateHit:
    """A date known to the day."""
    return DateHit(start, end, day, day, day, "jour")


def month_hit(start: int, end: int, year: int, month: int, part: str | None = None) -> DateHit:
    """A month, or its beginning (1 to 10), middle (11 to 20) or end (21 on): « mars 2026 » is the 15th."""
    last_day = monthrange(year, month)[1]
    first, middle, last = {"debut": (1, 5, 10), "mi": (11, 15, 20), "fin": (21, 25, last_day)}.get(part or "", (1, 15, last_day))
    return DateHit(start, end, date(year, month, middle), date(year, month, first), date(year, month, last), "mois")


def year_hit(start: int, end: int, year: int, part: str | None = None) -> DateHit:
    """A year, or its first, middle or last four months: « en 2024 » is 1 July."""
    bounds = {
        "debut": (date(year, 1, 1), date(year, 3, 1), date(year, 4, 30)),
        "mi": (date(year, 5, 1), date(year, 7, 1), date(year, 8, 31)),
        "fin": (date(year, 9, 1), date(year, 11, 1), date(year, 12, 31)),
    }
    first, middle, last = bounds.get(part or "", (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)))
    return DateHit(start, end, middle, first, last, "annee")


def around(start: int, end: int, middle: date, days: int) -> DateHit:
    """A date known to some days before or after."""
    margin = timedelta(days=days)
    return DateHit(start, end, middle, middle - margin, middle + margin, "environ")
