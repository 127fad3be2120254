"""Facts about children: those at home with their ages, those in charge, the age of a child who died.

A number said by a family is not a number in charge (they may be grown up or live elsewhere) unless « à charge » is said; an agent or a
partner describing a file means it so.
"""

from __future__ import annotations

import re
from typing import Any

from bot.nlu.rules import FAMILY

_IN_CHARGE = re.compile(r"\b(\d{1,2}|une?)(?: enfants?| enf)? (?:\w+ )?(?:a|en) charge\b|\ba charge ?[:=]? ?(\d{1,2})\b")
_LIVE_ELSEWHERE = re.compile(
    r"\b(?:vi(?:t|vent)|habitent?|sont|est|restent?|places?|placee?s?) (?:\w+ )?(?:chez|avec) (?:leur|son|sa) (?:pere|mere|papa|maman)|\bplacee?s? (?:en|a l)\b|"
    r"\b(?:leur|son) (?:pere|papa) a la garde|\bje (?:ne )?(?:les|le|la) vois plus|\bpartie? de la maison|\b(?:il|elle) a (?:quitte la maison|son appart)"
)
_DIED_AT = re.compile(
    r"\b(?:mort|morte|decedee?|suicidee?|parti|partie) (?:\w+ ){0,4}?a (?:l age de )?(\d{1,2}) (ans|mois|jours|semaines)|"
    r"\b(?:fils|fille|enfant|bebe|garcon|petite?|ado)(?: \w+)? (?:de |age de |agee de |qui avait |avait )?(\d{1,2}) (ans|mois|jours|semaines)\b[^.!?]{0,25}\b(?:mort|morte|decedee?|suicidee?|tuee?)\b|"
    r"\b(?:deces|mort|perte|perdu) (?:\w+ ){0,3}(?:fils|fille|enfant|bebe|garcon|ado)(?: \w+)? (?:de |age de |agee de )?(\d{1,2}) (ans|mois|jours|semaines)\b|"
    r"\b(?:il|elle) avait (\d{1,2}) (ans|mois|jours|semaines)\b"
)
_OLD_ENOUGH_TO_LEAVE = 16


def _age_at_death(text: str) -> int | None:
    """The age of the child who died, in completed years."""
    match = _DIED_AT.search(text)
    if match is None:
        return None
    number, unit = [group for group in match.groups() if group]
    return int(number) if unit == "ans" else int(number) // 12 if unit == "mois" else 0


def _in_charge(text: str, mentions: dict[str, Any], audience: str) -> int | None:
    """The number of children in charge, when it is said to be that."""
    match = _IN_CHARGE.search(text)
    if match:
        said = match.group(1) or match.group(2)
        return int(said) if said.isdigit() else 1
    number: int | None = mentions.get("nb_enfants")
    return None if audience == FAMILY else number


def _at_home(ages: list[int], number: int | None) -> bool:
    """True when the ages said are those of all the children: as many as the number said, or, without a number, all too young to have left."""
    if number is not None:
        return len(ages) == number
    return all(age < _OLD_ENOUGH_TO_LEAVE for age in ages)


def children_facts(text: str, mentions: dict[str, Any], heard: dict[str, Any], audience: str) -> dict[str, Any]:
    """The facts about children that a prepared text and its mentions state."""
    facts: dict[str, Any] = {}
    ages: list[int] = mentions.get("ages_enfants", [])
    number: int | None = mentions.get("nb_enfants")
    elsewhere = _LIVE_ELSEWHERE.search(text) is not None or heard.get("droit_de_visite") is not None
    if heard.get("deces_enfant"):
        died_at = _age_at_death(text)
        return {} if died_at is None else {"age_enfant_decede": died_at}
    if heard.get("tiers_recueillant"):
        return {"ages_enfants_recueillis": ages} if ages else {}
    if number or ages:
        facts["parent"] = True
    if ages and not elsewhere and _at_home(ages, number):
        facts["enfants"] = [{"age": age} for age in ages]
    in_charge = None if elsewhere else _in_charge(text, mentions, audience)
    if in_charge is not None:
        facts["nb_enfants_a_charge"] = in_charge
    return facts
