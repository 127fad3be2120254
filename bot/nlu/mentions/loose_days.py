"""Dates said by their place around today or by a feast: « hier », « mardi dernier », « la semaine dernière », « cet été », « à Noël »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter

from bot.nlu.mentions.calendar_days import is_coming
from bot.nlu.mentions.date_hit import DATES_FILE, DateHit, add_months, around, day_hit, month_hit, year_hit
from bot.nlu.patterns import patterns

_OFFSETS = {"avant hier": -2, "avt hier": -2, "hier": -1, "la nuit derniere": -1, "demain": 1, "apres demain": 2}
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SEASONS = {"printemps": (5, 1), "ete": (8, 1), "automne": (11, 1), "hiver": (2, 1)}  # middle day; 21 March, 21 June…: 45 days around
_FEASTS = {"noel": (12, 25), "nouvel an": (1, 1), "jour de l an": (1, 1), "saint sylvestre": (12, 31), "saint valentin": (2, 14)}
_ABOUT_FEASTS = {"rentree": (9, 1), "toussaint": (11, 1)}


def _weekday(match: re.Match[str], today: date) -> DateHit | None:
    """« mardi dernier », « depuis mardi », « mardi prochain »; a bare « mardi » may be any Tuesday and gives nothing."""
    side = (match["side"] or match["late"] or "").strip()
    if not side and not match["since"]:
        return None
    number = _WEEKDAYS.index(match["weekday"])
    back = (today.weekday() - number) % 7 or 7
    return day_hit(
        match.start(),
        match.end(),
        today + timedelta(days=7 - back if side == "prochain" and back != 7 else 7 if side == "prochain" else -back),
    )


def _period(match: re.Match[str], today: date) -> DateHit:
    """« la semaine dernière », « le mois dernier », « l'an dernier », and the coming ones."""
    name, start, end = match["name"], match.start(), match.end()
    step = 1 if "prochain" in name else -1 if re.search("dernier|passe", name) else 0
    if "week end" in name or "weekend" in name or name.startswith(("we ", "ce we", "le we")):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7 or (0 if step == 0 else 7))
        return around(start, end, saturday, 1)
    if "semaine" in name:
        thursday = today + timedelta(days=3 - today.weekday() + 7 * step)
        return around(start, end, min(thursday, today) if step == 0 else thursday, 3)
    if "mois" in name:
        month = add_months(today.replace(day=1), step)
        return month_hit(start, end, month.year, month.month)
    return year_hit(start, end, today.year + step)


def _nearest(month: int, day: int, today: date, coming: bool, year: int | None) -> date:
    """That day of the year said, otherwise the last one, or the next one when it is coming."""
    if year is not None:
        return date(year, month, day)
    this_year = date(today.year, month, day)
    if coming:
        return this_year if this_year >= today else date(today.year + 1, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _season(match: re.Match[str], text: str, today: date) -> DateHit | None:
    """« cet été », « l'été dernier », « au printemps »; « l'hiver » alone is a habit, not a date."""
    if match["intro"] in {"l", "en"} and not match["side"] and not match["year"]:
        return None
    month, day = _SEASONS[match["name"]]
    year = int(match["year"]) if match["year"] else None
    middle = _nearest(month, day, today + timedelta(days=45), is_coming(text, match.start(), match["side"]), year)
    return around(match.start(), match.end(), middle, 45)


def _feast(match: re.Match[str], text: str, today: date) -> DateHit:
    """« à Noël », « depuis la rentrée »."""
    name, start, end = match["name"], match.start(), match.end()
    coming = is_coming(text, start, match["side"])
    year = int(match["year"]) if match["year"] else None
    if name in ("paques", "pentecote"):
        later = timedelta(days=49 if name == "pentecote" else 0)
        days = [easter(number) + later for number in range(today.year - 1, today.year + 2)]
        fit = [day for day in days if (day.year == year if year else (day >= today if coming else day <= today))]
        return day_hit(start, end, fit[0] if coming or year else fit[-1])
    if name in _ABOUT_FEASTS:
        return around(start, end, _nearest(*_ABOUT_FEASTS[name], today, coming, year), 7)
    return day_hit(start, end, _nearest(*_FEASTS[name], today, coming, year))


def find_loose_days(text: str, today: date) -> Iterator[DateHit]:
    """The dates that the prepared text tells by their place around today or by a feast."""
    known = patterns(DATES_FILE)
    for name in ("day_offset", "just_today"):
        for match in known[name].finditer(text):
            yield day_hit(match.start("name"), match.end("name"), today + timedelta(days=_OFFSETS.get(match["name"], 0)))
    weekdays = (_weekday(match, today) for match in known["near_weekday"].finditer(text))
    seasons = (_season(match, text, today) for match in known["season"].finditer(text))
    yield from (hit for hit in (*weekdays, *seasons) if hit is not None)
    yield from (_period(match, today) for match in known["period"].finditer(text))
    yield from (_feast(match, text, today) for match in known["feast"].finditer(text))
