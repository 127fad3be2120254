"""Makers of drafts, contexts and stored requests. Every person is fictitious: the phone range 06 39 98 is kept for fiction."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy.orm import Session

from bot.database import session_scope
from bot.database.models import Agent, AgentScope, ContactRequest
from bot.requests import drafts
from bot.requests import requests as service

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)  # a Monday, 10 o'clock in Paris
PHONE = "+33639980001"

DETAILS = {"consentement": "v1", "nom": "Exemple", "prenom": "Camille", "telephone": PHONE, "disponibilites": "mardi matin"}
PARTNER_DETAILS = {
    "accord_famille": "oui",
    "partenaire_nom": "Modele",
    "partenaire_structure": "UTAS de Laon",
    "partenaire_contact": "modele@exemple.fr",
    **{name: value for name, value in DETAILS.items() if name != "consentement"},
}


def a_context(**changes: Any) -> service.RequestContext:
    """The separation offer of Aisne, eligible and open."""
    values: dict[str, Any] = {
        "caf": "aisne",
        "audience": "allocataire",
        "today": date(2026, 11, 23),
        "territoire": "saint_quentin_chauny",
        "commune": "Chauny",
        "offre": "aisne/separation",
        "access": "ouvert",
        "verdict": "eligible",
        "facts": {"separation": True, "nb_enfants_a_charge": 2},
        "reasons": [{"criterion": "separation", "status": "met", "source": "004:65"}],
        "situations": ["separation"],
        "receives_requests": True,
    }
    return service.RequestContext(**(values | changes))


def fill(session: Session, conversation: str, now: datetime = NOW, **changes: str) -> None:
    """Give all the details of a person (or a partner's, when accord_famille is among the changes) in that conversation."""
    base = PARTNER_DETAILS if "accord_famille" in changes else DETAILS
    details = base | changes
    for field in sorted(details, key=lambda name: name not in ("consentement", "accord_famille")):
        if details[field]:
            drafts.put(session, conversation, field, details[field], now)


def send(
    conversation: str = "conversation-1", now: datetime = NOW, context: service.RequestContext | None = None, **changes: str
) -> service.Submitted:
    """Fill a draft and send it, in two transactions as a conversation does."""
    with session_scope() as session:
        fill(session, conversation, now, **changes)
    with session_scope() as session:
        return service.submit(session, conversation, context or a_context(), now)


def an_agent(
    session: Session, login: str = "agent", role: str = "agent", scopes: tuple[tuple[str, str | None], ...] = (("aisne", None),)
) -> Agent:
    """An account with the Cafs and territories given to it; it cannot sign in (no password)."""
    agent = Agent(login=login, name="Agent Exemple", role=role, active=True, created_at=NOW)
    session.add(agent)
    session.flush()
    for caf, territoire in scopes:
        session.add(AgentScope(agent_id=agent.id, caf=caf, territoire=territoire))
    session.flush()
    return agent


def stored(session: Session, reference: str) -> ContactRequest:
    """The request under its first reference."""
    return session.query(ContactRequest).filter_by(reference=reference).one()
