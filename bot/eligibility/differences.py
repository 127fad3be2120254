"""Which families of the sample change verdict or access between two versions of the catalogue, for the owners of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.catalog import Catalogue
from bot.eligibility.evaluate import evaluate
from bot.eligibility.sample import Family, families
from bot.errors import FactError

GONE = ("absent", "absent")


@dataclass(frozen=True)
class Change:
    """One offer that a family sees otherwise: verdict and access before and after."""

    number: int  # of the family in its sample
    family: Family
    offer: str
    before: tuple[str, str]
    after: tuple[str, str]


def changes(old: Catalogue, new: Catalogue, today: date, count: int = 200) -> Iterator[Change]:
    """The changes of every Caf that both versions hold, in the order of the files; the families are those of `new`."""
    for caf in new.cafs:
        if caf in old.cafs:
            for number, family in enumerate(families(new, caf, today, count), 1):
                yield from _of_family(old, new, number, family, today)


def _of_family(old: Catalogue, new: Catalogue, number: int, family: Family, today: date) -> Iterator[Change]:
    before, after = _seen(old, family, today), _seen(new, family, today)
    for offer in {**before, **after}:
        was, becomes = before.get(offer, GONE), after.get(offer, GONE)
        if was != becomes:
            yield Change(number, family, offer, was, becomes)


def _seen(catalogue: Catalogue, family: Family, today: date) -> dict[str, tuple[str, str]]:
    """Verdict and access of each offer; facts that the version does not know are left out."""
    facts = {name: value for name, value in family.truth.items() if name in catalogue.facts}
    try:
        results = evaluate(catalogue, family.caf, family.role, facts, today).offers
    except FactError:
        return {}
    return {name: (result.verdict, result.access) for name, result in results.items()}
