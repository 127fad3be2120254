"""The calendar file of an appointment."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.clock import PARIS

# No document gives a length; calendars need one.
LENGTH = timedelta(hours=1)


def appointment(reference: str, title: str, starts_at: datetime, sequence: int, stamp: datetime) -> bytes:
    """An .ics file with one event; the same reference always replaces its own event (a higher `sequence` wins)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Repere//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", hashlib.sha256(reference.encode()).hexdigest()[:32] + "@repere")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts_at.astimezone(PARIS))
    event.add("dtend", (starts_at + LENGTH).astimezone(PARIS))
    event.add("summary", title)
    event.add("sequence", sequence)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
