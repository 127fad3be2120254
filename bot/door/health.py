"""Is the assistant well? /api/health names the part that does not answer; /live and /ready are for what runs the containers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import httpx
import redis.asyncio
from redis.exceptions import RedisError
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot import settings
from bot.database import read_scope
from bot.errors import PartDown

SECONDS = 2.0  # given to each part


async def health(request: Request) -> JSONResponse:
    """200 when all parts answer, 503 naming those that do not."""
    checks = {"rasa": request.app.state.rasa.alive(), "actions": _actions_alive(), "database": run_in_threadpool(_database_alive)}
    if settings.get("REPERE_REDIS_URL"):
        checks["redis"] = _redis_alive()
    parts = dict(zip(checks, await asyncio.gather(*(_in_time(check) for check in checks.values())), strict=True))
    down = [name for name, alive in parts.items() if not alive]
    return JSONResponse({"status": "down" if down else "ok", "parts": parts, "down": down}, status_code=503 if down else 200)


async def live(_: Request) -> JSONResponse:
    """200 as long as this process serves: restarting it would not mend another part."""
    return JSONResponse({"status": "ok"})


async def ready(_: Request) -> JSONResponse:
    """200 when this door may be given people: the database, where their conversations are, answers. A person can be told of the rest."""
    alive = await _in_time(run_in_threadpool(_database_alive))
    return JSONResponse({"status": "ok" if alive else "down"}, status_code=200 if alive else 503)


async def _in_time(check: Awaitable[bool]) -> bool:
    """What the check says, or False when it says nothing in time; one stuck in a thread is left there."""
    task = asyncio.ensure_future(check)
    done, _ = await asyncio.wait({task}, timeout=SECONDS)
    return bool(done) and task.result()


async def _actions_alive() -> bool:
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            return (await client.get(f"{settings.actions_url()}/health")).status_code == 200
    except httpx.HTTPError:
        return False


async def _redis_alive() -> bool:
    client = redis.asyncio.Redis.from_url(settings.get("REPERE_REDIS_URL"), socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.close()


def _database_alive() -> bool:
    try:
        with read_scope() as session:
            session.execute(text("select 1 from conversations limit 1"))
    except PartDown:
        return False
    return True


routes = [Route("/api/health", health), Route("/api/health/live", live), Route("/api/health/ready", ready)]
