"""Facts that repeat a number or a state already read as a mention: age, pregnancy, arrears, debt, housing."""

from __future__ import annotations

from typing import Any

_AS_THEY_ARE = ("age_demandeur", "enceinte", "nb_mois_impayes", "allocataire")
_HOUSING = {
    "locataire_prive": "locataire_parc_prive",
    "locataire_social": "locataire_parc_social",
    "accedant": "accedant",
    "heberge": "heberge",
}


def number_facts(text: str, mentions: dict[str, Any], heard: dict[str, Any]) -> dict[str, Any]:
    """The facts that the mentions state as they are. A debt is a debt of rent only when the rent is unpaid."""
    facts: dict[str, Any] = {
        name: mentions[name] for name in ("age_demandeur", "enceinte", "nb_mois_impayes", "allocataire") if name in mentions
    }
    if "logement" in mentions:
        facts["statut_logement"] = _HOUSING[mentions["logement"]]
    if mentions.get("nb_mois_impayes"):
        facts["impaye_loyer"] = True
    rent_is_owed = heard.get("impaye_loyer") or facts.get("impaye_loyer")
    if "montant_dette" in mentions and rent_is_owed and not heard.get("impaye_pret_immobilier") and "dettes " not in text:
        facts["dette_loyer_euros"] = mentions["montant_dette"]
    return facts
