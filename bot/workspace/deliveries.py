"""Messages that did not leave: failures, and requests that no mailbox hears of."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from bot.database.models import ContactRequest, OutboxEvent
from bot.requests import search
from bot.workspace.pages import Visit, redirect

MOST = 200


def show(visit: Visit) -> Response:
    """GET /agent/envois."""
    visit.note("envois")
    query = select(OutboxEvent, ContactRequest.reference).join(ContactRequest, ContactRequest.id == OutboxEvent.request_id)
    query = search.narrow(query, visit.scope, search.Filters(), visit.now)
    wrong = OutboxEvent.state.in_(("echec", "sans_destinataire")) | ((OutboxEvent.state == "a_envoyer") & (OutboxEvent.attempts > 0))
    rows = visit.session.execute(query.where(wrong).order_by(OutboxEvent.id.desc()).limit(MOST)).all()
    return visit.render("envois.html", lignes=rows)


def retry(visit: Visit) -> Response:
    """POST /agent/envois: try again what failed, or found no mailbox."""
    query = select(OutboxEvent).join(ContactRequest, ContactRequest.id == OutboxEvent.request_id)
    query = search.narrow(query, visit.scope, search.Filters(), visit.now).where(OutboxEvent.state.in_(("echec", "sans_destinataire")))
    for event in visit.session.execute(query.limit(MOST)).scalars():
        event.state, event.attempts, event.next_at = "a_envoyer", 0, visit.now
    visit.note("envois_relance")
    return redirect("/envois")
