"""The columns of a request, from the details of a person and the case behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.requests import rules
from bot.requests.context import RequestContext
from bot.requests.names import search_form

# Details copied as they are into the request; the yes/no ones are turned into booleans.
COPIED = ("nom", "prenom", "telephone", "email", "numero_allocataire", "canal", "disponibilites")
COPIED_PARTNER = ("partenaire_nom", "partenaire_structure", "partenaire_contact")
YES_NO = ("message_vocal", "accord_mail", "accord_famille", "partenaire_suivi")


def columns(details: Mapping[str, str], *, partial: bool = False) -> dict[str, Any]:
    """The columns of a request for these details; with `partial`, only those that were given."""
    values: dict[str, Any] = {name: details.get(name) for name in COPIED + COPIED_PARTNER}
    values["message_vocal"] = _yes(details.get("message_vocal"))
    values["accord_famille"] = _yes(details.get("accord_famille"))
    values["accord_mail"] = details.get("accord_mail") == "oui"
    values["partenaire_suivi"] = details.get("partenaire_suivi") == "oui"
    if partial:
        values = {name: value for name, value in values.items() if name in details}
    if "nom" in details:
        values["search_name"] = search_form(details["nom"])
    return values


def _yes(value: str | None) -> bool | None:
    """oui → True, non → False, not said → None."""
    return None if value is None else value == "oui"


def case_of(context: RequestContext) -> dict[str, Any]:
    """The columns of a request that tell its case, its routing and who made it."""
    return {
        "source": context.source,
        "audience": context.audience,
        "created_by": context.agent_id,
        "caf": context.caf,
        "territoire": context.territoire,
        "commune": context.commune,
        "offre": rules.offer_of(context),
        "offre_visee": context.offre,
        "verdict": context.verdict,
        "access": context.access,
        "voie_a_confirmer": rules.to_confirm(context),
        "facts": context.facts,
        "reasons": context.reasons,
        "situations": context.situations,
        "catalogue_version": context.catalogue_version,
        "evaluated_on": context.today,
        "violence": context.violence,
        "minor": rules.is_minor(context),
    }


def as_json(context: RequestContext) -> dict[str, Any]:
    """The case of a change, as JSON."""
    case = case_of(context)
    return {**case, "evaluated_on": context.today.isoformat()}
