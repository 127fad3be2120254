"""The calendar file of an appointment."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

from bot import settings
from bot.clock import PARIS

# No document gives a length; calendars need one.
LENGTH = timedelta(hours=1)


def method(*, cancelled: bool) -> str:
    """What the file asks of an agenda (RFC 5546): keep the event, or take it out."""
    return "CANCEL" if cancelled else "PUBLISH"


def appointment(reference: str, title: str, starts_at: datetime, sequence: int, stamp: datetime, *, cancelled: bool = False) -> bytes:
    """An .ics file with one event; the same reference always replaces or removes its own event (a higher `sequence` wins)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Repere//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method(cancelled=cancelled))
    event = Event()
    event.add("uid", hashlib.sha256(reference.encode()).hexdigest()[:32] + "@repere")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts_at.astimezone(PARIS))
    event.add("dtend", (starts_at + LENGTH).astimezone(PARIS))
    event.add("summary", title)
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{settings.get('REPERE_MAIL_FROM')}"))  # RFC 5546 wants one
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
