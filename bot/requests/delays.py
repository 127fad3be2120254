"""Due dates: internal to the Caf, never promised to the person. Days are Europe/Paris."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from jours_feries_france import JoursFeries

from bot import settings
from bot.clock import PARIS

# The Caf's own delay for the priority procedure (004:345): calendar hours, week-ends included.
VIOLENCE_DELAY = timedelta(hours=72)
# After an appointment, the request waits for its outcome that long.
OUTCOME_WORKING_DAYS = 5


def is_working_day(day: date) -> bool:
    """Monday to Friday, French public holidays excluded."""
    return day.weekday() < 5 and not JoursFeries.is_bank_holiday(day, zone="Métropole")


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`, which is not counted itself."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def end_of_day(day: date) -> datetime:
    """The last second of that day in Paris."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=PARIS)


def first_contact_due(created_at: datetime, *, violence: bool) -> datetime:
    """When the first contact should have been made: 72 hours for violence, else REPERE_DUE_DAYS working days."""
    if violence:
        return created_at + VIOLENCE_DELAY
    return _working_days_after(created_at, settings.get_int("REPERE_DUE_DAYS"))


def follow_up_due(taken_at: datetime) -> datetime:
    """When a request taken should have an appointment or an end: REPERE_FOLLOW_UP_DAYS working days."""
    return _working_days_after(taken_at, settings.get_int("REPERE_FOLLOW_UP_DAYS"))


def outcome_due(rdv_at: datetime) -> datetime:
    """When the outcome of an appointment should have been entered."""
    return _working_days_after(rdv_at, OUTCOME_WORKING_DAYS)


def _working_days_after(instant: datetime, count: int) -> datetime:
    """End of the `count`-th working day after `instant`."""
    return end_of_day(add_working_days(instant.astimezone(PARIS).date(), count))
