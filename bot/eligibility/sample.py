"""Families drawn at random, always the same for a seed: to measure questions, time, and what a change of the rules does.

Every figure below is invented. It only has to look like families who write to a Caf; no rule comes from here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.catalog import Catalogue
from bot.catalog.records import ROLES

Facts = dict[str, Any]

# What the first message tells when it tells the situation.
EVENTS: dict[str, Facts] = {
    "separation": {"separation": True},
    "residence_alternee": {"separation": True},
    "deces_parent": {"deces_conjoint": True},
    "deces_enfant": {"deces_enfant": True},
    "arrivee_enfant": {"enfant_a_naitre": True},
    "naissance_multiple": {"nb_enfants_naissance": 2},
    "enfant_malade_handicap": {"beneficiaire_ajpp": True},
    "parent_seul": {"isole": True},
    "impaye_loyer": {"impaye_loyer": True},
    "impaye_pret": {"impaye_pret_immobilier": True},
    "logement_non_decent": {"logement_non_decent": True},
    "renovation_urbaine": {},
    "vacances_enfant": {"droit_de_visite": "visite_hebergement"},
    "retour_emploi": {"prestation_conge_parental": "prepare"},
    "conciliation_rsa": {"beneficiaire_rsa": True},
    "violences": {"victime_violences_conjugales": True},
    "mineure_enceinte": {"enceinte": True, "age_demandeur": 17},
    "jeune_parent": {"age_demandeur": 20},
    "difficulte_passagere": {},
    "surendettement": {"impaye_loyer": True},
}
OFTEN_TOLD = {"enfants": 0.6, "isole": 0.2, "age_demandeur": 0.15, "beneficiaire_rsa": 0.15, "aide_logement": 0.2, "nb_mois_impayes": 0.5}
KEPT_IN_STEP = {"nb_mois_impayes": ("impaye_loyer",)}  # told only with the event


@dataclass(frozen=True)
class Family:
    """A family: its situation, what its first message tells, and everything that is true of it."""

    caf: str
    role: str
    situation: str
    told: Facts
    truth: Facts


def families(catalogue: Catalogue, caf: str, today: date, count: int = 200, seed: int = 2026) -> list[Family]:
    """`count` families of a Caf, each in a situation for which it has an offer; the same for the same seed."""
    rng = random.Random(f"{caf}:{seed}")
    names = list(catalogue.caf(caf).offers)
    situations = [name for name, item in catalogue.situations.items() if any(offer in names for offer in item.offers)]
    return [_family(rng, caf, rng.choice(situations), today) for _ in range(count)]


def _family(rng: random.Random, caf: str, situation: str, today: date) -> Family:
    truth = _truth(rng, situation, today)
    event = dict(EVENTS[situation])
    truth.update(event)
    told = dict(event)
    for fact, share in OFTEN_TOLD.items():
        needs = KEPT_IN_STEP.get(fact, ())
        if fact in truth and rng.random() < share and all(event.get(need) for need in needs):
            told[fact] = truth[fact]
    if "aide_logement" in told and told["aide_logement"] != "aucune":
        told["aide_logement"] = "type_inconnu"
    return Family(caf, rng.choices(ROLES, (6, 2, 2))[0], situation, told, truth)


def _truth(rng: random.Random, situation: str, today: date) -> Facts:
    facts: Facts = {}
    for part in (_people, _benefits, _home, _events):
        facts.update(part(rng, situation, facts, today))
    return facts


def _chance(rng: random.Random, share: float) -> bool:
    return rng.random() < share


def _people(rng: random.Random, situation: str, facts: Facts, today: date) -> Facts:
    ages = sorted(rng.choices(range(0, 19), k=rng.choices((0, 1, 2, 3, 4), (1, 4, 5, 2, 1))[0]))
    if situation in ("parent_seul", "conciliation_rsa", "enfant_malade_handicap", "retour_emploi") and not ages:
        ages = [3]
    waiting = situation in ("arrivee_enfant", "mineure_enceinte")
    return {
        "enfants": [{"age": age, **({"remuneration_mensuelle_nette": 0} if age >= 16 else {})} for age in ages],
        "nb_enfants_a_charge": len(ages),
        "parent": bool(ages),
        "age_demandeur": rng.randint(19, 49),
        "etudiant": _chance(rng, 0.05),
        "isole": situation == "parent_seul" or _chance(rng, 0.5),
        "enfant_a_naitre": waiting,
        "enceinte": waiting,
        "grossesse_declaree_caf": waiting and _chance(rng, 0.7),
        "droit_de_visite": "visite_hebergement" if situation == "vacances_enfant" else "aucun" if not ages else "visite",
        "tiers_recueillant": False,
    }


def _benefits(rng: random.Random, situation: str, facts: Facts, today: date) -> Facts:
    rsa = situation == "conciliation_rsa" or _chance(rng, 0.25)
    sick = situation == "enfant_malade_handicap"
    housing = rng.choices(("alf", "als", "apl", "aucune"), (4, 1, 4, 3))[0]
    leave = "prepare" if situation == "retour_emploi" else "aucune"
    receives = rsa or sick or leave != "aucune" or housing != "aucune" or _chance(rng, 0.6)
    return {
        "beneficiaire_rsa": rsa,
        "beneficiaire_rsa_majore": rsa and _chance(rng, 0.3),
        "referent_unique_rsa": rsa and _chance(rng, 0.35),
        "soumis_droits_devoirs": rsa,
        "beneficiaire_ajpp": sick,
        "beneficiaire_aeeh": False,
        "activite_interrompue": sick and _chance(rng, 0.7),
        "aide_logement": housing,
        "prestation_conge_parental": leave,
        "sans_emploi_avant_entree": _chance(rng, 0.4),
        "percoit_prestation_caf": receives,
        "allocataire": receives or _chance(rng, 0.7),
        "partage_af_residence_alternee": situation == "residence_alternee" and receives,
    }


def _home(rng: random.Random, situation: str, facts: Facts, today: date) -> Facts:
    behind = situation in ("impaye_loyer", "surendettement")
    months = rng.choice((1, 2, 3, 4)) if behind else 0
    status = (
        "accedant"
        if situation == "impaye_pret"
        else rng.choices(("locataire_parc_prive", "locataire_parc_social", "heberge"), (5, 4, 1))[0]
    )
    return {
        "statut_logement": status,
        "impaye_loyer": behind,
        "impaye_pret_immobilier": situation == "impaye_pret",
        "nb_mois_impayes": months,
        "dette_loyer_euros": months * 500,
        "loyer_brut_charges_euros": 600,
        "loyer_net_residuel_euros": 350,
        "impaye_signale_caf": (behind or situation == "impaye_pret") and _chance(rng, 0.6),
        "logement_non_decent": situation == "logement_non_decent",
        "non_decence_enregistree_caf": situation == "logement_non_decent" and _chance(rng, 0.5),
        "programme_renovation_urbaine_conventionne": situation == "renovation_urbaine" and _chance(rng, 0.6),
        "decohabitant": False,
    }


def _events(rng: random.Random, situation: str, facts: Facts, today: date) -> Facts:
    apart = situation in ("separation", "residence_alternee", "vacances_enfant")
    violent = situation == "violences"
    truth: Facts = {
        "separation": apart,
        "separation_declaree_caf": apart and _chance(rng, 0.7),
        "arrivee_enfant_signalee_caf": situation in ("arrivee_enfant", "naissance_multiple") and _chance(rng, 0.5),
        "deces_conjoint": situation == "deces_parent",
        "deces_autre_parent": situation == "deces_parent",
        "deces_enfant": situation == "deces_enfant",
        "enfant_ne_sans_vie": False,
        "deces_declare_caf": situation in ("deces_parent", "deces_enfant") and _chance(rng, 0.8),
        "victime_violences_conjugales": violent,
        "victime_violences_intrafamiliales": violent,
        "urgence_securite_financiere": violent and _chance(rng, 0.5),
        "accompagnee_par_ts": violent and _chance(rng, 0.3),
        "verse_pension_alimentaire": apart and _chance(rng, 0.6),
        "declare_non_solvable": False,
        "modalites_fixees_par": rng.choice(("jugement", "protocole_mediation", "aucun")),
        "cause_vulnerabilite": "evenement_economique" if situation == "difficulte_passagere" else "aucune",
        **dict.fromkeys(("est_travailleur_social", "secret_professionnel", "mission_accompagnement_social"), _chance(rng, 0.7)),
    }
    return truth | dict(_dates(rng, truth | facts, today))


def _dates(rng: random.Random, facts: Facts, today: date) -> Iterator[tuple[str, date]]:
    event = today - timedelta(days=rng.randint(5, 800))
    known = {
        "date_separation": "separation",
        "date_declaration_separation": "separation_declaree_caf",
        "date_deces_conjoint": "deces_conjoint",
        "date_deces_autre_parent": "deces_autre_parent",
        "date_deces_enfant": "deces_enfant",
        "date_signalement_arrivee_enfant": "arrivee_enfant_signalee_caf",
        "date_signalement_impaye": "impaye_signale_caf",
        "date_signalement_indecence": "logement_non_decent",
        "date_ouverture_droit_ajpp": "beneficiaire_ajpp",
        "date_residence_alternee": "partage_af_residence_alternee",
        "date_enregistrement_caf": "allocataire",
    }
    yield from ((day, event) for day, fact in known.items() if facts.get(fact))
    if facts["deces_enfant"]:
        yield "age_enfant_decede", rng.randint(0, 20)  # type: ignore[misc]
