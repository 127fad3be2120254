"""Who may open a conversation of the `agent` audience."""

from __future__ import annotations

import structlog
from starlette.requests import Request

from bot import settings
from bot.door.refusals import Refusal
from bot.workspace import agent_signed_in

log = structlog.get_logger()


async def require_agent(request: Request, audience: str) -> int | None:
    """The id of the agent who opens an agent conversation, so that what is asked in it is signed; None for the other audiences.

    Development lets an agent in who is not signed in, and says so. Raises Refusal agent_requis in production.
    """
    if audience != "agent":
        return None
    agent_id = await agent_signed_in(request)
    if agent_id is None and settings.production():
        raise Refusal("agent_requis")
    if agent_id is None:
        log.warning("agent_without_sign_in", reason="REPERE_ENV is development")
    return agent_id
