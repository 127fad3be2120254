"""What may be stored, for whom, and with which details (contract §5, issue of the requests)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import RequestRefused
from bot.requests.context import RequestContext

# Below, no request: numbers, PMI, a trusted adult. From 15 to 17: a safe channel, and parents are never told.
YOUNGEST = 15
ADULT = 18

_ACCESS_TO_CONFIRM = frozenset({"non_precise", "inconnu"})


def is_minor(context: RequestContext) -> bool:
    """True when the person is known to be under 18."""
    age = context.facts.get("age_demandeur")
    return isinstance(age, int) and age < ADULT


def is_general(context: RequestContext) -> bool:
    """True when the request cannot be for the offer itself: closed to this role, or the person is outside its public."""
    return context.offre is None or context.access == "ferme" or context.verdict == "ineligible"


def offer_of(context: RequestContext) -> str | None:
    """The offer that the request is for; None for a general request."""
    return None if is_general(context) else context.offre


def to_confirm(context: RequestContext) -> bool:
    """True when the offer's way in must be confirmed by the Caf (« voie à confirmer »)."""
    return not is_general(context) and context.access in _ACCESS_TO_CONFIRM


def check(context: RequestContext, details: Mapping[str, str]) -> None:
    """Raise RequestRefused when this request must not be stored, or lacks something that it needs."""
    if not _receives(context):
        raise RequestRefused("caf_sans_demande", f"the Caf {context.caf} receives no request from here")
    age = context.facts.get("age_demandeur")
    if isinstance(age, int) and age < YOUNGEST:
        raise RequestRefused("moins_de_15_ans", "no request is stored for a person under 15")
    missing = missing_details(context, details)
    if missing:
        raise RequestRefused("demande_incomplete", f"the request lacks {', '.join(missing)}", fields=tuple(missing))


def _receives(context: RequestContext) -> bool:
    """What the Caf's file says, unless the caller has read it already."""
    if context.receives_requests is not None:
        return context.receives_requests
    from bot.catalog import load_catalogue  # here: the catalogue is heavy, and the caller usually has it

    caf = load_catalogue().cafs.get(context.caf)
    return caf is not None and caf.receives_requests


def missing_details(context: RequestContext, details: Mapping[str, str]) -> list[str]:
    """The details still needed before sending, in the order in which to ask them."""
    needed = ["consentement", "nom", "prenom"]
    if context.audience == "partenaire":
        needed = ["accord_famille", "partenaire_nom", "partenaire_structure", "partenaire_contact", "nom", "prenom"]
    if is_minor(context) or context.violence:
        needed.append("canal")
    missing = [name for name in needed if name not in details]
    if details.get("accord_famille") == "non":
        missing.insert(0, "accord_famille")
    if not {"telephone", "email"} & set(details):
        missing.append("telephone")
    return missing
