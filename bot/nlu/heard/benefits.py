"""Facts that follow from the benefits named: which housing benefit, RSA, AJPP…, and so that the family has a file at the Caf.

« APL » said by a family means any housing benefit; agents and partners name the kind. A suspended right still counts.
"""

from __future__ import annotations

from typing import Any

from bot.nlu.heard.children import WORDS_FILE
from bot.nlu.patterns import patterns
from bot.nlu.rules import FAMILY

_HOUSING = ("alf", "als", "apl", "al")
_BOOLEAN = {"ajpp": "beneficiaire_ajpp", "aeeh": "beneficiaire_aeeh", "rsa": "beneficiaire_rsa", "rsa_majore": "beneficiaire_rsa_majore"}
_PARENTAL_LEAVE = ("clca", "prepare")


def _housing_benefit(text: str, received: list[str], absent: list[str], audience: str) -> str | None:
    """The value of `aide_logement`, None when it is not stated."""
    said = [code for code in _HOUSING if code in received]
    if said:
        on_paper = said[0] != "apl" and patterns(WORDS_FILE)["read_on_paper"].search(text) is not None
        precise = said[0] != "al" and (audience != FAMILY or on_paper)
        return said[0] if precise else "type_inconnu"
    if patterns(WORDS_FILE)["stopped"].search(text):
        return "type_inconnu" if set(absent) & set(_HOUSING) else None
    none_at_all = "al" in absent or (audience == FAMILY and "apl" in absent)
    return "aucune" if none_at_all else None


def benefit_facts(text: str, mentions: dict[str, Any], audience: str) -> dict[str, Any]:
    """The facts that the benefits of a message state."""
    received: list[str] = mentions.get("prestations", [])
    absent: list[str] = [code for code in mentions.get("prestations_absentes", []) if code not in received]
    facts: dict[str, Any] = {}
    housing = _housing_benefit(text, received, absent, audience)
    if housing is not None:
        facts["aide_logement"] = housing
    for code, fact in _BOOLEAN.items():
        if code in received or code in absent:
            facts[fact] = code in received
    if facts.get("beneficiaire_rsa_majore"):
        facts["beneficiaire_rsa"] = True
    leave = [code for code in _PARENTAL_LEAVE if code in received]
    if leave:
        facts["prestation_conge_parental"] = leave[0]
    if (received or housing == "type_inconnu") and not patterns(WORDS_FILE)["another_scheme"].search(text):
        facts["percoit_prestation_caf"] = facts["allocataire"] = True
    return facts
