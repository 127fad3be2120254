"""Which facts can still change an open verdict or an unknown access, and how much each would settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.eligibility import logic
from bot.eligibility.derivations import EVENT_OF_DATE
from bot.eligibility.program import CompiledOffer, Program
from bot.eligibility.values import HIGH, LEVELS, LOW, MIDDLE, UNKNOWN, is_unknown


@dataclass
class Weight:
    """What the answer on one fact may bring: offers that it can settle by a no, by a yes, and offers that it touches."""

    kills: int = 0
    wins: int = 0
    touches: int = 0


Askable = Callable[[str], bool]


def levels(program: Program, results: Sequence[int], values: dict[str, Any], askable: Askable | None) -> list[logic.Bounds]:
    """Lowest and highest level of each test; with `askable`, a test that no askable fact can settle stays where it is."""
    bounds: list[logic.Bounds] = []
    for test, value in zip(program.tests, results, strict=True):
        if value != UNKNOWN:
            bounds.append((LEVELS[value], LEVELS[value]))
        elif askable is None or all(askable(fact) for fact in test.asks(values)):
            bounds.append(test.reach(values))
        else:
            presumed = getattr(test, "presumed", None)
            helped = presumed is not None and presumed.fact is not None and presumed.fact not in values and askable(presumed.fact)
            bounds.append((MIDDLE, HIGH if helped else MIDDLE))
    return bounds


def weigh_verdict(offer: CompiledOffer, bounds: Sequence[logic.Bounds], values: dict[str, Any]) -> dict[str, Weight]:
    """The facts that can still change the verdict of an offer, from the bounds of its tests."""
    found: logic.Found = []
    low, high = offer.root.bounds(bounds)
    if low != high:
        offer.root.spread(bounds, logic.BOTH, True, True, found)
    weights: dict[str, Weight] = {}
    for place, kills, wins in found:
        for fact in offer.uses[place].condition.asks(values):
            weight = weights.setdefault(fact, Weight(touches=1))
            weight.kills, weight.wins = max(weight.kills, int(kills)), max(weight.wins, int(wins))
    return weights


def weigh_access(offer: CompiledOffer, role: str, results: Sequence[int], values: dict[str, Any]) -> dict[str, Weight]:
    """The dates that can still tell whether the delay of the access runs; the dates of an event known not to be are left out."""
    rule = offer.access[role]
    weights = {}
    for index, use in enumerate(rule.dates):
        fact = use.condition.fact
        if is_unknown(results[use.test]) and values.get(EVENT_OF_DATE.get(fact, "")) is not False:
            weights[fact] = Weight(kills=int(index == 0), wins=1, touches=1)
    return weights


__all__ = ["HIGH", "LOW", "Weight", "date", "levels", "weigh_access", "weigh_verdict"]
