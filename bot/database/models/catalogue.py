"""Table of the catalogue versions: immutable, so that a verdict of last year can be replayed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String

from bot.database.base import Base, Instant


class CatalogueVersion(Base):
    """The whole catalogue as published one day, under the hash of its content."""

    __tablename__ = "catalogue_versions"

    hash = Column(String(64), primary_key=True)
    content = Column(JSON, nullable=False)  # {file name: its text}
    published_at = Column(Instant, nullable=False)
