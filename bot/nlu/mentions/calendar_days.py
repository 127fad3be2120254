"""Dates said by the calendar: « le 12/03/2026 », « 1er mars », « début mars », « en septembre dernier », « en 2024 ».

Without a year, the last such day or month is meant; the next one when what comes before tells the future (« j'accouche en mars »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.nlu.mentions.date_hit import DATES_FILE, MONTHS, DateHit, day_hit, month_hit, year_hit
from bot.nlu.patterns import patterns
from bot.nlu.scope import clause_before

LONGEST_WAIT = 285  # days: a pregnancy known today ends within this time
_PARTS = {"debut": "debut", "tout debut": "debut", "mi": "mi", "milieu": "mi", "fin": "fin", "toute fin": "fin"}


def is_coming(text: str, start: int, side: str | None) -> bool:
    """True when the date that starts there is ahead: « prochain » after it, or words of the future before it."""
    known = patterns(DATES_FILE)
    if side and side.strip() in {"prochain", "prochaine"}:
        return True
    if known["since"].search(text[start : start + 7]) or known["since"].search(text[:start]):
        return False
    return not (side and side.strip()) and known["coming"].search(clause_before(text, start)) is not None


def _full_year(written: str | None) -> int | None:
    """« 26 » as 2026, « 98 » as 1998; None without a year."""
    if written is None:
        return None
    year = int(written)
    return year if year > 99 else year + (2000 if year < 60 else 1900)


def _year_of(month: int, day: int, today: date, coming: bool) -> int:
    """The year of the nearest such day, behind or ahead. A month alone (day 0) may be the current one."""
    this = (month, day) if day else (month, today.day)
    if coming:
        return today.year + (this < (today.month, today.day))
    return today.year - (this > (today.month, today.day))


def _nearest_year(text: str, start: int, month: int, day: int, today: date, side: str | None) -> int:
    """The year of a day or month said without one; a birth is expected within nine months, so a later one has happened."""
    coming = is_coming(text, start, side) or text[start:].startswith("pour ")
    year = _year_of(month, day, today, coming)
    if coming and not side and patterns(DATES_FILE)["pregnancy"].search(clause_before(text, start)):
        too_far = (date(year, month, min(day or 15, 28)) - today).days > LONGEST_WAIT
        return _year_of(month, day, today, coming=False) if too_far else year
    return year


def _group(match: re.Match[str], name: str) -> str | None:
    """A group of the match, None when the pattern has no such group."""
    return match.groupdict().get(name)


def _day(match: re.Match[str], text: str, today: date) -> DateHit | None:
    """A date with a day, or None when no such day exists."""
    name = _group(match, "month_name")
    month = MONTHS[name] if name else int(match["month"])
    day = int(match["day"])
    year = _full_year(_group(match, "year"))
    try:
        if year is None:
            year = _nearest_year(text, match.start(), month, day, today, _group(match, "side"))
        return day_hit(match.start(), match.end(), date(year, month, day))
    except ValueError:
        return None


def _month(match: re.Match[str], text: str, today: date) -> DateHit | None:
    """A month in words; a month name alone counts only with a word before it, « dernier », or a year after it, or as the whole message."""
    part, intro, year, side = (_group(match, name) for name in ("part", "intro", "year", "side"))
    if not (part or intro or year or side) and match.group().strip() != text.strip(" .!"):
        return None
    month = MONTHS[match["month_name"]]
    number = _full_year(year) or _nearest_year(text, match.start(), month, 0, today, side)
    return month_hit(match.start(), match.end(), number, month, _PARTS.get(part or ""))


def _figures_month(match: re.Match[str]) -> DateHit | None:
    """« 03/2026 »."""
    month = int(match["month"])
    return month_hit(match.start(), match.end(), int(match["year"]), month) if 1 <= month <= 12 else None


def find_calendar_days(text: str, today: date) -> Iterator[DateHit]:
    """The dates that the prepared text tells by the calendar; the most precise reading comes first."""
    known = patterns(DATES_FILE)
    hits: list[DateHit | None] = []
    for name in ("iso_day", "figures_day", "short_day", "words_day"):
        hits += [_day(match, text, today) for match in known[name].finditer(text)]
    hits += [_figures_month(match) for match in known["figures_month"].finditer(text)]
    hits += [_month(match, text, today) for match in known["words_month"].finditer(text)]
    for match in known["year_alone"].finditer(text):
        hits.append(year_hit(match.start(), match.end(), int(match["year"]), _PARTS.get(match["part"] or "")))
    yield from (hit for hit in hits if hit is not None)
