"""The Starlette application of the door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount

from bot import logs, metrics, settings
from bot.door import agenda, api, health, metrics_page, pages
from bot.door.headers import SecurityHeaders
from bot.door.limits import messages_pace, openings_pace
from bot.door.patience import Patience
from bot.door.rasa_client import RasaClient
from bot.door.refusals import Refusal, respond
from bot.errors import PartDown
from bot.requests.agenda import configured as agenda_keys
from bot.workspace import workspace_app

log = structlog.get_logger()


def build() -> Starlette:
    """The application, with its limits and its client of Rasa. Served by uvicorn (`repere start`)."""
    logs.configure("door")
    agenda_keys()  # a key that is malformed is told at the start, not when a Caf comes to read
    app = Starlette(routes=_routes(), middleware=_middleware(), exception_handlers=_handlers(), lifespan=_lifespan)
    app.state.messages = messages_pace()
    app.state.openings = openings_pace()
    app.state.client_address = _client_address
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.rasa = RasaClient()
    yield
    await app.state.rasa.close()


def _routes() -> list[BaseRoute]:
    return [*api.routes, *agenda.routes, *health.routes, *metrics_page.routes, *pages.routes(), _workspace()]


def _workspace() -> BaseRoute:
    """The agents' pages, with the same reading of addresses as the rest of the door."""
    app = workspace_app()
    app.state.client_address = _client_address
    return Mount("/agent", app)


def _middleware() -> list[Middleware]:
    origins = [origin.strip() for origin in settings.get("REPERE_CORS_ORIGINS").split(",") if origin.strip()]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["authorization", "content-type"],
        expose_headers=["Retry-After"],  # the widget waits as long as it is told, on any site
        max_age=600,
    )
    # CORS comes outside of what may answer in the place of the application: a refusal must be readable by the page that embeds us.
    return [Middleware(SecurityHeaders), *([cors] if origins else []), Middleware(GZipMiddleware, minimum_size=1000), Middleware(Patience)]


def _handlers() -> dict:
    return {Refusal: _refuse, PartDown: _part_down, HTTPException: _http_error}


async def _refuse(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return respond(request, error)


async def _part_down(request: Request, error: Exception) -> JSONResponse:
    metrics.ERRORS.labels("door", "part_down").inc()
    log.error("part_down", trace=request.state.trace, reason=str(error))
    return respond(request, Refusal("indisponible", retry_after=5))


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return respond(request, Refusal("methode" if error.status_code == 405 else "introuvable"))


def _client_address(request: Request) -> str:
    if settings.get("REPERE_TRUSTED_PROXY") == "1" and (forwarded := request.headers.get("x-forwarded-for")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.client.host if request.client else "unknown"
