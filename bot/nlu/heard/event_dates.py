"""Gives each date of a message to the event it belongs to: « séparée depuis mars », « décédé le 12 ».

A date known to the day is an ISO day; otherwise a period {"du", "au"}, cut at today because the event has happened.
"""

from __future__ import annotations

from datetime import date

from bot.nlu.mentions.date_hit import DateHit
from bot.nlu.mentions.dates import find_dates, is_background
from bot.nlu.rules import Statement

DATE_OF = {
    "separation": "date_separation",
    "separation_declaree_caf": "date_declaration_separation",
    "deces_conjoint": "date_deces_conjoint",
    "deces_autre_parent": "date_deces_autre_parent",
    "deces_enfant": "date_deces_enfant",
    "enfant_ne_sans_vie": "date_naissance_sans_vie",
    "impaye_signale_caf": "date_signalement_impaye",
    "non_decence_enregistree_caf": "date_signalement_indecence",
    "arrivee_enfant_signalee_caf": "date_signalement_arrivee_enfant",
    "_naissance": "date_naissance",
    "_ajpp": "date_ouverture_droit_ajpp",
    "_aeeh": "date_ouverture_droit_aeeh",
}
REACH = 60  # characters between an event and its date

# A date near these is of something that has no date fact: it must not slip to the next event.
_OTHER_THINGS = ("impaye_loyer", "impaye_pret_immobilier", "isole", "activite_interrompue", "ajpp_nouveau", "logement_non_decent")


def _gap(hit: DateHit, statement: Statement) -> int:
    """Characters between a date and a statement; 0 when they touch or overlap."""
    return max(0, hit.start - statement.end, statement.start - hit.end)


def _as_fact(hit: DateHit, today: date) -> str | dict[str, str] | None:
    """The date as a fact of the past; None when it has not come or cannot be computed."""
    if hit.first is None or hit.last is None or hit.first > today:
        return None
    if hit.first == hit.last:
        return hit.first.isoformat()
    return {"du": hit.first.isoformat(), "au": min(hit.last, today).isoformat()}


def event_dates(text: str, stated: dict[str, Statement], today: date) -> dict[str, str | dict[str, str]]:
    """The date facts of a prepared text, given what it states."""
    things = [stated[fact] for fact in (*DATE_OF, *_OTHER_THINGS) if fact in stated and stated[fact].value is not False]
    found: dict[str, str | dict[str, str]] = {}
    for hit in find_dates(text, today):
        value = _as_fact(hit, today)
        if value is None or not things or is_background(hit, text):
            continue
        nearest = min(things, key=lambda statement: (_gap(hit, statement), statement.start))
        name = DATE_OF.get(nearest.fact)
        if name and _gap(hit, nearest) <= REACH:
            found.setdefault(name, value)
    return found
