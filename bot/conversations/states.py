"""Reads and writes the state and the turns of a conversation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.database import session_scope
from bot.database.models.conversations import Conversation, ConversationState, ConversationTurn


@dataclass(frozen=True)
class Turn:
    """One message as it may be stored: masked text or None, and what was understood."""

    text: str | None
    act: str | None
    confidence: float | None
    ask: str | None


def load(conversation_id: str) -> dict[str, Any] | None:
    """State after the last turn, or None when there is none. Raises PartDown when the database does not answer."""
    with session_scope() as session:
        row = session.get(ConversationState, conversation_id)
        return None if row is None else row.state


def save(conversation_id: str, state: dict[str, Any], turn: Turn | None, at: datetime) -> None:
    """Keep the state and the turn; nothing is written for a conversation erased meanwhile."""
    with session_scope() as session:
        conversation = session.get(Conversation, conversation_id)
        if conversation is not None and conversation.erased_at is not None:
            return
        row = session.get(ConversationState, conversation_id)
        if row is None:
            session.add(ConversationState(conversation_id=conversation_id, state=state, updated_at=at))
        else:
            row.state, row.updated_at = state, at
        if turn is not None:
            session.add(ConversationTurn(conversation_id=conversation_id, at=at, **asdict(turn)))


def ids() -> list[str]:
    """Ids of the conversations that have a state."""
    with session_scope() as session:
        return list(session.scalars(select(ConversationState.conversation_id)))
