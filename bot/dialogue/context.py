"""What a turn needs beside the dossier and the message: catalogue, date and instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot import clock
from bot.catalog import Catalogue, load_catalogue


@dataclass(frozen=True)
class Context:
    """The world around one turn; only `present` reads the clock."""

    catalogue: Catalogue
    now: datetime
    conversation_id: str

    @property
    def today(self) -> date:
        """The day in Europe/Paris, which every delay is counted on."""
        return self.now.astimezone(clock.PARIS).date()

    @classmethod
    def present(cls, conversation_id: str) -> Context:
        """The context of a turn played now."""
        return cls(load_catalogue(), clock.now(), conversation_id)
