"""Tables of the conversations. None of them holds a contact detail, or the text of a message told in a context of violence."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, LargeBinary, String, Text, UniqueConstraint

from bot.database.base import Base, Instant, RowId


class Conversation(Base):
    """One conversation: who holds it (hash of its token), for which audience, and the choices on offer. Erased ones keep only the hash."""

    __tablename__ = "conversations"

    id = Column(String(32), primary_key=True)
    token_hash = Column(String(64), nullable=False, unique=True)
    audience = Column(String(16), nullable=False)
    agent_id = Column(RowId)  # who was signed in when an agent's conversation opened, to sign the requests made in it
    choices = Column(JSON, nullable=False, default=list)
    created_at = Column(Instant, nullable=False)
    last_message_at = Column(Instant, nullable=False, index=True)
    erased_at = Column(Instant)


class ConversationState(Base):
    """What Rasa needs to go on: slots and active form. One row a conversation, rewritten at each turn, so that a turn never costs more."""

    __tablename__ = "conversation_states"

    conversation_id = Column(String(255), primary_key=True)
    state = Column(JSON, nullable=False)
    updated_at = Column(Instant, nullable=False, index=True)


class ConversationTurn(Base):
    """One message of the person, masked, with what was understood; `text` is null when nothing may be kept."""

    __tablename__ = "conversation_turns"

    id = Column(RowId, primary_key=True)
    conversation_id = Column(String(255), nullable=False, index=True)
    at = Column(Instant, nullable=False)
    text = Column(Text)
    act = Column(String(32))
    confidence = Column(Float)
    ask = Column(String(64))


class PlayedKey(Base):
    """A message played under its idempotency key. The answer is encrypted with the person's own token, which is not stored."""

    __tablename__ = "played_keys"

    id = Column(RowId, primary_key=True)
    conversation_id = Column(String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False)
    key = Column(String(128), nullable=False)
    answer = Column(LargeBinary)
    at = Column(Instant, nullable=False, index=True)

    __table_args__ = (UniqueConstraint("conversation_id", "key"),)
