"""The tables, one file a group."""

from bot.database.models.agents import AccessAudit, Agent, AgentScope, AgentSession
from bot.database.models.catalogue import CatalogueVersion
from bot.database.models.counters import Counter
from bot.database.models.drafts import Draft
from bot.database.models.lookups import WrongTries
from bot.database.models.outbox import OutboxEvent
from bot.database.models.requests import ContactRequest, Note, OpenKey, RequestChange, RequestReference, Submission, Transition

__all__ = [
    "AccessAudit",
    "Agent",
    "AgentScope",
    "AgentSession",
    "CatalogueVersion",
    "ContactRequest",
    "Counter",
    "Draft",
    "Note",
    "OpenKey",
    "OutboxEvent",
    "RequestChange",
    "RequestReference",
    "Submission",
    "Transition",
    "WrongTries",
]
