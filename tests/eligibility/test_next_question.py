"""The next question: what settles most, never what is not asked of this role."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import Any

import pytest

from bot.catalog import load_catalogue
from bot.eligibility import next_question
from bot.eligibility.measure import count_questions
from bot.eligibility.program import program

TODAY = date(2026, 11, 22)
CATALOGUE = load_catalogue()
MOST_MEDIAN = 3


def ask(caf: str, role: str, facts: dict[str, Any], **options: Any) -> str | None:
    """The next question of a Caf."""
    return next_question(CATALOGUE, caf, role, facts, TODAY, **options)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"separation": True, "nb_enfants_a_charge": 2}, "beneficiaire_rsa"),
        ({"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": True}, "referent_unique_rsa"),
        ({"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}, None),
    ],
)
def test_the_rsa_is_asked_before_its_referent(facts: dict[str, Any], expected: str | None) -> None:
    """« Touchez-vous le RSA ? », and only if yes the référent."""
    assert expected == ask("aisne", "allocataire", facts, offers=["aisne/separation"])


def test_ages_are_asked_in_isere() -> None:
    """In Isère the ages of the children are asked, not their number."""
    facts = {
        "allocataire": True,
        "isole": True,
        "separation_declaree_caf": True,
        "arrivee_enfant_signalee_caf": False,
        "enfant_a_naitre": False,
    }

    assert ask("isere", "allocataire", facts, offers=["isere/separation_arrivee_enfant"]) == "enfants"


def test_the_pay_is_asked_only_when_no_younger_child_settles_it() -> None:
    """From 16 the pay may decide; a child of 4 makes it useless."""
    offers = ["isere/separation_arrivee_enfant"]
    facts = {
        "allocataire": True,
        "isole": True,
        "separation_declaree_caf": True,
        "arrivee_enfant_signalee_caf": False,
        "enfant_a_naitre": False,
    }

    assert ask("isere", "allocataire", {**facts, "enfants": [{"age": 17}]}, offers=offers) == "remuneration_mensuelle_nette"
    assert ask("isere", "allocataire", {**facts, "enfants": [{"age": 17}, {"age": 4}]}, offers=offers) is None


def test_one_question_for_three_facts() -> None:
    """The three facts about a professional are one question, named by the first."""
    assert ask("seine_saint_denis", "partenaire", {}, offers=["seine_saint_denis/appui_ct_apa"]) == "est_travailleur_social"
    assert ask("seine_saint_denis", "allocataire", {}, offers=["seine_saint_denis/appui_ct_apa"]) is None


@pytest.mark.parametrize("role", ["allocataire", "partenaire", "agent"])
def test_nothing_is_asked_for_a_closed_offer(role: str) -> None:
    """« Parents seuls » in Aisne is closed to all: no question for it."""
    assert ask("aisne", role, {"isole": True, "allocataire": True}, offers=["aisne/parents_seuls"]) is None


@pytest.mark.parametrize("caf", ["aisne", "seine_saint_denis"])
def test_violence_asks_nothing_of_the_person(caf: str) -> None:
    """Safety and the call-back come first."""
    assert ask(caf, "allocataire", {"victime_violences_conjugales": True}) is None


def test_a_death_of_a_child_asks_one_soft_question() -> None:
    """Only the age, which can be skipped; then nothing more."""
    facts: dict[str, Any] = {"deces_enfant": True}

    assert ask("aisne", "allocataire", facts) == "age_enfant_decede"
    assert ask("aisne", "allocataire", facts, skip=["age_enfant_decede"]) is None
    assert ask("aisne", "allocataire", {**facts, "age_enfant_decede": 18}) is None
    assert ask("seine_saint_denis", "allocataire", facts) is None


def test_months_before_amounts() -> None:
    """The number of months in arrears is asked before any amount, the net rent never of a family."""
    facts: dict[str, Any] = {
        "enfants": [{"age": 3}],
        "statut_logement": "locataire_parc_prive",
        "aide_logement": "alf",
        "impaye_loyer": True,
    }
    offers = ["isere/impayes_loyer_prive"]

    assert ask("isere", "allocataire", facts, offers=offers) == "nb_mois_impayes"
    facts["nb_mois_impayes"] = 2
    assert ask("isere", "allocataire", facts, offers=offers) == "loyer_brut_charges_euros"
    facts["loyer_brut_charges_euros"] = 600
    assert ask("isere", "allocataire", facts, offers=offers) == "dette_loyer_euros"
    facts["dette_loyer_euros"] = 1000
    assert ask("isere", "allocataire", facts, offers=offers) is None
    assert ask("isere", "agent", facts, offers=offers) == "loyer_net_residuel_euros"


def test_what_is_not_known_is_not_asked_again() -> None:
    """A fact that the person does not know leaves its place to another."""
    first = ask("aisne", "allocataire", {"separation": True})
    second = ask("aisne", "allocataire", {"separation": True}, skip=[str(first)])

    assert first is not None
    assert second not in (None, first)


def test_a_date_known_by_its_month_is_asked_to_the_day() -> None:
    """When a period leaves the delay open, the exact date is asked."""
    month = {"du": "2025-11-01", "au": "2025-11-30"}
    facts = {"allocataire": True, "enfants": [{"age": 3}], "date_declaration_separation": month}

    assert ask("isere", "partenaire", facts, offers=["isere/cap_projets"]) == "date_declaration_separation"


def test_the_kind_of_housing_benefit_is_asked_when_it_decides() -> None:
    """« J'ai l'APL » is a benefit of unknown kind: enough in Seine-Saint-Denis, to be made precise in Aisne."""
    facts = {"beneficiaire_rsa": False, "impaye_loyer": True, "impaye_signale_caf": True, "aide_logement": "type_inconnu"}
    more = {"statut_logement": "locataire_parc_prive", "nb_enfants_a_charge": 1}

    assert ask("aisne", "allocataire", facts, offers=["aisne/impayes_loyer"]) == "aide_logement"
    assert ask("aisne", "allocataire", facts, offers=["aisne/impayes_loyer"], skip=["aide_logement"]) is None
    assert ask("seine_saint_denis", "allocataire", {**facts, **more}, offers=["seine_saint_denis/impayes_loyer"]) is None


def test_a_couple_is_asked_only_of_who_spoke_of_the_other_parent() -> None:
    """The death of a spouse is never asked out of the blue."""
    offers = ["aisne/deces_parent"]
    facts: dict[str, Any] = {"beneficiaire_rsa": False, "tiers_recueillant": False, "enfants": [{"age": 7}]}

    assert ask("aisne", "allocataire", facts, offers=offers) is None
    assert ask("aisne", "allocataire", {**facts, "deces_autre_parent": True}, offers=offers) == "deces_conjoint"


def test_facts_of_2018_are_not_asked_of_the_public() -> None:
    """No family can have the offers of 2018 as its own: the facts that only they read are never asked of it."""
    read = {caf: {fact for test in program(CATALOGUE, caf).tests for fact in test.asks({})} for caf in CATALOGUE.cafs}
    others = set().union(*(facts for caf, facts in read.items() if caf != "caf_2018"))
    only = read["caf_2018"] - others

    assert only
    assert not [fact for fact in only if fact in CATALOGUE.questions and CATALOGUE.questions[fact].roles["allocataire"]]


@pytest.mark.parametrize("caf", sorted(CATALOGUE.cafs))
def test_few_questions_settle_a_situation(caf: str) -> None:
    """At most 3 questions in half of the sample families, and no more than in the order of the files."""
    figures = count_questions(CATALOGUE, caf, TODAY, count=120)

    assert figures.best_median <= MOST_MEDIAN
    assert figures.best_median <= figures.file_median
    assert median([figures.best_p90]) <= 2 * MOST_MEDIAN
