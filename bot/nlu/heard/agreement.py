"""Keeps the facts heard in one message from contradicting one another: the weaker of two readings is dropped."""

from __future__ import annotations

from typing import Any

# (fact, value) first, then the facts that cannot stand beside it with that value
_CANNOT_STAND = (
    (("statut_logement", "accedant"), {"impaye_loyer": True, "nb_mois_impayes": None, "dette_loyer_euros": None}),
    (("impaye_loyer", False), {"nb_mois_impayes": None, "dette_loyer_euros": None, "impaye_signale_caf": True}),
    (("percoit_prestation_caf", True), {"allocataire": False}),
    (("beneficiaire_rsa", False), {"referent_unique_rsa": True, "beneficiaire_rsa_majore": True}),
    (("separation", False), {"separation_declaree_caf": True, "date_separation": None, "date_declaration_separation": None}),
    (("enfant_a_naitre", False), {"enceinte": True}),
    (("deces_conjoint", False), {"date_deces_conjoint": None}),
)


def agree(heard: dict[str, Any]) -> dict[str, Any]:
    """The facts without those that another fact of the same message rules out; the RSA social worker tells that the RSA is received."""
    if heard.get("referent_unique_rsa") is True:
        heard = {**heard, "beneficiaire_rsa": True, "percoit_prestation_caf": True, "allocataire": True}
    for (fact, value), ruled_out in _CANNOT_STAND:
        if heard.get(fact) == value and fact in heard:
            heard = {name: said for name, said in heard.items() if name not in ruled_out or ruled_out[name] not in (None, said)}
    return heard
