"""The public pages: demonstration, privacy notice, accessibility statement, and the widget's files."""

from __future__ import annotations

import functools
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot import settings
from bot.door import widget_bundle

HERE = Path(__file__).parent
PAGES = {"/": "demo.html", "/confidentialite": "confidentialite.html", "/accessibilite": "accessibilite.html"}


@functools.lru_cache(maxsize=1)
def _templates() -> Jinja2Templates:
    return Jinja2Templates(HERE / "templates")


async def page(request: Request) -> HTMLResponse:
    """One of the fixed pages."""
    context = {"contact": settings.get("REPERE_ACCESSIBILITY_CONTACT"), "duree": settings.durations()}
    return _templates().TemplateResponse(request, PAGES[request.url.path], context)


async def widget(request: Request) -> Response:
    """GET /widget.js: the whole widget in one script, kept by browsers until it changes."""
    script, etag = widget_bundle.bundle(), widget_bundle.etag()
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(script, media_type="text/javascript", headers=headers)


def routes() -> list[BaseRoute]:
    """Routes of the pages and of the static files."""
    return [
        *(Route(path, page) for path in PAGES),
        Route("/widget.js", widget),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]
