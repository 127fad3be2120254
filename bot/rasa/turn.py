"""The turn being played in this Rasa server: what its parts must know of it, without passing through Rasa's own classes."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.conversations.played import Claim


class TurnStopped(BaseException):
    """A turn that must end here. No Exception: Rasa would go on with a copy in memory, and tell the person that all is well."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass
class Turn:
    """One message on its way: its limits, what is said in answer, and what is worth counting."""

    deadline: float = float("inf")  # seconds since the epoch; past it nothing of the turn may be kept
    claim: Claim | None = None
    trace: str | None = None
    raw: list[dict[str, Any]] = field(default_factory=list)  # responses as Rasa sends them
    messages: list[dict[str, Any]] = field(default_factory=list)  # the same as the door gives them, once the turn is kept
    seen_at: datetime | None = None  # when the state it began from was written
    act: str | None = None
    journey_before: str | None = None
    journey_after: str | None = None

    def summary(self) -> dict[str, Any]:
        """What the door counts: no text in it."""
        return {"act": self.act, "before": self.journey_before, "after": self.journey_after}


current: ContextVar[Turn | None] = ContextVar("turn", default=None)
