"""What the person just said, as understood: text, choice, act, situations, mentions and facts heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """One message of the person; `act` is None when it is not understood."""

    id: str
    text: str = ""
    choice: str | None = None  # id of the button pressed
    act: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    situations: tuple[str, ...] = ()
    mentions: dict[str, Any] = field(default_factory=dict)
    heard: dict[str, Any] = field(default_factory=dict)
    langue: str = "fr"
    topics: tuple[tuple[str, float], ...] = ()  # of a question on social work, the most likely first

    def is_act(self, *acts: str | None) -> bool:
        """True when the act understood is one of these."""
        return self.act in acts
