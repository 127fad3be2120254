"""The conditions that make the verdict: what holds for a yes, what fails for a no, what is open otherwise."""

from __future__ import annotations

from datetime import date

from bot.catalog import load_catalogue
from bot.eligibility import decisive_reasons, evaluate

TODAY = date(2026, 11, 23)
TENANT = {
    "isole": True,
    "nb_enfants_a_charge": 2,
    "beneficiaire_rsa": False,
    "statut_logement": "locataire_parc_prive",
    "impaye_loyer": True,
    "aide_logement": "apl",
}


def _criteria(caf: str, offer: str, facts: dict) -> list[str]:
    found = decisive_reasons(load_catalogue(), caf, "agent", facts, TODAY)
    return [reason.criterion for reason in found[f"{caf}/{offer}"]]


def test_a_yes_rests_on_everything_that_holds() -> None:
    """Every condition of an offer whose conditions all count is decisive, the kind of landlord included."""
    assert {"statut_logement", "aide_logement", "impaye_loyer", "nb_enfants_a_charge"} <= set(
        _criteria("seine_saint_denis", "impayes_loyer", TENANT)
    )


def test_a_no_rests_on_what_fails() -> None:
    """In Aisne the same family is refused for its APL alone."""
    assert _criteria("aisne", "impayes_loyer", TENANT) == ["aide_logement"]


def test_a_branch_that_did_not_count_is_left_out() -> None:
    """A parent with a child is in the public: the visiting right that is not known decides nothing."""
    facts = {"separation": True, "nb_enfants_a_charge": 1, "beneficiaire_rsa": False}
    assert "droit_de_visite" not in _criteria("aisne", "separation", facts)


def test_unknown_rests_on_what_is_open() -> None:
    """What is missing makes an open verdict, not what already holds."""
    assert "separation" not in _criteria("aisne", "separation", {"separation": True, "beneficiaire_rsa": False})


def test_the_decisive_reasons_are_reasons_of_the_evaluation() -> None:
    """They are the same sentences and sources as those of the verdict."""
    evaluation = evaluate(load_catalogue(), "isere", "agent", TENANT, TODAY)
    for offer, reasons in decisive_reasons(load_catalogue(), "isere", "agent", TENANT, TODAY).items():
        assert reasons
        assert set(reasons) <= set(evaluation.offers[offer].reasons)
