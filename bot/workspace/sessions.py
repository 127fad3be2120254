"""Signed-in agents: a random token in a cookie, its hash in the database, and a second token against forged forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response

from bot import clock, settings
from bot.database import read_scope
from bot.database.models import Agent, AgentSession

COOKIE = "repere_agent"
# Whatever the activity, an agent signs in again each day.
LONGEST = timedelta(hours=12)
# The last activity is noted at most that often: a page must not cost a write for it.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """An agent's open session."""

    agent: Agent
    csrf: str


def open_session(session: Session, agent: Agent, now: datetime) -> str:
    """Sign an agent in; returns the token for the cookie, which is not kept."""
    token = secrets.token_urlsafe(32)
    row = AgentSession(
        token_hash=_hash(token),
        agent_id=agent.id,
        csrf=secrets.token_urlsafe(24),
        created_at=now,
        seen_at=now,
        expires_at=now + _idle(),
    )
    session.add(row)
    agent.last_seen_at = now
    session.flush()
    return token


def current(session: Session, token: str | None, now: datetime) -> SignedIn | None:
    """The agent behind a token, if the session is alive and the account active; its end is pushed back."""
    row = session.get(AgentSession, _hash(token)) if token else None
    if row is None or row.expires_at <= now or row.created_at + LONGEST <= now:
        return None
    agent = session.get(Agent, row.agent_id)
    if agent is None or not agent.active:
        return None
    if now - row.seen_at >= NOTED_EVERY:
        row.seen_at, row.expires_at = now, now + _idle()
    return SignedIn(agent, row.csrf)


def owner(session: Session, token: str) -> int | None:
    """Whose session this token once opened, alive or not; None for a token that was never given."""
    row = session.get(AgentSession, _hash(token))
    return row.agent_id if row is not None else None


def close_session(session: Session, token: str | None) -> None:
    """Sign out."""
    if token:
        session.execute(delete(AgentSession).where(AgentSession.token_hash == _hash(token)))


def set_cookie(response: Response, token: str) -> None:
    """Give the token to the browser: unreadable by scripts, not sent by other sites' forms, over HTTPS only in production."""
    response.set_cookie(
        COOKIE, token, max_age=int(LONGEST.total_seconds()), path="/", httponly=True, samesite="lax", secure=settings.production()
    )


def csrf_is_right(given: str | None, expected: str) -> bool:
    """True when a form carries its session's own token."""
    return given is not None and hmac.compare_digest(given, expected)


async def agent_signed_in(request: HTTPConnection) -> int | None:
    """The id of the agent who sends this request, for the door's `agent` audience; None when nobody is signed in."""
    token = request.cookies.get(COOKIE)
    return await run_in_threadpool(_agent_of, token, clock.now()) if token is not None else None


def _agent_of(token: str, now: datetime) -> int | None:
    with read_scope() as session:
        signed = current(session, token, now)
        found = signed.agent.id if signed is not None else None
        session.rollback()  # only looked at
        return found


def _idle() -> timedelta:
    """Inactivity after which an agent is signed out."""
    return timedelta(minutes=settings.get_int("REPERE_SESSION_MINUTES"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
