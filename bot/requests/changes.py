"""Changes sent from elsewhere for a request that exists: an agent who has spoken to the person accepts or refuses them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.database.models import ContactRequest, RequestChange
from bot.errors import TransitionError
from bot.requests import history
from bot.requests.submission import apply_details


def accept(session: Session, request: ContactRequest, change: RequestChange, agent_id: int, now: datetime) -> None:
    """Apply the new details; the reference given with them now leads to the request itself. Raises TransitionError changement_decide."""
    _decide(change, "acceptee", agent_id, now)
    apply_details(session, request, change.details or {}, now)
    history.log(session, request, "changement_accepte", history.agent_actor(agent_id), now)


def refuse(session: Session, request: ContactRequest, change: RequestChange, agent_id: int, now: datetime) -> None:
    """Leave the request as it is. Raises TransitionError changement_decide when it was already decided."""
    _decide(change, "refusee", agent_id, now)
    request.updated_at = now
    history.log(session, request, "changement_refuse", history.agent_actor(agent_id), now)


def _decide(change: RequestChange, state: str, agent_id: int, now: datetime) -> None:
    """Write the decision, once."""
    if change.state != "proposee":
        raise TransitionError("changement_decide", "this change was already decided or withdrawn")
    change.state, change.decided_at, change.decided_by = state, now, agent_id
