"""Table of the counters for the yearly review: days and numbers, nobody in them."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String

from bot.database.base import Base


class Counter(Base):
    """How many times something happened on one day, for one Caf and audience (empty when not known)."""

    __tablename__ = "counters"

    day = Column(Date, primary_key=True)
    name = Column(String(40), primary_key=True)
    caf = Column(String(24), primary_key=True)
    audience = Column(String(12), primary_key=True)
    count = Column(Integer, nullable=False)
