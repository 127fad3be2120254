"""Reach of negations, suppositions and other people, on the examples of scope.yml."""

from __future__ import annotations

import re

import pytest

from bot.nlu import scope
from bot.nlu.normalise import align, normalise
from tests.nlu_parsers.conftest import examples


@pytest.mark.parametrize(("audience", "text", "expected"), examples("scope"))
def test_reach(audience: str, text: str, expected: list[str]) -> None:
    """The stretch in brackets is denied, imagined, or told of somebody else, as the words around it say."""
    before, stretch, after = re.split(r"[\[\]]", text)
    start, end = len(align(before).text), len(align(before + stretch).text)
    whole = align(before + stretch + after).text
    found = {
        "denied": scope.denied(whole, start, end),
        "hypothetical": scope.hypothetical(whole, start),
        "other": scope.third_person(whole, start),
    }

    assert expected == [name for name, holds in found.items() if holds]


def test_clauses_cover_their_text() -> None:
    """Each clause stands where it says in the message."""
    text = normalise("Mon mari est parti, mais je reste. J'ai 2 enfants et je cherche un logement")

    assert [clause.text for clause in scope.clauses(text)] == [
        "mon mari est parti",
        " je reste",
        " j ai 2 enfants ",
        "je cherche un logement",
    ]
    assert all(clause.text == text[clause.start : clause.end] for clause in scope.clauses(text))


def test_message_about_somebody_else() -> None:
    """A message that never says « je » and names a relative is about the relative."""
    assert scope.of_somebody_else(normalise("ma soeur est enceinte et seule"))
    assert not scope.of_somebody_else(normalise("ma soeur m'aide"))
