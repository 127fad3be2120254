"""Reads and writes the state and the turns of a conversation: a turn is one transaction, played whole or not at all."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.conversations.played import Claim, answer_claim
from bot.database import light_scope, read_scope
from bot.database.models.conversations import Conversation, ConversationState, ConversationTurn
from bot.errors import TurnLost

# Made once: SQLAlchemy spends as much on making a statement as SQLite on running it, and a turn runs these each time.
_LOAD = select(ConversationState.state, ConversationState.updated_at).where(ConversationState.conversation_id == bindparam("of"))
_TOUCH = (
    update(Conversation.__table__)
    .where(Conversation.id == bindparam("of"), Conversation.erased_at.is_(None))
    .values(choices=bindparam("choices"), last_message_at=bindparam("at"))
)
_NEW_STATE = insert(ConversationState.__table__)
_SAME_STATE = (
    update(ConversationState.__table__)
    .where(ConversationState.conversation_id == bindparam("of"), ConversationState.updated_at == bindparam("seen_at"))
    .values(state=bindparam("new"), updated_at=bindparam("at"))
)
_NEW_TURN = insert(ConversationTurn.__table__)


@dataclass(frozen=True)
class Said:
    """One message as it may be stored: masked text or None, and what was understood."""

    text: str | None
    act: str | None
    confidence: float | None
    ask: str | None


@dataclass(frozen=True)
class Stored:
    """State of a conversation, and when it was written: what a later turn must find unchanged."""

    state: dict[str, Any]
    updated_at: datetime


@dataclass(frozen=True)
class Outcome:
    """What a turn leaves: the new state, the message, its answer, and what must still hold for it to count."""

    state: dict[str, Any]
    said: Said | None
    seen_at: datetime | None = None  # `updated_at` of the state that the turn began from; None for a new conversation
    answer: list[dict[str, Any]] = field(default_factory=list)  # messages as the door gives them
    claim: Claim | None = None  # the key under which the message was sent
    deadline: float = float("inf")  # seconds since the epoch; past it, the person was told that nothing was played


def load(conversation_id: str) -> Stored | None:
    """State after the last turn, or None when there is none. Raises PartDown when the database does not answer."""
    with read_scope() as session:
        row = session.execute(_LOAD, {"of": conversation_id}).one_or_none()
        return None if row is None else Stored(row.state, row.updated_at)


def save(conversation_id: str, outcome: Outcome, at: datetime) -> None:
    """Keep a turn: its state, its message, the choices it leaves on offer, and its answer under its key.

    Raises TurnLost, nothing kept, when the turn no longer counts: the conversation was erased, another turn went first, or the door has
    told the person that nothing was played.
    """
    try:
        with light_scope() as session:
            _check(session, conversation_id, outcome, at)
            _write_state(session, conversation_id, outcome, at)
            if outcome.said is not None:
                session.execute(_NEW_TURN, {"conversation_id": conversation_id, "at": at, **asdict(outcome.said)})
            if outcome.claim is not None and not answer_claim(session, conversation_id, outcome.claim, outcome.answer):
                raise TurnLost("the key was given back")
            if time.time() > outcome.deadline:
                raise TurnLost("too late")
    except IntegrityError:
        raise TurnLost("another turn went first") from None


def ids() -> list[str]:
    """Ids of the conversations that have a state."""
    with read_scope() as session:
        return list(session.scalars(select(ConversationState.conversation_id)))


def _check(session: Session, conversation_id: str, outcome: Outcome, at: datetime) -> None:
    """Note the choices on offer; refuse a conversation erased meanwhile. One without a row is Rasa's own shell: it has no choices."""
    choices = outcome.answer[-1]["choices"] if outcome.answer else []
    changed = session.execute(_TOUCH, {"of": conversation_id, "choices": choices, "at": at}).rowcount
    if not changed and session.get(Conversation, conversation_id) is not None:
        raise TurnLost("the conversation is erased")


def _write_state(session: Session, conversation_id: str, outcome: Outcome, at: datetime) -> None:
    """Write the state over the one that the turn began from, and over no other."""
    if outcome.seen_at is None:
        session.execute(_NEW_STATE, {"conversation_id": conversation_id, "state": outcome.state, "updated_at": at})
        return
    values = {"of": conversation_id, "seen_at": outcome.seen_at, "new": outcome.state, "at": at}
    if not session.execute(_SAME_STATE, values).rowcount:
        raise TurnLost("another turn went first")
