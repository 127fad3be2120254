"""Drafts: the details that a person is giving, kept apart from the conversation and for as short as possible."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot import settings
from bot.database.models import Draft
from bot.database.models.conversations import Conversation
from bot.errors import RequestRefused
from bot.requests.details import IDENTIFYING, NORMALISERS, normalise

__all__ = ["discard", "expired_before", "lock", "normalise", "put", "read", "remove"]

FIELDS = tuple(NORMALISERS)
_TRIES = 4  # each failure means that another transaction has just made the draft


def expired_before(now: datetime) -> datetime:
    """The instant before which a silent draft is no longer kept (REPERE_DRAFT_MINUTES)."""
    return now - timedelta(minutes=settings.get_int("REPERE_DRAFT_MINUTES"))


def put(session: Session, conversation_id: str, field: str, value: str, now: datetime) -> None:
    """Keep one detail, normalised. Raises DetailError when malformed, RequestRefused consentement_requis before consent."""
    value = normalise(field, value)
    draft = lock(session, conversation_id, now) or _create(session, conversation_id, now)
    if field in IDENTIFYING and not _agreed(draft):
        raise RequestRefused("consentement_requis", "no identifying detail is kept before consent", fields=("consentement",))
    draft.fields = {**draft.fields, field: value}
    draft.updated_at = now
    if field in ("consentement", "accord_famille"):
        draft.consent_at = now
    session.flush()


def read(session: Session, conversation_id: str, now: datetime | None = None) -> dict[str, str]:
    """The details given so far, by field; empty when there is no draft, or (with `now`) when it has expired."""
    draft = session.get(Draft, conversation_id)
    if draft is None or (now is not None and draft.updated_at < expired_before(now)):
        return {}
    return dict(draft.fields)


def remove(session: Session, conversation_id: str, field: str, now: datetime) -> None:
    """Forget one detail (the person takes it back)."""
    draft = lock(session, conversation_id, now)
    if draft is not None and field in draft.fields:
        draft.fields = {name: value for name, value in draft.fields.items() if name != field}
        draft.updated_at = now


def discard(session: Session, conversation_id: str) -> None:
    """Forget the whole draft: sent, refused or erased."""
    session.execute(delete(Draft).where(Draft.conversation_id == conversation_id))


def lock(session: Session, conversation_id: str, now: datetime) -> Draft | None:
    """The draft, held until the end of the transaction; an expired one is deleted and None is returned."""
    query = select(Draft).where(Draft.conversation_id == conversation_id).with_for_update()
    draft = session.execute(query, execution_options={"populate_existing": True}).scalar_one_or_none()
    if draft is not None and draft.updated_at < expired_before(now):
        session.delete(draft)
        session.flush()
        return None
    return draft


def _agreed(draft: Draft) -> bool:
    """True once the person, or the family by the voice of the partner, has agreed to give details."""
    return "consentement" in draft.fields or draft.fields.get("accord_famille") == "oui"


def _create(session: Session, conversation_id: str, now: datetime) -> Draft:
    """A new empty draft; when another server has just made it, that one.

    Raises RequestRefused: brouillon_absent once erased, reessayer when others keep making and sending it.
    """
    conversation = session.get(Conversation, conversation_id)
    if conversation is not None and conversation.erased_at is not None:
        raise RequestRefused("brouillon_absent", "this conversation is erased: nothing more is kept of it")
    for _ in range(_TRIES):
        draft = Draft(conversation_id=conversation_id, key=secrets.token_hex(16), fields={}, updated_at=now)
        try:
            with session.begin_nested():
                session.add(draft)
            return draft
        except IntegrityError:
            existing = lock(session, conversation_id, now)
            if existing is not None:
                return existing  # else it was sent in between: this one begins anew
    raise RequestRefused("reessayer", "the draft could not be made: others keep making and sending it")
