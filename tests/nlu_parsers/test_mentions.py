"""Mentions of a message, kind by kind, on the examples of the YAML files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.nlu.mentions import extract_mentions
from tests.nlu_parsers.conftest import examples

TODAY = date(2026, 11, 22)


def read(text: str, audience: str, *keys: str) -> dict[str, Any]:
    """The mentions of those names."""
    mentions = extract_mentions(text, TODAY, audience)
    return {key: mentions[key] for key in keys if key in mentions}


@pytest.mark.parametrize(("audience", "text", "expected"), examples("dates"))
def test_date(audience: str, text: str, expected: list[Any]) -> None:
    """A date is read with its middle and its precision, and nothing else is taken for a date."""
    found = read(text, audience, "date", "date_precision")
    wanted = {"date": expected[0] and str(expected[0]), "date_precision": expected[1]} if expected else {}

    assert wanted == found


@pytest.mark.parametrize(("audience", "text", "expected"), examples("ages"))
def test_ages(audience: str, text: str, expected: dict[str, Any]) -> None:
    """Ages go to the child or to the person they are said of, in completed years."""
    assert expected == read(text, audience, "ages_enfants", "age_demandeur")


@pytest.mark.parametrize(("audience", "text", "expected"), examples("children"))
def test_number_of_children(audience: str, text: str, expected: int | None) -> None:
    """A number of children is reported only when a number is said."""
    assert expected == read(text, audience, "nb_enfants").get("nb_enfants")


@pytest.mark.parametrize(("audience", "text", "expected"), examples("prestations"))
def test_benefits(audience: str, text: str, expected: list[list[str]]) -> None:
    """Benefits received and denied are told apart; those only asked about are in neither list."""
    found = read(text, audience, "prestations", "prestations_absentes")

    assert expected == [found.get("prestations", []), found.get("prestations_absentes", [])]


@pytest.mark.parametrize(("audience", "text", "expected"), examples("debts"))
def test_arrears_and_debts(audience: str, text: str, expected: list[Any]) -> None:
    """Months of rent and amounts owed are read; rents, pays and loans are not."""
    found = read(text, audience, "nb_mois_impayes", "montant_dette")

    assert expected == [found.get("nb_mois_impayes"), found.get("montant_dette")]


@pytest.mark.parametrize(("audience", "text", "expected"), examples("statements"))
def test_statements(audience: str, text: str, expected: dict[str, Any]) -> None:
    """File at the Caf, housing and pregnancy are reported when stated, and denied when denied."""
    assert expected == read(text, audience, "allocataire", "logement", "enceinte")


@pytest.mark.parametrize(("audience", "text", "expected"), examples("contact_details"))
def test_contact_details(audience: str, text: str, expected: list[str | None]) -> None:
    """Phones come in E.164 and mails in lower case, however they are written."""
    found = read(text, audience, "telephone", "email")

    assert expected == [found.get("telephone"), found.get("email")]


def test_date_as_written() -> None:
    """The date is quoted as it was typed, spelling included."""
    assert extract_mentions("seule depuis 3mosi avec g 2 enfants", TODAY)["date_texte"] == "depuis 3mosi"


def test_everything_in_one_message() -> None:
    """One telegraphic line of an agent gives all its mentions at once."""
    text = "mme seule 28 ans 2 enf pas rsa 93 loge parc privé impayé 3 mois apl"
    expected = {
        "age_demandeur": 28,
        "nb_enfants": 2,
        "prestations": ["apl"],
        "prestations_absentes": ["rsa"],
        "logement": "locataire_prive",
        "nb_mois_impayes": 3,
        "departement": "93",
    }

    assert expected == extract_mentions(text, TODAY, "agent")


def test_nothing_is_guessed() -> None:
    """A message that states nothing has no mention."""
    assert extract_mentions("bonjour, je ne sais plus quoi faire, aidez-moi svp", TODAY) == {}
