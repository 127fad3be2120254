"""What is removed with time, and when (docs/rgpd.md says why)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot import settings
from bot.conversations import registry
from bot.database.models import (
    AccessAudit,
    AgentSession,
    ContactRequest,
    Draft,
    Note,
    OpenKey,
    OutboxEvent,
    RequestChange,
    RequestReference,
    Submission,
    Transition,
    WrongTries,
)
from bot.database.models.conversations import Conversation
from bot.notifications import mailbox

_DAYS_A_MONTH = 30.4375
_NO_SYNC = {"synchronize_session": False}
# Nothing names the person any more; Caf, territory, offer, verdict, dates and outcome stay for the figures.
_WIPED = (
    "nom",
    "prenom",
    "search_name",
    "telephone",
    "email",
    "numero_allocataire",
    "canal",
    "disponibilites",
    "message_vocal",
    "commune",
    "facts",
    "reasons",
    "situations",
    "partenaire_nom",
    "partenaire_structure",
    "partenaire_contact",
    "consent_version",
    "consent_at",
)
# A request is made anonymous in batches, so that no transaction holds the tables for long.
BATCH = 500


def months(count: int) -> timedelta:
    """A number of months as a duration, to the day near enough for retention."""
    return timedelta(days=round(count * _DAYS_A_MONTH))


def limits(now: datetime) -> dict[str, datetime]:
    """Per kind, the instant before which it is removed."""
    return {
        "brouillons": now - timedelta(minutes=settings.get_int("REPERE_DRAFT_MINUTES")),
        "demandes": now - months(settings.get_int("REPERE_REQUEST_MONTHS")),
        "messages": now - timedelta(days=settings.get_int("REPERE_RECEIPT_DAYS")),
        "acces": now - months(settings.get_int("REPERE_AUDIT_MONTHS")),
        "conversations": now - timedelta(days=settings.get_int("REPERE_CONVERSATION_DAYS")),
        "envois": now - timedelta(days=settings.get_int("REPERE_CONVERSATION_DAYS")),
        "sessions": now,
        "essais": now - timedelta(days=2),
    }


def purge(session: Session, now: datetime, *, apply: bool) -> dict[str, int]:
    """Count what is past its time and, with `apply`, remove it (requests: make them anonymous). Returns the counts by kind."""
    limit = limits(now)
    counts = {kind: _clear(session, query, apply) for kind, query in _expired(limit).items()}
    counts["demandes"] = _anonymise_old(session, limit["demandes"], now, apply)
    counts["conversations"] = _clear_conversations(session, limit["conversations"], now, apply)
    counts["messages"] = _clear_messages(session, limit["messages"], apply)
    return dict(sorted(counts.items()))


def _expired(limit: dict[str, datetime]) -> dict[str, tuple[Any, Any]]:
    """Per kind removed whole: its table, and the condition of being past its time."""
    return {
        "brouillons": (Draft, Draft.updated_at < limit["brouillons"]),
        "acces": (AccessAudit, AccessAudit.at < limit["acces"]),
        "envois": (Submission, Submission.created_at < limit["envois"]),
        "sessions": (AgentSession, AgentSession.expires_at < limit["sessions"]),
        "essais": (WrongTries, WrongTries.last_at < limit["essais"]),
    }


def _clear(session: Session, expired: tuple[Any, Any], apply: bool) -> int:
    """Count, and remove with `apply`."""
    model, condition = expired
    if apply:
        return session.execute(delete(model).where(condition), execution_options=_NO_SYNC).rowcount
    return session.execute(select(func.count()).select_from(model).where(condition)).scalar_one()


def _clear_messages(session: Session, before: datetime, apply: bool) -> int:
    """Traces of mails, and the .eml files that go with them."""
    old = (OutboxEvent.created_at < before) & OutboxEvent.state.in_(("envoye", "annule", "sans_destinataire", "echec"))
    ids = list(session.execute(select(OutboxEvent.id).where(old)).scalars())
    if apply:
        for event_id in ids:
            for path in mailbox.files_of(event_id):
                path.unlink(missing_ok=True)
        session.execute(delete(OutboxEvent).where(old), execution_options=_NO_SYNC)
    return len(ids)


def _clear_conversations(session: Session, before: datetime, now: datetime, apply: bool) -> int:
    """Conversations silent for too long; the requests that they sent stay, without their link to them."""
    old = (Conversation.last_message_at < before) & Conversation.erased_at.is_(None)
    if not apply:
        return session.execute(select(func.count()).select_from(Conversation).where(old)).scalar_one()
    done = 0
    while ids := list(session.execute(select(Conversation.id).where(old).limit(BATCH)).scalars()):
        for conversation_id in ids:
            registry.erase(session, conversation_id, now)
        link = update(RequestReference).where(RequestReference.conversation_id.in_(ids)).values(conversation_id=None)
        session.execute(link, execution_options=_NO_SYNC)
        done += len(ids)
    session.execute(delete(Conversation).where(Conversation.erased_at < before), execution_options=_NO_SYNC)
    return done


def _anonymise_old(session: Session, before: datetime, now: datetime, apply: bool) -> int:
    """Requests closed before that instant and not anonymous yet."""
    old = (ContactRequest.closed_at < before) & ContactRequest.anonymised_at.is_(None)
    if not apply:
        return session.execute(select(func.count()).select_from(ContactRequest).where(old)).scalar_one()
    done = 0
    while batch := list(session.execute(select(ContactRequest).where(old).limit(BATCH)).scalars()):
        for request in batch:
            anonymise(session, request, now)
        done += len(batch)
    return done


def anonymise(session: Session, request: ContactRequest, now: datetime) -> None:
    """Remove everything that leads to the person; the row stays for the figures, without its reference."""
    for column in _WIPED:
        setattr(request, column, None)
    for path in mailbox.files_of_request(session, request.id):
        path.unlink(missing_ok=True)
    references = select(RequestReference.reference).where(RequestReference.request_id == request.id)
    session.execute(update(AccessAudit).where(AccessAudit.reference.in_(references)).values(reference=None), execution_options=_NO_SYNC)
    session.execute(delete(Submission).where(Submission.reference.in_(references)), execution_options=_NO_SYNC)
    for model in (RequestReference, RequestChange, Note, OutboxEvent, OpenKey):
        session.execute(delete(model).where(model.request_id == request.id), execution_options=_NO_SYNC)
    session.execute(update(Transition).where(Transition.request_id == request.id).values(comment=None), execution_options=_NO_SYNC)
    request.reference = f"ANONYME-{request.id}"
    request.anonymised_at = now
    session.flush()
