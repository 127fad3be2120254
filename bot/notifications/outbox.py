"""Empties the outbox: takes some events, sends each, notes the outcome. Two processes never take the same event.

A crash between « sent » and « noted » cannot be told from one just before: the event is then sent again under the same Message-ID,
which mail systems keep once, and under the same file name when mails are files.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from email.message import EmailMessage

import aiosmtplib
import httpx
import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot import faults
from bot.database import session_scope
from bot.database.models import ContactRequest, OutboxEvent
from bot.notifications import compose, transport, webhook
from bot.requests.events import WEBHOOK

log = structlog.get_logger()

BATCH = 20
# Longer than a send may take: after that, whoever had taken the event is dead.
CLAIM = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12


def run_once(now: datetime) -> int:
    """Send what is due, at most BATCH events. Returns how many were taken. Raises PartDown when the database does not answer."""
    taken = claim(now)
    faults.point("outbox:claimed")
    for event_id in taken:
        _send_one(event_id, now)
    return len(taken)


def claim(now: datetime) -> list[int]:
    """Take the events that are due, or that a dead process had taken."""
    due = or_(
        and_(OutboxEvent.state == "a_envoyer", OutboxEvent.next_at <= now),
        and_(OutboxEvent.state == "en_cours", OutboxEvent.claimed_until < now),
    )
    with session_scope() as session:
        query = select(OutboxEvent).where(due).order_by(OutboxEvent.id).limit(BATCH).with_for_update(skip_locked=True)
        events = list(session.execute(query).scalars())
        for event in events:
            event.state, event.claimed_until = "en_cours", now + CLAIM
        return [event.id for event in events]


def _send_one(event_id: int, now: datetime) -> None:
    """Send one event and note what happened."""
    with session_scope() as session:
        event = session.get(OutboxEvent, event_id)
        request = session.get(ContactRequest, event.request_id) if event is not None else None
        if event is None or request is None or event.state != "en_cours":
            return
        content = webhook.body_of(event, request) if event.recipient == WEBHOOK else compose.compose(session, event, request)
        if content is None:
            _note(event, "sans_destinataire", None, now)
            return
    outcome = _deliver(content, event_id)
    faults.point("outbox:sent")
    with session_scope() as session:
        event = session.get(OutboxEvent, event_id)
        if event is not None:
            _settle(session, event, outcome, now)
    faults.point("outbox:noted")


def _deliver(content: EmailMessage | bytes, event_id: int) -> Exception | None:
    """Send; None, or the error. Its text may hold an address: only its kind is kept."""
    sending = webhook.post(content) if isinstance(content, bytes) else transport.deliver(content, event_id)
    try:
        asyncio.run(sending)
    except (aiosmtplib.SMTPException, OSError, httpx.HTTPError) as error:
        return error
    return None


def _settle(session: Session, event: OutboxEvent, error: Exception | None, now: datetime) -> None:
    """Sent, to be tried again later (each wait is twice the last), or given up."""
    event.attempts += 1
    if error is None:
        _note(event, "envoye", None, now)
        event.sent_at = now
        return
    reason = describe(error)
    if _is_final(error) or event.attempts >= MOST_ATTEMPTS:
        _note(event, "echec", reason, now)
        return
    wait = min(FIRST_WAIT * 2 ** (event.attempts - 1), LONGEST_WAIT)
    event.next_at = now + wait
    _note(event, "a_envoyer", reason, now)


def _note(event: OutboxEvent, state: str, reason: str | None, now: datetime) -> None:
    """Write the state of an event, and log it when something is wrong."""
    event.state, event.error, event.claimed_until = state, reason, None
    if state != "envoye":
        log.warning("outbox", event_id=event.id, kind=event.kind, recipient=event.recipient, state=state, error=reason)


def describe(error: Exception) -> str:
    """Kind of an error and its code; never its text, which may hold an address."""
    code = getattr(error, "code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return f"{type(error).__name__}{f' {code}' if code else ''}"[:200]


def _is_final(error: Exception) -> bool:
    """True when trying again cannot help: the server refused this recipient or this message for good."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(500 <= refused.code < 600 for refused in error.recipients)
    return isinstance(error, aiosmtplib.SMTPResponseException) and 500 <= error.code < 600 and error.code != 535
