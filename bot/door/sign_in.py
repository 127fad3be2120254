"""Who may open a conversation of the `agent` audience."""

from __future__ import annotations

import structlog
from starlette.requests import Request

from bot import settings
from bot.door.refusals import Refusal
from bot.workspace import signed_in

log = structlog.get_logger()


async def require_agent(request: Request, audience: str) -> None:
    """Let an agent conversation open only for a signed-in agent in production; development lets it in and says so. Raises Refusal."""
    if audience != "agent":
        return
    if not settings.production():
        log.warning("agent_without_sign_in", reason="REPERE_ENV is development")
        return
    if not await signed_in(request):
        raise Refusal("agent_requis")
