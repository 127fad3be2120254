"""Twelve simulated people on the real processes; three hundred with scripts/simulate.sh."""

from __future__ import annotations

from datetime import date

import pytest

from bot import clock
from tests.conftest import RunningServer
from tests.conversation.persona import Persona
from tests.conversation.simulate import AUDIENCES, Outcome, one, percentile, report

TODAY = date(2026, 11, 23)


@pytest.mark.system
@pytest.mark.parametrize("seed", range(12))
def test_a_simulated_person_gets_somewhere(seed: int, repere_server: RunningServer) -> None:
    """The conversation ends in a request, an answer or a way out, repeats nothing three times and contradicts no fact."""
    outcome = one(repere_server.base_url, seed, clock.today())
    if not outcome.success:
        pytest.fail("\n".join([*outcome.lines, *(f"→ {fault}" for fault in outcome.faults)]), pytrace=False)


def test_the_same_seed_is_the_same_person() -> None:
    """A conversation that failed can be played again."""
    first, second = (Persona(7, "allocataire", TODAY) for _ in range(2))
    assert (first.caf, first.situation, first.facts, first.opening()) == (second.caf, second.situation, second.facts, second.opening())


def test_people_differ() -> None:
    """Sixty seeds reach every Caf and most situations."""
    people = [Persona(seed, AUDIENCES[seed % 3], TODAY) for seed in range(60)]
    assert len({person.caf for person in people}) == 4
    assert len({person.situation for person in people}) >= 6


def test_the_report_counts_by_audience() -> None:
    """A failed conversation is counted and named."""
    good = Outcome(0, "allocataire", end="demande", turns=8)
    bad = Outcome(1, "partenaire", turns=4, faults=["silence"])
    text = report([good, bad], TODAY, 1.0)
    assert "| allocataire | 1 | 1 (100.0 %) | 1 |" in text
    assert "graine 1 (partenaire) : silence" in text


def test_percentiles_are_values_seen() -> None:
    """The 95th percentile of twenty values is the nineteenth."""
    assert percentile(list(range(1, 21)), 0.95) == 19
    assert percentile([5], 0.5) == 5
