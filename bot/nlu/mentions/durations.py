"""Dates said as a length of time before or after today: « depuis deux mois », « il y a un an et demi », « dans 3 semaines »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.mentions.date_hit import DATES_FILE, DateHit, add_months, around, day_hit
from bot.nlu.patterns import patterns

_MONTHS_IN = {"mois": 1, "trimestre": 3, "semestre": 6, "an": 12, "annee": 12}
_DAYS_IN = {"jour": 1, "semaine": 7}
MOST_YEARS = 30  # « quarante ans que je supporte ses colères » dates nothing
EXACT_DAYS = 6  # « il y a 3 jours » is a day; « 8 jours », « 15 jours » are ways of saying one or two weeks


def _moved(match: re.Match[str], today: date, direction: int) -> DateHit:
    """The date at that length from today, with a margin that grows with the unit."""
    count = int(match["count"]) if match["count"].isdigit() else 1
    unit = match["unit"] if match["unit"] == "mois" else match["unit"].rstrip("s")
    half = match["half"] is not None
    if unit in _DAYS_IN:
        days = count * _DAYS_IN[unit] + (3 if half and unit == "semaine" else 0)
        middle = today + timedelta(days=direction * days)
        if unit == "jour" and count <= EXACT_DAYS:
            return day_hit(match.start(), match.end(), middle)
        return around(match.start(), match.end(), middle, 2 if unit == "jour" else 4)
    months = count * _MONTHS_IN[unit] + int(match["months"] or 0)
    if half and unit != "mois":
        months += _MONTHS_IN[unit] // 2
    if months > MOST_YEARS * 12:
        raise ValueError("a life, not an event")
    middle = add_months(today, direction * months)
    if half and unit == "mois":
        middle += timedelta(days=direction * 15)
    fine = unit == "mois" or half or match["months"] is not None or count == 1
    return around(match.start(), match.end(), middle, 15 if unit == "mois" else 60 if fine else 180)


def find_durations(text: str, today: date) -> Iterator[DateHit]:
    """The dates that the prepared text tells as a length of time."""
    known = patterns(DATES_FILE)
    for name, direction in (("past_length", -1), ("past_length_que", -1), ("future_length", 1)):
        for match in known[name].finditer(text):
            try:
                yield _moved(match, today, direction)
            except (ValueError, OverflowError):  # « depuis 999 ans »: no such date
                continue
    for match in known["vague_length"].finditer(text):
        yield DateHit(match.start(), match.end(), None, None, None, "environ")
