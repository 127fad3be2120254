"""The page of one request, and what an agent can do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from starlette.responses import Response

from bot.clock import PARIS
from bot.database.models import Agent, ContactRequest, Note, OutboxEvent, RequestChange
from bot.errors import RequestError, TransitionError, UnknownReference
from bot.requests import changes, history, life_cycle, search
from bot.requests.status import CLOSED, RDV_MODES, Status, reason_codes
from bot.workspace import labels, listing, pages
from bot.workspace.pages import Visit

LONGEST_NOTE = 4000
LONGEST_COMMENT = 500


def _with_request(action: str, run: Callable[[Visit, ContactRequest], Response]) -> pages.Handler:
    """A handler on the request that the address names: unknown and foreign ones are one answer, and written in the audit."""

    def handler(visit: Visit) -> Response:
        reference = visit.request.path_params["reference"]
        try:
            request = search.find(visit.session, reference, lock=visit.request.method == "POST")
        except UnknownReference:
            visit.refuse(action, "reference_inconnue")
            return pages.failure(404, "introuvable")
        if not visit.scope.allows(request):
            visit.refuse(action, "hors_ressort", request.reference)
            return pages.failure(404, "introuvable")
        visit.note(action, request.reference)
        return run(visit, request)

    return handler


def _show(visit: Visit, request: ContactRequest, code: str | None = None, status: int = 200) -> Response:
    """The whole page."""
    current = Status(request.status)
    notes = visit.session.execute(select(Note).where(Note.request_id == request.id).order_by(Note.id)).scalars()
    events = visit.session.execute(select(OutboxEvent).where(OutboxEvent.request_id == request.id).order_by(OutboxEvent.id)).scalars()
    return visit.render(
        "demande.html",
        status,
        demande=request,
        code=code,
        fait=visit.request.query_params.get("fait"),
        en_retard=life_cycle.is_overdue(request, visit.now),
        faits=labels.facts_of(request.facts),
        moves=[(move, reason_codes(current, move)) for move in life_cycle.allowed_moves(request)],
        modes=RDV_MODES,
        rouvrable=visit.may("responsable") and current in CLOSED,
        historique=life_cycle.history_of(visit.session, request),
        changements=life_cycle.pending_changes(visit.session, request),
        notes=list(notes),
        envois=list(events),
        noms=_names(visit),
        territories=listing.territories_of(visit).get(request.caf, []),
    )


def _names(visit: Visit) -> dict[str, str]:
    """Names of the agents as the history writes them."""
    return {history.agent_actor(agent.id): agent.name for agent in visit.session.execute(select(Agent)).scalars()}


def _move(visit: Visit, request: ContactRequest) -> Response:
    """Change the status."""
    form = visit.form
    if form.get("version") != str(request.version):
        return _show(visit, request, "modifiee_entre_temps", 409)
    try:
        target = Status(form.get("statut", ""))
        life_cycle.move(
            visit.session,
            request,
            target,
            history.agent_actor(visit.agent.id),
            visit.now,
            reason=form.get("motif") or None,
            comment=form.get("commentaire", "").strip()[:LONGEST_COMMENT] or None,
            rdv_at=_paris_instant(form.get("rdv_jour", ""), form.get("rdv_heure", "")),
            rdv_mode=form.get("rdv_mode") or None,
        )
    except ValueError:
        return _show(visit, request, "transition_interdite", 422)
    except TransitionError as error:
        return _show(visit, request, error.code, 422)
    if request.assigned_to is None:
        request.assigned_to = visit.agent.id
    return _back(request, "statut")


def _paris_instant(day: str, hour: str) -> datetime | None:
    """Day and hour of a form, read in Paris; None when malformed."""
    try:
        return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=PARIS)
    except ValueError:
        return None


def _note(visit: Visit, request: ContactRequest) -> Response:
    """Add an internal note."""
    text = visit.form.get("texte", "").strip()[:LONGEST_NOTE]
    if not text:
        return _show(visit, request, "note_vide", 422)
    visit.session.add(Note(request_id=request.id, agent_id=visit.agent.id, at=visit.now, text=text))
    return _back(request, "note")


def _decide(visit: Visit, request: ContactRequest) -> Response:
    """Accept or refuse a change sent from elsewhere."""
    number = visit.form.get("changement", "")
    change = visit.session.get(RequestChange, int(number)) if number.isascii() and number.isdigit() else None
    if change is None or change.request_id != request.id:
        visit.refuse("changement", "changement_inconnu", request.reference)
        return pages.failure(404, "introuvable")
    decide = changes.accept if visit.form.get("decision") == "accepter" else changes.refuse
    try:
        decide(visit.session, request, change, visit.agent.id, visit.now)
    except RequestError as error:
        return _show(visit, request, error.code, 409)
    return _back(request, "changement")


def _route(visit: Visit, request: ContactRequest) -> Response:
    """Send the request to a territory of its Caf (or to the queue without territory)."""
    territory = visit.form.get("territoire", "")
    known = {place for place, _ in listing.territories_of(visit).get(request.caf, [])}
    if territory and territory not in known:
        return _show(visit, request, "territoire_invalide", 422)
    request.territoire = territory or None
    request.updated_at = visit.now
    return _back(request, "routage")


def _reopen(visit: Visit, request: ContactRequest) -> Response:
    """Reopen a closed request."""
    comment = visit.form.get("commentaire", "")[:LONGEST_COMMENT]
    try:
        actor = history.agent_actor(visit.agent.id)
        life_cycle.reopen(visit.session, request, actor, visit.now, role=visit.agent.role, comment=comment)
    except TransitionError as error:
        return _show(visit, request, error.code, 422)
    return _back(request, "rouverte")


def _back(request: ContactRequest, done: str) -> Response:
    """To the request's page, saying what was done."""
    return pages.redirect(f"/demandes/{request.reference}?fait={done}")


show = _with_request("consultation", _show)
move = _with_request("statut", _move)
note = _with_request("note", _note)
decide = _with_request("changement", _decide)
route = _with_request("routage", _route)
reopen = _with_request("reouverture", _reopen)
