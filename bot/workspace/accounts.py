"""Accounts of the workspace: who may sign in, with which role, for which Cafs and territories."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.catalog import load_catalogue
from bot.database.models import Agent, AgentScope, AgentSession
from bot.errors import BadInput
from bot.requests.search import Scope
from bot.workspace.passwords import hash_password

ROLES = ("agent", "responsable", "administrateur")
LONGEST_SUBJECT = 200
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


def link(session: Session, login: str, subject: str) -> Agent:
    """Tie an account to an identity of the OpenID Connect provider (its `sub`). Raises BadInput when unknown, or the identity taken."""
    agent = session.execute(select(Agent).where(Agent.login == login.strip().lower())).scalar_one_or_none()
    if agent is None:
        raise BadInput(f"unknown login {login!r}")
    subject = subject.strip()
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise BadInput(f"an identity (`sub`) has from 1 to {LONGEST_SUBJECT} characters")
    other = session.execute(select(Agent).where(Agent.subject == subject, Agent.id != agent.id)).scalar_one_or_none()
    if other is not None:
        raise BadInput(f"this identity is already that of {other.login}")
    agent.subject = subject
    session.flush()
    return agent


def add(session: Session, login: str, name: str, role: str, scopes: Iterable[str], password: str | None, now: datetime) -> Agent:
    """Create an account. `scopes`: « caf » or « caf:territoire ». Raises BadInput on a bad login, role, scope, or a login taken."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise BadInput("a login has 2 to 64 letters, figures, dots or dashes")
    if role not in ROLES:
        raise BadInput(f"unknown role {role!r}: use one of {', '.join(ROLES)}")
    if session.execute(select(Agent).where(Agent.login == login)).first() is not None:
        raise BadInput(f"the login {login} is already taken")
    given = [read_scope(scope) for scope in scopes]
    if not given and role != "administrateur":
        raise BadInput("an agent needs at least one Caf: --caf aisne, or --caf aisne:laon_hirson")
    hashed = hash_password(password) if password is not None else None
    agent = Agent(login=login, name=name.strip() or login, role=role, password_hash=hashed, active=True, created_at=now)
    session.add(agent)
    session.flush()
    session.add_all(AgentScope(agent_id=agent.id, caf=caf, territoire=territory) for caf, territory in dict.fromkeys(given))
    session.flush()
    return agent


def read_scope(text: str) -> tuple[str, str | None]:
    """« aisne » or « aisne:laon_hirson » as Caf and territory. Raises BadInput when the catalogue knows none of that name."""
    caf_id, _, territory = text.partition(":")
    caf = load_catalogue().caf(caf_id)
    known = [place.id for place in caf.territories]
    if territory and territory not in known:
        raise BadInput(f"unknown territory {territory!r} of {caf_id}: use one of {', '.join(known) or '(this Caf has none)'}")
    return caf_id, territory or None


def disable(session: Session, login: str) -> Agent:
    """Close an account and sign it out everywhere. Raises BadInput when unknown."""
    agent = session.execute(select(Agent).where(Agent.login == login.strip().lower())).scalar_one_or_none()
    if agent is None:
        raise BadInput(f"unknown login {login!r}")
    agent.active = False
    session.execute(delete(AgentSession).where(AgentSession.agent_id == agent.id))
    return agent


def scope_of(session: Session, agent: Agent) -> Scope:
    """What this agent may see: an administrateur everything, the others what was given to them."""
    if agent.role == "administrateur":
        return Scope(everything=True)
    cafs: dict[str, frozenset[str] | None] = {}
    for row in session.execute(select(AgentScope).where(AgentScope.agent_id == agent.id)).scalars():
        known = cafs.get(row.caf, frozenset())
        cafs[row.caf] = None if row.territoire is None or known is None else known | {row.territoire}
    return Scope(cafs=cafs)


def all_agents(session: Session) -> list[tuple[Agent, list[str]]]:
    """Every account with its scopes as text."""
    scopes: dict[int, list[str]] = {}
    for row in session.execute(select(AgentScope).order_by(AgentScope.id)).scalars():
        scopes.setdefault(row.agent_id, []).append(f"{row.caf}:{row.territoire}" if row.territoire else row.caf)
    agents = session.execute(select(Agent).order_by(Agent.login)).scalars()
    return [(agent, scopes.get(agent.id, [])) for agent in agents]
