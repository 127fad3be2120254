"""How many questions settle the offers of a situation, asked in the best order and in the order of the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility.asking import question_book
from bot.eligibility.evaluate import Run, access_of
from bot.eligibility.facts import read_facts
from bot.eligibility.next_question import next_question
from bot.eligibility.sample import Family, families
from bot.eligibility.values import SOFT, is_unknown

MOST = 40  # questions; a family is settled long before

Pick = Callable[[Catalogue, Family, dict[str, Any], set[str], list[str], date], "str | None"]


@dataclass(frozen=True)
class Count:
    """Questions asked per family of a Caf: medians and 90th centiles, best order and file order."""

    caf: str
    families: int
    best_median: float
    best_p90: int
    file_median: float
    file_p90: int


def count_questions(catalogue: Catalogue, caf: str, today: date, count: int = 200, seed: int = 2026) -> Count:
    """The figures of one Caf over its sample."""
    sample = families(catalogue, caf, today, count, seed)
    best = sorted(asked(catalogue, family, today, best_question) for family in sample)
    plain = sorted(asked(catalogue, family, today, file_order) for family in sample)
    last = min(len(sample) - 1, int(len(sample) * 0.9))
    return Count(caf, len(sample), median(best), best[last], median(plain), plain[last])


def asked(catalogue: Catalogue, family: Family, today: date, pick: Pick) -> int:
    """Number of questions until nothing that may be asked can settle more; the family answers what is true."""
    facts, skip, number = dict(family.told), set[str](), 0
    offers = [name for name in catalogue.situations[family.situation].offers if name in catalogue.caf(family.caf).offers]
    while number < MOST and best_question(catalogue, family, facts, skip, offers, today) is not None:
        name = pick(catalogue, family, facts, skip, offers, today)
        if name is None:
            break
        number += 1
        _answer(catalogue, family, name, facts, skip)
    return number


def _answer(catalogue: Catalogue, family: Family, name: str, facts: dict[str, Any], skip: set[str]) -> None:
    skip.add(name)  # never asked twice
    for fact in catalogue.questions[name].fills:
        if fact in family.truth:
            facts[fact] = family.truth[fact]
        else:
            skip.add(fact)


def best_question(
    catalogue: Catalogue, family: Family, facts: dict[str, Any], skip: set[str], offers: list[str], today: date
) -> str | None:
    """The question of the engine."""
    return next_question(catalogue, family.caf, family.role, facts, today, offers, skip)


def file_order(catalogue: Catalogue, family: Family, facts: dict[str, Any], skip: set[str], offers: list[str], today: date) -> str | None:
    """The first fact not known yet, in the order in which the conditions of the open offers are written."""
    known = read_facts(facts, today, family.caf, catalogue)
    run = Run.start(catalogue, family.caf, family.role, known.values, today)
    book = question_book(catalogue)
    for name in offers:
        offer = run.program.offers[name]
        value = offer.root.value(run.results)
        access = access_of(offer, family.role, run.results)
        uses = offer.uses if is_unknown(value) else offer.access[family.role].dates if value > SOFT and access == "inconnu" else ()
        for use in uses:
            if is_unknown(run.results[use.test]) and access != "ferme":
                for fact in use.condition.asks(known.values):
                    target = book.target(fact, family.role, known.values, skip)
                    if target is not None:
                        return target
    return None
