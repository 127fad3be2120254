"""The Starlette application of the workspace."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.workspace import accesses, deliveries, desk, figures, listing, oidc, pages, request_page, sign_in


def workspace_app(client_address: Callable[[Request], str] | None = None) -> Starlette:
    """The workspace, to be mounted at /agent. `client_address` tells the address that sign-in tries are counted for (behind a proxy)."""
    app = Starlette(routes=routes(), exception_handlers={HTTPException: _http_error, Exception: _unexpected})
    app.state.client_address = client_address or _peer
    return app


def _peer(request: Request) -> str:
    """The address at the other end of the connection."""
    return request.client.host if request.client else "unknown"


def routes() -> list[BaseRoute]:
    """Every page and form."""
    return [
        Route("/connexion", sign_in.form, methods=["GET"]),
        Route("/connexion", sign_in.sign_in, methods=["POST"]),
        *oidc.routes(),
        Route("/deconnexion", pages.page(sign_in.sign_out), methods=["POST"]),
        Route("/", pages.page(listing.show), methods=["GET"]),
        Route("/export.csv", pages.page(listing.export), methods=["GET"]),
        Route("/nouvelle", pages.page(desk.form), methods=["GET"]),
        Route("/nouvelle", pages.page(desk.create), methods=["POST"]),
        Route("/chiffres", pages.page(figures.show), methods=["GET"]),
        Route("/acces", pages.page(accesses.show, role="responsable"), methods=["GET"]),
        Route("/envois", pages.page(deliveries.show), methods=["GET"]),
        Route("/envois", pages.page(deliveries.retry, role="responsable"), methods=["POST"]),
        Route("/demandes/{reference}", pages.page(request_page.show), methods=["GET"]),
        Route("/demandes/{reference}/statut", pages.page(request_page.move), methods=["POST"]),
        Route("/demandes/{reference}/note", pages.page(request_page.note), methods=["POST"]),
        Route("/demandes/{reference}/changement", pages.page(request_page.decide), methods=["POST"]),
        Route("/demandes/{reference}/territoire", pages.page(request_page.route), methods=["POST"]),
        Route("/demandes/{reference}/reouverture", pages.page(request_page.reopen, role="responsable"), methods=["POST"]),
        Mount("/static", StaticFiles(directory=pages.HERE / "static")),
    ]


async def _http_error(request: Request, error: Exception) -> Response:
    """An address that does not exist."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return pages.failure(status, "page_inconnue")


async def _unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: the agent is told to try again; what broke is logged by the server."""
    return pages.failure(503, "indisponible")
