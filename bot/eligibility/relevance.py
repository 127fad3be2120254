"""Which facts can still change an open verdict or an unknown access, and how much each would settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from bot.eligibility import logic
from bot.eligibility.conditions import Is
from bot.eligibility.derivations import EVENT_OF_DATE
from bot.eligibility.program import CompiledOffer, Program
from bot.eligibility.values import HIGH, LEVELS, LOW, MIDDLE, UNKNOWN, is_unknown

SETTLED = tuple((level, level) for level in LEVELS)


@dataclass
class Weight:
    """What the answer on one fact may bring: offers that it can settle by a no, by a yes, and offers that it touches."""

    kills: int = 0
    wins: int = 0
    touches: int = 0
    decides: float = 0.0  # chance that it decides, summed over the offers

    def add(self, other: Weight) -> None:
        """Count what the fact brings to one more offer."""
        self.kills, self.wins = self.kills + other.kills, self.wins + other.wins
        self.touches, self.decides = self.touches + other.touches, self.decides + other.decides

    @property
    def score(self) -> float:
        """How much the answer is expected to settle; knock-outs count most."""
        return round(self.kills + self.wins + self.decides, 6)


MOST_SEEN = 4096  # combinations kept for an offer
MOST_TIED = 3  # facts read several times that are told apart

Askable = Callable[[str], bool]


def levels(program: Program, results: Sequence[int], values: dict[str, Any]) -> list[logic.Bounds]:
    """Lowest and highest level that each test may still take."""
    return [SETTLED[value] if value != UNKNOWN else test.reach(values) for test, value in zip(program.tests, results, strict=True)]


def askable_levels(
    program: Program, results: Sequence[int], values: dict[str, Any], free: Sequence[logic.Bounds], askable: Askable
) -> list[logic.Bounds]:
    """The same when only askable facts may be learnt: a test that none of them can settle stays where it is."""
    bounds = list(free)
    for index, value in enumerate(results):
        if value == UNKNOWN and not all(map(askable, program.tests[index].asks(values))):
            presumed = getattr(program.tests[index], "presumed", None)
            helped = presumed is not None and presumed.fact is not None and presumed.fact not in values and askable(presumed.fact)
            bounds[index] = (MIDDLE, HIGH if helped else MIDDLE)
    return bounds


def weigh_verdict(program: Program, offer: CompiledOffer, bounds: Sequence[logic.Bounds], values: dict[str, Any]) -> dict[str, Weight]:
    """The facts that can still change the verdict of an offer; not to be modified: families look alike, so the answers are kept."""
    key = verdict_key(offer, bounds, values)
    weights = offer.seen.get(key)
    if weights is None:
        weights = _weigh(program, offer, bounds, values)
        if len(offer.seen) >= MOST_SEEN:
            offer.seen.clear()
        offer.seen[key] = weights
    return weights


def verdict_key(offer: CompiledOffer, bounds: Sequence[logic.Bounds], values: dict[str, Any]) -> tuple[Any, ...]:
    """Everything that the weights of an offer depend on."""
    key = [bounds[index] for index in offer.tests]
    return (*key, *(condition.asks(values) for condition in offer.varying)) if offer.varying else tuple(key)


def _weigh(program: Program, offer: CompiledOffer, bounds: Sequence[logic.Bounds], values: dict[str, Any]) -> dict[str, Weight]:
    weights: dict[str, Weight] = {}
    for place, kills, wins, decides in _found(program, offer, bounds):
        for fact in offer.uses[place].condition.asks(values):
            weight = weights.setdefault(fact, Weight(touches=1))
            weight.kills, weight.wins = max(weight.kills, int(kills)), max(weight.wins, int(wins))
            weight.decides = max(weight.decides, decides)
    return weights


def _found(program: Program, offer: CompiledOffer, bounds: Sequence[logic.Bounds]) -> logic.Found:
    """The leaves that can still be seen from the root.

    A fact read by several leaves ties them together: the other leaves must be seen for at least one of its answers.
    """
    found = _spread(program, offer, bounds)
    tied = _tied(offer, bounds)
    if not found or not tied:
        return found
    answers = [_answers(offer, fact, bounds) for fact in tied[:MOST_TIED]]
    seen: set[int] = set()
    for row in product(*answers):
        fixed = list(bounds)
        for answer in row:
            for test, level in answer.items():
                fixed[test] = (level, level)
        seen.update(leaf.place for leaf in _spread(program, offer, fixed))
    return [leaf for leaf in found if leaf.place in seen or offer.uses[leaf.place].condition.fact in tied]


def _spread(program: Program, offer: CompiledOffer, bounds: Sequence[logic.Bounds]) -> logic.Found:
    found: logic.Found = []
    low, high = offer.root.bounds(bounds)
    if low != high:
        offer.root.spread(bounds, program.chances, logic.View(), found)
    return found


def _tied(offer: CompiledOffer, bounds: Sequence[logic.Bounds]) -> list[str]:
    """The facts that are not known yet and that several leaves of the offer read."""
    counts = Counter(use.condition.fact for use in offer.uses if bounds[use.test][0] != bounds[use.test][1])
    return [fact for fact, count in counts.items() if count > 1]


def _answers(offer: CompiledOffer, fact: str, bounds: Sequence[logic.Bounds]) -> list[dict[int, int]]:
    """For each answer to a fact, the level of each test that reads it; several numeric tests on one fact are left free."""
    tests = {use.test: use.condition for use in offer.uses if use.condition.fact == fact and bounds[use.test][0] != bounds[use.test][1]}
    if len(tests) == 1:
        index = next(iter(tests))
        return [{index: level} for level in range(bounds[index][0], bounds[index][1] + 1)]
    if all(isinstance(test, Is) and isinstance(test.value, bool) for test in tests.values()):
        rows = [{index: HIGH if test.value is answer else LOW for index, test in tests.items()} for answer in (True, False)]  # type: ignore[attr-defined]
        return [row for row in rows if all(bounds[index][0] <= level <= bounds[index][1] for index, level in row.items())] or [{}]
    return [{}]


def weigh_access(offer: CompiledOffer, role: str, results: Sequence[int], values: dict[str, Any]) -> dict[str, Weight]:
    """The dates that can still tell whether the delay of the access runs; the dates of an event known not to be are left out."""
    rule = offer.access[role]
    weights = {}
    for index, use in enumerate(rule.dates):
        fact = use.condition.fact
        if is_unknown(results[use.test]) and values.get(EVENT_OF_DATE.get(fact, "")) is not False:
            weights[fact] = Weight(index == 0, True, 1, 0.5)
    return weights
