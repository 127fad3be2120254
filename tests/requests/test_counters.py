"""Counts for the yearly review: numbers without anybody in them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.clock import PARIS
from bot.database import session_scope
from bot.database.models import Counter
from bot.requests import counters

pytestmark = pytest.mark.usefixtures("database")

LATE = datetime(2026, 11, 30, 23, 30, tzinfo=PARIS)


def test_answers_are_counted_by_caf_day_and_answer():
    """Two yes and one no of the Aisne, one no of nobody knows where: four answers, three rows, no conversation in them."""
    with session_scope() as session:
        for caf, helped in (("aisne", True), ("aisne", True), ("aisne", False), (None, False)):
            counters.count_help(session, caf, helped, LATE)

    with session_scope() as session:
        rows = {(row.name, row.caf): (row.day, row.audience, row.count) for row in session.query(Counter)}
    day = date(2026, 11, 30)  # in Paris, whatever the zone of the clock
    assert rows == {
        ("aide_utile_oui", "aisne"): (day, "", 2),
        ("aide_utile_non", "aisne"): (day, "", 1),
        ("aide_utile_non", ""): (day, "", 1),
    }
