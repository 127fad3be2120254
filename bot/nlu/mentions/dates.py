"""Dates of a message with the precision they were said with; the one that tells when it happened is the mention."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.nlu.mentions.calendar_days import find_calendar_days
from bot.nlu.mentions.date_hit import DATES_FILE, DateHit
from bot.nlu.mentions.durations import find_durations
from bot.nlu.mentions.loose_days import find_loose_days
from bot.nlu.normalise import Aligned
from bot.nlu.patterns import patterns
from bot.nlu.scope import clause_before

_ADULT_YEARS = 15  # « né le … » that long ago is the birth of the person, not an event


def _told_inside(hit: DateHit, others: list[DateHit]) -> bool:
    """True when a longer date covers the hit (« mars » inside « le 12 mars »)."""
    return any(
        other is not hit and other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other in others
    )


def _is_birth_of_adult(hit: DateHit, text: str, today: date) -> bool:
    """True for « je suis née le 12/03/1990 »."""
    return (
        hit.middle is not None
        and hit.middle.year < today.year - _ADULT_YEARS
        and patterns(DATES_FILE)["birth_of_adult"].search(text[: hit.start]) is not None
    )


def find_dates(text: str, today: date) -> list[DateHit]:
    """Every date of a prepared text, in the order they are said, overlapping readings reduced to the longest."""
    hits = [*find_calendar_days(text, today), *find_durations(text, today), *find_loose_days(text, today)]
    kept: list[DateHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.start - hit.end)):
        overlaps = kept and hit.start < kept[-1].end
        if not overlaps and not _told_inside(hit, hits) and not _is_birth_of_adult(hit, text, today):
            kept.append(hit)
    return kept


def is_background(hit: DateHit, text: str) -> bool:
    """True when the date tells how long a state has lasted (« mariée depuis 10 ans »), not when something happened."""
    return patterns(DATES_FILE)["background"].search(clause_before(text, hit.start)) is not None


def extract_date(reading: Aligned, today: date) -> dict[str, Any]:
    """`date` (ISO or None), `date_texte` as written and `date_precision`; empty without a date."""
    hits = find_dates(reading.text, today)
    if not hits:
        return {}
    known = [hit for hit in hits if hit.middle is not None] or hits
    hit = next((hit for hit in known if not is_background(hit, reading.text)), known[0])
    return {
        "date": hit.middle.isoformat() if hit.middle else None,
        "date_texte": reading.written(hit.start, hit.end).strip(" ,.;"),
        "date_precision": hit.precision,
    }
