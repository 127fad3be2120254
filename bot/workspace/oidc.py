"""Signing in through the Caf's own identity provider (OpenID Connect: authorization code, PKCE, nonce), when the settings name one.

The provider says who the agent is; role, Cafs and territories stay those of the account here, tied to the provider's `sub`.
"""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

import httpx2
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot import clock, keys, settings
from bot.database import session_scope
from bot.database.models import Agent
from bot.errors import BadInput, PartDown
from bot.workspace import audit, pages, sessions

PATH = "/connexion/caf"
COOKIE = "repere_oidc"  # state, nonce and verifier, between going to the provider and coming back
MINUTES = 10


def configured() -> bool:
    """True when the settings name a provider. Raises BadInput when they do so by halves, or without TLS in production."""
    issuer = settings.get("REPERE_OIDC_ISSUER")
    if issuer and not settings.get("REPERE_OIDC_CLIENT_ID"):
        raise BadInput("REPERE_OIDC_CLIENT_ID must be set when REPERE_OIDC_ISSUER is")
    if issuer and settings.production() and not issuer.startswith("https://"):
        raise BadInput("REPERE_OIDC_ISSUER must be an https:// address in production")
    return bool(issuer)


def routes() -> list[BaseRoute]:
    """The way to the provider and back; nothing when there is none."""
    if not configured():
        return []
    held = Middleware(
        SessionMiddleware,
        secret_key=keys.derive("oidc"),
        session_cookie=COOKIE,
        max_age=MINUTES * 60,
        path=f"{pages.BASE}{PATH}",
        same_site="lax",
        https_only=settings.production(),
    )
    return [Mount(PATH, routes=[Route("/", go, methods=["GET"]), Route("/retour", come_back, methods=["GET"])], middleware=[held])]


async def go(request: Request) -> Response:
    """GET /agent/connexion/caf/: to the provider."""
    request.session.clear()
    request.session["suite"] = pages.local_path(request.query_params.get("suite"))
    try:
        return await _provider().authorize_redirect(request, f"{settings.public_url()}{pages.BASE}{PATH}/retour")
    except (httpx2.HTTPError, RuntimeError, ValueError) as error:
        return _refused(request, f"fournisseur: {type(error).__name__}")


async def come_back(request: Request) -> Response:
    """GET /agent/connexion/caf/retour: the provider answers; its token is checked (signature, issuer, audience, nonce, dates)."""
    from authlib.integrations.base_client import OAuthError  # here: slow to import, and most installations have no provider
    from joserfc.errors import JoseError

    try:
        token = await _provider().authorize_access_token(request)
        subject = str(token["userinfo"]["sub"])
    except (OAuthError, JoseError, httpx2.HTTPError, KeyError, RuntimeError, ValueError) as error:
        return _refused(request, type(error).__name__)
    wanted = pages.local_path(request.session.get("suite"))
    request.session.clear()
    try:
        return await run_in_threadpool(_sign_in, subject, wanted, clock.now())
    except PartDown:
        return pages.failure(503, "indisponible")


def _sign_in(subject: str, wanted: str, now: datetime) -> Response:
    """Open the session of the account tied to this identity; an identity without account is refused, and written."""
    with session_scope() as session:
        agent = _agent(session, subject)
        if agent is None:
            audit.refuse(session, None, "connexion", now, reason="compte_inconnu")
            return pages.failure(403, "compte_inconnu")
        token = sessions.open_session(session, agent, now)
        audit.note(session, agent.id, "connexion", now)
    response = RedirectResponse(wanted, status_code=303)
    sessions.set_cookie(response, token)
    return response


def _agent(session: Session, subject: str) -> Agent | None:
    """The active account tied to this identity."""
    agent = session.execute(select(Agent).where(Agent.subject == subject)).scalar_one_or_none()
    return agent if agent is not None and agent.active else None


def _refused(request: Request, kind: str) -> Response:
    """The provider does not answer, or not as it should: logged by the kind of fault, since its text is somebody else's."""
    request.session.clear()
    audit.warn("connexion", f"fournisseur: {kind}")
    return pages.failure(502, "fournisseur")


def _provider() -> Any:
    """The client of the provider that the settings name."""
    names = ("REPERE_OIDC_ISSUER", "REPERE_OIDC_CLIENT_ID", "REPERE_OIDC_CLIENT_SECRET")
    return _client(*(settings.get(name) for name in names))


@functools.lru_cache(maxsize=2)
def _client(issuer: str, client_id: str, client_secret: str) -> Any:
    """A client of that provider; it keeps what the provider publishes."""
    from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "caf",
        client_id=client_id,
        client_secret=client_secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "timeout": 5},
    )
