"""Erasing: everything about a request or a conversation, everywhere it is kept (backups apart: see docs/rgpd.md)."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.clock import PARIS
from bot.database.models import (
    AccessAudit,
    ContactRequest,
    Draft,
    Note,
    OutboxEvent,
    RequestChange,
    RequestReference,
    Submission,
    Transition,
)
from bot.notifications import mailbox
from bot.requests import counters

_DEPENDENTS: dict[str, Any] = {
    "notes": Note,
    "historique": Transition,
    "changements": RequestChange,
    "references": RequestReference,
    "messages": OutboxEvent,
}


def erase_conversation(
    session: Session, conversation_id: str, now: datetime, *, with_requests: bool = True, proven_reference: str | None = None
) -> dict[str, int]:
    """Erase the draft of a conversation and, with `with_requests`, the requests that it made or has proven. Returns the counts by kind.

    A request that this conversation only proposed to change is left; what it proposed is erased. Without `with_requests` the sent
    requests stay and only their link with the conversation goes.
    """
    erased: Tally[str] = Tally()
    erased["brouillons"] = session.execute(delete(Draft).where(Draft.conversation_id == conversation_id)).rowcount
    own = RequestReference.conversation_id == conversation_id
    if with_requests and proven_reference:
        own |= RequestReference.reference == proven_reference
    for reference in list(session.execute(select(RequestReference.reference).where(own)).scalars()):
        row = session.get(RequestReference, reference, populate_existing=True)
        if row is None:
            continue  # gone with the request that another reference led to
        if not with_requests:
            row.conversation_id = None
        elif row.change_id is None or _accepted(session, row):
            request = session.get(ContactRequest, row.request_id)
            erased.update(erase_request(session, request, now) if request is not None else {})
        else:
            erased.update(_erase_change(session, row))
    session.execute(delete(Submission).where(Submission.conversation_id == conversation_id))
    session.flush()
    return {kind: count for kind, count in erased.items() if count}


def erasable(session: Session, request: ContactRequest) -> dict[str, int]:
    """What `erase_request` would remove, by kind, mail files included."""
    counts = {"demandes": 1, "fichiers_mail": len(mailbox.files_of_request(session, request.id))}
    for kind, model in _DEPENDENTS.items():
        query = select(func.count()).select_from(model).where(model.request_id == request.id)
        counts[kind] = session.execute(query).scalar_one()
    return counts


def erase_request(session: Session, request: ContactRequest, now: datetime) -> dict[str, int]:
    """Remove a request with its references, history, notes, changes, outbox and mail files; only a number stays in the figures."""
    erased = erasable(session, request)
    references = list(session.execute(select(RequestReference.reference).where(RequestReference.request_id == request.id)).scalars())
    references.append(request.reference)
    for path in mailbox.files_of_request(session, request.id):
        path.unlink(missing_ok=True)
    session.execute(delete(Submission).where(Submission.reference.in_(references)))
    session.execute(update(AccessAudit).where(AccessAudit.reference.in_(references)).values(reference=None))
    counters.add(session, now.astimezone(PARIS).date(), "demande_effacee", caf=request.caf, audience=request.audience)
    session.execute(delete(RequestReference).where(RequestReference.request_id == request.id))
    for model in _DEPENDENTS.values():
        session.execute(delete(model).where(model.request_id == request.id))
    session.execute(delete(ContactRequest).where(ContactRequest.id == request.id))
    session.expunge(request)
    return erased


def _accepted(session: Session, row: RequestReference) -> bool:
    """True when the change behind a reference was accepted: the request is then its own."""
    change = session.get(RequestChange, row.change_id)
    return change is not None and change.state == "acceptee"


def _erase_change(session: Session, row: RequestReference) -> dict[str, int]:
    """Erase what a conversation proposed for a request that is not its own."""
    events = session.execute(select(OutboxEvent).where(OutboxEvent.event_key.like(f"%:{row.reference}"))).scalars()
    for event in events:
        for path in mailbox.files_of(event.id):
            path.unlink(missing_ok=True)
        session.delete(event)
    change_id = row.change_id
    session.delete(row)
    session.flush()
    session.execute(delete(RequestChange).where(RequestChange.id == change_id))
    return {"changements": 1, "references": 1}
