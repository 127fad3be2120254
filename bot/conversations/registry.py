"""Opens, finds and erases conversations: who may speak in which, and what was on offer at the last turn."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from bot.database import light_scope, read_scope
from bot.database.models.conversations import Conversation, ConversationState, ConversationTurn, PlayedKey

_HELD_BY = select(Conversation.id, Conversation.audience, Conversation.choices, Conversation.erased_at).where(
    Conversation.token_hash == bindparam("hash")
)
EMPTY_STATE: dict[str, Any] = {"slots": {}, "loop": None}


@dataclass(frozen=True)
class Opened:
    """A conversation just opened; the token is shown once and only its hash is kept."""

    id: str
    token: str


@dataclass(frozen=True)
class Holder:
    """What a valid token opens."""

    id: str
    audience: str
    choices: tuple[dict[str, str], ...]
    erased: bool


def open_conversation(audience: str, at: datetime, agent_id: int | None = None) -> Opened:
    """Make a conversation with an unguessable id (128 bits) and token (256 bits); `agent_id` is the agent who speaks in it."""
    opened = Opened(secrets.token_hex(16), secrets.token_urlsafe(32))
    owner = {"token_hash": _hash(opened.token), "audience": audience, "agent_id": agent_id}
    with light_scope() as session:
        session.add(Conversation(id=opened.id, choices=[], created_at=at, last_message_at=at, **owner))
    return opened


def agent_of(session: Session, conversation_id: str) -> int | None:
    """The agent who speaks in this conversation; None when it is not an agent's."""
    return session.scalar(select(Conversation.agent_id).where(Conversation.id == conversation_id))


def holder(token: str) -> Holder | None:
    """The conversation that this token opens, or None when nobody was given this token."""
    with read_scope() as session:
        row = session.execute(_HELD_BY, {"hash": _hash(token)}).one_or_none()
        return None if row is None else Holder(row.id, row.audience, tuple(row.choices), row.erased_at is not None)


def exists(conversation_id: str) -> bool:
    """True when a conversation of that id was opened, erased or not."""
    with read_scope() as session:
        return session.get(Conversation, conversation_id) is not None


def erase_past(session: Session, conversation_id: str) -> None:
    """Erase what was said so far, for a conversation that goes on.

    The state is emptied, not deleted: the turn that asks for it is still to be kept, over the very state that it began from.
    """
    emptied = update(ConversationState).where(ConversationState.conversation_id == conversation_id)
    session.execute(emptied.values(state=EMPTY_STATE))
    session.execute(delete(ConversationTurn).where(ConversationTurn.conversation_id == conversation_id))
    session.execute(delete(PlayedKey).where(PlayedKey.conversation_id == conversation_id, PlayedKey.answer.is_not(None)))


def erase(session: Session, conversation_id: str, at: datetime) -> None:
    """Erase everything said in a conversation; the hash of its token stays, so that its owner is told that it is erased."""
    session.execute(delete(ConversationState).where(ConversationState.conversation_id == conversation_id))
    session.execute(delete(ConversationTurn).where(ConversationTurn.conversation_id == conversation_id))
    session.execute(delete(PlayedKey).where(PlayedKey.conversation_id == conversation_id))
    session.execute(update(Conversation).where(Conversation.id == conversation_id).values(choices=[], erased_at=at))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
