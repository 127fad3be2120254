"""The pay of a child of 16 or more, as the Isère rule reads it."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.catalog import load_catalogue
from bot.dialogue import hearing
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier

CONTEXT = Context(load_catalogue(), datetime(2026, 11, 22, tzinfo=timezone.utc), "test")


def test_pay_is_kept_with_the_children_it_concerns() -> None:
    """A pay answered for the older child does not touch the younger one, and the answer is no refused fact."""
    dossier = Dossier(facts={"enfants": [{"age": 17}, {"age": 9}]})

    hearing.learn(dossier, {"remuneration_mensuelle_nette": 0}, CONTEXT)

    assert dossier.facts["enfants"] == [{"remuneration_mensuelle_nette": 0, "age": 17}, {"age": 9}]
