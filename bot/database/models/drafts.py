"""Table of the drafts: contact details being given, one row a conversation, deleted as soon as possible."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String

from bot.database.base import Base, Instant


class Draft(Base):
    """Details that a person is giving before sending; never older than REPERE_DRAFT_MINUTES of silence."""

    __tablename__ = "drafts"

    conversation_id = Column(String(64), primary_key=True)
    key = Column(String(32), nullable=False)  # becomes the submission's key: what makes sending twice harmless
    fields = Column(JSON, nullable=False)
    consent_at = Column(Instant)
    updated_at = Column(Instant, nullable=False, index=True)

    def __repr__(self) -> str:
        """No detail: a draft must be able to appear in a log."""
        return f"<Draft {len(self.fields or ())} fields>"
