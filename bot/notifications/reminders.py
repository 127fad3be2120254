"""Reminds the Caf of requests whose due date is near or past."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.database.models import ContactRequest
from bot.requests import events

BEFORE = timedelta(hours=24)
BATCH = 200


def remind(session: Session, now: datetime) -> int:
    """Queue one reminder a day before the due date, and one once it is past. Returns how many were queued."""
    near = ContactRequest.reminded_at.is_(None)
    late = (ContactRequest.due_at < now) & (ContactRequest.reminded_at < ContactRequest.due_at)
    query = select(ContactRequest).where(ContactRequest.closed_at.is_(None), ContactRequest.due_at < now + BEFORE, or_(near, late))
    requests = list(session.execute(query.limit(BATCH).with_for_update(skip_locked=True)).scalars())
    for request in requests:
        kind = "retard" if request.due_at < now else "rappel"
        events.announce(session, request, kind, now, mark=request.due_at.isoformat())
        request.reminded_at = now
    return len(requests)
