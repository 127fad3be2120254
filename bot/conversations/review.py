"""Messages that were not understood, masked, for the people who teach the assistant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.database import read_scope, session_scope
from bot.database.models.conversations import ConversationTurn
from bot.errors import BadInput

UNSURE = 0.5  # a reading below this confidence is worth a look
NOT_UNDERSTOOD = ("nlu_fallback", "charabia")


@dataclass(frozen=True)
class ToReview:
    """One masked message, what was understood of it, and the question it answered."""

    id: int
    at: datetime
    text: str
    act: str | None
    confidence: float | None
    ask: str | None


def pending(limit: int) -> list[ToReview]:
    """The latest messages not understood or read without confidence, newest first. Answers to contact questions are never among them."""
    unsure = or_(ConversationTurn.act.in_(NOT_UNDERSTOOD), ConversationTurn.confidence < UNSURE)
    query = select(ConversationTurn).where(ConversationTurn.text.is_not(None), ~ConversationTurn.text.like("[%]"), unsure)
    with read_scope() as session:
        rows = session.scalars(query.order_by(ConversationTurn.id.desc()).limit(limit))
        return [ToReview(row.id, row.at, row.text, row.act, row.confidence, row.ask) for row in rows]


def take(turn_id: int) -> str:
    """The text of a message to label, which leaves the list. Raises BadInput when there is none under that number."""
    with session_scope() as session:
        row = session.get(ConversationTurn, turn_id)
        if row is None or row.text is None:
            raise BadInput(f"no message {turn_id} to review: see « repere review list »")
        text, row.text = row.text, None
        return str(text)
