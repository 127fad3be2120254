"""The conditions that make a verdict what it is, apart from those that were read and did not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility import logic
from bot.eligibility.evaluate import Run, checked_facts
from bot.eligibility.facts import Facts
from bot.eligibility.program import shape
from bot.eligibility.results import Reason
from bot.eligibility.values import LEVELS


def decisive_reasons(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> dict[str, list[Reason]]:
    """By offer, the reasons without which its verdict would be another one, in the order of the file. Raises BadInput or FactError."""
    run = Run.start(catalogue, caf, role, checked_facts(catalogue, caf, role, facts, today).values, today)
    found = {}
    for name, offer in run.program.offers.items():
        unclear = shape(offer, run.results).unclear
        found[name] = list(dict.fromkeys(run.reason(offer.uses[place], unclear[place]) for place in places(offer.root, run.results)))
    return found


def places(node: logic.Node, results: Sequence[int]) -> list[int]:
    """The leaves that carry the value of a node: those below the parts that stand at its level."""
    if isinstance(node, logic.Leaf):
        return [node.place]
    if isinstance(node, (logic.All, logic.Any)):
        level = LEVELS[node.value(results)]
        return [place for part in node.parts if LEVELS[part.value(results)] == level for place in places(part, results)]
    return places(node.part, results)  # type: ignore[attr-defined]
