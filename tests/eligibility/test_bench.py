"""The three engines of the bench decide alike, so that their times may be compared."""

from __future__ import annotations

from datetime import date

from bot.catalog import load_catalogue
from bot.eligibility.bench import measure

TODAY = date(2026, 11, 22)
MOST_MICROSECONDS = 1000


def test_an_evaluation_with_its_next_question_is_under_a_millisecond() -> None:
    """Reasons and next question of the largest Caf, and the same verdicts by zen-engine and by hand."""
    speed = measure(load_catalogue(), TODAY, count=40, rounds=5)

    assert speed.with_question < MOST_MICROSECONDS
    assert speed.ours < speed.zen_reasons
