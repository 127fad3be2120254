"""What a request is about, as the conversation or the desk knows it when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.requests.status import Status


@dataclass(frozen=True)
class RequestContext:
    """The case behind a request. It holds facts, never contact details (those are in the draft)."""

    caf: str
    audience: str  # allocataire | partenaire | agent
    today: date  # day of the evaluation, Europe/Paris
    territoire: str | None = None  # None: the queue without territory
    commune: str | None = None
    offre: str | None = None  # None: a general request
    access: str | None = None
    verdict: str | None = None
    facts: dict[str, Any] = field(default_factory=dict, repr=False)  # JSON values: dates as ISO texts
    reasons: list[dict[str, Any]] = field(default_factory=list, repr=False)  # as in `repere evaluate`
    situations: list[str] = field(default_factory=list, repr=False)
    violence: bool = False
    catalogue_version: str | None = None
    receives_requests: bool | None = None  # None: what the Caf's file says
    proven_reference: str | None = None  # a reference that look_up has just accepted in this conversation
    source: str = "chat"  # chat | proche (a relative in the chat) | accueil (an agent at the desk)
    agent_id: int | None = None


@dataclass(frozen=True)
class Submitted:
    """What the person may be told once the request is stored."""

    reference: str
    status: str
    change: bool  # True: an earlier request of theirs was changed, no new one was made


@dataclass(frozen=True)
class RequestView:
    """What a person with a reference and its element sees."""

    reference: str
    status: Status
    caf: str
    offre: str | None
    territoire: str | None
    sent_on: date
    rdv_at: str | None  # ISO instant in Europe/Paris
    rdv_mode: str | None
    open: bool
    canal: str | None = field(default=None, repr=False)
    disponibilites: str | None = field(default=None, repr=False)
