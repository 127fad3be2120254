"""Dates as a person reads them."""

from __future__ import annotations

from datetime import date, datetime

from bot.dialogue import texts


def french_date(day: date) -> str:
    """The day in full: 1er mars 2027."""
    labels = texts.labels()
    return f"{labels['premier'] if day.day == 1 else day.day} {labels['mois'].split()[day.month - 1]} {day.year}"


def french_moment(moment: datetime) -> str:
    """The day and the hour: 1er mars 2027 à 14 h 30."""
    return texts.labels()["moment"].format(jour=french_date(moment), heures=f"{moment:%H}", minutes=f"{moment:%M}")
