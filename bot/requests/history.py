"""The history of a request: one line for each thing that happened to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.database.models import ContactRequest, Transition

PERSON, PARTNER, AGENT, SYSTEM = "personne", "partenaire", "agent", "systeme"


def agent_actor(agent_id: int) -> str:
    """How an agent is written in the history."""
    return f"agent:{agent_id}"


def actor_of(audience: str, agent_id: int | None) -> str:
    """Who acts, from the audience of a conversation."""
    if agent_id is not None:
        return agent_actor(agent_id)
    return {"partenaire": PARTNER, "agent": AGENT}.get(audience, PERSON)


def log(
    session: Session,
    request: ContactRequest,
    event: str,
    actor: str,
    now: datetime,
    *,
    before: str | None = None,
    reason: str | None = None,
    comment: str | None = None,
) -> None:
    """Add one line: what happened, who did it, when, why."""
    line = Transition(
        request_id=request.id,
        at=now,
        actor=actor,
        event=event,
        from_status=before,
        to_status=request.status,
        reason=reason,
        comment=comment,
    )
    session.add(line)
