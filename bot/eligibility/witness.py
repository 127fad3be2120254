"""Finds facts that make an offer eligible: the proof that its conditions can be met together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility import logic
from bot.eligibility.conditions import AtLeastTimes, Condition
from bot.eligibility.dates import add_months
from bot.eligibility.delay_conditions import LessThanMonths
from bot.eligibility.evaluate import Run
from bot.eligibility.facts import read_facts
from bot.eligibility.program import CompiledOffer
from bot.eligibility.values import SOFT, TRUE
from bot.errors import FactError

Demand = tuple[Condition, bool]
MOST_WAYS = 60  # alternatives of the tree tried
MOST_TRIES = 400  # sets of facts tried for one alternative


def witness(catalogue: Catalogue, offer: CompiledOffer, today: date) -> dict[str, Any] | None:
    """Facts for which the offer is eligible on `today`, or None when the search finds none."""
    for demands in islice(_ways(offer, offer.root, True), MOST_WAYS):
        for facts in islice(_facts(catalogue, demands, today), MOST_TRIES):
            if _eligible(catalogue, offer, facts, today):
                return facts
    return None


def _eligible(catalogue: Catalogue, offer: CompiledOffer, facts: dict[str, Any], today: date) -> bool:
    caf = offer.offer.caf
    try:
        known = read_facts(facts, today, caf, catalogue)
    except FactError:
        return False
    run = Run.start(catalogue, caf, "agent", known.values, today)
    return offer.root.value(run.results) == TRUE


def _ways(offer: CompiledOffer, node: logic.Node, wanted: bool) -> Iterator[list[Demand]]:
    """The sets of leaves that make `node` true (or false), one alternative after the other."""
    if isinstance(node, logic.Leaf):
        yield [(offer.uses[node.place].condition, wanted)]
    elif isinstance(node, logic.Not):
        yield from _ways(offer, node.part, not wanted)
    elif isinstance(node, logic.OpenIfFalse):
        yield from _ways(offer, node.part, True) if wanted else ()
    elif isinstance(node, logic.OpenIfTrue):
        yield from () if wanted else _ways(offer, node.part, False)
    elif isinstance(node, (logic.All, logic.Any)):
        if isinstance(node, logic.All) == wanted:
            for parts in product(*(list(islice(_ways(offer, part, wanted), 12)) for part in node.parts)):
                yield [demand for part in parts for demand in part]
        else:
            for part in node.parts:
                yield from _ways(offer, part, wanted)


def _facts(catalogue: Catalogue, demands: list[Demand], today: date) -> Iterator[dict[str, Any]]:
    by_fact: dict[str, list[Demand]] = {}
    for condition, wanted in demands:
        by_fact.setdefault(condition.fact, []).append((condition, wanted))
    for condition, _ in demands:
        if isinstance(condition, AtLeastTimes):
            by_fact.setdefault(condition.of, [])
    choices = []
    for fact, asked in by_fact.items():
        values = [value for value in candidates(catalogue, fact, today) if _fits(fact, value, asked, today)]
        choices.append([(fact, value) for value in values])
    for row in product(*choices):
        yield dict(row)


def _fits(fact: str, value: Any, asked: list[Demand], today: date) -> bool:
    seen = {fact: value}
    for condition, wanted in asked:
        if isinstance(condition, (AtLeastTimes, LessThanMonths)):
            continue
        result = condition.test(seen, today)
        if (wanted and result != TRUE) or (not wanted and result > SOFT):
            return False
    return True


def candidates(catalogue: Catalogue, fact: str, today: date) -> list[Any]:
    """Values worth trying for a fact: both booleans, every choice, ages and dates around the usual bounds."""
    spec = catalogue.facts[fact]
    if spec.type == "bool":
        return [True, False]
    if spec.type == "choice":
        return list(spec.values)
    if spec.type == "int":
        return [1, 2, 0, 3, 5, 15, 16, 17, 18, 20, 21, 22, 24, 25, 28, 30, 34, 35, 40] if spec.unit == "ans" else [1, 2, 0, 3, 4]
    if spec.type == "number":
        return [2000, 500, 0, 900, 1500]
    if spec.type == "date":
        return [add_months(today, -months) for months in (1, 2, 4, 8, 11, 12, 13, 23, 24, 25, 36)] + [add_months(today, 6)]
    if spec.type == "ages":
        return [[7], [], [19], [20]]
    if spec.type == "children":
        paid, unpaid = {"age": 17, "remuneration_mensuelle_nette": 1200}, {"age": 17, "remuneration_mensuelle_nette": 500}
        return [[{"age": 2}], [{"age": 7}, {"age": 12}], [], [unpaid], [paid], [{"age": 19}], [{"age": 20}], [{"age": 22}]]
    return ["02"]
