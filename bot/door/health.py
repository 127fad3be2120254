"""GET /api/health: does every part answer?"""

from __future__ import annotations

import httpx
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot import settings
from bot.database import read_scope
from bot.errors import PartDown


async def health(request: Request) -> JSONResponse:
    """200 when all parts answer, 503 naming those that do not."""
    parts = {
        "rasa": await request.app.state.rasa.alive(),
        "actions": await _actions_alive(),
        "database": await run_in_threadpool(_database_alive),
    }
    down = [name for name, alive in parts.items() if not alive]
    return JSONResponse({"status": "down" if down else "ok", "parts": parts, "down": down}, status_code=503 if down else 200)


async def _actions_alive() -> bool:
    try:
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            return (await client.get(f"{settings.actions_url()}/health")).status_code == 200
    except httpx.HTTPError:
        return False


def _database_alive() -> bool:
    try:
        with read_scope() as session:
            session.execute(text("select 1 from conversations limit 1"))
    except PartDown:
        return False
    return True


routes = [Route("/api/health", health)]
