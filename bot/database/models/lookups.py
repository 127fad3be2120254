"""Table of the wrong tries, of references and of passwords: what closes a door for a while."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String

from bot.database.base import Base, Instant


class WrongTries(Base):
    """Wrong tries counted for one key (a hash: neither the address nor the reference is kept)."""

    __tablename__ = "wrong_tries"

    key = Column(String(64), primary_key=True)
    count = Column(Integer, nullable=False)
    last_at = Column(Instant, nullable=False, index=True)
    closed_until = Column(Instant)
