"""Finer facts that a message states in words: what « une assistante sociale me suit » or « on s'arrange entre nous » store.

Only what is stated: nothing feared, imagined, or told of somebody else. Facts bear the names of data/catalog/facts.yml; days known
roughly are {"du", "au"} periods. Rules of meaning are data (family.yml, deaths.yml, housing.yml, followup.yml).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.nlu.heard.agreement import agree
from bot.nlu.heard.benefits import benefit_facts
from bot.nlu.heard.children import children_facts
from bot.nlu.heard.event_dates import event_dates
from bot.nlu.heard.numbers import number_facts
from bot.nlu.reading import read
from bot.nlu.rules import FAMILY, Statement, apply_rules, first_of_each

__all__ = ["extract_heard"]

RULE_FILES = tuple(Path(__file__).with_name(f"{name}.yml") for name in ("family", "deaths", "housing", "followup"))

_TOGETHER = {  # one statement, several facts
    "accompagnee_par_ts": ("suivi_autre_service_social",),
    "est_travailleur_social": ("secret_professionnel", "mission_accompagnement_social"),
}


def _statements(text: str, audience: str) -> Iterator[Statement]:
    """What the rules of every theme hear in a prepared text."""
    for path in RULE_FILES:
        yield from apply_rules(path, text, audience)


def extract_heard(text: str, mentions: dict[str, Any], today: date, audience: str = FAMILY) -> dict[str, Any]:
    """The facts that a message states in words, by name; `mentions` are those of the same message."""
    reading = read(text)
    stated = first_of_each(_statements(reading.text, audience))
    heard: dict[str, Any] = {fact: statement.value for fact, statement in stated.items() if not fact.startswith("_")}
    for fact, others in _TOGETHER.items():
        if fact in heard:
            heard.update(dict.fromkeys(others, heard[fact]))
    heard.update(event_dates(reading.text, stated, today))
    for facts in (
        number_facts(reading.text, mentions, heard),
        children_facts(reading.text, mentions, heard, audience),
        benefit_facts(reading.text, mentions, audience),
    ):
        heard = {**facts, **heard}
    return agree(heard)
