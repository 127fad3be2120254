"""Sets of facts for the property tests, drawn fact by fact; the ones that contradict each other are left out by the tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.catalog import Catalogue
from bot.eligibility.program import program

TODAY = date(2026, 11, 22)

CHILD = st.fixed_dictionaries(
    {"age": st.integers(0, 25)},
    optional={
        "obligation_scolaire_remplie": st.booleans(),
        "remuneration_mensuelle_nette": st.sampled_from([0, 900, 914, 918.35, 919, 920, 1500]),
    },
)


def value_of(catalogue: Catalogue, fact: str) -> st.SearchStrategy[Any]:
    """Values of one fact, boundaries included."""
    spec = catalogue.facts[fact]
    day = st.integers(-1200, 300).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
    return {
        "bool": st.booleans(),
        "int": st.integers(0, 40),
        "number": st.sampled_from([0, 400, 500, 999, 1000, 1500, 2000]),
        "choice": st.sampled_from(list(spec.values) or ["x"]),
        "date": day,
        "children": st.lists(CHILD, max_size=3),
        "ages": st.lists(st.integers(0, 25), max_size=2),
        "text": st.just("02"),
    }[spec.type]


def facts_read(catalogue: Catalogue, caf: str) -> list[str]:
    """The facts that the conditions and the accesses of a Caf read."""
    compiled = program(catalogue, caf)
    return sorted({test.fact for test in compiled.tests} | {"beneficiaire_ajpp", "nb_enfants_a_charge"})


def some_facts(catalogue: Catalogue, caf: str, largest: int = 12) -> st.SearchStrategy[dict[str, Any]]:
    """A few facts of a Caf."""
    names = facts_read(catalogue, caf)
    chosen = st.lists(st.sampled_from(names), unique=True, max_size=largest)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({name: value_of(catalogue, name) for name in some}))
