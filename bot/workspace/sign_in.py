"""Signing in and out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import clock
from bot.database import session_scope
from bot.database.models import Agent
from bot.errors import PartDown
from bot.requests import throttle
from bot.workspace import audit, oidc, pages, sessions
from bot.workspace.passwords import check_password


async def form(request: Request) -> HTMLResponse:
    """GET /agent/connexion: the sign-in form."""
    return _form(request.query_params.get("suite"))


async def sign_in(request: Request) -> Response:
    """POST /agent/connexion."""
    if not pages.same_origin(request):
        audit.warn("connexion", "autre_site")
        return pages.failure(403, "formulaire_perime")
    fields = await pages.read_form(request)
    client = request.app.state.client_address(request)
    try:
        return await run_in_threadpool(_sign_in, fields, client, clock.now())
    except PartDown:
        return pages.failure(503, "indisponible")


def _sign_in(fields: dict[str, str], client: str, now: datetime) -> Response:
    """Check login and password, counting the wrong ones for the login and for the address."""
    login = fields.get("identifiant", "").strip().lower()[:64]
    with session_scope() as session:
        counters = throttle.take(session, (f"connexion:login:{login}", f"connexion:adresse:{client}"), now)
        if throttle.is_closed(counters, now):
            audit.refuse(session, None, "connexion", now, reason="trop_d_essais")
            return _form(fields.get("suite"), "trop_d_essais", 429)
        agent = _agent(session, login, fields.get("mot_de_passe", ""))
        if agent is None:
            throttle.count_wrong(counters, now)
            audit.refuse(session, None, "connexion", now, reason="identifiants")
            return _form(fields.get("suite"), "identifiants", 401)
        token = sessions.open_session(session, agent, now)
        audit.note(session, agent.id, "connexion", now)
    response = RedirectResponse(pages.local_path(fields.get("suite")), status_code=303)
    sessions.set_cookie(response, token)
    return response


def _agent(session: Session, login: str, password: str) -> Agent | None:
    """The active account with this password, or None; as slow whatever is wrong."""
    agent = session.execute(select(Agent).where(Agent.login == login)).scalar_one_or_none()
    right = check_password(password, agent.password_hash if agent is not None else None)
    return agent if right and agent is not None and agent.active else None


def sign_out(visit: pages.Visit) -> Response:
    """POST /agent/deconnexion."""
    sessions.close_session(visit.session, visit.request.cookies.get(sessions.COOKIE))
    visit.note("deconnexion")
    response = pages.redirect("/connexion")
    response.delete_cookie(sessions.COOKIE, path="/")
    return response


def _form(wanted: str | None, code: str | None = None, status: int = 200) -> HTMLResponse:
    """The form, with what was wrong."""
    return pages.render(
        "connexion.html", status, suite=pages.local_path(wanted), code=code, fournisseur=oidc.PATH if oidc.configured() else None
    )
