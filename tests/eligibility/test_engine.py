"""The rules of evaluation: delays, ages, derivations, presumptions, contradictions, open texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.catalog import load_catalogue
from bot.eligibility import evaluate, read_facts
from bot.eligibility.dates import add_months
from bot.errors import BadInput, FactError

TODAY = date(2026, 11, 22)
CATALOGUE = load_catalogue()


def result(offer: str, facts: dict[str, Any], role: str = "allocataire", today: date = TODAY) -> Any:
    """The result of one offer."""
    caf = offer.partition("/")[0]
    return evaluate(CATALOGUE, "autre" if caf == "socle" else caf, role, facts, today).offers[offer]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    """The same day of the month, or the last day when it does not exist."""
    assert expected == add_months(day, months)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"nb_enfant": 1}, ["unknown fact", "nb_enfant", "Did you mean"]),
        ({"isole": "oui"}, ["isole", "true or false"]),
        ({"isole": None}, ["isole"]),
        ({"age_demandeur": -1}, ["age_demandeur", "-1"]),
        ({"age_demandeur": 200}, ["age_demandeur"]),
        ({"nb_enfants_a_charge": True}, ["nb_enfants_a_charge"]),
        ({"date_separation": "2026-02-30"}, ["date_separation", "2026-02-30"]),
        ({"date_separation": {"du": "2026-03-02", "au": "2026-03-01"}}, ["date_separation"]),
        ({"aide_logement": "apll"}, ["aide_logement", "apl"]),
        ({"enfants": [{"age": -2}]}, ["enfants"]),
        ({"enfants": [{"ages": 2}]}, ["enfants"]),
        ({"enfants": [{"age": 2, "metier": "x"}]}, ["metier"]),
        ({"separation": False, "date_separation": "2026-01-01"}, ["separation", "date_separation", "contradicts"]),
        ({"beneficiaire_rsa": False, "referent_unique_rsa": True}, ["beneficiaire_rsa", "referent_unique_rsa"]),
        ({"allocataire": False, "aide_logement": "apl"}, ["allocataire", "aide_logement"]),
        ({"enceinte": True, "enfant_a_naitre": False}, ["enceinte", "enfant_a_naitre"]),
        ({"statut_logement": "accedant", "nb_mois_impayes": 2}, ["statut_logement", "nb_mois_impayes"]),
        ({"nb_mois_impayes": 0, "dette_loyer_euros": 10}, ["nb_mois_impayes", "dette_loyer_euros"]),
        ({"victime_violences_conjugales": True, "victime_violences_intrafamiliales": False}, ["victime_violences"]),
        ({"nb_enfants_a_charge": 0, "enfants": [{"age": 4}]}, ["nb_enfants_a_charge", "enfants"]),
        ({"date_separation": "2026-06-01", "date_declaration_separation": "2026-05-01"}, ["date_declaration_separation"]),
    ],
)
def test_bad_facts_are_refused_and_named(facts: dict[str, Any], words: list[str]) -> None:
    """One line names the fact, or the two that contradict each other."""
    with pytest.raises(FactError) as error:
        read_facts(facts, TODAY, "aisne")

    assert "\n" not in str(error.value)
    for word in words:
        assert word in str(error.value)


def test_unknown_caf_and_role_are_refused() -> None:
    """A Caf or a role that does not exist is bad input."""
    with pytest.raises(BadInput, match="paris"):
        evaluate(CATALOGUE, "paris", "agent", {}, TODAY)
    with pytest.raises(BadInput, match="famille"):
        evaluate(CATALOGUE, "aisne", "famille", {}, TODAY)


@pytest.mark.parametrize(
    ("facts", "derived", "value"),
    [
        ({"date_separation": "2026-01-01"}, "separation", True),
        ({"date_declaration_separation": "2026-01-01"}, "separation", True),
        ({"separation": False}, "separation_declaree_caf", False),
        ({"date_naissance": "2026-12-25"}, "enfant_a_naitre", True),
        ({"beneficiaire_rsa_majore": True}, "allocataire", True),
        ({"beneficiaire_rsa": False}, "referent_unique_rsa", False),
        ({"aide_logement": "type_inconnu"}, "percoit_prestation_caf", True),
        ({"nb_mois_impayes": 0}, "impaye_loyer", False),
        ({"dette_loyer_euros": 12.5}, "impaye_loyer", True),
        ({"statut_logement": "accedant"}, "impaye_loyer", False),
        ({"droit_de_visite": "visite"}, "parent", True),
        ({"enfants": [{"age": 30}]}, "parent", True),
        ({"date_ouverture_droit_aeeh": "2026-01-01"}, "beneficiaire_aeeh", True),
    ],
)
def test_what_facts_imply(facts: dict[str, Any], derived: str, value: Any) -> None:
    """A fact that follows from another needs no question."""
    assert value == read_facts(facts, TODAY).values[derived]


@pytest.mark.parametrize("facts", [{"separation": True}, {"isole": True}, {"aide_logement": "aucune"}])
def test_what_facts_do_not_imply(facts: dict[str, Any]) -> None:
    """A separation does not tell that the person lives alone, and no benefit does not tell that there is no file."""
    assert set(facts) == set(read_facts(facts, TODAY).values)


def test_an_expected_birth_is_not_a_birth() -> None:
    """A birth to come is read as a child to be born, without a date of birth."""
    assert "date_naissance" not in read_facts({"date_naissance": "2027-01-02"}, TODAY).values


@pytest.mark.parametrize(
    ("ages", "verdict"), [([4], "eligible"), ([15], "eligible"), ([16], "unknown"), ([], "ineligible"), ([17, 25], "unknown")]
)
def test_ages_tell_the_children_a_charge(ages: list[int], verdict: str) -> None:
    """Below 16 a child counts for sure; older ones may or may not."""
    facts = {"separation": True, "beneficiaire_rsa": False, "droit_de_visite": "aucun", "enfant_a_naitre": False}

    assert verdict == result("aisne/separation", {**facts, "enfants": [{"age": age} for age in ages]}).verdict


@pytest.mark.parametrize(
    ("child", "verdict", "confirm"),
    [
        ({"age": 5}, "eligible", False),
        ({"age": 6}, "eligible", False),
        ({"age": 15, "obligation_scolaire_remplie": False}, "ineligible", False),
        ({"age": 16}, "unknown", False),
        ({"age": 16, "remuneration_mensuelle_nette": 913.99}, "eligible", False),
        ({"age": 19, "remuneration_mensuelle_nette": 914}, "unknown", False),
        ({"age": 19, "remuneration_mensuelle_nette": 919}, "unknown", False),
        ({"age": 19, "remuneration_mensuelle_nette": 919.01}, "ineligible", True),
        ({"age": 20, "remuneration_mensuelle_nette": 0}, "unknown", False),
        ({"age": 20, "remuneration_mensuelle_nette": 2000}, "ineligible", True),
        ({"age": 21}, "ineligible", False),
    ],
)
def test_the_child_of_the_isere_booklet(child: dict[str, Any], verdict: str, confirm: bool) -> None:
    """Age, schooling and pay decide; a refusal on the amount of 2018 is to be confirmed."""
    facts = {"allocataire": True, "deces_conjoint": True, "deces_enfant": False, "enfant_ne_sans_vie": False, "enfants": [child]}
    seen = result("isere/familles_endeuillees", facts)

    assert (verdict, confirm) == (seen.verdict, seen.confirm)


def test_at_20_the_housing_offers_keep_the_child() -> None:
    """The 20-year-old counts for the three housing offers."""
    facts = {"programme_renovation_urbaine_conventionne": True, "allocataire": True}
    child = {"age": 20, "remuneration_mensuelle_nette": 500}

    assert result("isere/renovation_urbaine", {**facts, "enfants": [child]}).verdict == "eligible"


def test_ages_prevail_over_a_number_in_isere_only() -> None:
    """The number of children gives way to the ages in Isère; elsewhere they contradict each other."""
    facts = {"nb_enfants_a_charge": 2, "enfants": [{"age": 22}]}
    base = {"allocataire": True, "deces_conjoint": True, "deces_enfant": False, "enfant_ne_sans_vie": False}

    assert result("isere/familles_endeuillees", {**base, **facts}).verdict == "ineligible"
    with pytest.raises(FactError):
        evaluate(CATALOGUE, "aisne", "agent", facts, TODAY)


@pytest.mark.parametrize(
    ("start", "verdict"),
    [("2025-11-23", "eligible"), ("2025-11-22", "ineligible"), ({"du": "2025-11-20", "au": "2025-11-30"}, "unknown")],
)
def test_less_than_a_year_is_strict(start: Any, verdict: str) -> None:
    """The anniversary itself is too late; a date known by its month may leave it open."""
    facts = {
        "allocataire": True,
        "enfants": [{"age": 3}],
        "date_declaration_separation": start,
        "arrivee_enfant_signalee_caf": False,
        "enfant_a_naitre": False,
    }
    assert verdict == result("isere/cap_projets", facts).verdict


@pytest.mark.parametrize(
    ("facts", "access", "deadline"),
    [
        ({"date_enregistrement_caf": "2025-11-22"}, "ouvert", date(2026, 11, 22)),
        ({"date_enregistrement_caf": "2025-11-21"}, "ferme", None),
        ({"date_declaration_separation": "2026-01-10"}, "ouvert", date(2027, 1, 10)),
        ({"date_declaration_separation": "2020-01-10"}, "inconnu", None),
        ({"date_enregistrement_caf": "2025-12-01", "date_declaration_separation": "2025-12-24"}, "ouvert", date(2026, 12, 24)),
    ],
)
def test_the_year_of_a_referral_in_isere(facts: dict[str, Any], access: str, deadline: date | None) -> None:
    """The delay runs from the registration, and a recent event is enough to know that it runs."""
    base = {"allocataire": True, "isole": True, "separation_declaree_caf": True, "enfants": [{"age": 3}]}
    seen = result("isere/separation_arrivee_enfant", {**base, **facts}, "partenaire")

    assert (access, deadline) == (seen.access, seen.deadline)


def test_the_deadline_of_a_strict_delay_is_its_eve() -> None:
    """Less than a year from a declaration ends the day before the anniversary."""
    facts = {"allocataire": True, "enfants": [{"age": 3}], "date_declaration_separation": "2026-03-10"}
    seen = result("isere/cap_projets", facts, "partenaire")

    assert ("eligible", date(2027, 3, 9)) == (seen.verdict, seen.deadline)


def test_not_yet_names_the_step() -> None:
    """An arrears that the Caf does not know is not a refusal: the report opens the offer."""
    facts = {"beneficiaire_rsa": False, "aide_logement": "alf", "impaye_loyer": True, "impaye_signale_caf": False}
    seen = result("aisne/impayes_loyer", facts)

    assert (seen.verdict, seen.not_yet, seen.steps) == ("ineligible", True, ("impaye_signale_caf",))
    assert CATALOGUE.not_yet_step("impaye_signale_caf")
    assert not result("aisne/impayes_loyer", {**facts, "aide_logement": "apl"}).not_yet


def test_an_open_text_is_unknown_and_said() -> None:
    """A case that the text leaves open keeps the verdict unknown, to be confirmed, with nothing left to ask."""
    facts = {"beneficiaire_rsa": False, "separation": True, "nb_enfants_a_charge": 0, "droit_de_visite": "aucun", "enfant_a_naitre": True}
    seen = result("aisne/separation", facts)
    unclear = [reason for reason in seen.reasons if reason.status == "text_unclear"]

    assert (seen.verdict, seen.confirm, seen.missing) == ("unknown", True, [])
    assert [(reason.criterion, reason.source) for reason in unclear] == [("enfant_a_naitre", "004:65")]


def test_another_caf_is_always_to_be_confirmed() -> None:
    """Whatever the verdict, the rules of another Caf are not known here."""
    assert all(item.confirm for item in evaluate(CATALOGUE, "autre", "allocataire", {}, TODAY).offers.values())


def test_every_reason_has_a_sentence_and_a_source() -> None:
    """Whatever is known, each condition read says its French sentence and where the rule is written."""
    checked = 0
    for caf in CATALOGUE.cafs:
        for offer in evaluate(CATALOGUE, caf, "agent", {"enfants": [{"age": 20}], "allocataire": False}, TODAY).offers.values():
            for reason in offer.reasons:
                assert reason.fr.strip(), (offer.offer_id, reason)
                assert ":" in reason.source
                checked += 1
    assert checked > 150
