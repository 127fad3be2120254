"""Creating a request for someone at the desk."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.responses import Response

from bot.catalog import load_catalogue
from bot.clock import PARIS
from bot.errors import RequestError, RequestRefused
from bot.requests import drafts, search
from bot.requests.context import RequestContext
from bot.requests.submission import submit
from bot.workspace import labels, listing, pages
from bot.workspace.pages import Visit

# The text that the agent reads out; its version is kept with the request.
CONSENT_VERSION = "accueil-1"
FIELDS = ("nom", "prenom", "telephone", "email", "numero_allocataire", "canal", "disponibilites", "message_vocal", "accord_mail")


def form(visit: Visit) -> Response:
    """GET /agent/nouvelle."""
    visit.note("creation_formulaire")
    return _form(visit, {"envoi": secrets.token_hex(16)}, {})


def create(visit: Visit) -> Response:
    """POST /agent/nouvelle: the same form sent twice makes one request."""
    fields = {name: value.strip() for name, value in visit.form.items()}
    errors = _routing_errors(visit, fields)
    conversation = f"accueil:{visit.agent.id}:{fields.get('envoi', '')[:32]}"
    errors |= _fill_draft(visit, conversation, fields)
    if not errors:
        try:
            sent = submit(visit.session, conversation, _context(visit, fields), visit.now)
        except RequestRefused as refusal:
            errors = dict.fromkeys(refusal.fields, refusal.code) or {"caf": refusal.code}
        else:
            request = search.find(visit.session, sent.reference)
            visit.note("creation", sent.reference)
            done = "creee" if request.reference == sent.reference else "meme_personne"
            return pages.redirect(f"/demandes/{request.reference}?fait={done}")
    drafts.discard(visit.session, conversation)
    return _form(visit, fields, errors, 422)


def _fill_draft(visit: Visit, conversation: str, fields: dict[str, str]) -> dict[str, str]:
    """Put the details in a draft; the refusals by field. Nothing is kept without the person's agreement."""
    if fields.get("consentement") != "oui":
        return {"consentement": "consentement_requis"}
    drafts.put(visit.session, conversation, "consentement", CONSENT_VERSION, visit.now)
    errors = {}
    for name in FIELDS:
        if not fields.get(name):
            continue
        try:
            drafts.put(visit.session, conversation, name, fields[name], visit.now)
        except RequestError as error:
            errors[name] = error.code
    return errors


def _routing_errors(visit: Visit, fields: dict[str, str]) -> dict[str, str]:
    """What is wrong in the Caf, the territory, the offer and the age; a Caf that is not the agent's own is refused."""
    caf, errors = fields.get("caf", ""), {}
    if caf not in listing.cafs_of(visit):
        visit.refuse("creation", "hors_ressort")
        return {"caf": "caf_invalide"}
    territories = {name for name, _ in listing.territories_of(visit)[caf]}
    own = visit.scope.cafs.get(caf) if not visit.scope.everything else None
    allowed = territories if own is None else territories & own
    if fields.get("territoire") and fields["territoire"] not in allowed:
        visit.refuse("creation", "hors_ressort")
        errors["territoire"] = "territoire_invalide"
    if fields.get("offre") and fields["offre"] not in {name for name, _ in listing.offers_of(visit)[caf]}:
        errors["offre"] = "offre_invalide"
    if fields.get("age") and not (fields["age"].isascii() and fields["age"].isdigit() and int(fields["age"]) < 130):
        errors["age"] = "age_invalide"
    return errors


def _context(visit: Visit, fields: dict[str, str]) -> RequestContext:
    """The case of a request at the desk: chosen by the agent, not evaluated."""
    catalogue = load_catalogue()
    offer = fields.get("offre") or None
    access = catalogue.offers[offer].access["agent"].value if offer else None
    facts: dict[str, Any] = {"age_demandeur": int(fields["age"])} if fields.get("age") else {}
    return RequestContext(
        caf=fields["caf"],
        audience="agent",
        today=visit.now.astimezone(PARIS).date(),
        territoire=fields.get("territoire") or None,
        commune=fields.get("commune", "")[:80] or None,
        offre=offer,
        access=access or ("inconnu" if offer else None),
        verdict=None,
        facts=facts,
        violence=fields.get("prioritaire") == "oui",
        catalogue_version=catalogue.version,
        receives_requests=catalogue.cafs[fields["caf"]].receives_requests,
        source="accueil",
        agent_id=visit.agent.id,
    )


def _form(visit: Visit, fields: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    """The form, with what was typed and what is wrong."""
    return visit.render(
        "nouvelle.html",
        status,
        champs=fields,
        erreurs=errors,
        cafs=listing.cafs_of(visit),
        territories=listing.territories_of(visit),
        offers=listing.offers_of(visit),
        canaux=labels.choices("canal"),
    )
