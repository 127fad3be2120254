"""Table of the outbox: what must be told to somebody, written in the transaction that made it true."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String

from bot.database.base import Base, Instant, RowId


class OutboxEvent(Base):
    """One message to one recipient. `event_key` is unique: an event is never told twice."""

    __tablename__ = "outbox"

    id = Column(RowId, primary_key=True)
    event_key = Column(String(96), nullable=False, unique=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), index=True)
    kind = Column(String(32), nullable=False)  # name of the template
    recipient = Column(String(10), nullable=False)  # caf | personne | partenaire | webhook
    payload = Column(JSON, nullable=False)
    state = Column(String(18), nullable=False)  # a_envoyer | en_cours | envoye | echec | sans_destinataire | annule
    attempts = Column(Integer, nullable=False, default=0)
    next_at = Column(Instant, nullable=False)
    claimed_until = Column(Instant)
    created_at = Column(Instant, nullable=False)
    sent_at = Column(Instant)
    error = Column(String(200))

    __table_args__ = (
        CheckConstraint("state in ('a_envoyer','en_cours','envoye','echec','sans_destinataire','annule')", name="state"),
        Index("ix_outbox_next", "state", "next_at"),
    )

    def __repr__(self) -> str:
        """Kind and state, never the recipient's address."""
        return f"<OutboxEvent {self.id} {self.kind} {self.state}>"
