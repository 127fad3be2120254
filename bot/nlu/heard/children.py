"""Facts about children: those at home with their ages, those in charge, the age of a child who died.

A number said by a family is not a number in charge (they may be grown up or live elsewhere) unless « à charge » is said; an agent or a
partner describing a file means it so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.nlu.patterns import patterns
from bot.nlu.rules import FAMILY

WORDS_FILE = Path(__file__).with_name("words.yml")

_OLD_ENOUGH_TO_LEAVE = 16


def _age_at_death(text: str) -> int | None:
    """The age of the child who died, in completed years."""
    match = patterns(WORDS_FILE)["died_at"].search(text)
    if match is None:
        return None
    number, unit = [group for group in match.groups() if group]
    return int(number) if unit == "ans" else int(number) // 12 if unit == "mois" else 0


def _in_charge(text: str, mentions: dict[str, Any], audience: str) -> int | None:
    """The number of children in charge, when it is said to be that."""
    match = patterns(WORDS_FILE)["in_charge"].search(text)
    if match:
        said = match.group(1) or match.group(2)
        return int(said) if said.isdigit() else 1
    number: int | None = mentions.get("nb_enfants")
    return None if audience == FAMILY else number


def _at_home(ages: list[int], number: int | None) -> bool:
    """True when the ages are those of all the children: as many as the number said or, without one, all too young to have left."""
    if number is not None:
        return len(ages) == number
    return all(age < _OLD_ENOUGH_TO_LEAVE for age in ages)


def children_facts(text: str, mentions: dict[str, Any], heard: dict[str, Any], audience: str) -> dict[str, Any]:
    """The facts about children that a prepared text and its mentions state."""
    facts: dict[str, Any] = {}
    ages: list[int] = mentions.get("ages_enfants", [])
    number: int | None = mentions.get("nb_enfants")
    elsewhere = patterns(WORDS_FILE)["live_elsewhere"].search(text) is not None or heard.get("droit_de_visite") is not None
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
