"""The audit of the workspace: who looked at or did what, refusals too."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.database.models import AccessAudit

log = structlog.get_logger()

DONE, REFUSED = "fait", "refuse"


def note(
    session: Session, agent_id: int | None, action: str, now: datetime, *, reference: str | None = None, detail: str | None = None
) -> None:
    """Write that an agent did `action`."""
    session.add(AccessAudit(at=now, agent_id=agent_id, action=action, reference=reference, outcome=DONE, detail=detail))


def refuse(session: Session, agent_id: int | None, action: str, now: datetime, *, reason: str, reference: str | None = None) -> None:
    """Write that `action` was refused, and log it."""
    session.add(AccessAudit(at=now, agent_id=agent_id, action=action, reference=reference, outcome=REFUSED, detail=reason))
    warn(action, reason, agent_id)


def warn(action: str, reason: str, agent_id: int | None = None) -> None:
    """Log a refusal; alone, for what must not be able to fill the database."""
    log.warning("workspace_refused", agent_id=agent_id, action=action, reason=reason)
